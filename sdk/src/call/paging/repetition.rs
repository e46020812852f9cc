//! Notices pages that come again.
//!
//! In: the fingerprints of the items of each page, and the list's total. Out: why a page is not a further one. Only the items tell: a
//! service that ignores the number of the page may repeat the number that was requested.

use std::collections::HashMap;

use crate::response::page::ResultInfo;

/// Why a response is not the requested page.
pub(super) struct Strange {
    pub(super) why: String,
    /// Whether some of its items were not received before.
    pub(super) is_new: bool,
}

/// The items received so far, to notice pages that come again.
///
/// Items that are added to the list shift others to later pages, where they are received again. As many are then repeated as the total
/// has grown. Items that are removed at the same time hide some of the growth: one page's worth is tolerated.
#[derive(Debug, Default)]
pub(super) struct Repetition {
    /// The fingerprint of each item, with the number of its page.
    seen: HashMap<u64, u64>,
    /// The number of items on the largest page.
    largest_page: u64,
    total: Option<u64>,
    /// How much the total has grown since the first page.
    grown: u64,
    /// How many items were received more than once.
    repeated: u64,
    /// Whether the page before had no new item.
    was_repeated: bool,
}

impl Repetition {
    /// The number of items on the largest page so far.
    pub(super) fn largest_page(&self) -> u64 {
        self.largest_page
    }

    /// Why a page is a repetition. `None` if it is not; then its items are recorded.
    pub(super) fn find(&mut self, page: u64, info: &ResultInfo, items: &[u64]) -> Option<Strange> {
        let grown = info.total_count.zip(self.total);
        let grown = grown.map_or(0, |(now, before)| now.saturating_sub(before));
        self.total = info.total_count.or(self.total);
        self.grown = self.grown.saturating_add(grown);

        let repeated = items.iter().filter(|item| self.seen.contains_key(item));
        let repeated = repeated.count() as u64;
        let count = items.len() as u64;
        self.repeated += repeated;
        self.largest_page = self.largest_page.max(count);
        let before = items.first().and_then(|item| self.seen.get(item)).copied();
        let is_new = repeated < count;
        let is_tolerated = match repeated {
            0 => true,
            _ if is_new => self.repeated <= self.grown.saturating_add(self.largest_page),
            // So many items were added that a whole page was shifted: possible once, but not again and again.
            _ => grown >= repeated && !self.was_repeated,
        };
        self.was_repeated = repeated > 0 && !is_new;
        if is_tolerated {
            self.seen.extend(items.iter().map(|item| (*item, page)));
            return None;
        }
        let why = match before.filter(|_| !is_new) {
            Some(before) => {
                format!("page {page} was requested, but the response repeats page {before}")
            }
            None => format!(
                "page {page} was requested, but {repeated} of the {count} items in the response were received before"
            ),
        };
        Some(Strange { why, is_new })
    }
}
