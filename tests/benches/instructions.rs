//! Calls to be counted by callgrind: by the SDK, and by hand with reqwest and serde.
//!
//! In: the arguments `sdk|by-hand|by-hand-like-sdk http1|http2 CALLS`. It makes so many calls, one after the other, on one thread.
//! The server runs in a child process, which callgrind does not count. BENCHMARKS.md has the command. Without a side, as `cargo bench`
//! starts it, each side makes a few calls over each protocol.

use std::env;
use std::error::Error;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};

use tests::by_hand::{ACCOUNT, ByHand, Http2};
use tests::canned::{self, Address};
use tests::document;
use tests::protocol::Protocol;
use tokio::runtime::Builder;

const ID: &str = "f38b2ffc-80a4-4f5a-91c9-bc701e7ea419";
const SIDES: [&str; 3] = ["sdk", "by-hand", "by-hand-like-sdk"];
const PROTOCOLS: [&str; 2] = ["http1", "http2"];

/// The argument that makes this program the server.
const SERVE: &str = "serve";

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome {
    let arguments = env::args().skip(1);
    let arguments: Vec<_> = arguments
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => SIDES.iter().try_for_each(|side| {
            let call = |protocol| run(side, protocol, 3);
            PROTOCOLS.into_iter().try_for_each(call)
        }),
        [SERVE, protocol] => serve(protocol),
        [side, protocol, calls] => run(side, protocol, calls.parse()?),
        _ => Err(format!("expected {} {} CALLS", SIDES.join("|"), PROTOCOLS.join("|")).into()),
    }
}

/// Makes so many calls.
fn run(side: &str, protocol: &str, calls: u64) -> Outcome {
    let (server, address) = Server::start(protocol)?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let outcome = match side {
        "sdk" => {
            let client = address.client().build()?;
            let providers = client.account(ACCOUNT).magic_cloud().providers();
            runtime.block_on(repeated(calls, async || {
                providers.get(ID).await?;
                Ok(())
            }))
        }
        "by-hand" | "by-hand-like-sdk" => {
            let http2 = match side {
                "by-hand" => Http2::Default,
                _ => Http2::LikeSdk,
            };
            let by_hand = ByHand::new(&address, http2)?;
            runtime.block_on(repeated(calls, async || {
                by_hand.provider(ID).await.map(drop)
            }))
        }
        other => Err(format!("no side {other}").into()),
    };
    drop(server);
    outcome
}

async fn repeated(calls: u64, call: impl AsyncFn() -> Outcome) -> Outcome {
    for _ in 0..calls {
        call().await?;
    }
    Ok(())
}

/// The process of a server. It ends when this is dropped, or when this process ends.
struct Server(Child);

impl Server {
    fn start(protocol: &str) -> Outcome<(Self, Address)> {
        let child = Command::new(env::current_exe()?)
            .args([SERVE, protocol])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut server = Self(child);
        let output = server.0.stdout.take().ok_or("no output of the server")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        Ok((server, serde_json::from_str(&line)?))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // It fails only if the process has ended already.
        let _ = self.0.wait();
    }
}

/// The body of that process: prints the address, and serves until its input ends.
fn serve(protocol: &str) -> Outcome {
    let protocol = match protocol {
        "http1" => Protocol::Http1,
        "http2" => Protocol::Http2,
        other => return Err(format!("no protocol {other}").into()),
    };
    let (_, response) = document::operations()["providers-read"].success();
    let body = response["content"]["application/json"]["example"].to_string();
    let address = canned::json(protocol, body)?;
    println!("{}", serde_json::to_string(&address)?);
    io::stdout().flush()?;
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
