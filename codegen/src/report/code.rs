//! The kinds of findings: a short, stable code for each, with what it means.
//!
//! A code says what is the matter in a word that programs can count and people can search for. The order of the codes is the order
//! of a report: what most probably hides other faults comes first, names come last.

use crate::pointer::Pointer;

use super::Input;

/// What kind of finding it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// An input that cannot be read.
    Unreadable,
    /// A document of another version, or none at all.
    NotOpenapi,
    /// A key that is there twice.
    DuplicateKey,
    /// An overlay that is wrong.
    Overlay,
    /// `sdk.toml` that is wrong.
    Config,
    /// A reference that leads nowhere, or to the wrong kind of object.
    Reference,
    /// A part of the document that is not as OpenAPI 3.0 has it.
    Structure,
    /// An operation id that is there twice.
    DuplicateId,
    /// A name that nothing in the document has.
    UnknownName,
    /// Something at the top of the document that the SDK cannot follow.
    Document,
    /// A server that the runtime cannot use.
    Server,
    /// Credentials that the runtime does not have.
    Security,
    /// A path that the runtime cannot fill in.
    Path,
    /// An operation that the runtime cannot send.
    Operation,
    /// An operation whose path no literal segment begins: there is no handle.
    NoHandle,
    /// An operation outside of `[import]`.
    NotImported,
    /// A callback.
    Callback,
    /// A parameter.
    Parameter,
    /// A request body.
    Body,
    /// A successful response.
    Response,
    /// A failure.
    Failure,
    /// A schema.
    Schema,
    /// A union.
    Union,
    /// An `allOf`.
    AllOf,
    /// An enum.
    Enum,
    /// A required name that no property has.
    UndefinedRequired,
    /// A node that no part of the SDK comes from.
    Lost,
    /// Two items of one name.
    NameClash,
    /// An item without a name that Rust allows.
    Name,
    /// An exception that changes nothing, or finds something else than it expects.
    Stale,
    /// A defect of the generator.
    Defect,
    /// A format that chooses no type.
    UnknownFormat,
    /// Something that OpenAPI says to ignore.
    Ignored,
    /// Something of which the later statement counts.
    Overridden,
    /// A key of an envelope that no type has.
    UnreadKey,
    /// A list with a cursor that no response states.
    NotPaged,
    /// Values that nothing distinguishes.
    KeptAsJson,
    /// An operation without a successful response.
    NoSuccess,
    /// A schema that nothing uses.
    Unused,
    /// A finding about a document that is imported.
    Import,
}

impl Code {
    /// Every code, in the order of a report.
    pub const ALL: [Self; 40] = [
        Self::Unreadable,
        Self::NotOpenapi,
        Self::DuplicateKey,
        Self::Overlay,
        Self::Config,
        Self::Reference,
        Self::Structure,
        Self::DuplicateId,
        Self::UnknownName,
        Self::Document,
        Self::Server,
        Self::Security,
        Self::Path,
        Self::Operation,
        Self::NoHandle,
        Self::NotImported,
        Self::Callback,
        Self::Parameter,
        Self::Body,
        Self::Response,
        Self::Failure,
        Self::Schema,
        Self::Union,
        Self::AllOf,
        Self::Enum,
        Self::UndefinedRequired,
        Self::Lost,
        Self::NameClash,
        Self::Name,
        Self::Stale,
        Self::Defect,
        Self::UnknownFormat,
        Self::Ignored,
        Self::Overridden,
        Self::UnreadKey,
        Self::NotPaged,
        Self::KeptAsJson,
        Self::NoSuccess,
        Self::Unused,
        Self::Import,
    ];

