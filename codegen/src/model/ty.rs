//! Types that get an item of their own: structs, enums and unions.

use crate::pointer::Pointer;

use super::field::{Field, Setting};
use super::kind::JsonKind;
use super::required_choice::RequiredChoice;
use super::type_ref::Ty;

/// A type that gets an item of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Type {
    /// What it is.
    pub kind: TypeKind,
    /// The document's description.
    pub description: Option<String>,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// Where it occurs.
    pub usage: Usage,
    /// Other names, from `sdk.toml`, for the search of the documentation.
    pub search_names: Vec<String>,
}

impl Type {
    /// The types of its fields or variants.
    pub fn uses(&self) -> Vec<&Ty> {
        match &self.kind {
            TypeKind::Struct(object) => {
                let fields = object.fields.iter().map(|field| &field.ty);
                fields.chain(&object.additional).collect()
            }
            TypeKind::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            TypeKind::Enum(_) => Vec::new(),
        }
    }

    /// The same, to be changed.
    pub(crate) fn uses_mut(&mut self) -> Vec<&mut Ty> {
        match &mut self.kind {
            TypeKind::Struct(object) => {
                let fields = object.fields.iter_mut().map(|field| &mut field.ty);
                fields.chain(&mut object.additional).collect()
            }
            TypeKind::Union(union) => union
                .variants
                .iter_mut()
                .map(|variant| &mut variant.ty)
                .collect(),
            TypeKind::Enum(_) => Vec::new(),
        }
    }
}

/// In which messages a type occurs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// In a request body or parameter.
    pub request: bool,
    /// In a response.
    pub response: bool,
}

/// The kinds of types.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeKind {
    /// An object with properties.
    Struct(Struct),
    /// A closed list of values in the document; open in Rust.
    Enum(Enum),
    /// One of several shapes.
    Union(Union),
}

/// An object with properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// The properties, in the document's order, but for the tags.
    pub fields: Vec<Field>,
    /// The properties that are no fields, because `sdk.toml` says so: each has one value, by which the unions know the struct that it is a
    /// variant of.
    pub tags: Vec<Tag>,
    /// The type of the properties that are not listed, where the document has one.
    pub additional: Option<Ty>,
    /// The choices among properties that are not all required.
    pub choices: Vec<RequiredChoice>,
    /// How users create one.
    pub made: Construction,
}

impl Struct {
    /// The fields that are arguments of `new` or steps of the builder.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(|field| field.set == Setting::Argument)
    }

    /// The fields that have a setter.
    pub(crate) fn optional(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.set.is_setter())
    }

    /// The fields that have a default before any setter is called.
    pub(crate) fn rest(&self) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(|field| field.set != Setting::Argument)
    }
}

/// A property that has one value, and is no field: the struct writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// The node that declares it.
    pub pointer: Pointer,
    /// Its name on the wire.
    pub wire: String,
    /// Its value, a text.
    pub value: String,
}

/// How users of the SDK create a struct. `resolve` decides it, once usage and fields are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Construction {
    /// Not at all: it occurs in responses only.
    #[default]
    None,
    /// `new()` without arguments, and `Default`.
    Empty,
    /// `new` with the arguments, in the order of the fields.
    New,
    /// `builder`, whose `build` compiles once every argument was passed: there are too many for `new`, or more than one `bool` or
    /// number, which could change places.
    Builder,
}

/// A list of values.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// The values, in the document's order, without `null`.
    pub values: Vec<EnumValue>,
}

impl Enum {
    /// Whether all values are strings.
    pub(crate) fn is_text(&self) -> bool {
        self.values
            .iter()
            .all(|value| matches!(value.value, Scalar::Text(_)))
    }

    /// The one value, if there is one only and it is a text.
    pub(crate) fn only_text(&self) -> Option<&str> {
        match self.values.as_slice() {
            [only] => match &only.value {
                Scalar::Text(text) => Some(text),
                Scalar::Integer(_) | Scalar::Number(_) | Scalar::Bool(_) => None,
            },
            _ => None,
        }
    }

    /// Whether all values are integers.
    pub fn is_integer(&self) -> bool {
        self.values
            .iter()
            .all(|value| matches!(value.value, Scalar::Integer(_)))
    }
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// The node that lists it.
    pub pointer: Pointer,
    /// The value.
    pub value: Scalar,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// A string.
    Text(String),
    /// An integer.
    Integer(i64),
    /// Any other number, and each one where `type` is `number`: as JSON writes it, without a fraction of zero.
    Number(String),
    /// `true` or `false`.
    Bool(bool),
}

impl Scalar {
    /// A number of an enum whose `type` is `number`, or that is no integer of 64 bits.
    pub(crate) fn number(number: &serde_json::Number) -> Self {
        let text = number.to_string();
        Self::Number(text.strip_suffix(".0").map_or(text.clone(), str::to_owned))
    }

