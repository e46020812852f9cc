//! Parameters of every style of OpenAPI 3.0, and parameters written as JSON.
//!
//! In: a value, and how the document has it written. Out: what is added to the path, the query, a header or the cookies. The forms are
//! those of the table "Style Values" of OpenAPI 3.0.3, percent-encoded as each place needs it: `[`, `]` and `|` too, which RFC 3986
//! allows nowhere in a path or query. An absent value, and an empty list or object, is not sent.

use serde::Serialize;

use crate::decode::{DEEPEST, Json, Tree};
use crate::request::Request;
use crate::types::json_text::json_text;
use crate::types::secret;

mod encode;
mod expand;
#[cfg(feature = "bodies")]
pub(crate) mod form;

/// How a parameter is written. Generated code states it as a constant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Styled<'n> {
    name: &'n str,
    place: Place,
    style: Style,
    explode: bool,
    reserved: bool,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Path,
    Query,
    Header,
    Cookie,
    /// A property of a form.
    #[cfg(feature = "bodies")]
    Form,
}

/// The styles of OpenAPI 3.0, and JSON.
#[allow(dead_code, reason = "generated calls use what their document needs")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

#[allow(dead_code, reason = "generated calls use what their document needs")]
impl<'n> Styled<'n> {
    /// A parameter of the path.
    pub(crate) const fn path(name: &'n str, style: Style) -> Self {
        Self::new(name, Place::Path, style)
    }

    /// A parameter of the query.
    pub(crate) const fn query(name: &'n str, style: Style) -> Self {
        Self::new(name, Place::Query, style)
    }

    /// A header.
    pub(crate) const fn header(name: &'n str, style: Style) -> Self {
        Self::new(name, Place::Header, style)
    }

    /// A cookie.
    pub(crate) const fn cookie(name: &'n str, style: Style) -> Self {
        Self::new(name, Place::Cookie, style)
    }

    /// A property of a form.
    #[cfg(feature = "bodies")]
    pub(crate) const fn form(name: &'n str, style: Style) -> Self {
        Self::new(name, Place::Form, style)
    }

    const fn new(name: &'n str, place: Place, style: Style) -> Self {
        Self {
            name,
            place,
            style,
            explode: false,
            reserved: false,
        }
    }

    /// With each member of a list or object written as a parameter of its own.
    pub(crate) const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    /// With reserved characters that are not encoded.
    pub(crate) const fn reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    pub(crate) fn name(&self) -> &'n str {
        self.name
    }

    /// The text that takes the parameter's place in the path; empty where the value cannot be written.
    pub(crate) fn in_path(&self, value: &impl Serialize) -> String {
        let text = json(self.name, value).unwrap_or_default();
        read(&text, |json| expand::in_path(self, json)).unwrap_or_default()
    }
}

impl Request {
    /// Sets a parameter, replacing its earlier value.
    pub(crate) fn set_styled(&mut self, styled: &Styled<'static>, value: &impl Serialize) {
        if let Err(fault) = self.try_set(styled, value) {
            self.refuse(fault);
        }
    }

    fn try_set(&mut self, styled: &Styled<'static>, value: &impl Serialize) -> Result<(), String> {
        let text = json(styled.name, value)?;
        let name = styled.name;
        if styled.style == Style::DeepObject && !is_object_or_null(&text) {
            return Err(format!("`{name}` is not an object, as its style needs"));
        }
        match styled.place {
            Place::Path => self.set_path(name, styled.in_path(value)),
            Place::Query => {
                let pairs = read(&text, |json| expand::pairs(styled, json))?;
                self.set_pairs(name, pairs);
            }
            Place::Header => {
                self.remove_header(name);
                if let Some(value) = read(&text, |json| expand::plain(styled, json))? {
                    self.set_header(name, &value);
                }
            }
            Place::Cookie => {
                let pairs = read(&text, |json| expand::pairs(styled, json))?;
                self.set_cookies(name, pairs);
            }
            // The body as a whole is set.
            #[cfg(feature = "bodies")]
            Place::Form => {}
        }
        Ok(())
    }
}

/// The value as JSON text, from which all styles are written. Its error repeats no value.
fn json(name: &str, value: &impl Serialize) -> Result<String, String> {
    secret::sending(|| json_text(value))
        .map_err(|error| format!("`{name}` cannot be written: {error}"))
}

fn read<T>(text: &str, write: impl FnOnce(Json<'_>) -> T) -> Result<T, String> {
    let tree = Tree::parse(text, DEEPEST).map_err(|fault| fault.to_string())?;
    Ok(write(tree.root()))
}

fn is_object_or_null(text: &str) -> bool {
    text.starts_with('{') || text == "null"
}

#[cfg(test)]
mod tests;
