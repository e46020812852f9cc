//! What the bodies of requests are, whether they are in memory or read while they are sent.

use serde::Serialize;
use serde_json::json;

use crate::client::tests::client;
use crate::request::Request;
use crate::request::operation::Operation;
use crate::request::scope::Scope;
use crate::request::style::{Style, Styled};
use crate::types::secret::SecretText;
use crate::types::upload::FileUpload;

fn post() -> Request {
    Request::new(Scope::new(&client()), Operation::post("a.create", "/a"))
}

/// The media type and the body.
fn sent(request: &Request) -> Result<(String, String), String> {
    let request = request.prepare().map_err(|error| error.to_string())?;
    let media_type = request.headers()["content-type"].to_str().unwrap();
    let body = String::from_utf8(request.body().to_vec()).unwrap();
    Ok((media_type.to_owned(), body))
}

#[derive(Serialize)]
struct Lamp {
    name: &'static str,
    level: f64,
    tags: [&'static str; 2],
    shade: serde_json::Value,
    none: Option<u8>,
    key: SecretText,
}

fn lamp() -> Lamp {
    Lamp {
        name: "a \"b\" & é",
        level: 2.0,
        tags: ["x", "y"],
        shade: json!({"w": 1}),
        none: None,
        key: "hush".into(),
    }
}

#[test]
fn forms_are_written_as_queries_are() {
    let mut request = post();
    request.set_form(&lamp(), &[]);
    let (_, body) = sent(&request).unwrap();
    assert_eq!(
        body,
        "name=a+%22b%22+%26+%C3%A9&level=2&tags=x&tags=y&w=1&key=hush"
    );
    let encodings = [
        Styled::form("tags", Style::PipeDelimited),
        Styled::form("shade", Style::DeepObject).exploded(),
    ];
    request.set_form(&lamp(), &encodings);
    let (_, body) = sent(&request).unwrap();
    assert!(body.contains("&tags=x%7Cy&shade%5Bw%5D=1&"), "{body}");
    request.set_form(&lamp(), &[Styled::form("shade", Style::Json)]);
    assert!(
        sent(&request)
            .unwrap()
            .1
            .contains("&shade=%7B%22w%22%3A1%7D&")
    );
    let mut list = post();
    list.set_form(&[1], &[]);
    assert!(sent(&list).unwrap_err().contains("no object"));
}

#[test]
fn parts_have_names_and_media_types() {
    let mut request = post();
    request.set_multipart(&lamp(), &[("name", "text/markdown")]);
    let (media_type, body) = sent(&request).unwrap();
    let boundary = media_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let part = |head: &str, content: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
    };
    let wanted = [
        part(
            "name=\"name\"\r\nContent-Type: text/markdown",
            "a \"b\" & é",
        ),
        part("name=\"level\"", "2"),
        part("name=\"tags\"", "x"),
        part("name=\"tags\"", "y"),
        part(
            "name=\"shade\"\r\nContent-Type: application/json",
            "{\"w\":1}",
        ),
        part("name=\"key\"", "hush"),
        format!("--{boundary}--\r\n"),
    ];
    assert_eq!(body, wanted.concat());
    assert!(!format!("{request:?}").contains("hush"));
}

#[test]
fn files_are_parts_with_a_name() {
    let mut request = post();
    let file = FileUpload::bytes("c")
        .file_name("a\"\r\nb")
        .media_type("text/csv");
    request.set_multipart(
        &json_of([
            ("one", vec![file]),
            ("two", vec![FileUpload::bytes("d"), FileUpload::bytes("e")]),
        ]),
        &[("two", "image/png")],
    );
    let (_, body) = sent(&request).unwrap();
    for wanted in [
        "name=\"one\"; filename=\"a%22%0D%0Ab\"\r\nContent-Type: text/csv\r\n\r\nc\r\n",
        "name=\"two\"; filename=\"two\"\r\nContent-Type: image/png\r\n\r\nd\r\n",
        "name=\"two\"; filename=\"two\"\r\nContent-Type: image/png\r\n\r\ne\r\n",
    ] {
        assert!(body.contains(wanted), "{body}");
    }
    let broken = FileUpload::bytes("c").media_type("a/b\r\nx: y");
    request.set_multipart(&json_of([("one", vec![broken])]), &[]);
    assert!(
        sent(&request)
            .unwrap_err()
            .contains("the media type of `one`")
    );
    let mut inside = post();
    let nested = json_of([("one", json_of([("two", FileUpload::bytes("c"))]))]);
    inside.set_multipart(&nested, &[]);
    assert!(
        sent(&inside)
            .unwrap_err()
            .contains("`one` has a file inside")
    );
}

fn json_of<T: Serialize, const N: usize>(
    fields: [(&'static str, T); N],
) -> std::collections::BTreeMap<&'static str, T> {
    fields.into()
}

#[tokio::test]
async fn a_body_with_a_stream_in_it_is_the_same_bytes() {
    let reader = || FileUpload::reader(&b"content"[..]).length(7);
    let mut request = post();
    request.set_multipart(&json_of([("one", reader()), ("two", reader())]), &[]);
    assert!(request.is_streamed() && !request.is_spent());
    let prepared = request.prepare().unwrap();
    assert!(prepared.body().is_empty());
    let body = request.open().await.unwrap().unwrap();
    let length = body.length().unwrap();
    let body = body.collect().await.unwrap();
    assert_eq!(body.len() as u64, length);
    assert!(request.is_spent());
    assert!(request.open().await.is_err());
    let mut whole = post();
    let bytes = || FileUpload::bytes("content");
    whole.set_multipart(&json_of([("one", bytes()), ("two", bytes())]), &[]);
    assert_eq!(whole.prepare().unwrap().body().len(), body.len());
}

#[test]
fn the_last_body_counts() {
    let mut request = post();
    request.set_file(FileUpload::reader(&b"a"[..]).media_type("text/csv"));
    request.set_json(&json!({"a": 1}));
    assert!(!request.is_streamed());
    assert_eq!(
        sent(&request).unwrap(),
        ("application/json".to_owned(), r#"{"a":1}"#.to_owned())
    );
    request.set_file(FileUpload::bytes("b").media_type("text/csv"));
    assert_eq!(
        sent(&request).unwrap(),
        ("text/csv".to_owned(), "b".to_owned())
    );
    request.operation.sends = "image/*";
    request.set_file(FileUpload::bytes("b"));
    assert_eq!(sent(&request).unwrap().0, "application/octet-stream");
    request.set_file(FileUpload::bytes("b").media_type("a\nb"));
    assert!(sent(&request).unwrap_err().contains("media type"));
    let mut streamed = post();
    streamed.set_file(FileUpload::reader(&b"a"[..]));
    streamed.set_body_field("x", &1);
    assert!(
        streamed
            .prepare()
            .unwrap_err()
            .to_string()
            .contains("`x` cannot be added")
    );
}
