//! The endpoints in the documentation of modules: each with its method and its type.
//!
//! In flat layout `api` lists all of them. In nested layout each module lists those of its handle: so a product's are compiled with it.

use crate::config::Layout;
use crate::model::Resource;
use crate::naming::plain;

use super::method_docs::request;
use super::{Emitter, left_out};

/// What the module `api` contains.
const FLAT: &str = "Handles, and the endpoints behind their methods.";

const NESTED: &str = "Each handle is in a module of its own, with a list of its endpoints.";

impl Emitter<'_> {
    /// The documentation of `api`.
    pub(super) fn index(&self) -> String {
        let left_out = left_out::index(&self.api.left_out);
        match self.names.layout {
            Layout::Flat => format!("{FLAT}{}{left_out}", self.endpoints(&self.api.root.walk())),
            Layout::Nested => format!("{NESTED}{left_out}"),
        }
    }

    /// The endpoints of these handles, as a table.
    pub(super) fn endpoints(&self, resources: &[&Resource]) -> String {
        let mut rows = Vec::new();
        for resource in resources {
            let Some(handle) = self.names.handles.get(&resource.key) else {
                continue;
            };
            for operation in &resource.operations {
                let Some(names) = self.names.methods.get(&operation.pointer) else {
                    continue;
                };
                rows.push(format!(
                    "| `{}` | [`{}`]({}::{}) | [`{}`] |",
                    request(operation),
                    names.operation,
                    handle.ty,
                    plain(&names.method),
                    names.endpoint
                ));
            }
        }
        if rows.is_empty() {
            return String::new();
        }
        format!(
            "\n\nAll endpoints, each with its method under the name that errors and spans have, and the type of its \
             [`Call`](crate::Call):\n\n| endpoint | method | type |\n|---|---|---|\n{}",
            rows.join("\n")
        )
    }
}
