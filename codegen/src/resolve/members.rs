//! The members of an object: its properties, its required names, and its additional properties.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use crate::model::RequiredChoice;
use crate::pointer::Pointer;

use super::facets::Facets;

/// A property, or another schema inside a schema, with the node that declares it.
#[derive(Clone)]
pub(super) struct Property {
    pub(super) pointer: Pointer,
    pub(super) schema: ReferenceOr<Schema>,
    /// What earlier members of an `allOf` say of the same property, in their order.
    pub(super) earlier: Vec<Property>,
}

impl Property {
    /// Declared once.
    pub(super) fn new(pointer: Pointer, schema: ReferenceOr<Schema>) -> Self {
        Self {
            pointer,
            schema,
            earlier: Vec::new(),
        }
    }

    /// The nodes that declare it, the last one last.
    pub(super) fn places(&self) -> impl Iterator<Item = &Pointer> {
        let earlier = self.earlier.iter().map(|property| &property.pointer);
        earlier.chain([&self.pointer])
    }

    /// The same, declared again by a later member of an `allOf`. One that is declared at the same node already has the last place now.
    pub(super) fn again(self, later: Self) -> Self {
        let Self {
            pointer,
            schema,
            mut earlier,
        } = self;
        earlier.push(Self::new(pointer, schema));
        earlier.retain(|known| known.pointer != later.pointer);
        Self { earlier, ..later }
    }
}

/// The members of an object, its own or merged from several.
#[derive(Clone, Default)]
pub(super) struct Members {
    pub(super) properties: IndexMap<String, Property>,
    /// Required names with the node that lists them.
    pub(super) required: IndexMap<String, Pointer>,
    /// The choices of further required names.
    pub(super) choices: Vec<RequiredChoice>,
    pub(super) additional: Additional,
}

/// What an object says of properties that it does not list.
#[derive(Clone, Default)]
pub(super) enum Additional {
    /// Nothing.
    #[default]
    Unstated,
    /// There are none.
    Closed(Pointer),
    /// They have any value.
    Open,
    /// They have this schema.
    Typed(Box<Property>),
}

impl Additional {
    /// Of the schema at `pointer`.
    pub(super) fn of(pointer: &Pointer, stated: Option<AdditionalProperties>) -> Self {
        let place = pointer.push("additionalProperties");
        match stated {
            None => Self::Unstated,
            Some(AdditionalProperties::Any(false)) => Self::Closed(place),
            Some(AdditionalProperties::Any(true)) => Self::Open,
            Some(AdditionalProperties::Schema(schema)) => {
                Self::Typed(Box::new(Property::new(place, *schema)))
            }
        }
    }

    /// Whether the document says that there can be such properties.
    pub(super) fn is_open(&self) -> bool {
        match self {
            Self::Unstated | Self::Closed(_) => false,
            Self::Open | Self::Typed(_) => true,
        }
    }
}

impl Members {
    /// The members that an object lists itself.
    pub(super) fn own(pointer: &Pointer, facets: &mut Facets) -> Self {
        let place = pointer.push("properties");
        let properties = std::mem::take(&mut facets.properties)
            .into_iter()
            .map(|(name, schema)| {
                let property = Property::new(place.push(&name), schema);
                (name, property)
            })
            .collect();
        let place = pointer.push("required");
        let required = std::mem::take(&mut facets.required)
            .into_iter()
            .enumerate()
            .map(|(index, name)| (name, place.push_index(index)))
            .collect();
        Self {
            properties,
            required,
            choices: std::mem::take(&mut facets.required_choices),
            additional: Additional::of(pointer, facets.additional.take()),
        }
    }
}
