//! A name as an entry of `sdk.toml`. In: the node and the name. Out: the entry, the same that the help of a fault asks for.

use crate::config::address_of;
use crate::model::{Api, TypeKind};
use crate::pointer::Pointer;
use crate::report::Entry;

use super::inline::text_of;
use super::lock::{NameKind, Named};
use super::members::member_key;

/// The entry that names a node so; `None` where the model does not have the node.
pub(super) fn entry(api: &Api, named: &Named, name: &str) -> Option<Entry> {
    let at = &named.at;
    let entry = match named.kind {
        NameKind::HandleType => Entry::table("handles", at.last()?, [("type", name)]),
        NameKind::HandleMethod => Entry::table("handles", at.last()?, [("method", name)]),
        NameKind::Method => Entry::text("names.methods", operation(api, at)?, name),
        NameKind::Parameter | NameKind::Field => Entry::text("names.fields", address_of(at), name),
        NameKind::Type => Entry::text("names.types", address_of(at), name),
        NameKind::Variant => {
            let (owner, key) = variant(api, at)?;
            Entry::table("names.variants", address_of(&owner), [(&*key, name)])
        }
    };
    Some(entry.about(at))
}

fn operation(api: &Api, at: &Pointer) -> Option<String> {
    let resources = api.root.walk();
    let mut operations = resources.iter().flat_map(|resource| &resource.operations);
    let found = operations.find(|operation| operation.pointer == *at)?;
    Some(found.id.clone())
}

/// The enum or union of a variant, and what the variant is called there.
fn variant(api: &Api, at: &Pointer) -> Option<(Pointer, String)> {
    let owner = at.parent()?.parent()?;
    let key = match &api.types.get(&owner)?.kind {
        TypeKind::Enum(list) => {
            let value = list.values.iter().find(|value| value.pointer == *at)?;
            text_of(value)
        }
        TypeKind::Union(union) => {
            let member = union.variants.iter().find(|member| member.pointer == *at)?;
            member_key(member)
        }
        TypeKind::Struct(_) => return None,
    };
    Some((owner, key))
}
