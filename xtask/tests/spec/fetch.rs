//! Sources that are fetched, from a server on this machine.

#[cfg(unix)]
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
#[cfg(unix)]
use std::path::Path;
use std::process::Command;
use std::thread;

use crate::bench::{Bench, UPSTREAM};
#[cfg(unix)]
use crate::run::Run;

/// Serves each path with what the table has for it: the head's first line and lines of headers, then the body.
fn serve(responses: Vec<(&'static str, String)>) -> SocketAddr {
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
            let response = responses.iter().find(|(known, _)| *known == path);
            let response = response.map_or(
                "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
                |(_, response)| response,
            );
            // A client that has seen enough hangs up.
            let _ = stream.write_all(response.as_bytes());
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

/// Windows, macOS and nearly every Linux bring it along.
fn is_curl_here() -> bool {
    let is_here = Command::new("curl").arg("--version").output().is_ok();
    if !is_here {
        println!("curl is not installed");
    }
    is_here
}

#[test]
fn a_document_is_fetched_and_named_in_source_toml() {
    if !is_curl_here() {
        return;
    }
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

/// The document of Cloudflare's own pipeline: JSON, with keys of its tools. `curl` is a script that has it for one URL alone, to which
/// GitHub leads from another.
#[cfg(unix)]
#[test]
fn the_asset_of_a_release_is_named_by_repository_and_tag_without_flags() {
    use std::os::unix::fs::PermissionsExt as _;
    let bench = Bench::new();
    fs::create_dir(bench.path("sources")).unwrap();
    bench.write("sources/openapi.forge.json", FORGE);
    let releases = "https://github.com/cloudflare/forge/releases";
    let asset = format!("{releases}/download/openapi%4012ab/openapi.forge.json");
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in\n*/latest/*) printf '\\n302 %s\\n' '{asset}' >&2 ;;\n*'{asset}'*) cat sources/openapi.forge.json; printf '\\n200 \\n' >&2 ;;\n*) printf '\\n404 \\n' >&2 ;;\nesac\n"
    );
    bench.write("sources/curl", script);
    let executable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(bench.path("sources/curl"), executable).unwrap();
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", bench.path("sources").display());
    for address in [
        asset.clone(),
        format!("{releases}/tag/openapi%4012ab"),
        format!("{releases}/latest/download/openapi.forge.json"),
    ] {
        let binary = Path::new(env!("CARGO_BIN_EXE_xtask"));
        let mut command = bench.command(binary, &["import", &address]);
        let run = Run::of(command.env("PATH", &path).output().unwrap());
        run.assert_says(
            0,
            "written from cloudflare/forge@openapi@12ab: operations: 1",
        );
        run.assert_says(0, "  x-fern-examples, once\n  x-forge-origin, 2 times\n");
        let origin = bench.read("spec/SOURCE.toml");
        let expected = "[[source]]\nrepository = \"cloudflare/forge\"\ntag = \"openapi@12ab\"\nfile = \"openapi.forge.json\"\nsha256 = ";
        assert!(origin.contains(expected), "{origin}");
        fs::remove_file(bench.path("spec/openapi.yaml")).unwrap();
    }
}

/// What is wrong with the value of such a key is none of our business.
#[cfg(unix)]
const FORGE: &str = r#"{"openapi": "3.0.3", "info": {"title": "All", "version": "4.0.0"}, "x-forge-origin": {"$ref": 1},
    "paths": {"/lamps": {"get": {"operationId": "lamps-list", "x-fern-examples": [{"a": 1, "a": 2}], "x-forge-origin": null,
    "responses": {"200": {"description": "Lamps.", "content": {"application/json": {"schema": {"type": "object"}}}}}}}}}"#;

#[test]
fn what_is_not_fetched_is_told_and_nothing_is_touched() {
    if !is_curl_here() {
        return;
    }
    let bench = Bench::imported();
    let before = bench.snapshot();
    let announced = "HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n".to_owned();
    let endless = format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}",
        "a".repeat(64 * 1024 * 1024 + 1)
    );
    let cut =
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1000\r\n\r\nopenapi: 3.0.3\n"
            .to_owned();
    let address = serve(vec![
        ("/large", announced),
        ("/endless", endless),
        ("/cut", cut),
        ("/away", redirect("http://example.com/openapi.yaml")),
        ("/round", redirect("/round")),
        ("/page", ok("<!doctype html><title>Sign in</title>")),
    ]);
    let at = |path: &str| format!("http://{address}{path}");
    for (path, message) in [
        ("/none", "the server responds with 404 Not Found"),
        ("/large", "it is larger than 64 MB"),
        ("/endless", "it is larger than 64 MB"),
        ("/cut", "transfer closed with 985 bytes remaining to read"),
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
    // Over TLS from a server that does not speak it.
    let secure = format!("https://{address}/none");
    bench
        .import(&[&secure])
        .assert_says(3, &format!("error: cannot fetch `{secure}`: "));
    for url in [
        "http://example.com/openapi.yaml",
        "ftp://example.com/openapi.yaml",
    ] {
        bench
            .import(&[url])
            .assert_says(3, "only `https` URLs are fetched");
    }
    assert_eq!(bench.snapshot(), before);
}

/// A folder for `PATH` with a `curl` that runs a script; none where the script is empty.
#[cfg(unix)]
fn import_with_curl(bench: &Bench, script: &str) -> Run {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = bench.path("bin");
    fs::create_dir_all(&folder).unwrap();
    if !script.is_empty() {
        let curl = folder.join("curl");
        fs::write(&curl, format!("#!/bin/sh\n{script}")).unwrap();
        fs::set_permissions(&curl, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let url = "https://example.com/openapi.yaml";
    let binary = Path::new(env!("CARGO_BIN_EXE_xtask"));
    let mut command = bench.command(binary, &["import", url]);
    Run::of(command.env("PATH", &folder).output().unwrap())
}

#[cfg(unix)]
#[test]
fn what_curl_says_is_passed_on() {
    let bench = Bench::imported();
    let before = bench.snapshot();
    for (says, code, message) in [
        (
            "curl: (6) Could not resolve host: example.com",
            6,
            "Could not resolve host: example.com",
        ),
        (
            "curl: (60) SSL certificate problem: certificate has expired\nMore details here: https://curl.se",
            60,
            "SSL certificate problem: certificate has expired",
        ),
        (
            "curl: (28) Operation timed out after 300001 milliseconds",
            28,
            "Operation timed out after 300001 milliseconds",
        ),
        (
            "curl: (63) Maximum file size exceeded",
            63,
            "it is larger than 64 MB",
        ),
    ] {
        let script = format!("printf '{says}\\n\\n000 \\n' >&2\nexit {code}\n");
        let url = "https://example.com/openapi.yaml";
        let expected = format!("error: cannot fetch `{url}`: {message}\nhelp: ");
        import_with_curl(&bench, &script).assert_says(3, &expected);
    }
    let script = "printf '\\n302 http://127.0.0.1/openapi.yaml\\n' >&2\n";
    import_with_curl(&bench, script).assert_says(3, "a redirect leads away from `https`");
    assert_eq!(bench.snapshot(), before);
}

#[cfg(unix)]
#[test]
fn without_curl_a_file_is_asked_for() {
    let bench = Bench::imported();
    let run = import_with_curl(&bench, "");
    run.assert_says(3, "there is no `curl` here: install it, or ");
    run.assert_says(3, "cargo xtask spec import FILE");
}
