//! The table of rules: the name and the meaning of each, and how its corrections are applied.
//!
//! Every rule has all of these, and `tests/lint` requires a case with a finding and one without for each.

use super::found::Found;
use super::look::Look;
use super::{
    calls, composition, envelopes, examples, keywords, numbers, servers, timestamps, twins, types,
    unions, unused, words,
};

/// An oddity that a document should not have without a reason.
#[derive(Clone, Copy, Debug)]
pub struct LintRule {
    /// Its id in reports and `[accept]`.
    pub id: &'static str,
    /// What it finds, and why that matters.
    pub meaning: &'static str,
    /// Whether the generator refuses it too, if it reads the node.
    pub refused: bool,
    /// How its corrections are applied.
    pub mending: Mending,
    /// Finds it.
    pub(super) check: fn(&Look<'_>) -> Vec<Found>,
}

/// How the corrections of a rule are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mending {
    /// It has none: a person must decide what is meant.
    None,
    /// A person decides: the correction is right only if the service behaves as it states.
    ByHand,
    /// `--fix` writes them. The document means the same before and after: no value, field or operation is added or removed or
    /// changes its type. The text says why.
    Safe(&'static str),
}

/// All rules, in the order in which `--rules` lists them.
pub static RULES: [LintRule; 18] = [
    LintRule {
        id: "unused-schema",
        meaning: "a schema that no operation leads to: nothing in the SDK comes from it",
        refused: true,
        mending: Mending::None,
        check: unused::schemas,
    },
    LintRule {
        id: "unused-component",
        meaning: "a parameter, response, security scheme or other component that no operation leads to",
        refused: false,
        mending: Mending::ByHand,
        check: unused::components,
    },
    LintRule {
        id: "required-without-property",
        meaning: "a name under `required` that no property has: no field comes from it, and nothing can be required of it",
        refused: true,
        mending: Mending::Safe(
            "no property has the name, so nothing is read, sent or documented because of it",
        ),
        check: composition::required_without_property,
    },
    LintRule {
        id: "type-beside-composition",
        meaning: "`type` beside `allOf`, `oneOf` or `anyOf` whose members have that type already",
        refused: false,
        mending: Mending::Safe(
            "the members require of every value what the type requires; only `type: object` is removed without a decision",
        ),
        check: types::beside_composition,
    },
    LintRule {
        id: "type-against-composition",
        meaning: "`type` beside `allOf`, `oneOf` or `anyOf` with a member of another type: no value can be both",
        refused: false,
        mending: Mending::None,
        check: types::against_composition,
    },
    LintRule {
        id: "keyword-without-effect",
        meaning: "a bound that is for values of another type, such as `minLength` of an array: it has no effect, and something else was meant",
        refused: false,
        mending: Mending::Safe(
            "a bound for another type bounds no value; at most a wrong sentence of the documentation is removed",
        ),
        check: keywords::without_effect,
    },
    LintRule {
        id: "enum-of-one",
        meaning: "a list of values with one string or number in it: a constant that `[fixed]` could fix, or a list that will grow",
        refused: false,
        mending: Mending::None,
        check: keywords::enum_of_one,
    },
    LintRule {
        id: "whole-number",
        meaning: "a `number` that is always an integer by its bounds, values, example or name: `f64` in Rust where an integer is meant",
        refused: false,
        mending: Mending::ByHand,
        check: numbers::whole,
    },
    LintRule {
        id: "timestamp-without-format",
        meaning: "a string that is a point in time by its name or example without a format: `String` in Rust instead of `Timestamp`",
        refused: false,
        mending: Mending::ByHand,
        check: timestamps::without_format,
    },
    LintRule {
        id: "discriminator-without-mapping",
        meaning: "a discriminator whose values would be the names of the schemas, which is stated nowhere",
        refused: false,
        mending: Mending::ByHand,
        check: unions::discriminator_without_mapping,
    },
    LintRule {
        id: "ambiguous-union",
        meaning: "a union in which one member requires nothing that another does not require too: only their order distinguishes them",
        refused: false,
        mending: Mending::None,
        check: unions::ambiguous,
    },
    LintRule {
        id: "near-duplicate-schemas",
        meaning: "schemas with the same properties except one or two: one type would be enough, or one was forgotten when the others changed",
        refused: false,
        mending: Mending::None,
        check: twins::near_duplicates,
    },
    LintRule {
        id: "own-servers",
        meaning: "`servers` of a path or an operation: all requests are sent to the base URL of the document",
        refused: true,
        mending: Mending::ByHand,
        check: servers::own,
    },
    LintRule {
        id: "unknown-envelope-field",
        meaning: "a property beside `result` that the runtime does not read: nothing in the SDK comes from it",
        refused: false,
        mending: Mending::None,
        check: envelopes::unknown_field,
    },
    LintRule {
        id: "read-only-parameter",
        meaning: "a parameter whose schema is `readOnly`: requests send it",
        refused: false,
        mending: Mending::ByHand,
        check: calls::read_only_parameter,
    },
    LintRule {
        id: "undeclared-tag",
        meaning: "a tag of an operation that the document does not describe under `tags`",
        refused: false,
        mending: Mending::None,
        check: words::undeclared_tag,
    },
    LintRule {
        id: "missing-description",
        meaning: "an operation, parameter, schema, property or tag without a sentence: an item without documentation",
        refused: false,
        mending: Mending::None,
        check: words::missing_description,
    },
    LintRule {
        id: "missing-example",
        meaning: "an operation without an example of the JSON that it sends or returns: no test reads such a response",
        refused: false,
        mending: Mending::None,
        check: examples::missing,
    },
];
