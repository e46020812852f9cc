//! Requests for random walks: mostly right ones, made from the document's schemas and from what earlier responses contained.
//!
//! In: a number for each request, and what is known so far. Out: the request.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Value, json};
use tests::document::{Operation, operations, resolve};

use crate::door::{ACCOUNT, Request};
use crate::values::{Dice, spoiled, value};

/// Operations that are chosen more often than the others, since they lead to more.
const OFTEN: [(&str, usize); 15] = [
    ("providers-create", 3),
    ("providers-update", 3),
    ("providers-discover", 2),
    ("resources-catalog-list", 2),
    ("onramps-create", 4),
    ("onramps-plan", 8),
    ("onramps-apply", 8),
    ("onramps-update", 2),
    ("onramps-delete", 2),
    ("catalog-syncs-create", 2),
    ("magic-pcap-collection-create-pcap-request", 4),
    (
        "magic-pcap-collection-add-buckets-for-full-packet-captures",
        2,
    ),
    (
        "magic-pcap-collection-validate-buckets-for-full-packet-captures",
        2,
    ),
    ("magic-pcap-collection-get-pcap-request", 2),
    ("magic-pcap-collection-download-simple-pcap", 2),
];

const UNKNOWN: &str = "00000000-0000-4000-8000-000000000000";

/// The operations by id.
static OPERATIONS: LazyLock<BTreeMap<&str, Operation>> = LazyLock::new(operations);

/// The operation with this id.
pub(crate) fn operation(id: &str) -> Operation {
    OPERATIONS[id]
}

/// All operations, the more frequent ones several times.
static CHOICES: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let mut choices: Vec<Operation> = OPERATIONS.values().copied().collect();
    for (id, times) in OFTEN {
        choices.extend(vec![operation(id); times]);
    }
    choices
});

/// What earlier responses contained.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// Ids by what they are of: the name of a path parameter, or the type of a resource.
    ids: BTreeMap<String, Vec<String>>,
    /// The clouds of integrations.
    clouds: BTreeMap<String, String>,
    /// The challenges of buckets.
    pub(crate) challenges: Vec<(String, String)>,
}

impl Known {
    /// Takes over the ids in the result of an operation.
    pub(crate) fn learn(&mut self, operation: &Operation, result: &Value) {
        let name = match operation.id {
            id if id.contains("bucket") => "ownership_id",
            id if id.starts_with("magic-pcap") => "pcap_id",
            id if id.starts_with("providers") => "provider_id",
            id if id.starts_with("onramps") => "onramp_id",
            id if id.starts_with("catalog-syncs") => "sync_id",
            _ => "resource_id",
        };
        let items = match result {
            Value::Array(items) => items.as_slice(),
            item => std::slice::from_ref(item),
        };
        for item in items {
            let Some(id) = item["id"].as_str() else {
                continue;
            };
            self.add(name, id);
            if let Some(kind) = item["resource_type"].as_str() {
                self.add(kind, id);
            }
            if let ("provider_id", Some(cloud)) = (name, item["cloud_type"].as_str()) {
                self.clouds.insert(id.to_owned(), cloud.to_owned());
            }
        }
    }

    fn add(&mut self, name: &str, id: &str) {
        let known = self.ids.entry(name.to_owned()).or_default();
        if !known.iter().any(|other| other == id) {
            known.push(id.to_owned());
        }
    }

    /// Whether an id of this name is known.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.ids.contains_key(name)
    }

    /// Whether nothing is known that the operation could be about.
    fn lacks(&self, operation: &Operation) -> bool {
        let mut names = operation
            .parameters("path")
            .filter_map(|parameter| parameter["name"].as_str());
        names.any(|name| name != "account_id" && !self.ids.contains_key(name))
    }

    /// One of the latest ids of this name, or one that nothing has.
    pub(crate) fn id(&self, dice: &mut Dice, name: &str) -> String {
        let known = self.ids.get(name).map_or(&[][..], Vec::as_slice);
        let latest = &known[known.len().saturating_sub(4)..];
        match dice.chance(8) || latest.is_empty() {
            true => UNKNOWN.to_owned(),
            false => latest[dice.below(latest.len())].clone(),
        }
    }
}

