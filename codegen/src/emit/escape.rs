//! The document's descriptions in rustdoc's Markdown: text that looks like HTML or like a link without target is escaped, a bare
//! address becomes a link. Code is left alone.

/// Escapes a text outside of its code spans and code blocks.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        let (plain, code) = rest.split_at(start);
        plain_text(plain, &mut escaped);
        let ticks = code.len() - code.trim_start_matches('`').len();
        let (fence, inside) = code.split_at(ticks);
        let end = match inside.find(fence) {
            Some(end) => ticks + end + ticks,
            None => ticks,
        };
        let (code, after) = code.split_at(end);
        escaped.push_str(code);
        rest = after;
    }
    plain_text(rest, &mut escaped);
    escaped
}

fn plain_text(text: &str, escaped: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(length) = address(rest) {
            let (address, after) = rest.split_at(length);
            escaped.push_str(&format!("<{address}>"));
            rest = after;
            continue;
        }
        if let Some(length) = link(rest) {
            let (link, after) = rest.split_at(length);
            escaped.push_str(link);
            rest = after;
            continue;
        }
        if matches!(first, '<' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(first);
        rest = rest.split_at(first.len_utf8()).1;
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
    if !text.starts_with('[') {
        return None;
    }
    let middle = text.find("](")?;
    let end = text.get(middle..)?.find(')')?;
    Some(middle + end + 1)
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
            ("an open ` tick <b>", "an open ` tick \\<b>"),
        ] {
            assert_eq!(escape(text), wanted);
        }
    }
}
