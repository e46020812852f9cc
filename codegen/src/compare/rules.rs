//! The rules: every way in which two models can differ, its effect on users, and the reason. Only this table decides.

use crate::surface::EntryKind;

/// The effect of a change on users, the most severe first. This is also the order of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Programs that use it no longer compile, or compile and behave differently.
    Breaking,
    /// Programs break, and `sdk.toml` accepts it.
    Accepted,
    /// Something is added; nothing existing changes.
    Additive,
    /// Something on the wire changes, and Rust does not.
    Wire,
    /// Only documentation changes.
    Documentation,
}

/// A way in which two models differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeRule {
    /// It was removed.
    Removed,
    /// It has a new name.
    Renamed,
    /// A type is of a different kind.
    KindChanged,
    /// A field, variant or constant has a different type.
    TypeChanged,
    /// A function has different arguments.
    ArgumentsChanged,
    /// The arguments of a function are in a different order, and their types do not show it.
    ArgumentsSwapped,
    /// An argument of the same type is sent as something else.
    ArgumentReplaced,
    /// A function or call returns something else.
    ResultChanged,
    /// A type no longer implements a trait.
    TraitLost,
    /// A struct no longer writes a property by itself, and nothing has to set it.
    TagLost,
    /// It was a further name of a type, and is a type of its own.
    Parted,
    /// It was a type of its own, and is a further name of another one.
    Joined,
    /// It is new.
    Added,
    /// An argument takes more values, and all those that it took.
    ArgumentsWidened,
    /// A type implements an additional trait.
    TraitGained,
    /// It is deprecated now.
    Deprecated,
    /// It has a new name, and the old one is deprecated.
    OldNameDeprecated,
    /// An argument has a new name.
    ArgumentRenamed,
    /// Something on the wire changes that Rust does not show.
    Wire,
    /// A documentation text changes.
    Documentation,
    /// It is no longer deprecated.
    Undeprecated,
}

impl ChangeRule {
    /// The name in reports, for people and programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::KindChanged => "kind-changed",
            Self::TypeChanged => "type-changed",
            Self::ArgumentsChanged => "arguments-changed",
            Self::ArgumentsSwapped => "arguments-swapped",
            Self::ArgumentReplaced => "argument-replaced",
            Self::ResultChanged => "result-changed",
            Self::TraitLost => "trait-lost",
            Self::TagLost => "tag-lost",
            Self::Parted => "parted",
            Self::Joined => "joined",
            Self::Added => "added",
            Self::ArgumentsWidened => "arguments-widened",
            Self::TraitGained => "trait-gained",
            Self::Deprecated => "deprecated",
            Self::OldNameDeprecated => "old-name-deprecated",
            Self::ArgumentRenamed => "argument-renamed",
            Self::Wire => "wire",
            Self::Documentation => "documentation",
            Self::Undeprecated => "undeprecated",
        }
    }

    /// Its effect on users.
    pub fn level(self) -> Level {
        match self {
            Self::Removed
            | Self::Renamed
            | Self::KindChanged
            | Self::TypeChanged
            | Self::ArgumentsChanged
            | Self::ArgumentsSwapped
            | Self::ArgumentReplaced
            | Self::ResultChanged
            | Self::TraitLost
            | Self::TagLost
            | Self::Parted
            | Self::Joined => Level::Breaking,
            Self::Added
            | Self::ArgumentsWidened
            | Self::TraitGained
            | Self::Deprecated
            | Self::OldNameDeprecated => Level::Additive,
            Self::Wire => Level::Wire,
            Self::ArgumentRenamed | Self::Documentation | Self::Undeprecated => {
                Level::Documentation
            }
        }
    }

    /// Whether programs still compile. A change can break them nevertheless.
    pub fn compiles(self) -> bool {
        match self {
            Self::ArgumentsSwapped | Self::ArgumentReplaced | Self::TagLost => true,
            other => other.level() != Level::Breaking,
        }
    }

    /// Why it breaks users, or why it does not. `of` is the kind of the changed item, where it is an item of Rust.
    pub fn why(self, of: Option<EntryKind>) -> &'static str {
        match self {
            Self::Removed => "code that names it no longer compiles",
            Self::Renamed => {
                "it is the same item under a new name: code that uses the old name no longer compiles"
            }
            Self::KindChanged => {
                "the type is of a different kind, with different members and conversions"
            }
            Self::TypeChanged => "code that reads or sets the old type no longer compiles",
            Self::ArgumentsChanged => match of {
                Some(EntryKind::Constructor) => {
                    "a request is created from different values: code that creates one no longer compiles"
                }
                _ => "calls with the old arguments no longer compile",
            },
            Self::ArgumentsSwapped => {
                "the same types are in a different order: calls still compile, but send the values swapped"
            }
            Self::ArgumentReplaced => {
                "an argument of the same type is sent as something else: calls still compile, but with a different meaning"
            }
            Self::ResultChanged => "code that uses what it returns no longer compiles",
            Self::TraitLost => "code that needs the trait no longer compiles",
            Self::TagLost => {
                "code that creates the struct still compiles, but sends it without the property"
            }
            Self::Parted => {
                "code that uses values of the one for those of the other no longer compiles"
            }
            Self::Joined => "code that implements a trait for each of the two no longer compiles",
            Self::Added => added(of),
            Self::ArgumentsWidened => "every value that was accepted still is",
            Self::TraitGained => "an additional trait does not affect existing code",
            Self::Deprecated => "it still works; the compiler warns about its use",
            Self::OldNameDeprecated => {
                "it is the same item under a new name; the compiler warns about uses of the old one"
            }
            Self::ArgumentRenamed => "callers do not see the names of arguments",
            Self::Wire => "no Rust item changes; what is sent, read or refused does",
            Self::Documentation => "only documentation changes",
            Self::Undeprecated => "the compiler no longer warns about its use",
        }
    }
}

fn added(of: Option<EntryKind>) -> &'static str {
    match of {
        Some(EntryKind::Field) => {
            "code cannot build the struct with a literal or match all its fields: it is `#[non_exhaustive]`"
        }
        Some(EntryKind::Variant) => {
            "the enum is `#[non_exhaustive]`: a `match` must have an arm for unknown values"
        }
        Some(EntryKind::Parameter) => "calls that do not set it are unchanged",
        Some(
            EntryKind::Struct
            | EntryKind::Enum
            | EntryKind::Union
            | EntryKind::Id
            | EntryKind::Handle
            | EntryKind::Constructor
            | EntryKind::Accessor
            | EntryKind::Method
            | EntryKind::Waiter,
        )
        | None => "existing code does not use it",
    }
}
