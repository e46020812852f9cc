//! A request under construction, and its conversion to an `http::Request`.
//!
//! In: the values that the setters of a call set. Out: an `http::Request` without credentials, or an error of kind
//! [`InvalidInput`](crate::ErrorKind::InvalidInput) that names the parameter. Setters never fail: the first error is recorded and
//! returned when the call is sent, before anything is sent over the network.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::header::RANGE;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use crate::client::Client;
#[cfg(feature = "credentials")]
use crate::client::schemes::SecurityScheme;
use crate::error::{CallFacts, Error, ErrorKind};
use crate::policy::rate::Caller;
use crate::request::operation::Operation;
use crate::request::scope::Scope;
use crate::response::list::ListRequest;

mod body;
mod headers;
pub(crate) mod operation;
mod options;
mod path;
mod query;
pub(crate) mod scope;
#[cfg(feature = "credentials")]
mod security;
#[cfg(feature = "styles")]
pub(crate) mod style;
#[cfg(feature = "styles")]
mod styled;
#[cfg(feature = "bodies")]
mod upload;

pub(crate) use self::options::Options;

/// The path parameter with the account's id.
const ACCOUNT: &str = "account_id";

/// The query parameter that selects the page. The generator makes an operation paged by number only if it has this parameter.
pub(crate) const PAGE: &str = "page";

/// The query parameter that takes the cursor of the page before, unless the operation has another one.
pub(crate) const CURSOR: &str = "cursor";

/// The part of a call that does not depend on its endpoint's type.
#[derive(Clone)]
pub(crate) struct Request {
    /// The scope of the handle whose method made it.
    scope: Scope,
    pub(crate) operation: Operation,
    /// The path parameters that the call itself adds.
    path: Vec<(&'static str, String)>,
    /// Instead of the operation's template: the path of an endpoint that this SDK lacks.
    custom_path: Option<String>,
    /// Names, and values that are already percent-encoded.
    query: Vec<(Cow<'static, str>, String)>,
    headers: HeaderMap,
    #[cfg(feature = "styles")]
    styled: styled::StyledValues,
    body: Option<Bytes>,
    #[cfg(feature = "bodies")]
    upload: upload::Upload,
    /// The credentials that a custom request names. `None`: those of the operation.
    #[cfg(feature = "credentials")]
    schemes: Option<Vec<SecurityScheme>>,
    pub(crate) options: Options,
    fault: Option<String>,
}

impl Request {
    pub(crate) fn new(scope: Scope, operation: Operation) -> Self {
        Self {
            scope,
            operation,
            path: Vec::new(),
            custom_path: None,
            query: Vec::new(),
            headers: HeaderMap::new(),
            #[cfg(feature = "styles")]
            styled: styled::StyledValues::default(),
            body: None,
            #[cfg(feature = "bodies")]
            upload: upload::Upload::default(),
            #[cfg(feature = "credentials")]
            schemes: None,
            options: Options::default(),
            fault: None,
        }
    }

    pub(crate) fn client(&self) -> &Client {
        self.scope.client()
    }

    /// The path parameters, each with its name.
    fn path(&self) -> impl DoubleEndedIterator<Item = (&'static str, &str)> {
        let parameters = self.scope.parameters().iter().chain(&self.path);
        parameters.map(|(name, value)| (*name, value.as_str()))
    }

    fn path_value(&self, name: &str) -> Option<&str> {
        let (_, value) = self.path().rfind(|(known, _)| *known == name)?;
        Some(value)
    }

    /// Operation and account, for the rate gate.
    pub(crate) fn caller(&self) -> Caller<'_> {
        match &self.custom_path {
            Some(path) => Caller::custom(self.operation.name, path),
            None => Caller::new(self.operation.name, self.path_value(ACCOUNT)),
        }
    }

    pub(crate) fn set_path(&mut self, name: &'static str, value: String) {
        self.path.push((name, value));
    }

    pub(crate) fn set_custom_path(&mut self, path: String) {
        self.custom_path = Some(path);
    }

    /// Sets a query parameter, replacing earlier values.
    pub(crate) fn set_query(&mut self, name: &'static str, value: &str) {
        self.query.retain(|(known, _)| *known != name);
        self.query.push((name.into(), query::encode(value)));
    }

    /// Adds one value of an array that repeats its key.
    pub(crate) fn add_query(&mut self, name: impl Into<Cow<'static, str>>, value: &str) {
        self.query.push((name.into(), query::encode(value)));
    }

    /// The value of a query parameter, percent-encoded.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let (_, value) = self.query.iter().find(|(known, _)| *known == name)?;
        Some(value)
    }

