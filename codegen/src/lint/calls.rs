//! Parameters of operations.

use std::collections::BTreeSet;

use crate::document::What;

use super::found::Found;
use super::look::{Look, name, text};
use super::mend::{Change, Mend};
use super::target::Target;

pub(super) fn read_only_parameter(look: &Look<'_>) -> Vec<Found> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for parameter in look.all(What::Parameter) {
        let Some(schema) = parameter.node.get("schema") else {
            continue;
        };
        let place = look.place(&parameter.pointer.push("schema"), schema);
        let flag = look
            .document
            .node(&place)
            .and_then(|schema| schema.get("readOnly"));
        let Some(flag) = flag.filter(|flag| flag.as_bool() == Some(true)) else {
            continue;
        };
        if !seen.insert(place.clone()) {
            continue;
        }
        let pointer = place.push("readOnly");
        let called = text(parameter.node, "name").unwrap_or_default();
        let message = format!(
            "`{}` is only for responses, and the parameter `{called}` is sent",
            name(&place)
        );
        let help = "this action allows it in requests too:";
        let mend = Mend::new(
            Target::node(look.document.root(), &pointer),
            "It is the schema of a parameter, which requests send.",
            Change::Remove(flag.clone()),
        );
        let related = [parameter.pointer.clone()];
        found.push(
            Found::new(pointer, message, help)
                .related(related)
                .mend(mend),
        );
    }
    found
}
