//! `unsupported = "skip"`: what is at fault is left out, and changes nothing of the rest.

use codegen::{Sources, generate};
use proptest::prelude::any;
use serde_yaml::Value;

use super::inputs::{accepted, goldens, rewritable};
use super::mutation::{Mutation, mutated};
use super::{check, holds};

/// Operations and schemas that no SDK can have: one by its structure, one by a schema, one by both.
const FAULTY: &str = "
paths:
  /zz/faulty:
    get: {responses: {'999': {description: odd}}}
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/zz_faulty'}}}}
      responses: {'204': {description: done}}
  /zz/{faulty:
    get: {responses: {'204': {description: done}}}
components:
  schemas:
    zz_faulty: {type: object, properties: {a: {not: {type: string}}, b: {$ref: '#/components/schemas/zz_wrong'}}}
    zz_wrong: {type: strin}
";

#[test]
fn what_is_at_fault_changes_nothing_of_the_rest() {
    let faulty: Value = serde_yaml::from_str(FAULTY).unwrap();
    let mut tried = 0;
    for (name, sources) in rewritable() {
        let Ok(before) = generate(&sources) else {
            continue;
        };
        // Where there is no operation, nothing is left.
        if !before
            .files
            .iter()
            .any(|(_, text)| text.contains("| endpoint |"))
        {
            continue;
        }
        let mut tree: Value = serde_yaml::from_str(&sources.spec.text).unwrap();
        merge(&mut tree, &faulty);
        let mut sources = skipping(sources);
        sources.spec.text = serde_yaml::to_string(&tree).unwrap();
        let after = match generate(&sources) {
            Ok(after) => after,
            Err(report) => panic!("{name}: {}", report.render(codegen::MessageFormat::Human)),
        };
        for (path, text) in before.files.iter().filter(|(path, _)| *path != "mod.rs") {
            let same = after.files.iter().find(|(other, _)| *other == path);
            assert_eq!(same, Some((path, text)), "{name}");
        }
        let index = after.files.iter().find(|(path, _)| *path == "mod.rs");
        let (_, index) = index.unwrap();
        assert!(index.contains("| `GET /zz/faulty` | "), "{name}: {index}");
        tried += 1;
    }
    assert!(tried > 100, "{tried} documents");
}

#[test]
fn any_input_is_accepted_or_refused_where_faults_are_left_out() {
    let cases = goldens();
    let strategy = (
        any::<proptest::sample::Index>(),
        proptest::collection::vec(any::<Mutation>(), 0..3),
    );
    holds(400, &strategy, |(case, mutations)| {
        check(&skipping(mutated(&case.get(&cases).sources, &mutations)));
    });
}

#[test]
fn accepted_cases_are_the_same_where_faults_are_left_out() {
    for case in accepted() {
        let skipping = skipping(case.sources.clone());
        let (one, other) = (generate(&case.sources), generate(&skipping));
        let (Ok(one), Ok(other)) = (one, other) else {
            panic!("{}: refused", case.name);
        };
        assert!(one.files.iter().eq(other.files.iter()), "{}", case.name);
    }
}

/// The same inputs with `unsupported = "skip"`.
fn skipping(mut sources: Sources) -> Sources {
    if !sources.config.text.contains("unsupported = ") {
        sources.config.text = format!("unsupported = \"skip\"\n{}", sources.config.text);
    }
    sources
}

/// Adds the keys of one tree to another.
fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Mapping(into), Value::Mapping(from)) => {
            for (key, value) in from {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from.clone(),
    }
}