/// A request of a walk.
pub(crate) fn request(dice: &mut Dice, known: &Known) -> Request {
    let mut operation = CHOICES[dice.below(CHOICES.len())];
    while known.lacks(&operation) && dice.chance(90) {
        operation = CHOICES[dice.below(CHOICES.len())];
    }
    let mut request = Request::new(operation, UNKNOWN);
    for (name, value) in &mut request.path {
        *value = match name.as_str() {
            "account_id" if dice.chance(2) => "0123456789abcdef0123456789abcdef".to_owned(),
            "account_id" => ACCOUNT.to_owned(),
            name => known.id(dice, name),
        };
    }
    for parameter in operation.parameters("query") {
        let name = parameter["name"].as_str().unwrap();
        if dice.chance(30) {
            let value = match value(&parameter["schema"], name, dice, known) {
                Value::Array(mut items) => items.pop().unwrap_or_default(),
                value => value,
            };
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            request.query.push((name.to_owned(), text));
        }
    }
    if operation.id == "onramps-delete" && dice.chance(50) {
        request
            .query
            .push(("destroy".to_owned(), "true".to_owned()));
    }
    if operation.id == "resources-catalog-list" && !dice.chance(10) {
        // A whole catalog takes long to check.
        request.query.retain(|(name, _)| name != "per_page");
        request.query.push(("per_page".to_owned(), "3".to_owned()));
    }
    let Some(body) = operation.node.get("requestBody") else {
        return request;
    };
    let schema = &resolve(body)["content"]["application/json"]["schema"];
    let mut body = match right(&request, dice, known) {
        Some(body) => body,
        None => value(schema, "", dice, known),
    };
    if operation.id.ends_with("create-pcap-request") {
        let is_full = body.get("destination_conf").is_some();
        body["type"] = json!(if is_full { "full" } else { "simple" });
    }
    if dice.chance(8) {
        body = spoiled(body, dice);
    }
    request.body = Some(body).filter(|body| !body.is_null());
    request
}

/// A body that leads on, for operations of which random ones seldom do.
fn right(request: &Request, dice: &mut Dice, known: &Known) -> Option<Value> {
    if dice.chance(20) {
        return None;
    }
    let id = request
        .path
        .last()
        .map(|(_, id)| id.as_str())
        .unwrap_or_default();
    match request.operation.id {
        "providers-update" | "providers-patch" => identity(known.clouds.get(id)?),
        "onramps-create" => onramp(dice, known),
        id if id.contains("validate-buckets") => {
            let at = dice.below(known.challenges.len());
            let (bucket, challenge) = known.challenges.get(at)?;
            Some(json!({"destination_conf": bucket, "ownership_challenge": challenge}))
        }
        _ => None,
    }
}

/// The identity of an integration.
pub(crate) fn identity(cloud: &str) -> Option<Value> {
    let id = "6bad6be2-8e7a-46e9-9f19-950499dd251d";
    match cloud {
        "AWS" => Some(json!({"aws_arn": "arn:aws:iam::123456789012:role/magic"})),
        "AZURE" => Some(json!({"azure_subscription_id": id, "azure_tenant_id": id})),
        "GOOGLE" => Some(json!({
            "gcp_project_id": "my-project-1",
            "gcp_service_account_email": "magic@my-project-1.iam.gserviceaccount.com",
        })),
        _ => None,
    }
}

/// An on-ramp of one VPC, or of a hub.
pub(crate) fn onramp(dice: &mut Dice, known: &Known) -> Option<Value> {
    let clouds = [
        ("AWS", "aws_vpc"),
        ("AZURE", "azurerm_virtual_network"),
        ("GOOGLE", "google_compute_network"),
    ];
    let clouds: Vec<_> = clouds
        .into_iter()
        .filter(|(_, kind)| known.ids.contains_key(*kind))
        .collect();
    let (cloud, vpc) = dice.pick(&clouds)?;
    let (vpc, dynamic) = (known.id(dice, vpc), dice.chance(20));
    let mut body = json!({
        "name": "ramp", "cloud_type": cloud, "dynamic_routing": dynamic, "install_routes_in_cloud": !dynamic,
        "install_routes_in_magic_wan": !dynamic,
    });
    if cloud == "AWS" && dice.chance(40) {
        body["type"] = json!("OnrampTypeHub");
        body["region"] = json!("us-east-1");
        body["hub_provider_id"] = json!(known.id(dice, "provider_id"));
        body["attached_vpcs"] = json!([vpc]);
    } else {
        body["type"] = json!("OnrampTypeSingle");
        body["vpc"] = json!(vpc);
    }
    Some(body)
}
