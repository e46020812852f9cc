//! One view of a schema, independent of how `openapiv3` represents it: every keyword in one struct.
//!
//! `openapiv3` reads a schema as one of a few kinds, and as `Any` where it fits none, such as `type: object` beside
//! `allOf`. The rest of `resolve` reads the keywords only. Every kind is destructured in full, so that a new
//! one breaks the build.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, Discriminator, IntegerFormat,
    IntegerType, NumberFormat, NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use crate::model::{Bounds, RequiredChoice};

use super::words::stated;

/// The value of `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Primitive {
    String,
    Number,
    Integer,
    Boolean,
    Object,
    Array,
}

impl Primitive {
    const ALL: [(Self, &'static str); 6] = [
        (Self::String, "string"),
        (Self::Number, "number"),
        (Self::Integer, "integer"),
        (Self::Boolean, "boolean"),
        (Self::Object, "object"),
        (Self::Array, "array"),
    ];

    fn of(name: &str) -> Option<Self> {
        let mut known = Self::ALL.iter();
        let (found, _) = known.find(|(_, known)| *known == name)?;
        Some(*found)
    }

    /// As the document writes it.
    pub(super) fn name(self) -> &'static str {
        let mut known = Self::ALL.iter();
        known
            .find(|(known, _)| *known == self)
            .map_or("", |(_, name)| name)
    }
}

/// The keywords of one schema.
#[derive(Debug, Default)]
pub(super) struct Facets {
    pub(super) primitive: Option<Primitive>,
    pub(super) format: Option<String>,
    pub(super) values: Option<Vec<Value>>,
    pub(super) bounds: Bounds,
    pub(super) properties: IndexMap<String, ReferenceOr<Schema>>,
    pub(super) required: Vec<String>,
    pub(super) additional: Option<AdditionalProperties>,
    pub(super) items: Option<ReferenceOr<Schema>>,
    pub(super) all_of: Vec<ReferenceOr<Schema>>,
    pub(super) one_of: Vec<ReferenceOr<Schema>>,
    pub(super) any_of: Vec<ReferenceOr<Schema>>,
    pub(super) not: bool,
    pub(super) nullable: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) deprecated: bool,
    pub(super) description: Option<String>,
    pub(super) discriminator: Option<Discriminator>,
    /// The choices that only list required names, once they were taken out of the others.
    pub(super) required_choices: Vec<RequiredChoice>,
}

impl Facets {
    /// Reads the keywords of a schema.
    pub(super) fn of(schema: Schema) -> Self {
        let Schema {
            schema_data,
            schema_kind,
        } = schema;
        let SchemaData {
            nullable,
            read_only,
            write_only,
            deprecated,
            external_docs: _,
            example: _,
            title,
            description,
            discriminator,
            default: _,
            extensions: _,
        } = schema_data;
        Self {
            nullable,
            read_only,
            write_only,
            deprecated,
            description: stated(description).or_else(|| stated(title)),
            discriminator,
            ..Self::kind(schema_kind)
        }
    }

    /// Whether the schema does not restrict the value.
    pub(super) fn is_empty(&self) -> bool {
        self.primitive.is_none()
            && self.values.is_none()
            && self.properties.is_empty()
            && self.additional.is_none()
            && self.items.is_none()
            && !self.is_composed()
    }

    /// Whether the schema says nothing but what is required.
    pub(super) fn only_requires(&self) -> bool {
        let is_object = matches!(self.primitive, None | Some(Primitive::Object));
        let says_more = self.values.is_some()
            || !self.properties.is_empty()
            || self.items.is_some()
            || self.is_composed()
            || !matches!(self.additional, None | Some(AdditionalProperties::Any(_)));
        is_object && !says_more && (self.not || !self.required.is_empty())
    }

    /// Whether the schema restricts nothing but perhaps the type.
    pub(super) fn says_nothing(&self) -> bool {
        self.values.is_none()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.additional.is_none()
            && self.items.is_none()
            && !self.is_composed()
    }

    /// Whether the schema has `allOf`, `oneOf` or `anyOf`.
    pub(super) fn is_composed(&self) -> bool {
        !(self.all_of.is_empty() && self.one_of.is_empty() && self.any_of.is_empty())
    }

    fn kind(kind: SchemaKind) -> Self {
        match kind {
            SchemaKind::Type(Type::String(string)) => Self::string(string),
            SchemaKind::Type(Type::Number(number)) => Self::number(number),
            SchemaKind::Type(Type::Integer(integer)) => Self::integer(integer),
            SchemaKind::Type(Type::Object(object)) => Self::object(object),
            SchemaKind::Type(Type::Array(array)) => Self::array(array),
            SchemaKind::Type(Type::Boolean(BooleanType { enumeration })) => Self {
                primitive: Some(Primitive::Boolean),
                values: values(enumeration),
                ..Self::default()
            },
            SchemaKind::OneOf { one_of } => Self {
                one_of,
                ..Self::default()
            },
            SchemaKind::AllOf { all_of } => Self {
                all_of,
                ..Self::default()
            },
            SchemaKind::AnyOf { any_of } => Self {
                any_of,
                ..Self::default()
            },
            SchemaKind::Not { not: _ } => Self {
                not: true,
                ..Self::default()
            },
            SchemaKind::Any(any) => Self::any(any),
        }
    }

