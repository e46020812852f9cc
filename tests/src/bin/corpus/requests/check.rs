//! Compares a request with its operation in the document.
//!
//! In: the document, the operation, and the request as the program printed it. Out: one line per fault.

use std::collections::BTreeMap;

use ::tests::query::pairs;
use ::tests::schema::{Message, shape_faults};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::parts;

/// The operation of `METHOD /path`, with the parameters of its path. Path parameters may have other names in the SDK.
pub(super) fn operation<'a>(root: &'a Value, request: &str) -> Option<(&'a Value, &'a Value)> {
    let (method, path) = request.split_once(' ')?;
    let shape = |path: &str| -> String {
        let mut parts = path.split('{');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |all, part| {
            all + "{}" + part.split_once('}').map_or("", |(_, rest)| rest)
        })
    };
    let mut paths = root["paths"].as_object()?.iter();
    let (_, item) = paths.find(|(known, item)| {
        shape(known) == shape(path) && item.get(method.to_ascii_lowercase()).is_some()
    })?;
    Some((item, &item[method.to_ascii_lowercase()]))
}

/// A request beside its operation.
pub(super) struct Check<'a> {
    pub(super) root: &'a Value,
    /// The path's node and the operation's.
    pub(super) operation: (&'a Value, &'a Value),
    pub(super) sent: &'a Value,
}

impl<'a> Check<'a> {
    pub(super) fn faults(&self, request: &str) -> Vec<String> {
        let (method, path) = request.split_once(' ').unwrap_or_default();
        let uri = self.sent["uri"].as_str().unwrap_or_default();
        let uri = uri.strip_prefix("https://api.example/base").unwrap_or(uri);
        let (sent, query) = uri.split_once('?').unwrap_or((uri, ""));
        let mut found = Vec::new();
        if self.sent["method"] != method {
            found.push(format!("the method is {}", self.sent["method"]));
        }
        if !fits(path, sent) {
            found.push(format!("the path is {sent}"));
        }
        self.query(&pairs(query), &mut found);
        self.headers(&mut found);
        self.body(&mut found);
        found
    }

    /// The node, or the one that it refers to.
    fn resolve(&self, node: &'a Value) -> &'a Value {
        let target = node["$ref"]
            .as_str()
            .and_then(|target| self.root.pointer(target.strip_prefix('#')?));
        target.map_or(node, |target| self.resolve(target))
    }

    /// The parameters of the operation with this `in`; those of its path unless it has its own of that name.
    fn parameters(&self, place: &str) -> BTreeMap<&'a str, &'a Value> {
        let (item, operation) = self.operation;
        let lists = [&item["parameters"], &operation["parameters"]].into_iter();
        let all = lists.flat_map(|list| list.as_array().into_iter().flatten());
        let all = all.map(|parameter| self.resolve(parameter));
        all.filter(|parameter| parameter["in"] == place)
            .filter_map(|parameter| Some((parameter["name"].as_str()?, parameter)))
            .collect()
    }

    fn query(&self, pairs: &[(String, String)], found: &mut Vec<String>) {
        let known = self.parameters("query");
        for (name, _) in pairs {
            let base = name.split(['[', '.']).next().unwrap_or_default();
            let is_spread = known.values().any(|parameter| {
                let schema = self.resolve(&parameter["schema"]);
                schema["type"] == "object" || schema.get("properties").is_some()
            });
            if !known.contains_key(name.as_str()) && !known.contains_key(base) && !is_spread {
                found.push(format!("the query has `{name}`"));
            }
        }
        for (name, parameter) in known {
            let schema = self.resolve(&parameter["schema"]);
            let values: Vec<&str> = pairs
                .iter()
                .filter(|(key, _)| key == name)
                .map(|(_, value)| value.as_str())
                .collect();
            if values.is_empty() && parameter["required"] == true && schema["type"] != "object" {
                found.push(format!("the query lacks `{name}`"));
            }
            if schema["type"] == "object" {
                continue;
            }
            // The items of a list, one by one.
            let items = self.resolve(&schema["items"]);
            let (schema, values) = match schema["type"] == "array" {
                true => (items, apart(parameter, &values)),
                false => (schema, values),
            };
            for value in values {
                let value = typed(schema, value);
                let faults = shape_faults(self.root, schema, &value, Message::Request);
                let faults = faults.into_iter();
                found.extend(faults.map(|fault| format!("query {name}{fault}")));
            }
        }
    }

    fn header(&self, name: &str) -> Option<&'a str> {
        let mut headers = self.sent["headers"].as_array()?.iter();
        headers.find(|header| header[0] == name.to_ascii_lowercase())?[1].as_str()
    }

