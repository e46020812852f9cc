//! `application/x-www-form-urlencoded`: RFC 1866, section 8.2.1.
//!
//! In: an object, and the style of its properties where it is not the default, which is that of a query. Out: the text of the body. A space is
//! written as `+`.

use serde::Serialize;

use super::expand::pairs;
use super::{Style, Styled, json, read};
use crate::base::percent;

/// The text of a form.
pub(crate) fn encoded(value: &impl Serialize, encodings: &[Styled<'_>]) -> Result<String, String> {
    let text = json("the body", value)?;
    read(&text, |json| {
        let fields = json.object();
        let fields = fields.map_err(|_| "the body of a form is no object".to_owned())?;
        let mut words = Vec::new();
        for (key, value) in fields.entries() {
            let name = key.as_text().unwrap_or_default();
            let said = encodings.iter().find(|encoding| encoding.name == name);
            let plain = Styled::form(&name, Style::Form).exploded();
            for (name, value) in pairs(said.unwrap_or(&plain), value) {
                words.push(format!("{}={value}", percent::encode(&name)));
            }
        }
        Ok(words.join("&").replace("%20", "+"))
    })?
}
