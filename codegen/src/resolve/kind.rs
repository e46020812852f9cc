//! The kind of a fault of a node: what its place says, and for a schema what it is made of.

use crate::document::Document;
use crate::pointer::Pointer;
use crate::report::{Code, Input};

/// The code of a fault of this node.
pub(super) fn of(document: &Document, pointer: &Pointer) -> Code {
    let code = Code::of(Input::Spec, pointer);
    if code != Code::Schema {
        return code;
    }
    // The fault of a keyword is one of the schema that has it.
    let around = [Some(pointer.clone()), pointer.parent()];
    let nodes = around.into_iter().flatten();
    let mut nodes = nodes.filter_map(|pointer| document.node(&pointer));
    let found = nodes.find_map(|node| {
        let has = |key: &str| node.get(key).is_some();
        match () {
            () if has("oneOf") || has("anyOf") || has("discriminator") => Some(Code::Union),
            () if has("allOf") => Some(Code::AllOf),
            () if has("enum") => Some(Code::Enum),
            () => None,
        }
    });
    found.unwrap_or(code)
}
