//! Proves that a bucket is yours, so that full captures can be written to it: `BUCKET=s3://… cargo run --example prove_bucket`.
//!
//! In: the bucket's URI from the environment, since it can hold keys; then the contents of the challenge file, on the standard
//! input. `LOOK_EVERY` is how often to look at the validation, in seconds. Out: whether the bucket is proved.

use std::error::Error;
use std::io;
use std::time::Duration;

use cloudflare_magic::{Client, CreateOwnership, SecretText, ValidateOwnership};

#[tokio::main]
async fn main() {
    if let Err(error) = prove().await {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

async fn prove() -> Result<(), Box<dyn Error>> {
    let ownership = Client::from_env()?.account_from_env()?.pcaps().ownership();
    let bucket = std::env::var("BUCKET").map_err(|_| "set BUCKET to the URI of the bucket")?;
    let bucket = SecretText::from(bucket);

    let challenge = ownership
        .create(CreateOwnership::new(bucket.clone()))
        .await?;
    println!(
        "The service has put the file {} into the bucket.",
        challenge.filename
    );
    println!("What stands in it?");
    let mut contents = String::new();
    io::stdin().read_line(&mut contents)?;

    let proof = ValidateOwnership::new(bucket, contents.trim());
    let id = ownership.validate(proof).await?.id;
    println!("The service looks at the file. That can take 10 minutes.");
    let mut waiter = ownership.wait_until_validated(id);
    if let Ok(seconds) = std::env::var("LOOK_EVERY") {
        waiter = waiter.interval(Duration::try_from_secs_f64(seconds.parse()?)?);
    }
    let proved = waiter.await?;
    println!("The validation is {}.", proved.status);
    Ok(())
}
