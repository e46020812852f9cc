//! Parameters of operations: those of the path item and the operation's own, which take precedence.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{
    CookieStyle, HeaderStyle, Parameter as Said, ParameterData, ParameterSchemaOrContent,
    PathStyle, QueryStyle, ReferenceOr,
};

use crate::config::{Layout, address_of, key_of};
use crate::model::{Fold, Location, Parameter, Passing, Path, Segment, Style, Ty};
use crate::pointer::Pointer;
use crate::report::{Code, Entry};

use super::resolver::Resolver;
use super::words::stated;

impl Resolver<'_> {
    /// All parameters of an operation: those of the path in path order, then the others in document order.
    pub(super) fn parameters(
        &mut self,
        path: &Path,
        renamed: &BTreeMap<String, String>,
        lists: [(Pointer, Vec<ReferenceOr<Said>>); 2],
    ) -> Vec<Parameter> {
        let mut found: IndexMap<(String, &str), Parameter> = IndexMap::new();
        for (place, list) in lists {
            for (index, item) in list.into_iter().enumerate() {
                let Some(parameter) =
                    self.parameter((path, renamed), &place.push_index(index), item)
                else {
                    continue;
                };
                let key = (parameter.name.clone(), parameter.location.name());
                found.insert(key, parameter);
            }
        }
        let mut ordered = Vec::new();
        for segment in &path.segments {
            for name in segment.parameters() {
                ordered.extend(found.shift_remove(&(name.to_owned(), Location::Path.name())));
            }
        }
        ordered.extend(found.into_values());
        ordered
    }

    /// Notes a path parameter whose schema says nothing.
    fn untyped(&mut self, at: &Pointer) {
        self.note(
            Code::Overridden,
            at,
            "the schema of this path parameter has no type: it is a text",
            "write `type: string` in an action of spec/overlay.yaml, or the type that it has",
        );
    }

    fn parameter(
        &mut self,
        (path, renamed): (&Path, &BTreeMap<String, String>),
        pointer: &Pointer,
        item: ReferenceOr<Said>,
    ) -> Option<Parameter> {
        let (at, said) = self.follow(pointer, item)?;
        if self.skips(&at) {
            self.keep_in_path(&at, &said);
            return None;
        }
        if at != *pointer {
            self.ledger.folded(&at, Fold::Component);
        }
        let (location, style, allow_reserved, data) = split(said);
        if location == Location::Header && self.ignores(&at, &data.name) {
            return None;
        }
        let ParameterData {
            mut name,
            description,
            required,
            deprecated,
            format,
            example: _,
            examples: _,
            explode,
            extensions: _,
        } = data;
        if location == Location::Path
            && let Some(known) = renamed.get(&name)
        {
            name.clone_from(known);
        }
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
        let description = stated(description);
        let ty = match (resolved.ty, location) {
            (Ty::Text, Location::Path) => self.path_id(&at, path, &name, description.as_deref()),
            (Ty::Any, Location::Path) => {
                self.untyped(&at);
                self.path_id(&at, path, &name, description.as_deref())
            }
            (Ty::Text, _) => self
                .listed_id(&at, description.as_deref())
                .unwrap_or(Ty::Text),
            (ty, _) => ty,
        };
        let is_id = match (&ty, location) {
            (Ty::Id(newtype), Location::Path) => self.is_path_id(newtype, &name),
            _ => false,
        };
        self.ledger.emitted(&at);
        let description = self.sentence_for(&at, description.or(resolved.description));
        Some(Parameter {
            pointer: at,
            name,
            location,
            ty,
            is_id,
            required,
            style,
            explode: explode.unwrap_or(matches!(style, Style::Form)),
            allow_reserved,
            content,
            description,
            bounds: resolved.bounds,
            deprecated: deprecated.unwrap_or(false) || resolved.deprecated,
            passed: match required {
                true => Passing::Argument,
                false => Passing::Setter,
            },
        })
    }

    /// OpenAPI 3.0 ignores header parameters that it describes in other ways.
    fn ignores(&mut self, at: &Pointer, name: &str) -> bool {
        let said = match name.to_ascii_lowercase().as_str() {
            "accept" => "the media types of the responses describe it",
            "content-type" => "the media types of the request body describe it",
            "authorization" => "`security` describes it",
            _ => return false,
        };
        self.ledger.folded(at, Fold::Ignored);
        self.note(
            Code::Ignored,
            at,
            format!("OpenAPI ignores a header parameter called `{name}`: {said}"),
            "nothing has to be done: the SDK sends the header itself",
        );
        true
    }

    /// The id newtype of a parameter under `[ids]`.
    fn listed_id(&mut self, at: &Pointer, description: Option<&str>) -> Option<Ty> {
        let name = self.config.ids.get(at)?.value.clone();
        self.note_id(&name, at, description);
        Some(Ty::Id(name))
    }

    /// The text of a path parameter is an id: of the newtype under `[ids]`, else of one named after the parameter, or the literal before
    /// one that is called `id`. In flat layout what two resources call by one name are two ids; in nested layout, for documents that
    /// take the same id at many places, they are one.
    fn path_id(
        &mut self,
        at: &Pointer,
        path: &Path,
        parameter: &str,
        description: Option<&str>,
    ) -> Ty {
        if let Some(listed) = self.listed_id(at, description) {
            return listed;
        }
        let resource = literal_before(path, parameter);
        let name = match parameter {
            "id" => heck::AsUpperCamelCase(format!("{resource}_id")).to_string(),
            parameter => heck::AsUpperCamelCase(parameter).to_string(),
        };
        self.id_below(&name, resource, at);
        self.note_id(&name, at, description);
        if let Some(id) = self.ids.get_mut(&name) {
            let qualified = || qualified(resource, &name);
            id.qualified.get_or_insert_with(qualified);
        }
        Ty::Id(name)
    }

    /// Refuses a second resource whose ids would have this name.
    fn id_below(&mut self, name: &str, resource: &str, at: &Pointer) {
        let first = self.id_places.entry(name.to_owned()).or_default();
        if first.pointers.is_empty() {
            first.resource = resource.to_owned();
        }
        if first.resource == resource {
            if !first.pointers.contains(at) {
                first.pointers.push(at.clone());
            }
            return;
        }
        if self.config.layout == Layout::Nested {
            return;
        }
        let message = format!(
            "`{name}` is the id below `{}` too, and would be accepted there",
            first.resource
        );
        let help = format!(
            "choose a name of its own: <Name> = [{}] under [ids] in spec/sdk.toml",
            key_of(at)
        );
        // Either of the two can have another name.
        let other = first.entry(name);
        let own = IdPlace {
            resource: resource.to_owned(),
            pointers: vec![at.clone()],
        };
        self.fault_with(at, message, help, own.entry(name));
        self.helped(other);
    }

    /// A path without one of its parameters cannot be filled.
    fn keep_in_path(&mut self, at: &Pointer, said: &Said) {
        if let (Said::Path { .. }, Some(rule)) = (said, self.config.skip.peek(at)) {
            let place = rule.place.clone();
            self.config_fault(
                &place,
                "a parameter of the path cannot be skipped",
                "skip the operation",
            );
        }
    }
}

