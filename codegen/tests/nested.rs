//! Nested layout: the paths that users have, and what a maintainer can ask for.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reports a violation by failing"
)]

use std::fs;
use std::path::Path;

use codegen::surface::surface;
use codegen::{MessageFormat, Source, Sources, explain, explain_all, generate, lock, model};

/// The inputs of a golden case.
fn case(name: &str) -> Sources {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let source = |path: &str| {
        let text = fs::read_to_string(folder.join(name).join(path)).ok()?;
        let path = path.to_owned();
        Some(Source { path, text })
    };
    Sources {
        spec: source("spec.yaml").unwrap(),
        overlay: None,
        config: source("sdk.toml").unwrap(),
        lock: source("names.lock"),
    }
}

fn sources() -> Sources {
    case("nested")
}

/// A document in a layout.
fn inline(text: String, layout: &str) -> Sources {
    let source = |path: &str, text: String| Source {
        path: path.to_owned(),
        text,
    };
    Sources {
        spec: source("spec.yaml", text),
        overlay: None,
        config: source("sdk.toml", format!("layout = \"{layout}\"\n")),
        lock: None,
    }
}

#[test]
fn the_lock_of_a_case_is_what_settles_it() {
    let locked = case("nested-lock");
    let bare = Sources {
        lock: None,
        ..locked.clone()
    };
    assert!(model(&bare).is_err());
    let text = locked.lock.as_ref().map(|lock| lock.text.clone());
    assert_eq!(lock(&bare, None).unwrap(), text);
    assert_eq!(lock(&locked, None).unwrap(), text);
    // What is stale is removed, and nothing is recorded where nothing clashes, or in flat layout.
    let stale = case("nested-lock-stale");
    assert_eq!(lock(&stale, None).unwrap(), None);
    assert_eq!(lock(&sources(), None).unwrap(), None);
    let mut flat = locked;
    flat.config.text = String::new();
    assert_eq!(lock(&flat, None).unwrap(), None);
}

/// A further name of a type is explained by its own node, with the type that it is a name of.
#[test]
fn equal_inline_schemas_are_explained() {
    let text = explain(&case("equal-inline"), "houses::weather::wind::WindGetUnit").unwrap();
    assert!(
        text.contains("it is equal to `houses::weather::sun::RuleUnit`, and equal_inline in spec/sdk.toml says"),
        "{text}"
    );
    let text = explain(&case("equal-inline"), "houses::weather::sun::RuleUnit").unwrap();
    assert!(!text.contains("equal_inline"), "{text}");
}

#[test]
fn what_a_lock_settles_is_not_left_out() {
    let locked = case("nested-lock");
    let text = locked.lock.as_ref().map(|lock| lock.text.clone()).unwrap();
    let count = |sources: &Sources| {
        let model = model(sources).unwrap();
        let handles = model.api.root.walk();
        let operations = handles.iter().map(|one| one.operations.len());
        operations.sum::<usize>()
    };
    let mut skipping = locked;
    skipping.config.text = format!("unsupported = \"skip\"\n{}", skipping.config.text);
    assert_eq!(count(&skipping), 7);
    skipping.lock = None;
    assert!(count(&skipping) < 7, "clashes were not left out");
    assert_eq!(lock(&skipping, None).unwrap().as_ref(), Some(&text));
    // An operation at fault is left out all the same, and the name that only it needed is not recorded.
    let shade = "shade: {type: string}";
    let absent = "shade: {$ref: '#/components/schemas/absent'}";
    skipping.spec.text = skipping.spec.text.replace(shade, absent);
    let written = lock(&skipping, None).unwrap().unwrap();
    assert_eq!(
        written,
        text.replace("\"garden_colour\" = \"GardenColour\"\n", "")
    );
    skipping.lock = Some(Source {
        path: "names.lock".to_owned(),
        text: written,
    });
    assert_eq!(count(&skipping), 6);
}

#[test]
fn the_one_that_had_the_name_keeps_it() {
    let both = case("nested-lock");
    let both = Sources { lock: None, ..both };
    // Before, only the second schema of the name was there.
    let mut before = both.clone();
    before.spec.text = before
        .spec
        .text
        .replace("schemas/house_door'", "schemas/garden_door'");
    before.spec.text = before
        .spec
        .text
        .replace("schemas/doors_get'", "schemas/garden_door'");
    before.spec.text = before
        .spec
        .text
        .replace("schemas/garden_colour'", "schemas/house_colour'");
    let text = lock(&both, Some(&before)).unwrap().unwrap();
    assert!(
        text.contains("house_door = ") || text.contains("\"house_door\" = "),
        "{text}"
    );
    assert!(!text.contains("garden_door"), "{text}");
}

