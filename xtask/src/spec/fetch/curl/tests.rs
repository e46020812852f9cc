//! What `curl` is asked for, and how what it says is read.

use std::net::TcpListener;
use std::time::Instant;

use super::*;

/// The arguments, each flag with its value.
fn line(url: &str, scheme: Scheme) -> String {
    Curl::default().arguments(url, scheme).join(" ")
}

#[test]
fn curl_reads_no_configuration_and_follows_no_redirect() {
    for (url, scheme) in [
        ("https://example.com/a", Scheme::Https),
        ("http://127.0.0.1/a", Scheme::Loopback),
    ] {
        let arguments = Curl::default().arguments(url, scheme);
        assert_eq!(arguments[0], "-q");
        let follows = |argument: &String| argument == "-L" || argument.starts_with("--location");
        assert!(!arguments.iter().any(follows), "{arguments:?}");
        assert!(line(url, scheme).contains(&format!("--url {url}")));
    }
}

#[test]
fn the_protocol_is_fixed_and_only_this_machine_goes_without_a_proxy() {
    let secure = line("https://example.com/a", Scheme::Https);
    assert!(secure.contains("--proto =https --url"), "{secure}");
    assert!(!secure.contains("--noproxy"), "{secure}");
    let local = line("http://127.0.0.1/a", Scheme::Loopback);
    assert!(local.contains("--proto =http --url"), "{local}");
    assert!(local.ends_with("--noproxy *"), "{local}");
}

#[test]
fn size_and_time_are_limited() {
    let line = line("https://example.com/a", Scheme::Https);
    for limit in [
        "--max-filesize 67108864",
        "--connect-timeout 10",
        "--speed-limit 1 --speed-time 30",
        "--max-time 300",
    ] {
        assert!(line.contains(limit), "{limit}: {line}");
    }
}

#[test]
fn the_last_line_is_the_status() {
    let read = |said: &str| response(said, Vec::new()).unwrap();
    assert_eq!(read("\n200 \n").status, 200);
    assert_eq!(read("\n200 \n").redirect, None);
    let redirect = read("Warning: something\n\n302 https://example.com/b\n");
    assert_eq!(redirect.status, 302);
    assert_eq!(redirect.redirect.as_deref(), Some("https://example.com/b"));
    let error = response("", Vec::new()).unwrap_err();
    assert!(error.to_string().contains("too old"), "{error}");
}

#[test]
fn a_failure_is_told_in_one_line() {
    let certificate = "curl: (60) SSL certificate problem: certificate has expired\n\
                       More details here: https://curl.se/docs/sslcerts.html\n\n\n000 \n";
    for (said, expected) in [
        (
            "curl: (6) Could not resolve host: example.com\n\n000 \n",
            "Could not resolve host: example.com",
        ),
        (
            certificate,
            "SSL certificate problem: certificate has expired",
        ),
        (
            "curl: option --proto: is unknown\n",
            "option --proto: is unknown",
        ),
        ("\n000 \n", "`curl` failed and says nothing"),
    ] {
        assert_eq!(failed(said).to_string(), expected);
    }
}

#[test]
fn a_missing_curl_is_told_with_what_to_do() {
    let error = not_started(&io::ErrorKind::NotFound.into()).to_string();
    assert!(error.starts_with("there is no `curl` here: "), "{error}");
    assert!(
        error.ends_with("run `cargo xtask spec import FILE`"),
        "{error}"
    );
}

#[test]
fn a_server_that_stays_silent_is_given_up() {
    if Command::new("curl").arg("--version").output().is_err() {
        println!("curl is not installed");
        return;
    }
    // Connections wait in its queue and are never served.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/a", silent.local_addr().unwrap());
    let (idle, total) = (1, 1);
    let limits = [
        (
            Curl {
                idle,
                ..Curl::default()
            },
            "Operation too slow",
        ),
        (
            Curl {
                total,
                ..Curl::default()
            },
            "Operation timed out",
        ),
    ];
    for (curl, expected) in limits {
        let start = Instant::now();
        let error = curl.get(&url, Scheme::Loopback).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
        assert!(start.elapsed().as_secs() < 20);
    }
}