    /// The code as reports write it; it never changes.
    pub fn id(self) -> &'static str {
        self.row().0
    }

    /// What it means, as a part of a sentence.
    pub fn meaning(self) -> &'static str {
        self.row().1
    }

    fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::Unreadable => ("unreadable", "an input that cannot be read"),
            Self::NotOpenapi => ("not-openapi-3-0", "not a document of OpenAPI 3.0"),
            Self::DuplicateKey => ("duplicate-key", "a key that is there twice"),
            Self::Overlay => ("overlay", "a wrong overlay"),
            Self::Config => ("config", "a wrong entry of sdk.toml"),
            Self::Reference => (
                "reference",
                "a reference that does not lead to what it should",
            ),
            Self::Structure => ("structure", "a part that is not as OpenAPI 3.0 has it"),
            Self::DuplicateId => (
                "duplicate-operation-id",
                "an operation id that is there twice",
            ),
            Self::UnknownName => ("unknown-name", "a name that nothing in the document has"),
            Self::Document => (
                "unsupported-document",
                "something that concerns the whole document",
            ),
            Self::Server => ("unsupported-server", "a server that the SDK cannot use"),
            Self::Security => (
                "unsupported-security",
                "credentials that the SDK does not have",
            ),
            Self::Path => ("unsupported-path", "a path that the SDK cannot fill in"),
            Self::Operation => (
                "unsupported-operation",
                "an operation that the SDK cannot send",
            ),
            Self::NoHandle => (
                "no-handle",
                "an operation whose path no literal segment begins",
            ),
            Self::NotImported => ("not-imported", "an operation that [import] does not select"),
            Self::Callback => ("unsupported-callback", "a callback"),
            Self::Parameter => (
                "unsupported-parameter",
                "a parameter that the SDK cannot send",
            ),
            Self::Body => (
                "unsupported-body",
                "a request body that the SDK cannot send",
            ),
            Self::Response => (
                "unsupported-response",
                "a response that the SDK cannot read",
            ),
            Self::Failure => ("unsupported-failure", "a failure that the SDK cannot read"),
            Self::Schema => (
                "unsupported-schema",
                "a schema that no type of Rust expresses",
            ),
            Self::Union => (
                "unsupported-union",
                "a union that no type of Rust expresses",
            ),
            Self::AllOf => ("unsupported-all-of", "an `allOf` that cannot be merged"),
            Self::Enum => ("unsupported-enum", "an enum with values that do not fit"),
            Self::UndefinedRequired => (
                "undefined-required",
                "a required property that is defined nowhere",
            ),
            Self::Lost => ("lost", "a part of the document that nothing comes from"),
            Self::NameClash => ("name-clash", "two items of one name"),
            Self::Name => ("name", "an item without a name that Rust allows"),
            Self::Stale => (
                "stale-exception",
                "an exception that changes nothing, or finds something else",
            ),
            Self::Defect => ("defect", "a defect of the generator"),
            Self::UnknownFormat => ("unknown-format", "a format that chooses no type"),
            Self::Ignored => ("ignored", "something that OpenAPI ignores"),
            Self::Overridden => ("overridden", "two statements of which the later one counts"),
            Self::KeptAsJson => (
                "kept-as-json",
                "values that nothing distinguishes: they are kept as JSON",
            ),
            Self::UnreadKey => ("unread-key", "a key of the envelope that no type has"),
            Self::NotPaged => ("not-paged", "a list with a cursor that no response states"),
            Self::NoSuccess => (
                "no-success",
                "an operation that lists no successful response",
            ),
            Self::Unused => ("unused", "a schema that nothing uses"),
            Self::Import => ("import", "a finding about a document that is imported"),
        }
    }

    /// The rank of its kind in a report. Kinds of one rank are sorted by their place.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Unreadable | Self::NotOpenapi => 0,
            Self::DuplicateKey | Self::Overlay | Self::Config => 1,
            Self::Reference => 2,
            Self::Structure | Self::DuplicateId | Self::UnknownName => 3,
            Self::NameClash | Self::Name => 6,
            Self::Stale => 5,
            _ => 4,
        }
    }

    /// The code of a finding about a node of which nothing but its place is known.
    pub(crate) fn of(input: Input, pointer: &Pointer) -> Self {
        match input {
            Input::Spec => of_place(pointer),
            Input::Overlay => Self::Overlay,
            Input::Config => Self::Config,
            Input::Lock => Self::Name,
            Input::Upstream(_) => Self::Import,
        }
    }
}

/// What a node of the document belongs to: the innermost of what its pointer passes.
fn of_place(pointer: &Pointer) -> Code {
    let tokens = pointer.tokens();
    let mut tokens = tokens.iter().map(String::as_str);
    let mut code = match (tokens.next(), tokens.next()) {
        (Some("paths"), _) => Code::Path,
        (Some("components"), Some("schemas")) => Code::Schema,
        (Some("components"), Some("parameters")) => Code::Parameter,
        (Some("components"), Some("requestBodies")) => Code::Body,
        (Some("components"), Some("responses")) => Code::Response,
        (Some("components"), Some("securitySchemes")) | (Some("security"), _) => Code::Security,
        (Some("servers"), _) => Code::Server,
        _ => return Code::Document,
    };
    if code == Code::Path {
        while let Some(token) = tokens.next() {
            code = match token {
                "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" => {
                    Code::Operation
                }
                "parameters" => Code::Parameter,
                "requestBody" => Code::Body,
                "responses" => match tokens.next() {
                    Some(status) if !status.starts_with(['2', 'd']) => Code::Failure,
                    _ => Code::Response,
                },
                "callbacks" => return Code::Callback,
                "servers" => Code::Server,
                "security" => Code::Security,
                "schema" => return Code::Schema,
                _ => code,
            };
        }
        return code;
    }
    match code != Code::Schema && tokens.any(|token| token == "schema") {
        true => Code::Schema,
        false => code,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Code, Input, Pointer};

    #[test]
    fn each_code_has_an_id_of_its_own() {
        let ids: BTreeSet<&str> = Code::ALL.iter().map(|code| code.id()).collect();
        assert_eq!(ids.len(), Code::ALL.len());
        for id in ids {
            let fits = |letter: char| {
                letter.is_ascii_lowercase() || letter == '-' || letter.is_ascii_digit()
            };
            assert!(id.chars().all(fits), "{id}");
        }
        assert!(Code::ALL.is_sorted(), "the order of a report");
    }

    #[test]
    fn a_place_has_the_code_of_what_it_belongs_to() {
        for (place, code) in [
            ("/paths/~1a", Code::Path),
            ("/paths/~1a/get", Code::Operation),
            ("/paths/~1a/parameters/0", Code::Parameter),
            ("/paths/~1a/get/parameters/0/schema", Code::Schema),
            ("/paths/~1a/post/requestBody/content/text~1csv", Code::Body),
            ("/paths/~1a/get/responses/200/content/a", Code::Response),
            ("/paths/~1a/get/responses/4XX/content/a", Code::Failure),
            (
                "/paths/~1a/get/responses/200/content/a/schema/oneOf",
                Code::Schema,
            ),
            (
                "/paths/~1a/get/callbacks/b/c/post/requestBody",
                Code::Callback,
            ),
            ("/paths/~1a/get/servers", Code::Server),
            (
                "/components/schemas/responses/properties/schema",
                Code::Schema,
            ),
            ("/components/responses/a/content", Code::Response),
            ("/components/responses/a/content/b/schema", Code::Schema),
            ("/security/0", Code::Security),
            ("/info/title", Code::Document),
        ] {
            let pointer = Pointer::parse(place).expect("a pointer");
            assert_eq!(Code::of(Input::Spec, &pointer), code, "{place}");
        }
    }
}
