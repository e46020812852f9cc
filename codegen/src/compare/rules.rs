//! The rules: every way in which two models can differ, what it means for users, and why. One table; nothing else decides.

use crate::surface::EntryKind;

/// How much a change asks of users, the gravest first. This is also the order of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Programs that use it do not compile any more, or compile and mean something else.
    Breaking,
    /// There is more than before; nothing that was there changes.
    Additive,
    /// What goes over the wire changes, and Rust does not.
    Wire,
    /// Only what people read changes.
    Documentation,
}

/// A way in which two models differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeRule {
    /// It is gone.
    Removed,
    /// It is there under another name.
    Renamed,
    /// A type is of another kind.
    KindChanged,
    /// A field, variant or constant has another type.
    TypeChanged,
    /// A function has other arguments.
    ArgumentsChanged,
    /// The arguments of a function stand in another order, and their types cannot tell.
    ArgumentsSwapped,
    /// An argument of the same type stands for another thing.
    ArgumentReplaced,
    /// A function or call gives something else.
    ResultChanged,
    /// A type lacks a trait that it had.
    TraitLost,
    /// It is new.
    Added,
    /// A type has a trait more.
    TraitGained,
    /// The compiler warns of its use from now on.
    Deprecated,
    /// An argument has another name.
    ArgumentRenamed,
    /// Something on the wire changes that Rust does not show.
    Wire,
    /// A text changes that people read.
    Documentation,
    /// The compiler warns of its use no more.
    Undeprecated,
}

impl ChangeRule {
    /// The name, as reports and programs have it.
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
            Self::Added => "added",
            Self::TraitGained => "trait-gained",
            Self::Deprecated => "deprecated",
            Self::ArgumentRenamed => "argument-renamed",
            Self::Wire => "wire",
            Self::Documentation => "documentation",
            Self::Undeprecated => "undeprecated",
        }
    }

    /// What it asks of users.
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
            | Self::TraitLost => Level::Breaking,
            Self::Added | Self::TraitGained | Self::Deprecated => Level::Additive,
            Self::Wire => Level::Wire,
            Self::ArgumentRenamed | Self::Documentation | Self::Undeprecated => {
                Level::Documentation
            }
        }
    }

    /// Whether programs still compile. A change can break them all the same.
    pub fn compiles(self) -> bool {
        match self {
            Self::ArgumentsSwapped | Self::ArgumentReplaced => true,
            other => other.level() != Level::Breaking,
        }
    }

    /// Why it breaks users, or why it does not. `of` is what changes, where it is an item of Rust.
    pub fn why(self, of: Option<EntryKind>) -> &'static str {
        match self {
            Self::Removed => "code that names it does not compile any more",
            Self::Renamed => {
                "it is the same thing under another name: code that uses the old one does not compile any more"
            }
            Self::KindChanged => "the type is of another kind, with other members and conversions",
            Self::TypeChanged => "code that reads or sets the old type does not compile any more",
            Self::ArgumentsChanged => match of {
                Some(EntryKind::Constructor) => {
                    "a request is made from other values: code that makes one does not compile any more"
                }
                _ => "calls with the old arguments do not compile any more",
            },
            Self::ArgumentsSwapped => {
                "the same types stand in another order: calls still compile, and send the values in each other's place"
            }
            Self::ArgumentReplaced => {
                "an argument of the same type is sent as something else: calls still compile, and mean another thing"
            }
            Self::ResultChanged => "code that uses what it gives does not compile any more",
            Self::TraitLost => "code that needs the trait does not compile any more",
            Self::Added => added(of),
            Self::TraitGained => "a trait more takes nothing from code that is there",
            Self::Deprecated => "it is still there; the compiler warns of its use",
            Self::ArgumentRenamed => "callers do not see the names of arguments",
            Self::Wire => "no item of Rust changes; what is sent, read or refused does",
            Self::Documentation => "only what people read changes",
            Self::Undeprecated => "the compiler does not warn of its use any more",
        }
    }
}

fn added(of: Option<EntryKind>) -> &'static str {
    match of {
        Some(EntryKind::Field) => {
            "nobody makes the struct by listing its fields, or reads all of them: it is `#[non_exhaustive]`"
        }
        Some(EntryKind::Variant) => {
            "the enum is `#[non_exhaustive]`: a `match` has an arm for what it does not know"
        }
        Some(EntryKind::Parameter) => "calls that do not set it are what they were",
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
        | None => "code that does not know it is what it was",
    }
}
