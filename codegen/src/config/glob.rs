//! Path patterns: `*` stands for one segment, `**` at the end for this place and all below it.

/// Whether `path` matches `pattern`, segment by segment.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let mut path = path.split('/');
    let mut pattern = pattern.split('/');
    loop {
        match (pattern.next(), path.next()) {
            (Some("**"), _) | (None, None) => return true,
            (Some("*"), Some(_)) => {}
            (Some(wanted), Some(segment)) if wanted == segment => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

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
    fn a_star_matches_one_segment() {
        assert!(matches("/a/*/c", "/a/{b}/c"));
        assert!(!matches("/a/*", "/a/b/c"));
        assert!(!matches("/a/*", "/a"));
    }
}
