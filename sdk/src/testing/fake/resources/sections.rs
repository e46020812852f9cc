//! A resource as a dashboard shows it, section by section.

use serde_json::{Value, json};

use super::State;
use super::details::preview;
use super::resource::Resource;
use super::titles::title;
use crate::testing::fake::yaml::{yaml, yaml_diff};

/// The sections of a resource: what it is, its network, its configuration.
pub(crate) fn sections(catalog: &State, resource: &Resource) -> Vec<Value> {
    let mut sections = vec![overview(resource)];
    sections.extend(network(catalog, resource));
    sections.push(configuration(resource));
    sections
}

fn overview(resource: &Resource) -> Value {
    let mut visible = vec![
        text("Type", "What the resource is", &title(&resource.kind)),
        text("Region", "Region of the cloud", &resource.region),
    ];
    if !resource.resource_group.is_empty() {
        let group = &resource.resource_group;
        visible.push(text("Resource group", "Group in Azure", group));
    }
    let hidden = vec![text("Id", "Id in the cloud", &resource.native_id)];
    section("Overview", "What the resource is", &visible, &hidden)
}

/// Prefixes and related resources. `None` if there are none.
fn network(catalog: &State, resource: &Resource) -> Option<Value> {
    let mut visible = Vec::new();
    let prefixes = resource.prefixes();
    if !prefixes.is_empty() {
        let items: Vec<Value> = prefixes.into_iter().map(string).collect();
        visible.push(list("Prefixes", "Addresses of the resource", &items));
    }
    let mut labels: Vec<&str> = Vec::new();
    for relation in &resource.relations {
        if !labels.contains(&relation.label.as_str()) {
            labels.push(&relation.label);
        }
    }
    for label in labels {
        let related = resource.relations.iter().filter(|one| one.label == label);
        let related = related.filter_map(|one| catalog.find(&one.to));
        let mut items: Vec<Value> = related.map(short).collect();
        match (items.len(), items.pop()) {
            (1, Some(only)) => visible.push(item(label, "Related resource", &only)),
            (_, Some(last)) => {
                items.push(last);
                visible.push(list(label, "Related resources", &items));
            }
            _ => {}
        }
    }
    let help = "Addresses of the resource, and what it is connected to";
    (!visible.is_empty()).then(|| section("Network", help, &visible, &[]))
}

fn configuration(resource: &Resource) -> Value {
    let (before, now) = (yaml(&resource.previous_state), yaml(&resource.state));
    let diff = yaml_diff(
        ("State before the last discovery", &before),
        ("State at the last discovery", &now),
    );
    let config = json!({"item_type": "yaml", "yaml": yaml(&resource.config)});
    let change = json!({"item_type": "yaml_diff", "yaml_diff": diff});
    let hidden = vec![
        item("Configuration", "As the cloud reports it", &config),
        item("Change", "Since the discovery before", &change),
    ];
    let help = "How the resource is configured";
    section("Configuration", help, &[], &hidden)
}

fn section(name: &str, help: &str, visible: &[Value], hidden: &[Value]) -> Value {
    json!({"name": name, "help_text": help, "visible_items": visible, "hidden_items": hidden})
}

fn item(name: &str, help: &str, value: &Value) -> Value {
    json!({"name": name, "helpText": help, "value": value})
}

fn text(name: &str, help: &str, text: &str) -> Value {
    item(name, help, &string(text))
}

fn list(name: &str, help: &str, items: &[Value]) -> Value {
    item(name, help, &json!({"item_type": "list", "list": items}))
}

fn string(text: &str) -> Value {
    json!({"item_type": "string", "string": text})
}

fn short(resource: &Resource) -> Value {
    json!({"item_type": "resource_preview", "resource_preview": preview(resource)})
}
