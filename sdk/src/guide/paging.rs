//! Paging: a list is read to its end, or it says that it was not.
//!
//! Most lists come as a whole, as a `Vec`. Where the service says that it gave only a part, that is an error of kind
//! [`Incomplete`](crate::ErrorKind::Incomplete).
//!
//! The list of resources comes in pages. Awaited, it gives one [`Page`](crate::Page), which is no iterator: nobody takes it for
//! the whole list by accident. [`items`](crate::Call::items) and [`pages`](crate::Call::pages) go on to the last page:
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
//! Both are a `Stream` of the crate `futures-core` as well, for those who use its adapters. A page is asked for when it is waited
//! for, never ahead, and none is asked for beyond the last. An error is the last that they give. Each page is a call of its own
//! with the options of the first: its retries, its time limits.