    /// What the call says about the list that it asks for.
    pub(crate) fn list(&self) -> ListRequest {
        ListRequest {
            page: self.query(PAGE).and_then(|page| page.parse().ok()),
            allows_incomplete: self.options.allow_incomplete,
            foreign_totals: self.operation.foreign_totals,
            #[cfg(feature = "cursors")]
            key: self.operation.list_key,
            #[cfg(feature = "cursors")]
            cursors: self.operation.cursors,
        }
    }

    /// The query parameter that takes the cursor of the page before.
    pub(crate) fn cursor_parameter(&self) -> &'static str {
        #[cfg(feature = "cursors")]
        if let Some(cursors) = self.operation.cursors {
            return cursors.parameter;
        }
        CURSOR
    }

    /// Whether it is to an endpoint that this SDK lacks.
    pub(crate) fn is_custom(&self) -> bool {
        self.custom_path.is_some()
    }

    /// Removes all values of a query parameter.
    pub(crate) fn clear_query(&mut self, name: &str) {
        self.query.retain(|(known, _)| *known != name);
    }

    /// Sets an array that is sent as one parameter. An empty array is not sent.
    pub(crate) fn set_query_joined(
        &mut self,
        name: &'static str,
        separator: &str,
        values: &[String],
    ) {
        self.clear_query(name);
        if !values.is_empty() {
            let values: Vec<_> = values.iter().map(|value| query::encode(value)).collect();
            // A comma is sent as it is; other separators are not allowed in a URI unencoded.
            let separator = if separator == "," {
                separator.to_owned()
            } else {
                query::encode(separator)
            };
            self.query.push((name.into(), values.join(&separator)));
        }
    }

    /// Sets a header that the OpenAPI document defines.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        let name = HeaderName::try_from(name).map_err(|_| format!("`{name}` is not a header name"));
        let named = name.and_then(|name| match HeaderValue::from_str(value) {
            Ok(value) => Ok((name, value)),
            Err(_) => Err(format!(
                "the value of header `{name}` has a line break or another control character"
            )),
        });
        match named {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(fault) => self.refuse(fault),
        }
    }

    /// Whether the application asks for a part of the body.
    pub(crate) fn asks_for_part(&self) -> bool {
        self.headers.contains_key(RANGE)
    }

    /// Sets a header for the application. Headers that only the client may set are refused.
    pub(crate) fn set_user_header(&mut self, name: &str, value: &str) {
        let lower = name.to_ascii_lowercase();
        if headers::is_reserved(&lower) {
            self.refuse(format!(
                "header `{lower}` is set by the client and cannot be replaced"
            ));
        } else {
            self.set_header(name, value);
        }
    }

    /// Records an error, unless there is an earlier one.
    pub(crate) fn refuse(&mut self, fault: String) {
        self.fault.get_or_insert(fault);
    }

    /// Checks the request and builds it, without credentials.
    pub(crate) fn prepare(&self) -> Result<http::Request<Bytes>, Error> {
        self.build().map_err(|fault| {
            let operation = Some(self.operation.name);
            Error::new(ErrorKind::InvalidInput, fault).with_call(CallFacts {
                operation,
                ..CallFacts::default()
            })
        })
    }

    fn build(&self) -> Result<http::Request<Bytes>, String> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let mut request = http::Request::new(self.body.clone().unwrap_or_default());
        *request.method_mut() = self.operation.method();
        *request.uri_mut() = self.uri()?;
        *request.headers_mut() = self.full_headers();
        Ok(request)
    }

    fn uri(&self) -> Result<Uri, String> {
        let base = self.client().shared().base_url.as_str();
        let mut uri = String::with_capacity(base.len() + self.capacity());
        uri.push_str(base);
        match &self.custom_path {
            None => path::fill(&mut uri, &self.operation, |name| self.path_value(name))?,
            Some(path) => {
                path::check_custom(path)?;
                uri.push_str(path);
            }
        }
        query::append(&mut uri, &self.query);
        Uri::try_from(uri).map_err(|_| "the request's address is too long".to_owned())
    }

    /// An upper bound of the length of path and query, so that the string never reallocates.
    fn capacity(&self) -> usize {
        let values = self.path().map(|(_, value)| value.len());
        let query = self
            .query
            .iter()
            .map(|(name, value)| name.len() + value.len() + 2);
        let custom = self.custom_path.as_ref().map_or(0, String::len);
        self.operation.path.len() + custom + values.sum::<usize>() + query.sum::<usize>()
    }
}

