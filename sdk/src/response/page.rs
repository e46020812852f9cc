//! One page of a list.
//!
//! In: the items of a response, and its `result_info`. Out: [`Page`]. A page does not fetch the next one:
//! [`Pages`](crate::Pages) does.

use crate::decode::{FromJson, Json};

/// What a response says about the list that it is a part of. Every field is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResultInfo {
    /// The number of this page, from 1.
    pub page: Option<u64>,
    /// The most items that a page can have.
    pub per_page: Option<u64>,
    /// The number of items on this page.
    pub count: Option<u64>,
    /// The number of items on all pages.
    pub total_count: Option<u64>,
    /// The number of pages.
    pub total_pages: Option<u64>,
}

impl ResultInfo {
    /// Reads the fields that are there. A field of another type than expected counts as absent.
    pub(crate) fn read(json: Json<'_>) -> Option<Self> {
        let mut fields = json.object().ok()?;
        let mut number = |name: &str| {
            let value = fields.find(name)?;
            match value.as_text() {
                Some(text) => text.trim().parse().ok(),
                None => u64::from_json(value).ok(),
            }
        };
        Some(Self {
            page: number("page"),
            per_page: number("per_page"),
            count: number("count"),
            total_count: number("total_count"),
            total_pages: number("total_pages"),
        })
    }

    /// Why a list of `received` items cannot be the whole list. `None` if the totals do not contradict it.
    pub(crate) fn missing(&self, received: usize) -> Option<String> {
        let received = received as u64;
        match (self.total_count, self.total_pages) {
            (Some(total), _) if total > received => Some(format!(
                "the list has {total} items, but the response has {received}"
            )),
            (_, Some(pages)) if pages > 1 => Some(format!(
                "the list has {pages} pages, but the response has only one"
            )),
            _ => None,
        }
    }

    /// Whether the list continues after the page with this number and this many items, `received` being the number of items up to
    /// and including this page.
    ///
    /// If the service sends no totals, a full page counts as a sign that there are more.
    pub(crate) fn more_after(&self, page: u64, items: u64, received: u64) -> bool {
        match (self.total_pages, self.total_count, self.per_page) {
            (Some(pages), _, _) => page < pages,
            (None, Some(total), Some(per_page)) => page.saturating_mul(per_page) < total,
            (None, Some(total), None) => received < total,
            (None, None, Some(per_page)) => items >= per_page,
            (None, None, None) => false,
        }
    }

    /// Whether the totals show that there is no page with this number.
    pub(crate) fn is_beyond(&self, page: u64) -> bool {
        match (self.total_pages, self.total_count, self.per_page) {
            (Some(pages), _, _) => page > pages,
            (None, Some(total), Some(per_page)) => {
                page.saturating_sub(1).saturating_mul(per_page) >= total
            }
            _ => false,
        }
    }
}

/// One page of a list.
///
/// It is not an iterator, so that one page is not mistaken for the whole list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// What the service says about the whole list.
    pub result_info: ResultInfo,
}

impl<T> Page<T> {
    pub(crate) fn new(items: Vec<T>, result_info: ResultInfo) -> Self {
        Self { items, result_info }
    }

    /// Whether there are further pages, according to the totals of the service.
    ///
    /// If the service sends no totals, a full page counts as a sign that there are more.
    pub fn has_more(&self) -> bool {
        let page = self.result_info.page.unwrap_or(1);
        let items = self.items.len() as u64;
        items > 0 && self.result_info.more_after(page, items, items)
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, ResultInfo};
    use crate::decode;
    use serde_json::json;

    fn info(value: &serde_json::Value) -> Option<ResultInfo> {
        decode::of_value(value, ResultInfo::read)
    }

    fn has_more(items: usize, value: &serde_json::Value) -> bool {
        Page::new(vec![(); items], info(value).unwrap()).has_more()
    }

    #[test]
    fn fields_of_other_types_count_as_absent() {
        let read = info(&json!({"page": "2", "per_page": 20.0, "count": -1, "total_count": null, "total_pages": [1]})).unwrap();
        assert_eq!((read.page, read.per_page), (Some(2), Some(20)));
        assert_eq!(
            (read.count, read.total_count, read.total_pages),
            (None, None, None)
        );
        assert_eq!(info(&json!([])), None);
    }

    #[test]
    fn b50_the_totals_decide_whether_there_are_more_pages() {
        assert!(has_more(
            20,
            &json!({"page": 1, "per_page": 20, "total_count": 41})
        ));
        assert!(!has_more(
            1,
            &json!({"page": 3, "per_page": 20, "total_count": 41})
        ));
        assert!(!has_more(
            20,
            &json!({"page": 2, "per_page": 20, "total_count": 40})
        ));
        assert!(has_more(2, &json!({"page": 1, "total_pages": 2})));
        assert!(!has_more(0, &json!({"page": 1, "total_pages": 2})));
        assert!(has_more(20, &json!({"per_page": 20})));
        assert!(!has_more(19, &json!({"per_page": 20})));
    }

    #[test]
    fn b49_an_incomplete_list_is_detected() {
        assert!(
            info(&json!({"total_count": 3}))
                .unwrap()
                .missing(2)
                .is_some()
        );
        assert!(
            info(&json!({"total_pages": 2}))
                .unwrap()
                .missing(2)
                .is_some()
        );
        assert!(
            info(&json!({"total_count": 2, "total_pages": 1, "page": 1}))
                .unwrap()
                .missing(2)
                .is_none()
        );
    }
}
