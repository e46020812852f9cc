//! The reaction of the mock to a request.
//!
//! In: the reaction that an expectation sets. Out: a response, a transport error, or none of them. Delays are on the mock's clock.

use std::future::pending;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode};

use super::clock::ManualClock;
use crate::policy::clock::Clock;
use crate::transport::{Fault, Sent, TransportBody, TransportError};

/// How the mock ends a request, and after what time.
#[derive(Clone, Debug)]
pub(super) struct Reaction {
    pub(super) after: Duration,
    pub(super) end: End,
}

#[derive(Clone, Debug)]
pub(super) enum End {
    Response(StatusCode, HeaderMap, Bytes),
    Failure(Fault, Sent),
    Silence,
}

impl Reaction {
    /// Waits, then responds or fails. `number` is that of the request.
    pub(super) async fn respond(
        self,
        clock: &ManualClock,
        number: usize,
    ) -> Result<Response<TransportBody>, TransportError> {
        if !self.after.is_zero() {
            clock.sleep(self.after).await;
        }
        match self.end {
            End::Response(status, headers, body) => {
                let mut response = Response::new(TransportBody::from(body));
                *response.status_mut() = status;
                *response.headers_mut() = headers;
                // Each response of the service has a ray id; one that the test sets is kept.
                if let Ok(ray_id) = HeaderValue::try_from(format!("{number:016x}-TST")) {
                    response.headers_mut().entry("cf-ray").or_insert(ray_id);
                }
                Ok(response)
            }
            End::Failure(fault, sent) => Err(TransportError::new(
                fault,
                sent,
                "the test set this failure",
            )),
            End::Silence => pending().await,
        }
    }
}
