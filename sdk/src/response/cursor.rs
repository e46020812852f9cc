//! Where the response of a list has the cursor of the next page, and which parameter takes it.
//!
//! In: the JSON of a response. Out: the cursor, or `None` on the last page. What is no cursor is a fault, so that the list does not end
//! early without an error.

use std::borrow::Cow;

use crate::decode::{Fault, Json};

/// How a list is paged by cursors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CursorPaging {
    /// The query parameter that takes the cursor.
    pub(crate) parameter: &'static str,
    /// The keys that lead to the cursor of the next page in the body of a response.
    pub(crate) place: &'static [&'static str],
}

impl CursorPaging {
    /// The cursor of the next page.
    pub(crate) fn next(self, body: Json<'_>) -> Result<Option<String>, Fault> {
        match body.at(self.place) {
            Some(value) => self.read(value),
            None => Ok(None),
        }
    }

    /// A text or a whole number. `null` and the empty text mean that there is no further page.
    fn read(self, value: Json<'_>) -> Result<Option<String>, Fault> {
        if value.is_null() {
            return Ok(None);
        }
        let cursor = match value.as_number() {
            Some(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => number.into(),
            _ => value.text().map_err(|fault| self.located(fault))?,
        };
        Ok(Some(cursor)
            .filter(|it| !it.is_empty())
            .map(Cow::into_owned))
    }

    /// The fault with the path of the cursor.
    fn located(self, fault: Fault) -> Fault {
        let keys = self.place.iter().rev();
        keys.fold(fault, |fault, key| fault.at_key(key))
    }
}

#[cfg(test)]
mod tests {
    use super::CursorPaging;
    use crate::decode;
    use crate::response::list::ListRequest;
    use crate::response::page::ResultInfo;
    use serde_json::{Value, json};

    const PAGING: CursorPaging = CursorPaging {
        parameter: "page_token",
        place: &["pagination", "next"],
    };

    fn read(body: &Value) -> Result<ResultInfo, String> {
        let list = ListRequest {
            cursors: Some(PAGING),
            ..ListRequest::default()
        };
        let read = decode::of_value(body, |body| ResultInfo::of(body, list));
        read.map(Option::unwrap).map_err(|fault| fault.to_string())
    }

    #[test]
    fn b144_the_cursor_is_read_from_its_place() {
        for (next, cursor) in [
            (json!("a"), Some("a")),
            (json!(9_007_199_254_740_993_u64), Some("9007199254740993")),
            (json!(""), None),
            (json!(null), None),
        ] {
            // A cursor elsewhere, and the number of a page, are not those of this list.
            let other = json!({"cursor": "other", "page": 1, "total_pages": 9});
            let info = read(&json!({"result_info": other, "pagination": {"next": next}})).unwrap();
            assert_eq!(info.cursor.as_deref(), cursor);
            assert_eq!(info.next_cursor(), cursor);
            assert_eq!(info.page, Some(1));
        }
        for body in [
            json!({}),
            json!({"pagination": {}}),
            json!({"pagination": null}),
        ] {
            let info = read(&body).unwrap();
            assert!(info.next_cursor().is_none() && info.by_cursor);
        }
    }

    #[test]
    fn b144_what_is_no_cursor_is_a_fault() {
        for (next, message) in [
            (json!({"a": 1}), "expected a string, found an object"),
            (json!(true), "expected a string, found a boolean"),
            (json!(-1), "expected a string, found a number"),
            (json!(1.5), "expected a string, found a number"),
        ] {
            let fault = read(&json!({"pagination": {"next": next}})).unwrap_err();
            assert_eq!(fault, format!("pagination.next: {message}"));
        }
    }
}
