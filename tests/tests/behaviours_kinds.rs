//! Behaviours 121, 122, 125 and 145: JSON without the envelope, text, the bodies of failures, and further keys of the envelope, which no operation of the SDK has. Custom
//! requests ask for them.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use cloudflare_magic::{Client, CustomRequest, Error, ErrorKind, Method};
use serde::Deserialize;
use serde_json::{Value, json};
use tests::server::{Response, Server};

#[derive(Debug, Deserialize, PartialEq)]
struct Lamp {
    name: String,
}

async fn server(response: Response) -> Server {
    Server::start([response]).await.unwrap()
}

fn client(server: &Server) -> Client {
    server.client().max_attempts(1).build().unwrap()
}

fn request(server: &Server) -> CustomRequest {
    client(server).request(Method::GET, "/lamps")
}

async fn lamps(response: Response) -> Result<Vec<Lamp>, Error> {
    request(&server(response).await).plain_json().await
}

async fn csv(response: Response) -> Result<String, Error> {
    request(&server(response).await).text("text/csv").await
}

fn labelled(kind: &str, body: &str) -> Response {
    Response::with(200, &[("content-type", kind)], body)
}

async fn b121_the_whole_body_of_plain_json_is_the_value() {
    let server = server(Response::json(201, r#"[{"name":"a","more":1}]"#)).await;
    let response = request(&server).plain_json::<Vec<Lamp>>().send().await;
    let response = response.unwrap();
    assert_eq!(response.value(), &[Lamp { name: "a".into() }]);
    assert_eq!(response.status(), 201);
    assert_eq!(response.body(), r#"[{"name":"a","more":1}]"#);
    assert_eq!(
        server.requests()[0].header("accept"),
        Some("application/json")
    );

    // Some servers label JSON as text.
    let mislabelled = lamps(labelled("text/plain", "[]")).await.unwrap();
    assert!(mislabelled.is_empty());
}

async fn b121_plain_json_without_a_schema_is_any_value() {
    let body = r#"{"success":true,"errors":[],"result":[1.5,null,"x"]}"#;
    let server = server(Response::json(200, body)).await;
    let value: Value = request(&server).plain_json().await.unwrap();
    assert_eq!(
        value,
        json!({"success": true, "errors": [], "result": [1.5, null, "x"]})
    );
}

async fn b121_text_is_returned_as_it_came() {
    let text = "name;größe\r\na;1\r\n";
    let server = server(labelled("text/csv; charset=utf-8", text)).await;
    let read = request(&server).text("text/csv").await.unwrap();
    assert_eq!(read, text);
    assert_eq!(server.requests()[0].header("accept"), Some("text/csv"));

    // No media type, another kind of text, and nothing at all.
    assert_eq!(csv(Response::with(200, &[], "a")).await.unwrap(), "a");
    assert_eq!(csv(labelled("text/plain", "{a}")).await.unwrap(), "{a}");
    assert_eq!(csv(labelled("text/csv", "")).await.unwrap(), "");
}

async fn b121_json_or_html_that_was_asked_for_is_text() {
    for (kind, body) in [
        ("text/html", "<!doctype html><title>T</title>"),
        ("application/json", r#"{"a":1}"#),
    ] {
        let server = server(labelled(kind, body)).await;
        assert_eq!(request(&server).text(kind).await.unwrap(), body);
    }
}

async fn b122_a_failure_in_place_of_plain_json_or_text_is_an_error() {
    let refusal = r#"{"success":false,"errors":[{"code":1012,"message":"no"}],"result":null}"#;
    for kind in ["application/json", "text/plain", "text/csv"] {
        for error in [
            lamps(labelled(kind, refusal)).await.unwrap_err(),
            csv(labelled(kind, refusal)).await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Api, "{kind}");
            assert_eq!(error.errors()[0].code().unwrap().code(), 1012);
            assert_eq!(error.status().unwrap(), 200);
        }
    }
    let failed = lamps(Response::json(404, refusal)).await.unwrap_err();
    assert!(failed.is_not_found());
}

async fn b122_what_is_neither_is_an_error_that_shows_how_it_begins() {
    let page = "<html><title>Please wait</title></html>";
    for (error, start) in [
        (lamps(labelled("text/html", page)).await, "Please wait"),
        (
            lamps(Response::json(200, r#"[{"name":7}]"#)).await,
            "[0].name: expected a string, found a number",
        ),
        (lamps(Response::json(200, "")).await, "no body"),
    ] {
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(error.to_string().contains(start), "{error}");
    }
    for (response, start) in [
        (labelled("text/html", page), "Please wait"),
        (labelled("text/csv", page), ""),
        (labelled("application/json", r#"{"a":1}"#), r#"{"a":1}"#),
        (
            Response::with(200, &[("content-type", "text/csv")], vec![b'a', 0xff]),
            "byte 1",
        ),
    ] {
        match csv(response).await {
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
                assert!(error.to_string().contains(start), "{error}");
            }
            // A page is text where the type is the one that was asked for.
            Ok(text) => assert_eq!((text.as_str(), start), (page, "")),
        }
    }
}

async fn b122_plain_json_and_text_have_the_limits_of_other_responses() {
    let long = format!(r#"["{}"]"#, "x".repeat(1000));
    let first = server(Response::json(200, long.clone())).await;
    let call = request(&first).plain_json::<Value>().max_body_size(100);
    assert_eq!(call.await.unwrap_err().kind(), ErrorKind::BodyTooLarge);

    let second = server(labelled("text/csv", &long)).await;
    let call = request(&second).text("text/csv").max_body_size(100);
    assert_eq!(call.await.unwrap_err().kind(), ErrorKind::BodyTooLarge);

    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let third = server(Response::json(200, deep)).await;
    let error = request(&third).plain_json::<Value>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);

    let cut = Response::head(
        200,
        &[("content-type", "text/csv"), ("content-length", "9")],
    )
    .send("abc")
    .close();
    assert_eq!(csv(cut).await.unwrap_err().kind(), ErrorKind::Truncated);
}

async fn b122_errors_have_no_credentials() {
    let echo = r#"{"token":"token-of-the-client-0123456789"}"#;
    let server = server(labelled("application/json", echo)).await;
    let client = server.client().api_token("token-of-the-client-0123456789");
    let client = client.max_attempts(1).build().unwrap();
    let call = client.request(Method::GET, "/lamps").text("text/csv");
    let error = call.await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("0123456789"));
}

async fn b125_an_error_keeps_the_body_of_its_response() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Problem {
        detail: String,
        retry: Option<u32>,
    }

    let body = r#"{"detail":"token-of-the-client-0123456789 is busy","retry":3}"#;
    let problem = Response::with(409, &[("content-type", "application/problem+json")], body);
    let server = Server::start([problem]).await.unwrap();
    let client = server.client().api_token("token-of-the-client-0123456789");
    let client = client.max_attempts(1).build().unwrap();
    let call = client.request(Method::POST, "/lamps").empty();
    let error = call.await.unwrap_err();
    let wanted = Problem {
        detail: "*** is busy".into(),
        retry: Some(3),
    };
    assert_eq!(error.body::<Problem>().unwrap(), wanted);
    assert_eq!(error.clone().body::<Problem>().unwrap(), wanted);
    assert!(!format!("{error:?}").contains("retry"));
    let misfit = error.body::<Vec<u8>>().unwrap_err();
    assert_eq!(
        (misfit.kind(), misfit.status()),
        (ErrorKind::Decode, error.status())
    );

    // A text, a refusal with a status of success, a body that is cut, and none.
    let text = lamps(Response::html(502, "<html>down")).await.unwrap_err();
    assert_eq!(text.body_text(), Some("<html>down"));
    let refused = r#"{"success":false,"errors":[{"code":7}],"more":1}"#;
    let refused = lamps(Response::json(200, refused)).await.unwrap_err();
    assert_eq!(refused.body::<Value>().unwrap()["more"], 1);
    let cut = Response::head(400, &[("content-length", "90")])
        .send(r#"{"a":1"#)
        .close();
    let cut = lamps(cut).await.unwrap_err();
    assert_eq!(cut.body::<Value>().unwrap_err().kind(), ErrorKind::Decode);
    let none = lamps(Response::status(404)).await.unwrap_err();
    assert_eq!(none.body_text(), None);
}

async fn b145_keys_beside_the_result_are_read_as_types() {
    let body = r#"{"success":true,"errors":[],"messages":[],"result":[{"name":"a"}],"total":9007199254740993,
        "range":{"name":"r"},"none":null,"result_info":{"page":1,"history_status":"complete"}}"#;
    let server = Server::responding(move |_, _| Response::json(200, body))
        .await
        .unwrap();
    let response = request(&server).list::<Lamp>().send().await.unwrap();
    assert_eq!(
        response.extra::<u64>("total").unwrap(),
        Some(9_007_199_254_740_993)
    );
    assert_eq!(
        response.extra("range").unwrap(),
        Some(Lamp { name: "r".into() })
    );
    assert_eq!(response.extra::<Lamp>("none").unwrap(), None);
    assert_eq!(response.extra::<Lamp>("absent").unwrap(), None);
    let info: Value = response.extra("result_info").unwrap().unwrap();
    assert_eq!(info["history_status"], "complete");

    for (key, message) in [
        ("range", "range: expected an integer (i32), found an object"),
        (
            "result_info",
            "result_info: expected an integer (i32), found an object",
        ),
    ] {
        let error = response.extra::<i32>(key).unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Decode, Some(response.status()))
        );
        assert!(error.to_string().contains(message), "{error}");
    }
    // A page has them too; a file, and what is no JSON, have none.
    let page = request(&server).paged::<Lamp>().send().await.unwrap();
    assert_eq!(page.extra::<Lamp>("range").unwrap().unwrap().name, "r");
    let bytes = self::server(labelled("application/octet-stream", "range")).await;
    let file = request(&bytes).download().send().await.unwrap();
    assert_eq!(file.extra::<Lamp>("range").unwrap(), None);
    let server = self::server(labelled("text/csv", "range;1")).await;
    let text = request(&server).text("text/csv").send().await.unwrap();
    assert_eq!(
        text.extra::<Lamp>("range").unwrap_err().kind(),
        ErrorKind::Decode
    );
}

async fn b145_keys_beside_the_errors_are_in_the_body_of_the_error() {
    #[derive(Deserialize)]
    struct Hinted {
        hint: Lamp,
    }
    let body = r#"{"success":false,"errors":[{"code":7,"message":"no"}],"hint":{"name":"h"}}"#;
    for status in [200, 400] {
        let server = server(Response::json(status, body)).await;
        let error = request(&server).list::<Lamp>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(error.body::<Hinted>().unwrap().hint.name, "h");
    }
}

tests::over_each_protocol! {
    b125_an_error_keeps_the_body_of_its_response,
    b121_the_whole_body_of_plain_json_is_the_value,
    b121_plain_json_without_a_schema_is_any_value,
    b121_text_is_returned_as_it_came,
    b121_json_or_html_that_was_asked_for_is_text,
    b122_a_failure_in_place_of_plain_json_or_text_is_an_error,
    b122_what_is_neither_is_an_error_that_shows_how_it_begins,
    b122_plain_json_and_text_have_the_limits_of_other_responses,
    b122_errors_have_no_credentials,
    b145_keys_beside_the_result_are_read_as_types,
    b145_keys_beside_the_errors_are_in_the_body_of_the_error,
}
