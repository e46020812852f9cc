//! Behaviours 53 to 55, 57 and 104: downloads that are written to files.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed unwrap fails the test"
)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cloudflare_magic::{Download, Error, ErrorKind, Phase};
use tempfile::TempDir;
use tests::server::{Response, Server};
use tokio::io::{AsyncBufReadExt, AsyncReadExt};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const PCAP: &str = "application/vnd.tcpdump.pcap";
/// A capture without packets: only the header.
const EMPTY: &[u8; 24] = b"\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0\0\0\x04\0\x01\0\0\0";

/// A server, and a download from it by a client with short time limits.
async fn begun(response: Response) -> Result<(Server, Download), Error> {
    let server = Server::start([response]).await.unwrap();
    let client = server
        .client()
        .idle_timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let call = client.account(ACCOUNT).pcaps().download("c1");
    Ok((server, call.await?))
}

fn capture() -> Response {
    Response::with(200, &[("content-type", PCAP)], EMPTY)
}

/// All names in a folder, including hidden ones.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("c1.pcap");
    (folder, target)
}

/// The kind of the `io::Error` in an error of the disk.
fn reason(error: &Error) -> io::ErrorKind {
    assert_eq!(error.kind(), ErrorKind::File, "{error}");
    let source = error.get_ref().unwrap();
    source.downcast_ref::<io::Error>().unwrap().kind()
}

async fn b55_a_file_is_written_and_its_progress_reported() {
    let mut response = Response::head(200, &[("content-type", PCAP), ("content-length", "54")])
        .send(EMPTY.to_vec());
    for _ in 0..3 {
        response = response.wait(Duration::from_millis(20)).send("0123456789");
    }
    let (_server, download) = begun(response).await.unwrap();
    let (folder, target) = folder();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let telling = Arc::clone(&heard);
    let length = download
        .to_file(&target)
        .progress(move |progress| telling.lock().unwrap().push(progress))
        .await
        .unwrap();
    assert_eq!(length, 54);
    assert_eq!(names(folder.path()), ["c1.pcap"]);
    let written = fs::read(&target).unwrap();
    assert!(written.starts_with(EMPTY) && written.len() == 54);

    let heard = heard.lock().unwrap();
    assert!(
        heard
            .windows(2)
            .all(|pair| pair[0].received <= pair[1].received)
    );
    assert!(heard.len() >= 3 && heard.iter().all(|progress| progress.total == Some(54)));
    assert_eq!(heard.last().unwrap().received, 54);
}

async fn b55_an_empty_capture_becomes_a_file() {
    let (_server, download) = begun(capture()).await.unwrap();
    let (_folder, target) = folder();
    assert_eq!(download.to_file(&target).await.unwrap(), 24);
    assert_eq!(fs::read(&target).unwrap(), EMPTY);
}

async fn b53_a_body_that_is_not_a_capture_is_an_error() {
    // Each has the media type of a capture, but is something else.
    for body in [
        &b"upstream connect error"[..],
        b"PK\x03\x04archive",
        b"\xd4\xc3\xb2",
        b"",
    ] {
        let named = [
            ("content-type", PCAP),
            ("content-disposition", "attachment"),
        ];
        let error = begun(Response::with(200, &named, body))
            .await
            .err()
            .unwrap();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body:?}");
        assert!(
            error.to_string().contains(&format!("expected {PCAP}")),
            "{error}"
        );
    }
    // The signature decides, not the chunks or the media type.
    let pieces = Response::head(
        200,
        &[
            ("content-type", "application/octet-stream"),
            ("content-length", "24"),
        ],
    );
    let pieces = EMPTY.iter().fold(pieces, |pieces, byte| {
        pieces.send([*byte]).wait(Duration::from_millis(2))
    });
    let (_server, download) = begun(pieces).await.unwrap();
    assert_eq!(download.bytes(24).await.unwrap(), &EMPTY[..]);
}

async fn b53_an_archive_must_have_its_signature() {
    for (body, is_archive) in [("PK\u{3}\u{4}..", true), ("resource {}", false)] {
        let server = Server::start([Response::with(
            201,
            &[("content-type", "application/zip")],
            body,
        )])
        .await
        .unwrap();
        let client = server.client().build().unwrap();
        let export = client
            .account(ACCOUNT)
            .magic_cloud()
            .onramps()
            .export("o1")
            .await;
        assert_eq!(export.is_ok(), is_archive, "{body:?}");
    }
}

