//! Tags of unions: the property whose value names the variant, and the values that each variant has.
//!
//! In: the tag that `sdk.toml` or `discriminator` names, or none. Out: the values of each variant, which are values that its property can
//! have. Tags belong to references as they are written: two members can be aliases of one schema.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::Discriminator;

use crate::document::Node;
use crate::model::{Api, Dispatch, Field, Fold, Scalar, Ty, TypeKind, Variant};
use crate::pointer::Pointer;
use crate::report::{Code, ReadAs};

use super::dispatch::structure;
use super::kinds::structures;
use super::resolver::Resolver;

/// The values that a property can have.
pub(super) enum Values {
    /// Those of its `enum`, as tags.
    Listed(Vec<String>),
    /// Any text.
    Text,
    /// Any integer.
    Integer,
    /// `true` or `false`.
    Bool,
    /// None that a tag can be.
    Other,
}

/// A tag that the property of its member cannot have.
struct Impossible {
    value: String,
    message: String,
    /// Whether the property lists several other values.
    is_listed: bool,
}

impl Values {
    fn allow(&self, tag: &str) -> bool {
        match self {
            Self::Listed(values) => values.iter().any(|value| value == tag),
            Self::Text => true,
            Self::Integer => tag.parse::<i64>().is_ok(),
            Self::Bool => matches!(tag, "true" | "false"),
            Self::Other => false,
        }
    }

    fn describe(&self) -> String {
        match self {
            Self::Listed(values) => format!("lists `{}`", values.join("`, `")),
            Self::Text => "is a string".to_owned(),
            Self::Integer => "is an integer".to_owned(),
            Self::Bool => "is a boolean".to_owned(),
            Self::Other => "is neither a string, an integer nor a boolean".to_owned(),
        }
    }
}

