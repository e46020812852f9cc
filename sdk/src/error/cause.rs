//! Why the service refused a call, as far as it is known, and what to do about it.
//!
//! In: the status of a response, the codes of the service's errors, and the permissions that the operation needs. Out: a [`Cause`]: a
//! note in the error's line, and a hint of one sentence or two. What is not documented is not guessed: most codes have no cause.

use std::fmt::Write;

use http::StatusCode;

use super::{ApiError, Error, ErrorKind};

/// "Invalid request headers", and what it is mostly caused by: a malformed `Authorization` header.
const MALFORMED: [i64; 2] = [6003, 6111];
/// The account lacks the feature. Known of Magic Cloud Networking.
const NO_FEATURE: i64 = 1012;
/// No route for the URI.
pub(super) const NO_ROUTE: [i64; 2] = [7000, 7003];
/// Authentication failed. Reported to be sent for a token that only lacks a permission, too.
const NOT_AUTHENTICATED: [i64; 2] = [9109, 10_000];

/// Why the service refused a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// The headers with the credentials are malformed.
    MalformedCredentials,
    /// The account lacks the feature.
    NoFeature,
    /// No endpoint has this path.
    NoRoute,
    /// Status 401: the credentials are not valid.
    NotAuthenticated,
    /// Status 403, or a code of failed authentication: a permission is missing, or the credentials are not valid.
    NotPermitted,
    /// Status 401 or 403, not in the service's JSON.
    Gateway,
}

impl Cause {
    /// The cause of an error. `None` if it is not one of the known ones.
    pub(super) fn of(error: &Error) -> Option<Self> {
        let status = error.status();
        let is_refusal = matches!(
            status,
            Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
        );
        match error.kind() {
            ErrorKind::Api => {}
            ErrorKind::Http if is_refusal => return Some(Self::Gateway),
            _ => return None,
        }
        let has = |codes: &[i64]| error.errors().iter().any(|error| has_code(error, codes));
        if has(&MALFORMED) {
            Some(Self::MalformedCredentials)
        } else if has(&[NO_FEATURE]) {
            Some(Self::NoFeature)
        } else if has(&NO_ROUTE) {
            Some(Self::NoRoute)
        } else if status == Some(StatusCode::UNAUTHORIZED) {
            Some(Self::NotAuthenticated)
        } else if is_refusal || has(&NOT_AUTHENTICATED) {
            Some(Self::NotPermitted)
        } else {
            None
        }
    }

    /// Whether the credentials are the reason.
    pub(super) fn is_auth(self) -> bool {
        match self {
            Self::MalformedCredentials | Self::NotAuthenticated | Self::NotPermitted => true,
            Self::NoFeature | Self::NoRoute | Self::Gateway => false,
        }
    }

    /// What is added to the error's line. `permissions`: those of the operation.
    pub(super) fn note(self, permissions: &[&str]) -> Option<String> {
        match self {
            Self::MalformedCredentials => Some("the credentials are malformed".to_owned()),
            Self::NoFeature => {
                Some("Cloudflare may have to enable the feature for the account".to_owned())
            }
            Self::NoRoute => Some("no such path: check the ids".to_owned()),
            Self::NotAuthenticated | Self::NotPermitted => {
                let permissions = listed(permissions)?;
                Some(format!("the token needs the permission {permissions}"))
            }
            Self::Gateway => None,
        }
    }

    /// What to do about it.
    pub(super) fn hint(self, permissions: &[&str]) -> String {
        let mut hint = match self {
            Self::MalformedCredentials => {
                "the service cannot read the headers with the credentials: check that the token is complete, and that it is an API token and \
                 not a global API key"
            }
            Self::NoFeature => {
                "code 1012 is known of Magic Cloud Networking: no permission helps; ask Cloudflare's account team to enable it for this account"
            }
            Self::NoRoute => {
                "the service has no endpoint at this path: check the account's id, the other ids and the base URL"
            }
            Self::NotAuthenticated => {
                "the service does not accept the credentials: check that the token is complete, not expired and not revoked"
            }
            Self::NotPermitted => {
                "the token lacks a permission or does not cover the account; codes 9109 and 10000 are also sent for credentials that are not \
                 valid"
            }
            Self::Gateway => {
                "the response is not the service's JSON: a proxy, a firewall or a gateway may have refused the request"
            }
        }
        .to_owned();
        let needs_permission = matches!(
            self,
            Self::NotAuthenticated | Self::NotPermitted | Self::Gateway
        );
        if needs_permission {
            // Writing to a `String` cannot fail.
            let _ = match listed(permissions) {
                Some(permissions) => {
                    write!(hint, "; the operation needs the permission {permissions}")
                }
                None => write!(
                    hint,
                    "; the permission that the operation needs is not known"
                ),
            };
        }
        hint
    }
}

/// Whether an error, or one that caused it, has one of the codes.
pub(super) fn has_code(error: &ApiError, codes: &[i64]) -> bool {
    let code = error.code().map(crate::service::ErrorCode::code);
    code.is_some_and(|code| codes.contains(&code))
        || error.chain().iter().any(|error| has_code(error, codes))
}

/// The permissions as a text. `None` if there are none.
fn listed(permissions: &[&str]) -> Option<String> {
    let quoted: Vec<_> = permissions.iter().map(|name| format!("`{name}`")).collect();
    (!quoted.is_empty()).then(|| quoted.join(" or "))
}
