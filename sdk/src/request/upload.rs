//! Bodies other than JSON: text, files, forms and parts.
//!
//! In: values. Out: bytes, where all is in memory, else a body that is opened for each attempt; and the media type, where it is not the
//! operation's. Errors are returned when the call is sent.

use std::io;
use std::sync::Arc;

use http::HeaderValue;
use serde::Serialize;

use self::multipart::Multipart;
use super::Request;
use super::style::{Styled, form};
use crate::error::{Error, ErrorKind};
use crate::types::upload::{FileUpload, UploadBody};

mod multipart;

/// The media type of a file that has none.
const BYTES: &str = "application/octet-stream";

/// What a request has beside a body in memory.
#[derive(Clone, Default)]
pub(super) struct Upload {
    /// Instead of the operation's.
    media_type: Option<HeaderValue>,
    streamed: Option<Streamed>,
}

/// A body that is read while it is sent.
#[derive(Clone)]
enum Streamed {
    File(FileUpload),
    Parts(Arc<Multipart>),
}

impl Upload {
    pub(super) fn is_streamed(&self) -> bool {
        self.streamed.is_some()
    }

    pub(super) fn media_type(&self) -> Option<HeaderValue> {
        self.media_type.clone()
    }
}

impl Request {
    /// Sets the body to a text.
    pub(crate) fn set_text(&mut self, text: String) {
        self.upload = Upload::default();
        self.body = Some(text.into());
    }

    /// Sets the body to a file.
    pub(crate) fn set_file(&mut self, file: FileUpload) {
        let media_type = match file.media() {
            Some(media_type) => Some(media_type.to_owned()),
            // No file is of a range of types.
            None if self.operation.sends.contains('*') => Some(BYTES.to_owned()),
            None => None,
        };
        self.body = file.content().cloned();
        let streamed = self.body.is_none().then_some(Streamed::File(file));
        self.set_upload(media_type, streamed);
    }

    /// Sets the body to a form. `encodings` has the properties whose style is not that of all.
    pub(crate) fn set_form(&mut self, value: &impl Serialize, encodings: &[Styled<'_>]) {
        match form::encoded(value, encodings) {
            Ok(text) => self.set_text(text),
            Err(fault) => self.refuse(fault),
        }
    }

    /// Sets the body to parts, one for each property. `types` has the properties whose media type is not that of all.
    pub(crate) fn set_multipart(&mut self, value: &impl Serialize, types: &[(&str, &str)]) {
        let parts = match Multipart::of(value, types) {
            Ok(parts) => parts,
            Err(fault) => return self.refuse(fault),
        };
        let media_type = parts.media_type();
        self.body = parts.content();
        let streamed = self.body.is_none();
        let streamed = streamed.then(|| Streamed::Parts(Arc::new(parts)));
        self.set_upload(Some(media_type), streamed);
    }

    /// The body is another one now.
    pub(super) fn no_upload(&mut self) {
        self.upload = Upload::default();
    }

    fn set_upload(&mut self, media_type: Option<String>, streamed: Option<Streamed>) {
        let media_type = media_type.map(HeaderValue::try_from).transpose();
        match media_type {
            Ok(media_type) => {
                self.upload = Upload {
                    media_type,
                    streamed,
                }
            }
            Err(_) => self.refuse("the media type of the file is not one".to_owned()),
        }
    }

    /// Whether the body is read while it is sent.
    pub(crate) fn is_streamed(&self) -> bool {
        self.upload.is_streamed()
    }

    /// Whether the body can be read once, and has been read.
    pub(crate) fn is_spent(&self) -> bool {
        match &self.upload.streamed {
            Some(Streamed::File(file)) => file.is_spent(),
            Some(Streamed::Parts(parts)) => parts.is_spent(),
            None => false,
        }
    }

    /// Opens a body that is read while it is sent. `None`: it is in memory, or there is none.
    pub(crate) async fn open(&self) -> Result<Option<UploadBody>, Error> {
        let opened = match &self.upload.streamed {
            None => return Ok(None),
            Some(Streamed::File(file)) => file.open().await,
            Some(Streamed::Parts(parts)) => parts.open().await,
        };
        opened.map(Some).map_err(unreadable)
    }
}

fn unreadable(error: io::Error) -> Error {
    let message = format!("the file to send cannot be read: {error}");
    Error::new(ErrorKind::File, message).with_source(error)
}

#[cfg(test)]
mod tests;
