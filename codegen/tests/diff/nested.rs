//! The same changes in nested layout: what breaks does not depend on the modules.

use codegen::compare::{ReportFormat, State, Verdict, Version};
use codegen::{Source, Sources};

use crate::verdicts::VERDICTS;
use crate::{LAMPS, VERSION, compared, state};

/// The cases that are compared, by the beginnings of their names: those that bring, take or move items.
const CASES: [&str; 6] = [
    "create-",
    "handle-",
    "operation-",
    "renamed-",
    "schema-",
    "union-",
];

/// Its `sdk.toml` names items by their paths, which are those of flat layout.
const FLAT: &str = "renamed-old-names-kept";

/// The inputs in nested layout.
fn nested(sources: &Sources) -> Sources {
    let mut sources = sources.clone();
    sources.config.text = format!("layout = \"nested\"\n{}", sources.config.text);
    sources
}

#[test]
fn verdicts_are_those_of_flat_layout() {
    let old = nested(&LAMPS[0].case.old);
    let (old, version) = (state(&old), Version::parse(VERSION).unwrap());
    let cases = LAMPS.iter().map(|compared| &compared.case);
    let is_compared = |name: &str| name != FLAT && CASES.iter().any(|it| name.starts_with(it));
    let mut count = 0;
    for case in cases.filter(|case| is_compared(&case.name)) {
        let new = nested(&case.new);
        let new = State::read(&new).unwrap_or_else(|report| panic!("{}: {report:?}", case.name));
        let forward = old.compare(&new, version.clone());
        let backward = new.compare(&old, version.clone());
        let found = (case.name.as_str(), forward.verdict, backward.verdict);
        assert!(VERDICTS.contains(&found), "{found:?}");
        count += 1;
    }
    assert!(count > 20, "{count}");
}

/// A type is in the module of what uses it: where a second product uses it too, it moves to the shared ones, and is found in both.
#[test]
fn a_type_that_a_second_product_uses_stays_where_it_was() {
    let old = nested(&LAMPS[0].case.old);
    let mut new = old.clone();
    let operation = "  /zones/{zone_id}/panes:
    get:
      operationId: zone-panes
      parameters:
        - {name: zone_id, in: path, required: true, schema: {type: string}}
      responses: {'200': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/glass_shade'}}}}}
components:
";
    new.spec.text = new.spec.text.replacen("components:\n", operation, 1);
    let comparison = compared(&old, &new);
    let text = comparison.render(ReportFormat::Text);
    assert_eq!(comparison.verdict, Verdict::Additive, "{text}");
    assert!(
        text.contains("returns PlainJson<shared::GlassShade>"),
        "{text}"
    );
}

/// Equal inline schemas are one type where `sdk.toml` says so: whoever uses the one for the other breaks where they part, or where a trait is
/// implemented for both where they become one. Nothing else breaks, and new operations join in.
#[test]
fn equal_inline_schemas_part_and_join() {
    let sources = |one: &str, other: &str, shared: &str| {
        let mut sources = LAMPS[0].case.old.clone();
        let mut paths = String::new();
        for (name, values) in [("dusk", "MILD, DARK"), ("dawn", one), ("noon", other)] {
            if !values.is_empty() {
                paths.push_str(&inline_operation(name, values));
            }
        }
        let text = &sources.spec.text;
        sources.spec.text = text.replacen("components:\n", &format!("{paths}components:\n"), 1);
        let text = &sources.config.text;
        sources.config.text = format!("layout = \"nested\"\n{shared}{text}");
        sources
    };
    let share = "equal_inline = \"share\"\n";
    let joined = sources("MILD, DARK", "", share);
    let parted = sources("MILD, DARK, GREY", "", share);
    let apart = sources("MILD, DARK", "", "");
    let with_noon = sources("MILD, DARK", "MILD, DARK", share);
    let noon_parted = sources("MILD, DARK, GREY", "MILD, DARK", share);

    let comparison = compared(&joined, &with_noon);
    let text = comparison.render(ReportFormat::Text);
    assert_eq!(comparison.verdict, Verdict::Additive, "{text}");
    for (old, new, word, count) in [
        (&joined, &apart, "parted", 2),
        (&apart, &joined, "joined", 2),
        (&with_noon, &noon_parted, "parted", 2),
        (&noon_parted, &with_noon, "joined", 2),
        (&with_noon, &apart, "parted", 2),
    ] {
        let comparison = compared(old, new);
        let text = comparison.render(ReportFormat::Text);
        assert_eq!(comparison.verdict, Verdict::Breaking, "{text}");
        let changes = comparison.changes.iter();
        let found = changes.filter(|change| change.rule.name() == word);
        assert_eq!(found.count(), count, "{word}: {text}");
    }
    // Where no two are equal, the entry changes nothing: it is stale, and the comparison goes on without it.
    let comparison = compared(&joined, &parted);
    let text = comparison.render(ReportFormat::Text);
    assert!(
        text.contains("parted") && text.contains("equal_inline"),
        "{text}"
    );
}

/// An operation whose result is an inline enum of these values.
fn inline_operation(name: &str, values: &str) -> String {
    format!(
        "  /zones/{{zone_id}}/sky/{name}:
    get:
      operationId: sky-{name}
      parameters:
        - {{name: zone_id, in: path, required: true, schema: {{type: string}}}}
      responses: {{'200': {{description: Done., content: {{application/json: {{schema: {{type: object, properties: {{light: {{type: string, enum: [{values}]}}}}}}}}}}}}}}
    delete:
      operationId: sky-{name}-reset
      parameters:
        - {{name: zone_id, in: path, required: true, schema: {{type: string}}}}
      responses: {{'204': {{description: Done.}}}}
"
    )
}

/// A name that is recorded for the newer one of two keeps what is there.
#[test]
fn recorded_names_keep_what_is_there() {
    let old = nested(&LAMPS[0].case.old);
    let mut new = old.clone();
    let text = &new.spec.text;
    let text = text.replacen("components:\n", &format!("{OPERATION}components:\n"), 1);
    let schema = "    Lamp-Kind: {type: string, enum: [a, b]}\n    envelope:\n";
    new.spec.text = text.replacen("    envelope:\n", schema, 1);
    assert!(State::read(&new).is_err(), "the two have one name");
    let text = codegen::lock(&new, Some(&old)).unwrap().unwrap();
    assert!(text.contains("\"Lamp-Kind\" = "), "{text}");
    new.lock = Some(Source {
        path: "names.lock".to_owned(),
        text,
    });
    let comparison = compared(&old, &new);
    let text = comparison.render(ReportFormat::Text);
    assert_eq!(comparison.verdict, Verdict::Additive, "{text}");
}

/// Another method of the lamps, with a type that would be called as theirs.
const OPERATION: &str = "  /accounts/{account_id}/lamps/all:
    get:
      operationId: lamps-all
      parameters:
        - {$ref: '#/components/parameters/account_id'}
        - {name: kind, in: query, schema: {$ref: '#/components/schemas/lamp_kind'}}
        - {name: sort, in: query, schema: {$ref: '#/components/schemas/Lamp-Kind'}}
      responses: {'204': {description: Done.}}
";
