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
    let mut key = index + 1;
    while key < end {
        if count == FEW {
            return mark_many(text, cells, index);
        }
        for earlier in &few[..count] {
            if is_same(text, cells, *earlier, key) {
                cells[*earlier as usize].kind = Kind::Replaced;
            }
        }
        few[count] = key;
        count += 1;
        key = cells[key as usize + 1].next;
    }
}

fn is_same(text: &str, cells: &[Cell], one: u32, other: u32) -> bool {
    let (one, other) = (cells[one as usize], cells[other as usize]);
    if one.kind == Kind::Escaped || other.kind == Kind::Escaped {
        return content(text, one) == content(text, other);
    }
    one.end - one.start == other.end - other.start && raw(text, one) == raw(text, other)
}

/// The same for an object of any size, in time that does not explode.
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

/// The content of a string. One with a broken escape stays as it is.
fn content(text: &str, cell: Cell) -> Cow<'_, str> {
    let quoted = raw(text, cell);
    unquoted(quoted, cell.kind).unwrap_or(Cow::Borrowed(quoted))
}

/// The content of a quoted string. `None` where an escape in it is no character.
pub(super) fn unquoted(quoted: &str, kind: Kind) -> Option<Cow<'_, str>> {
    if kind == Kind::Escaped {
        return serde_json::from_str(quoted).ok().map(Cow::Owned);
    }
    quoted.get(1..quoted.len() - 1).map(Cow::Borrowed)
}
