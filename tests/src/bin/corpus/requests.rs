//! Requests: each method's example in the documentation is run once, and what it sends is compared with the document.
//!
//! In: the generated files in the copy of the SDK, and the document. Out: a program that runs the examples on a transport that records, and
//! the faults in what it prints. Values of texts are placeholders, so that only kinds, keys and enums are checked.

use std::collections::BTreeSet;

use serde_json::Value;

use self::check::{Check, operation};

mod check;
mod parts;

/// An example: the request that it is for, `METHOD /path`, and its statements.
#[derive(Debug)]
pub(crate) struct Example {
    request: String,
    lines: Vec<String>,
}

/// The examples in a generated file, each with the request that the `doc(alias)` below it names.
pub(crate) fn examples(text: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    let mut inside = false;
    for line in text.lines().map(str::trim_start) {
        if let Some(doc) = line.strip_prefix("///") {
            let doc = doc.strip_prefix(' ').unwrap_or(doc);
            if doc.starts_with("```") {
                inside = !inside;
            } else if inside {
                lines.push(doc.strip_prefix("# ").unwrap_or(doc).to_owned());
            }
            continue;
        }
        // A long one has a line of its own.
        let alias = line.trim_start_matches("#[doc(").strip_prefix("alias = \"");
        let alias = alias.and_then(|alias| alias.split('"').next());
        if let Some(request) = alias.filter(|alias| alias.contains(" /")) {
            let lines = std::mem::take(&mut lines);
            if !lines.is_empty() {
                let request = request.to_owned();
                found.push(Example { request, lines });
            }
        } else if !line.starts_with(['#', ')']) {
            lines.clear();
        }
    }
    found
}

/// The program: prints one line for each example, `{"requests": [..]}`. Its client has a credential for each of these security schemes.
pub(crate) fn program(examples: &[&Example], schemes: &BTreeSet<Scheme>) -> String {
    let (mut modules, mut calls) = (String::new(), String::new());
    let mut rows = String::new();
    for Scheme { name, setter } in schemes {
        rows.push_str(&format!("    ({name:?}, {setter:?}),\n"));
    }
    for (number, example) in examples.iter().enumerate() {
        let lines = example
            .lines
            .join("\n")
            .replacen("async fn", "pub async fn", 1);
        modules.push_str(&format!(
            "\n// {}\nmod example_{number} {{\n{lines}\n}}\n",
            example.request
        ));
        calls.push_str(&format!(
            "        report(example_{number}::example).await;\n"
        ));
    }
    format!(
        "{HEAD}const SCHEMES: &[(&str, &str)] = &[\n{rows}];\n\nasync fn run() {{\n{calls}}}\n{modules}"
    )
}

/// A way to show who sends a request.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Scheme {
    name: String,
    /// The method of the client's builder that sets it.
    setter: &'static str,
}

/// The security schemes of a document.
pub(crate) fn schemes(root: &Value) -> impl Iterator<Item = Scheme> {
    let all = root["components"]["securitySchemes"].as_object();
    all.into_iter().flatten().map(|(name, node)| Scheme {
        name: name.clone(),
        setter: setter(node),
    })
}

fn setter(node: &Value) -> &'static str {
    let text = |key: &str| node[key].as_str().unwrap_or_default();
    match (text("type"), text("in")) {
        ("http", _) if text("scheme").eq_ignore_ascii_case("basic") => "basic_credential",
        ("apiKey", "header") if text("name").eq_ignore_ascii_case("authorization") => {
            "authorization_credential"
        }
        _ => "credential",
    }
}

const HEAD: &str = r##"//! What the examples in the documentation send.
#![allow(unused, deprecated)]
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use cloudflare_magic::transport::{Transport, TransportBody, TransportError};
use cloudflare_magic::{BoxFuture, Client, Error};
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};

/// Keeps the requests, and accepts none.
#[derive(Clone, Debug, Default)]
struct Kept(Arc<Mutex<Vec<Value>>>);

impl Transport for Kept {
    fn exchange(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        let headers = request.headers().iter();
        let headers = headers.map(|(name, value)| json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())]));
        let kept = json!({
            "method": request.method().as_str(),
            "uri": request.uri().to_string(),
            "headers": headers.collect::<Vec<_>>(),
            "body": String::from_utf8_lossy(request.body()),
        });
        self.0.lock().unwrap().push(kept);
        let mut response = Response::new(TransportBody::from(Bytes::new()));
        *response.status_mut() = StatusCode::IM_A_TEAPOT;
        Box::pin(async { Ok(response) })
    }
}

async fn report<F: Future<Output = Result<(), Error>>>(example: impl Fn(Client) -> F) {
    let kept = Kept::default();
    let mut client = Client::builder().api_token("token").base_url("https://api.example/base");
    for (name, setter) in SCHEMES {
        client = match *setter {
            "basic_credential" => client.basic_credential(*name, "user", "password"),
            "authorization_credential" => client.authorization_credential(*name, "Token key"),
            _ => client.credential(*name, "key"),
        };
    }
    let client = client.transport(kept.clone()).build().unwrap();
    let error = example(client).await.err().map(|error| error.to_string());
    println!("{}", json!({"requests": *kept.0.lock().unwrap(), "error": error}));
}

