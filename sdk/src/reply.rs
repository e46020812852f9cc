//! A successful answer before it is read as a type: what the pipeline hands to [`crate::answer`].

use bytes::Bytes;
use http::HeaderMap;

use crate::decode;
use crate::envelope;
use crate::error::{CallFacts, Error};
use crate::exchange::AnswerBody;
use crate::limits::Limits;

/// A successful answer, with everything an error about it would have to say.
pub struct Reply {
    /// The operation's name.
    pub(crate) operation: &'static str,
    /// The media type that the operation promises.
    pub(crate) accepts: &'static str,
    pub(crate) facts: CallFacts,
    pub(crate) headers: HeaderMap,
    pub(crate) body: AnswerBody,
    /// The limits on the body.
    pub(crate) limits: Limits,
}

impl Reply {
    /// An error about this answer.
    pub(crate) fn fail(&self, error: Error) -> Error {
        error.with_call(self.facts.clone())
    }

    /// The whole body, where it is no deeper than allowed: to be read as JSON.
    pub(crate) fn json(&self) -> Result<Bytes, Error> {
        let body = self.bytes();
        decode::check_depth(&body, self.limits.depth)
            .map_err(|fault| self.fail(envelope::undecodable(&fault)))?;
        Ok(body)
    }

    /// The whole body. Empty where it was handed on as a stream.
    pub(crate) fn bytes(&self) -> Bytes {
        match &self.body {
            AnswerBody::Whole(body) => body.clone(),
            AnswerBody::Stream(_) | AnswerBody::Begun(..) => Bytes::new(),
        }
    }
}
