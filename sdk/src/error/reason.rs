//! The reason of a failure, for logs: it has no text of the service.
//!
//! In: an error. Out: its status, or else its kind; what the disk refused; the service's codes; and why the call was not sent again. It prints like
//! `503 Service Unavailable, retry budget spent: ..`.

use std::fmt;
use std::io;

use crate::error::{ApiError, Error, ErrorKind};

/// An error without the texts of the service.
pub(crate) struct Reason<'a>(&'a Error);

impl Error {
    /// Returns the reason of the failure, without texts of the service.
    pub(crate) fn reason(&self) -> Reason<'_> {
        Reason(self)
    }
}

impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = self.0;
        match (error.status(), error.kind()) {
            (Some(status), _) if !status.is_success() => write!(f, "{status}")?,
            (_, ErrorKind::Timeout { phase }) => write!(f, "Timeout: {phase}")?,
            (_, kind) => write!(f, "{kind:?}")?,
        }
        if let Some(disk) = disk(error) {
            write!(f, ": {disk}")?;
        }
        for code in error.errors().iter().filter_map(ApiError::code) {
            write!(f, " [{}]", code.code())?;
        }
        if error.may_have_been_processed() {
            f.write_str(", may have been processed")?;
        }
        if let Some(wait) = error.retry_after() {
            write!(f, ", retry after {} s", wait.as_secs())?;
        }
        match error.inner.call.gave_up {
            Some(why) => write!(f, ", {why}"),
            None => Ok(()),
        }
    }
}

/// What the disk refused, without the path.
fn disk(error: &Error) -> Option<io::ErrorKind> {
    let source = error.get_ref()?.downcast_ref::<io::Error>()?;
    (error.kind() == ErrorKind::File).then(|| source.kind())
}
