//! Duplicate keys: which entries of an object a later one replaces.
//!
//! In: the cells of an object that has just ended. Out: the same, with the keys of replaced entries marked.

use std::borrow::Cow;

use super::tree::{Cell, Kind};

/// Objects with more keys are sorted.
const FEW: usize = 32;

/// Marks the keys of the object at `index` that a later entry has too.
pub(super) fn mark_replaced(text: &str, cells: &mut [Cell], index: u32) {
    let end = cells[index as usize].next;
    let mut few = [0; FEW];
    let mut count = 0;
    // The bits of the keys so far: of most keys none has the same, and nothing is compared.
    let mut bits = 0;
    let mut key = index + 1;
    while key < end {
        let cell = cells[key as usize];
        if count == FEW || cell.kind == Kind::Escaped {
            return mark_many(text, cells, index);
        }
        let bit = bit(text.as_bytes(), cell);
        if bits & bit != 0 {
            for &earlier in &few[..count] {
                let earlier = &mut cells[earlier as usize];
                if earlier.length() == cell.length() && raw(text, *earlier) == raw(text, cell) {
                    earlier.kind = Kind::Replaced;
                }
            }
        }
        bits |= bit;
        few[count] = key;
        count += 1;
        key = cells[key as usize + 1].next;
    }
}

/// One of 64 bits, by the length of a key and three of its bytes. The same keys have the same one.
fn bit(text: &[u8], key: Cell) -> u64 {
    let byte = |at: u32| text.get(at as usize).copied().map_or(0, u32::from);
    let (start, end) = (key.start, key.end);
    let middle = start + key.length() / 2;
    let hash = key.length() + 3 * byte(start + 1) + 5 * byte(middle) + 11 * byte(end - 2);
    1 << (hash % u64::BITS)
}

/// The same for an object of any size and with any keys, in time that does not explode.
fn mark_many(text: &str, cells: &mut [Cell], index: u32) {
    let end = cells[index as usize].next;
    let mut keys: Vec<(Cow<'_, str>, u32)> = Vec::new();
    let mut key = index + 1;
    while key < end {
        keys.push((content(text, cells[key as usize]), key));
        key = cells[key as usize + 1].next;
    }
    keys.sort_unstable();
    for pair in keys.windows(2) {
        if let [(one, earlier), (other, _)] = pair
            && one == other
        {
            cells[*earlier as usize].kind = Kind::Replaced;
        }
    }
}

fn raw(text: &str, cell: Cell) -> &str {
    text.get(cell.start as usize..cell.end as usize)
        .unwrap_or_default()
}

/// The content of a key. One with a broken escape stays as it is.
fn content(text: &str, cell: Cell) -> Cow<'_, str> {
    unquoted(text, cell).unwrap_or_else(|| Cow::Borrowed(raw(text, cell)))
}

/// The content of a string. `None` where an escape in it is no character.
pub(super) fn unquoted(text: &str, cell: Cell) -> Option<Cow<'_, str>> {
    if cell.kind == Kind::Escaped {
        return serde_json::from_str(raw(text, cell)).ok().map(Cow::Owned);
    }
    text.get(cell.plain()).map(Cow::Borrowed)
}
