//! A comparison as text: for people, for pull requests, for programs, and as annotations. In: a comparison. Out: its text.

mod github;
mod json;
mod markdown;
mod parts;
mod text;
mod usage;

use similar::{ChangeTag, TextDiff};

pub(crate) use self::parts::Parts;
use super::rules::{ChangeRule, Level};

use super::words::grouped;
use super::{Change, Comparison, Verdict};

/// The ways in which a comparison can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// For a terminal.
    Text,
    /// For a pull request.
    Markdown,
    /// One JSON object.
    Json,
    /// Workflow commands that annotate a pull request.
    Github,
}

impl Comparison {
    /// The comparison as text; it ends with a line break.
    pub fn render(&self, format: ReportFormat) -> String {
        match format {
            ReportFormat::Text => text::render(self),
            ReportFormat::Markdown => markdown::render(self),
            ReportFormat::Json => json::render(self),
            ReportFormat::Github => github::render(self),
        }
    }

    /// The verdict, the counts and what breaks, as text; it ends with a line break.
    pub(crate) fn render_breaks(&self) -> String {
        text::breaks(self)
    }

    /// Whether stale exceptions make the verdict a guess: what they correct is missing in it.
    pub fn is_provisional(&self) -> bool {
        !self.exceptions.is_empty()
    }

    /// The verdict in one sentence.
    pub fn headline(&self) -> String {
        let Self {
            version,
            next,
            bump,
            ..
        } = self;
        let start = match self.is_provisional() {
            true => "Provisional verdict",
            false => "Verdict",
        };
        let verdict = match self.verdict {
            Verdict::None if self.is_provisional() => format!("{start}: none."),
            Verdict::None if self.rest.is_empty() => {
                "No change in our slice: nothing changes for users of the SDK.".to_owned()
            }
            Verdict::None => {
                "Only the document changes: nothing changes for users of the SDK.".to_owned()
            }
            verdict => format!(
                "{start}: {}. {version} becomes {next} ({} bump).",
                verdict.name(),
                bump.name()
            ),
        };
        match self.exceptions.len() {
            0 => verdict,
            1 => format!("{verdict} 1 exception is stale: correct it first."),
            count => format!("{verdict} {count} exceptions are stale: correct them first."),
        }
    }

    /// How many changes there are of each level; empty where there are none.
    pub fn counts(&self) -> String {
        let named = SECTIONS.iter().filter_map(|(level, title)| {
            let count = self.count(*level);
            (count > 0).then(|| format!("{}: {count}", title.to_lowercase()))
        });
        named.collect::<Vec<_>>().join(", ")
    }

    /// The changes of one level, grouped as in `words::grouped`.
    fn of(&self, level: Level) -> Vec<Vec<&Change>> {
        let groups = grouped(&self.changes).into_iter();
        groups
            .filter(|group| group.first().is_some_and(|change| change.level() == level))
            .collect()
    }

    fn count(&self, level: Level) -> usize {
        self.changes
            .iter()
            .filter(|change| change.level() == level)
            .count()
    }
}

/// The levels in the order of a report, each with its title.
const SECTIONS: [(Level, &str); 5] = [
    (Level::Breaking, "Breaking"),
    (Level::Accepted, "Accepted breaks"),
    (Level::Additive, "Additions"),
    (Level::Wire, "On the wire"),
    (Level::Documentation, "Documentation"),
];

/// The most nodes without an effect for users that are shown.
const SHOWN: usize = 10;

/// The title of a change: `field X::y removed`, or `X::y: maximum`.
fn title(change: &Change, path: &str) -> String {
    match change.rule {
        ChangeRule::Wire | ChangeRule::Documentation => format!("{path}: {}", change.noun),
        rule => format!("{} {path} {}", change.noun, rule.name().replace('-', " ")),
    }
}

/// The reason of a break that is accepted, for the section of a group.
fn accepted(group: &[&Change]) -> Option<String> {
    let reasons = group.iter().filter_map(|change| change.accepted.as_deref());
    let mut reasons: Vec<&str> = reasons.collect();
    reasons.dedup();
    (!reasons.is_empty()).then(|| format!("accepted: {}", reasons.join("; ")))
}

/// The entries of `[accept_breaks]` that can go, as a sentence; empty where there are none.
fn expired(comparison: &Comparison) -> String {
    match comparison.expired.as_slice() {
        [] => String::new(),
        ids => format!(
            "What these entries under [accept_breaks] accepted was merged: remove them: {}.\n",
            ids.join(", ")
        ),
    }
}

/// Whether the section title already states the reason of the change.
fn goes_without_why(change: &Change) -> bool {
    matches!(change.rule, ChangeRule::Wire | ChangeRule::Documentation)
}

/// The lines before and after of changes that are listed together, each with its mark. Of long ones, such as builders, the lines that stay show too.
fn marked(group: &[&Change]) -> Vec<(char, String)> {
    let lines_of = |side: fn(&Change) -> &Vec<String>| -> Vec<String> {
        let mut sides: Vec<&Vec<String>> = group.iter().map(|change| side(change)).collect();
        // Equal lines are listed once.
        sides.dedup();
        let lines = sides.into_iter().flatten().flat_map(|text| text.lines());
        lines.map(str::to_owned).collect()
    };
    let (before, after) = (
        lines_of(|change| &change.before),
        lines_of(|change| &change.after),
    );
    let (old, new): (Vec<&str>, Vec<&str>) = (
        before.iter().map(String::as_str).collect(),
        after.iter().map(String::as_str).collect(),
    );
    let diff = TextDiff::from_slices(&old, &new);
    let mark = |tag| match tag {
        ChangeTag::Equal => ' ',
        ChangeTag::Delete => '-',
        ChangeTag::Insert => '+',
    };
    let changes = diff.iter_all_changes();
    changes
        .map(|line| (mark(line.tag()), line.value().to_owned()))
        .collect()
}

/// The origin of a change: its pointer, and the lines before and after.
fn origin(change: &Change) -> (String, String) {
    let pointer = change.new.as_ref().or(change.old.as_ref());
    let pointer = pointer
        .map(|place| place.pointer.to_string())
        .unwrap_or_default();
    let lines = match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!("{} -> {}", old.text(), new.text()),
        (Some(old), None) => format!("{} -> gone", old.text()),
        (None, Some(new)) => format!("new -> {}", new.text()),
        (None, None) => String::new(),
    };
    (pointer, lines)
}

fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    }
}
