//! The value that came before a call or a wait failed.
//!
//! In: a value of any type. Out: the same value, for those who know its type. It is never printed, and it is no source of the error:
//! values are no part of an error's text.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use super::Error;

/// A value of any type.
#[derive(Clone)]
pub(super) struct LastValue(Arc<dyn Any + Send + Sync>);

impl fmt::Debug for LastValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LastValue(..)")
    }
}

impl Error {
    /// Returns what was received before the failure: the last value that a waiter read, where waiting failed or took too long; the items
    /// of a list that is [incomplete](crate::ErrorKind::Incomplete), as a `Vec`.
    ///
    /// ```no_run
    /// # async fn run(account: cloudflare_magic::api::Account) {
    /// use cloudflare_magic::{Onramp, Provider};
    ///
    /// let onramps = account.magic_cloud().onramps();
    /// if let Err(error) = onramps.wait_until_active("onramp-id").await {
    ///     let last: Option<&Onramp> = error.last_value();
    ///     eprintln!("{error}: {:?}", last.map(|onramp| &onramp.status));
    /// }
    /// if let Err(error) = account.magic_cloud().providers().list().await {
    ///     let some: Option<&Vec<Provider>> = error.last_value();
    ///     eprintln!("{error}: {} received", some.map_or(0, Vec::len));
    /// }
    /// # }
    /// ```
    pub fn last_value<T: 'static>(&self) -> Option<&T> {
        self.inner.last_value.as_ref()?.0.downcast_ref()
    }

    /// Attaches what was received.
    pub(crate) fn with_last_value<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.inner.last_value = Some(LastValue(Arc::new(value)));
        self
    }
}