impl fmt::Debug for Request {
    /// Prints neither the body nor the headers' values: both can hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.name)
            .field("path", &self.path().collect::<Vec<_>>())
            .field("custom_path", &self.custom_path)
            .field("query", &self.query)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body_length", &self.body.as_ref().map(Bytes::len))
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Request;
    use crate::client::tests::client;
    use crate::request::operation::Operation;
    use crate::request::scope::Scope;
    use http::header::{CONTENT_LENGTH, CONTENT_TYPE};

    fn request(operation: Operation) -> Request {
        let scope = Scope::new(&client()).path::<String>("account_id", "a1");
        Request::new(scope, operation)
    }

    #[test]
    fn b13_reserved_headers_are_refused() {
        for name in [
            "Authorization",
            "HOST",
            "Content-Length",
            "x-auth-key",
            "X-Auth-Email",
            "transfer-encoding",
            "cookie",
        ] {
            let mut request = request(Operation::get("pcaps.list", "/accounts/{account_id}/pcaps"));
            request.set_user_header(name, "sentinel");
            let error = request.prepare().unwrap_err().to_string();
            assert!(
                error.contains(&name.to_ascii_lowercase()) && !error.contains("sentinel"),
                "{error}"
            );
        }
    }

    #[test]
    fn headers_with_line_breaks_or_malformed_names_are_refused() {
        for (name, value) in [("x-a", "b\r\nhost: c"), ("x a", "b"), ("", "b")] {
            let mut request = request(Operation::get("pcaps.list", "/x"));
            request.set_user_header(name, value);
            assert!(request.prepare().is_err(), "{name:?}");
        }
    }

    #[test]
    fn b52_headers_state_the_body_or_its_absence() {
        let mut with_body = request(Operation::patch("a.patch", "/a"));
        with_body.set_json(&serde_json::json!({"a": 1}));
        let with_body = with_body.prepare().unwrap();
        assert_eq!(with_body.body().as_ref(), br#"{"a":1}"#);
        assert_eq!(with_body.headers()[CONTENT_TYPE], "application/json");

        let without = request(Operation::put("a.put", "/a")).prepare().unwrap();
        assert_eq!(without.headers()[CONTENT_LENGTH], "0");
        assert!(!without.headers().contains_key(CONTENT_TYPE));
        let get = request(Operation::get("a.get", "/a")).prepare().unwrap();
        assert!(!get.headers().contains_key(CONTENT_LENGTH));
    }

    #[test]
    fn b51_arrays_repeat_their_key_and_empty_ones_are_not_sent() {
        let mut request = request(Operation::get("a.list", "/a"));
        request.add_query("type", "a&b");
        request.add_query("type", "c d/é");
        request.set_query_joined("none", ",", &[]);
        request.set_query_joined("joined", " ", &["x,y".into(), "z".into()]);
        request.set_query("page", "1");
        request.set_query("page", "2");
        let uri = request.prepare().unwrap().uri().to_string();
        assert!(
            uri.ends_with("/a?type=a%26b&type=c%20d%2F%C3%A9&joined=x%2Cy%20z&page=2"),
            "{uri}"
        );
    }

    #[test]
    fn b14_debug_prints_neither_body_nor_header_values() {
        let mut request = request(Operation::post("a.create", "/a"));
        request.set_json(
            &serde_json::json!({"destination_conf": "r2://b?secret-access-key=sentinel"}),
        );
        request.set_user_header("x-mine", "sentinel");
        assert!(!format!("{request:?}").contains("sentinel"));
    }
}
