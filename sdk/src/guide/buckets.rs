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
//! # Let Cloudflare write into the bucket
//!
//! | store | what the bucket needs | documented for |
//! |---|---|---|
//! | S3 | a bucket policy that allows `s3:PutObject` on `arn:aws:s3:::<bucket>/<directory>/*` to the principal `arn:aws:iam::391854517948:user/cloudflare-logpush` | Logpush |
//! | Google Cloud Storage | the role Storage Object Admin for the member `logpush@cloudflare-data.iam.gserviceaccount.com` | Logpush |
//! | R2 | an API token with the permission Object Read & Write for this bucket only; its keys are in the URI | PCAPs |
//!
//! Where only the pages of Logpush document it, those of PCAPs refer to them.
//!
//! - S3: the regions in China are not supported. Uploads are in parts, and uploads that fail leave parts behind: a lifecycle rule with
//!   `AbortIncompleteMultipartUpload` removes them. A URI as text can end with `&sse=AES256`. All of this is documented for Logpush.
//! - R2: works by the API only, not by the dashboard. The validation needs the URI without the two keys, as
//!   [`without_keys`](crate::BucketDestination::without_keys) returns it. A new R2 bucket may be `success` at once.
//!
//! Cloudflare's page is [PCAPs bucket setup](https://developers.cloudflare.com/cloudflare-network-firewall/packet-captures/pcaps-bucket-setup/).
//!
//! # Prove that the bucket is yours
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
//! [`wait_until_validated`](crate::api::Ownership::wait_until_validated):
//!
//! ```no_run
//! use cloudflare_magic::{BucketDestination, CreateOwnership, ValidateOwnership, api::Ownership};
//!
//! # async fn read(file: &str) -> std::io::Result<String> { Ok(file.into()) }
//! # async fn run(buckets: Ownership, bucket: BucketDestination) -> Result<(), Box<dyn std::error::Error>> {
//! let added = buckets.create(CreateOwnership::new(bucket.clone())).await?;
//! let contents = read(&added.filename).await?;
//! buckets.validate(ValidateOwnership::new(bucket.clone().without_keys(), contents)).await?;
//! buckets.wait_until_validated(&added.id).await?;
//! # Ok(())
//! # }
//! ```
//!
//! These also accept a URI as text in place of a `BucketDestination`; such a text is not checked, and is sent unchanged.
//!
//! The contents of the challenge file prove the ownership: for Logpush they are documented as a token that is valid for 7 days. Treat
//! them as a secret. The file's name is not derived from an id; read it from the response. It is reported that the file can be deleted
//! afterwards.
//!
//! In a test, `challenge` of the [fake](super::testing) returns the contents of the file: `async |_| fake.challenge(&bucket).ok_or("not added")`.
//!
//! # Read a full capture
//!
//! The files of a full capture are called `pcap_<pcap id>.pcap`. There is one for each server that saw the traffic, so they are often
//! many and small. `mergecap`, which comes with Wireshark, joins them:
//!
//! ```text
//! mergecap -w capture.pcap downloaded/*.pcap
//! ```
//!
//! If a full capture failed, check the bucket and the policy above. A filter that no packet matched in the time allowed is a failure too.
