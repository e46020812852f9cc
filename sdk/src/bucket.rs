//! The destination of a full capture: a bucket at Amazon S3, Google Cloud Storage or Cloudflare R2.
//!
//! In: the parts of a bucket's URI, each checked. Out: the URI, as [`SecretText`], since that of an R2 bucket contains keys.
//! Whether the bucket exists is not checked here: [`Ownership::prove`](crate::api::Ownership::prove) does that.

use std::fmt;

use crate::error::Error;
use crate::service::AccountId;
use crate::types::secret::SecretText;

mod check;
mod proof;
mod uri;

/// The bucket, and the directory in it, that full captures are written to.
///
/// Accepted wherever the API has a `destination_conf`. Each method checks its arguments; the error is of kind
/// [`InvalidInput`](crate::ErrorKind::InvalidInput) and does not contain them.
///
/// ```
/// use cloudflare_magic::{BucketDestination, FullPcapRequest, SecretText};
///
/// # fn main() -> Result<(), cloudflare_magic::Error> {
/// let bucket = BucketDestination::s3("captures", "eu-central-1")?.directory("magic/fra")?;
/// assert_eq!(
///     SecretText::from(&bucket).expose(),
///     "s3://captures/magic/fra?region=eu-central-1"
/// );
/// let capture = FullPcapRequest::new("fra01", bucket, 300);
///
/// let bucket = BucketDestination::r2("captures", "account-id", "key-id", "secret")?;
/// assert_eq!(
///     format!("{bucket:?}"),
///     "BucketDestination(r2://captures?account-id=account-id&access-key-id=***&secret-access-key=***)"
/// );
/// # Ok(())
/// # }
/// ```
///
/// `Debug` shows the URI without the values of its keys, and there is no `Display`. Cloudflare's documentation describes how to
/// set up a bucket at each of the three, and the forms of their URIs:
/// [PCAPs bucket setup](https://developers.cloudflare.com/cloudflare-network-firewall/packet-captures/pcaps-bucket-setup/).
#[derive(Clone, PartialEq, Eq)]
pub struct BucketDestination {
    bucket: String,
    directory: Option<String>,
    store: Store,
}

/// The storage service of the bucket, with the parameters that its URI needs besides the bucket's name.
#[derive(Clone, PartialEq, Eq)]
enum Store {
    S3 {
        region: String,
    },
    Gcs,
    R2 {
        account_id: AccountId,
        keys: Option<Keys>,
    },
}

/// The keys of an R2 API token. Neither is ever printed.
#[derive(Clone, PartialEq, Eq)]
struct Keys {
    access_key_id: SecretText,
    secret_access_key: SecretText,
}

impl BucketDestination {
    /// A bucket at Amazon S3: `s3://<bucket>?region=<region>`. The region is written as in `eu-central-1`.
    pub fn s3(bucket: impl Into<String>, region: impl Into<String>) -> Result<Self, Error> {
        let (bucket, region) = (bucket.into(), region.into());
        check::bucket(&bucket, &check::S3)?;
        check::region(&region)?;
        Ok(Self::new(bucket, Store::S3 { region }))
    }

    /// A bucket at Google Cloud Storage: `gs://<bucket>`.
    pub fn gcs(bucket: impl Into<String>) -> Result<Self, Error> {
        let bucket = bucket.into();
        check::bucket(&bucket, &check::GCS)?;
        Ok(Self::new(bucket, Store::Gcs))
    }

    /// A bucket at Cloudflare R2, with the account that it belongs to and the keys of an R2 API token that may read and write its
    /// objects:
    /// `r2://<bucket>?account-id=<account_id>&access-key-id=<access_key_id>&secret-access-key=<secret_access_key>`.
    pub fn r2(
        bucket: impl Into<String>,
        account_id: impl Into<AccountId>,
        access_key_id: impl Into<SecretText>,
        secret_access_key: impl Into<SecretText>,
    ) -> Result<Self, Error> {
        let (bucket, account_id) = (bucket.into(), account_id.into());
        let keys = Keys {
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into(),
        };
        check::bucket(&bucket, &check::R2)?;
        check::word("account id", account_id.as_str())?;
        check::word("access key id", keys.access_key_id.expose())?;
        check::word("secret access key", keys.secret_access_key.expose())?;
        let keys = Some(keys);
        Ok(Self::new(bucket, Store::R2 { account_id, keys }))
    }

    /// Writes into this directory of the bucket, such as `magic/fra`, instead of the top. Replaces a directory set before.
    pub fn directory(mut self, directory: impl Into<String>) -> Result<Self, Error> {
        let directory = directory.into();
        check::directory(&directory)?;
        self.directory = Some(directory);
        Ok(self)
    }

    /// The same bucket without keys: its URI contains no secret. The validation of a bucket's ownership uses this form.
    ///
    /// Only an R2 bucket has keys; any other is returned unchanged.
    #[must_use]
    pub fn without_keys(mut self) -> Self {
        if let Store::R2 { keys, .. } = &mut self.store {
            *keys = None;
        }
        self
    }

    fn new(bucket: String, store: Store) -> Self {
        Self {
            bucket,
            directory: None,
            store,
        }
    }
}

impl From<&BucketDestination> for SecretText {
    fn from(destination: &BucketDestination) -> Self {
        Self::from(uri::render(destination))
    }
}

impl From<BucketDestination> for SecretText {
    fn from(destination: BucketDestination) -> Self {
        Self::from(&destination)
    }
}

impl fmt::Debug for BucketDestination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Asterisks are written in place of the keys, so that nothing has to be found and redacted afterwards.
        write!(f, "BucketDestination({})", uri::render_hidden(self))
    }
}

#[cfg(test)]
mod tests;
