//! The responses of the service, good and faulty.
//!
//! In: the good response to an action, from the document's example, and a fault. Out: the [`Response`]. A good response contains
//! the number of its call, so that a response that reaches another call is detected.

use std::time::Duration;

use serde_json::Value;
use tests::document::{entries, operations};
use tests::server::{Protocol, Reason, Response};

use crate::action::{Action, Form};
use crate::fault::Fault;

const JSON: (&str, &str) = ("content-type", "application/json");
const HTML: (&str, &str) = ("content-type", "text/html; charset=UTF-8");
const CHUNKED: (&str, &str) = ("transfer-encoding", "chunked");
const PAGE: &str = "<html><head><title>Bad gateway</title></head><body>it is us</body></html>";
const REFUSAL: &str =
    r#"{"success":false,"errors":[{"code":1001,"message":"no"}],"messages":[],"result":null}"#;
const MOMENT: Duration = Duration::from_millis(2);

/// More than a client holds in memory.
const TOO_MUCH: usize = 2 << 20;

/// The good response to a call.
pub(crate) struct Good {
    protocol: Protocol,
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: Vec<u8>,
}

impl Good {
    pub(crate) fn new(protocol: Protocol, action: Action, call: usize) -> Self {
        let (status, response) = operations()[action.operation()].success();
        let good = |status, media, body| Self {
            protocol,
            status,
            headers: vec![("content-type", media)],
            body,
        };
        match entries(&response["content"]).next() {
            Some((media, _)) if matches!(action.form(), Form::Bytes | Form::File) => {
                good(status, media, file(call))
            }
            Some((_, media)) => good(status, JSON.1, numbered(&media["example"], call)),
            // With only a status and no body, few faults would be possible.
            None => good(200, JSON.1, br#"{"success":true,"result":null}"#.to_vec()),
        }
    }
}

/// The id in a good response.
pub(crate) fn id(call: usize) -> String {
    format!("call-{call}")
}

/// A capture whose contents are the call's id, repeated.
fn file(call: usize) -> Vec<u8> {
    let mut file = b"\xd4\xc3\xb2\xa1".to_vec();
    file.extend(format!("{};", id(call)).repeat(400).into_bytes());
    file
}

/// An envelope whose results have the call's id.
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

/// The response to a request that was read to its end.
pub(crate) fn respond(fault: Fault, good: &Good) -> Response {
    match fault {
        Fault::Nothing => good.whole(),
        Fault::InPieces => good.in_pieces(),
        Fault::ClosedAfterwards => good.whole().close(),
        Fault::ResetAfterwards => good.whole().wait(MOMENT).reset(),
        Fault::NoCallsLeft => good.with(("ratelimit", r#""default";r=0;t=1"#)),
        Fault::ClosedUnread | Fault::ClosedWithoutResponse => Response::default().close(),
        Fault::ResetUnread | Fault::ResetWithoutResponse => Response::default().reset(),
        Fault::Stalled => Response::silence(),
        Fault::StalledInHead => Response::raw("HTTP/1.1 200 OK\r\ncontent-ty").hang(),
        Fault::StalledInBody => good.half().hang(),
        Fault::InterimOnly => again(Response::default(), |response| response.then_head(102, &[])),
        Fault::Trickle => good.trickle(),
        Fault::Truncated => good.cut(good.half()),
        Fault::LengthTooLong => good
            .of_length(good.body.len() + 10)
            .send(&*good.body)
            .hang(),
        Fault::LengthTooShort => good.overrun().close(),
        Fault::Overrun => good.overrun(),
        Fault::LengthNegative => {
            let announced = good.announced(("content-length", "-1"));
            good.end(announced)
        }
        Fault::LengthHuge => good.cut(good.of_length(1 << 40).send(good.start())),
        Fault::ChunkCut => good.chunks().send("ffff\r\nno more").close(),
        Fault::ChunkNonsense => good.chunks().send("rubbish\r\n").close(),
        Fault::BodyFlood => good.body_flood(),
        Fault::HeaderFlood => good.header_flood(),
        Fault::LargeHeaders => good.with_large_headers(),
        Fault::Garbage => Response::raw("SSH-2.0-OpenSSH_9.9\r\n").close(),
        Fault::RefusedStream => Response::default().reset_stream(Reason::REFUSED_STREAM),
        Fault::ResetStream => Response::default().reset_stream(Reason::INTERNAL_ERROR),
        Fault::ResetStreamInBody => good.half().reset_stream(Reason::CANCEL),
        other => statement(other, good),
    }
}

/// A response other than the good one, sent as a whole.
fn statement(fault: Fault, good: &Good) -> Response {
    let too_many = |header: (&str, &str)| Response::with(429, &[JSON, header], REFUSAL);
    match fault {
        Fault::BadJson => Response::json(200, r#"{"success": true, "result": {"id": tru"#),
        Fault::WrongType => Response::json(
            200,
            r#"{"success": true, "result": {"type": "simple", "id": 7}}"#,
        ),
        Fault::Page200 => Response::html(200, PAGE),
        Fault::Json500 => Response::json(500, REFUSAL),
        Fault::Page502 => Response::html(502, PAGE),
        Fault::Cut503 => {
            let head = Response::head(503, &[HTML, ("content-length", "900")]);
            good.cut(head.send(PAGE))
        }
        Fault::TooMany => Response::json(429, REFUSAL),
        Fault::TooManyForNow => too_many(("retry-after", "0")),
        Fault::TooManyForASecond => too_many(("retry-after", "1")),
        Fault::TooManyByLimit => too_many(("ratelimit", r#""default";r=0;t=1"#)),
        Fault::Forbidden => Response::json(403, REFUSAL),
        Fault::NotFound => Response::json(404, REFUSAL),
        Fault::Redirected => Response::with(307, &[("location", "http://elsewhere.invalid/")], ""),
        Fault::Failure200 => Response::json(200, REFUSAL),
        other => unreachable!("{other:?} is no statement"),
    }
}

/// The same step repeated, for longer than any time limit.
fn again(begun: Response, step: impl Fn(Response) -> Response) -> Response {
    (0..200).fold(begun, |response, _| step(response.wait(10 * MOMENT)))
}

impl Good {
    fn whole(&self) -> Response {
        Response::with(self.status, &self.headers, &self.body)
    }

    fn with(&self, header: (&str, &str)) -> Response {
        Response::with(self.status, &self.headers_and(header), &self.body)
    }

    /// The whole body after a head with this length header only.
    fn announced(&self, header: (&str, &str)) -> Response {
        Response::head(self.status, &self.headers_and(header)).send(&*self.body)
    }

    fn headers_and<'a>(&'a self, header: (&'a str, &'a str)) -> Vec<(&'a str, &'a str)> {
        let mut headers: Vec<(&str, &str)> = self.headers.clone();
        headers.push(header);
        headers
    }

    /// Ends a response in its middle: over HTTP/1.1 with its connection.
    fn cut(&self, response: Response) -> Response {
        match self.protocol {
            Protocol::Http2 => response.reset_stream(Reason::INTERNAL_ERROR),
            _ => response.close(),
        }
    }

    /// Ends a response whose length is wrong: over HTTP/1.1 with its connection.
    fn end(&self, response: Response) -> Response {
        match self.protocol {
            Protocol::Http2 => response,
            _ => response.close(),
        }
    }

    /// A body that is longer than declared.
    fn overrun(&self) -> Response {
        self.of_length(self.body.len() / 2).send(&*self.body)
    }

    fn trickle(&self) -> Response {
        let body = |bytes: &'static str| move |response: Response| response.send(bytes);
        match self.protocol {
            Protocol::Http2 => again(self.without_length().send(self.start()), body(" ")),
            _ => again(self.chunks(), body("1\r\n \r\n")),
        }
    }

    fn body_flood(&self) -> Response {
        let begun = match self.protocol {
            Protocol::Http2 => self.without_length().send(self.start()),
            _ => self.chunks().send("ffffffff\r\n"),
        };
        self.cut(begun.send(vec![b' '; TOO_MUCH]))
    }

    fn header_flood(&self) -> Response {
        const COUNT: usize = TOO_MUCH / 18;
        match self.protocol {
            Protocol::Http2 => Response::head(200, &[("x-more", "and more"); COUNT]),
            _ => Response::raw("HTTP/1.1 200 OK\r\n")
                .send("x-more: and more\r\n".repeat(COUNT))
                .close(),
        }
    }

    fn without_length(&self) -> Response {
        Response::head(self.status, &self.headers)
    }

    fn in_pieces(&self) -> Response {
        let (start, rest) = self.body.split_at(self.body.len() / 2);
        if self.protocol == Protocol::Http2 {
            let head = self.of_length(self.body.len()).wait(MOMENT);
            return head.send(start).wait(MOMENT).send(rest);
        }
        let head = format!("HTTP/1.1 {} In Pieces\r\ncontent-le", self.status);
        let rest_of_head = format!("ngth: {}\r\n\r\n", self.body.len());
        Response::raw(head)
            .wait(MOMENT)
            .send(rest_of_head)
            .send(start)
            .wait(MOMENT)
            .send(rest)
    }

    /// The first half of the body, which is enough to recognize its format.
    fn start(&self) -> &[u8] {
        &self.body[..self.body.len() / 2]
    }

    fn half(&self) -> Response {
        self.of_length(self.body.len()).send(self.start())
    }

    /// A head with this content length.
    fn of_length(&self, length: usize) -> Response {
        let length = ("content-length", &*length.to_string());
        Response::head(self.status, &self.headers_and(length))
    }

    /// A body in chunks, of which the first is its first half.
    fn chunks(&self) -> Response {
        let start = self.start();
        Response::head(self.status, &self.headers_and(CHUNKED))
            .send(format!("{:x}\r\n", start.len()))
            .send(start)
            .send("\r\n")
    }

    fn with_large_headers(&self) -> Response {
        let value = "y".repeat(1 << 10);
        let names: Vec<_> = (0..80).map(|number| format!("x-large-{number}")).collect();
        let large = names.iter().map(|name| (name.as_str(), value.as_str()));
        let headers: Vec<_> = self.headers.iter().copied().chain(large).collect();
        Response::with(self.status, &headers, &self.body)
    }
}
