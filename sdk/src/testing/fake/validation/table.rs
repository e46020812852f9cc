//! The types of the generated table of rules: what the document states of requests.
//!
//! All of it is constant data. [`super::check`] applies it.

#![allow(
    dead_code,
    reason = "the generated table constructs what its document needs"
)]

/// What the document states of the requests of an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OperationRules {
    /// The name of the operation, such as `pcaps.list`.
    pub(crate) name: &'static str,
    pub(crate) query: &'static [ParameterRule],
    /// `None`: the document has no body for it.
    pub(crate) body: Option<BodyRule>,
}

impl OperationRules {
    /// Without a query and without a body.
    pub(crate) const NONE: Self = Self {
        name: "",
        query: &[],
        body: None,
    };
}

/// A query parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ParameterRule {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    /// What separates the items of a list that is sent as one parameter.
    pub(crate) separator: Option<&'static str>,
    pub(crate) schema: Schema,
}

impl ParameterRule {
    pub(crate) const fn required(name: &'static str, schema: Schema) -> Self {
        Self {
            name,
            required: true,
            separator: None,
            schema,
        }
    }

    pub(crate) const fn optional(name: &'static str, schema: Schema) -> Self {
        Self {
            name,
            required: false,
            separator: None,
            schema,
        }
    }
}

/// A body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyRule {
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

/// What a value has to be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Schema {
    Any,
    Bool,
    Number(NumberRule),
    Text(TextRule),
    /// One of these texts.
    Texts(&'static [&'static str]),
    /// One of these numbers.
    Codes(&'static [i64]),
    /// An object. Properties that are not listed are not restricted.
    Object(&'static [PropertyRule]),
    /// An object whose values are all of one kind.
    Map(&'static Schema),
    List(&'static ListRule),
    Union(&'static UnionRule),
    /// `null`, or this.
    Nullable(&'static Schema),
    /// A schema that several others refer to.
    Of(&'static Schema),
}

impl Schema {
    /// The schema that this one refers to, or itself.
    pub(crate) fn target(&self) -> &Self {
        let mut target = self;
        while let Self::Of(next) = target {
            target = next;
        }
        target
    }
}

/// A property of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PropertyRule {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

impl PropertyRule {
    pub(crate) const fn required(name: &'static str, schema: Schema) -> Self {
        Self {
            name,
            required: true,
            schema,
        }
    }

    pub(crate) const fn optional(name: &'static str, schema: Schema) -> Self {
        Self {
            name,
            required: false,
            schema,
        }
    }
}

/// A number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberRule {
    /// Whether it must be a whole number.
    pub(crate) whole: bool,
    pub(crate) minimum: Option<f64>,
    pub(crate) maximum: Option<f64>,
    /// Whether the minimum itself is too small.
    pub(crate) exclusive_minimum: bool,
    /// Whether the maximum itself is too large.
    pub(crate) exclusive_maximum: bool,
    pub(crate) multiple_of: Option<f64>,
}

impl NumberRule {
    /// Any number.
    pub(crate) const ANY: Self = Self {
        whole: false,
        minimum: None,
        maximum: None,
        exclusive_minimum: false,
        exclusive_maximum: false,
        multiple_of: None,
    };

    /// Any whole number.
    pub(crate) const WHOLE: Self = Self {
        whole: true,
        ..Self::ANY
    };
}

/// A text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextRule {
    pub(crate) format: Option<Format>,
    /// In characters.
    pub(crate) min_length: Option<usize>,
    /// In characters.
    pub(crate) max_length: Option<usize>,
}

/// The formats of texts that are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    DateTime,
    Uuid,
}

impl TextRule {
    /// Any text.
    pub(crate) const ANY: Self = Self {
        format: None,
        min_length: None,
        max_length: None,
    };

    /// A date with a time.
    pub(crate) const DATE_TIME: Self = Self {
        format: Some(Format::DateTime),
        ..Self::ANY
    };

    /// A UUID.
    pub(crate) const UUID: Self = Self {
        format: Some(Format::Uuid),
        ..Self::ANY
    };
}

/// A list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListRule {
    pub(crate) item: Schema,
    pub(crate) min_items: Option<usize>,
    pub(crate) max_items: Option<usize>,
}

impl ListRule {
    /// A list of any length.
    pub(crate) const fn of(item: Schema) -> Self {
        Self {
            item,
            min_items: None,
            max_items: None,
        }
    }
}

/// One of several shapes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnionRule {
    /// The property whose value chooses the shape. `None`: the kind of the value and the required keys do.
    pub(crate) tag: Option<&'static str>,
    /// In the order in which they are tried.
    pub(crate) variants: &'static [VariantRule],
}

/// One shape.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VariantRule {
    /// The values of the tag.
    pub(crate) tags: &'static [&'static str],
    /// The keys that it must have.
    pub(crate) keys: &'static [&'static str],
    pub(crate) schema: Schema,
}