fn main() {
    // The file that examples upload.
    std::fs::write("file", "content").unwrap();
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_time().build().unwrap().block_on(run());
}

"##;

/// One line for each fault of a request, and for each operation that no example calls.
pub(crate) fn faults(
    root: &Value,
    called: &BTreeSet<String>,
    examples: &[Example],
    printed: &[&str],
) -> Vec<String> {
    let mut faults = Vec::new();
    let mut missing: BTreeSet<&str> = called.iter().map(String::as_str).collect();
    let mut lines = printed.iter();
    for Example { request, .. } in examples {
        missing.remove(request.as_str());
        let line: Value =
            serde_json::from_str(lines.next().copied().unwrap_or_default()).unwrap_or_default();
        let sent = line["requests"].as_array().and_then(|all| all.first());
        let found = match (sent, operation(root, request)) {
            (None, _) => vec![format!("nothing was sent: {}", line["error"])],
            (_, None) => vec!["the document has no such operation".to_owned()],
            (Some(sent), Some(operation)) => Check {
                root,
                operation,
                sent,
            }
            .faults(request),
        };
        faults.extend(found.into_iter().map(|fault| format!("{request}: {fault}")));
    }
    faults.extend(
        missing
            .into_iter()
            .map(|request| format!("{request}: there is no example")),
    );
    faults
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};

    use super::{Scheme, examples, faults, program, schemes};

    const FILE: &str = r#"
    /// Reads a lamp.
    ///
    /// ```no_run
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// client.lamps().put("a").await?;
    /// # }
    /// ```
    #[doc(
        alias = "PUT /lamps/{id}"
    )]
    #[must_use]
    pub fn put(&self) {}

    /// Has none.
    #[doc(alias = "GET /lamps")]
    pub fn list(&self) {}
    "#;

    /// The faults of a request that is sent as `PUT /lamps/{id}`.
    fn of(request: &Value) -> Vec<String> {
        let root = json!({"paths": {"/lamps/{lamp}": {"put": {
            "parameters": [{"name": "deep", "in": "query", "required": true, "schema": {"type": "boolean"}}],
            "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"on": {"type": "boolean"}}}}}}}}}});
        let printed = json!({"requests": [request]}).to_string();
        faults(&root, &BTreeSet::new(), &examples(FILE), &[&printed])
    }

    fn request(uri: &str, media: &str, body: &str) -> Value {
        let uri = format!("https://api.example/base{uri}");
        json!({"method": "PUT", "uri": uri, "headers": [["content-type", media]], "body": body})
    }

    #[test]
    fn examples_are_found_with_their_requests() {
        let found = examples(FILE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].request, "PUT /lamps/{id}");
        assert_eq!(found[0].lines.len(), 3);
        let called = BTreeSet::from(["GET /lamps".to_owned()]);
        let missing = faults(&json!({}), &called, &[], &[]);
        assert_eq!(missing, ["GET /lamps: there is no example"]);
    }

    #[test]
    fn each_scheme_is_set_with_the_method_for_it() {
        let root = json!({"components": {"securitySchemes": {
            "a": {"type": "http", "scheme": "Basic"},
            "b": {"type": "apiKey", "in": "header", "name": "AUTHORIZATION"},
            "c": {"type": "apiKey", "in": "query", "name": "Authorization"},
            "d": {"type": "http", "scheme": "bearer"}}}});
        let schemes: BTreeSet<Scheme> = schemes(&root).collect();
        let program = program(&[], &schemes);
        for row in [
            r#"("a", "basic_credential"),"#,
            r#"("b", "authorization_credential"),"#,
            r#"("c", "credential"),"#,
            r#"("d", "credential"),"#,
        ] {
            assert!(program.contains(row), "{row}");
        }
    }

    #[test]
    fn what_the_document_does_not_allow_is_found() {
        let json = "application/json";
        assert!(of(&request("/lamps/a?deep=true", json, r#"{"on":true}"#)).is_empty());
        for (request, expected) in [
            (request("/lamps/a", json, "{}"), "the query lacks `deep`"),
            (
                request("/lamps/a?deep=1&far=2", json, "{}"),
                "the query has `far`",
            ),
            (
                request("/lamps/a?deep=yes", json, "{}"),
                "query deep: \"yes\" breaks type: \"boolean\"",
            ),
            (
                request("/lamps/a/b?deep=true", json, "{}"),
                "the path is /lamps/a/b",
            ),
            (
                request("/lamps/a?deep=true", "text/plain", "{}"),
                "the body is of type `text/plain`",
            ),
            (
                request("/lamps/a?deep=true", json, r#"{"on":1}"#),
                "body.on: 1 breaks type: \"boolean\"",
            ),
            (
                request("/lamps/a?deep=true", json, r#"{"off":1}"#),
                "body.off: the schema has no such property",
            ),
            (
                request("/lamps/a?deep=true", json, "{"),
                "the body is no JSON",
            ),
        ] {
            let found = of(&request).join("\n");
            assert!(found.contains(expected), "{found}");
        }
    }
}
