//! Makes one call with the credentials of the environment, and prints its outcome: behaviours 10 to 12 and 69 to 70 need a separate
//! process for each environment.

use cloudflare_magic::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    match call().await {
        Ok(()) => println!("called"),
        Err(error) => println!("{:?}: {error}", error.kind()),
    }
}

async fn call() -> Result<(), Error> {
    let mut builder = Client::builder().use_environment();
    if std::env::var_os("EXPLICIT_TOKEN").is_some() {
        builder = builder.api_token("explicit");
    }
    if let Ok(pem) = std::env::var("EXPLICIT_ROOT") {
        builder = builder.add_root_certificate(pem);
    }
    let client = builder.build()?;
    client.account_from_env()?.pcaps().list().await?;
    Ok(())
}