/// Users write the name of a schema more often than that of a handle's type.
#[test]
fn a_schema_keeps_its_name_beside_a_handle_of_that_name() {
    const SCHEMA: &str = "{type: object, required: [id], properties: {id: {type: string}}}";
    let document = |schema: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\nservers: [{{url: 'https://pets.example'}}]\n\
             paths:\n  /pet:\n    post:\n      operationId: addPet\n      requestBody: {{required: true, content: \
             {{application/json: {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}}}\n      \
             responses: {{'200': {{description: Ok., content: {{application/json: {{schema: {{$ref: \
             '#/components/schemas/{schema}'}}}}}}}}}}\n\
             components:\n  schemas:\n    {schema}: {SCHEMA}\n"
        )
    };
    let pets = |schema: &str| inline(document(schema), "nested");
    let text = lock(&pets("Pet"), None).unwrap().unwrap();
    assert!(text.contains("\"pet\" = \"PetHandle\""), "{text}");
    // The handle was there before: it keeps its name.
    let before = pets("Animal");
    let text = lock(&pets("Pet"), Some(&before)).unwrap().unwrap();
    assert!(text.contains("\"Pet\" = \"PetSchema\""), "{text}");
}

#[test]
fn in_nested_layout_paths_lead_through_modules() {
    let sources = sources();
    let model = model(&sources).unwrap();
    let surface = surface(&model.api, &model.names).unwrap();
    for path in [
        "rooms::Rooms",
        "rooms::rules::lists::Lists::list",
        "rooms::rules::r#type::Type::r#match",
        "houses::rules::lists::Lists::list",
        "houses::rules::lists::Listing::id",
        "Call<houses::rules::lists::ListsList>::order",
        "rooms::rules::Kind::builder",
        "shared::Meta",
        "shared::RoomId",
    ] {
        let entry = surface.entries.get(path);
        let entry = entry.unwrap_or_else(|| panic!("no {path}: {:#?}", surface.entries.keys()));
        assert!(entry.identity.is_some(), "{path}");
    }
    let line = &surface.entries["rooms::rules::lists::Lists::update"].lines[0];
    assert_eq!(
        line.text,
        "pub fn update(&self, body: impl Into<rooms::rules::lists::Listing>) -> Call<rooms::rules::lists::ListsUpdate>"
    );
    for (path, home) in [
        ("houses::rules::lists::Meta", "shared::Meta"),
        (
            "rooms::rules::lists::KindBuilder",
            "rooms::rules::KindBuilder",
        ),
    ] {
        assert_eq!(surface.exports.get(path).map(String::as_str), Some(home));
    }
}

#[test]
fn explain_finds_paths_with_and_without_their_modules() {
    let places = [
        (
            "houses::rules::lists::Listing::id",
            "in sdk/src/generated/houses/rules/lists.rs",
        ),
        (
            "houses::rules::lists::Meta",
            "cloudflare_magic::shared::Meta",
        ),
        (
            "rooms::rules::type::Type::match",
            "rooms::rules::r#type::Type::r#match",
        ),
        ("Kind::builder", "rooms::rules::Kind::builder"),
        (
            "rooms/{room_id}/rules/lists",
            "handle cloudflare_magic::rooms::rules::lists::Lists",
        ),
        (
            "house-lists?order",
            "setter cloudflare_magic::houses::rules::lists::ListsList::order",
        ),
    ];
    let names: Vec<&str> = places.iter().map(|(place, _)| *place).collect();
    for ((place, wanted), text) in places.iter().zip(explain_all(&sources(), &names).unwrap()) {
        let text = text.unwrap_or_else(|report| panic!("{}", report.render(MessageFormat::Human)));
        assert!(text.contains(wanted), "{place}: {text}");
    }
}

/// In nested layout calls are written as they are in flat layout; names in errors are those of the modules.
#[test]
fn calls_are_found_in_nested_layout() {
    let sources = sources();
    let table = [
        (
            "client.house(id).rules().lists().list()",
            "method cloudflare_magic::houses::rules::lists::Lists::list ",
        ),
        (
            "house.rules.lists.get",
            "method cloudflare_magic::houses::rules::lists::Lists::get ",
        ),
        (
            "rules().lists().get(id)",
            "method cloudflare_magic::houses::rules::lists::Lists::get ",
        ),
        (
            "houses.rules.lists.get",
            "method cloudflare_magic::houses::rules::lists::Lists::get ",
        ),
        (
            "client.house(\"a\").rules().lists()",
            "handle cloudflare_magic::houses::rules::lists::Lists",
        ),
        (
            "client.house(id)",
            "handle cloudflare_magic::houses::Houses",
        ),
    ];
    let places: Vec<&str> = table.iter().map(|(place, _)| *place).collect();
    let texts = explain_all(&sources, &places).unwrap();
    for ((place, wanted), text) in table.iter().zip(texts) {
        let text = text.unwrap_or_else(|report| panic!("{}", report.render(MessageFormat::Human)));
        assert!(text.contains(wanted), "{place}: {text}");
    }
    assert!(explain(&sources, "client.house(id).lists()").is_err());
}

