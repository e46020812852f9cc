//! The YAML parser's messages, explained.
//!
//! Input: the parser's message. Output: a message and the usual correction.

/// A clearer message for those of the parser's that are hard to understand, with the usual correction.
pub(super) fn explained(info: &str) -> (String, &'static str) {
    let known: &[(&str, &str, &str)] = &[
        (
            "mapping values are not allowed",
            "a `:` that starts a value is not allowed here",
            "check the indentation, and put quotes around a string that contains `: `",
        ),
        (
            "must be followed by a valid YAML whitespace",
            "there is no space after this `:`",
            "put a space between the `:` and the value: a tab is none",
        ),
        (
            "found unexpected end of stream",
            "this string has no closing quote",
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
            "no anchor of this name is defined above",
            "write `&name` before the node that is meant",
        ),
        (
            "unexpected character: `@'",
            "a plain string cannot start with `@`",
            "put quotes around the string",
        ),
        (
            "unexpected character: ``'",
            "a plain string cannot start with a backtick",
            "put quotes around the string",
        ),
        (
            "unexpected character: `%'",
            "a plain string cannot start with `%`",
            "put quotes around the string",
        ),
        (
            "trailing content",
            "something follows the closing quote",
            "put the whole string into one pair of quotes",
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
        (
            "tab",
            "a tab cannot be used for indentation here",
            "indent with spaces",
        ),
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
