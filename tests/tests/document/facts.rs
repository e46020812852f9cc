//! What is known of the service is in the document, and what is not documented is not.
//!
//! In: the tables of facts, and the document after its overlay. Out: nothing. A fact that an edit loses fails here, by the number of its row.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a node that is missing fails the test"
)]

use codegen::model::TypeKind;
use serde_json::Value;
use tests::document::{Operation, entries, model, node, operations, read, root};

use crate::facts_table::{NEVER_SAID, SAID};

#[test]
fn the_document_says_what_is_known() {
    let mut lost = Vec::new();
    for (row, address, texts) in SAID {
        let description = description(address);
        for text in texts.iter().filter(|text| !description.contains(**text)) {
            lost.push(format!(
                "{row} {address}: `{text}` is not in `{description}`"
            ));
        }
    }
    assert!(lost.is_empty(), "\n{}\n", lost.join("\n"));
}

#[test]
fn the_document_claims_nothing_that_is_not_known() {
    let mut claimed = Vec::new();
    for (row, address, texts) in NEVER_SAID {
        let description = description(address);
        for text in texts.iter().filter(|text| description.contains(**text)) {
            claimed.push(format!("{row} {address}: `{text}` is in `{description}`"));
        }
    }
    assert!(claimed.is_empty(), "\n{}\n", claimed.join("\n"));
}

#[test]
fn operations_name_the_stage_or_the_plan() {
    for (id, operation) in operations() {
        let wanted = match operation.path.contains("/magic/cloud/") {
            true => "Closed beta",
            false => "enterprise plan",
        };
        assert!(text(operation.node).contains(wanted), "{id}");
    }
}

#[test]
fn sort_keys_are_those_of_the_operation() {
    let of_others = ["updated_at", "id", "cloud_type", "name"].as_slice();
    let of_resources = ["id", "resource_type", "region"].as_slice();
    for (id, keys) in [
        ("providers-list", of_others),
        ("onramps-list", of_others),
        ("resources-catalog-list", of_resources),
        ("resources-catalog-export", of_resources),
    ] {
        let schema = &parameter(&format!("{id}?order_by"))["schema"];
        assert_eq!(schema["enum"], Value::from(keys), "{id}");
    }
}

