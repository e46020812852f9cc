//! Names that generated code must leave to the runtime and to Rust itself.
//!
//! A test in the `tests` crate holds them against what the SDK exports.

/// In the crate: the runtime's public items, what generated files import, and the prelude.
pub const CRATE: &[&str] = &[
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
    "Fault",
    "From",
    "FromStr",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Items",
    "Iterator",
    "List",
    "Map",
    "Method",
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
    "RatePolicy",
    "RawUnion",
    "Request",
    "Response",
    "ResponseKind",
    "Result",
    "ResultInfo",
    "Scope",
    "SecretText",
    "Self",
    "Send",
    "Sent",
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
    "Wait",
    "Waiter",
];

/// Methods that every call has, now or when the runtime grows: no parameter can be called so.
pub const CALL: &[&str] = &[
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
    "new",
    "options",
    "pages",
    "query_value",
    "raw",
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

/// Functions that every struct of a request has: no setter can be called so.
pub const SETTERS: &[&str] = &["build", "builder", "clone", "new"];

#[cfg(test)]
mod tests {
    use super::{CALL, CRATE, SETTERS};

    #[test]
    fn the_lists_are_sorted_and_say_nothing_twice() {
        for list in [CALL, CRATE, SETTERS] {
            assert!(list.is_sorted_by(|one, other| one < other));
        }
    }
}
