//! Facts about types: how fields are spelled, what values mean, how variants are distinguished, and the documentation.

use crate::model::{
    Dispatch, Enum, EnumValue, Field, Guard, Id, Struct, Type, TypeKind, Union, Usage, Variant,
};
use crate::pointer::Pointer;
use crate::surface::scalar;

use super::{Class, FactCollector, yes};

impl FactCollector<'_> {
    /// All types and ids.
    pub(super) fn types(&mut self) {
        let model = self.model;
        for (pointer, ty) in &model.api.types {
            let Some(name) = &model.names.type_path(pointer) else {
                continue;
            };
            // Where it occurs shows in Rust, or has no effect for users.
            let Type {
                kind,
                description,
                deprecated: _,
                usage,
                search_names: _,
            } = ty;
            self.words(name, "description", description.as_deref(), pointer);
            match kind {
                TypeKind::Struct(object) => self.structure(name, pointer, *usage, object),
                TypeKind::Enum(list) => self.values(name, list),
                TypeKind::Union(union) => self.union(name, pointer, union),
            }
        }
        for (name, id) in &model.api.ids {
            let Id {
                pointers,
                description,
                // Rust does not show it, and neither does the documentation.
                format: _,
                qualified: _,
            } = id;
            let pointer = pointers.first().cloned().unwrap_or_default();
            let name = &model.names.id_path(name);
            self.words(name, "description", description.as_deref(), &pointer);
        }
    }

    fn structure(&mut self, name: &str, pointer: &Pointer, usage: Usage, object: &Struct) {
        // What is not listed is a field of its own in Rust, and how a struct is made shows there too.
        let Struct {
            fields,
            // They are compared by themselves.
            tags: _,
            additional: _,
            choices,
            made: _,
        } = object;
        let sentences = choices.iter().map(|choice| choice.sentence(str::to_owned));
        let sentences: Vec<String> = sentences.collect();
        let sentences = sentences.join(" ");
        self.wire(name, "choice of required properties", sentences, pointer);
        for field in fields {
            if let Some(called) = self.model.names.fields.get(&field.pointer) {
                self.field(&format!("{name}::{called}"), usage, field);
            }
        }
    }

    fn field(&mut self, about: &str, usage: Usage, field: &Field) {
        let Field {
            pointer,
            wire,
            ty,
            required,
            nullable,
            read_only,
            write_only,
            deprecated: _,
            description,
            bounds,
            aliases,
            fixed,
            // These show in Rust.
            ip_address: _,
            held: _,
            set: _,
        } = field;
        self.wire(about, "key", wire.as_str(), pointer);
        let read_as_well = if usage.response {
            aliases.join(", ")
        } else {
            String::new()
        };
        self.wire(about, "keys that are read as well", read_as_well, pointer);
        self.wire(
            about,
            "fixed value",
            fixed.clone().unwrap_or_default(),
            pointer,
        );
        for (aspect, is) in [
            ("required", required),
            ("nullable", nullable),
            ("readOnly", read_only),
            ("writeOnly", write_only),
        ] {
            self.add(Class::VisibleInRust, about, aspect, yes(*is), pointer);
        }
        self.limits(about, bounds, pointer);
        // A description of the type is reported once, with the type.
        let of_type = ty.named().and_then(|named| self.model.api.types.get(named));
        let of_type = of_type.and_then(|ty| ty.description.as_deref());
        let own = description.as_deref().filter(|own| Some(*own) != of_type);
        self.words(about, "description", own, pointer);
    }

    fn values(&mut self, name: &str, list: &Enum) {
        let Enum { values } = list;
        for EnumValue { pointer, value } in values {
            if let Some(variant) = self.model.names.variants.get(pointer) {
                self.wire(
                    &format!("{name}::{variant}"),
                    "value",
                    scalar(value),
                    pointer,
                );
            }
        }
    }

    fn union(&mut self, name: &str, pointer: &Pointer, union: &Union) {
        // What all variants share is an accessor in Rust.
        let Union {
            // It shows in what each variant is not read from.
            any_of: _,
            dispatch,
            variants,
            order,
            common: _,
        } = union;
        let by = match dispatch {
            Dispatch::Tag(property) | Dispatch::Constant(property) => {
                format!("the value of `{property}`")
            }
            Dispatch::Keys => "the required keys".to_owned(),
            Dispatch::JsonKind => "the kind of JSON value".to_owned(),
        };
        self.wire(name, "variants distinguished by", by, pointer);
        let named = |variant: &Variant| self.model.names.variants.get(&variant.pointer).cloned();
        let tried = order
            .iter()
            .filter_map(|index| named(variants.get(*index)?));
        let tried: Vec<String> = match dispatch {
            Dispatch::Tag(_) | Dispatch::Constant(_) => Vec::new(),
            Dispatch::Keys | Dispatch::JsonKind => tried.collect(),
        };
        self.wire(
            name,
            "order in which variants are tried",
            tried.join(", "),
            pointer,
        );
        for variant in variants {
            let Some(called) = named(variant) else {
                continue;
            };
            let Variant {
                pointer,
                title: _,
                source: _,
                ty: _,
                tags,
                tag,
                guard,
                keys,
                foreign,
                kinds,
                is_read,
            } = variant;
            let about = format!("{name}::{called}");
            self.wire(&about, "tag", tags.join(", "), pointer);
            self.wire(
                &about,
                "property of the tag",
                tag.clone().unwrap_or_default(),
                pointer,
            );
            if let Some(Guard {
                property,
                values,
                is_optional,
            }) = guard
            {
                let or_absent = if *is_optional { " or absent" } else { "" };
                let values = format!("{}{or_absent}", values.join(", "));
                self.wire(&about, &format!("values of `{property}`"), values, pointer);
            }
            if union.is_mixed() {
                let kinds: Vec<&str> = kinds.iter().map(|kind| kind.singular()).collect();
                self.wire(&about, "kind of value", kinds.join(" or "), pointer);
            }
            if !is_read {
                let kept = "kept as JSON".to_owned();
                self.wire(&about, "values that are read", kept, pointer);
            }
            let keys = match dispatch {
                Dispatch::Tag(_) | Dispatch::Constant(_) => String::new(),
                Dispatch::Keys | Dispatch::JsonKind => keys.join(", "),
            };
            self.wire(&about, "keys that it must have", keys, pointer);
            let foreign = foreign.join(", ");
            self.wire(&about, "keys that it must not have", foreign, pointer);
        }
    }
}
