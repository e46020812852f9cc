//! How far a paginator over the pages of a list has come, and whether it goes on.
//!
//! In: what each page says of the list, and a print of its first item. Out: whether the page counts, and what comes next. It
//! asks nobody and holds no items. The service may ignore the page number, may lose items between two pages, and may promise
//! more than it gives: the first must not loop, the second must not fail, the third must not pass for the whole list.

use crate::response::page::ResultInfo;

/// A paginator over the pages of a list.
#[derive(Debug)]
pub(super) struct Paginator {
    /// The page that is asked for. `None`: the call names none, and the service begins where it does.
    asked: Option<u64>,
    /// The page that came first.
    first: Option<u64>,
    /// The items that came so far.
    given: u64,
    /// The prints of the first items of all pages so far, with the page and the total at that time.
    seen: Vec<Seen>,
}

#[derive(Debug)]
struct Seen {
    print: u64,
    page: u64,
    total: Option<u64>,
}

/// What an answer means for the paginator.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Whether the page belongs to the list. One that does not is a repetition, or empty.
    pub(super) counts: bool,
    pub(super) next: Next,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Ask,
    End,
    /// The list cannot be had as a whole, and why.
    Broken(String),
}

impl Paginator {
    pub(super) fn from(page: Option<u64>) -> Self {
        Self {
            asked: page,
            first: None,
            given: 0,
            seen: Vec::new(),
        }
    }

    /// The page to ask for.
    pub(super) fn asked(&self) -> Option<u64> {
        self.asked
    }

    /// Judges an answer. `print` tells its first item from others.
    pub(super) fn receive(&mut self, info: &ResultInfo, items: usize, print: Option<u64>) -> Step {
        let items = items as u64;
        let page = self.asked.or(info.page).unwrap_or(1).max(1);
        let begins = self.first.is_none();
        self.first.get_or_insert(page);

        if let Some(why) = self.repetition(page, info, items, print) {
            let next = if info.is_beyond(page) {
                self.end(info)
            } else {
                Next::Broken(why)
            };
            return Step {
                counts: false,
                next,
            };
        }
        self.given += items;
        let next = match info.total_pages {
            Some(pages) if items == 0 && page < pages => {
                Next::Broken(format!("page {page} of {pages} is empty"))
            }
            _ if items > 0 && info.more_after(page, items, self.given) => {
                self.asked = Some(page.saturating_add(1));
                Next::Ask
            }
            _ => self.end(info),
        };
        // The first page counts even where it is empty: it says what the list is.
        Step {
            counts: begins || items > 0,
            next,
        }
    }

    /// Why an answer is not the page that was asked for.
    fn repetition(
        &mut self,
        page: u64,
        info: &ResultInfo,
        items: u64,
        print: Option<u64>,
    ) -> Option<String> {
        if let Some(given) = info.page.filter(|given| *given != page) {
            return Some(format!(
                "page {page} was asked for, but the answer is page {given}"
            ));
        }
        let total = info.total_count;
        let print = print?;
        let now = Seen { print, page, total };
        let before = match self.seen.iter_mut().find(|seen| seen.print == print) {
            Some(before) => std::mem::replace(before, now),
            None => {
                self.seen.push(now);
                return None;
            }
        };
        // Items that were added in front push others to later pages. The total then grows by as many.
        let pushed = page
            .saturating_sub(before.page)
            .saturating_mul(info.per_page.unwrap_or(items));
        let grown = total.zip(before.total).is_some_and(|(now, before)| {
            now.checked_sub(before).is_some_and(|grown| grown >= pushed)
        });
        if grown {
            return None;
        }
        Some(format!(
            "page {page} was asked for, but the answer repeats page {}",
            before.page
        ))
    }

    /// The end of the paginator, if the last page's own total does not speak against it.
    fn end(&self, info: &ResultInfo) -> Next {
        let before = match (self.first, info.per_page) {
            (None | Some(1), _) => 0,
            (Some(first), Some(per_page)) => (first - 1).saturating_mul(per_page),
            // How much the call skipped is not known.
            (Some(_), None) => return Next::End,
        };
        match info.total_count {
            Some(total) if before.saturating_add(self.given) < total => Next::Broken(format!(
                "the list has {total} items, but its pages gave {}",
                self.given
            )),
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

    fn broken(step: &Step) -> &str {
        match &step.next {
            Next::Broken(why) => why,
            next => panic!("{next:?}"),
        }
    }

    #[test]
    fn b50_a_shift_by_new_items_is_no_repetition() {
        let mut paginator = Paginator::from(None);
        assert_eq!(
            paginator.receive(&info(1, 1, 2), 1, Some(7)).next,
            Next::Ask
        );
        // An item was added in front, so the first one comes again.
        let again = paginator.receive(&info(2, 1, 3), 1, Some(7));
        assert!(again.counts && again.next == Next::Ask);
        assert_eq!(
            paginator.receive(&info(3, 1, 3), 1, Some(8)).next,
            Next::End
        );
    }

    #[test]
    fn b48_a_page_that_comes_again_ends_the_walk() {
        let mut paginator = Paginator::from(None);
        assert_eq!(
            paginator.receive(&info(1, 2, 5), 2, Some(7)).next,
            Next::Ask
        );
        let again = paginator.receive(&info(2, 2, 5), 2, Some(7));
        assert!(!again.counts);
        assert_eq!(
            broken(&again),
            "page 2 was asked for, but the answer repeats page 1"
        );
    }

    #[test]
    fn b48_a_server_that_gives_its_last_page_again_has_no_more() {
        let mut paginator = Paginator::from(None);
        assert_eq!(
            paginator.receive(&info(1, 2, 5), 2, Some(1)).next,
            Next::Ask
        );
        // Three items vanished, and the server answers the page before instead of an empty one.
        let over = paginator.receive(&info(1, 2, 2), 2, Some(1));
        assert!(!over.counts && over.next == Next::End);
    }

    #[test]
    fn b49_the_last_page_must_complete_the_total() {
        let mut paginator = Paginator::from(None);
        assert_eq!(
            paginator.receive(&info(1, 20, 30), 20, Some(1)).next,
            Next::Ask
        );
        let short = paginator.receive(&info(2, 20, 30), 3, Some(2));
        assert!(short.counts);
        assert_eq!(
            broken(&short),
            "the list has 30 items, but its pages gave 23"
        );

        let mut later = Paginator::from(Some(2));
        assert_eq!(
            later.receive(&info(2, 20, 30), 10, Some(2)).next,
            Next::End,
            "what the call skipped is not missing"
        );
    }

    #[test]
    fn b49_an_empty_page_in_the_middle_is_a_hole() {
        let pages = |page| ResultInfo {
            page: Some(page),
            total_pages: Some(3),
            ..ResultInfo::default()
        };
        let mut paginator = Paginator::from(None);
        assert_eq!(paginator.receive(&pages(1), 2, Some(1)).next, Next::Ask);
        let hole = paginator.receive(&pages(2), 0, None);
        assert!(!hole.counts);
        assert_eq!(broken(&hole), "page 2 of 3 is empty");
    }

    #[test]
    fn an_empty_list_is_one_empty_page() {
        let empty = Paginator::from(None).receive(&info(1, 20, 0), 0, None);
        assert!(empty.counts && empty.next == Next::End);
    }
}
