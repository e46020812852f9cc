//! A program on the golden cases `success-kinds`, `failure-bodies` and `list-inside`: which variant a response is, what is an error, what the
//! error keeps, and where lists are. It is compiled and run by `golden_compile`, where those cases are a part of the SDK.

use bytes::Bytes;
use cloudflare_magic::golden::failure_bodies::types::{LampsAllConflict, Problem};
use cloudflare_magic::golden::list_inside::types::{Cut, Lamp};
use cloudflare_magic::golden::success_kinds::api::Lamps;
use cloudflare_magic::golden::success_kinds::types::{
    LampsCreateOutcome, LampsLetterOutcome, LampsListOutcome,
};
use cloudflare_magic::transport::{Transport, TransportBody, TransportError};
use cloudflare_magic::{BoxFuture, Client, Error, ErrorKind};
use http::{Request, Response, StatusCode};

/// A service with one response to everything: status, media type, body and, if it is another, the length that it announces.
#[derive(Clone, Copy, Debug)]
struct Canned(u16, &'static str, &'static str, Option<u64>);

impl Transport for Canned {
    fn exchange(
        &self,
        _: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        let Self(status, media_type, body, length) = *self;
        let mut response = Response::new(TransportBody::from(Bytes::from(body)));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        if !media_type.is_empty() {
            let headers = response.headers_mut();
            headers.insert("content-type", media_type.parse().unwrap());
        }
        if let Some(length) = length {
            response.headers_mut().insert("content-length", length.into());
        }
        Box::pin(async { Ok(response) })
    }
}

fn main() -> Result<(), Error> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().build().unwrap();
    runtime.block_on(async {
        by_status().await?;
        by_media_type().await?;
        files().await?;
        limits().await
    })?;
    runtime.block_on(lists())?;
    runtime.block_on(failures())
}

/// What is read of a result that has its list inside.
async fn lists() -> Result<(), Error> {
    let lamps = |body| client(Canned(200, "application/json", body, None)).list_inside_lamps();
    let body =
        r#"{"success": true, "result": {"lamps": [{"id": "a", "state": "lit"}], "truncated": true}}"#;
    assert_eq!(lamps(body).wait_until_lit("a").await?.id.as_deref(), Some("a"));
    let missed = lamps(body).wait_until_lit("b").await.unwrap_err();
    assert_eq!(missed.kind(), ErrorKind::WaitFailed, "{missed}");
    let whole = lamps(body).whole().send().await?;
    assert_eq!(whole.value()[0].id.as_deref(), Some("a"));
    let rest: Cut = whole.extra("result")?.unwrap();
    assert_eq!(rest.truncated, Some(true));
    let lamp: Lamp = lamps(body).numbered().await?.items.remove(0);
    assert_eq!(lamp.id.as_deref(), Some("a"));
    assert_eq!(lamps(body).object().await?.lamps[0], lamp);
    let body = r#"{"success": true, "result": {"items": [{"watts": 7}], "count": 1, "cursor": "b"}}"#;
    let page = lamps(body).by_cursor().await?;
    assert_eq!((page.items[0].watts, page.has_more()), (Some(7), true));
    assert_eq!(page.result_info.count, Some(1));
    // The document says which of the lists must be there.
    let body = r#"{"success": true, "result": {"count": 0}}"#;
    assert!(lamps(body).whole().await?.is_empty());
    let missing = lamps(body).by_cursor().await.unwrap_err();
    assert!(missing.to_string().contains("result: `items` is missing"), "{missing}");
    Ok(())
}

fn client(canned: Canned) -> Client {
    let client = Client::builder().api_token("any").max_attempts(1);
    let client = client.base_url("https://api.example").transport(canned);
    client.build().unwrap()
}

fn lamps(canned: Canned) -> Lamps {
    client(canned).success_kinds_lamps()
}

