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
use super::paginator::{Next, Paginator, Target};
use crate::base::BoxFuture;
use crate::base::exclusive::Exclusive;
use crate::call::Call;
use crate::decode::{self, Json};
use crate::error::{Error, ErrorKind};
use crate::request::PAGE;
use crate::request::operation::Endpoint;
use crate::response::Response;
use crate::response::kind::ListKind;
use crate::response::list::ListRequest;
use crate::response::page::Page;

impl<E> Call<E>
where
    E: Endpoint,
    E::Response: ListKind,
{
    /// Accepts a list of which the service says that it has more items than it sends.
    ///
    /// Without it such a list is an error of kind [`Incomplete`](ErrorKind::Incomplete). The error of a call that returns a whole list has
    /// the items: [`Error::last_value`]. Pages and items are returned before the error; with this setting they end without it.
    pub fn allow_incomplete(mut self) -> Self {
        self.as_request_mut().options.allow_incomplete = true;
        self
    }
}

impl<E, T> Call<E>
where
    E: Endpoint,
    E::Response: ListKind<Output = Page<T>>,
    T: Send + 'static,
{
    /// Returns the pages of the list, starting with the one that this call selects: a `Stream`, which also has a method `next`.
    ///
    /// Each page is requested when the stream is polled for it, with the settings of this call; none is requested after the last. If
    /// the pages have fewer items than the list's totals state, or if the service sends the same items again, the stream ends with an
    /// error of kind [`Incomplete`](ErrorKind::Incomplete). The guide's page on [paging](crate::guide::paging) has the rules.
    pub fn pages(self) -> Pages<T> {
        let request = self.as_request();
        // Custom lists can have several items of one id.
        let key = (!request.is_custom()).then_some("id");
        let (list, parameter) = (request.list(), request.cursor_parameter());
        let is_inside = request.query(parameter).is_some();
        let paginator = Paginator::new(list.page, is_inside);
        let fetch = move |target: &Target| -> Fetching<T> {
            let call = self.clone();
            let call = match target {
                Target::Unchanged => call,
                Target::Page(page) => call.set_query::<u64>(PAGE, *page),
                Target::Cursor(cursor) => call.set_query::<String>(parameter, cursor),
            };
            Box::pin(call.send())
        };
        Pages {
            list,
            fetch: Box::new(fetch),
            paginator,
            key,
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
    /// What the call says about the list.
    list: ListRequest,
    fetch: Box<Fetch<T>>,
    paginator: Paginator,
    /// The key of an item's id. `None`: an item is identified by its whole text.
    key: Option<&'static str>,
    state: State<T>,
}

/// Requests a page.
type Fetch<T> = dyn Fn(&Target) -> Fetching<T> + Send + Sync;

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
        let items = fingerprints(response.body(), self.list, self.key);
        let step = self
            .paginator
            .receive(&response.value().result_info, &items);
        let has_more = step.next == Next::Fetch;
        match step.next {
            Next::Fetch => self.state = State::Fetch,
            Next::End => {}
            Next::Incomplete(_) if self.list.allows_incomplete => {}
            Next::Incomplete(why) => {
                let error = Error::new(ErrorKind::Incomplete, why);
                self.state = State::Incomplete(error.with_call(response.facts().clone()));
            }
        }
        let mut page = response.into_inner();
        page.set_has_more(has_more);
        step.belongs.then_some(Ok(page))
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            match &mut this.state {
                State::Fetch => {
                    let fetching = (this.fetch)(this.paginator.target());
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
            .field("target", &self.paginator.target())
            .field("is_done", &is_done)
            .finish_non_exhaustive()
    }
}

/// The fingerprint of each item of a response: a hash of the JSON text of its id, or of the whole item if it has none.
fn fingerprints(body: &[u8], list: ListRequest, key: Option<&str>) -> Vec<u64> {
    let Ok(tree) = decode::tree(body, decode::DEEPEST) else {
        return Vec::new();
    };
    let items = list.result(tree.root()).ok().flatten();
    let items = items.into_iter().flat_map(Json::items).flatten();
    items
        .map(|item| {
            let id = key.and_then(|key| item.get(key));
            let mut hasher = DefaultHasher::new();
            id.unwrap_or(item).raw().hash(&mut hasher);
            hasher.finish()
        })
        .collect()
}
