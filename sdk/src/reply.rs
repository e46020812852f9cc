//! A successful answer before it is read as a type: what the pipeline hands to [`crate::answer`].

use bytes::Bytes;
use http::HeaderMap;

use crate::error::{CallFacts, Error};
use crate::exchange::AnswerBody;
use crate::operation::Operation;

/// A successful answer, with everything an error about it would have to say.
pub struct Reply {
    pub(crate) operation: Operation,
    pub(crate) facts: CallFacts,
    pub(crate) headers: HeaderMap,
    pub(crate) body: AnswerBody,
    /// The limit on bodies that are read as a whole.
    pub(crate) limit: usize,
}

impl Reply {
    /// An error about this answer.
    pub(crate) fn fail(&self, error: Error) -> Error {
        error.with_call(self.facts.clone())
    }

    /// The whole body. Empty where it was handed on as a stream.
    pub(crate) fn bytes(&self) -> Bytes {
        match &self.body {
            AnswerBody::Whole(body) => body.clone(),
            AnswerBody::Stream(_) | AnswerBody::Begun(..) => Bytes::new(),
        }
    }
}