async fn b54_a_download_that_is_cut_leaves_nothing() {
    let half = Response::head(200, &[("content-type", PCAP), ("content-length", "100")])
        .send(EMPTY.to_vec());
    let ends = [
        (half.clone().close(), ErrorKind::Truncated),
        (half.clone().reset(), ErrorKind::Io),
        (half.hang(), ErrorKind::Timeout { phase: Phase::Idle }),
    ];
    for (response, kind) in ends {
        let (_server, download) = begun(response).await.unwrap();
        let (folder, target) = folder();
        let error = download.to_file(&target).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(names(folder.path()).is_empty());

        // An existing file stays, even if it may be replaced.
        fs::write(&target, "old").unwrap();
        assert_eq!(names(folder.path()), ["c1.pcap"]);
    }
    let cut = Response::head(200, &[("content-length", "100")])
        .send(EMPTY.to_vec())
        .close();
    let (_server, download) = begun(cut).await.unwrap();
    let (folder, target) = folder();
    fs::write(&target, "old").unwrap();
    let _ = download.to_file(&target).overwrite(true).await.unwrap_err();
    assert_eq!(names(folder.path()), ["c1.pcap"]);
    assert_eq!(fs::read(&target).unwrap(), b"old");
}

async fn b54_an_existing_file_is_replaced_only_if_allowed() {
    let (folder, target) = folder();
    fs::write(&target, "old").unwrap();
    let (_server, download) = begun(capture()).await.unwrap();
    let error = download.to_file(&target).await.unwrap_err();
    assert_eq!(reason(&error), io::ErrorKind::AlreadyExists);
    assert!(
        error.to_string().contains("c1.pcap") && error.to_string().contains("overwrite"),
        "{error}"
    );
    assert_eq!(fs::read(&target).unwrap(), b"old");

    let (_server, download) = begun(capture()).await.unwrap();
    download.to_file(&target).overwrite(true).await.unwrap();
    assert_eq!(fs::read(&target).unwrap(), EMPTY);
    assert_eq!(names(folder.path()), ["c1.pcap"]);
}

async fn b54_a_file_created_meanwhile_is_not_replaced() {
    let (_server, download) = begun(capture()).await.unwrap();
    let (folder, target) = folder();
    let rival = target.clone();
    let error = download
        .to_file(&target)
        .progress(move |progress| {
            if progress.received == 24 {
                fs::write(&rival, "theirs").unwrap();
            }
        })
        .await
        .unwrap_err();
    assert_eq!(reason(&error), io::ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&target).unwrap(), b"theirs");
    assert_eq!(names(folder.path()), ["c1.pcap"]);
}

async fn b54_folders_and_missing_folders_are_rejected() {
    let (folder, _) = folder();
    let places = [
        (folder.path().to_owned(), io::ErrorKind::IsADirectory),
        (folder.path().join("none/c1.pcap"), io::ErrorKind::NotFound),
        (folder.path().join(".."), io::ErrorKind::InvalidInput),
    ];
    for (place, expected) in places {
        let (_server, download) = begun(capture()).await.unwrap();
        let error = download.to_file(&place).overwrite(true).await.unwrap_err();
        assert_eq!(reason(&error), expected, "{}", place.display());
        assert!(names(folder.path()).is_empty());
    }
}

#[cfg(unix)]
async fn b54_a_link_is_never_followed() {
    use std::os::unix::fs::symlink;

    let (folder, target) = folder();
    let elsewhere = folder.path().join("elsewhere");
    fs::write(&elsewhere, "precious").unwrap();
    for pointed in [&elsewhere, &folder.path().join("nowhere")] {
        symlink(pointed, &target).unwrap();
        let (_server, download) = begun(capture()).await.unwrap();
        let error = download.to_file(&target).await.unwrap_err();
        assert_eq!(reason(&error), io::ErrorKind::AlreadyExists);

        // The link itself may be replaced, its target stays.
        let (_server, download) = begun(capture()).await.unwrap();
        download.to_file(&target).overwrite(true).await.unwrap();
        assert!(fs::symlink_metadata(&target).unwrap().is_file());
        assert_eq!(fs::read(&elsewhere).unwrap(), b"precious");
        assert_eq!(names(folder.path()), ["c1.pcap", "elsewhere"]);
        fs::remove_file(&target).unwrap();
    }
}

#[cfg(unix)]
async fn b54_only_regular_files_are_replaced() {
    let (folder, target) = folder();
    let _socket = std::os::unix::net::UnixListener::bind(&target).unwrap();
    let (_server, download) = begun(capture()).await.unwrap();
    let error = download
        .to_file(&target)
        .overwrite(true)
        .progress(|_| panic!("it is rejected before anything is read"))
        .await
        .unwrap_err();
    assert_eq!(reason(&error), io::ErrorKind::InvalidInput);
    assert_eq!(names(folder.path()), ["c1.pcap"]);
    assert!(!fs::metadata(&target).unwrap().is_file());
}

