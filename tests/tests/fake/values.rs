//! Values of the document's schemas, by chance.
//!
//! In: a schema, the name of the property, and dice. Out: a value that the schema allows; texts that mean something where the name says
//! what.

use serde_json::{Value, json};
use tests::document::{entries, members, resolve};

use crate::inputs::Known;

/// The buckets of the walks.
pub(crate) const BUCKETS: [&str; 3] = [
    "s3://pcaps-bucket?region=us-east-1",
    "gs://pcaps-bucket",
    "r2://pcaps?account-id=0123456789abcdef0123456789abcdef&access-key-id=key&secret-access-key=secret",
];

/// Numbers from one seed.
#[derive(Clone, Debug)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % limit.max(1)
    }

    /// True so many times in a hundred.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        let at = self.below(of.len());
        of.get(at).copied()
    }
}

/// A value of the schema.
pub(crate) fn value(schema: &'static Value, name: &str, dice: &mut Dice, known: &Known) -> Value {
    let schema = resolve(schema);
    // The name of a list is that of its items.
    let text = text_of(name, dice, known).filter(|_| schema["type"] != "array");
    if let Some(text) = text {
        return json!(text);
    }
    let shapes: Vec<&'static Value> = members(&schema["anyOf"]).collect();
    if let Some(shape) = dice.pick(&shapes) {
        return value(shape, name, dice, known);
    }
    let values: Vec<&'static Value> = members(&schema["enum"]).collect();
    if let Some(value) = dice.pick(&values) {
        return value.clone();
    }
    match schema["type"].as_str() {
        Some("object") => {
            let required = members(&schema["required"]).collect::<Vec<_>>();
            let mut object = json!({});
            for (name, property) in entries(&schema["properties"]) {
                let is_required = required.iter().any(|required| *required == name);
                if is_required || dice.chance(25) {
                    object[name] = value(property, name, dice, known);
                }
            }
            object
        }
        Some("array") => {
            let items = (0..dice.below(3)).map(|_| value(&schema["items"], name, dice, known));
            items.collect()
        }
        Some("boolean") => json!(dice.chance(50)),
        Some("integer" | "number") => {
            let most = schema["maximum"].as_u64().unwrap_or(100);
            let most = usize::try_from(most).unwrap_or(100);
            // Large captures take long to make.
            let most = if dice.chance(95) {
                most.min(100)
            } else {
                most.min(5000)
            };
            json!(1 + dice.below(most))
        }
        _ => json!(dice.pick(&["", "production", "a", "Zürich", "x\"y"])),
    }
}

/// A text for a property whose name says more than its schema.
fn text_of(name: &str, dice: &mut Dice, known: &Known) -> Option<String> {
    let one_of = |dice: &mut Dice, texts: &[&str]| dice.pick(texts).map(str::to_owned);
    match name {
        "destination_conf" => one_of(dice, &BUCKETS),
        "colo_name" => one_of(dice, &["ams02", "iad01"]),
        "source_address" | "destination_address" => one_of(
            dice,
            &[
                "10.0.0.1",
                "192.0.2.7",
                "2001:db8::1",
                "1.2.3",
                "10.0.0.0/8",
            ],
        ),
        "offset_time" => one_of(
            dice,
            &[
                "2026-01-01T00:10:00Z",
                "2020-01-01T00:00:00Z",
                "2030-01-01T00:00:00Z",
            ],
        ),
        "provider_id" | "hub_provider_id" => Some(known.id(dice, "provider_id")),
        "vpc" | "attached_vpcs" => {
            let kind = dice.pick(&[
                "aws_vpc",
                "aws_vpc",
                "azurerm_virtual_network",
                "google_compute_network",
                "aws_subnet",
            ]);
            Some(known.id(dice, kind?))
        }
        "adopted_hub_id" => Some(known.id(dice, "aws_ec2_transit_gateway")),
        "attached_hubs" => Some(known.id(dice, "onramp_id")),
        "resource_id" => Some(known.id(dice, "resource_id")),
        "region" => one_of(
            dice,
            &[
                "us-east-1",
                "eu-west-1",
                "westeurope",
                "us-central1",
                "nowhere",
            ],
        ),
        "prefixes" => one_of(
            dice,
            &["10.0.0.0/8", "192.168.0.0/16", "10.0.0.1/8", "prefix"],
        ),
        "policy" => one_of(
            dice,
            &[
                "",
                "package cloudflare\n",
                "package cloudflare\nresources[x] { true }",
            ],
        ),
        "aws_arn" => one_of(dice, &["arn:aws:iam::123456789012:role/magic", "role", ""]),
        "azure_subscription_id" | "azure_tenant_id" => one_of(
            dice,
            &["6bad6be2-8e7a-46e9-9f19-950499dd251d", "tenant", ""],
        ),
        "gcp_project_id" => one_of(dice, &["my-project-1", "P", ""]),
        "gcp_service_account_email" => one_of(
            dice,
            &["magic@my-project-1.iam.gserviceaccount.com", "magic", ""],
        ),
        _ => None,
    }
}

/// A body with a fault: a property that is missing, `null` or of another type, or no object at all.
pub(crate) fn spoiled(mut body: Value, dice: &mut Dice) -> Value {
    let odd = [
        json!(null),
        json!([]),
        json!("text"),
        json!(-1),
        json!({"a": [null]}),
        json!(1e300),
    ];
    let odd = odd[dice.below(odd.len())].clone();
    let Some(object) = body.as_object_mut().filter(|_| !dice.chance(20)) else {
        return odd;
    };
    let keys: Vec<String> = object.keys().cloned().collect();
    if let Some(key) = keys.get(dice.below(keys.len())) {
        match dice.chance(40) {
            true => object.remove(key),
            false => object.insert(key.clone(), odd),
        };
    }
    body
}
