//! One page of a list.
//!
//! In: the items of a response, and its `result_info`. Out: [`Page`]. A page does not fetch the next one:
//! [`Pages`](crate::Pages) does.

use std::borrow::Cow;

use crate::decode::{Fault, FromJson, Json};
use crate::response::list::ListRequest;

/// What a response says about the list that it is a part of. Every field is optional.
///
/// What the numbers count is up to the endpoint. See [`Page::has_more`] for whether there are further pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResultInfo {
    /// The number of this page. The API's document says that Magic Cloud Networking counts from zero here, and from one in the parameter
    /// `page` of a request; its example counts from one in both.
    pub page: Option<u64>,
    /// The most items that a page can have.
    pub per_page: Option<u64>,
    /// A number of items: of this response for Magic Cloud Networking, of all results for captures.
    pub count: Option<u64>,
    /// The number of items on all pages. For captures and bucket ownerships it does not count this list, but what there would be without
    /// search parameters.
    pub total_count: Option<u64>,
    /// The number of pages.
    pub total_pages: Option<u64>,
    /// The cursor of the next page: `cursor`, or `after` in `cursors`, or where the operation has it. Only lists that have cursors send one;
    /// it is absent or empty on the last page.
    pub cursor: Option<String>,
    /// Whether cursors select the pages, and their numbers mean nothing.
    pub(crate) by_cursor: bool,
}

