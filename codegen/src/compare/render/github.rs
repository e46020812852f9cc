//! The comparison as workflow commands: one annotation for each change that affects users, and one for the verdict.

use crate::report::command;

use super::super::{Comparison, Level};
use super::{marked, title};

pub(super) fn render(comparison: &Comparison) -> String {
    let mut text = String::new();
    for stale in &comparison.exceptions {
        let title = format!("{} is stale", stale.entry);
        let message = format!("{}\nhelp: {}", stale.message, stale.help);
        let place = Some((stale.path.as_str(), stale.line));
        text.push_str(&command("error", place, &title, &message));
    }
    for change in &comparison.changes {
        let level = match change.level() {
            Level::Breaking => "warning",
            Level::Accepted | Level::Additive | Level::Wire => "notice",
            Level::Documentation => continue,
        };
        let title = format!("{}: {}", change.level_name(), title(change, &change.path));
        let lines = marked(&[change]).into_iter();
        let lines: String = lines
            .map(|(mark, line)| format!("{mark} {line}\n"))
            .collect();
        let message = format!("{lines}{} [{}]", change.why, change.id);
        let place = change
            .near
            .as_ref()
            .map(|place| (place.path.as_str(), place.line));
        text.push_str(&command(level, place, &title, &message));
    }
    let verdict = comparison.headline();
    text.push_str(&command("notice", None, "spec diff", &verdict));
    text
}