/// A document with these operations, each a method, a path and its parameters, and the texts of two of its files: the modules, and the
/// list of products.
fn products(operations: &[(&str, &str, &str)]) -> (String, String) {
    let mut text = "openapi: 3.0.3\ninfo: {title: Houses, version: '1'}\npaths:\n".to_owned();
    for (index, (method, path, parameters)) in operations.iter().enumerate() {
        let is_new = index == 0 || operations[index - 1].1 != *path;
        if is_new {
            text.push_str(&format!("  {path}:\n"));
        }
        text.push_str(&format!(
            "    {method}:\n      operationId: operation-{index}\n      parameters: [{parameters}]\n      \
             responses: {{'204': {{description: Done.}}}}\n"
        ));
    }
    let files = generate(&inline(text, "nested")).unwrap().files;
    let text = |name: &str| files.get(name).unwrap_or_default().to_owned();
    let list = text("features.toml");
    let list = list.split_once("[features]\n").map_or("", |(_, list)| list);
    (text("mod.rs"), list.to_owned())
}

const ID: &str = "{name: id, in: path, required: true, schema: {type: string}}";
const LABEL: &str = "{name: id, in: path, required: true, style: label, schema: {type: string}}";
const DEEP: &str = "{name: by, in: query, style: deepObject, explode: true, schema: {type: object, properties: {a: {type: string}}}}";

#[test]
fn the_own_operations_of_an_owner_have_a_feature_of_its_name() {
    // One alone, without a product; one called like a feature of the runtime.
    let (_, list) = products(&[("get", "/houses/{id}", ID)]);
    assert_eq!(list, "all-products = [\"houses\"]\nhouses = []\n");
    let (_, list) = products(&[("get", "/time/{id}", ID)]);
    assert_eq!(list, "all-products = [\"time-api\"]\ntime-api = []\n");
    // A product elsewhere of the same name: they share the feature, and what they need.
    let (root, list) = products(&[
        ("get", "/houses/{id}", &format!("{ID}, {DEEP}")),
        ("get", "/towns/{id}/houses", ID),
        ("delete", "/towns/{id}/houses", ID),
    ]);
    assert_eq!(list, "all-products = [\"houses\"]\nhouses = [\"styles\"]\n");
    assert!(root.contains("pub mod towns;"), "{root}");
    // An owner that can do nothing itself has none, and neither has a handle that is a product.
    let (_, list) = products(&[
        ("get", "/towns/{id}/streets", ID),
        ("delete", "/towns/{id}/streets", ID),
        ("get", "/weather", ""),
    ]);
    let lines = "all-products = [\"streets\", \"weather\"]\nstreets = []\nweather = []\n";
    assert_eq!(list, lines);
}

#[test]
fn a_feature_of_the_runtime_is_needed_by_the_handle_of_an_owner_or_by_its_operations() {
    // The handle is always compiled: it takes the parameter.
    let streets = "/towns/{id}/streets";
    let (root, list) = products(&[("get", streets, LABEL), ("delete", streets, LABEL)]);
    assert!(root.contains("#[cfg(not(feature = \"styles\"))]"), "{root}");
    assert!(list.contains("streets = [\"styles\"]"), "{list}");
    // Only the operations of the owner.
    let (root, list) = products(&[
        ("get", "/towns", DEEP),
        ("get", streets, ID),
        ("delete", streets, ID),
    ]);
    let only = "#[cfg(all(not(feature = \"styles\"), feature = \"towns\"))]";
    assert!(root.contains(only), "{root}");
    assert!(
        list.contains("streets = []\ntowns = [\"styles\"]"),
        "{list}"
    );
}

/// What nothing but an envelope uses is compiled with all products, and one can always match on its enums; in flat layout it has no condition.
#[test]
fn what_only_an_envelope_has_needs_all_products() {
    let document = "openapi: 3.0.3
info: {title: Lamps, version: '1'}
paths:
  /lamps:
    get:
      operationId: lamps
      responses:
        '200':
          description: Done.
          content:
            application/json:
              schema:
                type: object
                properties:
                  success: {type: boolean}
                  errors: {type: array, items: {$ref: '#/components/schemas/problem'}}
                  messages: {type: array, items: {type: object}}
                  result: {type: string}
components:
  schemas:
    problem:
      type: object
      properties:
        kind: {type: string, enum: [broken, lost]}
";
    for (layout, count) in [("nested", 2), ("flat", 0)] {
        let sources = inline(document.to_owned(), layout);
        let files = generate(&sources).unwrap().files;
        let shared = files.get("shared.rs").unwrap();
        let conditions = shared.matches("#[cfg(feature = \"all-products\")]").count();
        assert_eq!(conditions, count, "{shared}");
        assert!(shared.contains("struct Problem") && shared.contains("enum ProblemKind"));
    }
}
