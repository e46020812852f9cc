//! What the runtime's macros add to a generated type, which stands in no generated file.

use super::{Line, Role};

/// The macros of the runtime that give a type more than it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// `id!`: the newtype of an identifier.
    Id,
    /// `open_enum!`: a list of texts.
    Texts,
    /// `open_code!`: a list of integers.
    Codes,
}

impl Runtime {
    /// The macro of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "id" => Some(Self::Id),
            "open_enum" => Some(Self::Texts),
            "open_code" => Some(Self::Codes),
            _ => None,
        }
    }
}

/// The traits that a macro gives the type of this name.
pub fn known(runtime: Runtime, name: &str) -> Vec<String> {
    let traits: &[&str] = match runtime {
        Runtime::Id => &[
            "From<&str>",
            "From<String>",
            "From<&Self>",
            "FromStr",
            "AsRef<str>",
            "Display",
        ],
        Runtime::Texts => &[
            "From<&str>",
            "From<String>",
            "FromStr",
            "AsRef<str>",
            "Display",
            "Serialize",
            "Deserialize",
        ],
        Runtime::Codes => &["From<i64>", "Display", "Serialize", "Deserialize"],
    };
    let named = traits.iter().map(|known| known.replace("Self", name));
    named.collect()
}

/// The same as lines.
pub(super) fn lines(runtime: Runtime, name: &str) -> Vec<Line> {
    let traits = known(runtime, name).into_iter();
    let mut lines: Vec<Line> = traits.map(|known| trait_line(&known, name)).collect();
    if runtime == Runtime::Id {
        lines.push(Line {
            role: Role::Function,
            on: name.to_owned(),
            name: "as_str".to_owned(),
            text: "pub fn as_str(&self) -> &str".to_owned(),
            arguments: Vec::new(),
            gives: "&str".to_owned(),
        });
    }
    lines
}

/// A trait of a type.
pub(super) fn trait_line(name: &str, on: &str) -> Line {
    Line {
        role: Role::Trait,
        on: on.to_owned(),
        name: name.to_owned(),
        text: format!("impl {name} for {on}"),
        arguments: Vec::new(),
        gives: String::new(),
    }
}
