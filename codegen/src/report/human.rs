//! The report for people: how many findings there are of each code, then for each message, place, excerpt, pointer and help, and a
//! last line with counts. Of findings that say the same the first ones are shown, unless all are asked for.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as Mark, Origin, Renderer, Snippet,
};

use super::alike::Alike;
use super::{Finding, Level, Related, Report};

/// From how many faults or notes on a report begins with their counts.
const COUNTED: usize = 6;

/// Writes the counts, at most so many findings, and the summary line.
pub(super) fn render(report: &Report, colours: bool, most: usize) -> String {
    if report.is_empty() {
        return String::new();
    }
    let renderer = if colours {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = counts(report, Level::Fault, "faults");
    text.push_str(&counts(report, Level::Note, "notes"));
    let mut alike = (most < usize::MAX).then(|| Alike::new(&report.findings));
    let (mut shown, mut left) = (0, 0);
    for finding in &report.findings {
        if alike.as_ref().is_some_and(|alike| alike.is_listed(finding)) {
            continue;
        }
        if shown == most {
            left += 1;
            continue;
        }
        shown += 1;
        if let Some(alike) = &mut alike {
            alike.show(finding);
        }
        for line in renderer.render(&[group(finding)]).lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text.push('\n');
        if !finding.mend.is_empty() {
            text.push_str(&finding.mend);
            text.push('\n');
        }
        let others = alike.as_ref().and_then(|alike| alike.others(finding));
        text.push_str(&others.unwrap_or_default());
    }
    if left > 0 {
        text.push_str(&format!(
            "{left} more are not shown: `--message-format json` writes all of them; `codegen`, `explain` and `spec lint` also with `--full`\n\n"
        ));
    }
    text.push_str(&summary(report));
    text
}

/// How many there are of each code; empty where there are few.
fn counts(report: &Report, level: Level, what: &str) -> String {
    if report.count(level) < COUNTED {
        return String::new();
    }
    let codes = report.codes(level);
    let widest = codes.iter().map(|(code, _)| code.id().len()).max();
    let widest = widest.unwrap_or_default();
    let mut text = format!("{what} by code:\n");
    for (code, count) in codes {
        let line = format!("{count:>6}  {:<widest$}  {}\n", code.id(), code.meaning());
        text.push_str(&line);
    }
    text.push('\n');
    text
}

fn group(finding: &Finding) -> Group<'_> {
    let mark = match finding.level {
        Level::Fault => Mark::ERROR,
        Level::Oddity => Mark::WARNING.with_name(Some("oddity")),
        Level::Mended => Mark::HELP.with_name(Some("mended")),
        Level::Note => Mark::NOTE,
    };
    let title = mark.primary_title(finding.message.as_str());
    let group = Group::with_title(title.id(finding.id()));
    let snippet = snippet(finding);
    let mut group = if finding.excerpt.cut {
        // The columns of a cut line are not those of the file, so the place is written separately.
        let origin = Origin::path(finding.path.as_str())
            .line(finding.line)
            .char_column(finding.column);
        group.element(origin).element(snippet)
    } else {
        group.element(snippet.path(finding.path.as_str()))
    };
    if !finding.pointer.is_root() {
        group = group.element(
            Mark::NOTE
                .with_name(Some("at"))
                .message(finding.pointer.as_str()),
        );
    }
    for Related {
        path,
        line,
        pointer,
    } in &finding.related
    {
        let also = Mark::NOTE.with_name(Some("also"));
        group = group.element(also.message(format!("{pointer} ({path}:{line})")));
    }
    if !finding.help.is_empty() {
        group = group.element(Mark::HELP.message(finding.help.as_str()));
    }
    group
}

fn snippet(finding: &Finding) -> Snippet<'_, Annotation<'_>> {
    let excerpt = &finding.excerpt;
    Snippet::source(excerpt.text.as_str())
        .line_start(finding.line)
        .annotation(AnnotationKind::Primary.span(excerpt.start..excerpt.end))
}

fn summary(report: &Report) -> String {
    let words = [
        (Level::Fault, "fault", "faults"),
        (Level::Oddity, "oddity", "oddities"),
        (Level::Mended, "mended", "mended"),
        (Level::Note, "note", "notes"),
    ];
    let counted = words.map(|(level, one, several)| match report.count(level) {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {several}")),
    });
    let parts: Vec<String> = counted.into_iter().flatten().collect();
    format!("{}\n", parts.join(", "))
}
