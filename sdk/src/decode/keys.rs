//! Duplicate keys: which entries of an object a later one replaces.
//!
//! In: the cells of an object that has just ended. Out: the same, with the keys of replaced entries marked.

use std::borrow::Cow;

use super::tree::{Cell, Kind};

/// Objects in which more keys may be duplicates are sorted.
const FEW: usize = 8;

/// Marks the keys of the object at `index` that a later entry has too.
pub(super) fn mark_replaced(text: &str, cells: &mut [Cell], index: u32) {
    let end = cells[index as usize].next;
    // The bits of the keys so far: most keys have one that no other has, and nothing is compared.
    let mut bits = 0;
    let mut compared = 0;
    let mut key = index + 1;
    while key < end {
        let cell = cells[key as usize];
        if cell.kind == Kind::Escaped {
            return mark_many(text, cells, index);
        }
        let bit = bit(text.as_bytes(), cell);
        if bits & bit != 0 {
            if compared == FEW {
                return mark_many(text, cells, index);
            }
            compared += 1;
            mark_earlier(text, cells, index + 1, key);
        }
        bits |= bit;
        key = cells[key as usize + 1].next;
    }
}

/// One of 64 bits, by the length of a key and its last bytes. The same keys have the same one.
fn bit(text: &[u8], key: Cell) -> u64 {
    let shorter = BYTES.saturating_sub(key.length());
    let own = word_before(text, key.end as usize).wrapping_shr(shorter * 8);
    let hash = (own ^ u64::from(key.length())).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    1 << (hash >> (u64::BITS - 6))
}

/// How many bytes of a key are looked at.
const BYTES: u32 = u64::BITS / 8;

/// The bytes before `end`, the last one on top.
fn word_before(text: &[u8], end: usize) -> u64 {
    let whole = end.checked_sub(BYTES as usize).and_then(|start| {
        let bytes = text.get(start..end)?.first_chunk()?;
        Some(u64::from_le_bytes(*bytes))
    });
    // The first key of a text can have fewer bytes before its end.
    whole.unwrap_or_else(|| {
        let bytes = text.get(..end).unwrap_or_default().iter();
        bytes.fold(0, |word, byte| {
            word >> 8 | u64::from(*byte) << (u64::BITS - 8)
        })
    })
}

/// Marks those keys from `first` on, up to `key`, that are the same as it.
#[cold]
fn mark_earlier(text: &str, cells: &mut [Cell], first: u32, key: u32) {
    let last = cells[key as usize];
    let mut earlier = first;
    while earlier < key {
        let cell = &mut cells[earlier as usize];
        if cell.length() == last.length() && raw(text, *cell) == raw(text, last) {
            cell.kind = Kind::Replaced;
        }
        earlier = cells[earlier as usize + 1].next;
    }
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
