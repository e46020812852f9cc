//! The state of paging through a list, and the decision whether to fetch another page.
//!
//! In: the `result_info` of each page, and a fingerprint of each of its items. Out: whether the page is part of the list, and what to
//! fetch next. It sends no requests and stores no items. The service may ignore the page number, count its pages from zero or from one,
//! send no totals, or return fewer items than its totals state; and items may be added or removed between two pages. No list must be
//! fetched without end, and none must end early without an error.

use std::collections::HashSet;

use super::repetition::{Repetition, Strange};
use crate::response::page::ResultInfo;

/// The state of paging through a list.
#[derive(Debug)]
pub(super) struct Paginator {
    target: Target,
    /// The number of the requested page. `None`: the call names none.
    requested: Option<u64>,
    /// Whether the service states a number one below the requested one.
    is_one_below: bool,
    /// The page before. `None`: none was received yet.
    last: Option<Last>,
    /// The number of the first page received, from 1.
    first: u64,
    /// The number of items received so far.
    received: u64,
    repetition: Repetition,
    /// Whether the call itself names a cursor, so that its first page is not that of the list.
    is_inside: bool,
    /// The cursors that were followed.
    cursors: HashSet<String>,
}

/// What the next request selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// What the call itself selects.
    Unchanged,
    Page(u64),
    Cursor(String),
}

/// The page before.
#[derive(Clone, Copy, Debug)]
struct Last {
    /// Its number, from 1.
    number: u64,
    /// The number that the service stated.
    stated: Option<u64>,
}

/// The decision about a response.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Whether the page belongs to the list. If not, it is empty, or not the page that was requested.
    pub(super) belongs: bool,
    pub(super) next: Next,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Fetch,
    End,
    /// The list cannot be fetched as a whole; the text says why.
    Incomplete(String),
}

impl Paginator {
    /// `page` is the number of the page that the call names; `is_inside`: it names a cursor.
    pub(super) fn new(page: Option<u64>, is_inside: bool) -> Self {
        Self {
            target: Target::Unchanged,
            requested: page,
            is_one_below: false,
            last: None,
            first: 1,
            received: 0,
            repetition: Repetition::default(),
            is_inside,
            cursors: HashSet::new(),
        }
    }

    /// What the next request selects.
    pub(super) fn target(&self) -> &Target {
        &self.target
    }

    /// Decides about a response. `items`: the fingerprints of its items.
    pub(super) fn receive(&mut self, info: &ResultInfo, items: &[u64]) -> Step {
        if self.skips_a_page(info) {
            return self.fetch_the_skipped_page();
        }
        let count = items.len() as u64;
        let number = self.number(info);
        let is_first = self.last.is_none();
        let largest = self.repetition.largest_page();
        let strange = self.misplaced(info);
        let strange = strange.or_else(|| self.repetition.find(self.named(number), info, items));
        if let Some(Strange { why, is_new }) = strange {
            self.received += if is_new { count } else { 0 };
            let next = if !is_new && info.is_beyond(self.named(number)) {
                self.end(info)
            } else {
                Next::Incomplete(why)
            };
            return Step {
                belongs: is_new,
                next,
            };
        }
        self.settle(number, info);
        self.received += count;
        // The first page belongs to the list even if it is empty: an empty list is one empty page.
        Step {
            belongs: is_first || count > 0,
            next: self.next(number, info, (count, largest)),
        }
    }

    /// The number of a page, from 1.
    fn number(&self, info: &ResultInfo) -> u64 {
        match &self.last {
            None if info.by_cursor && self.requested.is_none() => 1,
            None => info.number(self.requested),
            Some(last) => last.number.saturating_add(1),
        }
    }

    /// The number of a page for messages: as it was requested.
    fn named(&self, number: u64) -> u64 {
        self.requested.unwrap_or(number)
    }

