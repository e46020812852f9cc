//! The body of a request: JSON.
//!
//! In: a value, and fields that its type does not have. Out: the text that is sent, or an error that is returned when the call is sent.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::RawValue;

use super::Request;
use crate::types::json_text::json_text;
use crate::types::secret;

impl Request {
    pub(crate) fn set_json(&mut self, body: &impl Serialize) {
        match secret::sending(|| json_text(body)) {
            Ok(body) => {
                self.body = Some(body.into());
                #[cfg(feature = "bodies")]
                self.no_upload();
            }
            Err(error) => self.refuse(format!("the body cannot be written as JSON: {error}")),
        }
    }

    /// Sets a field of the body, which must be an object. Where there is no body yet, it becomes one.
    pub(crate) fn set_body_field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        let value = secret::sending(|| json_text(value)).and_then(RawValue::from_string);
        let value = match value {
            Ok(value) => value,
            Err(error) => {
                return self.refuse(format!("`{name}` cannot be written as JSON: {error}"));
            }
        };
        match self.with_field(name, value) {
            Ok(body) => self.body = Some(body.into()),
            Err(fault) => self.refuse(fault),
        }
    }

    /// The body with a field. The text of all others stays as it is.
    fn with_field(&self, name: &str, value: Box<RawValue>) -> Result<Vec<u8>, String> {
        let mut fields: BTreeMap<String, Box<RawValue>> = match &self.body {
            Some(body) => serde_json::from_slice(body)
                .map_err(|_| format!("`{name}` cannot be added: the body is no object"))?,
            None if self.has_body() => {
                return Err(format!("`{name}` cannot be added: the body is no JSON"));
            }
            None if self.operation.verb.expects_body() => BTreeMap::new(),
            None => return Err(format!("`{name}` cannot be added: the call has no body")),
        };
        fields.insert(name.to_owned(), value);
        serde_json::to_vec(&fields).map_err(|error| format!("the body cannot be written: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Request;
    use crate::client::tests::client;
    use crate::request::operation::Operation;
    use crate::request::scope::Scope;
    use crate::types::secret::SecretText;
    use serde_json::json;

    fn post() -> Request {
        Request::new(Scope::new(&client()), Operation::post("a.create", "/a"))
    }

    fn body(request: &Request) -> String {
        let request = request.prepare().unwrap();
        String::from_utf8(request.body().to_vec()).unwrap()
    }

    #[test]
    fn fields_are_added_and_replaced() {
        let mut request = post();
        request.set_json(&json!({"b": 0.1, "a": null}));
        request.set_body_field("c", &[1, 2]);
        request.set_body_field("a", &SecretText::from("r2://b?secret-access-key=hush"));
        assert_eq!(
            body(&request),
            r#"{"a":"r2://b?secret-access-key=hush","b":0.1,"c":[1,2]}"#
        );
        let mut request = post();
        request.set_body_field("a", "x");
        assert_eq!(body(&request), r#"{"a":"x"}"#);
    }

    #[test]
    fn without_an_object_it_is_an_error() {
        let mut list = post();
        list.set_json(&[1]);
        let mut none = Request::new(Scope::new(&client()), Operation::get("a.get", "/a"));
        for (request, fault) in [
            (&mut list, "`x` cannot be added: the body is no object"),
            (&mut none, "`x` cannot be added: the call has no body"),
        ] {
            request.set_body_field("x", "hush");
            let error = request.prepare().unwrap_err().to_string();
            assert!(error.contains(fault) && !error.contains("hush"), "{error}");
        }
    }
}
