//! Servers of single paths and operations.

use std::collections::BTreeSet;

use crate::document::What;

use super::found::Found;
use super::look::Look;
use super::mend::{Change, Mend};
use super::target::Target;

/// Paths and operations with `servers`.
pub(super) fn own(look: &Look<'_>) -> Vec<Found> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for operation in look.all(What::Operation) {
        let above = operation.pointer.parent();
        for holder in above.iter().chain([&operation.pointer]) {
            let pointer = holder.push("servers");
            let Some(servers) = look.document.node(&pointer) else {
                continue;
            };
            if look.is_skipped(&pointer) || !seen.insert(pointer.clone()) {
                continue;
            }
            let message =
                "servers of its own: the SDK sends all requests to the base URL of the document";
            let help = "if the service takes these requests at the base URL too, add this action:";
            let target = Target::node(look.document.root(), &pointer);
            let reason = "The service takes these requests at the base URL.";
            let mend = Mend::new(target, reason, Change::Remove(servers.clone()));
            found.push(Found::new(pointer, message, help).mend(mend));
        }
    }
    found
}
