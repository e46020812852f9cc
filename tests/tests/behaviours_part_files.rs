//! Behaviour 104: who can read a downloaded file, and what becomes of the temporary files of killed processes.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use cloudflare_magic::Download;
use tempfile::TempDir;
use tests::server::{Response, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
/// A capture without packets: only the header.
const EMPTY: &[u8; 24] = b"\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0\0\0\x04\0\x01\0\0\0";

fn whole() -> Response {
    Response::with(200, &[], EMPTY)
}

/// A capture whose second half is never sent.
fn half() -> Response {
    let head = Response::head(200, &[("content-length", "48")]);
    head.send(EMPTY.to_vec()).hang()
}

async fn begun(server: &Server) -> Download {
    let account = server.client().build().unwrap().account(ACCOUNT);
    account.pcaps().download("c1").await.unwrap()
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("c1.pcap");
    (folder, target)
}

/// The temporary files in a folder.
fn parts(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut parts: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    parts.retain(|path| path.extension().is_some_and(|end| end == "part"));
    parts.sort();
    parts
}

/// Waits until something holds, which it does in a moment.
async fn until(holds: impl Fn() -> bool) {
    let give_up = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < give_up, "it does not happen");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// How many temporary files have their final names, which have one more number.
fn locked(folder: &Path) -> usize {
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let parts = parts(folder);
    let names = parts.iter().map(name);
    names.filter(|name| name.matches('-').count() == 2).count()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Another process, which is killed when this is dropped.
struct Process(Child);

impl Process {
    /// Starts the program, and waits until its temporary file is the only one.
    async fn start(server: &Server, target: &Path) -> Self {
        let before = server.requests().len();
        let mut command = Command::new(env!("CARGO_BIN_EXE_program"));
        command
            .env("CLOUDFLARE_API_TOKEN", "token")
            .env("CLOUDFLARE_ACCOUNT_ID", ACCOUNT)
            .env("CLOUDFLARE_BASE_URL", server.url())
            .arg("download")
            .arg(target);
        let process = Self(command.spawn().unwrap());
        until(|| server.requests().len() > before).await;
        until(|| locked(target.parent().unwrap()) == 1).await;
        process
    }

    /// As by the system that is out of memory.
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn b104_only_the_owner_can_read_a_file() {
    let server = Server::responding(|_, _| whole()).await.unwrap();
    let (folder, target) = folder();
    let saving = begun(&server).await.to_file(&target);
    let watched = folder.path().to_owned();
    // From its first byte on: the temporary file as well.
    saving
        .progress(move |_| assert_eq!(mode(&parts(&watched)[0]), 0o600))
        .await
        .unwrap();
    assert_eq!(mode(&target), 0o600);
}

#[tokio::test]
async fn b104_the_application_can_set_the_permissions() {
    let server = Server::responding(|_, _| whole()).await.unwrap();
    let (_folder, target) = folder();
    // More than any usual `umask` allows. The second file replaces the first, and does not take its permissions.
    for bits in [0o666, 0o640] {
        let saving = begun(&server).await.to_file(&target).overwrite(true);
        let permissions = Permissions::from_mode(bits);
        saving.permissions(permissions).await.unwrap();
        assert_eq!(mode(&target), bits);
    }
}

#[tokio::test]
async fn b104_what_a_killed_process_left_is_removed_by_the_next_download() {
    let server = Server::responding(|number, _| if number < 2 { half() } else { whole() });
    let server = server.await.unwrap();
    let (folder, target) = folder();
    Process::start(&server, &target).await.kill();
    let first = parts(folder.path());
    let second = Process::start(&server, &target).await;
    until(|| parts(folder.path()) != first && locked(folder.path()) == 1).await;
    second.kill();
    assert_eq!(parts(folder.path()).len(), 1);

    let other = folder.path().join("other.pcap");
    begun(&server).await.to_file(other).await.unwrap();
    assert_eq!(parts(folder.path()).len(), 1, "a file of another target");

    begun(&server).await.to_file(&target).await.unwrap();
    assert!(parts(folder.path()).is_empty());
    assert_eq!(fs::read(&target).unwrap(), EMPTY);
}

#[tokio::test]
async fn b104_the_file_of_a_running_download_stays() {
    let server = Server::responding(|number, _| if number < 2 { half() } else { whole() });
    let server = server.await.unwrap();
    let (folder, target) = folder();
    let process = Process::start(&server, &target).await;
    let saving = begun(&server).await.to_file(&target).into_future();
    let saving = tokio::spawn(saving);
    until(|| locked(folder.path()) == 2).await;
    let running = parts(folder.path());

    // One of another process, and one of this process.
    begun(&server).await.to_file(&target).await.unwrap();
    assert_eq!(parts(folder.path()), running);
    saving.abort();
    assert!(saving.await.unwrap_err().is_cancelled());
    process.kill();
    let again = begun(&server).await.to_file(&target).overwrite(true);
    again.await.unwrap();
    assert!(parts(folder.path()).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b104_downloads_to_one_name_at_once_are_each_whole() {
    let body = [&EMPTY[..], &[7; 1 << 20]].concat();
    let server = Server::responding({
        let body = body.clone();
        move |_, _| Response::with(200, &[], &body)
    });
    let server = server.await.unwrap();
    let (folder, target) = folder();
    for overwrite in [false, true] {
        let mut downloads = tokio::task::JoinSet::new();
        for _ in 0..16 {
            let saving = begun(&server).await.to_file(&target).overwrite(overwrite);
            downloads.spawn(saving.into_future());
        }
        let saved = downloads.join_all().await;
        let whole = saved.iter().filter(|saved| saved.is_ok()).count();
        assert_eq!(whole, if overwrite { 16 } else { 1 }, "{saved:?}");
        assert!(fs::read(&target).unwrap() == body);
        assert!(parts(folder.path()).is_empty());
    }
}

#[tokio::test]
async fn b104_files_of_other_programs_stay() {
    let server = Server::responding(|number, _| if number < 1 { half() } else { whole() });
    let server = server.await.unwrap();
    let (folder, target) = folder();
    Process::start(&server, &target).await.kill();
    // A link and a folder with names like that of a temporary file, and files with other names.
    let part = parts(folder.path()).remove(0);
    let elsewhere = folder.path().join("elsewhere");
    fs::write(&elsewhere, "precious").unwrap();
    let beside = |end: &str| {
        part.with_file_name(format!(
            "{}{end}",
            part.file_stem().unwrap().to_str().unwrap()
        ))
    };
    std::os::unix::fs::symlink(&elsewhere, beside("1.part")).unwrap();
    fs::create_dir(beside("2.part")).unwrap();
    fs::write(beside(".txt"), "theirs").unwrap();
    fs::write(folder.path().join("c1.pcap.part"), "theirs").unwrap();
    let before = fs::read_dir(folder.path()).unwrap().count();

    begun(&server).await.to_file(&target).await.unwrap();
    assert!(!part.exists() && target.exists());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), before);
    assert_eq!(fs::read(&elsewhere).unwrap(), b"precious");
}
