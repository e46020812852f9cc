//! Equal inline schemas, shared or apart: the names are the same, what is shared is one code but for the names, the variants of a union stay
//! types of their own, and nothing is refused that is accepted without it.
//!
//! In: random documents whose operations repeat a few schemas, and the golden cases, in nested layout.

use std::cell::Cell;
use std::collections::BTreeMap;

use codegen::model::{Ty, TypeKind};
use codegen::pointer::Pointer;
use codegen::{MessageFormat, Model, Source, Sources, generate, model};
use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, prop_oneof};
use proptest::sample::select;
use quote::ToTokens;
use serde_json::{Map, Value, json};

use super::inputs::accepted;
use super::{check, holds};

const SHARE: &str = "equal_inline = \"share\"\n";

/// The components, of which the last one is always the same. Each can refer to all of them.
const NAMES: [&str; 3] = ["ash", "birch", "lights"];

/// Schemas inside of that one: variants that are equal.
const VARIANTS: [&str; 3] = ["lights/oneOf/0", "lights/oneOf/1", "lights/oneOf/2/items"];

/// The operations of a document: those of two products, one of them below two owners, and of an owner.
const PATHS: [&str; 6] = [
    "/houses/{house_id}/weather/rain",
    "/houses/{house_id}/weather/wind",
    "/houses/{house_id}/logs/kept",
    "/zones/{house_id}/logs/kept",
    "/zones/{house_id}/logs/lost",
    "/zones/{house_id}",
];

#[test]
fn what_is_shared_is_one_code_but_for_its_names() {
    let places = vec((0..3usize, 0..3usize), PATHS.len());
    let strategy = (vec(schema(), 2), vec(schema(), 3), places);
    let shared = Cell::new(0);
    holds(40, &strategy, |(components, pool, places)| {
        let sources = document(&components, &pool, &places);
        shared.set(shared.get() + compared(&sources));
    });
    assert!(
        shared.get() > 400,
        "only {} types were shared",
        shared.get()
    );
}

#[test]
fn the_same_of_all_accepted_cases() {
    let shared = Cell::new(0);
    for case in accepted() {
        let mut sources = case.sources;
        let config = &mut sources.config.text;
        if !config.contains("layout = ") {
            config.insert_str(0, "layout = \"nested\"\n");
        }
        *config = config.replace(SHARE, "");
        shared.set(shared.get() + compared(&settled(sources)));
    }
    assert!(shared.get() > 30, "only {} types were shared", shared.get());
}

fn light() -> Value {
    json!({"type": "object", "required": ["lit"], "properties": {"lit": {"type": "boolean"}}})
}

fn leaf() -> BoxedStrategy<Value> {
    let refer = |to: &str| json!({"$ref": format!("#/components/schemas/{to}")});
    prop_oneof![
        2 => select(["string", "integer"].as_slice()).prop_map(|ty| json!({"type": ty})),
        2 => select(["on", "off"].as_slice()).prop_map(|value| json!({"type": "string", "enum": [value, "idle"]})),
        2 => select(NAMES.as_slice()).prop_map(refer),
        1 => select(VARIANTS.as_slice()).prop_map(refer),
        2 => Just(light()),
    ]
    .boxed()
}

/// A schema with others inside; of a choice some members are equal.
fn schema() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        let required = select([json!([]), json!(["leaf"]), json!(["root", "leaf"])].to_vec());
        let object = (inner.clone(), inner.clone(), required);
        let members = vec(inner.clone(), 1..4);
        prop_oneof![
            3 => object.prop_map(|(leaf, root, required)| json!({
                "type": "object", "required": required, "properties": {"leaf": leaf, "root": root},
            })),
            1 => inner.clone().prop_map(|items| json!({"type": "array", "items": items})),
            1 => inner.prop_map(|values| json!({"type": "object", "additionalProperties": values})),
            2 => (members, 0..3usize).prop_map(|(mut members, again)| {
                let again = members[again % members.len()].clone();
                members.push(again);
                json!({"oneOf": members})
            }),
        ]
    })
}