#[cfg(unix)]
async fn b54_a_replaced_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;

    let (_folder, target) = folder();
    fs::write(&target, "old").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o600)).unwrap();
    let (_server, download) = begun(capture()).await.unwrap();
    download.to_file(&target).overwrite(true).await.unwrap();
    let mode = fs::metadata(&target).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

async fn b57_a_dropped_download_leaves_nothing() {
    let stalled = Response::head(200, &[("content-length", "100")])
        .send(EMPTY.to_vec())
        .hang();
    let (_server, download) = begun(stalled).await.unwrap();
    let (folder, target) = folder();
    let saving = tokio::spawn(download.to_file(&target).into_future());
    while names(folder.path()).is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(!target.exists(), "a partial file has another name");
    saving.abort();
    assert!(saving.await.unwrap_err().is_cancelled());
    assert!(names(folder.path()).is_empty());
}

async fn b57_a_download_dropped_at_any_moment_is_whole_or_nothing() {
    let (folder, _) = folder();
    let mut body = EMPTY.to_vec();
    body.resize(2 << 20, 7);
    let response = Response::with(200, &[], &body);
    for moment in 0..40 {
        let (_server, download) = begun(response.clone()).await.unwrap();
        let target = folder.path().join(moment.to_string());
        let moment = Duration::from_micros(moment * 150);
        let _ = tokio::time::timeout(moment, download.to_file(target).into_future()).await;
    }
    // Work that a thread has begun ends first.
    for _ in 0..200 {
        if !names(folder.path())
            .iter()
            .any(|name| name.ends_with(".part"))
        {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    for name in names(folder.path()) {
        assert!(!name.ends_with(".part"), "{name} stayed");
        assert!(fs::read(folder.path().join(name)).unwrap() == body);
    }
}

async fn b55_a_download_is_a_reader() {
    let (_server, mut download) = begun(Response::with(
        200,
        &[],
        [&EMPTY[..], b"one\ntwo\n"].concat(),
    ))
    .await
    .unwrap();
    let mut header = [0; 24];
    download.read_exact(&mut header).await.unwrap();
    assert_eq!(&header, EMPTY);
    let mut lines = download.lines();
    assert_eq!(lines.next_line().await.unwrap().as_deref(), Some("one"));
    assert_eq!(lines.next_line().await.unwrap().as_deref(), Some("two"));
    assert_eq!(lines.next_line().await.unwrap(), None);

    let cut = Response::head(200, &[("content-length", "100")])
        .send(EMPTY.to_vec())
        .close();
    let (_server, mut download) = begun(cut).await.unwrap();
    let error = download.read_to_end(&mut Vec::new()).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    let inner = error.into_inner().unwrap().downcast::<Error>().unwrap();
    assert_eq!(inner.kind(), ErrorKind::Truncated);
}

async fn b55_a_slow_reader_is_not_a_silent_server() {
    let response = Response::head(200, &[("content-length", "48")])
        .wait(Duration::from_millis(50))
        .send(EMPTY.to_vec())
        .wait(Duration::from_millis(500))
        .send(EMPTY.to_vec());
    let (_server, mut download) = begun(response).await.unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap().len(), 24);
    // Longer than the idle limit of 300 ms, but no read was waiting for the server. The next read waits 200 ms.
    tokio::time::sleep(Duration::from_millis(350)).await;
    assert_eq!(download.chunk().await.unwrap().unwrap().len(), 24);
}

tests::over_each_protocol! {
    b55_a_file_is_written_and_its_progress_reported,
    b55_an_empty_capture_becomes_a_file,
    b53_a_body_that_is_not_a_capture_is_an_error,
    b53_an_archive_must_have_its_signature,
    b54_a_download_that_is_cut_leaves_nothing,
    b54_an_existing_file_is_replaced_only_if_allowed,
    b54_a_file_created_meanwhile_is_not_replaced,
    b54_folders_and_missing_folders_are_rejected,
    #[cfg(unix)]
    b54_a_link_is_never_followed,
    #[cfg(unix)]
    b54_only_regular_files_are_replaced,
    #[cfg(unix)]
    b54_a_replaced_file_keeps_its_permissions,
    b57_a_dropped_download_leaves_nothing,
    b57_a_download_dropped_at_any_moment_is_whole_or_nothing,
    b55_a_download_is_a_reader,
    b55_a_slow_reader_is_not_a_silent_server,
}
