//! Waits until something has come about: looks again and again, until a final state or a limit.
//!
//! In: a call that shows the state, and a [`Wait`] that says what its values mean. Out: [`Waiter`], a future of the last value
//! and a stream of all. It keeps nothing at the service: whoever knows the id can wait on, in another process too.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use crate::base::BoxFuture;
use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::request::operation::Endpoint;
use crate::response::kind::{List, Single};

mod ending;
mod look;
mod plan;
mod state;

use self::look::Looking;
pub(crate) use self::plan::Wait;
use self::state::{Next, State};

/// Waits until something has come about, once it is awaited: looks every now and then, and gives the value in its final state.
///
/// It is a `Stream` as well, with a `next` of its own: then it gives the value of each look, the final one last. What is waited
/// for is known by its id alone, so that another process can go on.
///
/// - A state that means failure is an error of kind [`WaitFailed`](crate::ErrorKind::WaitFailed), with the service's reasons in
///   [`Error::errors`].
/// - When the limit has passed, the error is of kind [`WaitTimeout`](crate::ErrorKind::WaitTimeout). A state that this version does not
///   know is waited through, and named in this error.
/// - A look that fails in passing (a broken connection, a gateway's error) is tolerated a few times in a row. Any other error ends
///   the waiting.
/// - [`Error::last_value`] has what was seen last.
#[must_use = "nothing is looked at until it is awaited"]
pub struct Waiter<T, O = T> {
    look: Box<dyn Fn() -> Looking<T> + Send>,
    client: Client,
    state: State,
    step: Step<T>,
    /// What becomes of the last value.
    finish: fn(Option<T>) -> Option<O>,
}

enum Step<T> {
    Look,
    Looking(Looking<T>),
    Sleeping(BoxFuture<'static, ()>),
    Failed(Error),
    Over,
}

// For generated code.
#[allow(dead_code, reason = "generated handles use what their table says")]
impl<T: DeserializeOwned + Send + 'static> Waiter<T> {
    /// Waits for what a call gives.
    pub(crate) fn on_one<E: Endpoint<Response = Single<T>>>(call: Call<E>, wait: Wait) -> Self {
        let client = call.client().clone();
        let look = move || look::at_one(call.clone(), wait);
        Self::new(client, look, wait, |last| last)
    }

    /// Waits for the item of a list whose `key` is `id`.
    pub(crate) fn on_item<E: Endpoint<Response = List<T>>>(
        call: Call<E>,
        key: &'static str,
        id: &impl ToString,
        wait: Wait,
    ) -> Self {
        let (client, id) = (call.client().clone(), id.to_string());
        let look = move || look::at_item(call.clone(), key, id.clone(), wait);
        Self::new(client, look, wait, |last| last)
    }
}

#[allow(dead_code, reason = "generated handles use what their table says")]
impl<T: DeserializeOwned + Send + 'static> Waiter<T, ()> {
    /// Waits until there is nothing left for a call to give: status 404.
    pub(crate) fn on_end<E: Endpoint<Response = Single<T>>>(call: Call<E>, wait: Wait) -> Self {
        let client = call.client().clone();
        let look = move || look::at_one(call.clone(), wait);
        let mut waiter = Self::new(client, look, wait, |_| Some(()));
        waiter.state.ends_with_404 = true;
        waiter
    }
}

impl<T, O> Waiter<T, O> {
    fn new(
        client: Client,
        look: impl Fn() -> Looking<T> + Send + 'static,
        wait: Wait,
        finish: fn(Option<T>) -> Option<O>,
    ) -> Self {
        Self {
            look: Box::new(look),
            client,
            state: State::new(wait),
            step: Step::Look,
            finish,
        }
    }

    /// Looks this often, in place of the default.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.state.set_interval(interval);
        self
    }

    /// Gives up after this time, in place of the default. No look begins later, but one may end later.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.state.limit = limit;
        self
    }

    /// Tolerates this many looks in a row that fail in passing. Default: 5.
    pub fn tolerate(mut self, failures: u32) -> Self {
        self.state.tolerated = failures;
        self
    }

    /// The state that was seen last, as it stands on the wire.
    pub fn state(&self) -> Option<&str> {
        self.state.last()
    }

    /// The value of the next look; `None` after the final one. Dropping this future loses nothing.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// The step that follows.
    fn go(&mut self, next: Next) -> Step<T> {
        match next {
            Next::Sleep(time) => Step::Sleeping(self.client.shared().clock.sleep(time)),
            Next::Failed(error) => Step::Failed(error),
            Next::Over => Step::Over,
        }
    }
}

// It holds values, but pins none.
impl<T, O> Unpin for Waiter<T, O> {}

impl<T, O> Stream for Waiter<T, O> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            match &mut this.step {
                Step::Look => {
                    this.state.begin(this.client.shared().clock.now());
                    this.step = Step::Looking((this.look)());
                }
                Step::Looking(looking) => {
                    let seen = ready!(looking.as_mut().poll(cx));
                    let now = this.client.shared().clock.now();
                    let (value, next) = this.state.judge(seen, now);
                    this.step = this.go(next);
                    if let Some(value) = value {
                        return Poll::Ready(Some(Ok(value)));
                    }
                }
                Step::Sleeping(sleep) => {
                    ready!(sleep.as_mut().poll(cx));
                    this.step = Step::Look;
                }
                Step::Failed(_) | Step::Over => {
                    let last = std::mem::replace(&mut this.step, Step::Over);
                    return Poll::Ready(match last {
                        Step::Failed(error) => Some(Err(error)),
                        _ => None,
                    });
                }
            }
        }
    }
}

impl<T: Send + Sync + 'static, O: Send + 'static> IntoFuture for Waiter<T, O> {
    type Output = Result<O, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move {
            let mut last = None;
            while let Some(seen) = self.next().await {
                match seen {
                    Ok(value) => last = Some(value),
                    Err(error) => return Err(ending::with_last(error, last)),
                }
            }
            (self.finish)(last).ok_or_else(|| self.state.spent())
        })
    }
}

impl<T, O> fmt::Debug for Waiter<T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.state.fmt(f)
    }
}
