//! The buckets of the fake, as a test sees them: the objects in them, and whether the service may write.

use bytes::Bytes;

use super::FakeService;
use super::pcaps::place::Place;
use crate::testing::fail::fail_test;
use crate::types::secret::SecretText;

impl FakeService {
    /// The contents of an object in a bucket, such as `gs://captures/magic/file.txt`. `None` if there is no such object.
    ///
    /// The fake writes two kinds of objects below the directory of a bucket: challenge files, and the files of full captures. Every
    /// bucket exists.
    ///
    /// ```
    /// use cloudflare_magic::testing::FakeService;
    /// use cloudflare_magic::{BucketDestination, FullPcapRequest};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), cloudflare_magic::Error> {
    /// let fake = FakeService::new();
    /// let captures = fake.client().account("a1").pcaps();
    /// let bucket = BucketDestination::gcs("captures")?.directory("magic")?;
    ///
    /// // Reads the challenge file, as an application reads its bucket.
    /// let fetch = |challenge: cloudflare_magic::BucketOwnership| {
    ///     let file = format!("gs://captures/magic/{}", challenge.filename);
    ///     let contents = fake.object(&file).ok_or("there is no such file");
    ///     async move { Ok::<_, &str>(String::from_utf8_lossy(&contents?).into_owned()) }
    /// };
    /// captures.ownership().prove(&bucket, fetch).await?;
    ///
    /// let capture = captures.create(FullPcapRequest::new("ord02", &bucket, 60)).await?;
    /// captures.wait_until_ready(capture.id().unwrap()).await?;
    /// let files: Vec<String> = fake.objects(&bucket);
    /// let file = files.iter().find(|file| file.ends_with(".pcap")).unwrap();
    /// assert!(fake.object(file).unwrap().starts_with(&[0xd4, 0xc3, 0xb2, 0xa1]));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If this is not the URI of an object.
    #[track_caller]
    pub fn object(&self, uri: &str) -> Option<Bytes> {
        let place = place(uri);
        self.shared.state().model.world.objects.read(&place)
    }

    /// The URIs of all objects in a bucket, below its directory.
    ///
    /// # Panics
    ///
    /// If this is not the URI of a bucket.
    #[track_caller]
    pub fn objects(&self, destination: impl Into<SecretText>) -> Vec<String> {
        let place = place(destination.into().expose());
        self.shared.state().model.world.objects.list(&place)
    }

    /// The contents of the latest challenge file of a bucket. `None` if no account has added the bucket.
    ///
    /// ```
    /// use cloudflare_magic::testing::FakeService;
    /// use cloudflare_magic::{BucketDestination, OwnershipStatus};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), cloudflare_magic::Error> {
    /// let fake = FakeService::new();
    /// let buckets = fake.client().account("a1").pcaps().ownership();
    /// let bucket = BucketDestination::s3("captures", "eu-central-1")?;
    ///
    /// let fetch = async |_| fake.challenge(&bucket).ok_or("not added");
    /// let proved = buckets.prove(&bucket, fetch).await?;
    /// assert_eq!(proved.status, OwnershipStatus::Success);
    /// // The check takes five minutes, of the fake's time.
    /// assert!(fake.clock().elapsed().as_secs() >= 300);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If this is not the URI of a bucket.
    #[track_caller]
    pub fn challenge(&self, destination: impl Into<SecretText>) -> Option<String> {
        let wanted = place(destination.into().expose());
        let state = self.shared.state();
        let accounts = state.model.world.accounts.values();
        let buckets = accounts.flat_map(|account| &account.pcaps.buckets);
        let here = buckets.filter(|bucket| {
            let place = bucket.place();
            place.is_some_and(|place| place.bucket == wanted.bucket && place.path == wanted.path)
        });
        let latest = here.max_by_key(|bucket| bucket.submitted)?;
        Some(latest.challenge.clone())
    }

    /// Forbids the service to write to a bucket, in all its directories: it cannot be added, and a full capture fails once it writes its
    /// files.
    ///
    /// # Panics
    ///
    /// If this is not the URI of a bucket.
    #[track_caller]
    pub fn deny_writes(&self, destination: impl Into<SecretText>) {
        self.permit(&destination.into(), false);
    }

    /// Permits the service again to write to a bucket.
    ///
    /// # Panics
    ///
    /// If this is not the URI of a bucket.
    #[track_caller]
    pub fn allow_writes(&self, destination: impl Into<SecretText>) {
        self.permit(&destination.into(), true);
    }

    #[track_caller]
    fn permit(&self, destination: &SecretText, writes: bool) {
        let place = place(destination.expose());
        let objects = &mut self.shared.state().model.world.objects;
        objects.permit(&place, writes);
    }
}

/// The place that a test names.
#[track_caller]
fn place(uri: &str) -> Place {
    match Place::parse(uri) {
        Some(place) => place,
        // The text is not repeated: it can contain keys.
        None => fail_test("this is not a URI of the form s3://<bucket>/<path>, gs://.. or r2://.."),
    }
}
