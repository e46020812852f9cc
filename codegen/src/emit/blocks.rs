//! The blocks of a text in Markdown: paragraphs and lists, which are wrapped, and code, tables and headings, which keep their lines.

/// One block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    /// Its lines as they are written. A code block includes its fences.
    pub(super) lines: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// A paragraph without list items.
    Paragraph,
    /// A list, or a paragraph that leads to one.
    List,
    /// Code between fences, of backticks or tildes.
    Code,
    /// A table.
    Table,
    /// A quotation: lines that begin with `>`.
    Quotation,
    /// A heading or a rule: one line.
    Line,
}

/// The fence that begins a code block.
#[derive(Clone, Copy)]
struct Fence {
    mark: char,
    length: usize,
}

/// Splits a text into its blocks. A code block without an end lasts until the end of the text and is closed there; indented code gets
/// fences.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    let mut rest = lines.as_slice();
    // Where the text of the list item begins that the next block may be in; 0 outside of lists.
    let mut column = 0;
    while let Some((first, after)) = rest.split_first() {
        if first.trim().is_empty() {
            rest = after;
            continue;
        }
        let indent = first.len() - first.trim_start_matches(' ').len();
        let (block, after) = match Fence::opened_by(first) {
            Some(fence) => code(fence, first, after),
            None if indent >= column + 4 && marker(first).is_none_or(|_| column == 0) => {
                indented(rest, column)
            }
            None if is_quoted(first) => quotation(rest),
            None if begins_table(rest) => (
                plain(BlockKind::Table, rest, |_| false),
                after_text(rest, |_| false),
            ),
            None if is_line(first) => (single(first), after),
            None => (paragraph(rest), after_text(rest, ends_paragraph)),
        };
        column = match block.lines.iter().rev().find_map(|line| marker(line)) {
            Some(column) if block.kind == BlockKind::List => column,
            _ if indent == 0 => 0,
            _ => column,
        };
        found.push(block);
        rest = after;
    }
    found
}

impl Fence {
    fn opened_by(line: &str) -> Option<Self> {
        let line = line.trim_start();
        let mark = line
            .chars()
            .next()
            .filter(|mark| matches!(mark, '`' | '~'))?;
        let info = line.trim_start_matches(mark);
        let length = line.len() - info.len();
        let is_inline = mark == '`' && info.contains('`');
        (length >= 3 && !is_inline).then_some(Self { mark, length })
    }

    fn is_closed_by(self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.length && line.chars().all(|letter| letter == self.mark)
    }

    fn text(self) -> String {
        std::iter::repeat_n(self.mark, self.length).collect()
    }
}

fn code<'t, 's>(fence: Fence, first: &str, after: &'s [&'t str]) -> (Block, &'s [&'t str]) {
    let end = after.iter().position(|line| fence.is_closed_by(line));
    let (inside, after) = after.split_at(end.unwrap_or(after.len()));
    let indent = first.len() - first.trim_start().len();
    let mut lines = vec![first.trim_end().to_owned()];
    lines.extend(inside.iter().map(|line| line.trim_end().to_owned()));
    lines.push(format!("{}{}", " ".repeat(indent), fence.text()));
    let kind = BlockKind::Code;
    (Block { kind, lines }, after.get(1..).unwrap_or_default())
}

/// Code that is indented by four spaces more than the text around it, which begins at `column`, in fences instead.
fn indented<'t, 's>(rest: &'s [&'t str], column: usize) -> (Block, &'s [&'t str]) {
    let (outer, inner) = (" ".repeat(column), " ".repeat(column + 4));
    let is_code = |line: &&str| line.starts_with(&inner) || line.trim().is_empty();
    let end = rest.iter().position(|line| !is_code(line));
    let (inside, after) = rest.split_at(end.unwrap_or(rest.len()));
    let used = inside.iter().rposition(|line| !line.trim().is_empty());
    let inside = inside.get(..=used.unwrap_or_default()).unwrap_or_default();
    let longest = inside.iter().map(|line| longest_run(line)).max();
    let fence = "`".repeat((longest.unwrap_or_default() + 1).max(3));
    let mut lines = vec![format!("{outer}{fence}text")];
    lines.extend(inside.iter().map(|line| {
        let code = line.get(inner.len()..).unwrap_or_default();
        format!("{outer}{code}").trim_end().to_owned()
    }));
    lines.push(format!("{outer}{fence}"));
    let kind = BlockKind::Code;
    (Block { kind, lines }, after)
}

/// The length of the longest run of backticks.
pub(super) fn longest_run(line: &str) -> usize {
    let runs = line.split(|letter| letter != '`');
    runs.map(str::len).max().unwrap_or_default()
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// The lines that begin with `>`.
fn quotation<'t, 's>(rest: &'s [&'t str]) -> (Block, &'s [&'t str]) {
    let end = rest.iter().position(|line| !is_quoted(line));
    let (inside, after) = rest.split_at(end.unwrap_or(rest.len()));
    let lines = inside.iter().map(|line| line.trim_end().to_owned());
    let block = Block {
        kind: BlockKind::Quotation,
        lines: lines.collect(),
    };
    (block, after)
}

fn single(line: &str) -> Block {
    let kind = BlockKind::Line;
    let lines = vec![line.trim_end().to_owned()];
    Block { kind, lines }
}

fn paragraph(rest: &[&str]) -> Block {
    let mut block = plain(BlockKind::Paragraph, rest, ends_paragraph);
    if block.lines.iter().any(|line| marker(line).is_some()) {
        block.kind = BlockKind::List;
    }
    block
}

