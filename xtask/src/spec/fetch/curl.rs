//! One request with `curl`.
//!
//! In comes a URL that may be fetched; out comes the response, whatever its status, or why there is none. No shell, no `.curlrc`,
//! no retries, no redirects, no file: the body is read from a pipe, up to [`MAX_SIZE`]. `curl` adds its own checks: the protocol,
//! certificates and the size. Proxies are those of the environment, and none for this machine.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::thread;

use super::Scheme;

/// The most that is read: four times what upstream publishes.
const MAX_SIZE: usize = 64 * 1024 * 1024;

/// What `curl` prints on its error stream after everything else: the status, and where a redirect leads to.
const STATUS: &str = "%{stderr}\n%{http_code} %{redirect_url}\n";

/// `curl` with its time limits, in seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Curl {
    connect: u32,
    /// Without a byte.
    idle: u32,
    total: u32,
}

/// What a server sent.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    /// The URL that a redirect leads to.
    pub(super) redirect: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Default for Curl {
    fn default() -> Self {
        Self {
            connect: 10,
            idle: 30,
            total: 300,
        }
    }
}

impl Curl {
    pub(super) fn get(self, url: &str, scheme: Scheme) -> io::Result<Response> {
        let mut child = Command::new("curl")
            .args(self.arguments(url, scheme))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| not_started(&error))?;
        let read = read(&mut child);
        if read.is_err() {
            // It may still be sending. Where it has ended already there is nothing to stop.
            let _ = child.kill();
        }
        let status = child.wait()?;
        let (body, said) = read?;
        if status.success() {
            return response(&said, body);
        }
        Err(match status.code() {
            Some(63) => too_large(),
            _ => failed(&said),
        })
    }

    fn arguments(self, url: &str, scheme: Scheme) -> Vec<String> {
        let Self {
            connect,
            idle,
            total,
        } = self;
        let (protocol, no_proxy) = match scheme {
            Scheme::Https => ("=https", None),
            Scheme::Loopback => ("=http", Some("*")),
        };
        // `-q`: no configuration is read. It counts as the first argument only.
        let switches = ["-q", "--silent", "--show-error", "--globoff"].map(str::to_owned);
        let agent = concat!("cloudflare-magic-xtask/", env!("CARGO_PKG_VERSION"));
        let values = [
            ("--connect-timeout", connect.to_string()),
            ("--speed-limit", "1".to_owned()),
            ("--speed-time", idle.to_string()),
            ("--max-time", total.to_string()),
            ("--max-filesize", MAX_SIZE.to_string()),
            ("--user-agent", agent.to_owned()),
            ("--write-out", STATUS.to_owned()),
            ("--proto", protocol.to_owned()),
            ("--url", url.to_owned()),
        ];
        let no_proxy = no_proxy.map(|hosts| ("--noproxy", hosts.to_owned()));
        let values = values.into_iter().chain(no_proxy);
        let values = values.flat_map(|(flag, value)| [flag.to_owned(), value]);
        switches.into_iter().chain(values).collect()
    }
}

fn not_started(error: &io::Error) -> io::Error {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no `curl` here".to_owned(),
        _ => format!("`curl` does not start: {error}"),
    };
    let otherwise = "install it, or download the document by other means and run `cargo xtask spec import FILE`";
    io::Error::new(error.kind(), format!("{why}: {otherwise}"))
}

/// The body and what `curl` said. Both pipes are read at once, since `curl` waits while one of them is full.
fn read(child: &mut Child) -> io::Result<(Vec<u8>, String)> {
    let (Some(stdout), Some(mut stderr)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(io::Error::other("`curl` has no output"));
    };
    let said = thread::spawn(move || {
        let mut said = Vec::new();
        stderr.read_to_end(&mut said).map(|_| said)
    });
    let mut body = Vec::new();
    stdout.take(MAX_SIZE as u64 + 1).read_to_end(&mut body)?;
    if body.len() > MAX_SIZE {
        return Err(too_large());
    }
    let said = said
        .join()
        .map_err(|_| io::Error::other("the output of `curl` cannot be read"))??;
    Ok((body, String::from_utf8_lossy(&said).into_owned()))
}

fn too_large() -> io::Error {
    io::Error::other(format!("it is larger than {} MB", MAX_SIZE / 1024 / 1024))
}

/// Reads the last line, which [`STATUS`] asks for.
fn response(said: &str, body: Vec<u8>) -> io::Result<Response> {
    let line = said.trim_end().lines().next_back().unwrap_or_default();
    let (status, redirect) = line.split_once(' ').unwrap_or((line, ""));
    let Ok(status) = status.parse() else {
        return Err(io::Error::other(
            "this `curl` is too old: 7.63 or later is needed",
        ));
    };
    Ok(Response {
        status,
        redirect: Some(redirect.to_owned()).filter(|url| !url.is_empty()),
        body,
    })
}

/// What `curl` says of a failure, in a line such as `curl: (6) Could not resolve host: example.com`.
fn failed(said: &str) -> io::Error {
    let text = said.lines().find_map(|line| line.strip_prefix("curl: "));
    let text = text.map(|text| match text.split_once(") ") {
        Some((number, text)) if number.starts_with('(') => text,
        _ => text,
    });
    io::Error::other(text.unwrap_or("`curl` failed and says nothing").to_owned())
}

#[cfg(test)]
mod tests;
