//! Sections of a text that may not be longer than GitHub takes.
//!
//! Input: sections in the order in which they are read. Output: the text with all of them, and a bounded one. Where that is too
//! long, whole sections are replaced by a line that says so: those that a reviewer needs least go first.

/// The most that is written, in characters. GitHub takes 65,536; the rest is for what a workflow adds.
pub const MAX_CHARACTERS: usize = 60_000;

/// A section.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    /// What it is called where it is left out.
    pub(super) name: &'static str,
    /// Its text in the bounded text.
    pub(super) brief: String,
    /// Its text otherwise.
    pub(super) whole: String,
    /// Its place among those that are left out: the highest goes first. Zero never goes.
    pub(super) rank: u8,
}

impl Section {
    /// A section that is the same in both.
    pub(super) fn new(name: &'static str, rank: u8, text: String) -> Self {
        Self {
            name,
            brief: text.clone(),
            whole: text,
            rank,
        }
    }

    fn left_out(&self) -> String {
        let lines = match self.whole.lines().count() {
            1 => "1 line".to_owned(),
            count => format!("{count} lines"),
        };
        let name = self.name;
        format!(
            "\n*{name}: left out here ({lines}), as this text would be too long. The whole report has them.*\n"
        )
    }
}

/// All sections as they are.
pub(super) fn whole(sections: &[Section]) -> String {
    sections
        .iter()
        .map(|section| section.whole.as_str())
        .collect()
}

/// All sections, or as many as there is space for.
pub(super) fn bounded(sections: &[Section]) -> String {
    let mut texts: Vec<String> = sections
        .iter()
        .map(|section| section.brief.clone())
        .collect();
    let mut order: Vec<usize> = (0..sections.len())
        .filter(|at| sections[*at].rank > 0)
        .collect();
    order.sort_by_key(|at| std::cmp::Reverse(sections[*at].rank));
    for at in order {
        if length(&texts) <= MAX_CHARACTERS {
            break;
        }
        let left_out = sections[at].left_out();
        if texts[at].chars().count() > left_out.chars().count() {
            texts[at] = left_out;
        }
    }
    // What never goes is short; a long line in it is cut.
    texts.concat().chars().take(MAX_CHARACTERS).collect()
}

fn length(texts: &[String]) -> usize {
    texts.iter().map(|text| text.chars().count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_least_goes_first_and_whole() {
        let section =
            |name, rank, letter: &str, length| Section::new(name, rank, letter.repeat(length));
        let mut sections = vec![
            section("Verdict", 0, "v", 10),
            section("Breaks", 1, "b", 30_000),
            section("Additions", 3, "a", 29_000),
            section("Wire", 2, "w", 500),
        ];
        assert_eq!(bounded(&sections), whole(&sections));
        sections[3] = section("Wire", 2, "w", 2_000);
        let text = bounded(&sections);
        assert!(
            text.contains("*Additions: left out here (1 line)"),
            "{}",
            text.len()
        );
        assert!(text.contains("www") && text.contains("bbb") && !text.contains("aaa"));
        sections[1] = section("Breaks", 1, "b", 70_000);
        sections[3] = section("Wire", 2, "ü", 59_000);
        let text = bounded(&sections);
        assert!(text.starts_with("vvv") && text.chars().count() <= MAX_CHARACTERS);
        assert!(text.contains("*Breaks: left out here (1 line)"));
        assert_eq!(
            whole(&sections).chars().count(),
            10 + 70_000 + 29_000 + 59_000
        );
    }
}
