//! Proves that a bucket is yours, so that full captures can be written to it:
//! `cargo run --example prove_bucket -- s3 captures eu-central-1`.
//!
//! In: the bucket; for one at R2 its account and keys from the environment (`R2_ACCOUNT_ID`, `R2_ACCESS_KEY_ID`,
//! `R2_SECRET_ACCESS_KEY`); then the contents of the challenge file, on the standard input. Out: whether the bucket is proved.

use std::error::Error;
use std::io;

use cloudflare_magic::{BucketDestination, BucketOwnership, Client};

#[tokio::main]
async fn main() {
    if let Err(error) = prove().await {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

async fn prove() -> Result<(), Box<dyn Error>> {
    let bucket = bucket()?;
    let ownership = Client::from_env()?.account_from_env()?.pcaps().ownership();
    let proved = ownership.prove(&bucket, contents).await?;
    println!("The validation is {}.", proved.status);
    Ok(())
}

fn bucket() -> Result<BucketDestination, Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let variable = |name| std::env::var(name).map_err(|_| format!("{name} is not set"));
    Ok(match arguments[..] {
        ["s3", bucket, region] => BucketDestination::s3(bucket, region)?,
        ["gcs", bucket] => BucketDestination::gcs(bucket)?,
        ["r2", bucket] => BucketDestination::r2(
            bucket,
            variable("R2_ACCOUNT_ID")?,
            variable("R2_ACCESS_KEY_ID")?,
            variable("R2_SECRET_ACCESS_KEY")?,
        )?,
        _ => {
            return Err(
                "usage: prove_bucket s3 <bucket> <region> | gcs <bucket> | r2 <bucket>".into(),
            );
        }
    })
}

/// Asks for the contents of the challenge file. A program that can read its buckets would do so here.
async fn contents(challenge: BucketOwnership) -> io::Result<String> {
    let file = challenge.filename;
    println!("The service has written the file {file} into the bucket. What are its contents?");
    let mut contents = String::new();
    io::stdin().read_line(&mut contents)?;
    println!("The service checks the contents. That can take 10 minutes.");
    Ok(contents)
}
