//! A list as a stream of its pages.
//!
//! In: a call that returns one page. Out: [`Pages`], which sends the call again for each further page, until [`Paginator`] says
//! that there is none. Nothing is prefetched: a page is requested only when the stream is polled for it.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::Items;
use super::paginator::{Next, Paginator};
use crate::base::BoxFuture;
use crate::base::exclusive::Exclusive;
use crate::call::Call;
use crate::decode::{self, FromJson};
use crate::error::{Error, ErrorKind};
use crate::request::operation::Endpoint;
use crate::response::Response;
use crate::response::kind::Paged;
use crate::response::page::Page;

/// The query parameter that selects the page. The generator makes an operation [`Paged`] only if it has this parameter.
const PAGE: &str = "page";

impl<E, T> Call<E>
where
    E: Endpoint<Response = Paged<T>>,
    T: FromJson + Send + 'static,
{
    /// Returns the pages of the list, starting with the one that this call selects: a `Stream`, which also has a method `next`.
    ///
    /// Each page is requested when the stream is polled for it, with the settings of this call; none is requested after the last. If
    /// the pages have fewer items than the list's totals state, the stream ends with an error of kind
    /// [`Incomplete`](ErrorKind::Incomplete).
    pub fn pages(self) -> Pages<T> {
        let page = self.query_value(PAGE).and_then(|page| page.parse().ok());
        let fetch = move |page: Option<u64>| -> Fetching<T> {
            let call = match page {
                Some(page) => self.clone().set_query::<u64>(PAGE, page),
                None => self.clone(),
            };
            Box::pin(call.send())
        };
        Pages {
            fetch: Box::new(fetch),
            paginator: Paginator::from(page.filter(|page| *page > 0)),
            state: State::Fetch,
        }
    }

    /// Returns the items of all pages, starting with the page that this call selects: a `Stream`, which also has a method `next`.
    ///
    /// Pages are requested as by [`pages`](Self::pages).
    pub fn items(self) -> Items<T> {
        Items::new(self.pages())
    }
}

/// The pages of a list, as a `Stream`. See [`Call::pages`].
///
/// The stream ends after an error.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<T> {
    fetch: Box<dyn Fn(Option<u64>) -> Fetching<T> + Send + Sync>,
    paginator: Paginator,
    state: State<T>,
}

type Fetching<T> = BoxFuture<'static, Result<Response<Page<T>>, Error>>;

enum State<T> {
    /// The next page is to be requested.
    Fetch,
    Fetching(Exclusive<Fetching<T>>),
    /// All pages were yielded; the error is yielded next.
    Incomplete(Error),
    Done,
}

impl<T> Pages<T> {
    /// Returns the next page, or `None` at the end. Cancel safe: no page is lost if this future is dropped.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Sets the next state. Returns the page or the error to yield, or `None` for a page that is not part of the list.
    fn receive(
        &mut self,
        result: Result<Response<Page<T>>, Error>,
    ) -> Option<Result<Page<T>, Error>> {
        let response = match result {
            Ok(response) => response,
            Err(error) => return Some(Err(error)),
        };
        let page = response.value();
        let fingerprint = fingerprint(response.body());
        let step = self
            .paginator
            .receive(&page.result_info, page.items.len(), fingerprint);
        match step.next {
            Next::Fetch => self.state = State::Fetch,
            Next::End => {}
            Next::Incomplete(why) => {
                let error = Error::new(ErrorKind::Incomplete, why);
                self.state = State::Incomplete(error.with_call(response.facts().clone()));
            }
        }
        step.belongs.then(|| Ok(response.into_inner()))
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            match &mut this.state {
                State::Fetch => {
                    let fetching = (this.fetch)(this.paginator.requested());
                    this.state = State::Fetching(Exclusive::new(fetching));
                }
                State::Fetching(fetching) => {
                    let result = ready!(fetching.get_mut().as_mut().poll(cx));
                    this.state = State::Done;
                    if let Some(item) = this.receive(result) {
                        return Poll::Ready(Some(item));
                    }
                }
                State::Incomplete(_) | State::Done => {
                    let last = std::mem::replace(&mut this.state, State::Done);
                    return Poll::Ready(match last {
                        State::Incomplete(error) => Some(Err(error)),
                        _ => None,
                    });
                }
            }
        }
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_done = matches!(self.state, State::Done);
        f.debug_struct("Pages")
            .field("requested", &self.paginator.requested())
            .field("is_done", &is_done)
            .finish_non_exhaustive()
    }
}

/// The fingerprint of a response's first item: a hash of its JSON text.
fn fingerprint(body: &[u8]) -> Option<u64> {
    let tree = decode::tree(body, decode::DEEPEST).ok()?;
    let first = tree.root().get("result")?.items().ok()?.next()?;
    let mut hasher = DefaultHasher::new();
    first.raw().hash(&mut hasher);
    Some(hasher.finish())
}
