//! The list of a response: where it is, and what is said about it.
//!
//! In: what a call says about the list that it asks for, and the JSON of a response. Out: the value that is the list, and its
//! [`ResultInfo`]. Mostly `result` is the list. Some endpoints have it inside an object, as one of its properties.

#[cfg(feature = "cursors")]
use crate::decode;
use crate::decode::{Fault, Json};
#[cfg(feature = "cursors")]
use crate::response::cursor::CursorPaging;
use crate::response::page::ResultInfo;

/// The key of the envelope that has the result.
const RESULT: &str = "result";

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

    /// What a response says about its list: beside the result, and around a list inside it.
    pub(crate) fn result_info(self, body: Json<'_>) -> Result<Option<ResultInfo>, Fault> {
        let info = body.get("result_info").and_then(ResultInfo::read);
        #[cfg(feature = "cursors")]
        let info = match (info, self.around(body)) {
            (Some(beside), Some(around)) => Some(beside.or(around)),
            (beside, around) => beside.or(around),
        };
        #[cfg(feature = "cursors")]
        if let Some(cursors) = self.cursors {
            return cursors.complete(info, body).map(Some);
        }
        Ok(info)
    }

    /// What the object says that has the list in it.
    #[cfg(feature = "cursors")]
    fn around(self, body: Json<'_>) -> Option<ResultInfo> {
        self.key.and_then(|_| ResultInfo::read(body.get(RESULT)?))
    }
}

#[cfg(feature = "cursors")]
impl ListKey {
    fn list_in(self, object: Json<'_>) -> Result<Json<'_>, Fault> {
        let mut fields = object.object().map_err(|fault| fault.at_key(RESULT))?;
        match fields.find(self.name) {
            Some(list) => Ok(list),
            None if self.required => Err(Fault::missing(self.name).at_key(RESULT)),
            None => Ok(decode::null()),
        }
    }
}
