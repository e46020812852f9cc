//! The meaning of a change of the inputs for users of the SDK. In: two models. Out: a [`Comparison`]: the verdict, each change
//! with its reason, and the text for the changelog. Nothing here reads a file; `render` prints it.
//!
//! Rust is compared by surfaces, everything else fact by fact; only `rules` decides the meaning of a difference.

mod accepted;
mod changes;
mod classify;
mod displaced;
mod divided;
mod facts;
mod locations;
mod old_names;
mod renames;
mod render;
mod rest;
mod rules;
mod rust;
mod shared;
mod signatures;
mod skips;
mod stale;
mod tags;
mod version;
mod words;

use std::fmt;

use crate::report::{Desk, Fault, Report};
use crate::source::Sources;
use crate::surface::{self, Surface};
use crate::understand::Model;

use self::changes::Side;

pub use self::locations::NodeLocation;
pub(crate) use self::render::Parts;
pub use self::render::ReportFormat;
pub use self::rules::{ChangeRule, Level};
pub use self::skips::Skip;
pub use self::stale::StaleException;
pub use self::version::Bump;
pub(crate) use self::version::release;
pub use semver::Version;

/// The meaning of a change of the inputs.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The most severe level of the changes.
    pub verdict: Verdict,
    /// The current version.
    pub version: Version,
    /// The part of the version that must be incremented.
    pub bump: Bump,
    /// The version after that.
    pub next: Version,
    /// The changes: the most severe first, then in the order of the SDK.
    pub changes: Vec<Change>,
    /// Stale exceptions of the new inputs. They are taken out for this comparison, and are faults.
    pub exceptions: Vec<StaleException>,
    /// Old names that both states keep, each with the version in which it was deprecated.
    pub old_names: Vec<(String, Version)>,
    /// Entries of `[accept_breaks]` that the old inputs have as well: what they accepted was merged, and they accept nothing more.
    pub expired: Vec<String>,
    /// Faults of `sdk.toml` that only a comparison finds: methods that added operations take away, and handles that they divide, where it
    /// does not say whether they stay; and breaks that it accepts and that are none.
    pub faults: Option<Report>,
    /// Nodes that the new inputs skip and the old ones did not.
    pub skips: Vec<Skip>,
    /// Nodes of the document that differ without an effect for users; each with its position in the new document, else in the old.
    pub rest: Vec<NodeLocation>,
    /// The text for *Unreleased*; empty where nothing changes for users.
    pub changelog: String,
    /// The first line of the commit.
    pub commit: String,
}

/// The severity of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing changes for users.
    None,
    /// Only documentation changes, or something on the wire.
    Patch,
    /// Items are added.
    Additive,
    /// Programs break.
    Breaking,
}

impl Verdict {
    /// As reports and programs have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}

impl From<Level> for Verdict {
    fn from(level: Level) -> Self {
        match level {
            Level::Breaking => Self::Breaking,
            Level::Additive => Self::Additive,
            Level::Accepted | Level::Wire | Level::Documentation => Self::Patch,
        }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Identifies the same change in another run: a hash of what changes, from what and to what, independent of the rest.
    pub id: String,
    /// Its rule.
    pub rule: ChangeRule,
    /// What changes: `field`, `method`, or an aspect of it, such as `HTTP method`.
    pub noun: String,
    /// The Rust path, new where there are two.
    pub path: String,
    /// The old state: signatures, or a value. Empty where there was nothing.
    pub before: Vec<String>,
    /// The new state.
    pub after: Vec<String>,
    /// Why it breaks users, or why it does not.
    pub why: &'static str,
    /// Its position in the old inputs.
    pub old: Option<NodeLocation>,
    /// Its position in the new inputs.
    pub new: Option<NodeLocation>,
    /// The same, or for a removed item its nearest position in the new inputs.
    pub near: Option<NodeLocation>,
    /// What to write where the change should be softer.
    pub help: Option<String>,
    /// For a break: why `sdk.toml` accepts it, where it does.
    pub accepted: Option<String>,
}

impl Change {
    /// How it affects users.
    pub fn level(&self) -> Level {
        match (self.rule.level(), &self.accepted) {
            (Level::Breaking, Some(_)) => Level::Accepted,
            (level, _) => level,
        }
    }

