//! The error behind an error.
//!
//! In: an error. Out: the error that caused it, for programs; for reports only what the line does not say already.

use std::error::Error as StdError;

use super::{Error, ErrorKind};

impl Error {
    /// Returns the error behind this one, for programs that need more than the line and the [`kind`](Self::kind): the
    /// [`io::Error`](std::io::Error) of a file, the application's error for a challenge file, or the
    /// [`TransportError`](crate::transport::TransportError) of a connection.
    ///
    /// The line says what it says. So [`source`](StdError::source) does not return it, and a report of all sources prints each text once.
    ///
    /// ```no_run
    /// # async fn run(download: cloudflare_magic::Download) {
    /// use std::io;
    ///
    /// if let Err(error) = download.to_file("sample.pcap").await {
    ///     let disk = error.get_ref().and_then(|inner| inner.downcast_ref::<io::Error>());
    ///     eprintln!("{error}: {:?}", disk.map(io::Error::kind));
    /// }
    /// # }
    /// ```
    pub fn get_ref(&self) -> Option<&(dyn StdError + Send + Sync + 'static)> {
        self.inner.inner.as_deref()
    }
}

impl StdError for Error {
    /// Returns what caused the error behind this one, where the line does not say it: for a file and a challenge file. See
    /// [`get_ref`](Error::get_ref).
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self.kind() {
            ErrorKind::File | ErrorKind::Challenge => self.get_ref()?.source(),
            // The line has the innermost cause; those between only say that an exchange failed.
            _ => None,
        }
    }
}
