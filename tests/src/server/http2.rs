//! The server's HTTP/2.
//!
//! In: a connection. Out: its requests, and their responses, each on its stream. The frames are written by `h2`, which is
//! well-behaved: faults of single frames are the matter of [`crate::frames`].

use std::future::{pending, poll_fn};
use std::io;
use std::sync::Arc;
use std::task::Poll;

use bytes::Bytes;
use h2::server::SendResponse;
use h2::{RecvStream, SendStream};
use http::request::Parts;
use http::{Request, StatusCode};
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::http1::End;
use super::response::{Response, Step};
use super::{Connection, Recorded};
use crate::frames::wire;
use crate::socket::{Lent, Socket};

/// More than any request of the tests has.
const WINDOW: u32 = 1 << 20;

type Server = h2::server::Connection<Lent, Bytes>;

/// Serves the connection until either side closes it.
pub(super) async fn serve(connection: &Arc<Connection>, socket: Socket) -> io::Result<()> {
    let lent = Lent::new(socket);
    let handshake = h2::server::Builder::new()
        .initial_window_size(WINDOW)
        .initial_connection_window_size(WINDOW)
        .max_header_list_size(WINDOW)
        .handshake(lent.clone());
    let (orders, ordered) = unbounded_channel();
    let mut driver = Driver {
        connection: Arc::clone(connection),
        server: handshake.await.map_err(io::Error::other)?,
        lent,
        streams: JoinSet::new(),
        orders,
        excluded: Vec::new(),
    };
    if let Some(end) = driver.run(ordered).await? {
        driver.flush().await;
        let socket = driver.lent.take();
        drop(driver.server);
        if let Some(socket) = socket {
            End::apply(end, socket).await;
        }
    }
    Ok(())
}

/// A connection, and the tasks of its streams.
struct Driver {
    connection: Arc<Connection>,
    server: Server,
    lent: Lent,
    streams: JoinSet<Result<(), h2::Error>>,
    orders: UnboundedSender<Order>,
    /// The streams that GOAWAY excludes. They are kept, because `h2` resets a stream that is dropped.
    excluded: Vec<(Request<RecvStream>, SendResponse<Bytes>)>,
}

impl Driver {
    /// Accepts streams until a response orders the end of the connection, or the client ends it (`None`).
    async fn run(&mut self, mut ordered: UnboundedReceiver<Order>) -> io::Result<Option<End>> {
        loop {
            let is_retired = !self.excluded.is_empty();
            tokio::select! {
                biased;
                Some(order) = ordered.recv() => match order {
                    Order::End(end) => return Ok(Some(end)),
                    Order::Flush(flushed) => {
                        self.flush().await;
                        // It fails only if the stream has ended.
                        let _ = flushed.send(());
                    }
                },
                accepted = self.server.accept() => {
                    let Some(accepted) = accepted else { return Ok(None) };
                    let (request, respond) = accepted.map_err(io::Error::other)?;
                    self.accept(request, respond).await?;
                }
                joined = self.streams.join_next(), if is_retired => {
                    if joined.is_none() {
                        return Ok(Some(End::Close));
                    }
                }
            }
        }
    }

    async fn accept(
        &mut self,
        request: Request<RecvStream>,
        respond: SendResponse<Bytes>,
    ) -> io::Result<()> {
        let (head, body) = request.into_parts();
        let recorded = self.connection.head(&head);
        let is_retired = !self.excluded.is_empty();
        if !is_retired && !self.connection.service.retires(&recorded) {
            let stream = Stream {
                connection: Arc::clone(&self.connection),
                orders: self.orders.clone(),
            };
            self.streams.spawn(stream.serve(recorded, body, respond));
            // A set holds the tasks that have ended until they are joined.
            while self.streams.try_join_next().is_some() {}
            return Ok(());
        }
        if !is_retired {
            // Between two frames of `h2`, which would name a later stream: it has read this one.
            self.flush().await;
            let excluded = respond.stream_id().as_u32();
            let frame = wire::go_away(excluded.saturating_sub(2), wire::code::NO_ERROR);
            self.lent.write_all(&frame).await?;
            self.lent.flush().await?;
        }
        self.excluded
            .push((Request::from_parts(head, body), respond));
        Ok(())
    }

    /// Writes what the streams have sent.
    async fn flush(&mut self) {
        let flushed = poll_fn(|cx| match self.server.poll_closed(cx) {
            Poll::Pending if self.lent.is_blocked() => Poll::Pending,
            _ => Poll::Ready(()),
        });
        flushed.await;
    }
}

impl Connection {
    /// The head, as HTTP/1.1 has it.
    fn head(&self, head: &Parts) -> Recorded {
        let target = head.uri.path_and_query().map_or("*", |path| path.as_str());
        let host = head.uri.authority().map(|host| host.as_str().to_owned());
        let host = host.map(|host| ("host".to_owned(), host));
        let headers = head.headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        let headers = host.into_iter().chain(headers).collect();
        let method = head.method.as_str().to_owned();
        self.record(method, target.to_owned(), headers)
    }
}

