//! The proof that a bucket belongs to the account: all of its steps.
//!
//! In: a bucket, and a function of the application that reads a file in it. Out: the proved bucket, or an error with the name of
//! the step that failed as its operation. It does not read the bucket itself, and undoes nothing: an added bucket stays added.

use std::error::Error as StdError;

use super::BucketDestination;

use crate::base::redact;
use crate::error::{CallFacts, Error, ErrorKind};
use crate::service::{
    BucketOwnership, CreateOwnership, Ownership, OwnershipStatus, ValidateOwnership,
};

/// The operation name of the step that the application does.
const FETCH: &str = "pcaps.ownership.prove";

impl Ownership {
    /// Proves that a bucket belongs to the account, so that full captures can be written to it. Takes 5 to 10 minutes.
    ///
    /// The steps: adds the bucket, after which the service writes a challenge file into it; calls `fetch` for the contents of
    /// that file, whose name is [`BucketOwnership::filename`]; sends the contents, without surrounding white space, and the
    /// bucket without its keys; and waits until the service has checked them.
    ///
    /// Before, let Cloudflare write into the bucket:
    ///
    /// - S3: a bucket policy that allows `s3:PutObject` on `arn:aws:s3:::<bucket>/<directory>/*` to the principal
    ///   `arn:aws:iam::391854517948:user/cloudflare-logpush`, as documented for Logpush.
    /// - Google Cloud Storage: the role Storage Object Admin for `logpush@cloudflare-data.iam.gserviceaccount.com`, as documented for
    ///   Logpush.
    /// - R2: nothing more. The keys in the URI are those of an API token with the permission Object Read & Write for this bucket.
    ///
    /// More is in the guide about [buckets](crate::guide::buckets).
    ///
    /// # Errors
    ///
    /// The [`operation`](Error::operation) of the error is the step that failed:
    ///
    /// | operation | the step | what to do then |
    /// |---|---|---|
    /// | `pcaps.ownership.create` | adding the bucket | check [`list`](Self::list) if it [may have been processed](Error::may_have_been_processed) |
    /// | `pcaps.ownership.prove` | `fetch`: an error of kind [`Challenge`](ErrorKind::Challenge), whose [`get_ref`](Error::get_ref) is the error of `fetch` | [`validate`](Self::validate) with the contents, once they can be read |
    /// | `pcaps.ownership.validate` | sending the contents | [`validate`](Self::validate) again |
    /// | `pcaps.ownership.wait_until_validated` | waiting | [`wait_until_validated`](Self::wait_until_validated) with the id |
    ///
    /// To continue after an error, keep the challenge that `fetch` receives, or its id. To set other limits on the waiting, call
    /// the single steps.
    ///
    /// ```no_run
    /// use cloudflare_magic::{BucketDestination, Client, FullPcapRequest};
    ///
    /// # async fn contents_of(file: &str) -> std::io::Result<String> { Ok(file.into()) }
    /// # async fn run() -> Result<(), cloudflare_magic::Error> {
    /// let pcaps = Client::from_env()?.account_from_env()?.pcaps();
    /// let bucket = BucketDestination::s3("captures", "eu-central-1")?.directory("magic")?;
    ///
    /// let fetch = |challenge: cloudflare_magic::BucketOwnership| async move {
    ///     // Your own code to read the bucket.
    ///     contents_of(&challenge.filename).await
    /// };
    /// pcaps.ownership().prove(&bucket, fetch).await?;
    ///
    /// let capture = pcaps.create(FullPcapRequest::new("fra01", bucket, 300)).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn prove<F, C, T, E>(
        &self,
        bucket: &BucketDestination,
        fetch: F,
    ) -> Result<BucketOwnership, Error>
    where
        F: FnOnce(BucketOwnership) -> C,
        C: Future<Output = Result<T, E>>,
        T: AsRef<str>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let challenge = self.create(CreateOwnership::new(bucket)).await?;
        let contents = fetch(challenge)
            .await
            .map_err(|error| not_fetched(error.into()))?;
        let contents = checked(contents.as_ref())?;
        let bucket = bucket.clone().without_keys();
        let proof = ValidateOwnership::new(bucket, contents);
        let validated = self.validate(proof).await?;
        // A success is the state of this challenge. A failure may be that of an earlier one: the waiter polls a second time.
        if validated.status == OwnershipStatus::Success {
            return Ok(validated);
        }
        self.wait_until_validated(validated.id).await
    }
}

/// The contents without the white space that an editor or a shell adds around them.
fn checked(contents: &str) -> Result<&str, Error> {
    match contents.trim() {
        "" => Err(challenge("the challenge file is empty".to_owned())),
        contents => Ok(contents),
    }
}

fn not_fetched(error: Box<dyn StdError + Send + Sync>) -> Error {
    let reason = redact::line(&error.to_string());
    let message = format!("the contents of the challenge file could not be fetched: {reason}");
    challenge(message).with_source(error)
}

fn challenge(message: String) -> Error {
    Error::new(ErrorKind::Challenge, message).with_call(CallFacts {
        operation: Some(FETCH),
        ..CallFacts::default()
    })
}

#[cfg(test)]
mod tests {
    use super::{checked, not_fetched};

    #[test]
    fn contents_lose_the_white_space_around_them() {
        assert_eq!(checked("\u{feff}a b\r\n").ok(), Some("\u{feff}a b"));
        assert_eq!(checked(" a b\n").ok(), Some("a b"));
        let error = checked(" \n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "pcaps.ownership.prove: the challenge file is empty"
        );
    }

    #[test]
    fn the_applications_own_error_is_a_line_without_keys() {
        let error = not_fetched("cannot open\nr2://b?secret-access-key=HUSH".into());
        assert_eq!(
            error.to_string(),
            "pcaps.ownership.prove: the contents of the challenge file could not be fetched: \
             cannot open r2://b?secret-access-key=***"
        );
    }
}
