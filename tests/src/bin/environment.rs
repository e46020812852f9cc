//! Makes one call with the credentials of the environment, and prints its outcome: behaviours 10 to 12 need a separate process
//! for each environment.

use cloudflare_magic::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    match call().await {
        Ok(()) => println!("called"),
        Err(error) => println!("{:?}: {error}", error.kind()),
    }
}

async fn call() -> Result<(), Error> {
    let client = match std::env::var_os("EXPLICIT_TOKEN") {
        Some(_) => Client::builder()
            .api_token("explicit")
            .use_environment()
            .build()?,
        None => Client::from_env()?,
    };
    client.account_from_env()?.pcaps().list().await?;
    Ok(())
}