    /// Whether the service counts from zero in requests too, although its first response let expect otherwise.
    fn skips_a_page(&self, info: &ResultInfo) -> bool {
        let before = self.last.and_then(|last| last.stated);
        let (Some(before), Some(stated)) = (before, info.page) else {
            return false;
        };
        !info.by_cursor
            && self.is_one_below
            && self.requested == Some(stated)
            && before.checked_add(2) == Some(stated)
    }

    fn fetch_the_skipped_page(&mut self) -> Step {
        self.is_one_below = false;
        self.select(self.requested.unwrap_or(1).saturating_sub(1));
        Step {
            belongs: false,
            next: Next::Fetch,
        }
    }

    /// Why the number that the service states cannot be that of the requested page.
    fn misplaced(&self, info: &ResultInfo) -> Option<Strange> {
        let stated = info.page.filter(|_| !info.by_cursor)?;
        let is_right = match (self.last, self.requested) {
            (None, None) => true,
            // A service that counts from one may take zero for one.
            (None, Some(0)) => stated <= 1,
            (None, Some(page)) => stated == page || stated.checked_add(1) == Some(page),
            (Some(last), _) => last.stated.is_none_or(|before| before < stated),
        };
        (!is_right).then(|| Strange {
            why: format!(
                "page {} was requested, but the response is page {stated}",
                self.named(stated)
            ),
            is_new: false,
        })
    }

    /// Records that this is the requested page.
    fn settle(&mut self, number: u64, info: &ResultInfo) {
        if self.last.is_none() {
            self.first = number;
            let page = match (self.requested, info.page) {
                (Some(0), Some(1)) | (None, _) => number,
                (Some(page), _) => page,
            };
            self.is_one_below = !info.by_cursor && info.page.is_some_and(|stated| stated < page);
            self.requested = Some(page);
        }
        self.last = Some(Last {
            number,
            stated: info.page,
        });
    }

    fn next(&mut self, number: u64, info: &ResultInfo, (count, largest): (u64, u64)) -> Next {
        // A list that has cursors is never continued by a number.
        match info.next_cursor() {
            Some(cursor) => return self.follow(number, cursor),
            None if info.by_cursor || !self.cursors.is_empty() => return self.end(info),
            None => {}
        }
        if count == 0 {
            return match info.total_pages {
                Some(pages) if number < pages && !self.has_all(info) => {
                    Next::Incomplete(format!("page {number} of {pages} is empty"))
                }
                _ => self.end(info),
            };
        }
        // Nothing says how many items a page can have: one that has fewer than another is the last.
        let more = info.more_after(number, count, self.received);
        if more.unwrap_or(count >= largest) {
            self.select(self.named(number).saturating_add(1));
            Next::Fetch
        } else {
            self.end(info)
        }
    }

    fn select(&mut self, page: u64) {
        self.requested = Some(page);
        self.target = Target::Page(page);
    }

    fn follow(&mut self, number: u64, cursor: &str) -> Next {
        if !self.cursors.insert(cursor.to_owned()) {
            return Next::Incomplete("the service sent the same cursor again".to_owned());
        }
        self.requested = Some(number.saturating_add(1));
        self.target = Target::Cursor(cursor.to_owned());
        Next::Fetch
    }

    /// The end of the list, or an error if fewer items were received than the last page's total states.
    fn end(&self, info: &ResultInfo) -> Next {
        match info.total_count {
            Some(total) if self.received_to_here(info).is_some_and(|all| all < total) => {
                Next::Incomplete(format!(
                    "the list has {total} items, but its pages contained {}",
                    self.received
                ))
            }
            _ => Next::End,
        }
    }

    /// Whether as many items were received as the list has.
    fn has_all(&self, info: &ResultInfo) -> bool {
        let all = info.total_count.zip(self.received_to_here(info));
        all.is_some_and(|(total, received)| received >= total)
    }

    /// The number of items up to here. `None` if it is unknown how many precede the call's first page.
    fn received_to_here(&self, info: &ResultInfo) -> Option<u64> {
        if self.is_inside && (info.by_cursor || !self.cursors.is_empty()) {
            return None;
        }
        let before = match self.first {
            0 | 1 => 0,
            first => (first - 1).saturating_mul(info.per_page?),
        };
        Some(before.saturating_add(self.received))
    }
}

