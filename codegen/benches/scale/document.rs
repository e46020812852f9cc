//! A document and an `sdk.toml` of any size, made up: products of eight operations, each with types of its own and types that all share.
//!
//! In comes the number of operations; out go the texts. The same on every machine and run. The generator accepts all of it, and each
//! stage has something to do for each operation: names that `sdk.toml` sets, `allOf`, unions, enums, ids and cycles.

use codegen::{Source, Sources};

const PER_PRODUCT: usize = 8;

/// The texts of about so many operations.
pub(crate) fn sources(operations: usize) -> Sources {
    let products = operations.div_ceil(PER_PRODUCT);
    let mut spec = HEAD.to_owned();
    spec.extend((0..products).map(paths));
    spec.push_str(SHARED);
    spec.extend((0..products).map(|number| schemas(number, products)));
    let sections = [METHODS, TYPES, IDS, REPEAT];
    let config = sections.map(|(table, lines)| {
        let lines: String = (0..products)
            .map(|number| lines.replace('@', &number.to_string()))
            .collect();
        format!("[{table}]\n{lines}\n")
    });
    let source = |path: &str, text: String| Source {
        path: path.to_owned(),
        text,
    };
    Sources {
        spec: source("openapi.yaml", spec),
        overlay: None,
        config: source("sdk.toml", config.concat()),
        lock: None,
    }
}

/// Each `@` is the product's number, each `%` that of the next one.
fn schemas(number: usize, products: usize) -> String {
    let next = (number + 1) % products;
    SCHEMAS
        .replace('@', &number.to_string())
        .replace('%', &next.to_string())
}

fn paths(number: usize) -> String {
    PATHS.replace('@', &number.to_string())
}

const METHODS: (&str, &str) = (
    "names.methods",
    "products-@-list = \"all\"\nproducts-@-get = \"one\"\nproducts-@-rules-list = \"rules\"\n",
);

const TYPES: (&str, &str) = (
    "names.types",
    "product_@ = \"Product@Item\"\nproduct_@_rule = \"RuleOf@\"\n\"products-@-list?order\" = \"OrderOf@\"\n",
);

const IDS: (&str, &str) = (
    "ids",
    "Product@Id = [\"products-@-get?product_id\", \"product_@.id\"]\nRule@Id = [\"products-@-rules-get?rule_id\"]\n",
);

const REPEAT: (&str, &str) = (
    "repeat",
    "products-@-create = \"safe\"\nproducts-@-rules-create = \"safe\"\n",
);

const HEAD: &str = r"openapi: 3.0.3
info: {title: Made up, version: 1.0.0}
servers: [{url: 'https://api.example.com/client/v4'}]
security: [{api_token: []}]
paths:
";

const PATHS: &str = r"  /accounts/{account_id}/product_@:
    parameters: [{$ref: '#/components/parameters/account_id'}]
    get:
      operationId: products-@-list
      summary: Lists the things of product @
      parameters:
        - {name: page, in: query, schema: {type: integer, minimum: 1}}
        - {name: per_page, in: query, schema: {type: integer, maximum: 9}}
        - {name: order, in: query, schema: {type: string, enum: [name, size, age]}}
      responses: &lists-@
        '200':
          description: A page.
          content:
            application/json:
              schema:
                allOf:
                  - $ref: '#/components/schemas/envelope'
                  - properties: {result: {type: array, items: {$ref: '#/components/schemas/product_@'}}}
        4XX: {$ref: '#/components/responses/failure'}
    post:
      operationId: products-@-create
      summary: Creates a thing of product @
      requestBody: &body-@
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/product_@_request'}}}
      responses: &one-@
        '200':
          description: One.
          content:
            application/json:
              schema:
                allOf:
                  - $ref: '#/components/schemas/envelope'
                  - properties: {result: {$ref: '#/components/schemas/product_@'}}
        4XX: {$ref: '#/components/responses/failure'}
  /accounts/{account_id}/product_@/{product_id}:
    parameters:
      - {$ref: '#/components/parameters/account_id'}
      - {name: product_id, in: path, required: true, schema: {type: string}}
    get:
      operationId: products-@-get
      summary: Returns a thing of product @
      responses: *one-@
    put:
      operationId: products-@-update
      summary: Replaces a thing of product @
      requestBody: *body-@
      responses: *one-@
    delete:
      operationId: products-@-delete
      summary: Deletes a thing of product @
      responses: *one-@
  /accounts/{account_id}/product_@/rules_@:
    parameters: [{$ref: '#/components/parameters/account_id'}]
    get:
      operationId: products-@-rules-list
      summary: Lists the rules of product @
      responses: *lists-@
    post:
      operationId: products-@-rules-create
      summary: Creates a rule of product @
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/product_@_rule'}}}
      responses: *one-@
  /accounts/{account_id}/product_@/rules_@/{rule_id}:
    parameters:
      - {$ref: '#/components/parameters/account_id'}
      - {name: rule_id, in: path, required: true, schema: {type: string}}
    get:
      operationId: products-@-rules-get
      summary: Returns a rule of product @
      responses: *one-@
";

const SHARED: &str = r"components:
  securitySchemes: {api_token: {type: http, scheme: bearer}}
  parameters:
    account_id: {name: account_id, in: path, required: true, schema: {type: string, maxLength: 32}}
  responses:
    failure:
      description: A failure.
      content: {application/json: {schema: {$ref: '#/components/schemas/envelope'}}}
  schemas:
    message:
      type: object
      required: [code, message]
      properties: {code: {type: integer}, message: {type: string}}
    envelope:
      type: object
      required: [success, errors, messages]
      properties:
        success: {type: boolean}
        errors: {type: array, items: {$ref: '#/components/schemas/message'}}
        messages: {type: array, items: {$ref: '#/components/schemas/message'}}
    region: {type: string, enum: [north, south, east, west]}
    base:
      type: object
      properties:
        created_on: {type: string, format: date-time}
        modified_on: {type: string, format: date-time}
        region: {$ref: '#/components/schemas/region'}
";

const SCHEMAS: &str = r"    product_@:
      description: A thing of product @.
      allOf:
        - $ref: '#/components/schemas/base'
        - type: object
          required: [id, name]
          properties:
            id: {type: string}
            name: {type: string, description: What people call it., maxLength: 200}
            size: {type: integer, minimum: 0, maximum: 65535}
            state: {type: string, enum: [active, pending, gone]}
            neighbour: {$ref: '#/components/schemas/product_%'}
            parent: {$ref: '#/components/schemas/product_@'}
            settings: {type: object, additionalProperties: {type: string}}
            target: {$ref: '#/components/schemas/product_@_target'}
    product_@_request:
      type: object
      required: [name, kind]
      properties:
        name: {type: string}
        kind: {type: string, enum: [small, large]}
        note: {type: string, nullable: true}
        region: {$ref: '#/components/schemas/region'}
        rules: {type: array, items: {$ref: '#/components/schemas/product_@_rule'}}
        target: {$ref: '#/components/schemas/product_@_target'}
    product_@_rule:
      type: object
      required: [expression]
      properties:
        expression: {type: string}
        enabled: {type: boolean}
        priority: {type: number}
    product_@_target:
      oneOf:
        - $ref: '#/components/schemas/product_@_host'
        - $ref: '#/components/schemas/product_@_pool'
      discriminator: {propertyName: shape}
    product_@_host:
      type: object
      required: [shape, address]
      properties: {shape: {type: string, enum: [host]}, address: {type: string}}
    product_@_pool:
      type: object
      required: [shape, members]
      properties: {shape: {type: string, enum: [pool]}, members: {type: array, items: {type: string}}}
";
