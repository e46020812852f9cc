//! From a schema to the type of the value that it describes, where it is used.

use openapiv3::{ReferenceOr, Schema};

use crate::document::Value;
use crate::model::{Bounds, FloatWidth, Fold, IntegerWidth, Ty};
use crate::pointer::Pointer;
use crate::pointer::json_path::removal;
use crate::report::{Code, ReadAs};

use super::deep::deeper;
use super::facets::{Facets, Primitive};
use super::members::Additional;
use super::resolved::Resolved;
use super::resolver::Resolver;

impl Resolver<'_> {
    /// The type of a schema or of the one that it refers to.
    ///
    /// Chains of schemas have no limit in a document, so the stack grows with them.
    pub(super) fn schema(
        &mut self,
        pointer: &Pointer,
        schema: ReferenceOr<Schema>,
    ) -> Option<Resolved> {
        deeper(|| self.schema_here(pointer, schema))
    }

    fn schema_here(&mut self, pointer: &Pointer, schema: ReferenceOr<Schema>) -> Option<Resolved> {
        match schema {
            ReferenceOr::Item(schema) => self.inline(pointer, Facets::of(schema)),
            ReferenceOr::Reference { reference } => {
                if let Some(known) = self.known(&reference) {
                    return Some(known);
                }
                let reference = ReferenceOr::Reference { reference };
                let (target, schema) = self.follow(pointer, reference)?;
                self.target(&target, Facets::of(schema))
            }
        }
    }

    /// What the schema that a reference leads to was resolved to, if it was: without a copy of it, which may be large.
    fn known(&mut self, reference: &str) -> Option<Resolved> {
        let target = Pointer::parse(reference)?;
        self.remembered(&target)
    }

    /// What a schema was resolved to, or will be: a type that is being made is referred to by its place.
    fn remembered(&mut self, pointer: &Pointer) -> Option<Resolved> {
        if let Some(is_used) = self.unfinished.get_mut(pointer) {
            *is_used = true;
        }
        self.resolved.get(pointer).cloned()
    }

    /// The type of a schema of which only the pointer is known.
    pub(super) fn component(&mut self, pointer: &Pointer) -> Option<Resolved> {
        let reference = ReferenceOr::Reference {
            reference: format!("#{pointer}"),
        };
        self.schema(pointer, reference)
    }

    /// The type of a referenced schema: resolved once, remembered for every other use.
    fn target(&mut self, pointer: &Pointer, facets: Facets) -> Option<Resolved> {
        if let Some(known) = self.remembered(pointer) {
            return Some(known);
        }
        // A schema that becomes an item can contain itself: `inline` remembers it before its inside is read. A list or a map can contain
        // itself within such an item, and is read again there.
        let is_own = self.is_own_type(&facets);
        let outer = match is_own {
            true => None,
            false => self.open.insert(pointer.clone(), self.begun.len()),
        };
        if outer == Some(self.begun.len()) {
            self.contains_only_itself(pointer);
            return None;
        }
        if self.joints.contains_key(pointer) {
            self.two_in_one_place(pointer);
            return None;
        }
        let resolved = self.inline(pointer, facets);
        match outer {
            Some(begun) => self.open.insert(pointer.clone(), begun),
            None => self.open.remove(pointer),
        };
        let resolved = resolved?;
        if resolved.ty != Ty::Named(pointer.clone()) {
            self.ledger.folded(pointer, Fold::Alias);
        }
        self.resolved.insert(pointer.clone(), resolved.clone());
        Some(resolved)
    }

    /// The type of a schema written at `pointer` itself. One that becomes an item of its own is read once: the `allOf` of
    /// something inside it can lead here again.
    pub(super) fn inline(&mut self, pointer: &Pointer, facets: Facets) -> Option<Resolved> {
        if !self.is_own_type(&facets) {
            return self.read(pointer, facets);
        }
        if !self.begun.insert(pointer.clone()) {
            return self.remembered(pointer);
        }
        let named = Resolved {
            bounds: Bounds::default(),
            ..Resolved::new(Ty::Named(pointer.clone()), &facets)
        };
        let ty = named.ty.clone();
        self.resolved.entry(pointer.clone()).or_insert(named);
        self.unfinished.insert(pointer.clone(), false);
        let resolved = self.read(pointer, facets);
        let is_used = self.unfinished.remove(pointer).unwrap_or_default();
        let resolved = resolved?;
        // It became no item after all, such as a map: something inside refers to an item that is not made.
        if is_used && resolved.ty != ty {
            self.contains_only_itself(pointer);
            return None;
        }
        self.resolved.insert(pointer.clone(), resolved.clone());
        Some(resolved)
    }

    pub(super) fn contains_only_itself(&mut self, pointer: &Pointer) {
        self.fault(
            pointer,
            "this schema contains itself and nothing else",
            "add properties to it, or break the cycle",
        );
    }

    pub(super) fn read(&mut self, pointer: &Pointer, mut facets: Facets) -> Option<Resolved> {
        self.keep_digits(pointer, &mut facets.bounds);
        if facets.not {
            self.fault(
                pointer,
                "`not` cannot be expressed as a Rust type",
                "remove it in spec/overlay.yaml, and say in the description what is excluded",
            );
            self.read_as(ReadAs::MoreValues);
            self.fold_whole(&pointer.push("not"), Fold::Meaningless);
            facets.not = false;
        }
        let is_choice = !(facets.one_of.is_empty() && facets.any_of.is_empty());
        if facets.discriminator.is_some() && !is_choice {
            self.lone_discriminator(pointer, &facets)?;
        }
        if facets.is_composed() {
            return self.composed(pointer, facets);
        }
        if facets.values.is_some() {
            return self.enumeration(pointer, facets);
        }
        self.ignore_parts(pointer, &facets);
        let ty = match facets.primitive {
            Some(Primitive::Object) => return self.object(pointer, facets),
            None if !(facets.properties.is_empty() && facets.additional.is_none()) => {
                return self.object(pointer, facets);
            }
            Some(Primitive::Array) => self.array(pointer, &facets)?,
            None if facets.items.is_some() => self.array(pointer, &facets)?,
            Some(Primitive::String) => return Some(self.string(pointer, facets)),
            None if facets.format.as_deref() == Some("binary") => Ty::Binary,
            Some(Primitive::Boolean) => Ty::Bool,
            Some(Primitive::Integer) => Ty::Integer(self.integer(pointer, &facets)),
            Some(Primitive::Number) => Ty::Float(self.number(pointer, &facets)),
            None => Ty::Any,
        };
        Some(Resolved::new(ty, &facets))
    }

    /// Properties of what is no object say nothing, and neither do items of what is no array.
    fn ignore_parts(&mut self, pointer: &Pointer, facets: &Facets) {
        let Some(primitive) = facets.primitive else {
            return;
        };
        let has_properties = primitive != Primitive::Object && !facets.properties.is_empty();
        let has_items = primitive != Primitive::Array && facets.items.is_some();
        for (key, is_there) in [("properties", has_properties), ("items", has_items)] {
            if !is_there {
                continue;
            }
            let place = pointer.push(key);
            self.note(
                Code::Ignored,
                &place,
                format!(
                    "`type` is `{}` here, which has no {key}: they are ignored",
                    primitive.name()
                ),
                "nothing has to be done where `type` is right; else correct it in spec/overlay.yaml",
            );
            self.fold_whole(&place, Fold::Meaningless);
        }
    }

    /// A discriminator is for a choice. In a schema that others extend, it says that any of them can come in its place; in another one
    /// it says nothing.
    pub(super) fn lone_discriminator(&mut self, pointer: &Pointer, facets: &Facets) -> Option<()> {
        let place = pointer.push("discriminator");
        let is_object = matches!(facets.primitive, None | Some(Primitive::Object));
        if !is_object || !self.is_extended(pointer) {
            self.note(
                Code::Ignored,
                &place,
                "a discriminator without `oneOf` or `anyOf`, in a schema that no other one extends: it is ignored",
                "nothing has to be done where no choice is meant; else write it beside the choice in spec/overlay.yaml",
            );
            return Some(());
        }
        let action = removal(&place, None);
        self.fault(
            &place,
            "a discriminator without `oneOf` or `anyOf`: what the schemas that extend this one add would be lost",
            format!(
                "where this schema is used, write `oneOf` with the schemas that extend it; or remove the discriminator with this action in spec/overlay.yaml: {action}"
            ),
        );
        None
    }

    /// Whether an `allOf` lists the schema.
    fn is_extended(&self, pointer: &Pointer) -> bool {
        let references = self.document.references();
        let mut users = references.get(pointer).into_iter().flatten();
        users.any(|user| user.parent().and_then(|list| list.last()).as_deref() == Some("allOf"))
    }

    /// The bounds as the document writes them, where they are whole numbers: those beyond 64 bits lose digits as numbers of Rust.
    fn keep_digits(&self, pointer: &Pointer, bounds: &mut Bounds) {
        let Some(node) = self.document.node(pointer) else {
            return;
        };
        for (key, bound) in [
            ("minimum", &mut bounds.minimum),
            ("maximum", &mut bounds.maximum),
            ("multipleOf", &mut bounds.multiple_of),
        ] {
            let written = match node.get(key).map(|node| &node.value) {
                Some(Value::Number(written)) => written,
                _ => continue,
            };
            let digits = written.strip_prefix('-').unwrap_or(written);
            if digits.chars().all(|digit| digit.is_ascii_digit()) {
                *bound = Some(written.clone());
            }
        }
    }

    fn string(&mut self, pointer: &Pointer, facets: Facets) -> Resolved {
        let ty = if let Some(rule) = self.config.ids.get(pointer) {
            let name = rule.value.clone();
            self.note_id(&name, pointer, facets.description.as_deref());
            if let Some(id) = self.ids.get_mut(&name) {
                id.format = id.format.take().or_else(|| facets.format.clone());
            }
            Ty::Id(name)
        } else if self.config.secret.get(pointer).is_some() {
            Ty::Secret
        } else {
            match facets.format.as_deref() {
                Some("date-time") => Ty::Timestamp,
                Some("binary") => Ty::Binary,
                Some("password") => Ty::Secret,
                _ => Ty::Text,
            }
        };
        let mut resolved = Resolved::new(ty, &facets);
        if matches!(resolved.ty, Ty::Text | Ty::Id(_)) {
            resolved.bounds.format = facets.format;
        }
        resolved
    }

    /// Records that an id newtype is used at `pointer`.
    pub(super) fn note_id(&mut self, name: &str, pointer: &Pointer, description: Option<&str>) {
        let id = self.ids.entry(name.to_owned()).or_default();
        if !id.pointers.contains(pointer) {
            id.pointers.push(pointer.clone());
        }
        if id.description.is_none() {
            id.description = description.map(str::to_owned);
        }
    }

    fn integer(&mut self, pointer: &Pointer, facets: &Facets) -> IntegerWidth {
        match facets.format.as_deref() {
            None if is_beyond_signed(&facets.bounds) => IntegerWidth::U64,
            None | Some("int64") => IntegerWidth::I64,
            Some("int32") => IntegerWidth::I32,
            Some("int16") => IntegerWidth::I16,
            Some("int8") => IntegerWidth::I8,
            Some("uint64") => IntegerWidth::U64,
            Some("uint32") => IntegerWidth::U32,
            Some("uint16") => IntegerWidth::U16,
            Some("uint8") => IntegerWidth::U8,
            Some(other) => {
                self.unknown_format(pointer, other, "int8 to int64, uint8 to uint64");
                IntegerWidth::I64
            }
        }
    }

    fn number(&mut self, pointer: &Pointer, facets: &Facets) -> FloatWidth {
        match facets.format.as_deref() {
            None | Some("double") => FloatWidth::F64,
            Some("float") => FloatWidth::F32,
            Some(other) => {
                self.unknown_format(pointer, other, "float, double");
                FloatWidth::F64
            }
        }
    }

    fn unknown_format(&mut self, pointer: &Pointer, format: &str, known: &str) {
        self.note(
            Code::UnknownFormat,
            &pointer.push("format"),
            format!("format `{format}` is not a number type of Rust: it chooses none"),
            format!(
                "known are {known}; where one of them is meant, correct it in spec/overlay.yaml"
            ),
        );
    }

    fn array(&mut self, pointer: &Pointer, facets: &Facets) -> Option<Ty> {
        let Some(items) = facets.items.clone() else {
            return Some(Ty::List(Box::new(Ty::Any)));
        };
        let item = self.schema(&pointer.push("items"), items)?;
        self.nested(pointer, Ty::List(Box::new(item.member())))
    }

    /// An object: a struct where it has properties, else a map or any object.
    fn object(&mut self, pointer: &Pointer, facets: Facets) -> Option<Resolved> {
        if !facets.properties.is_empty() || !facets.required.is_empty() {
            return self.structure(pointer, facets);
        }
        let additional = Additional::of(pointer, facets.additional.clone());
        self.free_object(pointer, additional, &facets)
    }

    /// An object without properties of its own: a map where the document states the value type, else any object.
    pub(super) fn free_object(
        &mut self,
        pointer: &Pointer,
        additional: Additional,
        facets: &Facets,
    ) -> Option<Resolved> {
        let ty = match additional {
            Additional::Unstated | Additional::Open | Additional::Closed(_) => Ty::Object,
            Additional::Typed(property) => {
                let place = property.pointer.clone();
                let at = pointer.push("additionalProperties");
                match self.joint(&at, *property)?.member() {
                    Ty::Any => Ty::Object,
                    value => self.nested(&place, Ty::Map(Box::new(value)))?,
                }
            }
        };
        Some(Resolved::new(ty, facets))
    }
}

/// Whether the bounds of an integer are those of values that are not negative, beyond those of 64 bits with a sign.
fn is_beyond_signed(bounds: &Bounds) -> bool {
    let whole = |bound: &Option<String>| bound.as_ref()?.parse::<i128>().ok();
    let least = whole(&bounds.minimum);
    let most = whole(&bounds.maximum);
    least.is_some_and(|least| least >= 0) && most.is_some_and(|most| most > i64::MAX.into())
}