#[cfg(test)]
mod tests {
    use super::{Next, Paginator, Step};
    use crate::response::page::ResultInfo;

    fn info(page: u64, per_page: u64, total_count: u64) -> ResultInfo {
        ResultInfo {
            page: Some(page),
            per_page: Some(per_page),
            total_count: Some(total_count),
            ..ResultInfo::default()
        }
    }

    /// The fingerprints of so many items, of which the first has this one.
    fn items(first: u64, count: u64) -> Vec<u64> {
        (first * 100..first * 100 + count).collect()
    }

    fn why_incomplete(step: &Step) -> &str {
        match &step.next {
            Next::Incomplete(why) => why,
            next => panic!("{next:?}"),
        }
    }

    #[test]
    fn b50_a_shift_by_new_items_is_no_repetition() {
        let mut paginator = Paginator::new(None, false);
        assert_eq!(
            paginator.receive(&info(1, 1, 2), &items(7, 1)).next,
            Next::Fetch
        );
        // An item was added at the front, so the first one is repeated.
        let again = paginator.receive(&info(2, 1, 3), &items(7, 1));
        assert!(again.belongs && again.next == Next::Fetch);
        assert_eq!(
            paginator.receive(&info(3, 1, 3), &items(8, 1)).next,
            Next::End
        );
    }

    #[test]
    fn b48_a_repeated_page_ends_paging() {
        let mut paginator = Paginator::new(None, false);
        assert_eq!(
            paginator.receive(&info(1, 2, 5), &items(7, 2)).next,
            Next::Fetch
        );
        let again = paginator.receive(&info(2, 2, 5), &items(7, 2));
        assert!(!again.belongs);
        assert_eq!(
            why_incomplete(&again),
            "page 2 was requested, but the response repeats page 1"
        );
    }

    #[test]
    fn b48_a_repeated_last_page_beyond_the_end_is_the_end() {
        let mut paginator = Paginator::new(None, false);
        assert_eq!(
            paginator.receive(&info(1, 2, 5), &items(1, 2)).next,
            Next::Fetch
        );
        // Three items were removed, and the server returns the previous page instead of an empty one.
        let over = paginator.receive(&info(1, 2, 2), &items(1, 2));
        assert!(!over.belongs && over.next == Next::End);
    }

    #[test]
    fn b49_the_last_page_must_complete_the_total() {
        let mut paginator = Paginator::new(None, false);
        assert_eq!(
            paginator.receive(&info(1, 20, 30), &items(1, 20)).next,
            Next::Fetch
        );
        let short = paginator.receive(&info(2, 20, 30), &items(2, 3));
        assert!(short.belongs);
        assert_eq!(
            why_incomplete(&short),
            "the list has 30 items, but its pages contained 23"
        );

        let mut later = Paginator::new(Some(2), false);
        assert_eq!(
            later.receive(&info(2, 20, 30), &items(2, 10)).next,
            Next::End,
            "items before the call's first page are not missing"
        );
    }

    #[test]
    fn b49_an_empty_page_before_the_last_is_an_error() {
        let pages = |page| ResultInfo {
            page: Some(page),
            total_pages: Some(3),
            ..ResultInfo::default()
        };
        let mut paginator = Paginator::new(None, false);
        assert_eq!(paginator.receive(&pages(1), &items(1, 2)).next, Next::Fetch);
        let empty = paginator.receive(&pages(2), &[]);
        assert!(!empty.belongs);
        assert_eq!(why_incomplete(&empty), "page 2 of 3 is empty");
    }

    #[test]
    fn an_empty_list_is_one_empty_page() {
        let empty = Paginator::new(None, false).receive(&info(1, 20, 0), &[]);
        assert!(empty.belongs && empty.next == Next::End);
    }
}
