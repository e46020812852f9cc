//! Classes of failures that programs ask for, and what to do about a refusal.
//!
//! In: an error. Out: yes or no, or a text. A class is that of what the service itself says: the page of a proxy has none.

use http::StatusCode;

use super::cause::{Cause, NO_ROUTE, has_code};
use super::{Error, ErrorKind};

impl Error {
    /// Returns whether the service says that the resource does not exist: status 404 with `success: false` in its JSON.
    ///
    /// False for the 404 of a proxy or gateway, whose kind is mostly [`Http`](ErrorKind::Http), and for a path that the service does not
    /// have (codes 7000 and 7003), which shows a wrong id of the account or a wrong base URL.
    pub fn is_not_found(&self) -> bool {
        let is_route = self.errors().iter().any(|error| has_code(error, &NO_ROUTE));
        self.is_by_service(StatusCode::NOT_FOUND) && self.inner.is_envelope && !is_route
    }

    /// Returns whether the service refused the credentials: they are malformed, not valid, or lack a permission.
    ///
    /// That is status 401 or 403, or one of the codes 6003, 6111, 9109 and 10000, in the service's JSON. False for an account that lacks
    /// the feature (code 1012), and for the page of a proxy. [`hint`](Self::hint) says what the operation needs.
    pub fn is_auth(&self) -> bool {
        Cause::of(self).is_some_and(Cause::is_auth)
    }

    /// Returns whether the service says that the request conflicts with the state of the resource: status 409 in its JSON.
    pub fn is_conflict(&self) -> bool {
        self.is_by_service(StatusCode::CONFLICT)
    }

    /// Returns what to do about a call that the service refused, as far as it is known: a sentence for people, without a full stop.
    ///
    /// For a status of 401 or 403 it names the permissions that the operation needs, any one of which is enough. `None` if there is
    /// nothing to add to the message; most codes of the service are not documented.
    ///
    /// ```no_run
    /// # async fn run(account: cloudflare_magic::api::Account) {
    /// if let Err(error) = account.pcaps().list().await {
    ///     eprintln!("{error}");
    ///     if let Some(hint) = error.hint() {
    ///         eprintln!("hint: {hint}");
    ///     }
    /// }
    /// # }
    /// ```
    pub fn hint(&self) -> Option<String> {
        let cause = Cause::of(self)?;
        Some(cause.hint(self.inner.call.permissions))
    }

    fn is_by_service(&self, status: StatusCode) -> bool {
        self.kind() == ErrorKind::Api && self.status() == Some(status)
    }
}

#[cfg(test)]
mod tests {
    use crate::decode;
    use crate::error::{ApiError, CallFacts, Error};
    use http::StatusCode;
    use serde_json::json;

    fn refused(status: u16, code: i64) -> Error {
        let body = json!({"errors": [{"code": code, "message": "no"}]});
        let errors = decode::of_value(&body, ApiError::all_from);
        let error = Error::api(errors).in_envelope(true);
        error.with_call(CallFacts {
            operation: Some("a.list"),
            permissions: &["A Write", "A Read"],
            status: StatusCode::from_u16(status).ok(),
            ..CallFacts::default()
        })
    }

    #[test]
    fn b94_b96_classes_are_told_apart() {
        // Status, code, is_auth, is_not_found, is_conflict, part of the hint.
        let table: [(u16, i64, [bool; 3], Option<&str>); 11] = [
            (400, 6003, [true, false, false], Some("token is complete")),
            (400, 6111, [true, false, false], Some("token is complete")),
            (401, 1, [true, false, false], Some("`A Write` or `A Read`")),
            (403, 1, [true, false, false], Some("`A Write` or `A Read`")),
            (
                403,
                9109,
                [true, false, false],
                Some("`A Write` or `A Read`"),
            ),
            (
                400,
                10000,
                [true, false, false],
                Some("`A Write` or `A Read`"),
            ),
            (403, 1012, [false, false, false], Some("account team")),
            (404, 7003, [false, false, false], Some("no endpoint")),
            (404, 1001, [false, true, false], None),
            (409, 1001, [false, false, true], None),
            (400, 1001, [false, false, false], None),
        ];
        for (status, code, expected, hint) in table {
            let error = refused(status, code);
            let classes = [error.is_auth(), error.is_not_found(), error.is_conflict()];
            assert_eq!(classes, expected, "{error}");
            match (error.hint(), hint) {
                (Some(found), Some(part)) => assert!(found.contains(part), "{error}: {found}"),
                (found, part) => assert_eq!(found.as_deref(), part, "{error}"),
            }
        }
    }

    #[test]
    fn b96_the_line_names_the_permission() {
        assert_eq!(
            refused(403, 10000).to_string(),
            "a.list: 403 Forbidden: [10000] no (the token needs the permission `A Write` or `A Read`)"
        );
        let line = refused(403, 1012).to_string();
        assert!(!line.contains("A Write"), "{line}");
    }
}
