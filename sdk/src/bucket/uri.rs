//! The URI of a bucket.
//!
//! In: a destination whose parts have been checked. Out: its URI, with the keys or with asterisks in their place.

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::{BucketDestination, Store};
use crate::base::percent::{RESERVED, encode};
use crate::types::secret::SecretText;

/// Written in place of a key that is not shown.
const HIDDEN: &str = "***";

/// The characters that are encoded in a segment of a path. Those removed here may be in a segment unencoded, but not in a query, where
/// some of them are delimiters.
const RESERVED_IN_PATHS: &AsciiSet = &RESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// The URI with its keys, to be sent.
pub(super) fn render(destination: &BucketDestination) -> String {
    write(destination, &|key| encode(key.expose()))
}

/// The URI without its keys, to be printed.
pub(super) fn render_hidden(destination: &BucketDestination) -> String {
    write(destination, &|_| HIDDEN.to_owned())
}

fn write(destination: &BucketDestination, show: &dyn Fn(&SecretText) -> String) -> String {
    let BucketDestination {
        bucket,
        directory,
        store,
    } = destination;
    let (scheme, query) = match store {
        Store::S3 { region } => ("s3", vec![("region", encode(region))]),
        Store::Gcs => ("gs", Vec::new()),
        Store::R2 { account_id, keys } => {
            let mut query = vec![("account-id", encode(account_id.as_str()))];
            if let Some(keys) = keys {
                query.push(("access-key-id", show(&keys.access_key_id)));
                query.push(("secret-access-key", show(&keys.secret_access_key)));
            }
            ("r2", query)
        }
    };
    let mut uri = format!("{scheme}://{bucket}");
    for segment in directory.iter().flat_map(|path| path.split('/')) {
        uri.push('/');
        uri.extend(utf8_percent_encode(segment, RESERVED_IN_PATHS));
    }
    for (index, (name, value)) in query.iter().enumerate() {
        uri.push(if index == 0 { '?' } else { '&' });
        uri.push_str(&format!("{name}={value}"));
    }
    uri
}
