//! Paging: a list is read to its end, or the call fails.
//!
//! Most lists are returned as a whole, as a `Vec`. If the service says that it sent only a part, by a total or by a cursor for the rest, the
//! call fails with an error of kind [`Incomplete`](crate::ErrorKind::Incomplete). The error has the items that came, and
//! [`allow_incomplete`](crate::Call::allow_incomplete) accepts such a list:
//!
//! ```no_run
//! # async fn run(account: cloudflare_magic::api::Account) -> Result<(), cloudflare_magic::Error> {
//! use cloudflare_magic::Provider;
//!
//! let providers = account.magic_cloud().providers();
//! if let Err(error) = providers.list().await {
//!     let some = error.last_value::<Vec<Provider>>();
//!     println!("{error}: {} received", some.map_or(0, Vec::len));
//! }
//! let all_or_some = providers.list().allow_incomplete().await?;
//! # Ok(())
//! # }
//! ```
//!
//! The totals of captures and of bucket ownerships are documented to count what there is without search parameters, so they make no list
//! incomplete. The service returns up to 50 captures. [`Response::result_info`](crate::Response::result_info) has the totals.
//!
//! The list of resources has pages. Awaited, the call returns one [`Page`](crate::Page), which is not an iterator, so that it is
//! not mistaken for the whole list. [`items`](crate::Call::items) and [`pages`](crate::Call::pages) read all pages to the last:
//!
//! ```no_run
//! # async fn run(account: cloudflare_magic::api::Account) -> Result<(), cloudflare_magic::Error> {
//! let resources = account.magic_cloud().resources();
//!
//! let mut items = resources.list().per_page(100).items();
//! while let Some(resource) = items.next().await {
//!     println!("{}", resource?.name);
//! }
//!
//! let page = resources.list().page(3).await?;
//! println!("{} items, more: {}", page.items.len(), page.has_more());
//! # Ok(())
//! # }
//! ```
//!
//! Both are also a `Stream` of the crate `futures-core`: `items().try_collect::<Vec<_>>()`, of `TryStreamExt` in the crate `futures`,
//! collects the whole list. A page is requested when it is awaited, never ahead of time. After an error
//! they end. Each page is a separate call with the options of the first, such as its retries and its time limits.
//!
//! When a list ends:
//!
//! - The totals of the service decide, where it sends them: no request is sent beyond the last page. Without totals, the first page that
//!   is not full is the last; if the service does not say how many items a page can have, the first that is empty or shorter than one
//!   before.
//! - Pages may be counted from zero or from one; the first response shows which. The number must grow from page to page.
//! - If a page has only items that were received before, or more of them than were added to the list meanwhile, the list ends with an
//!   error of kind [`Incomplete`](crate::ErrorKind::Incomplete): the service may ignore the page that is requested. Items that are added
//!   while the list is read shift others to later pages; such items are returned twice.
//! - If the pages have fewer items than the total, the error is the same. All items that came are returned before the error. With
//!   [`allow_incomplete`](crate::Call::allow_incomplete) the list ends without one.
//!
//! Lists of endpoints that the SDK lacks have pages too: [`CustomRequest::items`](crate::CustomRequest::items). They may have cursors in
//! place of page numbers: each page is requested with the cursor of the one before, until there is none. A cursor that comes again, for
//! pages that would follow each other without end, is an error of kind [`Incomplete`](crate::ErrorKind::Incomplete). With the feature
//! `cursors`, `CustomRequest::by_cursor` sets where the cursors are.
