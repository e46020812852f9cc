//! Names for a node whose own name clashes. In: the node. Out: names to try, one after the other: the name spelled out, then with the names
//! of what is around the node, the nearest first, at last with a mark that is made of its address.

use crate::model::{Location, Operation, Parameter, Resource, Segment, TypeKind};
use crate::pointer::Pointer;

use super::Namer;
use super::case::{Case, is_valid, last_word, plain, raw, snake, upper_camel};
use super::inline::text_of;
use super::lock::{NameKind, Named};
use super::methods::{base_name, literals, method_name};

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
            if is_valid(&name) && case.fits(&name) && name != own && !fit.contains(&name) {
                fit.push(name);
            }
        }
        fit
    }

    fn of_type(&self, at: &Pointer) -> Found {
        let own = self.made(at).unwrap_or_default();
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
        let mut names = vec![whole];
        names.extend(qualified.map(|name| upper_camel(&name)));
        names.push(schema);
        (Case::UpperCamel, own, names)
    }

    fn of_field(&self, at: &Pointer) -> Found {
        let wire = at.last().unwrap_or_default();
        let own = self.word(&wire);
        let (bare, spelled) = (snake(&wire), snake(&spelled(&wire)));
        let owner = at.parent().and_then(|properties| properties.parent());
        let owner = owner
            .and_then(|owner| self.owner(&owner))
            .unwrap_or_default();
        let near = snake(last_word(&owner));
        let names = vec![
            spelled.clone(),
            format!("{near}_{bare}"),
            format!("{near}_{spelled}"),
            format!("{}_{spelled}", snake(&owner)),
        ];
        (Case::Snake, own, names)
    }

    /// The name of the type that a schema is, or is merged into.
    fn owner(&self, schema: &Pointer) -> Option<String> {
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
        let (own, spelled) = (upper_camel(&text), upper_camel(&spelled(&text)));
        let near = last_word(&ty);
        let names = vec![
            spelled.clone(),
            format!("{near}{spelled}"),
            format!("{near}{own}"),
            format!("{ty}{spelled}"),
            format!("{ty}{own}"),
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
        let own = method_name(operation, depth);
        let mut names = Vec::new();
        let mut longer = plain(&own).to_owned();
        for segment in below(resource, operation).iter().rev() {
            let word = match segment {
                Segment::Literal(text) => snake(text),
                Segment::Parameter(_) | Segment::Mixed(_) => {
                    let names = segment.parameters().into_iter();
                    let names = names.map(|name| snake(name.strip_suffix("_id").unwrap_or(name)));
                    names.collect::<Vec<_>>().join("_")
                }
            };
            longer = format!("{longer}_{word}");
            names.push(longer.clone());
        }
        let http = operation.method.as_str().to_lowercase();
        names.push(format!("{http}_{}", plain(&own)));
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
        let own = self.word(&parameter.name);
        let (bare, spelled) = (snake(&parameter.name), snake(&spelled(&parameter.name)));
        let names = vec![
            spelled.clone(),
            format!("{}_{bare}", place(parameter)),
            format!("{}_{spelled}", place(parameter)),
            format!("{bare}_parameter"),
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
        let mut names = vec![spelled(&literals(resource))];
        let mut longer = own.clone();
        for other in above.iter().rev() {
            longer = format!("{}_{longer}", literals(other));
            names.push(longer.clone());
        }
        names.push(format!("{own}_handle"));
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

/// Where a parameter is sent.
fn place(parameter: &Parameter) -> &'static str {
    match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// A name after those of the modules that it is in, the nearest alone first.
fn qualified(home: &str, name: &str) -> Vec<String> {
    let mut longer = name.to_owned();
    let parts = home.split("::").filter(|part| !part.is_empty()).map(plain);
    let parts: Vec<&str> = parts.collect();
    let longer = parts.into_iter().rev().map(|part| {
        longer = format!("{}{longer}", upper_camel(part));
        longer.clone()
    });
    longer.collect()
}

/// A text with words in place of the characters that a name cannot have, and of capitals inside words.
fn spelled(text: &str) -> String {
    if text.is_empty() {
        return "empty".to_owned();
    }
    let mut words = String::new();
    let mut before = None;
    for letter in text.chars() {
        match letter {
            letter if letter.is_ascii_alphanumeric() => {
                let is_inside = |before: char| before.is_ascii_lowercase();
                if letter.is_ascii_uppercase() && before.is_some_and(is_inside) {
                    words.push_str("_capital_");
                }
                words.push(letter);
            }
            letter => words.push_str(&format!("_{}_", word_of(letter))),
        }
        before = Some(letter);
    }
    words
}

/// What a character is called.
fn word_of(letter: char) -> String {
    let word = match letter {
        ' ' => "space",
        '!' => "not",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' => "open",
        ')' => "close",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "dash",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '\\' => "backslash",
        '^' => "caret",
        '_' => "underscore",
        '|' => "or",
        '~' => "tilde",
        other => return format!("u{:x}", u32::from(other)),
    };
    word.to_owned()
}

/// Six digits that depend on the address and on nothing else: FNV-1a.
fn mark(address: &str) -> String {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let sum = address.bytes().fold(start, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{:06x}", (sum ^ (sum >> 32)) & 0x00ff_ffff)
}