impl Resolver<'_> {
    /// The tag and its values from `sdk.toml`.
    pub(super) fn by_rule(
        &mut self,
        api: &Api,
        place: &Pointer,
        tag: String,
        listed: &BTreeMap<String, String>,
        variants: &mut [Variant],
    ) -> Option<Dispatch> {
        let mut complete = true;
        for (value, schema) in listed {
            match self.member(variants, &schemas().push(schema)) {
                Some(variant) => variant.tags.push(value.clone()),
                None => {
                    let place = place.push("variants").push(value);
                    self.config_fault(
                        &place,
                        format!("`{schema}` is not a member of this union"),
                        "name one of its schemas",
                    );
                    complete = false;
                }
            }
        }
        if let Some(untold) = variants.iter().find(|variant| variant.tags.is_empty()) {
            let pointer = untold.pointer.clone();
            self.config_fault(
                place,
                format!("there is no value of `{tag}` for the member at `{pointer}`"),
                "list each member under `variants`",
            );
            complete = false;
        }
        if let Some(without) = lacks(api, variants, &tag) {
            let message = format!("the member at `{without}` has no property `{tag}`");
            self.config_fault(
                &place.push("tag"),
                message,
                "name a property that all members have",
            );
            complete = false;
        }
        for Impossible { value, message, .. } in self.impossible(api, variants, &tag) {
            self.config_fault(
                &place.push("variants").push(&value),
                message,
                "name a value that the property has",
            );
            complete = false;
        }
        complete.then_some(Dispatch::Tag(tag))
    }

    /// The member that refers to this schema: as it is written, or else the only one that does so through aliases.
    fn member<'v>(
        &mut self,
        variants: &'v mut [Variant],
        schema: &Pointer,
    ) -> Option<&'v mut Variant> {
        let position = |fits: &dyn Fn(&Variant) -> bool| {
            let mut found = variants.iter().enumerate().filter(|(_, one)| fits(one));
            let (first, _) = found.next()?;
            found.next().is_none().then_some(first)
        };
        let as_written = position(&|one| self.reference(&one.source).as_ref() == Some(schema));
        let index = as_written.or_else(|| {
            let end = self.end(schema);
            position(&|one| one.ty.own() == Some(&end))
        })?;
        if self.reference(schema).is_some() {
            self.ledger.folded(schema, Fold::Alias);
        }
        variants.get_mut(index)
    }

    /// The node at the end of the references from here. The structural check has refused cyclic ones.
    pub(super) fn end(&self, pointer: &Pointer) -> Pointer {
        self.document.end(pointer)
    }

    /// The target of the `$ref` at a node, as it is written there.
    pub(super) fn reference(&self, pointer: &Pointer) -> Option<Pointer> {
        let reference = self.document.node(pointer)?.get("$ref")?.as_str()?;
        Pointer::parse(reference)
    }

    /// The tag and its values from the document: by the mapping; where it does not name a member, by the one value that the member's
    /// property can have, or by the schema's name.
    pub(super) fn by_discriminator(
        &mut self,
        api: &Api,
        pointer: &Pointer,
        discriminator: &Discriminator,
        variants: &mut [Variant],
    ) -> Option<Dispatch> {
        let tag = &discriminator.property_name;
        let place = pointer.push("discriminator");
        self.keep_untagged(api, pointer, tag, variants)?;
        for (value, target) in &discriminator.mapping {
            match mapped(target).and_then(|target| self.member(variants, &target)) {
                Some(variant) => variant.tags.push(value.clone()),
                None => self.note(
                    Code::UnknownName,
                    &place.push("mapping").push(value),
                    format!("`{value}` leads to a schema that is no member of this union"),
                    "its values are read as unknown shapes; add the schema to the members in spec/overlay.yaml",
                ),
            }
        }
        for variant in variants.iter_mut().filter(|one| one.tags.is_empty()) {
            variant.tags = self.implied(api, variant, tag);
        }
        self.keep_twice(pointer, variants)?;
        for variant in variants.iter_mut().filter(|one| !one.is_read) {
            variant.tags.clear();
        }
        let mut fits = true;
        for Impossible {
            value,
            message,
            is_listed,
        } in self.impossible(api, variants, tag)
        {
            let mapped = discriminator.mapping.contains_key(&value);
            let place = match mapped {
                true => place.push("mapping").push(&value),
                false => place.clone(),
            };
            let help = "correct `discriminator.mapping`, or the property, in spec/overlay.yaml";
            self.fault(&place, message, help);
            match is_listed {
                // The enum reads values that it does not list.
                true => self.read_as(ReadAs::MoreValues),
                false => fits = false,
            }
        }
        fits.then(|| Dispatch::Tag(tag.clone()))
    }

    /// The tags of a member that the mapping does not name.
    fn implied(&self, api: &Api, variant: &Variant, tag: &str) -> Vec<String> {
        let written = self.reference(&variant.source);
        let name = written.as_ref().or(variant.ty.own());
        let name = name.and_then(Pointer::last).unwrap_or_default();
        match property(api, variant, tag).map(|field| self.values(api, field)) {
            Some(Values::Listed(values)) if !values.contains(&name) => values,
            _ => vec![name],
        }
    }

    /// The first tag of each member that its own property cannot have.
    fn impossible(&self, api: &Api, variants: &[Variant], tag: &str) -> Vec<Impossible> {
        let found = variants.iter().filter_map(|variant| {
            let field = property(api, variant, tag)?;
            let values = self.values(api, field);
            let unfit = variant.tags.iter().find(|value| !values.allow(value))?;
            let message = format!(
                "`{tag}` of the member at `{}` is never `{unfit}`: the property {}",
                variant.pointer,
                values.describe()
            );
            Some(Impossible {
                value: unfit.clone(),
                message,
                is_listed: matches!(&values, Values::Listed(values) if values.len() > 1),
            })
        });
        found.collect()
    }

    /// The values that a property can have.
    pub(super) fn values(&self, api: &Api, field: &Field) -> Values {
        if let Some(fixed) = &field.fixed {
            return Values::Listed(vec![fixed.clone()]);
        }
        match &field.ty {
            Ty::Text | Ty::Secret | Ty::Timestamp | Ty::Id(_) => Values::Text,
            Ty::Integer(_) => Values::Integer,
            Ty::Bool => match self.flags(&field.pointer) {
                flags if flags.is_empty() => Values::Bool,
                flags => Values::Listed(flags),
            },
            Ty::Named(pointer) => match api.types.get(pointer).map(|ty| &ty.kind) {
                Some(TypeKind::Enum(list)) => {
                    Values::Listed(list.values.iter().map(|one| tag_of(&one.value)).collect())
                }
                Some(TypeKind::Struct(_) | TypeKind::Union(_)) | None => Values::Other,
            },
            _ => Values::Other,
        }
    }

    /// The values of a boolean with `enum`, which is no type of its own.
    fn flags(&self, pointer: &Pointer) -> Vec<String> {
        let end = self.end(pointer);
        let listed = self.document.node(&end).and_then(|node| node.get("enum"));
        let values = listed.map(|list| list.members().iter());
        let flags = values.into_iter().flatten().filter_map(Node::as_bool);
        flags.map(|flag| flag.to_string()).collect()
    }

    /// A property of every variant, of which each lists other values; `fits` selects among them.
    pub(super) fn by_constant(
        &self,
        api: &Api,
        variants: &mut [Variant],
        fits: impl Fn(&Field) -> bool,
    ) -> Option<Dispatch> {
        let first = structures(api, &variants.first()?.ty)?;
        let found = first.first()?.fields.iter().find_map(|field| {
            let tags = self.constants(api, variants, &field.wire, &fits)?;
            Some((field.wire.clone(), tags))
        });
        let (property, tags) = found?;
        for (variant, tags) in variants.iter_mut().zip(tags) {
            variant.tags = tags;
        }
        Some(Dispatch::Constant(property))
    }

    /// The values of this property in each variant, if all list values and no two the same one.
    fn constants(
        &self,
        api: &Api,
        variants: &[Variant],
        wire: &str,
        fits: &impl Fn(&Field) -> bool,
    ) -> Option<Vec<Vec<String>>> {
        let mut seen = BTreeSet::new();
        let lists = variants.iter().map(|variant| {
            let mut listed: Vec<String> = Vec::new();
            for object in structures(api, &variant.ty)? {
                let field = object.fields.iter().find(|field| field.wire == wire);
                let field = field.filter(|field| fits(field))?;
                let Values::Listed(values) = self.values(api, field) else {
                    return None;
                };
                for value in values {
                    if !listed.contains(&value) {
                        listed.push(value);
                    }
                }
            }
            let is_new = listed.iter().all(|value| seen.insert(value.clone()));
            is_new.then_some(listed)
        });
        lists.collect()
    }
}

