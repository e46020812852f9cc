//! The program `fake-service`, started for a test and stopped at its end.
//!
//! In: its options. Out: its base URL, and the lines that it prints.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use cloudflare_magic::Client;

/// The program.
pub(crate) const PATH: &str = env!("CARGO_BIN_EXE_fake-service");

/// A running program.
pub(crate) struct Program {
    child: Child,
    base_url: String,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Program {
    /// Starts it on a free port of loopback, and waits until it listens.
    pub(crate) fn start(options: &[&str]) -> Self {
        let mut command = Command::new(PATH);
        let mut child = command
            .args(["--port", "0"])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = output.next().unwrap().unwrap();
        let base_url = first
            .strip_prefix("CLOUDFLARE_BASE_URL=")
            .unwrap()
            .to_owned();
        let lines = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&lines);
        thread::spawn(move || {
            for line in output.map_while(Result::ok) {
                kept.lock().unwrap().push(line);
            }
        });
        Self {
            child,
            base_url,
            lines,
        }
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// A client of it.
    pub(crate) fn client(&self) -> Client {
        let client = Client::builder().api_token("hush").base_url(&self.base_url);
        client.build().unwrap()
    }

    /// The lines printed so far, once there is one that contains this text.
    pub(crate) async fn lines_with(&self, text: &str) -> Vec<String> {
        loop {
            let lines = self.lines.lock().unwrap().clone();
            if lines.iter().any(|line| line.contains(text)) {
                return lines;
            }
            tokio::task::yield_now().await;
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}
