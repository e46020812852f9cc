//! Sources that are fetched, from a server on this machine.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::thread;

use crate::bench::{Bench, UPSTREAM};

/// Answers each path with what the table has for it: the head's first line and lines of headers, then the body.
fn serve(answers: Vec<(&'static str, String)>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = Vec::new();
            let mut chunk = [0; 1024];
            while !request.windows(4).any(|end| end == b"\r\n\r\n") {
                match stream.read(&mut chunk) {
                    Ok(0) | Err(_) => break,
                    Ok(read) => request.extend_from_slice(&chunk[..read]),
                }
            }
            let request = String::from_utf8_lossy(&request).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default();
            let answer = answers.iter().find(|(known, _)| *known == path);
            let answer = answer.map_or(
                "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
                |(_, answer)| answer,
            );
            // A client that has seen enough hangs up.
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    address
}

fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn redirect(to: &str) -> String {
    format!(
        "HTTP/1.1 302 Found\r\nconnection: close\r\ncontent-length: 0\r\nlocation: {to}\r\n\r\n"
    )
}

#[test]
fn a_document_is_fetched_and_named_in_source_toml() {
    let bench = Bench::imported();
    let before = bench.read("spec/openapi.yaml");
    let address = serve(vec![
        ("/a/openapi.yaml", ok(UPSTREAM)),
        ("/latest", redirect("/a/openapi.yaml")),
    ]);
    let at = |path: &str| format!("http://{address}{path}");
    bench
        .import(&[&at("/a/openapi.yaml")])
        .assert_says(0, "nothing of ours changed");
    bench.write(
        "spec/sdk.toml",
        "[import]\npaths = [\"/lamps\", \"/zones\"]\n",
    );
    bench
        .import(&[&at("/latest")])
        .assert_says(0, "new operations: 1\n  GET /zones (zones-list)\n");
    assert_ne!(bench.read("spec/openapi.yaml"), before);
    assert!(bench.read("spec/SOURCE.toml").contains("file = \"latest\""));
}

#[test]
fn what_is_not_fetched_is_told_and_nothing_is_touched() {
    let bench = Bench::imported();
    let before = bench.snapshot();
    let announced = "HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n".to_owned();
    let cut =
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1000\r\n\r\nopenapi: 3.0.3\n"
            .to_owned();
    let address = serve(vec![
        ("/large", announced),
        ("/cut", cut),
        ("/away", redirect("http://example.com/openapi.yaml")),
        ("/round", redirect("/round")),
        ("/page", ok("<!doctype html><title>Sign in</title>")),
    ]);
    let at = |path: &str| format!("http://{address}{path}");
    for (path, message) in [
        ("/none", "the server answers 404 Not Found"),
        ("/large", "it is larger than 64 MB"),
        ("/cut", ""),
        ("/away", "a redirect leads away from `https`"),
        ("/round", "there are too many redirects"),
    ] {
        let run = bench.import(&[&at(path)]);
        run.assert_says(3, &format!("error: cannot fetch `{}`: {message}", at(path)));
        run.assert_says(3, "then run: cargo xtask spec import");
    }
    bench
        .import(&[&at("/page")])
        .assert_says(2, "this is a web page");
    bench
        .import(&["http://example.com/openapi.yaml"])
        .assert_says(3, "only `https` URLs are fetched");
    bench
        .import(&["ftp://example.com/openapi.yaml"])
        .assert_says(3, "only `https` URLs are fetched");
    assert_eq!(bench.snapshot(), before);
}