/// One request and its response.
struct Stream {
    connection: Arc<Connection>,
    orders: UnboundedSender<Order>,
}

/// What a response orders of its connection.
enum Order {
    End(End),
    /// What was sent is to be written first.
    Flush(oneshot::Sender<()>),
}

impl Stream {
    async fn serve(
        self,
        mut request: Recorded,
        body: RecvStream,
        mut respond: SendResponse<Bytes>,
    ) -> Result<(), h2::Error> {
        if let Some(response) = self.connection.service.begun(&request) {
            self.play(response, &mut respond).await?;
        }
        request.body = gather(body).await?;
        let response = self.connection.respond(&request);
        self.play(response, &mut respond).await
    }

    /// Runs all steps of a response.
    async fn play(
        &self,
        response: Response,
        respond: &mut SendResponse<Bytes>,
    ) -> Result<(), h2::Error> {
        let mut body: Option<Body> = None;
        let mut steps = response.into_steps().into_iter().peekable();
        while let Some(step) = steps.next() {
            match step {
                Step::Head(status, headers) => {
                    let is_last = steps.peek().is_none();
                    body = send_head(status, &headers, is_last, respond)?;
                }
                Step::Data(bytes) => match &mut body {
                    Some(body) => body.send(bytes).await?,
                    None => unreachable!("a body without a head"),
                },
                Step::Raw(bytes) => unreachable!(
                    "these bytes are HTTP/1.1: {}",
                    String::from_utf8_lossy(&bytes)
                ),
                Step::Wait(duration) => tokio::time::sleep(duration).await,
                Step::Hang => return hang(respond, body.as_mut()).await,
                Step::Close => return self.end(End::Close).await,
                Step::Reset => return self.end(End::Reset).await,
                Step::ResetStream(reason) => {
                    self.flush().await;
                    respond.send_reset(reason);
                    return Ok(());
                }
            }
        }
        match body {
            Some(body) => body.end(),
            None => Ok(()),
        }
    }

    /// Ends the connection, and this task with it.
    async fn end(&self, end: End) -> Result<(), h2::Error> {
        // It fails only if the connection has ended.
        let _ = self.orders.send(Order::End(end));
        pending().await
    }

    /// Waits until what was sent is written: `h2` drops it when the stream is reset.
    async fn flush(&self) {
        let (flushed, is_flushed) = oneshot::channel();
        // It fails only if the connection has ended.
        let _ = self.orders.send(Order::Flush(flushed));
        let _ = is_flushed.await;
    }
}

/// Waits until the client resets the stream.
async fn hang(respond: &mut SendResponse<Bytes>, body: Option<&mut Body>) -> Result<(), h2::Error> {
    match body {
        Some(body) => poll_fn(|cx| body.stream.poll_reset(cx)).await?,
        None => poll_fn(|cx| respond.poll_reset(cx)).await?,
    };
    Ok(())
}

/// The body of a response.
struct Body {
    stream: SendStream<Bytes>,
    /// How many bytes are still to be sent by the declared length.
    left: Option<usize>,
    is_ended: bool,
}

/// Sends a head. Returns the body that follows, if any.
fn send_head(
    status: u16,
    headers: &[(String, String)],
    is_last: bool,
    respond: &mut SendResponse<Bytes>,
) -> Result<Option<Body>, h2::Error> {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    let Ok(head) = response.body(()) else {
        unreachable!("no valid head: {status} {headers:?}")
    };
    if StatusCode::is_informational(&head.status()) {
        respond.send_informational(head)?;
        return Ok(None);
    }
    let length = head.headers().get("content-length");
    let left = length.and_then(|length| length.to_str().ok()?.parse().ok());
    let stream = respond.send_response(head, is_last)?;
    Ok((!is_last).then_some(Body {
        stream,
        left,
        is_ended: false,
    }))
}

impl Body {
    /// Sends a piece as the client's window allows.
    async fn send(&mut self, piece: Vec<u8>) -> Result<(), h2::Error> {
        self.left = self.left.and_then(|left| left.checked_sub(piece.len()));
        let mut rest = Bytes::from(piece);
        while !rest.is_empty() {
            self.stream.reserve_capacity(rest.len());
            let Some(capacity) = poll_fn(|cx| self.stream.poll_capacity(cx)).await else {
                return Ok(());
            };
            let part = rest.split_to(capacity?.min(rest.len()));
            self.is_ended = rest.is_empty() && self.left == Some(0);
            self.stream.send_data(part, self.is_ended)?;
        }
        Ok(())
    }

    fn end(mut self) -> Result<(), h2::Error> {
        if self.is_ended {
            return Ok(());
        }
        self.stream.send_data(Bytes::new(), true)
    }
}

/// The whole body of a request.
async fn gather(mut body: RecvStream) -> Result<Vec<u8>, h2::Error> {
    let mut whole = Vec::new();
    while let Some(piece) = body.data().await {
        let piece = piece?;
        body.flow_control().release_capacity(piece.len())?;
        whole.extend_from_slice(&piece);
    }
    Ok(whole)
}
