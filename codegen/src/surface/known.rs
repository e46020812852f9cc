//! What the runtime's macros add to a generated type: it is not in the generated files.

use super::{Role, SurfaceLine};

/// The macros of the runtime that add items to a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// `id!`: the newtype of an identifier.
    Id,
    /// `open_enum!`, `long_enum!`: an enum of strings.
    Texts,
    /// `open_code!`, `long_code!`: an enum of integers.
    Codes,
    /// `open_value!`: an enum of values of any kind.
    Values,
    /// `impl_deserialize!`: a union, or a struct of an older version.
    Readable,
    /// `object!`: the table of a struct.
    Fields,
    /// `successes!`: an enum of several kinds of success.
    Successes,
}

impl Runtime {
    /// The macro of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "id" => Some(Self::Id),
            "open_enum" | "long_enum" => Some(Self::Texts),
            "open_code" | "long_code" => Some(Self::Codes),
            "open_value" => Some(Self::Values),
            "impl_deserialize" => Some(Self::Readable),
            "object" => Some(Self::Fields),
            "successes" => Some(Self::Successes),
            _ => None,
        }
    }
}

/// The traits that the macros of open enums derive.
const DERIVED: [&str; 3] = ["Clone", "Debug", "PartialEq"];

/// The traits that a macro adds to the type of this name, without those that it derives.
pub fn known(runtime: Runtime, name: &str) -> Vec<String> {
    let traits: &[&str] = match runtime {
        Runtime::Id => &[
            "Clone",
            "Debug",
            "PartialEq",
            "Eq",
            "Hash",
            "PartialOrd",
            "Ord",
            "Serialize",
            "From<&str>",
            "From<String>",
            "From<&Self>",
            "From<&String>",
            "FromStr",
            "AsRef<str>",
            "Display",
            "Deserialize",
            "PartialEq<str>",
            "PartialEq<&str>",
        ],
        Runtime::Texts => &[
            "From<&str>",
            "From<String>",
            "From<&String>",
            "FromStr",
            "AsRef<str>",
            "Display",
            "Serialize",
            "Deserialize",
            "PartialEq<str>",
            "PartialEq<&str>",
            "Eq",
            "Hash",
            "Ord",
            "PartialOrd",
        ],
        Runtime::Codes => &[
            "From<i64>",
            "Display",
            "Serialize",
            "Deserialize",
            "Eq",
            "Hash",
            "Ord",
            "PartialOrd",
        ],
        Runtime::Values => &[
            "From<&str>",
            "From<String>",
            "From<i64>",
            "From<f64>",
            "From<bool>",
            "Display",
            "Serialize",
            "Deserialize",
        ],
        Runtime::Readable => &["Deserialize"],
        Runtime::Fields => &["Clone", "Debug", "PartialEq", "Serialize", "Deserialize"],
        Runtime::Successes => &["Successes"],
    };
    let named = traits.iter().map(|known| known.replace("Self", name));
    named.collect()
}

/// The type that the variant of unknown values holds.
pub(super) fn catch_all(runtime: Runtime) -> &'static str {
    match runtime {
        Runtime::Id | Runtime::Readable | Runtime::Fields | Runtime::Successes => "",
        Runtime::Texts => "UnknownValue",
        Runtime::Codes => "UnknownCode",
        Runtime::Values => "UnknownVariant",
    }
}

/// Everything that a macro adds, beside variants.
pub(super) fn lines(runtime: Runtime, name: &str) -> Vec<SurfaceLine> {
    let traits = known(runtime, name).into_iter();
    let mut lines: Vec<SurfaceLine> = traits.map(|known| trait_line(&known, name)).collect();
    match runtime {
        Runtime::Id => lines.push(value(name, "as_str", "&str")),
        Runtime::Texts => {
            lines.extend(open_enum(name));
            lines.push(value(name, "as_str", "&str"));
        }
        Runtime::Codes => {
            lines.extend(open_enum(name));
            lines.push(value(name, "code", "i64"));
        }
        Runtime::Values => {
            lines.extend(open_enum(name));
            lines.push(value(name, "to_json", "Value"));
        }
        Runtime::Readable | Runtime::Fields | Runtime::Successes => {}
    }
    lines
}

/// The items of every open enum.
fn open_enum(name: &str) -> Vec<SurfaceLine> {
    let line = |role, on: &str, called: &str, text: String, returns: &str| SurfaceLine {
        role,
        on: on.to_owned(),
        name: called.to_owned(),
        text,
        arguments: Vec::new(),
        returns: returns.to_owned(),
    };
    let head = format!("#[non_exhaustive] pub enum {name}");
    let all = "&'static [Self]";
    let mut lines = vec![
        line(Role::Type, "", name, head, ""),
        line(
            Role::Constant,
            name,
            "ALL",
            format!("pub const ALL: {all}"),
            all,
        ),
    ];
    lines.extend(DERIVED.iter().map(|derived| trait_line(derived, name)));
    lines
}

/// The method that returns the value on the wire.
fn value(on: &str, name: &str, returns: &str) -> SurfaceLine {
    SurfaceLine {
        role: Role::Function,
        on: on.to_owned(),
        name: name.to_owned(),
        text: format!("pub fn {name}(&self) -> {returns}"),
        arguments: Vec::new(),
        returns: returns.to_owned(),
    }
}

/// A trait of a type.
pub(super) fn trait_line(name: &str, on: &str) -> SurfaceLine {
    SurfaceLine {
        role: Role::Trait,
        on: on.to_owned(),
        name: name.to_owned(),
        text: format!("impl {name} for {on}"),
        arguments: Vec::new(),
        returns: String::new(),
    }
}
