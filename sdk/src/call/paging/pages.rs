//! A list as a stream of its pages.
//!
//! In: a call that gives one page. Out: [`Pages`], which sends the call again for each further page, as long as [`Paginator`]
//! says that there is one. Nothing is asked ahead: a page is asked for when somebody waits for it.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Items;
use super::paginator::{Next, Paginator};
use crate::base::BoxFuture;
use crate::call::Call;
use crate::decode;
use crate::error::{Error, ErrorKind};
use crate::request::operation::Endpoint;
use crate::response::Response;
use crate::response::kind::Paged;
use crate::response::page::Page;

/// The name of the query parameter that chooses the page. The generator makes an operation [`Paged`] only where it has it.
const PAGE: &str = "page";

impl<E, T> Call<E>
where
    E: Endpoint<Response = Paged<T>>,
    T: serde::de::DeserializeOwned + Send + 'static,
{
    /// The pages of the list, from the one that the call asks for: a `Stream`, with a `next` of its own.
    ///
    /// Each page is asked for when it is waited for, with the settings of this call, and none beyond the last. A list that
    /// says it has more than it gives ends with an error of kind [`Incomplete`](ErrorKind::Incomplete).
    pub fn pages(self) -> Pages<T> {
        let page = self.query_value(PAGE).and_then(|page| page.parse().ok());
        let ask = move |page: Option<u64>| -> Asking<T> {
            let call = match page {
                Some(page) => self.clone().set_query::<u64>(PAGE, page),
                None => self.clone(),
            };
            Box::pin(call.send())
        };
        Pages {
            ask: Box::new(ask),
            paginator: Paginator::from(page.filter(|page| *page > 0)),
            state: State::Ask,
        }
    }

    /// The items of all pages, from the page that the call asks for: a `Stream`, with a `next` of its own.
    ///
    /// It asks for pages as [`pages`](Self::pages) does.
    pub fn items(self) -> Items<T> {
        Items::new(self.pages())
    }
}

/// The pages of a list, as a `Stream`. See [`Call::pages`].
///
/// An error is the last that it gives.
#[must_use = "pages are asked for only when they are waited for"]
pub struct Pages<T> {
    ask: Box<dyn Fn(Option<u64>) -> Asking<T> + Send>,
    paginator: Paginator,
    state: State<T>,
}

type Asking<T> = BoxFuture<'static, Result<Response<Page<T>>, Error>>;

enum State<T> {
    Ask,
    Asking(Asking<T>),
    /// The last page was given; this is what remains to be said.
    Broken(Error),
    Over,
}

impl<T> Pages<T> {
    /// The next page; `None` at the end. Dropping this future loses nothing.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// What an answer gives, and the state it leads to.
    fn receive(
        &mut self,
        answer: Result<Response<Page<T>>, Error>,
    ) -> Option<Result<Page<T>, Error>> {
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => return Some(Err(error)),
        };
        let page = answer.value();
        let step =
            self.paginator
                .receive(&page.result_info, page.items.len(), print(answer.body()));
        match step.next {
            Next::Ask => self.state = State::Ask,
            Next::End => {}
            Next::Broken(why) => {
                let error = Error::new(ErrorKind::Incomplete, why);
                self.state = State::Broken(error.with_call(answer.facts().clone()));
            }
        }
        step.counts.then(|| Ok(answer.into_inner()))
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            match &mut this.state {
                State::Ask => this.state = State::Asking((this.ask)(this.paginator.asked())),
                State::Asking(asking) => {
                    let answer = ready!(asking.as_mut().poll(cx));
                    this.state = State::Over;
                    if let Some(item) = this.receive(answer) {
                        return Poll::Ready(Some(item));
                    }
                }
                State::Broken(_) | State::Over => {
                    let last = std::mem::replace(&mut this.state, State::Over);
                    return Poll::Ready(match last {
                        State::Broken(error) => Some(Err(error)),
                        _ => None,
                    });
                }
            }
        }
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_over = matches!(self.state, State::Over);
        f.debug_struct("Pages")
            .field("asked", &self.paginator.asked())
            .field("is_over", &is_over)
            .finish_non_exhaustive()
    }
}

/// What tells the first item of an answer from others: a hash of its text.
fn print(body: &[u8]) -> Option<u64> {
    #[derive(Deserialize)]
    struct List<'a> {
        #[serde(borrow)]
        result: Vec<&'a RawValue>,
    }
    let list: List<'_> = serde_json::from_str(decode::text(body).ok()?).ok()?;
    let mut hasher = DefaultHasher::new();
    list.result.first()?.get().hash(&mut hasher);
    Some(hasher.finish())
}