/// Compares what is generated with what is generated apart. Returns how many types are shared.
fn compared(apart: &Sources) -> usize {
    let mut together = apart.clone();
    together.config.text.insert_str(0, SHARE);
    let (Ok(before), Ok(output)) = (model(apart), generate(apart)) else {
        check(&together);
        return 0;
    };
    let after = match model(&together) {
        Ok(after) => after,
        Err(report) => {
            let text = report.render(MessageFormat::Human);
            let is_stale = text.contains("no two inline schemas of one product are equal");
            assert!(is_stale && report.fault_count() == 1, "{text}");
            return 0;
        }
    };
    check(&together);
    assert_eq!(before.names.types, after.names.types);
    assert_eq!(before.names.homes.types, after.names.homes.types);
    let texts: BTreeMap<&str, &str> = output.files.iter().collect();
    for (pointer, first) in &after.names.same {
        assert!(
            !after.names.same.contains_key(first),
            "{first} is not the first"
        );
        let (one, other) = (code(&after, &texts, pointer), code(&after, &texts, first));
        assert_eq!(one, other, "{pointer} {first}\n{}", apart.spec.text);
    }
    variants_stay(&after);
    after.names.same.len()
}

/// No union converts from one type twice because two types are one.
fn variants_stay(model: &Model<'_>) {
    let names = &model.names;
    for (pointer, ty) in &model.api.types {
        let TypeKind::Union(union) = &ty.kind else {
            continue;
        };
        let mut seen: BTreeMap<String, &Ty> = BTreeMap::new();
        for variant in &union.variants {
            let now = named(&variant.ty, &|pointer| {
                names.same.get(pointer).unwrap_or(pointer).to_string()
            });
            let first = *seen.entry(now.clone()).or_insert(&variant.ty);
            assert_eq!(
                first.named(),
                variant.ty.named(),
                "two variants of {pointer} are {now}"
            );
        }
    }
}

/// A type as users of a union convert from it.
fn named(ty: &Ty, name: &dyn Fn(&Pointer) -> String) -> String {
    match ty {
        Ty::Named(pointer) | Ty::Boxed(pointer) => name(pointer),
        Ty::List(inner) => format!("[{}]", named(inner, name)),
        Ty::Map(inner) => format!("{{{}}}", named(inner, name)),
        Ty::Nullable(inner) => format!("{}?", named(inner, name)),
        other => format!("{other:?}"),
    }
}

/// The code of a type where nothing is shared, with the first of equal types in place of each of them.
fn code(model: &Model<'_>, texts: &BTreeMap<&str, &str>, pointer: &Pointer) -> String {
    let names = &model.names;
    let (name, home) = (&names.types[pointer], &names.homes.types[pointer]);
    let path = format!("{}.rs", home.replace("r#", "").replace("::", "/"));
    let file = syn::parse_file(texts[path.as_str()]).unwrap();
    let own = [
        name.clone(),
        format!("{name}Builder"),
        format!("{name}BuilderFields"),
    ];
    let mut words: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |other: &Pointer| {
        let first = names.same.get(other).unwrap_or(other);
        words.insert(names.types[other].clone(), format!("<{first}>"));
    };
    let ty = &model.api.types[pointer];
    if let TypeKind::Union(union) = &ty.kind {
        union
            .common
            .iter()
            .filter_map(|(_, ty)| ty.named())
            .for_each(&mut add);
    }
    ty.uses()
        .into_iter()
        .filter_map(Ty::named)
        .for_each(&mut add);
    for (name, part) in own.iter().zip(["", "Builder", "BuilderFields"]) {
        words.insert(name.clone(), format!("<self>{part}"));
    }
    let items = file.items.iter();
    let items = items.filter(|item| subject(item).is_some_and(|subject| own.contains(&subject)));
    let items: Vec<String> = items
        .map(|item| unbroken(&replaced(&item.to_token_stream().to_string(), &words)))
        .collect();
    assert!(!items.is_empty(), "there is no code of {name} in {path}");
    items.join("\n")
}