async fn failures() -> Result<(), Error> {
    let fail = async |status, body| {
        let client = client(Canned(status, "application/json", body, None));
        client.failure_bodies_lamps().all().await.unwrap_err()
    };
    let error = fail(404, r#"{"detail": "gone", "status": 404}"#).await;
    let problem: Problem = error.body()?;
    assert_eq!(problem.detail.as_deref(), Some("gone"));
    assert_eq!(error.errors()[0].message(), "gone");
    let error = fail(409, r#"{"holder": {"name": "n"}}"#).await;
    let conflict: LampsAllConflict = error.body()?;
    assert_eq!(conflict.holder.name.as_deref(), Some("n"));
    let other = fail(409, r#"{"holder": 7}"#).await;
    let misfit = other.body::<LampsAllConflict>().unwrap_err();
    assert_eq!((misfit.kind(), misfit.status()), (ErrorKind::Decode, other.status()));
    Ok(())
}

async fn by_status() -> Result<(), Error> {
    let json = "application/json; charset=utf-8";
    let lamp = r#"{"success": true, "result": {"id": "a"}}"#;
    let create = |status, body| lamps(Canned(status, json, body, None)).create();
    let created = create(201, lamp).send().await?;
    assert_eq!((created.status().as_u16(), created.body().len()), (201, lamp.len()));
    let LampsCreateOutcome::Created(Some(created)) = created.into_inner() else {
        panic!("no lamp");
    };
    assert_eq!(created.id, "a");
    let none = create(201, r#"{"success": true, "result": null}"#).await?;
    assert!(matches!(none, LampsCreateOutcome::Created(None)));
    let accepted = create(202, r#"{"job": "j"}"#).await?;
    assert!(matches!(accepted, LampsCreateOutcome::Accepted(job) if job.job == "j"));
    let gone = lamps(Canned(204, "", "", None)).create().await?;
    assert!(matches!(gone, LampsCreateOutcome::NoContent));
    let ranged = create(299, r#"["x"]"#).await?;
    assert!(matches!(ranged, LampsCreateOutcome::Success(names) if names == ["x"]));

    // Each kind is read strictly.
    for (status, body, kind) in [
        (201, r#"{"success": true, "result": {}}"#, ErrorKind::Decode),
        (202, lamp, ErrorKind::Decode),
        (201, r#"{"success": false, "errors": [{"code": 7}]}"#, ErrorKind::Api),
        (202, r#"{"success": false, "errors": [{"code": 7}]}"#, ErrorKind::Api),
        (404, r#"{"success": false, "errors": [{"code": 7}]}"#, ErrorKind::Api),
        (302, "", ErrorKind::Redirect),
    ] {
        let error = create(status, body).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{status} {body}: {error}");
    }
    Ok(())
}

async fn by_media_type() -> Result<(), Error> {
    let page = r#"{"success": true, "result": [{"id": "a"}], "result_info": {"page": 1, "total_pages": 2}}"#;
    let list = |status, media_type, body| lamps(Canned(status, media_type, body, None)).list();
    let LampsListOutcome::OkJson(page) = list(200, "application/json", page).await? else {
        panic!("no page");
    };
    assert!(page.items.len() == 1 && page.has_more());
    for media_type in ["text/csv; charset=utf-8", "Text/Markdown"] {
        let text = list(200, media_type, "a;b").await?;
        assert!(matches!(text, LampsListOutcome::OkCsv(text) if text == "a;b"));
    }
    for (status, media_type) in [(200, "text/plain"), (200, ""), (207, "application/json")] {
        let response = list(status, media_type, "[1]").await?;
        let LampsListOutcome::Other(other) = response else {
            panic!("{media_type}: {response:?}");
        };
        assert_eq!(other.status().as_u16(), status);
        assert_eq!(other.media_type().unwrap_or_default(), media_type);
        assert_eq!(other.body(), "[1]");
        assert!(!format!("{other:?}").contains("[1]"));
    }
    let refused = r#"{"success": false, "errors": [{"code": 7, "message": "no"}]}"#;
    let error = list(207, "application/json", refused).await.unwrap_err();
    assert_eq!((error.kind(), error.errors().len()), (ErrorKind::Api, 1));
    Ok(())
}

async fn files() -> Result<(), Error> {
    let letter = |media_type, body| lamps(Canned(200, media_type, body, None)).letter("a");
    for media_type in ["application/pdf", "application/zip"] {
        let LampsLetterOutcome::OkPdf(file) = letter(media_type, "%PDF-1.7 and so on").await? else {
            panic!("no file");
        };
        assert_eq!(file.bytes(100).await?, "%PDF-1.7 and so on");
    }
    let job = letter("application/json", r#"{"job": "j"}"#).await?;
    assert!(matches!(job, LampsLetterOutcome::OkJson(job) if job.job == "j"));
    let page = letter("text/html", "<html><title>Wait</title>").await?;
    assert!(matches!(page, LampsLetterOutcome::Other(_)));
    let refused = letter("application/pdf", r#"{"success": false, "errors": []}"#).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Api);
    let script = lamps(Canned(202, "application/javascript", "<!--", None)).script("a").await?;
    assert_eq!(script.bytes(4).await?, "<!--");
    Ok(())
}

async fn limits() -> Result<(), Error> {
    let long = Canned(200, "text/plain", "0123456789", None);
    let error = lamps(long).list().max_body_size(5).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    let cut = Canned(200, "text/csv", "0123456789", Some(20));
    let error = lamps(cut).list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated);
    let cut = Canned(200, "application/pdf", "0123456789", Some(20));
    let LampsLetterOutcome::OkPdf(file) = lamps(cut).letter("a").await? else {
        panic!("no file");
    };
    assert_eq!(file.bytes(100).await.unwrap_err().kind(), ErrorKind::Truncated);
    Ok(())
}
