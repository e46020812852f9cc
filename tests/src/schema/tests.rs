//! Values that schemas allow, and values that they do not.

use serde_json::{Value, json};

use super::{Message, shape_faults};

#[test]
fn a_choice_that_is_a_member_of_itself_is_tried_once() {
    let root = json!({"of": {"oneOf": [{"$ref": "#/of"}, {"type": "string"}]}});
    let of = |value: &Value| shape_faults(&root, &root["of"], value, Message::Any);
    assert_eq!(of(&json!("a")), [""; 0]);
    assert_eq!(of(&json!(1)).len(), 1);
}

#[test]
fn keys_beside_a_choice_and_of_several_members_are_known() {
    let member = |name: &str| json!({"type": "object", "required": [name], "properties": {name: {"type": "string"}}});
    let (a, b, c) = (member("a"), member("b"), member("c"));
    let of = |schema: &Value, value: &Value| shape_faults(&json!({}), schema, value, Message::Any);
    let any = json!({"anyOf": [a, b]});
    let beside = json!({"allOf": [{"oneOf": [a, b]}, c]});
    for (schema, value) in [
        (&any, json!({"a": ""})),
        (&any, json!({"a": "", "b": ""})),
        (&beside, json!({"a": "", "c": ""})),
    ] {
        assert_eq!(of(schema, &value), [""; 0], "{value}");
    }
    for (schema, value, fault) in [
        (
            &any,
            json!({"a": "", "d": ""}),
            ".d: the schema has no such property",
        ),
        (
            &beside,
            json!({"a": "", "c": "", "d": ""}),
            ".d: the schema has no such property",
        ),
        (
            &beside,
            json!({"a": "", "b": 1, "c": ""}),
            ".b: the schema has no such property",
        ),
        (
            &beside,
            json!({"c": ""}),
            ": fits no member of oneOf: : a is missing, .c: the schema has no such property; or : b is missing, .c: the schema has no such property",
        ),
    ] {
        assert_eq!(of(schema, &value), [fault], "{value}");
    }
}