#[test]
fn conflicts_and_missing_address_spaces_are_not_explained() {
    for (id, operation) in operations() {
        for (status, response) in operation.responses() {
            match status {
                "409" => assert_eq!(
                    text(response),
                    "Conflict. The message says with what.",
                    "{id}"
                ),
                "404" if id.contains("addr-space") || id.ends_with("-list") => {
                    assert_eq!(text(response), "Not found.", "{id}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn examples_obey_the_condition_of_dynamic_routing() {
    let mut dynamic = 0;
    for example in examples() {
        each_object(example, &mut |object| {
            if object.get("dynamic_routing") == Some(&Value::Bool(true)) {
                dynamic += 1;
                for flag in ["install_routes_in_cloud", "install_routes_in_magic_wan"] {
                    assert_eq!(object.get(flag), Some(&Value::Bool(false)), "{object:?}");
                }
            }
        });
    }
    assert!(dynamic >= 6, "{dynamic}");
    // The update has no such field: its example is of the on-ramp that the response shows.
    let update =
        &node_of("onramps-update")["requestBody"]["content"]["application/json"]["example"];
    assert_eq!(update["install_routes_in_cloud"], false);
    assert_eq!(update["install_routes_in_magic_wan"], false);
}

#[test]
fn examples_of_onramps_name_one_hub_and_manage_what_they_attach() {
    for example in examples() {
        each_object(example, &mut |object| {
            if object.contains_key("adopted_hub_id") {
                assert!(!object.contains_key("hub_provider_id"), "{object:?}");
                assert!(!object.contains_key("region"), "{object:?}");
            }
            for (list, flag) in [
                ("attached_hubs", "manage_hub_to_hub_attachments"),
                ("attached_vpcs", "manage_vpc_to_hub_attachments"),
            ] {
                if object.contains_key(list) && object.contains_key(flag) {
                    assert_eq!(object[flag], true, "{flag}: {object:?}");
                }
            }
        });
    }
    let list = &node_of("onramps-list")["responses"]["200"]["content"]["application/json"];
    for onramp in list["example"]["result"].as_array().unwrap() {
        assert!(onramp.get("status").is_some());
        assert!(onramp.get("vpc").is_none() && onramp.get("region").is_none());
    }
}

#[test]
fn examples_mark_what_is_made_up() {
    for example in examples() {
        each_object(example, &mut |object| {
            let word = |key: &str| object.get(key).and_then(Value::as_str);
            for key in ["policy", "policy_string"] {
                assert!(word(key).is_none_or(|policy| policy.starts_with("# Made up")));
            }
            assert!(word("policy_name").is_none_or(|name| name.starts_with("Made up")));
            if let (Some(code), Some(message)) = (object.get("code"), word("message")) {
                let is_known = *code == 1012 || *code == 7003;
                assert!(is_known || message.starts_with("made up"), "{object:?}");
            }
            if let Some(uri) = word("destination_conf").filter(|uri| uri.starts_with("r2://")) {
                for key in ["account-id=", "access-key-id=", "secret-access-key="] {
                    assert!(uri.contains(key), "{uri}");
                }
            }
        });
    }
}

#[test]
fn fields_do_not_repeat_the_sentence_of_their_type() {
    let mut repeated = Vec::new();
    for (pointer, ty) in &model().api.types {
        let TypeKind::Struct(object) = &ty.kind else {
            continue;
        };
        for field in &object.fields {
            let said = node(&field.pointer.to_string());
            let is_mcn = pointer.to_string().contains("/mcn_");
            // Those of PCAPs are written for the one field that they are of.
            if let (true, Some(reference)) = (is_mcn, said["$ref"].as_str()) {
                let of_type = text(node(reference.trim_start_matches('#')));
                if field.description.as_deref() == Some(of_type) {
                    repeated.push(field.pointer.to_string());
                }
            }
        }
    }
    assert!(
        repeated.is_empty(),
        "write sentences under [docs]: {repeated:#?}"
    );
}

#[test]
fn failures_of_pcaps_have_no_code_of_magic_cloud_networking() {
    for (id, operation) in operations() {
        if operation.path.contains("/pcaps") {
            assert!(!operation.node.to_string().contains("1012"), "{id}");
        }
    }
    let failure = node("/components/schemas/magic-visibility-pcaps_api-response-common-failure");
    assert_eq!(failure["example"]["errors"][0]["code"], 7003);
}

#[test]
fn the_overlay_calls_an_inference_an_inference() {
    let overlay = read("spec/overlay.yaml");
    // C20: stated of the node itself. U29: stated of no timestamp of Magic Cloud Networking.
    assert!(
        overlay.contains("Upstream says of this node itself that it is a timestamp in RFC 3339.")
    );
    assert_eq!(overlay.matches("RFC 3339").count(), 2);
    assert_eq!(
        overlay
            .matches("reported to be in ISO 8601. Upstream states no form")
            .count(),
        6
    );
    // U30 and U31.
    assert_eq!(overlay.matches("An inference:").count(), 2);
}

/// The description at an address: `schema.property`, `operation`, `operation?parameter`, `operation > status`,
/// `operation > status > header`, `tag:name` or `info`.
fn description(address: &str) -> &'static str {
    if address == "info" {
        return text(&root()["info"]);
    }
    if let Some(tag) = address.strip_prefix("tag:") {
        let tags = root()["tags"].as_array().unwrap();
        return text(tags.iter().find(|found| found["name"] == tag).unwrap());
    }
    if address.contains('?') {
        return text(parameter(address));
    }
    let mut parts = address.split(" > ");
    let first = parts.next().unwrap();
    match (parts.next(), parts.next()) {
        (Some(status), Some(header)) => {
            text(&node_of(first)["responses"][status]["headers"][header])
        }
        (Some(status), None) => text(&node_of(first)["responses"][status]),
        _ if operations().contains_key(first) => text(node_of(first)),
        _ => text(schema(first)),
    }
}

fn text(node: &'static Value) -> &'static str {
    node["description"].as_str().expect("a description")
}

fn operation(id: &str) -> Operation {
    *operations()
        .get(id)
        .unwrap_or_else(|| panic!("no operation {id}"))
}

fn node_of(id: &str) -> &'static Value {
    operation(id).node
}

fn parameter(address: &str) -> &'static Value {
    let (id, name) = address.split_once('?').unwrap();
    let parameters = node_of(id)["parameters"].as_array().unwrap();
    let found = parameters
        .iter()
        .find(|parameter| parameter["name"] == name);
    found.unwrap_or_else(|| panic!("no parameter {address}"))
}

fn schema(address: &str) -> &'static Value {
    let mut parts = address.split('.');
    let mut found = node(&format!("/components/schemas/{}", parts.next().unwrap()));
    for property in parts {
        found = &found["properties"][property];
    }
    found
}

/// All examples of the document.
fn examples() -> Vec<&'static Value> {
    let mut found = Vec::new();
    collect(root(), &mut found);
    found
}

fn collect(node: &'static Value, found: &mut Vec<&'static Value>) {
    for (key, inner) in entries(node) {
        match key {
            "example" => found.push(inner),
            _ => collect(inner, found),
        }
    }
    for inner in node.as_array().into_iter().flatten() {
        collect(inner, found);
    }
}

fn each_object(
    node: &'static Value,
    see: &mut impl FnMut(&'static serde_json::Map<String, Value>),
) {
    if let Some(object) = node.as_object() {
        see(object);
    }
    let inner = node
        .as_object()
        .into_iter()
        .flat_map(|object| object.values());
    for inner in inner.chain(node.as_array().into_iter().flatten()) {
        each_object(inner, see);
    }
}
