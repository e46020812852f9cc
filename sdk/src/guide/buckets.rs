//! Buckets: where full captures are written, and how to prove that a bucket is yours.
//!
//! A sample of packets is downloaded from the service; a full capture is written into a bucket at Amazon S3, Google Cloud Storage
//! or Cloudflare R2. [`BucketDestination`](crate::BucketDestination) checks the parts of the bucket's URI and joins them:
//!
//! ```
//! use cloudflare_magic::{BucketDestination, SecretText};
//!
//! # fn main() -> Result<(), cloudflare_magic::Error> {
//! let s3 = BucketDestination::s3("captures", "eu-central-1")?.directory("magic/fra")?;
//! let gcs = BucketDestination::gcs("captures")?;
//! let r2 = BucketDestination::r2("captures", "account-id", "key-id", "secret")?;
//!
//! assert_eq!(SecretText::from(s3).expose(), "s3://captures/magic/fra?region=eu-central-1");
//! assert_eq!(SecretText::from(gcs).expose(), "gs://captures");
//! // The URI of an R2 bucket contains keys, which are never printed.
//! assert!(format!("{r2:?}").ends_with("access-key-id=***&secret-access-key=***)"));
//! # Ok(())
//! # }
//! ```
//!
//! Before the first capture the service requires proof that the bucket is yours: it writes a file into the bucket, and you send
//! back the contents of that file. [`prove`](crate::api::Ownership::prove) does all steps, which takes 5 to 10 minutes; you supply
//! only the function that reads the file:
//!
//! ```no_run
//! use cloudflare_magic::{BucketDestination, BucketOwnership, FullPcapRequest, api::Pcaps};
//!
//! # async fn read(file: &str) -> std::io::Result<String> { Ok(file.into()) }
//! # async fn run(pcaps: Pcaps) -> Result<(), cloudflare_magic::Error> {
//! let bucket = BucketDestination::gcs("captures")?;
//! let fetch = async |challenge: BucketOwnership| read(&challenge.filename).await;
//! pcaps.ownership().prove(&bucket, fetch).await?;
//!
//! let capture = pcaps.create(FullPcapRequest::new("fra01", bucket, 300)).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Its error names the step that failed. From there you can continue with the single steps: [`create`](crate::api::Ownership::create),
//! [`validate`](crate::api::Ownership::validate) with the bucket
//! [`without_keys`](crate::BucketDestination::without_keys), and
//! [`wait_until_validated`](crate::api::Ownership::wait_until_validated). These also accept a URI as text in place of a
//! `BucketDestination`; such a text is not checked, and is sent unchanged.
