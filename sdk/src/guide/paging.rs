//! Paging: a list is read to its end, or the call fails.
//!
//! Most lists are returned as a whole, as a `Vec`. If the service says that it sent only a part, the call fails with an error of
//! kind [`Incomplete`](crate::ErrorKind::Incomplete).
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
//! Both are also a `Stream` of the crate `futures-core`. A page is requested when it is awaited, never ahead of time, and no
//! request is sent beyond the last page. After an error they end. Each page is a separate call with the options of the first, such
//! as its retries and its time limits.
