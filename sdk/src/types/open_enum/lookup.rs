//! Finds a text or a number among the known values of an open enum by binary search.
//!
//! In: the values in the document's order. Out: the same with their indices, sorted at compile time, and the index of a value.
//! Shorter texts come first: then most comparisons end at the length.

use std::cmp::Ordering;

/// A function that sorts values at compile time, by heapsort: the compiler's budget for constants is too small for sorting by
/// insertion. Constants know no generic comparison, so there is one function for texts and one for numbers.
macro_rules! sorting {
    ($(#[$about:meta])* $sorted:ident, $value:ty, $is_before:ident) => {
        $(#[$about])*
        pub(crate) const fn $sorted<const N: usize>(values: [$value; N]) -> [($value, usize); N] {
            /// Moves the entry at `root` down until none below it, before `end`, is greater.
            const fn sift<const N: usize>(heap: &mut [($value, usize); N], mut root: usize, end: usize) {
                loop {
                    let mut child = 2 * root + 1;
                    if child >= end {
                        return;
                    }
                    if child + 1 < end && $is_before(heap[child].0, heap[child + 1].0) {
                        child += 1;
                    }
                    if !$is_before(heap[root].0, heap[child].0) {
                        return;
                    }
                    (heap[root], heap[child]) = (heap[child], heap[root]);
                    root = child;
                }
            }

            let mut heap = [(values[0], 0); N];
            let mut index = 1;
            while index < N {
                heap[index] = (values[index], index);
                index += 1;
            }
            let mut start = N / 2;
            while start > 0 {
                start -= 1;
                sift(&mut heap, start, N);
            }
            let mut end = N;
            while end > 1 {
                end -= 1;
                (heap[0], heap[end]) = (heap[end], heap[0]);
                sift(&mut heap, 0, end);
            }
            heap
        }
    };
}

sorting! {
    /// Texts in the order of [`compare`], each with its index.
    sorted_texts, &'static str, is_text_before
}

sorting! {
    /// Numbers in ascending order, each with its index.
    sorted_codes, i64, is_code_before
}

const fn is_code_before(one: i64, other: i64) -> bool {
    one < other
}

const fn is_text_before(one: &str, other: &str) -> bool {
    if one.len() != other.len() {
        return one.len() < other.len();
    }
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return one[at] < other[at];
        }
        at += 1;
    }
    false
}

/// The order of `is_text_before`.
fn compare(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

/// The index of a text in the document's order.
pub(crate) fn find_text(sorted: &[(&str, usize)], text: &str) -> Option<usize> {
    let at = sorted.binary_search_by(|(known, _)| compare(known, text));
    let (_, index) = sorted.get(at.ok()?)?;
    Some(*index)
}

/// The index of a number in the document's order.
pub(crate) fn find_code(sorted: &[(i64, usize)], code: i64) -> Option<usize> {
    let at = sorted.binary_search_by(|(known, _)| known.cmp(&code));
    let (_, index) = sorted.get(at.ok()?)?;
    Some(*index)
}

#[cfg(test)]
mod tests {
    use super::{compare, find_code, find_text, sorted_codes, sorted_texts};

    const TEXTS: [&str; 9] = ["b", "", "ba", "é", "abc", "a", "aaaa", "ab", "zz"];
    const SORTED: [(&str, usize); 9] = sorted_texts(TEXTS);

    #[test]
    fn texts_are_sorted_at_compile_time() {
        assert!(SORTED.is_sorted_by(|one, other| compare(one.0, other.0).is_lt()));
        assert_eq!(sorted_texts(["a"]), [("a", 0)]);
    }

    #[test]
    fn each_text_is_found_and_no_other() {
        for (index, text) in TEXTS.iter().enumerate() {
            assert_eq!(find_text(&SORTED, text), Some(index), "{text}");
        }
        for text in ["B", "c", "aab", "abcde", " "] {
            assert_eq!(find_text(&SORTED, text), None, "{text}");
        }
    }

    #[test]
    fn each_code_is_found_and_no_other() {
        let codes = [1002, i64::MAX, -1, 1001, i64::MIN, 0, 7];
        let sorted = sorted_codes(codes);
        assert!(sorted.is_sorted());
        for (index, code) in codes.iter().enumerate() {
            assert_eq!(find_code(&sorted, *code), Some(index), "{code}");
        }
        assert_eq!(find_code(&sorted, 1), None);
    }
}
