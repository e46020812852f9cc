//! A program on golden cases: what their calls send. It is compiled and run by `golden_compile`, where those cases are a part of the
//! SDK.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use cloudflare_magic::golden;
use cloudflare_magic::transport::{Transport, TransportBody, TransportError};
use cloudflare_magic::{BoxFuture, Client, Error, FileUpload};
use http::{Request, Response, StatusCode};
use serde_json::{Map, Value, json};

/// A service that only stores the requests.
#[derive(Clone, Debug, Default)]
struct Kept(Arc<Mutex<Vec<String>>>);

/// Headers of every request.
const USUAL: [&str; 4] = ["accept", "authorization", "content-length", "user-agent"];

impl Transport for Kept {
    fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        let address = request.uri().path_and_query().unwrap();
        let mut lines = vec![format!("{} {address}", request.method())];
        for (name, value) in request.headers() {
            if !USUAL.contains(&name.as_str()) {
                lines.push(format!("{name}: {}", value.to_str().unwrap()));
            }
        }
        if !request.body().is_empty() {
            lines.push(String::from_utf8_lossy(request.body()).into_owned());
        }
        self.0.lock().unwrap().push(lines.join("\n"));
        let mut response = Response::new(TransportBody::from(Bytes::new()));
        *response.status_mut() = StatusCode::NO_CONTENT;
        Box::pin(async { Ok(response) })
    }
}