    /// The kind of the value.
    pub(crate) fn kind(&self) -> JsonKind {
        match self {
            Self::Text(_) => JsonKind::Text,
            Self::Integer(_) => JsonKind::Integer,
            Self::Number(_) => JsonKind::Number,
            Self::Bool(_) => JsonKind::Bool,
        }
    }
}

/// `oneOf` or `anyOf`.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Whether a value can be several of the variants at once: `anyOf`.
    pub any_of: bool,
    /// How a variant is chosen.
    pub dispatch: Dispatch,
    /// The variants, in the document's order.
    pub variants: Vec<Variant>,
    /// Indices into `variants` in the order in which they are tried: most required keys first.
    pub order: Vec<usize>,
    /// The properties that every variant has with one and the same type: wire name and type. Each becomes an accessor of a union
    /// that occurs in responses.
    pub common: Vec<(String, Ty)>,
}

impl Union {
    /// Whether some of the variants are no objects: the kind of the JSON value decides before `dispatch` does.
    pub(crate) fn is_mixed(&self) -> bool {
        let is_object = |variant: &Variant| variant.kinds == [JsonKind::Object];
        !self.variants.iter().all(is_object)
    }

    /// Whether `dispatch` decides on every object: the only variant that is one is not asked.
    pub(crate) fn has_choice_of_objects(&self) -> bool {
        let is_any = |variant: &Variant| variant.is_read && variant.kinds.contains(&JsonKind::Any);
        let objects = self.variants.iter().filter(|variant| variant.is_object());
        !self.is_mixed() || objects.count() > 1 || self.variants.iter().any(is_any)
    }
}

/// How the variant of a union is chosen; where others are no objects, among those that are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dispatch {
    /// By the value of this property, as the document or `sdk.toml` says.
    Tag(String),
    /// By the value of this property: each variant lists other values of it.
    Constant(String),
    /// By the required keys.
    Keys,
    /// By the kind of JSON value alone: at most one variant is an object.
    JsonKind,
}

impl Dispatch {
    /// The property whose value decides.
    pub fn tag(&self) -> Option<&str> {
        match self {
            Self::Tag(property) | Self::Constant(property) => Some(property),
            Self::Keys | Self::JsonKind => None,
        }
    }
}

/// One shape of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The member of `oneOf` or `anyOf`; where the choice is in a member of `allOf`, the place where it would be if it was written there.
    pub pointer: Pointer,
    /// Its title, where it is written inline; where a type of its own is made of it and of what is beside the choice, also the name of the
    /// schema that it refers to.
    pub title: Option<String>,
    /// The member as it is written in the document.
    pub source: Pointer,
    /// Its type.
    pub ty: Ty,
    /// The values of the tag, where there is a tag. Numbers and booleans as they are written in JSON.
    pub tags: Vec<String>,
    /// The property with these values, where it decides among variants with the same required keys.
    pub tag: Option<String>,
    /// A property that rules it out.
    pub guard: Option<Guard>,
    /// The keys that it must have in the messages that have the union, sorted.
    pub keys: Vec<String>,
    /// The properties that only other variants have, where a value can be several of them: with one of these it is not read as this one,
    /// which would drop it. Of a `oneOf`, variants that are tried later come first then.
    pub foreign: Vec<String>,
    /// The kinds of JSON values that it can be.
    pub kinds: Vec<JsonKind>,
    /// Whether values of it are recognised in what is read. Where nothing distinguishes it from another variant, and `sdk.toml` says
    /// so, they are kept as JSON.
    pub is_read: bool,
}

/// A property of which a variant has no other values than these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guard {
    /// Its name.
    pub property: String,
    /// The values, as tags have them.
    pub values: Vec<String>,
    /// Whether a value of the variant can be without it.
    pub is_optional: bool,
}

impl Variant {
    /// A member of a union, before it is known how it is recognised.
    pub(crate) fn new(pointer: Pointer, ty: Ty) -> Self {
        Self {
            source: pointer.clone(),
            pointer,
            title: None,
            ty,
            tags: Vec::new(),
            tag: None,
            guard: None,
            keys: Vec::new(),
            foreign: Vec::new(),
            kinds: Vec::new(),
            is_read: true,
        }
    }

    /// Whether a value of it can be an object.
    pub(crate) fn is_object(&self) -> bool {
        self.kinds.contains(&JsonKind::Object)
    }

    /// The one word that the document or `sdk.toml` states as its tag.
    pub(crate) fn stated_tag(&self, union: &Union) -> Option<&str> {
        match (&union.dispatch, self.tags.as_slice()) {
            (Dispatch::Tag(_), [tag]) if !is_literal(tag) => Some(tag),
            _ => None,
        }
    }
}

/// Whether a tag is a number or a boolean, which names nothing.
fn is_literal(tag: &str) -> bool {
    tag.parse::<f64>().is_ok() || tag.parse::<bool>().is_ok()
}
