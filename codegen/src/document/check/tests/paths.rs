//! Paths, operations and their parameters.

use super::{OK, accept, document, faults, marked, nested, refuse};

#[test]
fn paths() {
    let one =
        |key: &str, item: &str| document(&format!("{key}\n  get:\n    {OK}\n{}", nested(item)), "");
    accept(&one("/a:", ""));
    refuse(
        &one("a:<-", ""),
        &["the path `a` does not start with `/`", "write `/a`"],
    );
    refuse(
        &document(&format!("/a:\n  gett: {{{OK}}}<-"), ""),
        &["no key `gett`", "did you mean `get`?"],
    );
    refuse(
        &document(&format!("/a:\n  GET: {{{OK}}}<-"), ""),
        &["did you mean `get`?"],
    );
    refuse(
        &document(&format!("/a:\n  query: {{{OK}}}<-"), ""),
        &["OpenAPI 3.0 has get, put"],
    );
    refuse(
        &document("/a:\n  get: {}<-", ""),
        &["`responses` is missing in an Operation Object"],
    );
    refuse(
        &document("/a:\n  get:\n    responses: {}<-", ""),
        &["at least one response"],
    );
    refuse(
        &document(
            "/a:\n  get:\n    responses:\n      20: {description: d}<-",
            "",
        ),
        &["`20` is not a response code"],
    );
    refuse(
        &document(
            "/a:\n  get:\n    responses:\n      6xx: {description: d}<-",
            "",
        ),
        &["a range such as `4XX`"],
    );
    refuse(
        &document("/a:\n  get:\n    responses:\n      '200': {}<-", ""),
        &["`description` is missing in a Response Object"],
    );
    accept(&document(
        "/a:\n  get:\n    responses:\n      200: {description: d}\n      4XX: {description: d}\n      default: {description: d, content: {}}\n      x-y: 1",
        "",
    ));
    refuse(
        &document(
            "/a:\n  get:\n    responses:\n      '200': {description: d, content: {json: {}}}<-",
            "",
        ),
        &["`json` is not a media type"],
    );
    refuse(
        &document(
            "/a:\n  get:\n    responses:\n      '200': {description: d, schema: {}}<-",
            "",
        ),
        &["write `content:"],
    );
    let twice = format!("/a/{{x}}:\n  x-a: 1\n/a/{{y}}:<-\n  x-a: {OK:?}");
    refuse(
        &document(&twice, ""),
        &["the path `/a/{y}` is equivalent to `/a/{x}`"],
    );
    let ids =
        format!("/a:\n  get: {{operationId: o, {OK}}}\n  put:\n    operationId: o<-\n    {OK}");
    refuse(
        &document(&ids, ""),
        &["the operation id `o` is taken by `/paths/~1a/get`"],
    );
    refuse(&document("/a/{x:<-\n  summary: s", ""), &["braces"]);
    refuse(
        &document("/a/{}:<-\n  summary: s", ""),
        &["is not a parameter"],
    );
    refuse(&document("/a/{x}/{x}:<-\n  summary: s", ""), &["twice"]);
}

#[test]
fn parameters() {
    let path = "{name: id, in: path, required: true, schema: {type: string}}";
    let with = |template: &str, shared: &str, own: &str| {
        document(
            &format!(
                "{template}:\n  parameters:\n{shared}\n  get:\n    {OK}\n    parameters:\n{own}"
            ),
            "",
        )
    };
    accept(&with("/a/{id}", &format!("  - {path}"), "      []"));
    accept(&with("/a/{id}", "      []", &format!("    - {path}")));
    accept(&with(
        "/a/{id}",
        &format!("  - {path}"),
        &format!("    - {path}"),
    ));
    refuse(
        &document(&format!("/a/{{id}}:\n  get:<-\n    {OK}"), ""),
        &["`{id}` of the path `/a/{id}` is not declared", "name: id"],
    );
    refuse(
        &with("/a", "      []", &format!("    - {path}<-")),
        &["the path has no `{id}`"],
    );
    let misspelt = format!("{path}<-").replace("name: id", "name: accountid");
    let found = faults(
        &marked(&with(
            "/a/{account_id}",
            "      []",
            &format!("    - {misspelt}"),
        ))
        .0,
    );
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(
        found
            .iter()
            .any(|fault| fault.contains("did you mean `account_id`?")),
        "{found:#?}"
    );
    refuse(
        &with(
            "/a",
            "      []",
            "    - {name: q, in: query, schema: {}}\n    - {name: q, in: query, schema: {}}<-",
        ),
        &["`q` is declared twice"],
    );
    refuse(
        &with(
            "/a",
            "      []",
            "    - {name: Q, in: header, schema: {}}\n    - {name: q, in: header, schema: {}}<-",
        ),
        &["declared twice"],
    );
    accept(&with(
        "/a",
        "      []",
        "    - {name: q, in: header, schema: {}}\n    - {name: q, in: query, schema: {}}",
    ));
    refuse(
        &with(
            "/a/{id}",
            "      []",
            "    - {name: id, in: path, schema: {}}<-",
        ),
        &["`id` is not required", "`required: true`"],
    );
    refuse(
        &with(
            "/a/{id}",
            "      []",
            "    - {name: id, in: path, required: false, schema: {}}<-",
        ),
        &["is not required"],
    );
    refuse(
        &with("/a", "      []", "    - {name: q, in: body, schema: {}}<-"),
        &["`in` cannot be `body`", "`query`"],
    );
    refuse(
        &with("/a", "      []", "    - {name: q, in: query}<-"),
        &["neither `schema` nor `content`"],
    );
    refuse(
        &with(
            "/a",
            "      []",
            "    - {name: q, in: query, schema: {}, content: {a/b: {}}}<-",
        ),
        &["`content` is not allowed beside `schema`"],
    );
    refuse(
        &with(
            "/a",
            "      []",
            "    - {name: q, in: query, content: {}}<-",
        ),
        &["one media type"],
    );
    refuse(
        &with(
            "/a",
            "      []",
            "    - {name: q, in: query, style: matrix, schema: {}}<-",
        ),
        &["`matrix` is not allowed with `in: query`", "`form`"],
    );
    refuse(
        &with(
            "/a",
            "      []",
            "    - {name: q, in: query, style: froms, schema: {}}<-",
        ),
        &["`style` cannot be `froms`"],
    );
    refuse(
        &with(
            "/a",
            "      []",
            "    - {name: q, in: query, schema: {}, type: string}<-",
        ),
        &["move it under `schema:`"],
    );
    refuse(
        &with(
            "/a",
            "      []",
            "    - {name: q, in: query, schema: {}, example: 1, examples: {}}<-",
        ),
        &["`examples` is not allowed beside `example`"],
    );
}
