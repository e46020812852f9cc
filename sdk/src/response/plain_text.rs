//! Text, such as `text/plain` and `text/csv`.
//!
//! In: a [`RawResponse`] whose body is text. Out: a [`Response`] with the text, or an error: JSON that reports a failure, JSON and HTML
//! that were not asked for, and what is not UTF-8.

use crate::decode;
use crate::error::Error;
use crate::response::download::misplaced;
use crate::response::envelope::undecodable;
use crate::response::kind::{ResponseKind, Serde, sealed};
use crate::response::raw::RawResponse;
use crate::response::{Frame, Response};

/// Text as a whole.
#[derive(Debug)]
pub enum PlainText {}

impl sealed::Sealed for PlainText {}

impl ResponseKind for PlainText {
    type Output = String;

    fn read(raw: RawResponse) -> Result<Response<String>, Error> {
        let body = raw.bytes();
        if let Some(error) = misplaced(&raw, &body) {
            return Err(raw.fail(error));
        }
        let text = match decode::text(&body) {
            Ok(text) => text.to_owned(),
            Err(fault) => return Err(raw.fail(undecodable(&fault))),
        };
        let frame = Frame {
            body,
            ..Frame::default()
        };
        Ok(Response::new(text, raw.facts, raw.headers, frame))
    }
}

impl ResponseKind for Serde<PlainText> {
    type Output = String;

    fn read(raw: RawResponse) -> Result<Response<String>, Error> {
        PlainText::read(raw)
    }
}