impl Kept {
    /// The requests since the last time.
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

fn main() -> Result<(), Error> {
    let kept = Kept::default();
    let client = Client::builder()
        .api_token("any")
        .base_url("https://api.example")
        .transport(kept.clone())
        .build()?;
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_time().build().unwrap().block_on(async {
        paths(&client, &kept).await?;
        styles(&client, &kept).await?;
        contents(&client, &kept).await?;
        cookies(&client, &kept).await?;
        bodies(&client, &kept).await?;
        media_types(&client, &kept).await
    })
}

fn object(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

async fn paths(client: &Client, kept: &Kept) -> Result<(), Error> {
    let room = client.path_text_room("a/b é");
    room.lamps().get().await?;
    room.lamps().bulb("l-1").await?;
    client.path_text_domains().get("lamp.example").await?;
    assert_eq!(
        kept.take(),
        [
            "GET /rooms/a%2Fb%20%C3%A9/lamps",
            "GET /rooms/a%2Fb%20%C3%A9/lamps/l-1/bulb",
            "GET /domains/lamp.example",
        ]
    );
    for bad in ["..", "", "."] {
        let error = client.path_text_domains().get(bad).await.unwrap_err();
        assert!(error.to_string().contains("domain"), "{error}");
    }
    assert!(room.lamps().bulb("a/b").await.is_err());

    let lamps = client.path_segment_mixed_lamps();
    lamps.get("l1").await?;
    lamps.events().get("on.off", 7).await?;
    lamps.events().delete("a/b", -1).await?;
    client.path_segment_mixed_room(4, "r1").bulbs().get().await?;
    let lamps = client.path_trailing_slash_lamps();
    lamps.all().await?;
    lamps.one("l1").await?;
    assert_eq!(
        kept.take(),
        [
            "GET /lamps/l1.json",
            "GET /lamps/events/on.off.7",
            "DELETE /lamps/events/a%2Fb.-1",
            "GET /v4/rooms/r1/bulbs",
            "GET /lamps/",
            "GET /lamps/l1/",
        ]
    );
    Ok(())
}

async fn styles(client: &Client, kept: &Kept) -> Result<(), Error> {
    use golden::parameter_styles::types::{ColoursGetKind, Paint};
    let lamps = client.parameter_styles_lamps();
    let paint = || Paint::new().red(1).green(2);
    let matrix = lamps.colour(paint());
    let label = matrix.level(["hall", "a;b"], 2.0);
    label.get([3, 4]).await?;
    let simple = lamps.colours(["red", "a,b"]);
    simple.get(1.5, paint(), ColoursGetKind::DeskLamp).await?;
    let query = lamps
        .query(paint())
        .filter(paint())
        .exploded(paint())
        .joined(paint())
        .spaced(["a", "b c"])
        .piped([("a".to_owned(), 1)].into())
        .place("a/b?c&d#")
        .places(["a/b", "c,d"])
        .free(object(json!({"x": true})))
        .any(json!([1, "b"]))
        .lists([vec!["a".to_owned()]])
        .some([Some("a".to_owned()), None])
        .x_rooms(["hall", "attic"]);
    query.await?;
    assert_eq!(
        kept.take(),
        [
            "GET /lamps/matrix/;colour=red,1,green,2/;rooms=hall;rooms=a%3Bb/label/.2/.3.4",
            "GET /lamps/simple/red,a%2Cb/1.5/red=1,green=2/desk.lamp",
            "GET /lamps/query?filter%5Bred%5D=1&filter%5Bgreen%5D=2&red=1&green=2&joined=red,1,green,2\
             &spaced=a%20b%20c&piped=a%7C1&place=a/b?c%26d%23&places=a/b,c%2Cd&x=true&any=1&any=b\
             &lists=%5B%22a%22%5D&some=a\n\
             x-colour: red=1,green=2\nx-rooms: hall,attic",
        ]
    );
    Ok(())
}

async fn contents(client: &Client, kept: &Kept) -> Result<(), Error> {
    use golden::parameter_content::types::Filter;
    let lamps = client.parameter_content_lamps();
    lamps
        .all(["hall"])
        .filter(Filter::new("a b").lists([1, 2]))
        .note("é")
        .x_filter(object(json!({"a": "é"})))
        .session(object(json!({"a": 1})))
        .await?;
    assert_eq!(
        kept.take(),
        ["GET /lamps/all?rooms=%5B%22hall%22%5D\
          &filter=%7B%22room%22%3A%22a%20b%22%2C%22lists%22%3A%5B1%2C2%5D%7D&note=%C3%A9\n\
          x-filter: {\"a\":\"\\u00e9\"}\ncookie: session=%7B%22a%22%3A1%7D"]
    );
    Ok(())
}

async fn cookies(client: &Client, kept: &Kept) -> Result<(), Error> {
    use golden::parameter_cookie::types::LampsAllTheme;
    let call = client.parameter_cookie_lamps().all("s; t=1");
    let call = call.rooms(["hall", "attic"]).theme(LampsAllTheme::Dark).key("hush");
    assert!(!format!("{call:?}").contains("hush"));
    call.await?;
    assert_eq!(
        kept.take(),
        ["GET /lamps/all\n\
          cookie: session=s%3B%20t%3D1; rooms=hall,attic; theme=dark; key=hush"]
    );
    Ok(())
}

/// The boundaries of parts are new each time: they are left out.
fn without_boundary(request: &str) -> String {
    let Some((before, rest)) = request.split_once("; boundary=") else {
        return request.to_owned();
    };
    let boundary = rest.split('\n').next().unwrap();
    assert_eq!(boundary.len(), 32);
    format!("{before}{}", rest.replace(boundary, "B")).replace('\r', "")
}

async fn bodies(client: &Client, kept: &Kept) -> Result<(), Error> {
    use golden::body_kinds::types::{
        Form, FormFilter, FormShade, LampsKindBody, Parts, PartsMetadata,
    };
    let lamps = client.body_kinds_lamps();
    let form = Form::new("a b&c")
        .rooms(["x", "y"])
        .filter(FormFilter::new().level(1))
        .shade(FormShade::new().wide(true))
        .link("a/b?c");
    lamps.form(form).await?;
    let picture = FileUpload::bytes("png").file_name("p.png");
    let parts = Parts::new(picture, PartsMetadata::new("n"))
        .more([FileUpload::bytes("one").media_type("a/b"), FileUpload::bytes("two")])
        .note("*note*")
        .tags(["t", "u"]);
    lamps.parts(parts).await?;
    lamps
        .files([("f".to_owned(), FileUpload::reader(&b"read"[..]))])
        .await?;
    lamps.text("A lamp.").await?;
    lamps.kind().body(LampsKindBody::Desk).await?;
    lamps.kind().await?;
    lamps
        .bytes()
        .body(FileUpload::bytes("gif").media_type("image/gif"))
        .await?;
    lamps.bytes().body(b"raw".to_vec()).await?;
    lamps.program(b"<a/>".to_vec()).await?;
    lamps.any(json!([1])).await?;
    let sent = kept.take();
    let sent: Vec<String> = sent.iter().map(|request| without_boundary(request)).collect();
    let part = |head: &str, content: &str| {
        format!("--B\nContent-Disposition: form-data; {head}\n\n{content}\n")
    };
    let parts = [
        part("name=\"picture\"; filename=\"p.png\"\nContent-Type: image/png", "png"),
        part("name=\"more\"; filename=\"more\"\nContent-Type: a/b", "one"),
        part("name=\"more\"; filename=\"more\"\nContent-Type: application/octet-stream", "two"),
        part("name=\"metadata\"\nContent-Type: application/json", "{\"name\":\"n\"}"),
        part("name=\"note\"\nContent-Type: text/markdown", "*note*"),
        part("name=\"tags\"", "t"),
        part("name=\"tags\"", "u"),
    ];
    let file = part("name=\"f\"; filename=\"f\"\nContent-Type: application/octet-stream", "read");
    assert_eq!(
        sent,
        [
            "POST /lamps/form\ncontent-type: application/x-www-form-urlencoded\n\
             name=a+b%26c&rooms=x%7Cy&filter%5Blevel%5D=1&shade=%7B%22wide%22%3Atrue%7D&link=a/b?c"
                .to_owned(),
            format!("POST /lamps/parts\ncontent-type: multipart/form-dataB\n{}--B--\n", parts.concat()),
            format!("POST /lamps/files\ncontent-type: multipart/form-dataB\n{file}--B--\n"),
            "PUT /lamps/text\ncontent-type: text/plain; charset=utf-8\nA lamp.".to_owned(),
            "PUT /lamps/kind\ncontent-type: text/plain\ndesk".to_owned(),
            "PUT /lamps/kind".to_owned(),
            "PUT /lamps/bytes\ncontent-type: image/gif\ngif".to_owned(),
            "PUT /lamps/bytes\ncontent-type: application/octet-stream\nraw".to_owned(),
            "PUT /lamps/program\ncontent-type: application/xml\n<a/>".to_owned(),
            "PUT /lamps/any\ncontent-type: application/json\n[1]".to_owned(),
        ]
    );
    Ok(())
}

async fn media_types(client: &Client, kept: &Kept) -> Result<(), Error> {
    use golden::body_media_types::types::{Lamp, LampsAddBody};
    let lamps = client.body_media_types_lamps();
    lamps.add(Lamp::new("n")).await?;
    lamps.add_as_vnd_lamps_json("n").await?;
    lamps.add_as_text("n").await?;
    lamps.add_as_csv("n").await?;
    let parts = LampsAddBody::new().picture(b"png".to_vec());
    lamps.add_as_multipart(parts).await?;
    lamps.set().body(Lamp::new("n")).await?;
    lamps.set().body_as_file(b"png".to_vec()).await?;
    let sent = kept.take();
    let media_types = sent.iter().map(|request| {
        let line = request.lines().find(|line| line.starts_with("content-type: "));
        line.unwrap()["content-type: ".len()..].split(';').next().unwrap()
    });
    assert_eq!(
        media_types.collect::<Vec<_>>(),
        [
            "application/json",
            "application/vnd.lamps+json",
            "text/plain",
            "text/csv",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
            "image/png",
        ]
    );
    assert!(sent[1].ends_with("\"n\"") && sent[2].ends_with("\nn"), "{sent:?}");
    Ok(())
}
