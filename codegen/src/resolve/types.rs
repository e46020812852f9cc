//! Schemas that become items of their own: structs and enums.

use crate::model::{
    Bounds, Construction, Field, Fold, Holding, Setting, Struct, Ty, Type, TypeKind, Usage,
};
use crate::pointer::Pointer;
use crate::report::Code;

use super::facets::{Facets, Primitive};
use super::members::{Additional, Members, Property};
use super::merge::only_reference;
use super::resolved::Resolved;
use super::resolver::Resolver;
use super::union::is_null;

/// The formats of texts that are IP addresses.
const ADDRESSES: [&str; 3] = ["ip", "ipv4", "ipv6"];

impl Resolver<'_> {
    /// Whether a schema becomes an item of its own, so that it can contain itself.
    pub(super) fn is_own_type(&self, facets: &Facets) -> bool {
        let choices = facets.one_of.iter().chain(&facets.any_of);
        let is_union = choices.filter(|member| !is_null(member)).count() > 1;
        let is_merged = !facets.all_of.is_empty() && only_reference(facets).is_none();
        let enumeration = facets.values.is_some()
            && matches!(
                facets.primitive,
                None | Some(Primitive::String | Primitive::Integer | Primitive::Number)
            );
        is_union || is_merged || !facets.properties.is_empty() || enumeration
    }

    /// A struct.
    pub(super) fn structure(&mut self, pointer: &Pointer, mut facets: Facets) -> Option<Resolved> {
        let members = Members::own(pointer, &mut facets);
        self.structure_of(pointer, &facets, members)
    }

    /// A struct with these members.
    pub(super) fn structure_of(
        &mut self,
        pointer: &Pointer,
        facets: &Facets,
        members: Members,
    ) -> Option<Resolved> {
        let Members {
            properties,
            required,
            mut choices,
            additional,
        } = members;
        choices.retain(|choice| {
            choice.exactly_one || !choice.is_met(|name| required.contains_key(name))
        });
        let is_open = additional.is_open();
        for (name, place) in &required {
            if !properties.contains_key(name) && !is_open {
                self.undefined_required(name, place);
            }
        }
        let mut fields = Vec::new();
        let mut complete = true;
        for (name, property) in properties {
            let is_required = required.contains_key(&name);
            let at = pointer.push("properties").push(&name);
            match self.field(&at, name, property, is_required) {
                Some(field) => fields.push(field),
                None => complete = false,
            }
        }
        let additional = match additional {
            Additional::Typed(property) => {
                let at = pointer.push("additionalProperties");
                Some(self.joint(&at, *property)?.member())
            }
            Additional::Open => Some(Ty::Any),
            Additional::Unstated | Additional::Closed(_) => None,
        };
        complete.then_some(())?;
        // How its fields are held and set depends on where it occurs: see `fields`.
        let kind = TypeKind::Struct(Struct {
            fields,
            tags: Vec::new(),
            additional,
            choices,
            made: Construction::default(),
        });
        self.define(pointer, facets, kind)
    }

    /// A name is required, and no property has it: any value would do. What is meant is not in the document.
    fn undefined_required(&mut self, name: &str, place: &Pointer) {
        match &self.config.undefined_required {
            Some(rule) => {
                rule.mark();
                self.note(
                    Code::UndefinedRequired,
                    place,
                    format!("`{name}` is required but defined nowhere: it is not read, and cannot be set"),
                    "nothing has to be done where the document is wrong; else define it in spec/overlay.yaml",
                );
            }
            None => self.fault_of(
                Code::UndefinedRequired,
                place,
                format!("`{name}` is required but defined nowhere"),
                "define it, or remove it from `required` in spec/overlay.yaml; for all such names: undefined_required = \"ignore\" at the top of spec/sdk.toml",
            ),
        }
    }

    /// A property, which is at the place `at` of the schema that it is merged into.
    fn field(
        &mut self,
        at: &Pointer,
        wire: String,
        property: Property,
        required: bool,
    ) -> Option<Field> {
        let pointer = property.pointer.clone();
        let resolved = self.joint(at, property)?;
        self.ledger.emitted(&pointer);
        let aliases = self.aliases_of(&wire, &pointer);
        let fixed = self
            .config
            .fixed
            .peek(&pointer)
            .map(|rule| rule.value.clone());
        let Resolved {
            ty,
            nullable,
            read_only,
            write_only,
            deprecated,
            description,
            bounds,
        } = resolved;
        let description = self.sentence_for(&pointer, description);
        let format = bounds.format.as_deref();
        let is_address = format.is_some_and(|format| ADDRESSES.contains(&format));
        let ip_address =
            ty == Ty::Text && (is_address || self.config.ip_addresses.get(&pointer).is_some());
        Some(Field {
            pointer,
            wire,
            ty,
            required,
            nullable,
            read_only,
            write_only,
            deprecated,
            description,
            bounds,
            aliases,
            ip_address,
            fixed,
            held: Holding::default(),
            set: Setting::default(),
        })
    }

    fn aliases_of(&mut self, wire: &str, pointer: &Pointer) -> Vec<String> {
        let Some(rule) = self.config.aliases.get(wire) else {
            return Vec::new();
        };
        rule.mark();
        let siblings = pointer
            .parent()
            .map(|parent| self.document.keys(&parent))
            .unwrap_or_default();
        for alias in &rule.value {
            if siblings.contains(alias) {
                self.config_fault(
                    &rule.place,
                    format!("`{alias}` is a property itself, beside `{wire}`"),
                    "an alias reads a misspelt key; remove this one",
                );
            }
        }
        self.aliases.insert(wire.to_owned(), rule.value.clone());
        rule.value.clone()
    }

    /// Adds a type. Where `sdk.toml` assigns one name to several inline schemas, they are one type and must be equal.
    pub(super) fn define(
        &mut self,
        pointer: &Pointer,
        facets: &Facets,
        kind: TypeKind,
    ) -> Option<Resolved> {
        let mut at = pointer.clone();
        if let Some(rule) = self.config.types.peek(pointer) {
            let first = self
                .shared
                .entry(rule.value.clone())
                .or_insert_with(|| pointer.clone());
            if first != pointer {
                at = first.clone();
            }
        }
        let ty = Type {
            kind,
            description: self.sentence_for_type(pointer, facets.description.clone()),
            deprecated: facets.deprecated,
            usage: Usage::default(),
            search_names: self.search_names(pointer),
        };
        match self.types.get(&at) {
            Some(first) if at != *pointer => {
                if !alike(&first.kind, &ty.kind) {
                    let place = self
                        .config
                        .types
                        .peek(pointer)
                        .map(|rule| rule.place.clone())
                        .unwrap_or_default();
                    self.config_fault(
                        &place,
                        format!("this name is also that of `{at}`, which is a different type"),
                        "several schemas can share one name only if they list the same members",
                    );
                }
                // Both entries of sdk.toml are needed for the one type.
                self.config.types.get(pointer);
                self.ledger.folded(pointer, Fold::Alias);
                self.fold_members(&ty.kind);
            }
            Some(first) if first.kind != ty.kind => {
                self.two_in_one_place(&at);
                return None;
            }
            _ => {
                self.ledger.emitted(&at);
                if let TypeKind::Enum(list) = &ty.kind {
                    for value in &list.values {
                        self.ledger.emitted(&value.pointer);
                    }
                }
                self.types.insert(at.clone(), ty);
            }
        }
        let mut resolved = Resolved::new(Ty::Named(at), facets);
        resolved.bounds = Bounds::default();
        Some(resolved)
    }

    fn fold_members(&mut self, kind: &TypeKind) {
        let members: Vec<&Pointer> = match kind {
            TypeKind::Struct(_) => Vec::new(),
            TypeKind::Enum(list) => list.values.iter().map(|value| &value.pointer).collect(),
            TypeKind::Union(union) => union
                .variants
                .iter()
                .map(|variant| &variant.pointer)
                .collect(),
        };
        for member in members {
            self.ledger.folded(member, Fold::Alias);
        }
    }
}

/// Whether two types are equal, apart from the pointers of their members.
fn alike(one: &TypeKind, other: &TypeKind) -> bool {
    match (one, other) {
        (TypeKind::Union(one), TypeKind::Union(other)) => {
            one.dispatch == other.dispatch
                && one.variants.len() == other.variants.len()
                && one
                    .variants
                    .iter()
                    .zip(&other.variants)
                    .all(|(one, other)| {
                        one.ty == other.ty && one.tags == other.tags && one.is_read == other.is_read
                    })
        }
        (TypeKind::Enum(one), TypeKind::Enum(other)) => {
            let one = one.values.iter().map(|value| &value.value);
            one.eq(other.values.iter().map(|value| &value.value))
        }
        _ => false,
    }
}
