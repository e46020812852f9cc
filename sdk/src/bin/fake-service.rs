//! A fake of the service on loopback, for clients of any language.
//!
//! In: options. Out: the base URL, then one line for each request. `fake-service --help` lists the options.

use std::convert::Infallible;
use std::env;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::process::ExitCode;
use std::time::Duration;

use cloudflare_magic::testing::{FakeServer, FakeService};

const HELP: &str = "\
A fake of Cloudflare's packet captures and Magic Cloud Networking, for clients of any language.

Usage: fake-service [OPTIONS]

Options:
  --port PORT          Port to listen on; 0 for a free one [default: 8787]
  --bind ADDRESS       Address to listen on [default: 127.0.0.1]
  --speed FACTOR       Seconds of the fake in a second of yours, up to 86400 [default: 1]
  --seed NUMBER        Seed of ids and of all that looks random [default: 1]
  --data FILE          Data to begin with: JSON, as the guide's page without_an_account describes it
  --state FILE         Keeps the state in this file, and goes on from it
  --rate-limit NUMBER  Requests in five minutes; 0 for no limit [default: 1200]
  --help               Prints this text

Every token is good for every account. GET /client/v4/fake lists the commands for tests.
";

/// A day of the fake in a second: all that happens in a day has to be worked out in a second.
const SPEEDS: RangeInclusive<u32> = 1..=86_400;

/// The options of the command line.
struct Options {
    address: SocketAddr,
    speed: u32,
    seed: u64,
    data: Option<String>,
    state: Option<String>,
    rate_limit: u32,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments
        .iter()
        .any(|argument| argument == "--help" || argument == "-h")
    {
        say(HELP.trim_end());
        return ExitCode::SUCCESS;
    }
    let options = match read(&arguments) {
        Ok(options) => options,
        Err(why) => return fail(2, &format!("{why}\nTry `fake-service --help`.")),
    };
    match serve(options) {
        Ok(never) => match never {},
        Err(error) => fail(1, &error.to_string()),
    }
}

/// Serves on this thread, until the socket fails.
fn serve(options: Options) -> io::Result<Infallible> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build()?.block_on(run(options))
}

async fn run(options: Options) -> io::Result<Infallible> {
    let service = FakeService::builder().seed(options.seed);
    let service = match options.rate_limit {
        0 => service.no_rate_limit(),
        requests => service.rate_limit(requests, Duration::from_secs(300)),
    };
    let mut builder = FakeServer::builder(service).speed(options.speed);
    if let Some(path) = options.data {
        builder = builder.data(&read_json(&path)?)?;
    }
    if let Some(path) = options.state {
        builder = builder.state_file(path);
    }
    let server = builder.bind(options.address).await?;
    say(&format!("CLOUDFLARE_BASE_URL={}", server.base_url()?));
    server.run(say).await
}

/// Reads the options. Each may be given once or several times; the last counts.
fn read(arguments: &[String]) -> Result<Options, String> {
    let (mut ip, mut port) = (IpAddr::V4(Ipv4Addr::LOCALHOST), 8787);
    let mut options = Options {
        address: SocketAddr::new(ip, port),
        speed: 1,
        seed: 1,
        data: None,
        state: None,
        rate_limit: 1200,
    };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (argument.as_str(), None),
        };
        let known = [
            "--port",
            "--bind",
            "--speed",
            "--seed",
            "--data",
            "--state",
            "--rate-limit",
        ];
        if !known.contains(&name) {
            return Err(format!("there is no option `{name}`"));
        }
        let value = value.or_else(|| arguments.next().map(String::as_str));
        let value = value.ok_or_else(|| format!("`{name}` needs a value"))?;
        match name {
            "--port" => port = number(name, value)?,
            "--bind" => {
                ip = value
                    .parse()
                    .map_err(|_| format!("`{name}` needs an IP address, not `{value}`"))?;
            }
            "--speed" => options.speed = number(name, value)?,
            "--seed" => options.seed = number(name, value)?,
            "--data" => options.data = Some(value.to_owned()),
            "--state" => options.state = Some(value.to_owned()),
            _ => options.rate_limit = number(name, value)?,
        }
    }
    if !SPEEDS.contains(&options.speed) {
        let (least, most) = (SPEEDS.start(), SPEEDS.end());
        return Err(format!("`--speed` is a number from {least} to {most}"));
    }
    options.address = SocketAddr::new(ip, port);
    Ok(options)
}

/// Reads a file of JSON. An error names the file.
fn read_json(path: &str) -> io::Result<serde_json::Value> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{path}: {error}"));
    let text = std::fs::read(path).map_err(named)?;
    serde_json::from_slice(&text).map_err(|error| named(error.into()))
}

fn number<T: std::str::FromStr>(name: &str, value: &str) -> Result<T, String> {
    value
        .parse()
        .map_err(|_| format!("`{name}` needs a number, not `{value}`"))
}

/// Prints a line. A reader that has left is no reason to stop.
fn say(line: &str) {
    let _unread = writeln!(io::stdout().lock(), "{line}");
}

fn fail(status: u8, why: &str) -> ExitCode {
    let _unread = writeln!(io::stderr().lock(), "fake-service: {why}");
    ExitCode::from(status)
}
