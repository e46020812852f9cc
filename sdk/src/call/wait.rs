//! Waits for a state: sends the same call again until a final state or a limit is reached.
//!
//! In: a call whose result has the state, and a [`WaiterSpec`] that says what its values mean. Out: [`Waiter`], a future of the
//! last value and a stream of all values. The service stores nothing about it: another process that has the id can wait as well.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use crate::base::BoxFuture;
use crate::base::exclusive::Exclusive;
use crate::call::Call;
use crate::client::Client;
use crate::decode::FromJson;
use crate::error::Error;
use crate::request::operation::Endpoint;
use crate::response::kind::{List, Single};

mod errors;
mod poll;
mod spec;
mod state;

use self::poll::Polling;
pub(crate) use self::spec::WaiterSpec;
use self::state::{Next, WaiterState};

/// Waits for a final state once it is awaited: polls at an interval, and returns the value in its final state.
///
/// It is a `Stream` as well, with its own `next`: as a stream it yields the value of each poll, the final one last. It needs the
/// id only, so that another process can continue.
///
/// - A state that means failure is an error of kind [`WaitFailed`](crate::ErrorKind::WaitFailed), with the service's reasons in
///   [`Error::errors`].
/// - After the limit the error is of kind [`WaitTimeout`](crate::ErrorKind::WaitTimeout). A state that this version does not know
///   counts as pending, and this error names it.
/// - The limit applies to a poll under way too: it is dropped when the limit has passed.
/// - A poll that fails temporarily (a broken connection, a gateway's error) is tolerated a few times in a row. Any other error ends
///   the wait.
/// - A resource that was just created may not be found yet: until a poll finds it, status 404, and absence from a list, is tolerated
///   for [30 seconds](Self::grace).
/// - [`Error::last_value`] returns the last value.
#[must_use = "nothing is sent until it is awaited"]
pub struct Waiter<T, O = T> {
    poll: Box<dyn Fn() -> Polling<T> + Send + Sync>,
    client: Client,
    state: WaiterState,
    step: Step<T>,
    /// Makes the output from the last value.
    finish: fn(Option<T>) -> Option<O>,
}

type Sleep = Exclusive<BoxFuture<'static, ()>>;

enum Step<T> {
    Poll,
    /// The poll, and a sleep until the limit. No sleep: the limit is later than a clock can tell.
    Polling(Exclusive<Polling<T>>, Option<Sleep>),
    Sleeping(Sleep),
    Failed(Error),
    Over,
}

// For generated code.
#[allow(dead_code, reason = "generated handles use what their table says")]
impl<T: FromJson + Send + Sync + 'static> Waiter<T> {
    /// Waits for the state of a call's result.
    pub(crate) fn on_one<E: Endpoint<Response = Single<T>>>(
        call: Call<E>,
        spec: WaiterSpec,
    ) -> Self {
        let client = call.client().clone();
        let poll = move || poll::one(call.clone(), spec);
        Self::new(client, poll, spec, |last| last)
    }

    /// Waits for the state of the item of a list whose `key` is `id`.
    pub(crate) fn on_item<E: Endpoint<Response = List<T>>>(
        call: Call<E>,
        key: &'static str,
        id: &impl ToString,
        spec: WaiterSpec,
    ) -> Self {
        let (client, id) = (call.client().clone(), id.to_string());
        let poll = move || poll::item(call.clone(), key, id.clone(), spec);
        Self::new(client, poll, spec, |last| last)
    }
}

#[allow(dead_code, reason = "generated handles use what their table says")]
impl<T: FromJson + Send + 'static> Waiter<T, ()> {
    /// Waits until the service's own response to a call has status 404.
    pub(crate) fn on_end<E: Endpoint<Response = Single<T>>>(
        call: Call<E>,
        spec: WaiterSpec,
    ) -> Self {
        let client = call.client().clone();
        let poll = move || poll::one(call.clone(), spec);
        let mut waiter = Self::new(client, poll, spec, |_| Some(()));
        waiter.state.ends_with_404 = true;
        waiter
    }
}

impl<T, O> Waiter<T, O> {
    fn new(
        client: Client,
        poll: impl Fn() -> Polling<T> + Send + Sync + 'static,
        spec: WaiterSpec,
        finish: fn(Option<T>) -> Option<O>,
    ) -> Self {
        Self {
            poll: Box::new(poll),
            client,
            state: WaiterState::new(spec),
            step: Step::Poll,
            finish,
        }
    }

    /// Sets the time between two polls, in place of the default.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.state.set_interval(interval);
        self
    }

    /// Sets the time after which it fails, in place of the default. It begins with the first poll. A poll that is under way then is
    /// dropped; the last one begins early enough to end in time, if it takes no longer than those before it.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.state.limit = limit;
        self
    }

    /// Sets for how long, from the first poll on, the resource may be missing. Default: 30 seconds.
    ///
    /// Until a poll has found the resource, status 404 within this time is no failure, nor is absence from a list. Then status 404 ends
    /// the wait. It does not matter where 404 is the awaited state, or where the service says that there is no such path (error codes
    /// 7000 and 7003).
    pub fn grace(mut self, grace: Duration) -> Self {
        self.state.grace = grace;
        self
    }

    /// Tolerates this many polls in a row that fail temporarily. Default: 5.
    pub fn tolerate(mut self, failures: u32) -> Self {
        self.state.tolerated = failures;
        self
    }

    /// Returns the last state, as it is on the wire.
    pub fn state(&self) -> Option<&str> {
        self.state.last()
    }

    /// Returns the value of the next poll; `None` after the final one. Dropping this future loses nothing.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    fn sleep(&self, time: Duration) -> Sleep {
        Exclusive::new(self.client.shared().clock.sleep(time))
    }

    /// Begins a poll, which ends at the limit at the latest.
    fn begin_poll(&mut self) -> Step<T> {
        let now = self.client.shared().clock.now();
        let left = self.state.begin_poll(now);
        // A sleep past the end of the clock would never end.
        let limit = now.checked_add(left).map(|_| self.sleep(left));
        Step::Polling(Exclusive::new((self.poll)()), limit)
    }

    fn step_after(&self, next: Next) -> Step<T> {
        match next {
            Next::Sleep(time) => Step::Sleeping(self.sleep(time)),
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
                Step::Poll => this.step = this.begin_poll(),
                Step::Polling(polling, limit) => {
                    let polled = match polling.get_mut().as_mut().poll(cx) {
                        Poll::Ready(polled) => Some(polled),
                        Poll::Pending => {
                            let Some(limit) = limit else {
                                return Poll::Pending;
                            };
                            ready!(limit.get_mut().as_mut().poll(cx));
                            None
                        }
                    };
                    let now = this.client.shared().clock.now();
                    let (value, next) = match polled {
                        Some(polled) => this.state.finish_poll(polled, now),
                        None => (None, this.state.drop_poll(now)),
                    };
                    this.state.log(&next);
                    this.step = this.step_after(next);
                    if let Some(value) = value {
                        return Poll::Ready(Some(Ok(value)));
                    }
                }
                Step::Sleeping(sleep) => {
                    ready!(sleep.get_mut().as_mut().poll(cx));
                    this.step = Step::Poll;
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
            while let Some(polled) = self.next().await {
                match polled {
                    Ok(value) => last = Some(value),
                    Err(error) => return Err(errors::with_last(error, last)),
                }
            }
            (self.finish)(last).ok_or_else(|| self.state.already_ended())
        })
    }
}

impl<T, O> fmt::Debug for Waiter<T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.state.fmt(f)
    }
}