/// Where the ids of one name are.
#[derive(Debug, Default)]
pub(super) struct IdPlace {
    /// The literal before them.
    resource: String,
    /// Their parameters.
    pointers: Vec<Pointer>,
}

impl IdPlace {
    /// The entry that puts the resource before the name.
    fn entry(&self, name: &str) -> Entry {
        let addresses = self.pointers.iter().map(address_of).collect();
        let entry = Entry::list("ids", qualified(&self.resource, name), addresses);
        entry.about(self.pointers.first().unwrap_or(&Pointer::root()))
    }
}

/// The name of an id with the resource before it.
fn qualified(resource: &str, name: &str) -> String {
    format!("{}{name}", heck::AsUpperCamelCase(resource))
}

/// The literal segment before a parameter.
fn literal_before<'p>(path: &'p Path, parameter: &str) -> &'p str {
    let mut before = "";
    for segment in &path.segments {
        match segment {
            Segment::Literal(text) => before = text,
            Segment::Parameter(_) | Segment::Mixed(_) => {
                if segment.parameters().contains(&parameter) {
                    break;
                }
            }
        }
    }
    before
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

fn split(said: Said) -> (Location, Style, bool, ParameterData) {
    match said {
        Said::Query {
            parameter_data,
            allow_reserved,
            style,
            allow_empty_value: _,
        } => {
            let style = match style {
                QueryStyle::Form => Style::Form,
                QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                QueryStyle::PipeDelimited => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
            };
            (Location::Query, style, allow_reserved, parameter_data)
        }
        Said::Header {
            parameter_data,
            style,
        } => {
            let HeaderStyle::Simple = style;
            (Location::Header, Style::Simple, false, parameter_data)
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
            (Location::Path, style, false, parameter_data)
        }
        Said::Cookie {
            parameter_data,
            style,
        } => {
            let CookieStyle::Form = style;
            (Location::Cookie, Style::Form, false, parameter_data)
        }
    }
}
