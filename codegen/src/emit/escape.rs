//! The document's descriptions in rustdoc's Markdown: text that looks like HTML or like a link without target is escaped, a bare
//! address becomes a link. Code is left alone.

/// Escapes a text outside of its code spans and code blocks.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kept = match first {
            '`' => Some(code(rest)),
            'h' => address(rest),
            '<' | '[' => link(rest),
            _ => None,
        };
        let (part, after) = rest.split_at(kept.unwrap_or(first.len_utf8()));
        match (first, kept) {
            ('h', Some(_)) => escaped.push_str(&format!("<{part}>")),
            ('<' | '[' | ']', None) => {
                escaped.push('\\');
                escaped.push_str(part);
            }
            _ => escaped.push_str(part),
        }
        rest = after;
    }
    escaped
}

/// The length of the code span or code block at the start of the text; of the backticks alone where nothing closes it.
fn code(text: &str) -> usize {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let (fence, inside) = text.split_at(ticks);
    match inside.find(fence) {
        Some(end) => ticks + end + ticks,
        None => ticks,
    }
}

/// The length of a bare address, or of one in angle brackets without them, at the start of the text.
fn address(text: &str) -> Option<usize> {
    if !(text.starts_with("https://") || text.starts_with("http://")) {
        return None;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | ')' | '"'))
        .unwrap_or(text.len());
    let (address, _) = text.split_at(end);
    Some(
        address
            .trim_end_matches(['.', ',', ';', ':', '!', '?'])
            .len(),
    )
}

/// The length of `[text](target)` or `<https://…>` at the start of the text.
fn link(text: &str) -> Option<usize> {
    if text.starts_with("<http") {
        return text.find('>').map(|end| end + 1);
    }
    let mut at = 1;
    loop {
        let rest = text.get(at..)?;
        match rest.chars().next()? {
            '`' => at += code(rest),
            ']' => break,
            // No link is inside another.
            '[' => return None,
            other => at += other.len_utf8(),
        }
    }
    let target = text.get(at..)?.strip_prefix("](")?;
    let end = target.find([')', ' ', '\n'])?;
    let is_closed = target.get(end..)?.starts_with(')');
    (is_closed && end > 0).then_some(at + 2 + end + 1)
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_looks_like_markup_is_escaped() {
        for (text, wanted) in [
            ("a Vec<T> of <none>", "a Vec\\<T> of \\<none>"),
            ("see [the list]", "see \\[the list\\]"),
            ("at https://example.com/a.", "at <https://example.com/a>."),
            ("at <https://example.com>", "at <https://example.com>"),
            (
                "a [link](https://example.com)",
                "a [link](https://example.com)",
            ),
            ("`Vec<T>` and ``a`<b>`` stay", "`Vec<T>` and ``a`<b>`` stay"),
            ("a [`link`](crate::X) and", "a [`link`](crate::X) and"),
            (
                "[this] and [that](https://b.example)",
                "\\[this\\] and [that](https://b.example)",
            ),
            ("[a](b c)", "\\[a\\](b c)"),
            ("hot https", "hot https"),
            ("an open ` tick <b>", "an open ` tick \\<b>"),
        ] {
            assert_eq!(escape(text), wanted);
        }
    }
}