/// The type that an item is about.
fn subject(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Struct(item) => Some(item.ident.to_string()),
        syn::Item::Enum(item) => Some(item.ident.to_string()),
        syn::Item::Impl(item) => Some(item.self_ty.to_token_stream().to_string())
            .map(|text| text.split(' ').next().unwrap_or_default().to_owned()),
        syn::Item::Macro(item) => {
            let text = item.mac.tokens.to_string();
            let mut words = text
                .split_whitespace()
                .skip_while(|word| !["struct", "enum"].contains(word));
            let declared = words.nth(1);
            Some(declared.unwrap_or(&text).to_owned())
        }
        _ => None,
    }
}

/// The text with other words.
fn replaced(text: &str, words: &BTreeMap<String, String>) -> String {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut whole = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match is_part(first) {
            true => rest.find(|letter| !is_part(letter)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        let (word, behind) = rest.split_at(end);
        whole.push_str(words.get(word).map_or(word, String::as_str));
        rest = behind;
    }
    whole
}

/// The text as if it had been laid out without a limit of width: names of different lengths break lines at different places.
fn unbroken(text: &str) -> String {
    let mut whole: String = text.split_whitespace().collect();
    for (broken, joined) in [(",)", ")"), (",]", "]"), (",}", "}"), ("\"]#[doc=\"", "")] {
        whole = whole.replace(broken, joined);
    }
    whole
}

/// The inputs with the names that settle their clashes.
fn settled(bare: Sources) -> Sources {
    let lock = codegen::lock(&bare, None).ok().flatten();
    let lock = lock.map(|text| Source {
        path: "names.lock".to_owned(),
        text,
    });
    Sources {
        lock: lock.or_else(|| bare.lock.clone()),
        ..bare
    }
}

fn document(components: &[Value], pool: &[Value], places: &[(usize, usize)]) -> Sources {
    let lights = json!({"oneOf": [light(), light(), {"type": "array", "items": light()}]});
    let components = components.iter().cloned().chain([lights]);
    let components = NAMES.iter().map(|name| (*name).to_owned()).zip(components);
    let components: Map<String, Value> = components.collect();
    let id =
        json!([{"name": "house_id", "in": "path", "required": true, "schema": {"type": "string"}}]);
    let paths = PATHS.iter().zip(places).map(|(path, (sent, returned))| {
        let content = |schema: &Value| json!({"application/json": {"schema": schema}});
        let item = json!({
            "parameters": id,
            "get": {"responses": {"200": {"description": "d", "content": content(&pool[*returned])}}},
            "put": {
                "requestBody": {"required": true, "content": content(&pool[*sent])},
                "responses": {"200": {"description": "d", "content": content(&pool[*returned])}},
            },
        });
        ((*path).to_owned(), item)
    });
    // What the entry of sdk.toml is about, in any case.
    let lights = json!({"application/json": {"schema": {"$ref": "#/components/schemas/lights"}}});
    let lights = json!({"put": {
        "requestBody": {"required": true, "content": lights},
        "responses": {"200": {"description": "d", "content": lights}},
    }});
    let paths = paths.chain([("/lights".to_owned(), lights)]);
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Trees", "version": "1"},
        "paths": paths.collect::<Map<String, Value>>(),
        "components": {"schemas": components},
    });
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let config =
        "unsupported = \"skip\"\nlayout = \"nested\"\n[unions.\"*\"]\nundecidable = \"json\"\n";
    settled(Sources {
        spec: source("spec.json", &document.to_string()),
        overlay: None,
        config: source("sdk.toml", config),
        lock: None,
    })
}