fn plain(kind: BlockKind, rest: &[&str], ends: fn(&[&str]) -> bool) -> Block {
    let lines = rest.len() - after_text(rest, ends).len();
    let lines = rest.iter().take(lines);
    let lines = lines.map(|line| line.trim_end().to_owned()).collect();
    Block { kind, lines }
}

/// What comes after the lines of a block that begins here: an empty line ends it, or what `ends` finds after its first line.
fn after_text<'t, 's>(rest: &'s [&'t str], ends: fn(&[&str]) -> bool) -> &'s [&'t str] {
    let mut after = rest.get(1..).unwrap_or_default();
    while let Some((line, next)) = after.split_first() {
        if line.trim().is_empty() || ends(after) {
            break;
        }
        after = next;
    }
    after
}

fn ends_paragraph(rest: &[&str]) -> bool {
    let line = rest.first().copied().unwrap_or_default();
    Fence::opened_by(line).is_some() || is_quoted(line) || is_line(line) || begins_table(rest)
}

/// Whether a line is a heading or a rule.
fn is_line(line: &str) -> bool {
    let line = line.trim();
    let heading = line.trim_start_matches('#');
    let is_heading = heading.len() < line.len() && (heading.is_empty() || heading.starts_with(' '));
    let is_rule = |mark: char| line.len() >= 3 && line.chars().all(|letter| letter == mark);
    is_heading || ['-', '*', '_'].into_iter().any(is_rule)
}

/// Whether a table begins here: a row, then the row that separates the head from the body.
fn begins_table(rest: &[&str]) -> bool {
    let [head, separator, ..] = rest else {
        return false;
    };
    let is_separator = |letter: char| matches!(letter, '|' | '-' | ':' | ' ');
    head.contains('|')
        && ['|', '-'].into_iter().all(|mark| separator.contains(mark))
        && separator.trim().chars().all(is_separator)
}

/// The length of the marker at the start of a list item, with its space and the spaces before it.
pub(super) fn marker(line: &str) -> Option<usize> {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let digits = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let number = text.len() - digits.len();
    let bullet = match text.get(..1) {
        Some("-" | "*" | "+") => Some(1),
        _ if (1..=9).contains(&number) && digits.starts_with(['.', ')']) => Some(number + 1),
        _ => None,
    }?;
    let is_item = text.get(bullet..).is_some_and(|rest| rest.starts_with(' '));
    is_item.then_some(indent + bullet + 1)
}

/// Whether a word would begin another block at the start of a line.
pub(super) fn begins_block(word: &str) -> bool {
    marker(&format!("{word} ")).is_some() || is_quoted(word) || is_line(word)
}

#[cfg(test)]
mod tests {
    use super::{BlockKind, blocks, marker};

    fn kinds(text: &str) -> Vec<BlockKind> {
        blocks(text).iter().map(|block| block.kind).collect()
    }

    #[test]
    fn each_block_is_found() {
        use BlockKind::{Code, Line, List, Paragraph, Quotation, Table};
        assert_eq!(kinds("a\nb\n\nc"), [Paragraph, Paragraph]);
        assert_eq!(kinds("a:\n- b\n- c"), [List]);
        assert_eq!(kinds("1. b\n2. c"), [List]);
        assert_eq!(
            kinds("a\n```\nb\n\nc\n```\nd"),
            [Paragraph, Code, Paragraph]
        );
        assert_eq!(kinds("~~~json\n{}\n~~~"), [Code]);
        assert_eq!(
            kinds("a\n|b|c|\n|-|-|\n|d|e|\n\nf"),
            [Paragraph, Table, Paragraph]
        );
        assert_eq!(
            kinds("# a\nb\n> c\n---"),
            [Line, Paragraph, Quotation, Line]
        );
        assert_eq!(kinds("a `b` c\n``` d ``` e"), [Paragraph]);
        assert_eq!(
            kinds("a\n\n    b\n\n    c\n\nd"),
            [Paragraph, Code, Paragraph]
        );
        assert_eq!(kinds("- a\n\n    b"), [List, Paragraph]);
    }

    #[test]
    fn indented_code_in_a_list_belongs_to_its_item() {
        use BlockKind::{Code, List, Paragraph};
        let text = "- a:\n\n      let b;\n\n  c\n\n    d";
        assert_eq!(kinds(text), [List, Code, Paragraph, Paragraph]);
        let found = blocks(text);
        assert_eq!(found[1].lines, ["  ```text", "  let b;", "  ```"]);
        assert_eq!(kinds("- a\n\nb\n\n    c"), [List, Paragraph, Code]);
        assert_eq!(kinds("1. a\n   - b\n\n     c"), [List, Paragraph]);
    }

    #[test]
    fn a_code_block_is_closed() {
        let [block] = blocks("````\na\n```").try_into().expect("one block");
        assert_eq!(block.lines, ["````", "a", "```", "````"]);
        let [block] = blocks("    a ``` b").try_into().expect("one block");
        assert_eq!(block.lines, ["````text", "a ``` b", "````"]);
    }

    #[test]
    fn an_item_begins_with_a_marker() {
        assert_eq!(marker("- a"), Some(2));
        assert_eq!(marker("  10. a"), Some(6));
        assert_eq!(marker("-a"), None);
        assert_eq!(marker("2026 a"), None);
        assert_eq!(marker("a - b"), None);
    }
}
