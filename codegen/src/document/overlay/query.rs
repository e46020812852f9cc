//! The targets of actions: RFC 9535 paths, and the explanation of one that matches nothing.
//!
//! Input: the text of a path. Output: the pointers that it selects in a JSON value, and the steps of the path
//! as far as they are plain.

use serde_json_path::{JsonPath, PathElement};

use crate::document::json_path::unquoted;
use crate::pointer::Pointer;

/// Longer paths are refused: no real target needs them.
const MAX_LENGTH: usize = 4_000;
/// Deeper nesting of brackets is refused: the parser of paths is recursive.
const MAX_NESTING: usize = 12;

/// A parsed path.
pub(super) struct Query(JsonPath);

impl Query {
    /// Reads a path; the error is the message that refuses it.
    pub(super) fn parse(path: &str) -> Result<Self, String> {
        if path.len() > MAX_LENGTH || nesting(path) > MAX_NESTING {
            return Err("this target is too long or nests too deep".to_owned());
        }
        let parsed = JsonPath::parse(path);
        parsed
            .map(Self)
            .map_err(|error| format!("this target is not a JSONPath of RFC 9535: {error}"))
    }

    /// The pointers of what the path selects, in no particular order.
    pub(super) fn find(&self, json: &serde_json::Value) -> Vec<Pointer> {
        let nodes = self.0.query_located(json);
        let pointer = |root: Pointer, element: &PathElement<'_>| match element {
            PathElement::Name(name) => root.push(name),
            PathElement::Index(index) => root.push_index(*index),
        };
        nodes
            .locations()
            .map(|path| path.iter().fold(Pointer::root(), pointer))
            .collect()
    }
}

/// The message that refuses `path` as a target.
pub(in crate::document) fn refused(path: &str) -> Option<String> {
    Query::parse(path).err()
}

