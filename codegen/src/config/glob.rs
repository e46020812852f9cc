//! Path patterns: `*` matches one segment, `{name}` one parameter under any name, `**` at the end this path and all below it.

/// Whether `path` matches `pattern`, segment by segment.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let mut path = path.split('/');
    let mut pattern = pattern.split('/');
    loop {
        match (pattern.next(), path.next()) {
            (Some("**"), _) | (None, None) => return true,
            (Some("*"), Some(_)) => {}
            (Some(wanted), Some(segment)) if is_same(wanted, segment) => {}
            _ => return false,
        }
    }
}

/// Whether a name fits a pattern in which `*` is any text.
pub(super) fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    // Without a `*` there is nothing but the first part.
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    // The first place that fits leaves the most to the parts after it.
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Whether two segments are the same place: the names of parameters say nothing about it.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    one == other || blank(one) == blank(other)
}

/// A segment without the names between its braces.
fn blank(segment: &str) -> String {
    let mut blank = String::new();
    let mut is_name = false;
    for letter in segment.chars() {
        is_name &= letter != '}';
        if !is_name {
            blank.push(letter);
        }
        is_name |= letter == '{';
    }
    blank
}

/// Why a pattern can select nothing, or not what its author expects, and what to write.
pub(super) fn malformed(pattern: &str) -> Option<(String, &'static str)> {
    let wrong = |message: &str, help| {
        Some((
            format!("`{pattern}` is not a path pattern: {message}"),
            help,
        ))
    };
    let Some(below) = pattern.strip_prefix('/') else {
        return wrong(
            "it does not start with `/`",
            "write the path from its root on, without the server",
        );
    };
    let segments: Vec<&str> = below.split('/').collect();
    let (last, above) = segments.split_last()?;
    if above.contains(&"**") {
        return wrong(
            "`**` is before its end",
            "write `*` for one segment; `**` is allowed at the end only",
        );
    }
    if segments.iter().any(|segment| segment.is_empty()) {
        return wrong(
            "a segment is empty",
            "write one `/` between two segments, and none at the end",
        );
    }
    let is_star = |segment: &&str| segment.contains('*') && !matches!(*segment, "*" | "**");
    if above.iter().chain([last]).any(is_star) {
        return wrong(
            "`*` is a part of a segment",
            "write `*` for a whole segment, or the segment as it is",
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{fits, malformed, matches};

    #[test]
    fn a_star_in_a_name_is_any_text() {
        for (pattern, name, expected) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("a*", "a", true),
            ("a*", "abc", true),
            ("a*", "ba", false),
            ("*c", "abc", true),
            ("*c", "abcd", false),
            ("a*c", "abc", true),
            ("a*a", "a", false),
            ("a*b*c", "aXbYbZc", true),
            ("a*bc*c", "abc", false),
            ("*", "", true),
            ("**", "a", true),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn patterns_are_well_formed() {
        for pattern in ["/a", "/a/{b}/c", "/a/*/c", "/*", "/**", "/a/*/**"] {
            assert_eq!(malformed(pattern), None, "{pattern}");
        }
        for (pattern, why) in [
            ("", "does not start"),
            ("a/b", "does not start"),
            ("/", "is empty"),
            ("/a//b", "is empty"),
            ("/a/", "is empty"),
            ("/a/**/b", "before its end"),
            ("/a/b*", "part of a segment"),
            ("/a/***", "part of a segment"),
        ] {
            let (message, _) = malformed(pattern).unwrap();
            assert!(message.contains(why), "{message}");
        }
    }

    #[test]
    fn a_double_star_matches_its_own_place_and_all_below() {
        for path in ["/a/pcaps", "/a/pcaps/b", "/a/pcaps/b/c"] {
            assert!(matches("/a/pcaps/**", path), "{path}");
        }
        for path in ["/a/pcapsule", "/a", "/b/pcaps"] {
            assert!(!matches("/a/pcaps/**", path), "{path}");
        }
    }

    #[test]
    fn the_names_of_parameters_do_not_matter() {
        assert!(matches("/a/{b}/c/**", "/a/{b_identifier}/c/d"));
        assert!(matches("/a/{b}", "/a/{c}"));
        assert!(matches("/a/{b}.{c}", "/a/{d}.{e}"));
        assert!(!matches("/a/{b}", "/a/{d}.{e}"));
        assert!(!matches("/a/{b}", "/a/b"));
        assert!(!matches("/a/b", "/a/{b}"));
    }

    #[test]
    fn a_star_matches_one_segment() {
        assert!(matches("/a/*/c", "/a/{b}/c"));
        assert!(!matches("/a/*", "/a/b/c"));
        assert!(!matches("/a/*", "/a"));
    }
}
