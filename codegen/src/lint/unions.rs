//! Unions, and how their variants are chosen.

use crate::config::key_of;
use crate::document::{Node, Object};
use crate::model::{Dispatch, TypeKind, Union, Variant};
use crate::pointer::Pointer;

use super::found::Found;
use super::look::{Look, members, name, text};
use super::mend::{Change, Mend};
use super::target::Target;

/// If nothing distinguishes the members, the generator has a fault; here only their order distinguishes them.
pub(super) fn ambiguous(look: &Look<'_>) -> Vec<Found> {
    let types = look.api.into_iter().flat_map(|api| &api.types);
    let unions = types.filter_map(|(pointer, ty)| match &ty.kind {
        TypeKind::Union(union) if union.dispatch == Dispatch::Keys => Some((pointer, union)),
        TypeKind::Union(_) | TypeKind::Struct(_) | TypeKind::Enum(_) => None,
    });
    unions
        .filter_map(|(pointer, union)| blurred(pointer, union))
        .collect()
}

fn blurred(pointer: &Pointer, union: &Union) -> Option<Found> {
    let pairs: Vec<(&Variant, &Variant)> = pairs(&union.variants).collect();
    let (poor, rich) = pairs.first()?;
    let called = |variant: &Variant| variant.ty.named().map_or_else(String::new, name);
    let more = match pairs.len() {
        1 => String::new(),
        count => format!(", and {} more pairs are like that", count - 1),
    };
    let message = format!(
        "`{}` requires all that `{}` requires: only their order distinguishes them{more}",
        called(rich),
        called(poor),
    );
    let members: Vec<String> = union
        .variants
        .iter()
        .map(|variant| format!("\"<value>\" = \"{}\"", called(variant)))
        .collect();
    let help = format!(
        "if a property distinguishes them, name it under [unions] in spec/sdk.toml: {} = {{ tag = \"<property>\", variants = {{ {} }} }}",
        key_of(pointer),
        members.join(", "),
    );
    let related = [poor.pointer.clone(), rich.pointer.clone()];
    Some(Found::new(pointer.clone(), message, help).related(related))
}

/// Each variant with one that requires the same and more.
fn pairs(variants: &[Variant]) -> impl Iterator<Item = (&Variant, &Variant)> {
    let all = variants
        .iter()
        .flat_map(|poor| variants.iter().map(move |rich| (poor, rich)));
    all.filter(|(poor, rich)| {
        poor.pointer != rich.pointer && poor.keys.iter().all(|key| rich.keys.contains(key))
    })
}

pub(super) fn discriminator_without_mapping(look: &Look<'_>) -> Vec<Found> {
    let unions = look.schemas().filter_map(|union| {
        let discriminator = union.node.get("discriminator")?;
        let lacks_mapping = discriminator.get("mapping").is_none() && !is_stated(look, union);
        lacks_mapping.then(|| without_mapping(look, union, discriminator))
    });
    unions.collect()
}

fn without_mapping(look: &Look<'_>, union: &Object<'_>, discriminator: &Node) -> Found {
    let pointer = union.pointer.push("discriminator");
    let property = text(discriminator, "propertyName").unwrap_or_default();
    let message = format!(
        "the values of `{property}` would be the names of the schemas, which is stated nowhere"
    );
    let help = "write them under `mapping`; if they are unknown, this action removes the discriminator, so that the required keys decide:";
    let mend = Mend::new(
        Target::node(look.document.root(), &pointer),
        "Without a mapping the values would be the names of the schemas, which is stated nowhere.",
        Change::Remove(discriminator.clone()),
    );
    Found::new(pointer, message, help).mend(mend)
}

/// Whether each member lists its own name among the values of the property that decides.
fn is_stated(look: &Look<'_>, union: &Object<'_>) -> bool {
    let discriminator = union.node.get("discriminator");
    let Some(property) = discriminator.and_then(|node| text(node, "propertyName")) else {
        // The structural check reports it.
        return true;
    };
    let list = members(union.node, "oneOf")
        .iter()
        .chain(members(union.node, "anyOf"));
    list.into_iter().all(|member| {
        let wanted = super::look::target(member).and_then(|target| target.last());
        let parts = look.parts(member);
        let schemas = parts
            .iter()
            .filter_map(|part| part.get("properties")?.get(property));
        let mut values = schemas
            .filter_map(|schema| look.resolved(schema))
            .flat_map(|schema| members(schema, "enum"));
        values.any(|value| value.as_str() == wanted.as_deref())
    })
}
