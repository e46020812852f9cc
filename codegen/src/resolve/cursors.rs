//! Cursors: which names they have, and where the envelope of a response states the cursor of the next page.
//!
//! In: the properties of an envelope, or the type of a result that has its list inside. Out: the keys that lead to the cursor. Names alone
//! are looked at, and types that no cursor has are passed over; whether a list is paged by it is decided in `paging`.

use heck::ToSnakeCase;

use crate::model::Ty;

use super::envelope::{RESULT, RESULT_INFO};
use super::members::Property;
use super::merge::Gathered;
use super::resolver::Resolver;

/// The object whose keys are the cursors of several pages.
const CURSORS: &str = "cursors";

/// Its keys that are the cursor of the next page.
const NEXT: [&str; 2] = ["after", "next"];

/// Keys of an envelope that have no cursor in them.
const OTHERS: [&str; 4] = ["success", "errors", "messages", RESULT];

impl Resolver<'_> {
    /// The keys that lead from the envelope to the cursor of the next page.
    pub(super) fn cursor_place(&mut self, envelope: &Gathered) -> Option<Vec<String>> {
        let properties = &envelope.members.properties;
        let known = properties
            .iter()
            .filter(|(key, _)| !OTHERS.contains(&key.as_str()));
        let mut known: Vec<(&String, &Property)> = known.collect();
        // What the envelope has for it comes first.
        known.sort_by_key(|(key, _)| key.as_str() != RESULT_INFO);
        let inside = known.iter().find_map(|(key, property)| {
            let place = self.cursor_below(property)?;
            Some([vec![(*key).clone()], place].concat())
        });
        inside.or_else(|| self.cursor_among(&known).map(|key| vec![key]))
    }

    /// The keys that lead to the cursor from an object beside the result.
    fn cursor_below(&mut self, property: &Property) -> Option<Vec<String>> {
        let object = self.joint_members(property)?;
        let properties = &object.members.properties;
        let known: Vec<(&String, &Property)> = properties.iter().collect();
        if let Some(key) = self.cursor_among(&known) {
            return Some(vec![key]);
        }
        let cursors = self.joint_members(properties.get(CURSORS)?)?;
        next_in_cursors(|key| cursors.members.properties.contains_key(key))
    }

    /// The keys that lead to the cursor of the next page from a result that has its list inside.
    pub(super) fn cursor_in(&self, result: &Ty) -> Option<Vec<String>> {
        let fields = self.fields_of(result)?;
        let texts = fields
            .iter()
            .filter(|field| matches!(field.ty, Ty::Text | Ty::Id(_) | Ty::Integer(_)));
        if let Some(key) = next_among(texts.map(|field| field.wire.as_str())) {
            return Some(vec![key.to_owned()]);
        }
        let cursors = fields.iter().find(|field| field.wire == CURSORS)?;
        let cursors = self.fields_of(&cursors.ty)?;
        next_in_cursors(|key| cursors.iter().any(|field| field.wire == key))
    }

    /// The key that is the cursor of the next page.
    fn cursor_among(&self, known: &[(&String, &Property)]) -> Option<String> {
        let fits = |(_, property): &&(&String, &Property)| {
            let ty = self.document.primitive(&property.pointer);
            matches!(ty, None | Some("string" | "integer"))
        };
        let found = known.iter().filter(fits).map(|(key, _)| key.as_str());
        next_among(found).map(str::to_owned)
    }
}

/// The keys that lead to the cursor of the next page by way of `cursors`, which has the keys that `has` knows.
fn next_in_cursors(has: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let key = NEXT.iter().find(|key| has(key))?;
    Some(vec![CURSORS.to_owned(), (*key).to_owned()])
}

/// The one of several keys that is the cursor of the next page. One that says `next` comes before one that does not.
fn next_among<'a>(keys: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let found: Vec<&str> = keys.filter(|key| is_cursor(key)).collect();
    let says_next = |key: &&&str| words(key).iter().any(|word| word == "next");
    found.iter().find(says_next).or(found.first()).copied()
}

/// Whether a parameter or a key of this name is the cursor of a page, and not of the one before.
pub(super) fn is_cursor(name: &str) -> bool {
    const BEFORE: [&str; 6] = ["before", "current", "end", "first", "prev", "previous"];
    let words = words(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [.., "page" | "continuation" | "next", "token"] | [.., "cursor"] => {
            !words.iter().any(|word| BEFORE.contains(word))
        }
        _ => false,
    }
}

fn words(name: &str) -> Vec<String> {
    let name = name.to_snake_case();
    name.split('_').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::is_cursor;

    #[test]
    fn names_tell_cursors_from_others() {
        for cursor in [
            "cursor",
            "next_cursor",
            "nextCursor",
            "audit_log_cursor",
            "page_token",
            "next_page_token",
            "nextPageToken",
            "continuation_token",
            "next_token",
        ] {
            assert!(is_cursor(cursor), "{cursor}");
        }
        for other in [
            "cursors",
            "cursor_direction",
            "prev_cursor",
            "before_cursor",
            "previous_page_token",
            "token",
            "api_token",
            "page",
            "next",
            "after",
            "",
        ] {
            assert!(!is_cursor(other), "{other}");
        }
    }
}
