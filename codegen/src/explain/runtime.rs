//! The public types of the runtime: written by hand, so that no node leads to them. A test compares the table with the exports of
//! the SDK.

/// The types, each with its file.
pub(super) const TYPES: [(&str, &str); 53] = [
    ("AddressText", "types/address.rs"),
    ("ApiError", "error/api_error.rs"),
    ("ApiMessage", "response/envelope.rs"),
    ("Binary", "response/kind.rs"),
    ("BoxFuture", "base.rs"),
    ("BucketDestination", "bucket.rs"),
    ("Call", "call.rs"),
    ("Clearable", "types/clearable.rs"),
    ("Client", "client.rs"),
    ("ClientBuilder", "client/builder.rs"),
    ("ClosedScope", "policy/rate.rs"),
    ("Custom", "call/custom.rs"),
    ("CustomRequest", "call/custom.rs"),
    ("Download", "response/download.rs"),
    ("Empty", "response/kind.rs"),
    ("Endpoint", "request/operation.rs"),
    ("Error", "error.rs"),
    ("ErrorKind", "error/kind.rs"),
    ("Exposed", "types/secret/mode.rs"),
    ("FileUpload", "types/upload.rs"),
    ("Given", "types/builder.rs"),
    ("Items", "call/paging/items.rs"),
    ("List", "response/kind.rs"),
    ("ListKind", "response/kind.rs"),
    ("Missing", "types/builder.rs"),
    ("OneOf", "response/one_of.rs"),
    ("Operation", "request/operation.rs"),
    ("OtherResponse", "response/one_of.rs"),
    ("Page", "response/page.rs"),
    ("Paged", "response/kind.rs"),
    ("Pages", "call/paging/pages.rs"),
    ("Phase", "error/kind.rs"),
    ("PlainJson", "response/plain_json.rs"),
    ("PlainText", "response/plain_text.rs"),
    ("Progress", "response/download/save.rs"),
    ("RateLimit", "policy/rate.rs"),
    ("RateLimits", "policy/rate.rs"),
    ("RatePolicy", "policy/rate.rs"),
    ("Raw", "response/kind.rs"),
    ("Response", "response.rs"),
    ("ResponseKind", "response/kind.rs"),
    ("ResultInfo", "response/page.rs"),
    ("SecretText", "types/secret.rs"),
    ("SecurityScheme", "client/schemes.rs"),
    ("Serde", "response/kind.rs"),
    ("Single", "response/kind.rs"),
    ("Successes", "response/one_of.rs"),
    ("Timestamp", "types/timestamp.rs"),
    ("ToFile", "response/download/save.rs"),
    ("UnknownCode", "types/open_enum.rs"),
    ("UnknownValue", "types/open_enum.rs"),
    ("UnknownVariant", "types/union.rs"),
    ("Waiter", "call/wait.rs"),
];

/// The explanation of a type of the runtime, or of something in it.
pub(super) fn explain(path: &str) -> Option<String> {
    let name = path.split("::").next().unwrap_or_default();
    let name = name.split('<').next().unwrap_or_default();
    let (name, file) = TYPES.iter().find(|(known, _)| *known == name)?;
    Some(format!(
        "cloudflare_magic::{name}\n  part of the runtime, written by hand: no node of the document leads to it\n  in sdk/src/{file}\n"
    ))
}
