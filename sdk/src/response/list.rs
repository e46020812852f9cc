//! The list that a call asks for: where a response has it, and what may be missing.
//!
//! In: what the call says about it, and the JSON of a response. Out: the value that is the list. Mostly `result` is the list. Some
//! endpoints have it inside an object, as one of its properties.

#[cfg(feature = "cursors")]
use crate::decode::Tree;
use crate::decode::{Fault, Json};
#[cfg(feature = "cursors")]
use crate::response::cursor::CursorPaging;

/// The key of the envelope that has the result.
pub(crate) const RESULT: &str = "result";

/// A property of `result` that is the list.
#[cfg(feature = "cursors")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListKey {
    pub(crate) name: &'static str,
    /// Whether it must be there. A list that need not is empty where it is absent.
    pub(crate) required: bool,
}

/// What the call says about the list that it asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ListRequest {
    /// The number of the requested page. `None`: the call names none.
    pub(crate) page: Option<u64>,
    /// Whether the response may have only a part of the list.
    pub(crate) allows_incomplete: bool,
    /// Whether the totals count something else.
    pub(crate) foreign_totals: bool,
    /// The property of `result` that is the list. `None`: `result` itself.
    #[cfg(feature = "cursors")]
    pub(crate) key: Option<ListKey>,
    /// How it is paged by cursors, where that is known before the response.
    #[cfg(feature = "cursors")]
    pub(crate) cursors: Option<CursorPaging>,
}

impl ListRequest {
    /// The result in a body, or the list inside it. `None`: the body has no result.
    pub(crate) fn result(self, body: Json<'_>) -> Result<Option<Json<'_>>, Fault> {
        let result = body.get(RESULT);
        #[cfg(feature = "cursors")]
        if let (Some(key), Some(object)) = (self.key, result)
            && !object.is_null()
        {
            return key.list_in(object).map(Some);
        }
        Ok(result)
    }

    /// A fault in that value, seen from the body.
    pub(crate) fn located(self, fault: Fault) -> Fault {
        #[cfg(feature = "cursors")]
        if let Some(key) = self.key {
            return fault.at_key(key.name).at_key(RESULT);
        }
        fault.at_key(RESULT)
    }

    /// The object that has the list in it.
    #[cfg(feature = "cursors")]
    pub(crate) fn around(self, body: Json<'_>) -> Option<Json<'_>> {
        self.key.and_then(|_| body.get(RESULT))
    }
}

#[cfg(feature = "cursors")]
impl ListKey {
    fn list_in(self, object: Json<'_>) -> Result<Json<'_>, Fault> {
        let mut fields = object.object().map_err(|fault| fault.at_key(RESULT))?;
        match fields.find(self.name) {
            Some(list) => Ok(list),
            None if self.required => Err(Fault::missing(self.name).at_key(RESULT)),
            None => Ok(Tree::null().root()),
        }
    }
}
