//! The state of paging through a list, and the decision whether to fetch another page.
//!
//! In: the `result_info` of each page, and a fingerprint of its first item. Out: whether the page is part of the list, and what to do
//! next. It sends no requests and stores no items. The service may ignore the page number, items may be added or removed between two
//! pages, and the service may return fewer items than its totals state: the first must not cause an endless loop, the second must not
//! cause an error, and the third must cause one.

use crate::response::page::ResultInfo;

/// The state of paging through a list.
#[derive(Debug)]
pub(super) struct Paginator {
    /// The number of the page to request. `None`: the call sets none, and the service chooses its default.
    requested: Option<u64>,
    /// The number of the first page received.
    first: Option<u64>,
    /// The number of items received so far.
    received: u64,
    /// The fingerprints of the first items of all pages so far, with the page's number and the list's total at that time.
    seen: Vec<Seen>,
}

#[derive(Debug)]
struct Seen {
    fingerprint: u64,
    page: u64,
    total: Option<u64>,
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
    pub(super) fn from(page: Option<u64>) -> Self {
        Self {
            requested: page,
            first: None,
            received: 0,
            seen: Vec::new(),
        }
    }

    /// The number of the page to request.
    pub(super) fn requested(&self) -> Option<u64> {
        self.requested
    }

    /// Decides about a response. `fingerprint` identifies its first item.
    pub(super) fn receive(
        &mut self,
        info: &ResultInfo,
        items: usize,
        fingerprint: Option<u64>,
    ) -> Step {
        let items = items as u64;
        let page = self.requested.or(info.page).unwrap_or(1).max(1);
        let is_first = self.first.is_none();
        self.first.get_or_insert(page);

        if let Some(why) = self.repetition(page, info, items, fingerprint) {
            let next = if info.is_beyond(page) {
                self.end(info)
            } else {
                Next::Incomplete(why)
            };
            return Step {
                belongs: false,
                next,
            };
        }
        self.received += items;
        let next = match info.total_pages {
            Some(pages) if items == 0 && page < pages => {
                Next::Incomplete(format!("page {page} of {pages} is empty"))
            }
            _ if items > 0 && info.more_after(page, items, self.received) => {
                self.requested = Some(page.saturating_add(1));
                Next::Fetch
            }
            _ => self.end(info),
        };
        // The first page belongs to the list even if it is empty: an empty list is one empty page.
        Step {
            belongs: is_first || items > 0,
            next,
        }
    }

    /// Why a response is not the requested page. `None` if it is.
    fn repetition(
        &mut self,
        page: u64,
        info: &ResultInfo,
        items: u64,
        fingerprint: Option<u64>,
    ) -> Option<String> {
        if let Some(received) = info.page.filter(|received| *received != page) {
            return Some(format!(
                "page {page} was requested, but the response is page {received}"
            ));
        }
        let total = info.total_count;
        let fingerprint = fingerprint?;
        let now = Seen {
            fingerprint,
            page,
            total,
        };
        let same = |seen: &&mut Seen| seen.fingerprint == fingerprint;
        let before = match self.seen.iter_mut().find(same) {
            Some(before) => std::mem::replace(before, now),
            None => {
                self.seen.push(now);
                return None;
            }
        };
        // Items that are added at the front shift others to later pages. The total then grows by at least as many.
        let shifted = page
            .saturating_sub(before.page)
            .saturating_mul(info.per_page.unwrap_or(items));
        let grown = total.zip(before.total).is_some_and(|(now, before)| {
            now.checked_sub(before)
                .is_some_and(|grown| grown >= shifted)
        });
        if grown {
            return None;
        }
        Some(format!(
            "page {page} was requested, but the response repeats page {}",
            before.page
        ))
    }

    /// The end of the list, or an error if fewer items were received than the last page's total states.
    fn end(&self, info: &ResultInfo) -> Next {
        let before = match (self.first, info.per_page) {
            (None | Some(1), _) => 0,
            (Some(first), Some(per_page)) => (first - 1).saturating_mul(per_page),
            // It is unknown how many items precede the call's first page.
            (Some(_), None) => return Next::End,
        };
        match info.total_count {
            Some(total) if before.saturating_add(self.received) < total => {
                Next::Incomplete(format!(
                    "the list has {total} items, but its pages contained {}",
                    self.received
                ))
            }
            _ => Next::End,
        }
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

    fn why_incomplete(step: &Step) -> &str {
        match &step.next {
            Next::Incomplete(why) => why,
            next => panic!("{next:?}"),
        }
    }

    #[test]
    fn b50_a_shift_by_new_items_is_no_repetition() {
        let mut paginator = Paginator::from(None);
        assert_eq!(
            paginator.receive(&info(1, 1, 2), 1, Some(7)).next,
            Next::Fetch
        );
        // An item was added at the front, so the first one is repeated.
        let again = paginator.receive(&info(2, 1, 3), 1, Some(7));
        assert!(again.belongs && again.next == Next::Fetch);
        assert_eq!(
            paginator.receive(&info(3, 1, 3), 1, Some(8)).next,
            Next::End
        );
    }

    #[test]
    fn b48_a_repeated_page_ends_paging() {
        let mut paginator = Paginator::from(None);
        assert_eq!(
            paginator.receive(&info(1, 2, 5), 2, Some(7)).next,
            Next::Fetch
        );
        let again = paginator.receive(&info(2, 2, 5), 2, Some(7));
        assert!(!again.belongs);
        assert_eq!(
            why_incomplete(&again),
            "page 2 was requested, but the response repeats page 1"
        );
    }

    #[test]
    fn b48_a_repeated_last_page_beyond_the_end_is_the_end() {
        let mut paginator = Paginator::from(None);
        assert_eq!(
            paginator.receive(&info(1, 2, 5), 2, Some(1)).next,
            Next::Fetch
        );
        // Three items were removed, and the server returns the previous page instead of an empty one.
        let over = paginator.receive(&info(1, 2, 2), 2, Some(1));
        assert!(!over.belongs && over.next == Next::End);
    }

    #[test]
    fn b49_the_last_page_must_complete_the_total() {
        let mut paginator = Paginator::from(None);
        assert_eq!(
            paginator.receive(&info(1, 20, 30), 20, Some(1)).next,
            Next::Fetch
        );
        let short = paginator.receive(&info(2, 20, 30), 3, Some(2));
        assert!(short.belongs);
        assert_eq!(
            why_incomplete(&short),
            "the list has 30 items, but its pages contained 23"
        );

        let mut later = Paginator::from(Some(2));
        assert_eq!(
            later.receive(&info(2, 20, 30), 10, Some(2)).next,
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
        let mut paginator = Paginator::from(None);
        assert_eq!(paginator.receive(&pages(1), 2, Some(1)).next, Next::Fetch);
        let empty = paginator.receive(&pages(2), 0, None);
        assert!(!empty.belongs);
        assert_eq!(why_incomplete(&empty), "page 2 of 3 is empty");
    }

    #[test]
    fn an_empty_list_is_one_empty_page() {
        let empty = Paginator::from(None).receive(&info(1, 20, 0), 0, None);
        assert!(empty.belongs && empty.next == Next::End);
    }
}
