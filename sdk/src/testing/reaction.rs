//! What becomes of a request.
//!
//! In: what an expectation says. Out: the answer of a transport, or none. Time passes on the clock of the mock.

use std::future::pending;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode};

use super::clock::ManualClock;
use crate::policy::clock::Clock;
use crate::transport::{Fault, Sent, TransportBody, TransportError};

/// What becomes of a request, and after what time.
#[derive(Clone, Debug)]
pub(super) struct Reaction {
    pub(super) after: Duration,
    pub(super) end: End,
}

#[derive(Clone, Debug)]
pub(super) enum End {
    Answer(StatusCode, HeaderMap, Bytes),
    Failure(Fault, Sent),
    Silence,
}

impl Reaction {
    /// Makes it come about. `number` is that of the request.
    pub(super) async fn come_about(
        self,
        clock: &ManualClock,
        number: usize,
    ) -> Result<Response<TransportBody>, TransportError> {
        if !self.after.is_zero() {
            clock.sleep(self.after).await;
        }
        match self.end {
            End::Answer(status, headers, body) => {
                let mut answer = Response::new(TransportBody::from(body));
                *answer.status_mut() = status;
                *answer.headers_mut() = headers;
                // Each answer of the service has an id; one that the test gives stays.
                if let Ok(ray_id) = HeaderValue::try_from(format!("{number:016x}-TST")) {
                    answer.headers_mut().entry("cf-ray").or_insert(ray_id);
                }
                Ok(answer)
            }
            End::Failure(fault, sent) => Err(TransportError::new(
                fault,
                sent,
                "the mock was told to break",
            )),
            End::Silence => pending().await,
        }
    }
}
