//! Names that generated code must leave to the runtime and to Rust itself.
//!
//! A test in the `tests` crate compares them with the exports of the SDK.

/// In the crate: the runtime's public items, what generated files import, and the prelude.
pub const CRATE: &[&str] = &[
    "AddressText",
    "ApiError",
    "ApiMessage",
    "BTreeMap",
    "Binary",
    "Box",
    "BoxFuture",
    "BucketDestination",
    "Bytes",
    "Call",
    "Clearable",
    "Client",
    "ClientBuilder",
    "Clock",
    "ClosedScope",
    "CustomRequest",
    "Default",
    "Deserialize",
    "Deserializer",
    "Download",
    "Duration",
    "Empty",
    "Endpoint",
    "Err",
    "Error",
    "ErrorKind",
    "Exposed",
    "Fault",
    "From",
    "FromJson",
    "FromStr",
    "Given",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Items",
    "Iterator",
    "Json",
    "List",
    "ListKind",
    "Map",
    "Method",
    "Missing",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Page",
    "Paged",
    "Pages",
    "Phase",
    "Progress",
    "RateLimit",
    "RateLimits",
    "RatePolicy",
    "Request",
    "Reserved",
    "Response",
    "ResponseKind",
    "Result",
    "ResultInfo",
    "Scope",
    "SecretText",
    "Self",
    "Send",
    "Sent",
    "Serde",
    "Serialize",
    "Serializer",
    "Single",
    "Some",
    "String",
    "Timestamp",
    "ToFile",
    "ToString",
    "TokioClock",
    "Transport",
    "TransportBody",
    "TransportError",
    "UnknownCode",
    "UnknownValue",
    "UnknownVariant",
    "Value",
    "Vec",
    "Waiter",
    "WaiterSpec",
];

/// Methods that every call has, now or when the runtime grows: no parameter can have these names.
pub const CALL: &[&str] = &[
    "allow_incomplete",
    "as_request",
    "as_request_mut",
    "body_field",
    "body_limit",
    "client",
    "clone",
    "connect_timeout",
    "deadline",
    "from_request",
    "header",
    "headers_timeout",
    "idle_timeout",
    "into_future",
    "into_request",
    "items",
    "max_attempts",
    "max_body_size",
    "maybe",
    "new",
    "options",
    "pages",
    "query",
    "query_value",
    "raw",
    "request",
    "retries",
    "send",
    "set_header",
    "set_json",
    "set_path",
    "set_query",
    "set_query_each",
    "set_query_joined",
    "timeout",
    "wait",
];

/// Functions that every struct of a request has: no setter can have these names.
pub(super) const SETTERS: &[&str] = &["build", "builder", "clone", "new"];

/// The same where `new` has no arguments: it calls `default`, and so may users.
pub(super) const SETTERS_BESIDE_DEFAULT: &[&str] = &["build", "builder", "clone", "default", "new"];

/// Methods of the client: no handle at the top of the tree can have these names.
pub const CLIENT: &[&str] = &[
    "account_from_env",
    "builder",
    "clone",
    "from_env",
    "from_shared",
    "new",
    "rate_limit",
    "replace",
    "request",
    "reset_rate_limit",
    "set_api_key",
    "set_api_token",
    "shared",
];

#[cfg(test)]
mod tests {
    use super::{CALL, CLIENT, CRATE, SETTERS, SETTERS_BESIDE_DEFAULT};

    #[test]
    fn the_lists_are_sorted_and_say_nothing_twice() {
        for list in [CALL, CLIENT, CRATE, SETTERS, SETTERS_BESIDE_DEFAULT] {
            assert!(list.is_sorted_by(|one, other| one < other));
        }
    }
}