    /// The same as a word: `breaking`, `accepted`, `additive`, `wire` or `documentation`.
    pub fn level_name(&self) -> &'static str {
        match self.level() {
            Level::Breaking => "breaking",
            Level::Accepted => "accepted",
            Level::Additive => "additive",
            Level::Wire => "wire",
            Level::Documentation => "documentation",
        }
    }
}

/// Why there is no comparison.
#[derive(Clone, Debug)]
pub enum Uncomparable {
    /// The old inputs are at fault.
    Old(Report),
    /// The new inputs are at fault.
    New(Report),
    /// This is not a version.
    Version(String),
}

impl fmt::Display for Uncomparable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Old(_) => formatter.write_str("the old inputs are at fault"),
            Self::New(_) => formatter.write_str("the new inputs are at fault"),
            Self::Version(text) => write!(formatter, "`{text}` is not a version such as 1.2.3"),
        }
    }
}

impl std::error::Error for Uncomparable {}

/// A state of the inputs that has been read. Any number of comparisons can be made of it.
#[derive(Debug)]
pub struct State<'a> {
    /// The model, without the stale exceptions.
    pub model: Model<'a>,
    /// The public surface.
    pub surface: Surface,
    exceptions: Vec<StaleException>,
}

impl<'a> State<'a> {
    /// Reads the inputs. Stale exceptions are taken out and listed in each comparison.
    pub fn read(sources: &'a Sources) -> Result<Self, Report> {
        let (model, exceptions) = stale::read(sources)?;
        let surface =
            surface::surface(&model.api, &model.names).map_err(|faults| model.report(faults))?;
        Ok(Self {
            model,
            surface,
            exceptions,
        })
    }

    /// The meaning of a change from this state to `new`. `version` is that of the SDK now.
    pub fn compare(&self, new: &Self, version: Version) -> Comparison {
        let (old_locator, new_locator) = (self.model.locator(), new.model.locator());
        let (old_desk, new_desk) = (
            Desk::of(self.model.sources, &old_locator),
            Desk::of(new.model.sources, &new_locator),
        );
        let (was, is) = (self.side(&old_desk), new.side(&new_desk));
        let mut changes = changes::changes(&was, &is);
        let (unaccepting, expired) = accepted::accept(&mut changes, &was, &is);
        changes.sort_by_key(Change::level);
        let accepts_nothing = |fault: &Fault| stale::exception(fault.clone(), &new_desk);
        let stale: Vec<StaleException> = unaccepting.iter().map(accepts_nothing).collect();
        let faults = [
            displaced::displaced(&was, &is),
            divided::divided(&was, &is),
            unaccepting,
        ]
        .concat();
        let levels = changes.iter().map(|change| Verdict::from(change.level()));
        let verdict = levels.max().unwrap_or(Verdict::None);
        let bump = Bump::of(verdict, &version);
        old_names::offer(&mut changes, &version);
        Comparison {
            verdict,
            next: bump.after(&version),
            version,
            bump,
            exceptions: [new.exceptions.clone(), stale].concat(),
            expired,
            old_names: old_names::kept(&was, &is),
            faults: (!faults.is_empty()).then(|| new.model.report(faults)),
            skips: skips::new(&was, &is),
            rest: rest::rest(&was, &is, &changes),
            changelog: words::changelog(&changes),
            commit: words::commit(verdict, &changes),
            changes,
        }
    }

    fn side<'b>(&'b self, desk: &'b Desk<'b>) -> Side<'b> {
        Side {
            model: &self.model,
            surface: &self.surface,
            desk,
        }
    }
}

/// Compares two states of the inputs. `version` is that of the SDK now.
///
/// Stale exceptions do not prevent the comparison: they are taken out and listed.
pub fn compare(old: &Sources, new: &Sources, version: &str) -> Result<Comparison, Uncomparable> {
    let version = release(version).ok_or_else(|| Uncomparable::Version(version.to_owned()))?;
    let old = State::read(old).map_err(Uncomparable::Old)?;
    let new = State::read(new).map_err(Uncomparable::New)?;
    Ok(old.compare(&new, version))
}
