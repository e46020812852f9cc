//! A program that names everything a surface has: each item in a separate function, with its types.
//!
//! In: a surface. Out: the text of a module. `@M@` is the placeholder for the module of the SDK that it is compiled against. Types
//! are fixed by the parameters and results of functions, never by a coercion site, so that `Box<T>` is not accepted as `T`.

use codegen::surface::{Entry, EntryKind, Role, Surface, SurfaceLine};

const HEAD: &str = "\
use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;

use cloudflare_magic::cases::@M@::api::*;
use cloudflare_magic::cases::@M@::types::*;
use cloudflare_magic::endpoint::*;
use cloudflare_magic::{
    Call, Clearable, Client, Download, Page, SecretText, Timestamp, UnknownCode, UnknownValue, UnknownVariant, Waiter,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

";

/// The program of a surface.
pub fn program(surface: &Surface) -> String {
    let mut text = HEAD.to_owned();
    let mut number = 0;
    for entry in surface.entries.values() {
        for line in &entry.lines {
            for item in uses(entry, line) {
                number += 1;
                text.push_str(&item.replace("fn it", &format!("pub fn it{number}")));
                text.push('\n');
            }
        }
    }
    text
}

/// The ways in which a user's code can depend on an item.
fn uses(entry: &Entry, line: &SurfaceLine) -> Vec<String> {
    let SurfaceLine {
        on, name, returns, ..
    } = line;
    match line.role {
        Role::Type => types(entry, line),
        Role::Field => vec![format!("fn it(x: {on}) -> {returns} {{ x.{name} }}")],
        Role::Variant if returns.is_empty() => vec![
            format!("fn it(x: {on}) -> bool {{ matches!(x, {on}::{name}) }}"),
            format!("fn it() -> {on} {{ {on}::{name} }}"),
        ],
        Role::Variant => vec![
            format!(
                "fn it(x: {on}) -> Option<{returns}> {{ match x {{ {on}::{name}(x) => Some(x), _ => None }} }}"
            ),
            format!("fn it(x: {returns}) -> {on} {{ {on}::{name}(x) }}"),
        ],
        Role::Constant => {
            let returns = returns.replace("Self", on);
            vec![format!("fn it() -> {returns} {{ {on}::{name} }}")]
        }
        Role::Function => vec![function(line)],
        Role::Trait => {
            let bound = match name.as_str() {
                "Deserialize" => "for<'a> Deserialize<'a>".to_owned(),
                name if name.contains("<&") => {
                    format!("for<'a> {}", name.replace('&', "&'a "))
                }
                name => name.to_owned(),
            };
            vec![format!(
                "fn it() {{ fn has<T: {bound}>() {{}} has::<{on}>(); }}"
            )]
        }
        Role::Response => vec![format!(
            "fn it() {{ fn has<T: Endpoint<Response = {returns}>>() {{}} has::<{on}>(); }}"
        )],
    }
}

fn types(entry: &Entry, line: &SurfaceLine) -> Vec<String> {
    let name = &line.name;
    let generics: Vec<String> = (1..=line.text.matches("= Missing").count())
        .map(|number| format!("T{number}"))
        .collect();
    if !generics.is_empty() {
        let generics = generics.join(", ");
        return vec![
            format!("fn it<{generics}>(_: &{name}<{generics}>) {{}}"),
            format!("fn it(_: &{name}) {{}}"),
        ];
    }
    let mut uses = vec![format!("fn it(_: &{name}) {{}}")];
    if entry.kind == EntryKind::Struct {
        uses.push(format!("fn it(x: {name}) {{ let {name} {{ .. }} = x; }}"));
    }
    uses
}

/// A function that passes its arguments on. For `impl Into<T>` it passes a type of which it knows only that it converts.
fn function(line: &SurfaceLine) -> String {
    let on = &complete(line);
    let mut generics = parameters(on);
    let mut arguments = Vec::new();
    let mut passed = Vec::new();
    for (index, argument) in line.arguments.iter().enumerate() {
        let (name, ty) = (format!("a{index}"), argument.ty.replace("Self", on));
        let ty = match ty.strip_prefix("impl ") {
            Some(bound) => {
                let bound = match bound.strip_prefix("IntoIterator<Item = impl ") {
                    Some(item) => {
                        let item = item.strip_suffix('>').unwrap_or(item);
                        generics.push(format!("B{index}: {item}"));
                        format!("IntoIterator<Item = B{index}>")
                    }
                    None => bound.to_owned(),
                };
                generics.push(format!("A{index}: {bound}"));
                format!("A{index}")
            }
            None => ty,
        };
        arguments.push(format!("{name}: {ty}"));
        passed.push(name);
    }
    let returns = line.returns.replace("Self", on);
    let own = if on == "Client" {
        format!("@M@_{}", line.name)
    } else {
        line.name.clone()
    };
    let called = if line.text.contains("(&self") {
        arguments.insert(0, format!("this: &{on}"));
        format!("this.{own}")
    } else if line.text.contains("(self") {
        arguments.insert(0, format!("this: {on}"));
        format!("this.{own}")
    } else {
        format!("{on}::{own}")
    };
    let generics = if generics.is_empty() {
        String::new()
    } else {
        format!("<{}>", generics.join(", "))
    };
    format!(
        "fn it{generics}({}) -> {returns} {{ {called}({}) }}",
        arguments.join(", "),
        passed.join(", ")
    )
}

/// The type that has the function. Where the function has bounds `Parameter: Given<Type>`, the one with these types in place of its
/// parameters: a complete builder.
fn complete(line: &SurfaceLine) -> String {
    let bounds = line
        .text
        .split_once(" where ")
        .map_or("", |(_, bounds)| bounds);
    let mut on = line.on.clone();
    for bound in bounds.split_inclusive('>') {
        let Some((parameter, given)) = bound.split_once(": Given<") else {
            continue;
        };
        let parameter = parameter.trim_start_matches([',', ' ']);
        let given = given.trim_end_matches([',', '>']);
        on = replace_word(&on, parameter, given);
    }
    on
}

/// Replaces a type parameter.
fn replace_word(on: &str, parameter: &str, ty: &str) -> String {
    let (name, parameters) = on.split_once('<').unwrap_or((on, ""));
    let parameters = parameters.trim_end_matches('>').split(", ");
    let replaced = parameters.map(|own| if own == parameter { ty } else { own });
    format!("{name}<{}>", replaced.collect::<Vec<_>>().join(", "))
}

/// The type parameters of a builder: `T1`, `T2`, …
fn parameters(on: &str) -> Vec<String> {
    let words = on.split(|letter: char| !letter.is_alphanumeric());
    let is_parameter = |word: &&str| {
        let number = word.strip_prefix('T').unwrap_or_default();
        !number.is_empty() && number.chars().all(|letter| letter.is_ascii_digit())
    };
    words.filter(is_parameter).map(str::to_owned).collect()
}
