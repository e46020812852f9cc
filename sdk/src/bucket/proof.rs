//! The proof that a bucket is the account's, from its beginning to its end.
//!
//! In: a bucket, and a function of the application that reads a file in it. Out: the proved bucket, or an error under the name of
//! the step that failed. It reads no bucket itself, and undoes nothing: what was added stays added.

use std::error::Error as StdError;

use super::BucketDestination;

use crate::base::redact;
use crate::error::{CallFacts, Error, ErrorKind};
use crate::service::{
    BucketOwnership, CreateOwnership, Ownership, OwnershipStatus, ValidateOwnership,
};

/// The name of the application's own step.
const FETCH: &str = "pcaps.ownership.prove";

impl Ownership {
    /// Proves that a bucket is the account's, so that full captures can be written to it. Takes 5 to 10 minutes.
    ///
    /// The whole way: adds the bucket, upon which the service writes a challenge file into it; lets `fetch` get the contents of
    /// that file, whose name is [`BucketOwnership::filename`]; sends the contents back, without white space around them, and the
    /// bucket without its keys; and waits until the service is done with them.
    ///
    /// The error says by its [`operation`](Error::operation) at which step it came about:
    ///
    /// | operation | the step | what to do then |
    /// |---|---|---|
    /// | `pcaps.ownership.create` | adding the bucket | look at [`list`](Self::list) if it [may have been processed](Error::may_have_been_processed) |
    /// | `pcaps.ownership.prove` | `fetch`, an error of kind [`Challenge`](ErrorKind::Challenge) with that of `fetch` as its source | [`validate`](Self::validate) with the contents, once they can be read |
    /// | `pcaps.ownership.validate` | sending the contents back | [`validate`](Self::validate) again |
    /// | `pcaps.ownership.wait_until_validated` | waiting | [`wait_until_validated`](Self::wait_until_validated), from the id on |
    ///
    /// Who wants to go on from there keeps the challenge that `fetch` is given, or its id. Other limits on the waiting are for
    /// those who take the steps one by one.
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
    ///     // By whatever means you read your buckets.
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
        let answer = self.validate(proof).await?;
        // This state is of the challenge that was just answered. A failure may be of an earlier one: the waiter looks twice.
        if answer.status == OwnershipStatus::Success {
            return Ok(answer);
        }
        self.wait_until_validated(answer.id).await
    }
}

/// The contents without what an editor or a shell puts around them.
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