    fn string(string: StringType) -> Self {
        let StringType {
            format,
            pattern,
            enumeration,
            min_length,
            max_length,
        } = string;
        Self {
            primitive: Some(Primitive::String),
            format: named(format, |format| match format {
                StringFormat::Date => "date",
                StringFormat::DateTime => "date-time",
                StringFormat::Password => "password",
                StringFormat::Byte => "byte",
                StringFormat::Binary => "binary",
            }),
            values: values(enumeration),
            bounds: Bounds {
                min_length,
                max_length,
                pattern,
                ..Bounds::default()
            },
            ..Self::default()
        }
    }

    fn number(number: NumberType) -> Self {
        let NumberType {
            format,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            enumeration,
        } = number;
        Self {
            primitive: Some(Primitive::Number),
            format: named(format, |format| match format {
                NumberFormat::Float => "float",
                NumberFormat::Double => "double",
            }),
            values: values(enumeration),
            bounds: Bounds {
                exclusive_minimum,
                exclusive_maximum,
                ..numeric(minimum, maximum, multiple_of)
            },
            ..Self::default()
        }
    }

    fn integer(integer: IntegerType) -> Self {
        let IntegerType {
            format,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            enumeration,
        } = integer;
        Self {
            primitive: Some(Primitive::Integer),
            format: named(format, |format| match format {
                IntegerFormat::Int32 => "int32",
                IntegerFormat::Int64 => "int64",
            }),
            values: values(enumeration),
            bounds: Bounds {
                exclusive_minimum,
                exclusive_maximum,
                ..numeric(minimum, maximum, multiple_of)
            },
            ..Self::default()
        }
    }

    fn object(object: ObjectType) -> Self {
        let ObjectType {
            properties,
            required,
            additional_properties,
            min_properties: _,
            max_properties: _,
        } = object;
        Self {
            primitive: Some(Primitive::Object),
            properties: unboxed(properties),
            required,
            additional: additional_properties,
            ..Self::default()
        }
    }

    fn array(array: ArrayType) -> Self {
        let ArrayType {
            items,
            min_items,
            max_items,
            unique_items: _,
        } = array;
        Self {
            primitive: Some(Primitive::Array),
            items: items.map(ReferenceOr::unbox),
            bounds: Bounds {
                min_items,
                max_items,
                ..Bounds::default()
            },
            ..Self::default()
        }
    }

    fn any(any: AnySchema) -> Self {
        let AnySchema {
            typ,
            pattern,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            properties,
            required,
            additional_properties,
            min_properties: _,
            max_properties: _,
            items,
            min_items,
            max_items,
            unique_items: _,
            enumeration,
            format,
            min_length,
            max_length,
            one_of,
            all_of,
            any_of,
            not,
        } = any;
        Self {
            primitive: typ.as_deref().and_then(Primitive::of),
            format,
            values: (!enumeration.is_empty()).then_some(enumeration),
            bounds: Bounds {
                exclusive_minimum: exclusive_minimum.unwrap_or(false),
                exclusive_maximum: exclusive_maximum.unwrap_or(false),
                min_length,
                max_length,
                min_items,
                max_items,
                pattern,
                ..numeric(minimum, maximum, multiple_of)
            },
            properties: unboxed(properties),
            required,
            additional: additional_properties,
            items: items.map(ReferenceOr::unbox),
            all_of,
            one_of,
            any_of,
            not: not.is_some(),
            ..Self::default()
        }
    }
}

/// The bounds of a number, as text: it is only documented.
fn numeric<N: ToString>(minimum: Option<N>, maximum: Option<N>, multiple_of: Option<N>) -> Bounds {
    let text = |bound: N| bound.to_string();
    Bounds {
        minimum: minimum.map(text),
        maximum: maximum.map(text),
        multiple_of: multiple_of.map(text),
        ..Bounds::default()
    }
}

fn named<T>(format: VariantOrUnknownOrEmpty<T>, name: fn(T) -> &'static str) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(known) => Some(name(known).to_owned()),
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

/// `None` in the list means `null`.
fn values<T: Into<Value>>(values: Vec<Option<T>>) -> Option<Vec<Value>> {
    let values: Vec<Value> = values
        .into_iter()
        .map(|value| value.map_or(Value::Null, Into::into))
        .collect();
    (!values.is_empty()).then_some(values)
}

fn unboxed(
    properties: IndexMap<String, ReferenceOr<Box<Schema>>>,
) -> IndexMap<String, ReferenceOr<Schema>> {
    properties
        .into_iter()
        .map(|(name, schema)| (name, schema.unbox()))
        .collect()
}