fn nesting(path: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in path.bytes() {
        match byte {
            b'(' | b'[' | b'!' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// A part of a path.
enum Segment<'p> {
    /// `.name`, `['name']` or `[0]`.
    Step(String),
    /// `['one', 'two']`, with the quotes.
    Names(Vec<&'p str>),
    /// Anything else, and the rest of the path.
    Other,
}

/// The plain steps at the start of a path, and whether they are the whole path.
pub(super) fn plain_start(path: &str) -> (Vec<String>, bool) {
    let mut steps = Vec::new();
    let mut rest = path.trim().strip_prefix('$').unwrap_or("");
    while !rest.trim().is_empty() {
        match segment(rest) {
            Some((Segment::Step(step), after)) => {
                steps.push(step);
                rest = after;
            }
            _ => return (steps, false),
        }
    }
    (steps, true)
}

/// The names that a path consists of. `None` where something else is in it: then only the query says what it selects.
pub(super) fn names(path: &str) -> Option<Vec<String>> {
    let (steps, is_whole) = plain_start(path);
    // A number can be the index of a list; what is escaped or has spaces around it is left to the query.
    let is_name = |step: &String| !step.is_empty() && step.parse::<i64>().is_err();
    let is_plain = is_whole && !path.contains(['\\', '"', '\n', '\t']) && steps.iter().all(is_name);
    is_plain.then_some(steps)
}

/// For each name in each list of names: the name, and the path with that name in place of its list.
pub(super) fn each_name(path: &str) -> Vec<(String, String)> {
    let path = path.trim();
    let mut found = Vec::new();
    let mut rest = path.strip_prefix('$').unwrap_or("").trim_start();
    while let Some((segment, after)) = segment(rest) {
        let (before, behind) = (
            path.get(..path.len() - rest.len()),
            path.get(path.len() - after.len()..),
        );
        if let (Segment::Names(names), Some(before), Some(behind)) = (&segment, before, behind) {
            found.extend(
                names
                    .iter()
                    .map(|name| (unquoted(name), format!("{before}[{name}]{behind}"))),
            );
        }
        if matches!(segment, Segment::Other) {
            break;
        }
        rest = after.trim_start();
    }
    found
}

/// The first segment of `rest`, and what follows it.
fn segment(rest: &str) -> Option<(Segment<'_>, &str)> {
    let rest = rest.trim_start();
    if rest.is_empty() {
        return None;
    }
    if let Some(named) = rest.strip_prefix('.') {
        let length = named
            .find(['.', '[', ' ', '\n', '*', '?'])
            .unwrap_or(named.len());
        let name = named.get(..length)?;
        let segment = if name.is_empty() {
            Segment::Other
        } else {
            Segment::Step(name.to_owned())
        };
        return Some((segment, named.get(length..)?));
    }
    let Some(inner) = rest.strip_prefix('[') else {
        return Some((Segment::Other, ""));
    };
    let Some((names, after)) = selectors(inner) else {
        return Some((Segment::Other, ""));
    };
    let segment = match names.as_slice() {
        [one] => Segment::Step(unquoted(one)),
        _ => Segment::Names(names),
    };
    Some((segment, after))
}

/// Quoted names and numbers up to `]`, as they are written, and the text after the bracket.
fn selectors(inner: &str) -> Option<(Vec<&str>, &str)> {
    let mut found = Vec::new();
    let mut rest = inner;
    loop {
        rest = rest.trim_start();
        let length = match rest.chars().next()? {
            quote @ ('\'' | '"') => quoted_length(rest, quote)?,
            first if first.is_ascii_digit() => rest.find(|other: char| !other.is_ascii_digit())?,
            _ => return None,
        };
        found.push(rest.get(..length)?);
        rest = rest.get(length..)?.trim_start();
        match rest.chars().next()? {
            ',' => rest = rest.get(1..)?,
            ']' => return Some((found, rest.get(1..)?)),
            _ => return None,
        }
    }
}

/// The length of a quoted name with its quotes.
fn quoted_length(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Query, each_name, names, nesting, plain_start, refused};

    #[test]
    fn splits_plain_paths() {
        let (steps, whole) = plain_start("$.paths['/a/{b}'].get[\"x\"][0]");
        assert_eq!(steps, ["paths", "/a/{b}", "get", "x", "0"]);
        assert!(whole);
        let (steps, whole) = plain_start("$.a.b[?@.c]");
        assert_eq!(steps, ["a", "b"]);
        assert!(!whole);
        assert_eq!(plain_start("$..a").0, Vec::<String>::new());
        assert_eq!(plain_start("$").0, Vec::<String>::new());
    }

    #[test]
    fn only_names_are_found_without_a_query() {
        let plain = |path: &str| names(path);
        assert_eq!(plain("$.a['/b/{c}']").unwrap(), ["a", "/b/{c}"]);
        assert_eq!(plain("$").unwrap(), Vec::<String>::new());
        for path in [
            "$.a[0]",
            "$.a['0']",
            "$.a[-1]",
            "$..a",
            "$.a.*",
            "$['a','b']",
            "$.a[?@.b]",
            "$[\"a\"]",
        ] {
            assert_eq!(plain(path), None, "{path}");
        }
    }

    #[test]
    fn splits_lists_of_names() {
        let alone = each_name("$.a[ 'b', \"c\" ].d['e','f']");
        let expected = [
            ("b", "$.a['b'].d['e','f']"),
            ("c", "$.a[\"c\"].d['e','f']"),
            ("e", "$.a[ 'b', \"c\" ].d['e']"),
            ("f", "$.a[ 'b', \"c\" ].d['f']"),
        ];
        let expected = expected.map(|(name, path)| (name.to_owned(), path.to_owned()));
        assert_eq!(alone, expected);
        assert!(each_name("$.a[?@.b].c['d','e']").is_empty());
    }

    #[test]
    fn refuses_what_is_not_a_path() {
        assert!(refused("$.a").is_none());
        assert!(refused("a.b").is_some());
        assert!(refused("").is_some());
        assert!(refused(&format!("$[?{}1==1{}]", "(".repeat(50), ")".repeat(50))).is_some());
        assert_eq!(nesting("$[?(@.a[0])]"), 3);
    }
    #[test]
    fn filters_call_the_functions_of_the_rfc() {
        let json = serde_json::json!({"list": [
            {"name": "a_id", "of": [1, 2]}, {"name": "b"}, {"name": "b_ids"}, {"name": 1}, {"name": "x\na_id"},
        ]});
        let found = |filter: &str| {
            let query = Query::parse(&format!("$.list[?{filter}]")).unwrap();
            let mut found: Vec<String> =
                query.find(&json).iter().map(ToString::to_string).collect();
            found.sort();
            found.join(" ")
        };
        for (filter, expected) in [
            ("match(@.name, '[a-z]_id')", "/list/0"),
            ("match(@.name, 'a|b')", "/list/1"),
            ("search(@.name, '_id')", "/list/0 /list/2 /list/4"),
            ("search(@.name, 'x.a')", ""),
            ("match(@.name, '(')", ""),
            ("length(@.name) > 2 && count(@.of[*]) == 2", "/list/0"),
            ("value(@.name) == 'b'", "/list/1"),
        ] {
            assert_eq!(found(filter), expected, "{filter}");
        }
        for filter in ["match(@.name)", "fits(@.name, 'a')"] {
            assert!(refused(&format!("$[?{filter}]")).is_some(), "{filter}");
        }
    }
}
