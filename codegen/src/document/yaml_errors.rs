//! The YAML parser's messages in words that help.
//!
//! In comes what the parser says; out come a message and what usually mends it.

/// The parser's message in our words where its own would puzzle, with what usually helps.
pub(super) fn explained(info: &str) -> (String, &'static str) {
    let known: &[(&str, &str, &str)] = &[
        (
            "mapping values are not allowed",
            "a `:` that starts a value cannot stand here",
            "check the indentation, and put quotes around a text that holds `: `",
        ),
        (
            "found unexpected end of stream",
            "this text has no closing quote",
            "close the quotes; the file may also have been cut off",
        ),
        (
            "while parsing a flow mapping",
            "this `{` is not closed properly",
            "write `,` between entries and `}` at the end; the file may also have been cut off",
        ),
        (
            "while parsing a flow sequence",
            "this `[` is not closed properly",
            "write `,` between members and `]` at the end; the file may also have been cut off",
        ),
        (
            "unknown anchor",
            "no anchor of this name stands above",
            "write `&name` before the node that is meant",
        ),
        (
            "unexpected character: `@'",
            "a plain text cannot start with `@`",
            "put quotes around the text",
        ),
        (
            "unexpected character: ``'",
            "a plain text cannot start with a backtick",
            "put quotes around the text",
        ),
        (
            "unexpected character: `%'",
            "a plain text cannot start with `%`",
            "put quotes around the text",
        ),
        (
            "trailing content",
            "something follows the closing quote",
            "put the whole text into one pair of quotes",
        ),
        (
            "simple key",
            "a `:` is missing after this key",
            "write `key: value`, and check the indentation",
        ),
        (
            "recursion limit",
            "too many `[` and `{` are nested here",
            "write the inner parts in block style",
        ),
        ("tab", "a tab cannot indent here", "indent with spaces"),
    ];
    for (part, message, help) in known {
        if info.contains(part) {
            return ((*message).to_owned(), help);
        }
    }
    (
        format!("this is not valid YAML: {info}"),
        "check the indentation and the quotes on this line and the one above",
    )
}
