//! Errors: one type, [`Error`](crate::Error), for everything that can fail.
//!
//! Printed, it is one line with the operation, the status, the service's errors and the ids that Cloudflare's support asks for:
//!
//! ```text
//! magic_cloud.providers.list: 403 Forbidden: [1012] feature not enabled (Cloudflare may have to enable the feature for the account, cf-ray 8f2c0d1e2f3a4b5c-AMS)
//! ```
//!
//! Programs match on [`kind`](crate::Error::kind). If the service reports errors in its JSON, the kind is
//! [`Api`](crate::ErrorKind::Api), and [`errors`](crate::Error::errors) returns them with typed codes. What a program does with each
//! is a function of its own. Status 403 is also that of an account that lacks the feature, so that the code comes before
//! [`is_auth`](crate::Error::is_auth):
//!
//! ```
//! use cloudflare_magic::{Error, ErrorCode, ErrorKind};
//!
//! fn advice(error: &Error) -> String {
//!     let has = |code| error.errors().iter().any(|reason| reason.code() == Some(&code));
//!     match error.kind() {
//!         ErrorKind::Api if error.is_not_found() => "it does not exist".to_owned(),
//!         ErrorKind::Api if error.is_conflict() => "its state does not allow this now".to_owned(),
//!         ErrorKind::Api if has(ErrorCode::FeatureNotEnabled) => "the account lacks the feature".to_owned(),
//!         // Status 401: the token is not valid. Status 403: it lacks a permission.
//!         ErrorKind::Api if error.is_auth() => error.hint().unwrap_or_default(),
//!         // Status 429, or a call that the client did not send because of one.
//!         _ if error.is_rate_limited() => format!("try again in {:?}", error.retry_after()),
//!         ErrorKind::Api => {
//!             let reasons = error.errors().iter();
//!             reasons.map(|reason| format!("{:?}: {}; ", reason.code(), reason.message())).collect()
//!         }
//!         _ => error.to_string(),
//!     }
//! }
//! # #[cfg(feature = "test-util")]
//! # {
//! # use cloudflare_magic::testing::ErrorBuilder;
//! # let error = |status, code| ErrorBuilder::new(ErrorKind::Api).status(status).reports(code, "no").build();
//! # assert_eq!(advice(&error(404, 1003)), "it does not exist");
//! # assert_eq!(advice(&error(409, 1004)), "its state does not allow this now");
//! # assert_eq!(advice(&error(403, 1012)), "the account lacks the feature");
//! # assert!(advice(&error(403, 10000)).contains("lacks a permission"));
//! # assert!(advice(&error(401, 10000)).contains("does not accept the credentials"));
//! # assert!(advice(&error(429, 1015)).starts_with("try again"));
//! # assert!(advice(&error(400, 1001)).contains(": no"));
//! # }
//! ```
//!
//! What is known of the reasons, beside the service's message:
//!
//! | response | what it means | in the line | [`hint`](crate::Error::hint) |
//! |---|---|---|---|
//! | 401 | the credentials are not valid | the permissions that the operation needs | check the token |
//! | 403 | the token lacks a permission, or does not cover the account | the same | the same permissions |
//! | code 1012 | the account lacks the feature: known of Magic Cloud Networking | that Cloudflare may have to enable it | ask the account team |
//! | codes 6003, 6111 | the headers with the credentials are malformed | so | check that the token is complete |
//! | codes 7000, 7003 | the service has no such path | so | check the ids and the base URL |
//! | codes 9109, 10000 | authentication failed; reported for tokens that lack a permission, too | the permissions | the same |
//!
//! No other code has a documented meaning: read the message. [`is_auth`](crate::Error::is_auth) is true for the credentials' part of
//! the table, [`is_not_found`](crate::Error::is_not_found) for a resource that does not exist, and
//! [`is_conflict`](crate::Error::is_conflict) for status 409. The page of a proxy is none of them: its kind is
//! [`Http`](crate::ErrorKind::Http).
//!
//! Every error of a call has the number of attempts ([`attempts`](crate::Error::attempts)), the time they took
//! ([`elapsed`](crate::Error::elapsed)) and whether the service may have processed the request nevertheless
//! ([`may_have_been_processed`](crate::Error::may_have_been_processed)). Read the current state before you repeat such a call.
//!
//! An argument that cannot be sent, such as an id with a slash, makes the call fail when it is awaited, with an error of kind
//! [`InvalidInput`](crate::ErrorKind::InvalidInput). Then nothing was sent.
//!
//! Some errors have what was received before the failure: the last value of a waiter, the items of an incomplete list. See
//! [`last_value`](crate::Error::last_value).
//!
//! With the feature `responses` an error keeps the body of its response, without the client's credentials: `Error::body` reads it as a
//! type.
//!
//! New kinds and codes can be added: match them with a `_` arm.
//!
//! [`get_ref`](crate::Error::get_ref) returns the error behind one, such as the [`io::Error`](std::io::Error) of a file. The line has its
//! text, so that [`source`](std::error::Error::source) does not repeat it.