/// The schema that a mapping names: by reference or by name.
pub(super) fn mapped(target: &str) -> Option<Pointer> {
    match target.starts_with('#') {
        true => Pointer::parse(target),
        false => Some(schemas().push(target)),
    }
}

fn schemas() -> Pointer {
    Pointer::root().push("components").push("schemas")
}

/// The property of a variant.
fn property<'a>(api: &'a Api, variant: &Variant, wire: &str) -> Option<&'a Field> {
    let object = structure(api, &variant.ty)?;
    object.fields.iter().find(|field| field.wire == wire)
}

/// The first member without this property. A union among the members has its own variants, which are not looked at.
fn lacks(api: &Api, variants: &[Variant], wire: &str) -> Option<Pointer> {
    let without = variants.iter().find(|variant| !has(api, variant, wire))?;
    Some(without.pointer.clone())
}

/// Whether a variant has this property, or is a union with variants of its own.
pub(super) fn has(api: &Api, variant: &Variant, wire: &str) -> bool {
    let named = variant.ty.own().and_then(|pointer| api.types.get(pointer));
    match named.map(|ty| &ty.kind) {
        Some(TypeKind::Struct(_)) => property(api, variant, wire).is_some(),
        Some(TypeKind::Union(_)) => true,
        Some(TypeKind::Enum(_)) | None => false,
    }
}

/// A value as a tag: numbers and booleans as they are written in JSON.
fn tag_of(value: &Scalar) -> String {
    match value {
        Scalar::Text(text) | Scalar::Number(text) => text.clone(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Bool(flag) => flag.to_string(),
    }
}
