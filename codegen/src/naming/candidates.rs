//! Names for a node whose own name clashes. In: the node. Out: names to try, one after the other: the name spelled out, then with the names
//! of what is around the node, the nearest first, at last with a mark that is made of its address.

use crate::model::{Operation, Resource, Segment, TypeKind, keyed};
use crate::pointer::Pointer;

use super::Namer;
use super::case::{Case, is_valid, last_word, plain, raw, snake, upper_camel};
use super::handles::{base_name, literals};
use super::inline::text_of;
use super::lock::{NameKind, Named};
use super::methods::{method_made, verb};
use super::parameters::place_word;
use super::short::{LONGEST, mark};
use super::spelled::{pronounced, spelled};
use super::types::text_variant;

impl Namer<'_> {
    /// The names to try. None is the name that the node has by itself. The last one has a mark, where its address is known.
    pub(super) fn candidates(&self, named: &Named, address: Option<&str>) -> Vec<String> {
        let (case, own, mut names) = match named.kind {
            NameKind::Type => self.of_type(&named.at),
            NameKind::Field => self.of_field(&named.at),
            NameKind::Variant => self.of_variant(&named.at),
            NameKind::Method => self.of_method(&named.at),
            NameKind::Parameter => self.of_parameter(&named.at),
            NameKind::HandleType | NameKind::HandleMethod => self.of_handle(named),
        };
        let base = names.last().cloned().unwrap_or_else(|| own.clone());
        names.extend(address.map(mark).map(|mark| match case {
            Case::UpperCamel => format!("{}X{mark}", upper_camel(&base)),
            Case::Snake => format!("{}_x{mark}", snake(plain(&base))),
        }));
        let mut fit: Vec<String> = Vec::new();
        for name in names {
            let name = match case {
                Case::UpperCamel => name,
                Case::Snake => raw(name),
            };
            let is_fit = is_valid(&name) && case.fits(&name) && name.len() <= LONGEST;
            if is_fit && name != own && !fit.contains(&name) {
                fit.push(name);
            }
        }
        fit
    }

    fn of_type(&self, at: &Pointer) -> Found {
        let own = self.made(at).unwrap_or_default();
        let detailed = self.made_in_detail(at).unwrap_or_default();
        let tokens = at.tokens();
        let (whole, schema) = match tokens.as_slice() {
            [_, kind, schema, ..] if kind == "schemas" => {
                let bare = self.schema_name(schema);
                let rest = own.strip_prefix(&bare).unwrap_or_default();
                let whole = format!("{}{rest}", upper_camel(schema));
                (whole, upper_camel(&spelled(schema)))
            }
            _ => (own.clone(), String::new()),
        };
        let base = match own.is_empty() {
            true => upper_camel(&spelled(
                tokens.last().map(String::as_str).unwrap_or_default(),
            )),
            false => own.clone(),
        };
        let home = self.names.homes.types.get(at).cloned().unwrap_or_default();
        let qualified = qualified(&home, &base).into_iter();
        let mut names = vec![detailed, whole];
        names.extend(qualified.map(|name| upper_camel(&name)));
        names.push(schema);
        names.push(format!("{own}Schema"));
        (Case::UpperCamel, own, names)
    }

    fn of_field(&self, at: &Pointer) -> Found {
        let wire = at.last().unwrap_or_default();
        let own = self.field_made(at, &wire);
        let (bare, spelled) = (snake(&pronounced(&wire)), snake(&spelled(&wire)));
        let owner = at.parent().and_then(|properties| properties.parent());
        let owner = owner
            .and_then(|owner| self.owner(&owner))
            .unwrap_or_default();
        let near = snake(last_word(&owner));
        let names = vec![
            bare.clone(),
            format!("{near}_{bare}"),
            format!("{}_{bare}", snake(&owner)),
            spelled.clone(),
            format!("{near}_{spelled}"),
        ];
        (Case::Snake, own, names)
    }

    /// The name of the type that a schema is, or is merged into.
    pub(super) fn owner(&self, schema: &Pointer) -> Option<String> {
        let mut at = Some(schema.clone());
        while let Some(pointer) = at {
            if let Some(name) = self.names.types.get(&pointer) {
                return Some(name.clone());
            }
            at = pointer.parent();
        }
        self.made(schema)
    }

    fn of_variant(&self, at: &Pointer) -> Found {
        let owner = at
            .parent()
            .and_then(|list| list.parent())
            .unwrap_or_default();
        let ty = self.owner(&owner).unwrap_or_default();
        let text = self.variant_text(&owner, at);
        let own = text_variant(&ty, &text);
        let (bare, spelled) = (
            upper_camel(&pronounced(&text)),
            upper_camel(&spelled(&text)),
        );
        let near = last_word(&ty);
        let names = vec![
            self.inline.detail(at).unwrap_or_default().to_owned(),
            bare.clone(),
            format!("{near}{bare}"),
            format!("{ty}{bare}"),
            spelled.clone(),
            format!("{near}{spelled}"),
        ];
        (Case::UpperCamel, own, names)
    }

    fn variant_text(&self, owner: &Pointer, at: &Pointer) -> String {
        match self.api.types.get(owner).map(|ty| &ty.kind) {
            Some(TypeKind::Enum(list)) => {
                let value = list.values.iter().find(|value| value.pointer == *at);
                value.map(text_of).unwrap_or_default()
            }
            Some(TypeKind::Union(union)) => {
                let member = union.variants.iter().find(|member| member.pointer == *at);
                let named = member.and_then(|member| self.names.types.get(member.ty.named()?));
                let word = self.inline.member(at).map(str::to_owned);
                word.or_else(|| named.cloned()).unwrap_or_default()
            }
            Some(TypeKind::Struct(_)) | None => String::new(),
        }
    }

    fn of_method(&self, at: &Pointer) -> Found {
        let Some((resource, operation)) = self.operation(at) else {
            return (Case::Snake, String::new(), Vec::new());
        };
        let depth = operation.path.segments.len() - below(resource, operation).len();
        let own = method_made(operation, depth);
        let verb = verb(operation.method);
        let mut names = Vec::new();
        // `list` and the like say already what the method does.
        if operation.path.segments.last().map(segment_word) == Some(plain(&own).to_owned()) {
            names.push(format!("{verb}_{}", plain(&own)));
        }
        let mut longer = plain(&own).to_owned();
        for segment in below(resource, operation).iter().rev() {
            let word = segment_word(segment);
            if word == plain(&own) {
                continue;
            }
            longer = format!("{longer}_{word}");
            names.push(longer.clone());
        }
        names.push(snake(&operation.id));
        names.push(snake(&spelled(&operation.id)));
        (Case::Snake, own, names)
    }

    fn operation(&self, at: &Pointer) -> Option<(&Resource, &Operation)> {
        let resources = self.api.root.walk().into_iter();
        let mut operations = resources.flat_map(|resource| {
            let operations = resource.operations.iter();
            operations.map(move |operation| (resource, operation))
        });
        operations.find(|(_, operation)| operation.pointer == *at)
    }

    fn of_parameter(&self, at: &Pointer) -> Found {
        let resources = self.api.root.walk();
        let operations = resources.iter().flat_map(|resource| &resource.operations);
        let mut parameters = operations.flat_map(|operation| &operation.parameters);
        let Some(parameter) = parameters.find(|parameter| parameter.pointer == *at) else {
            return (Case::Snake, String::new(), Vec::new());
        };
        let own = self.parameter_made(parameter);
        let bare = snake(&pronounced(&parameter.name));
        let spelled = snake(&spelled(&parameter.name));
        let names = vec![
            bare.clone(),
            format!("{}_{bare}", place_word(parameter)),
            format!("{bare}_parameter"),
            spelled.clone(),
            format!("{}_{spelled}", place_word(parameter)),
        ];
        (Case::Snake, own, names)
    }

    fn of_handle(&self, named: &Named) -> Found {
        let key = named.at.last().unwrap_or_default();
        let line = self.api.lines().remove(&*key).unwrap_or_default();
        let Some((resource, above)) = line.split_last() else {
            return (Case::Snake, String::new(), Vec::new());
        };
        let of_type = named.kind == NameKind::HandleType;
        let own = match of_type {
            true => literals(resource),
            false => base_name(resource),
        };
        let mut names = vec![
            pronounced(&words(resource)),
            pronounced(&literals(resource)),
        ];
        let mut longer = own.clone();
        for other in above.iter().rev() {
            longer = format!("{}_{longer}", literals(other));
            names.push(longer.clone());
        }
        names.push(format!("{own}_handle"));
        names.push(spelled(&literals(resource)));
        match of_type {
            true => {
                let names = names.iter().map(|name| upper_camel(name)).collect();
                (Case::UpperCamel, upper_camel(&own), names)
            }
            false => {
                let names = names.iter().map(|name| snake(name)).collect();
                (Case::Snake, raw(snake(&own)), names)
            }
        }
    }
}

