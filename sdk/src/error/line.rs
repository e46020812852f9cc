//! The texts of an error.
//!
//! In: an error. Out: one line for people, and all that is known for `{:#?}`.

use std::fmt;

use super::cause::Cause;
use super::{ApiError, Error, ErrorKind, Inner};
use crate::base::redact;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let call = &self.inner.call;
        if let Some(operation) = call.operation {
            write!(f, "{operation}: ")?;
        }
        if let Some(status) = call.status.filter(|_| self.is_about_response()) {
            // A status that only gateways use, such as 520, has no name.
            f.write_str(status.as_str())?;
            status
                .canonical_reason()
                .map_or(Ok(()), |reason| write!(f, " {reason}"))?;
            f.write_str(": ")?;
        }
        f.write_str(&self.inner.message)?;
        let notes = self.notes();
        if notes.is_empty() {
            Ok(())
        } else {
            write!(f, " ({})", notes.join(", "))
        }
    }
}

impl Error {
    /// Whether the error is about the response, so that its status helps to understand it.
    fn is_about_response(&self) -> bool {
        !matches!(
            self.inner.kind,
            ErrorKind::File
                | ErrorKind::Challenge
                | ErrorKind::Config
                | ErrorKind::InvalidInput
                | ErrorKind::WaitFailed
                | ErrorKind::WaitTimeout
        )
    }

    /// The facts in parentheses at the end of the line.
    fn notes(&self) -> Vec<String> {
        let call = &self.inner.call;
        let mut notes = Vec::new();
        let cause = Cause::of(self);
        notes.extend(cause.and_then(|cause| cause.note(call.permissions)));
        if call.may_have_been_processed {
            notes.push("may have been processed".to_owned());
        }
        if let Some(wait) = self.inner.retry_after {
            notes.push(format!("retry after {} s", wait.as_secs()));
        }
        if call.attempts > 1 {
            notes.push(format!("{} attempts", call.attempts));
        }
        notes.extend(call.gave_up.map(str::to_owned));
        if let Some(ray_id) = &call.ray_id {
            notes.push(format!("cf-ray {ray_id}"));
        }
        if let Some(trace_id) = self.inner.errors.iter().find_map(ApiError::trace_id) {
            notes.push(format!("trace id {trace_id}"));
        }
        notes
    }
}

/// `{:?}` prints the line of `Display`, because a `main` that returns the error prints it so; `{:#?}` prints all that is known.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return fmt::Display::fmt(self, f);
        }
        let Inner {
            kind,
            message,
            errors,
            is_envelope: _,
            call,
            retry_after,
            inner,
            last_value: _,
            #[cfg(feature = "responses")]
                body: _,
        } = &*self.inner;
        let mut out = f.debug_struct("Error");
        out.field("kind", kind)
            .field("message", message)
            .field("errors", errors)
            .field("call", call);
        if let Some(wait) = retry_after {
            out.field("retry_after", wait);
        }
        if let Some(inner) = inner {
            let inner = redact::secrets(&format!("{inner:?}"));
            out.field("inner", &format_args!("{inner}"));
        }
        out.finish()
    }
}
