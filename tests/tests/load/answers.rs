//! The answers of the service, good ones and bad ones.
//!
//! In: what a good answer to an action is, from the document's example, and a fault. Out: the [`Reply`]. A good answer bears the
//! number of its call, so that an answer that reaches another call is found out.

use std::time::Duration;

use serde_json::Value;
use tests::document::{entries, operations};
use tests::server::Reply;

use crate::action::{Action, Form};
use crate::fault::Fault;

const JSON: (&str, &str) = ("content-type", "application/json");
const HTML: (&str, &str) = ("content-type", "text/html; charset=UTF-8");
const CHUNKED: (&str, &str) = ("transfer-encoding", "chunked");
const PAGE: &str = "<html><head><title>Bad gateway</title></head><body>it is us</body></html>";
const REFUSAL: &str =
    r#"{"success":false,"errors":[{"code":1001,"message":"no"}],"messages":[],"result":null}"#;
const MOMENT: Duration = Duration::from_millis(2);

/// More than a client takes into memory.
const TOO_MUCH: usize = 2 << 20;

/// The good answer to a call.
pub(crate) struct Good {
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: Vec<u8>,
}

impl Good {
    pub(crate) fn new(action: Action, call: usize) -> Self {
        let (status, response) = operations()[action.operation()].success();
        let answer = |status, media, body| Self {
            status,
            headers: vec![("content-type", media)],
            body,
        };
        match entries(&response["content"]).next() {
            Some((media, _)) if matches!(action.form(), Form::Bytes | Form::File) => {
                answer(status, media, file(call))
            }
            Some((_, media)) => answer(status, JSON.1, numbered(&media["example"], call)),
            // A status without a body would leave little to go wrong.
            None => answer(200, JSON.1, br#"{"success":true,"result":null}"#.to_vec()),
        }
    }
}

/// The id that a good answer bears.
pub(crate) fn id(call: usize) -> String {
    format!("call-{call}")
}

/// A capture whose contents are the call's id, again and again.
fn file(call: usize) -> Vec<u8> {
    let mut file = b"\xd4\xc3\xb2\xa1".to_vec();
    file.extend(format!("{};", id(call)).repeat(400).into_bytes());
    file
}

/// An envelope whose results bear the call's id.
fn numbered(example: &Value, call: usize) -> Vec<u8> {
    let mut envelope = example.clone();
    match &mut envelope["result"] {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| item["id"] = id(call).into()),
        Value::Object(result) => {
            result.insert("id".to_owned(), id(call).into());
        }
        _ => {}
    }
    envelope.to_string().into_bytes()
}