/// The case of a kind of names, the name that a node has by itself, and others.
type Found = (Case, String, Vec<String>);

/// The segments of an operation below its handle.
fn below<'a>(resource: &Resource, operation: &'a Operation) -> &'a [Segment] {
    let depth = resource.path.split('/').skip(1).count();
    let segments = &operation.path.segments;
    segments.get(depth..).unwrap_or_default()
}

/// The segments between the handle above and this one, without a parameter that the handle ends with.
fn words(resource: &Resource) -> String {
    let words = keyed(&resource.segments).iter().map(segment_word);
    words.collect::<Vec<_>>().join("_")
}

/// What a segment is called.
fn segment_word(segment: &Segment) -> String {
    match segment {
        Segment::Literal(text) => snake(text),
        Segment::Parameter(_) | Segment::Mixed(_) => {
            let names = segment.parameters().into_iter();
            let names = names.map(|name| snake(name.strip_suffix("_id").unwrap_or(name)));
            names.collect::<Vec<_>>().join("_")
        }
    }
}

/// A name after those of the modules that it is in, the nearest alone first. What the name begins with is not said twice.
fn qualified(home: &str, name: &str) -> Vec<String> {
    let mut longer = name.to_owned();
    let parts = home.split("::").filter(|part| !part.is_empty()).map(plain);
    let parts: Vec<&str> = parts.collect();
    let longer = parts.into_iter().rev().filter_map(|part| {
        let part = upper_camel(part);
        if longer.starts_with(&part) {
            return None;
        }
        longer = format!("{part}{longer}");
        Some(longer.clone())
    });
    longer.collect()
}
