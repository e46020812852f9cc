//! One request for each fault, and requests without one.

use serde_json::{Value, json};

use super::place::Place;
use super::table::{
    BodyRule, ListRule, NumberRule, OperationRules, ParameterRule, PropertyRule, Schema, TextRule,
    UnionRule, VariantRule,
};
use super::{check, problems, value};

/// The faults of a value: the pointers and the messages.
fn faults(schema: Schema, value: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    value::check(&schema, value, &Place::Body(String::new()), &mut found);
    let parts = found.into_iter();
    parts
        .map(|problem| (problem.pointer.unwrap(), problem.message))
        .collect()
}

static SHAPES: UnionRule = UnionRule {
    tag: None,
    variants: &[
        VariantRule {
            tags: &[],
            keys: &["a"],
            schema: Schema::Object(&[PropertyRule::required("a", Schema::Bool)]),
        },
        VariantRule {
            tags: &[],
            keys: &[],
            schema: Schema::Text(TextRule::ANY),
        },
    ],
};

#[test]
fn each_kind_of_value_is_checked() {
    let half = Schema::Number(NumberRule {
        multiple_of: Some(0.5),
        exclusive_minimum: true,
        minimum: Some(0.0),
        exclusive_maximum: true,
        maximum: Some(9.0),
        ..NumberRule::ANY
    });
    let short = Schema::Text(TextRule {
        min_length: Some(2),
        max_length: Some(3),
        ..TextRule::ANY
    });
    static PAIR: ListRule = ListRule {
        min_items: Some(2),
        max_items: Some(2),
        ..ListRule::of(Schema::Bool)
    };
    let list = Schema::List(&PAIR);
    let whole = Schema::Number(NumberRule::WHOLE);
    for (schema, right, wrong, message) in [
        (Schema::Any, json!(1), None, ""),
        (
            Schema::Bool,
            json!(true),
            Some(json!(1)),
            "must be true or false",
        ),
        (
            whole,
            json!(6.0),
            Some(json!(6.5)),
            "must be a whole number",
        ),
        (whole, json!(-3), Some(json!("3")), "must be a whole number"),
        (half, json!(2.5), Some(json!(0)), "must be more than 0"),
        (half, json!(0.5), Some(json!(9)), "must be less than 9"),
        (
            half,
            json!(8.5),
            Some(json!(2.2)),
            "must be a multiple of 0.5",
        ),
        (
            short,
            json!("äöü"),
            Some(json!("ä")),
            "must have at least 2 characters",
        ),
        (
            short,
            json!("ab"),
            Some(json!("abcd")),
            "must have at most 3 characters",
        ),
        (
            Schema::Codes(&[1, 2]),
            json!(2),
            Some(json!(3)),
            "must be one of `1`, `2`",
        ),
        (
            Schema::Texts(&["a"]),
            json!("a"),
            Some(json!("A")),
            "must be `a`",
        ),
        (
            list,
            json!([true, false]),
            Some(json!([true])),
            "must have at least 2 items",
        ),
        (list, json!([true, true]), Some(json!({})), "must be a list"),
        (
            Schema::Map(&Schema::Bool),
            json!({"a": true}),
            Some(json!([])),
            "must be an object",
        ),
        (
            Schema::Nullable(&Schema::Bool),
            json!(null),
            Some(json!(0)),
            "must be true or false",
        ),
        (
            Schema::Union(&SHAPES),
            json!("text"),
            Some(json!(1)),
            "has none of the possible shapes",
        ),
        (
            Schema::Union(&SHAPES),
            json!({"a": true}),
            Some(json!({})),
            "has none of the possible shapes",
        ),
        (
            Schema::Text(TextRule::UUID),
            json!("6bad6be2-8e7a-46e9-9F19-950499dd251d"),
            Some(json!("6bad6be28-e7a-46e9-9f19-950499dd251d")),
            "must be a UUID",
        ),
        (
            Schema::Text(TextRule::DATE_TIME),
            json!("2026-01-01T00:00:00+01:00"),
            Some(json!("today")),
            "must be a date and time, such as 2026-01-01T00:00:00Z",
        ),
    ] {
        assert_eq!(faults(schema, &right), [], "{right}");
        if let Some(wrong) = wrong {
            let fault = (String::new(), format!("the body {message}"));
            assert_eq!(faults(schema, &wrong), [fault], "{wrong}");
        }
    }
}

#[test]
fn a_fault_names_its_place() {
    static INNER: Schema = Schema::Object(&[PropertyRule::optional("a/b", Schema::Bool)]);
    static ITEMS: ListRule = ListRule::of(Schema::Of(&INNER));
    static OUTER: Schema = Schema::Object(&[PropertyRule::required("list", Schema::List(&ITEMS))]);
    let wrong = json!({"list": [{}, {"a/b": 1, "other": 1}]});
    let message = "`/list/1/a~1b` must be true or false".to_owned();
    assert_eq!(
        faults(OUTER, &wrong),
        [("/list/1/a~1b".to_owned(), message)]
    );
    let missing = ("/list".to_owned(), "`/list` is missing".to_owned());
    assert_eq!(faults(OUTER, &json!({})), [missing]);
    let wrong = json!({"a": 1});
    assert_eq!(faults(Schema::Union(&SHAPES), &wrong)[0].0, "/a");
    assert_eq!(faults(Schema::Map(&Schema::Bool), &wrong)[0].0, "/a");
}

#[test]
fn queries_are_read_as_their_schemas_want() {
    static NUMBERS: ListRule = ListRule::of(Schema::Number(NumberRule::WHOLE));
    static RULES: OperationRules = OperationRules {
        query: &[
            ParameterRule::required("flag", Schema::Bool),
            ParameterRule::optional("each", Schema::List(&NUMBERS)),
            ParameterRule {
                separator: Some(","),
                ..ParameterRule::optional("joined", Schema::List(&NUMBERS))
            },
        ],
        body: Some(BodyRule {
            required: false,
            schema: Schema::Bool,
        }),
        ..OperationRules::NONE
    };
    let faults = |query: &str| -> Vec<String> {
        let query = crate::testing::request::pairs(query);
        let found = problems(&RULES, &query, &Value::Null);
        found
            .into_iter()
            .map(|problem| problem.parameter.unwrap())
            .collect()
    };
    assert_eq!(
        faults("flag=true&each=1&each=2&joined=1,2&other=x"),
        [""; 0]
    );
    assert_eq!(faults("each=1"), ["flag"]);
    assert_eq!(
        faults("flag=1&each=x&joined=1,x"),
        ["flag", "each", "joined"]
    );
}

#[test]
fn requests_are_checked_by_the_generated_table() {
    let full = json!({
        "type": "full", "system": "magic-transit", "time_limit": 86_401, "colo_name": "ams02",
        "filter_v1": {"source_port": "80"},
    });
    let failure = check("pcaps.create", &[], &full).unwrap_err();
    let places: Vec<_> = failure
        .errors
        .iter()
        .map(|problem| problem.pointer.as_deref().unwrap())
        .collect();
    assert_eq!(failure.status, 400);
    assert_eq!(
        places,
        ["/destination_conf", "/filter_v1/source_port", "/time_limit"]
    );
    let failure = check("pcaps.create", &[], &json!({"type": "both"})).unwrap_err();
    assert_eq!(
        failure.errors[0].message,
        "`/type` must be one of `full`, `simple`"
    );
    let failure = check("pcaps.create", &[], &Value::Null).unwrap_err();
    assert_eq!(failure.errors[0].message, "the body is missing");
    assert_eq!(check("pcaps.list", &[], &json!({"any": 1})), Ok(()));
}