/// What the service answers to a request that it has read to its end.
pub(crate) fn reply(fault: Fault, good: &Good) -> Reply {
    match fault {
        Fault::Nothing => good.whole(),
        Fault::InPieces => good.in_pieces(),
        Fault::ClosedAfterwards => good.whole().close(),
        Fault::ResetAfterwards => good.whole().wait(MOMENT).reset(),
        Fault::NoCallsLeft => good.with(("ratelimit", r#""default";r=0;t=1"#)),
        Fault::ClosedUnread | Fault::ClosedUnanswered => Reply::default().close(),
        Fault::ResetUnread | Fault::ResetUnanswered => Reply::default().reset(),
        Fault::Stalled => Reply::silence(),
        Fault::StalledInHead => Reply::raw("HTTP/1.1 200 OK\r\ncontent-ty").hang(),
        Fault::StalledInBody => good.half().hang(),
        Fault::InterimOnly => again(
            Reply::default(),
            b"HTTP/1.1 102 Processing\r\n\r\n",
            10 * MOMENT,
        ),
        Fault::Trickle => again(good.chunks(), b"1\r\n \r\n", 10 * MOMENT),
        Fault::Truncated => good.half().close(),
        Fault::LengthTooLong => good
            .of_length(good.body.len() + 10)
            .send(&*good.body)
            .hang(),
        Fault::LengthTooShort => good
            .of_length(good.body.len() / 2)
            .send(&*good.body)
            .close(),
        Fault::LengthNegative => good.announced(("content-length", "-1")).close(),
        Fault::LengthHuge => good.of_length(1 << 40).send(good.start()).close(),
        Fault::ChunkCut => good.chunks().send("ffff\r\nno more").close(),
        Fault::ChunkNonsense => good.chunks().send("rubbish\r\n").close(),
        Fault::BodyFlood => good
            .chunks()
            .send("ffffffff\r\n")
            .send(vec![b' '; TOO_MUCH])
            .close(),
        Fault::HeaderFlood => Reply::raw("HTTP/1.1 200 OK\r\n")
            .send("x-more: and more\r\n".repeat(TOO_MUCH / 18))
            .close(),
        Fault::LargeHeaders => good.with_large_headers(),
        Fault::Garbage => Reply::raw("SSH-2.0-OpenSSH_9.9\r\n").close(),
        other => statement(other),
    }
}

/// An answer in one piece that says something else than the good one.
fn statement(fault: Fault) -> Reply {
    let too_many = |header: (&str, &str)| Reply::with(429, &[JSON, header], REFUSAL);
    match fault {
        Fault::BadJson => Reply::json(200, r#"{"success": true, "result": {"id": tru"#),
        Fault::WrongType => Reply::json(
            200,
            r#"{"success": true, "result": {"type": "simple", "id": 7}}"#,
        ),
        Fault::Page200 => Reply::html(200, PAGE),
        Fault::Json500 => Reply::json(500, REFUSAL),
        Fault::Page502 => Reply::html(502, PAGE),
        Fault::Cut503 => Reply::head(503, &[HTML, ("content-length", "900")])
            .send(PAGE)
            .close(),
        Fault::TooMany => Reply::json(429, REFUSAL),
        Fault::TooManyForNow => too_many(("retry-after", "0")),
        Fault::TooManyForASecond => too_many(("retry-after", "1")),
        Fault::TooManyByLimit => too_many(("ratelimit", r#""default";r=0;t=1"#)),
        Fault::Forbidden => Reply::json(403, REFUSAL),
        Fault::NotFound => Reply::json(404, REFUSAL),
        Fault::Redirected => Reply::with(307, &[("location", "http://elsewhere.invalid/")], ""),
        Fault::Failure200 => Reply::json(200, REFUSAL),
        other => unreachable!("{other:?} is no statement"),
    }
}

/// The same again and again, for longer than any limit lasts.
fn again(begun: Reply, bytes: &[u8], pause: Duration) -> Reply {
    (0..200).fold(begun, |reply, _| reply.wait(pause).send(bytes))
}

impl Good {
    fn whole(&self) -> Reply {
        Reply::with(self.status, &self.headers, &self.body)
    }

    fn with(&self, header: (&str, &str)) -> Reply {
        Reply::with(self.status, &self.headers_and(header), &self.body)
    }

    /// The whole body under a head that announces it in this way only.
    fn announced(&self, header: (&str, &str)) -> Reply {
        Reply::head(self.status, &self.headers_and(header)).send(&*self.body)
    }

    fn headers_and<'a>(&'a self, header: (&'a str, &'a str)) -> Vec<(&'a str, &'a str)> {
        let mut headers: Vec<(&str, &str)> = self.headers.clone();
        headers.push(header);
        headers
    }

    fn in_pieces(&self) -> Reply {
        let (start, rest) = self.body.split_at(self.body.len() / 2);
        let head = format!("HTTP/1.1 {} In Pieces\r\ncontent-le", self.status);
        let rest_of_head = format!("ngth: {}\r\n\r\n", self.body.len());
        Reply::raw(head)
            .wait(MOMENT)
            .send(rest_of_head)
            .send(start)
            .wait(MOMENT)
            .send(rest)
    }

    /// The first half of the body: it is enough to see what the body is going to be.
    fn start(&self) -> &[u8] {
        &self.body[..self.body.len() / 2]
    }

    fn half(&self) -> Reply {
        self.of_length(self.body.len()).send(self.start())
    }

    /// A head that announces this length.
    fn of_length(&self, length: usize) -> Reply {
        let length = ("content-length", &*length.to_string());
        Reply::head(self.status, &self.headers_and(length))
    }

    /// A body in chunks, of which the first is its first half.
    fn chunks(&self) -> Reply {
        let start = self.start();
        Reply::head(self.status, &self.headers_and(CHUNKED))
            .send(format!("{:x}\r\n", start.len()))
            .send(start)
            .send("\r\n")
    }

    fn with_large_headers(&self) -> Reply {
        let value = "y".repeat(1 << 10);
        let names: Vec<_> = (0..80).map(|number| format!("x-large-{number}")).collect();
        let large = names.iter().map(|name| (name.as_str(), value.as_str()));
        let headers: Vec<_> = self.headers.iter().copied().chain(large).collect();
        Reply::with(self.status, &headers, &self.body)
    }
}