    fn headers(&self, found: &mut Vec<String>) {
        for (name, parameter) in self.parameters("header") {
            if parameter["required"] == true && self.header(name).is_none() {
                found.push(format!("the header `{name}` is not sent"));
            }
        }
    }

    fn body(&self, found: &mut Vec<String>) {
        let body = self.sent["body"].as_str().unwrap_or_default();
        let (_, operation) = self.operation;
        let Some(wanted) = operation.get("requestBody").map(|body| self.resolve(body)) else {
            if !body.is_empty() {
                found.push("a body is sent".to_owned());
            }
            return;
        };
        let media = self.header("content-type").unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default();
        if body.is_empty() && self.header("content-type").is_none() {
            if wanted["required"] == true {
                found.push("there is no body".to_owned());
            }
            return;
        }
        let contents = wanted["content"].as_object().into_iter().flatten();
        let matches = |known: &str| {
            let known = known.split(';').next().unwrap_or_default().trim();
            known == media
                || known == "*/*"
                || known
                    .strip_suffix('*')
                    .is_some_and(|start| media.starts_with(start))
        };
        let Some((_, content)) = contents.into_iter().find(|(known, _)| matches(known)) else {
            found.push(format!("the body is of type `{media}`"));
            return;
        };
        match media {
            "multipart/form-data" => {
                let names = parts::names(body);
                found.extend(parts::faults(self.root, &content["schema"], &names));
                return;
            }
            "application/x-www-form-urlencoded" => {
                let names = pairs(body).into_iter().map(|(name, _)| name).collect();
                found.extend(parts::faults(self.root, &content["schema"], &names));
                return;
            }
            "application/json" => {}
            media if media.ends_with("+json") => {}
            _ => return,
        }
        match serde_json::from_str(body) {
            Ok(value) => {
                let faults = shape_faults(self.root, &content["schema"], &value, Message::Request);
                found.extend(
                    faults
                        .into_iter()
                        .map(|fault| format!("body{fault}: {value}")),
                );
            }
            Err(error) => found.push(format!("the body is no JSON: {error}")),
        }
    }
}

/// A text as JSON of the kind that the schema names.
fn typed(schema: &Value, text: &str) -> Value {
    match schema["type"].as_str() {
        Some("boolean" | "integer" | "number") => {
            serde_json::from_str(text).unwrap_or_else(|_| json!(text))
        }
        _ => json!(text),
    }
}

/// The items of a list in a query: it is repeated, or its items are joined by what its style says.
fn apart<'a>(parameter: &Value, values: &[&'a str]) -> Vec<&'a str> {
    let joint = match parameter["style"].as_str() {
        Some("spaceDelimited") => ' ',
        Some("pipeDelimited") => '|',
        _ => ',',
    };
    let is_joined = parameter["explode"] == false || joint != ',';
    let items = values.iter().flat_map(|value| value.split(joint));
    match is_joined {
        true => items.collect(),
        false => values.to_vec(),
    }
}

/// Whether a path fits its template: each parameter is one or more characters of a segment.
fn fits(template: &str, path: &str) -> bool {
    let (templates, segments) = (template.split('/'), path.split('/'));
    let mut pairs = templates.clone().zip(segments.clone());
    templates.count() == segments.count()
        && pairs.all(|(template, segment)| {
            let segment = percent_decode_str(segment).decode_utf8_lossy();
            match (template.split_once('{'), template.rsplit_once('}')) {
                (Some((start, _)), Some((_, end))) => {
                    segment.len() > start.len() + end.len()
                        && segment.starts_with(start)
                        && segment.ends_with(end)
                }
                _ => segment == template,
            }
        })
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_path_fits_its_template() {
        assert!(fits("/a/{b}/c.{d}", "/a/x%2Fy/c.z"));
        assert!(!fits("/a/{b}", "/a/"));
        assert!(!fits("/a/{b}", "/b/x"));
    }
}
