//! What the document states of requests: one wrong value for each property and parameter is refused at its place, and the document's
//! examples are accepted.

use cloudflare_magic::testing::FakeService;
use serde_json::{Value, json};
use tests::document::{Operation, entries, members, operations, resolve};

use crate::door::{Reply, Request};

const ID: &str = "6bad6be2-8e7a-46e9-9f19-950499dd251d";

/// The places that the errors of a response name. Those of packet captures name it in the message.
fn places(reply: &Reply) -> Vec<String> {
    let reply = reply.json();
    let errors = reply["errors"].as_array().cloned().unwrap_or_default();
    let place = |error: &Value| {
        let message = error["message"].as_str()?;
        let place = match error.get("source") {
            Some(source) => source
                .get("pointer")
                .or_else(|| source.get("parameter"))?
                .as_str()?,
            None => message.split('`').nth(1).unwrap_or_default(),
        };
        Some(place.to_owned())
    };
    errors.iter().filter_map(place).collect()
}

/// A value that breaks the schema.
fn wrong(schema: &'static Value) -> Value {
    match resolve(schema)["type"].as_str() {
        Some("string") => json!(7),
        Some("integer" | "number") => match resolve(schema)["maximum"].as_i64() {
            Some(maximum) => json!(maximum + 1),
            None => json!("many"),
        },
        _ => json!("wrong"),
    }
}

/// The example of an operation's request, with the schema of the body.
fn example(operation: &Operation) -> Option<(&'static Value, &'static Value)> {
    let body = resolve(operation.node.get("requestBody")?);
    let media = &body["content"]["application/json"];
    Some((&media["schema"], &media["example"]))
}

/// The example of each shape that a body can have: that of the document, and of a union one made of each other member's examples.
fn shapes(operation: &Operation) -> Vec<(&'static Value, Value)> {
    let Some((schema, example)) = example(operation) else {
        return Vec::new();
    };
    let any = resolve(schema).get("anyOf").map(members);
    let Some(shapes) = any else {
        return vec![(schema, example.clone())];
    };
    let full = json!({
        "type": "full", "system": "magic-transit", "time_limit": 300, "colo_name": "ams02",
        "destination_conf": "s3://pcaps-bucket?region=us-east-1",
    });
    let simple =
        json!({"type": "simple", "system": "magic-transit", "time_limit": 60, "packet_limit": 100});
    let made = shapes.map(|shape| {
        let properties = &resolve(shape)["properties"];
        match properties.get("destination_conf") {
            Some(_) => (shape, full.clone()),
            None => (shape, simple.clone()),
        }
    });
    made.chain([(schema, example.clone())]).collect()
}

#[tokio::test]
async fn a_wrong_value_is_refused_at_its_place() {
    let fake = FakeService::builder().no_rate_limit().build();
    let (mut found, mut checked) = (Vec::new(), 0);
    for (id, operation) in operations() {
        for (schema, right) in shapes(&operation) {
            for (place, value) in broken(schema, &right, "") {
                checked += 1;
                let request = Request::new(operation, ID).body(value.clone());
                let reply = request.send(&fake).await.unwrap();
                if (reply.status, places(&reply)) != (400, vec![place.clone()]) {
                    found.push(format!("{id} at {place}: {reply:?}"));
                }
            }
        }
        for parameter in operation.parameters("query") {
            let name = parameter["name"].as_str().unwrap();
            let schema = resolve(&parameter["schema"]);
            let item = resolve(schema.get("items").unwrap_or(schema));
            let free =
                item["type"] == "string" && item.get("enum").or(item.get("format")).is_none();
            if free {
                continue;
            }
            checked += 1;
            let request = Request::new(operation, ID).query(name, "wrong");
            let reply = match example(&operation) {
                Some((_, body)) => request.body(body.clone()).send(&fake).await,
                None => request.send(&fake).await,
            };
            let reply = reply.unwrap();
            if (reply.status, places(&reply)) != (400, vec![name.to_owned()]) {
                found.push(format!("{id}?{name}: {reply:?}"));
            }
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    assert!(checked > 100, "only {checked} faults were tried");
}

/// The value with one fault each: each property wrong, and each required one missing; with the place of the fault.
fn broken(schema: &'static Value, right: &Value, place: &str) -> Vec<(String, Value)> {
    let schema = resolve(schema);
    let mut found = Vec::new();
    for (name, property) in entries(&schema["properties"]) {
        let place = format!("{place}/{name}");
        let mut value = right.clone();
        value[name] = wrong(property);
        if name == "type" && schema["required"].as_array().is_some() {
            // The tag decides which shape it is.
            value[name] = json!("neither");
        }
        found.push((place.clone(), value));
        let inner = right.get(name).cloned().unwrap_or_else(|| json!({}));
        for (place, wrong) in broken(property, &inner, &place) {
            let mut value = right.clone();
            value[name] = wrong;
            found.push((place, value));
        }
        if resolve(property)["type"] == "array" {
            let item = &resolve(property)["items"];
            let mut value = right.clone();
            value[name] = json!([wrong(item)]);
            found.push((format!("{place}/0"), value));
        }
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        let name = name.as_str().unwrap();
        let mut value = right.clone();
        value.as_object_mut().unwrap().remove(name);
        found.push((format!("{place}/{name}"), value));
    }
    found
}

#[tokio::test]
async fn a_missing_body_and_a_body_that_is_no_object_are_refused() {
    let fake = FakeService::builder().no_rate_limit().build();
    for (id, operation) in operations() {
        let Some(_) = example(&operation) else {
            continue;
        };
        let missing = Request::new(operation, ID).send(&fake).await.unwrap();
        let list = Request::new(operation, ID).body(json!([1]));
        let list = list.send(&fake).await.unwrap();
        for reply in [missing, list] {
            assert_eq!(
                (reply.status, places(&reply)),
                (400, vec![String::new()]),
                "{id}"
            );
        }
    }
}

#[tokio::test]
async fn the_examples_of_the_document_are_accepted() {
    let fake = FakeService::builder().no_rate_limit().build();
    let mut found = Vec::new();
    for (id, operation) in operations() {
        for (_, body) in shapes(&operation) {
            let request = Request::new(operation, ID).body(body);
            let reply = request.send(&fake).await.unwrap();
            if reply.status == 400 {
                found.push(format!("{id}: {reply:?}"));
            }
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}
