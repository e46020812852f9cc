//! The values of a long list, sorted: a value is found by binary search.
//!
//! In: the values in the document's order. Out: the index of one of them. They are sorted when one is looked up first: sorting them in a
//! constant costs the compiler more than all the rest of the enum.

use std::cmp::Ordering;
use std::sync::OnceLock;

/// The values in ascending order, each with its index.
#[derive(Debug)]
pub(crate) struct Sorted<V>(OnceLock<Box<[(V, usize)]>>);

#[allow(dead_code, reason = "not every document has a long list")]
impl<V: Ord> Sorted<V> {
    pub(crate) const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// The index of the value that compares as equal.
    pub(crate) fn find(
        &self,
        values: impl Iterator<Item = V>,
        compare: impl Fn(&V) -> Ordering,
    ) -> Option<usize> {
        let sorted = self.0.get_or_init(|| {
            let values = values.enumerate();
            let mut sorted: Box<[_]> = values.map(|(index, value)| (value, index)).collect();
            sorted.sort_unstable();
            sorted
        });
        let at = sorted.binary_search_by(|(known, _)| compare(known)).ok()?;
        sorted.get(at).map(|(_, index)| *index)
    }
}

#[cfg(test)]
mod tests {
    use super::Sorted;

    #[test]
    fn each_text_is_found_and_no_other() {
        const TEXTS: [&str; 9] = ["b", "", "ba", "é", "abc", "a", "aaaa", "ab", "zz"];
        let sorted = Sorted::new();
        let find = |text: &str| sorted.find(TEXTS.into_iter(), |known| (*known).cmp(text));
        for (index, text) in TEXTS.iter().enumerate() {
            assert_eq!(find(text), Some(index), "{text}");
        }
        for text in ["B", "c", "aab", "abcde", " "] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn each_code_is_found_and_no_other() {
        const CODES: [i64; 7] = [1002, i64::MAX, -1, 1001, i64::MIN, 0, 7];
        let sorted = Sorted::new();
        let find = |code: i64| sorted.find(CODES.into_iter(), |known| known.cmp(&code));
        for (index, code) in CODES.iter().enumerate() {
            assert_eq!(find(*code), Some(index), "{code}");
        }
        assert_eq!(find(1), None);
    }
}
