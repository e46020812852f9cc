//! How deep the arrays and objects of a text lie within each other.
//!
//! In: JSON, or what came in its place. Out: nothing, or a fault. It looks at brackets outside of strings, and at nothing else:
//! whether the text is JSON is found out when it is read.

use super::fault::Fault;

/// Deeper bodies are never read, because reading recurses. Serde_json's own limit for the fast way is the same, so that bodies
/// need no look of their own where no lower limit is set.
pub(crate) const DEEPEST: usize = 128;

/// Refuses a body that is deeper than a limit.
pub(crate) fn check_depth(body: &[u8], limit: usize) -> Result<(), Fault> {
    if limit < DEEPEST && depth(body) > limit {
        return Err(too_deep(limit));
    }
    Ok(())
}

/// The fault of a body that is too deep.
pub(super) fn too_deep(limit: usize) -> Fault {
    Fault::new(format!("the body is nested deeper than {limit} levels"))
}

fn depth(body: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut quoted, mut escaped) = (false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => depth += 1,
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::{check_depth, depth};

    #[test]
    fn brackets_are_counted_outside_of_strings() {
        for (text, expected) in [
            ("", 0),
            ("7", 0),
            (r#""[[[""#, 0),
            (r#"{"a[": "\"[[", "b": [1, {}]}"#, 3),
            (r#"["\\", [1], [[2]]]"#, 3),
            ("]]][", 1),
        ] {
            assert_eq!(depth(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn the_limit_itself_is_kept() {
        assert!(check_depth(b"[[1]]", 2).is_ok());
        let fault = check_depth(b"[[1]]", 1).unwrap_err();
        assert_eq!(fault.to_string(), "the body is nested deeper than 1 levels");
    }
}
