//! Opening connections: one at a time until it is known whether one is enough, and each within the time limit of its call.
//!
//! In: a connector of reqwest. Out: the same connector, which reports to the call's [`Exchange`]. Over HTTP/2 all calls share one
//! connection, but a client learns only in the TLS handshake whether the server speaks it. Without this file, 64 first calls would
//! open 64 connections and close 63 of them.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper_util::client::legacy::connect::Connection;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout, timeout_at};
use tower_layer::Layer;
use tower_service::Service;

use crate::base::BoxFuture;
use crate::transport::Exchange;

/// How long others wait for a connection that is being opened, or that was just opened, before one of them opens another.
const TURN: Duration = Duration::from_secs(1);

tokio::task_local! {
    /// The exchange that is being polled. It is not set where hyper goes on opening a connection that its call no longer needs.
    pub(super) static CURRENT: Exchange;
}

/// Whether an exchange is being polled: else hyper's own tasks run.
pub(super) fn is_polling() -> bool {
    CURRENT.try_with(|_| ()).is_ok()
}

type BoxError = Box<dyn StdError + Send + Sync>;

/// The connections of one pool that are being opened.
#[derive(Clone, Debug, Default)]
pub(super) struct Dials {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Notify,
    /// Whether a connection was opened that no request has used yet. It may not be in the pool yet.
    is_unused: AtomicBool,
}

#[derive(Debug, Default)]
enum State {
    /// No connection is being opened.
    #[default]
    Free,
    /// One is being opened, or was opened just now and will be in the pool in a moment. At this instant the next one may be opened.
    Busy(Instant),
    /// The server speaks HTTP/1.1: each call needs its own connection.
    Http1,
    /// The latest one could not be opened. Calls do not wait for each other then: each could need as long to fail.
    Failing,
}

impl Dials {
    fn lock(&self) -> MutexGuard<'_, State> {
        let state = &self.shared.state;
        state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, state: State) {
        *self.lock() = state;
        self.shared.changed.notify_waiters();
    }

    /// A request is sent: the connection that was opened last is in the pool, and others no longer need to wait for it.
    pub(super) fn used(&self) {
        let is_unused = &self.shared.is_unused;
        if is_unused.load(Ordering::Relaxed) && is_unused.swap(false, Ordering::AcqRel) {
            self.change(State::Free);
        }
    }

    /// Waits until this call may open a connection. `None` if the call has found another one in the meantime.
    async fn turn(&self) -> Option<Turn> {
        loop {
            // Made before the state is read, so that no change is missed in between.
            let changed = self.shared.changed.notified();
            let free_at = match self.take() {
                Ok(turn) => return Some(turn),
                Err(free_at) => free_at,
            };
            let mut woken = pin!(timeout_at(free_at, changed));
            poll_fn(|cx: &mut Context<'_>| match CURRENT.try_with(|_| ()) {
                Ok(()) => woken.as_mut().poll(cx).map(Some),
                Err(_) => Poll::Ready(None),
            })
            .await
            .map(drop)?;
        }
    }

    /// Takes the turn, or returns when the next one begins.
    fn take(&self) -> Result<Turn, Instant> {
        let mut state = self.lock();
        let now = Instant::now();
        match *state {
            State::Busy(until) if until > now => return Err(until),
            State::Http1 | State::Failing => {}
            State::Free | State::Busy(_) => *state = State::Busy(now + TURN),
        }
        Ok(Turn {
            dials: self.clone(),
            done: matches!(*state, State::Http1 | State::Failing),
        })
    }
}

/// The right to open a connection. If it is dropped without one, the next call has it.
struct Turn {
    dials: Dials,
    done: bool,
}

impl Turn {
    fn opened(mut self, is_http2: bool) {
        self.done = true;
        self.dials
            .shared
            .is_unused
            .store(is_http2, Ordering::Release);
        self.dials.change(match is_http2 {
            true => State::Busy(Instant::now() + TURN),
            false => State::Http1,
        });
    }

    fn failed(mut self) {
        self.done = true;
        self.dials.change(State::Failing);
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if !self.done {
            self.dials.change(State::Free);
        }
    }
}

impl<S> Layer<S> for Dials {
    type Service = Dialer<S>;

    fn layer(&self, inner: S) -> Dialer<S> {
        Dialer {
            inner: Arc::new(inner),
            dials: self.clone(),
        }
    }
}

/// A connector whose calls take turns.
#[derive(Clone)]
pub(super) struct Dialer<S> {
    /// Shared, and cloned only to open a connection: reqwest and hyper clone their connector six times for each request.
    inner: Arc<S>,
    dials: Dials,
}

impl<S, R> Service<R> for Dialer<S>
where
    S: Service<R, Error = BoxError> + Clone + Send + Sync + 'static,
    S::Future: Send,
    S::Response: Connection + Send,
    R: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<S::Response, BoxError>>;

    /// The connector below is waited for in [`open`].
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: R) -> Self::Future {
        let inner = S::clone(&self.inner);
        let dials = self.dials.clone();
        Box::pin(async move {
            let Ok(exchange) = CURRENT.try_with(Exchange::clone) else {
                return Err(Fault::NotNeeded.into());
            };
            exchange.connecting();
            let limit = exchange.connect_timeout();
            let opened = timeout(limit, open(inner, target, dials)).await;
            exchange.queued();
            opened.unwrap_or(Err(Fault::TimedOut.into()))
        })
    }
}

async fn open<S, R>(mut inner: S, target: R, dials: Dials) -> Result<S::Response, BoxError>
where
    S: Service<R, Error = BoxError>,
    S::Response: Connection,
{
    let turn = dials.turn().await.ok_or(Fault::NotNeeded)?;
    poll_fn(|cx| inner.poll_ready(cx)).await?;
    match inner.call(target).await {
        Ok(connection) => {
            turn.opened(connection.connected().is_negotiated_h2());
            Ok(connection)
        }
        Err(error) => {
            turn.failed();
            Err(error)
        }
    }
}

/// Why no connection was opened, where the cause is not the connector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The time limit expired.
    TimedOut,
    /// The call has found another connection.
    NotNeeded,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TimedOut => "the connection was not opened in time",
            Self::NotNeeded => "the connection is not needed any more",
        })
    }
}

impl StdError for Fault {}
