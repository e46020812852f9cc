//! Parameters of operations: of the path item and the operation's own, which win.

use indexmap::IndexMap;
use openapiv3::{
    CookieStyle, HeaderStyle, Parameter as Said, ParameterData, ParameterSchemaOrContent,
    PathStyle, QueryStyle, ReferenceOr,
};

use crate::model::{Fold, Location, Parameter, Path, Segment, Style, Ty};
use crate::pointer::Pointer;

use super::resolver::Resolver;

impl Resolver<'_> {
    /// All parameters of an operation: those of the path in path order, then the others in document order.
    pub(super) fn parameters(
        &mut self,
        path: &Path,
        lists: [(Pointer, Vec<ReferenceOr<Said>>); 2],
    ) -> Vec<Parameter> {
        let mut found: IndexMap<(String, &str), Parameter> = IndexMap::new();
        for (place, list) in lists {
            for (index, item) in list.into_iter().enumerate() {
                let Some(parameter) = self.parameter(&place.push_index(index), item) else {
                    continue;
                };
                let key = (parameter.name.clone(), parameter.location.name());
                found.insert(key, parameter);
            }
        }
        let mut ordered = Vec::new();
        for segment in &path.segments {
            if let Segment::Parameter(name) = segment {
                ordered.extend(found.shift_remove(&(name.clone(), Location::Path.name())));
            }
        }
        ordered.extend(found.into_values());
        ordered
    }

    fn parameter(&mut self, pointer: &Pointer, item: ReferenceOr<Said>) -> Option<Parameter> {
        let (at, said) = self.follow(pointer, item)?;
        if self.skips(&at) {
            return None;
        }
        if at != *pointer {
            self.ledger.folded(&at, Fold::Component);
        }
        let (location, style, data) = taken_apart(said);
        let ParameterData {
            name,
            description,
            required,
            deprecated,
            format,
            example: _,
            examples: _,
            explode,
            extensions: _,
        } = data;
        let (place, schema, content) = match format {
            ParameterSchemaOrContent::Schema(schema) => (at.push("schema"), Some(schema), None),
            ParameterSchemaOrContent::Content(content) => {
                let (kind, media) = content.into_iter().next()?;
                (
                    at.push("content").push(&kind).push("schema"),
                    media.schema,
                    Some(kind),
                )
            }
        };
        let resolved = match schema {
            Some(schema) => self.schema(&place, schema)?,
            None => return None,
        };
        let ty = self.place_id(location, &at, &name, resolved.ty, description.as_deref());
        self.ledger.emitted(&at);
        Some(Parameter {
            pointer: at,
            name,
            location,
            ty,
            required,
            style,
            explode: explode.unwrap_or(matches!(style, Style::Form)),
            content,
            description: description.or(resolved.description),
            bounds: resolved.bounds,
            deprecated: deprecated.unwrap_or(false) || resolved.deprecated,
        })
    }

    /// The text of a path parameter is an id: of the newtype that its schema has, else of one named after its place. Any other
    /// parameter is one where `[ids]` says so.
    fn place_id(
        &mut self,
        location: Location,
        at: &Pointer,
        name: &str,
        ty: Ty,
        description: Option<&str>,
    ) -> Ty {
        if ty != Ty::Text {
            return ty;
        }
        let listed = self.config.ids.get(at).map(|rule| rule.value.clone());
        let id = match (listed, location) {
            (Some(listed), _) => listed,
            (None, Location::Path) => heck::AsUpperCamelCase(name).to_string(),
            (None, _) => return ty,
        };
        self.note_id(&id, at, description);
        Ty::Id(id)
    }
}

impl Location {
    /// The value of `in`.
    fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

fn taken_apart(said: Said) -> (Location, Style, ParameterData) {
    match said {
        Said::Query {
            parameter_data,
            allow_reserved: _,
            style,
            allow_empty_value: _,
        } => {
            let style = match style {
                QueryStyle::Form => Style::Form,
                QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                QueryStyle::PipeDelimited => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
            };
            (Location::Query, style, parameter_data)
        }
        Said::Header {
            parameter_data,
            style,
        } => {
            let HeaderStyle::Simple = style;
            (Location::Header, Style::Simple, parameter_data)
        }
        Said::Path {
            parameter_data,
            style,
        } => {
            let style = match style {
                PathStyle::Matrix => Style::Matrix,
                PathStyle::Label => Style::Label,
                PathStyle::Simple => Style::Simple,
            };
            (Location::Path, style, parameter_data)
        }
        Said::Cookie {
            parameter_data,
            style,
        } => {
            let CookieStyle::Form = style;
            (Location::Cookie, Style::Form, parameter_data)
        }
    }
}
