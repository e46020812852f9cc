//! The examples of the document fit its own schemas, so that tests and mocks can use them.
//!
//! In: the document after its overlay. Out: nothing. The checker of schemas is tested with values that must not pass, too.

mod facts;
mod facts_table;
mod wire;

use serde_json::{Value, json};
use tests::document::{entries, node, operations, root};
use tests::schema::{Message, faults};

/// The fault of a response with a `result` if its schema has none.
const NO_RESULT: &str = ".result: the schema has no such property";

#[test]
fn examples_of_schemas_fit_their_schemas() {
    let mut found = Vec::new();
    for (name, schema) in entries(&root()["components"]["schemas"]) {
        if let Some(example) = schema.get("example") {
            found.extend(named(name, &faults(schema, example, Message::Any)));
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn examples_of_bodies_and_responses_fit_their_schemas() {
    let mut found = Vec::new();
    for (id, operation) in operations() {
        let responses = operation.responses();
        let responses = responses.map(|(_, response)| (response, Message::Response));
        let body = operation.node.get("requestBody");
        for (node, message) in responses.chain(body.map(|body| (body, Message::Request))) {
            for (_, media) in entries(&node["content"]) {
                if let Some(example) = media.get("example") {
                    let mut faults = faults(&media["schema"], example, message);
                    // If a response has no result, the service may still send `"result": null`.
                    faults.retain(|fault| fault != NO_RESULT || !example["result"].is_null());
                    found.extend(named(id, &faults));
                }
            }
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

fn named(name: &str, faults: &[String]) -> Vec<String> {
    let lines = faults.iter().map(|fault| format!("{name}: {fault}"));
    lines.collect()
}

#[test]
fn every_response_with_a_json_body_has_an_example() {
    for (id, operation) in operations() {
        let (_, response) = operation.success();
        let json = response["content"].get("application/json");
        assert!(
            json.is_none_or(|media| media.get("example").is_some()),
            "{id}"
        );
    }
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let wrong = [
        (json!({"friendly_name": "a"}), ": cloud_type is missing"),
        (
            json!({"friendly_name": "a", "cloud_type": "IBM"}),
            r#".cloud_type: "IBM" breaks enum"#,
        ),
        (
            json!({"friendly_name": 1, "cloud_type": "AWS"}),
            r#".friendly_name: 1 breaks type: "string""#,
        ),
        (
            json!({"friendly_name": null, "cloud_type": "AWS"}),
            ".friendly_name: null is not allowed",
        ),
        (
            json!({"friendly_name": "a", "cloud_type": "AWS", "name": "a"}),
            ".name: the schema has no such property",
        ),
        (json!([]), r#": [] breaks type: "object""#),
    ];
    for (value, fault) in wrong {
        assert_finds("mcn_create_provider_request", &value, fault);
    }
}

#[test]
fn the_checker_checks_compositions_and_bounds() {
    let simple = |limit: i64| json!({"type": "simple", "system": "magic-transit", "time_limit": limit, "packet_limit": 1});
    let capture = "magic-visibility-pcaps_pcaps_request_pcap";
    assert_eq!(faults(schema(capture), &simple(300), Message::Any), [""; 0]);
    assert_finds(capture, &simple(301), "fits no member of anyOf");
    assert_finds(
        capture,
        &json!({"type": "simple"}),
        "packet_limit is missing",
    );
    let id = "mcn_provider_id";
    assert_finds(id, &json!("a"), "breaks format");
    let failure = json!({"success": false, "errors": [], "messages": [], "result": 1});
    assert_finds("mcn_bad_response", &failure, "breaks minItems");
    assert_finds(
        "mcn_bad_response",
        &failure,
        ".result: 1 breaks enum: [null]",
    );
}

fn schema(name: &str) -> &'static Value {
    node(&format!("/components/schemas/{name}"))
}

fn assert_finds(name: &str, value: &Value, fault: &str) {
    let found = faults(schema(name), value, Message::Any);
    assert!(
        found.iter().any(|line| line.contains(fault)),
        "{fault}: {found:#?}"
    );
}
