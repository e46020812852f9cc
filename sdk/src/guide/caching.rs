//! Caching: values can be written down and read back, with serde.
//!
//! All types of requests and responses in the crate root, and all ids, have `Serialize` and `Deserialize`. Their form is that of the
//! service's JSON, so that a cache can be read by other programs. [`Error`](crate::Error), [`Response`](crate::Response),
//! [`Page`](crate::Page) and [`Download`](crate::Download) have neither: store the value, the items or the file.
//!
//! # A cache of a list
//!
//! ```no_run
//! use std::error::Error;
//! use std::fs;
//! use std::path::Path;
//! use std::time::Duration;
//!
//! use cloudflare_magic::{Provider, api::Providers};
//!
//! const FRESH: Duration = Duration::from_secs(5 * 60);
//!
//! async fn providers(api: &Providers, file: &Path) -> Result<Vec<Provider>, Box<dyn Error>> {
//!     if let Some(list) = load(file) {
//!         return Ok(list);
//!     }
//!     let list = api.list().await?;
//!     fs::write(file, serde_json::to_vec(&list)?)?;
//!     Ok(list)
//! }
//!
//! /// `None` if there is no file, if it is old, or if another version wrote it and this one cannot read it.
//! fn load(file: &Path) -> Option<Vec<Provider>> {
//!     let age = fs::metadata(file).ok()?.modified().ok()?.elapsed().ok()?;
//!     if age > FRESH {
//!         return None;
//!     }
//!     serde_json::from_slice(&fs::read(file).ok()?).ok()
//! }
//! ```
//!
//! A list of which the service sent only a part is an [error](super::paging), so that it is not cached by mistake. The items of a list
//! with pages are collected first: [`items`](crate::Call::items).
//!
//! Any self-describing format of serde works, such as JSON, YAML and MessagePack with the names of fields
//! (`rmp_serde::to_vec_named`). What formats without these names write, such as `bincode` and `postcard`, cannot be read back.
//!
//! # What comes back
//!
//! | what | after writing and reading |
//! |---|---|
//! | a value of an enum that this version does not know | the same: `Unknown` keeps the text or the number |
//! | a shape of a union that this version does not know | the same JSON, in `Unknown` |
//! | a field that this version does not know | lost: it is in [`Response::body`](crate::Response::body) only |
//! | an optional field that is absent, `null`, or an empty timestamp | `None`, which is not written |
//! | a list or map that is absent where it is optional | empty, which is not written |
//! | a [`Timestamp`](crate::Timestamp) | the same text, whether it is a date or not |
//! | a misspelt key of the service (`destinaton_conf`) | the same value under the right key |
//! | a field of an update that is to be cleared ([`Clearable::Clear`](crate::Clearable::Clear)) | the same: `null` |
//! | a [`SecretText`](crate::SecretText) | without its secrets: see below |
//!
//! ```
//! use cloudflare_magic::{BucketOwnership, OwnershipStatus};
//!
//! # fn main() -> Result<(), serde_json::Error> {
//! let sent = r#"{
//!     "id": "cc20c2d6c62e11ecbe646b173af3b6b9",
//!     "status": "escalated",
//!     "submitted": "2022-04-22T18:54:13.397413Z",
//!     "validated": "",
//!     "destinaton_conf": "gs://captures/eu",
//!     "filename": "ownership-challenge-1234.txt",
//!     "colour": "red"
//! }"#;
//! let read: BucketOwnership = serde_json::from_str(sent)?;
//! assert!(matches!(&read.status, OwnershipStatus::Unknown(status) if status.as_str() == "escalated"));
//! assert_eq!(read.validated, None);
//!
//! let written = serde_json::to_value(&read)?;
//! assert_eq!(written["status"], "escalated");
//! assert_eq!(written["destination_conf"], "gs://captures/eu");
//! assert!(written.get("colour").is_none() && written.get("validated").is_none());
//! assert_eq!(serde_json::from_value::<BucketOwnership>(written)?, read);
//! # Ok(())
//! # }
//! ```
//!
//! # Secrets
//!
//! A cache has no keys of buckets: a [`SecretText`](crate::SecretText) is written with `***` in place of them.
//! [`is_blanked`](crate::SecretText::is_blanked) tells such a text when it is read back, and a request that has one fails before it
//! is sent. To keep the secrets, wrap what you write in [`Exposed`](crate::Exposed), and protect the file:
//!
//! ```
//! use cloudflare_magic::{CreateOwnership, Exposed};
//!
//! # fn main() -> Result<(), serde_json::Error> {
//! let request = CreateOwnership::new("r2://captures?account-id=a1&access-key-id=i&secret-access-key=k");
//!
//! let cached: CreateOwnership = serde_json::from_str(&serde_json::to_string(&request)?)?;
//! assert!(cached.destination_conf.is_blanked());
//!
//! let kept: CreateOwnership = serde_json::from_str(&serde_json::to_string(&Exposed(&request))?)?;
//! assert_eq!(kept, request);
//! # Ok(())
//! # }
//! ```
//!
//! Only values of the type `SecretText` are blanked. Names, descriptions and policies are written as they are, and so is the shape of a
//! union that this version does not know.
//!
//! # Requests from a file
//!
//! A request can be kept in a file. What is required must be there; keys that this version does not know are ignored, so that a
//! misspelt optional field has no effect and causes no error:
//!
//! ```
//! use cloudflare_magic::{CloudType, CreateProvider};
//!
//! # fn main() -> Result<(), serde_json::Error> {
//! let request: CreateProvider =
//!     serde_json::from_str(r#"{"cloud_type": "AWS", "friendly_name": "production", "descripton": "lost"}"#)?;
//! assert_eq!(request.cloud_type, CloudType::Aws);
//! assert_eq!(request.description, None);
//!
//! let error = serde_json::from_str::<CreateProvider>(r#"{"cloud_type": "AWS"}"#).unwrap_err();
//! assert!(error.to_string().contains("friendly_name"), "{error}");
//! # Ok(())
//! # }
//! ```
//!
//! # Between versions
//!
//! A later version of this crate can know more fields, values and shapes. What an earlier one wrote stays readable, unless the service
//! made a field required that was not: then reading is an error, and the cache counts as absent. A value that was `Unknown` when it was
//! written is read as the variant that the later version has for it.
