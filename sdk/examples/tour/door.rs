//! The way to a fake: in this process, or on loopback. Never to the service itself.
//!
//! In: `CLOUDFLARE_BASE_URL`, if it is set. Out: a client, and what a tour needs beside it.

use std::error::Error;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use cloudflare_magic::testing::FakeService;
use cloudflare_magic::{Client, Method, Waiter};

/// A fake with a client of it.
pub(crate) struct Door {
    client: Client,
    started: Instant,
    /// The fake, if it is in this process: its clock needs no real time.
    fake: Option<FakeService>,
}

impl Door {
    /// Opens the fake in this process, or the one that `CLOUDFLARE_BASE_URL` names.
    pub(crate) async fn open() -> Result<Self, Box<dyn Error>> {
        let started = Instant::now();
        let Ok(url) = std::env::var("CLOUDFLARE_BASE_URL") else {
            let fake = FakeService::new();
            let client = fake.client();
            return Ok(Self {
                client,
                started,
                fake: Some(fake),
            });
        };
        if !is_on_loopback(&url) {
            return Err(format!(
                "the tour is for a fake on loopback, not for {url}: unset CLOUDFLARE_BASE_URL"
            )
            .into());
        }
        // Any token is good for the fake.
        let client = Client::builder().api_token("tour").base_url(url).build()?;
        let commands = client.request(Method::GET, "/fake").raw().await;
        commands.map_err(|error| format!("this is no fake of the service: {error}"))?;
        tokio::spawn(advance(client.clone()));
        Ok(Self {
            client,
            started,
            fake: None,
        })
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The time since the beginning: the fake's, if it is in this process.
    pub(crate) fn time(&self) -> String {
        let passed = match &self.fake {
            Some(fake) => fake.clock().elapsed(),
            None => self.started.elapsed(),
        };
        let seconds = passed.as_secs();
        format!("[{:02}:{:02}]", seconds / 60, seconds % 60)
    }

    /// Lets a waiter poll often where its waits take real time.
    pub(crate) fn hurry<T>(&self, waiter: Waiter<T>) -> Waiter<T> {
        match self.fake {
            Some(_) => waiter,
            None => waiter.interval(Duration::from_millis(200)),
        }
    }

    /// Reads an object of a bucket. Programs for the service itself use the cloud's own SDK.
    pub(crate) async fn read_object(&self, uri: &str) -> Result<String, Box<dyn Error>> {
        let object = self.client.request(Method::GET, "/fake/objects");
        let contents = object.query("uri", uri).raw().await?;
        Ok(String::from_utf8(contents.to_vec())?)
    }
}

/// Lets a minute of the fake pass, five times a second.
async fn advance(client: Client) {
    loop {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let minute = client
            .request(Method::POST, "/fake/advance")
            .query("seconds", 60);
        if let Err(error) = minute.raw().await {
            eprintln!("the time of the fake could not be advanced: {error}");
            return;
        }
    }
}

/// Whether the host of a URL is this machine, without asking for its name.
fn is_on_loopback(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let address: Option<IpAddr> = host.parse().ok();
    !authority.contains('@')
        && (host == "localhost" || address.is_some_and(|address| address.is_loopback()))
}