impl ResultInfo {
    /// What a response says about the list that a call asks for: beside the result, and around a list inside it.
    #[cfg_attr(
        not(feature = "cursors"),
        allow(
            unused_variables,
            reason = "only lists with cursors say anything of it"
        )
    )]
    pub(crate) fn of(body: Json<'_>, list: ListRequest) -> Result<Option<Self>, Fault> {
        let info = body.get("result_info").and_then(Self::read);
        #[cfg(feature = "cursors")]
        let info = match (info, list.around(body).and_then(Self::read)) {
            (Some(beside), Some(around)) => Some(beside.or(around)),
            (beside, around) => beside.or(around),
        };
        #[cfg(feature = "cursors")]
        if let Some(cursors) = list.cursors {
            return Ok(Some(Self {
                cursor: cursors.next(body)?,
                by_cursor: true,
                ..info.unwrap_or_default()
            }));
        }
        Ok(info)
    }

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
        let page = number("page");
        Some(Self {
            page,
            per_page: number("per_page"),
            count: number("count"),
            total_count: number("total_count"),
            total_pages: number("total_pages"),
            by_cursor: has_cursors(json) && page.is_none(),
            cursor: cursor(json),
        })
    }

    /// With what another object says, where this one does not.
    #[cfg(feature = "cursors")]
    pub(crate) fn or(self, other: Self) -> Self {
        let page = self.page.or(other.page);
        Self {
            page,
            per_page: self.per_page.or(other.per_page),
            count: self.count.or(other.count),
            total_count: self.total_count.or(other.total_count),
            total_pages: self.total_pages.or(other.total_pages),
            by_cursor: (self.by_cursor || other.by_cursor) && page.is_none(),
            cursor: self.cursor.or(other.cursor),
        }
    }

    /// The number of this page, from 1, where `requested` is the number that was requested. `None`: none was.
    ///
    /// The service may count from zero in its responses only, or in requests too.
    pub(crate) fn number(&self, requested: Option<u64>) -> u64 {
        match (requested, self.page) {
            (Some(requested), Some(stated)) if stated.checked_add(1) == Some(requested) => {
                requested
            }
            (_, Some(stated)) => stated.max(1),
            (requested, None) => requested.unwrap_or(1).max(1),
        }
    }

    /// Why a list of `received` items cannot be the whole list. `None` if nothing contradicts it, or if the call allows it.
    pub(crate) fn missing(&self, received: usize, request: ListRequest) -> Option<String> {
        if request.allows_incomplete {
            return None;
        }
        if self.cursor.is_some() {
            return Some(format!(
                "the list continues after the {received} items of the response, which has a cursor for the next page"
            ));
        }
        let received = received as u64;
        match (self.total_count, self.total_pages) {
            _ if request.foreign_totals => None,
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
    /// and including this page. `None` if nothing says so.
    ///
    /// If the service sends no totals, a full page counts as a sign that there are more.
    pub(crate) fn more_after(&self, number: u64, items: u64, received: u64) -> Option<bool> {
        if self.by_cursor {
            return Some(self.cursor.is_some());
        }
        match (self.total_pages, self.total_count, self.per_page) {
            (Some(pages), _, _) => Some(number < pages),
            (None, Some(total), Some(per_page)) => Some(number.saturating_mul(per_page) < total),
            (None, Some(total), None) => Some(received < total),
            (None, None, Some(per_page)) => Some(items >= per_page),
            (None, None, None) => None,
        }
    }

    /// The cursor that selects the next page. `None` for a list with page numbers, and on the last page.
    pub(crate) fn next_cursor(&self) -> Option<&str> {
        self.cursor.as_deref().filter(|_| self.by_cursor)
    }

    /// Whether the totals show that there is no page with this number.
    pub(crate) fn is_beyond(&self, number: u64) -> bool {
        match (self.total_pages, self.total_count, self.per_page) {
            (Some(pages), _, _) => number > pages,
            (None, Some(total), Some(per_page)) => {
                number.saturating_sub(1).saturating_mul(per_page) >= total
            }
            _ => false,
        }
    }
}

/// Whether there is a place for a cursor. An object or a list under `cursor` is none, and so is a list under `cursors`.
fn has_cursors(info: Json<'_>) -> bool {
    let is_value = |json: Json<'_>| json.object().is_err() && json.items().is_err();
    let is_place = |json: Json<'_>| json.object().is_ok() || json.is_null();
    info.get("cursor").is_some_and(is_value) || info.get("cursors").is_some_and(is_place)
}

/// The cursor of the next page, in either of its places. An empty one is none.
fn cursor(info: Json<'_>) -> Option<String> {
    let places: [&[&str]; 2] = [&["cursor"], &["cursors", "after"]];
    let mut found = places.iter().filter_map(|path| info.at(path)?.as_text());
    found.find(|cursor| !cursor.is_empty()).map(Cow::into_owned)
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
    has_more: bool,
}

impl<T> Page<T> {
    pub(crate) fn new(items: Vec<T>, result_info: ResultInfo, request: ListRequest) -> Self {
        let count = items.len() as u64;
        let number = result_info.number(request.page);
        let more = result_info.more_after(number, count, count).unwrap_or(true);
        Self {
            has_more: result_info.next_cursor().is_some() || count > 0 && more,
            items,
            result_info,
        }
    }

    /// Returns whether there are further pages, according to the totals of the service, or to its cursor. It does not matter whether the
    /// service counts its pages from zero or from one.
    ///
    /// If the service sends no totals, a full page counts as a sign that there are more; if it does not say how many items a page can
    /// have, any page with items. For pages of [`Pages`](crate::Pages) it is whether another page is requested.
    pub fn has_more(&self) -> bool {
        self.has_more
    }

    pub(crate) fn set_has_more(&mut self, has_more: bool) {
        self.has_more = has_more;
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, ResultInfo};
    use crate::decode;
    use crate::response::list::ListRequest;
    use serde_json::json;

    fn info(value: &serde_json::Value) -> Option<ResultInfo> {
        decode::of_value(value, ResultInfo::read)
    }

    fn has_more(items: usize, value: &serde_json::Value) -> bool {
        of_page(None, items, value)
    }

    fn of_page(page: Option<u64>, items: usize, value: &serde_json::Value) -> bool {
        let request = ListRequest {
            page,
            ..ListRequest::default()
        };
        Page::new(vec![(); items], info(value).unwrap(), request).has_more()
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
        assert!(has_more(20, &json!({})) && !has_more(0, &json!({})));
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
        let missing = |value, request| info(&value).unwrap().missing(2, request);
        let plain = ListRequest::default();
        assert!(missing(json!({"total_count": 3}), plain).is_some());
        assert!(missing(json!({"total_pages": 2}), plain).is_some());
        assert!(missing(json!({"cursor": "c"}), plain).is_some());
        let whole = json!({"total_count": 2, "total_pages": 1, "page": 1});
        assert!(missing(whole, plain).is_none());
    }

    #[test]
    fn b90_only_totals_of_the_list_itself_count() {
        let missing = |value, request| info(&value).unwrap().missing(2, request);
        let foreign = ListRequest {
            foreign_totals: true,
            ..ListRequest::default()
        };
        assert!(missing(json!({"total_count": 2000}), foreign).is_none());
        assert!(missing(json!({"cursor": "c"}), foreign).is_some());
        let allowed = ListRequest {
            allows_incomplete: true,
            ..ListRequest::default()
        };
        assert!(missing(json!({"total_count": 2000, "cursor": "c"}), allowed).is_none());
    }

    #[test]
    fn b88_has_more_is_right_whether_pages_count_from_zero_or_from_one() {
        let info = |page: u64| json!({"page": page, "per_page": 20, "total_count": 40});
        for (requested, stated, more) in [
            (None, 0, true),
            (None, 1, true),
            (Some(1), 0, true),
            (Some(1), 1, true),
            (Some(2), 1, false),
            (Some(2), 2, false),
            (Some(0), 0, true),
        ] {
            let found = of_page(requested, 20, &info(stated));
            assert_eq!(found, more, "{requested:?} {stated}");
        }
    }

    #[test]
    fn b91_cursors_are_read_in_both_places() {
        let cursor = |value| info(&value).unwrap().cursor;
        assert_eq!(cursor(json!({"cursor": "a"})).as_deref(), Some("a"));
        let nested = json!({"cursor": "", "cursors": {"before": "x", "after": "b"}});
        assert_eq!(cursor(nested).as_deref(), Some("b"));
        for none in [
            json!({"cursor": ""}),
            json!({"cursors": {"before": "x"}}),
            json!({"cursor": 7}),
        ] {
            assert_eq!(cursor(none), None);
        }
        assert!(has_more(0, &json!({"cursor": "a"})));
        assert!(!has_more(2, &json!({"cursor": "", "count": 2})));
        let with_page = json!({"cursor": "", "page": 1, "total_pages": 2});
        assert!(has_more(2, &with_page));
        // No cursors, and so not the end of a list.
        for none in [json!({"cursor": {"line": 1}}), json!({"cursors": ["a"]})] {
            assert!(has_more(2, &none) && info(&none).unwrap().cursor.is_none());
        }
    }
}
