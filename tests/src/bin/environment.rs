//! Makes one call with the credentials that the environment holds, and says how it went: behaviours 10 to 12 need a process of
//! their own for each environment.

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
