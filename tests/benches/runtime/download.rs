//! A large file from loopback to the disk: the folder is that of temporary files (`TMPDIR`).

use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use cloudflare_magic::api::Account;
use criterion::{Criterion, Throughput};
use tempfile::TempDir;
use tests::by_hand::{ByHand, Http2};
use tests::canned::{self, Address};
use tests::protocol::Protocol;
use tokio::runtime::Runtime;

use crate::{Outcome, PROTOCOLS, Size, calls, sample};

/// Both sides, ready to download the same file.
pub(crate) struct Sides {
    runtime: Runtime,
    pub(crate) address: Address,
    account: Account,
    by_hand: ByHand,
    folder: TempDir,
    length: u64,
}

/// Whether the file written by hand is synced to the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Care {
    /// It is synced, as by the SDK.
    Synced,
    /// It is not synced.
    Left,
}

impl Sides {
    pub(crate) fn new(protocol: Protocol, http2: Http2, length: u64) -> Outcome<Self> {
        let address = canned::capture(protocol, length)?;
        Ok(Self {
            runtime: Runtime::new()?,
            account: calls::account(&address)?,
            by_hand: ByHand::new(&address, http2)?,
            address,
            folder: tempfile::tempdir()?,
            length,
        })
    }

    pub(crate) fn sdk(&self) -> Outcome<Duration> {
        let path = self.path();
        self.timed(async {
            let download = self.account.pcaps().download("c1").await?;
            Ok(download.to_file(path).await?)
        })
    }

    pub(crate) fn by_hand(&self, care: Care) -> Outcome<Duration> {
        let path = self.path();
        self.timed(async {
            let file = self.by_hand.download("c1", &path).await?;
            if care == Care::Synced {
                file.sync_all().await?;
            }
            Ok(file.metadata().await?.len())
        })
    }

    /// The time that the SDK takes to read the chunks and to drop them.
    pub(crate) fn sdk_chunks(&self) -> Outcome<Duration> {
        self.timed(async {
            let mut download = self.account.pcaps().download("c1").await?;
            let mut length = 0;
            while let Some(chunk) = download.chunk().await? {
                length += chunk.len() as u64;
            }
            Ok(length)
        })
    }

    /// The time that this takes by hand.
    pub(crate) fn by_hand_chunks(&self) -> Outcome<Duration> {
        self.timed(async {
            let mut response = self.by_hand.begin("c1").await?;
            let mut length = 0;
            while let Some(chunk) = response.chunk().await? {
                length += chunk.len() as u64;
            }
            Ok(length)
        })
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("capture.pcap")
    }

    fn timed(&self, download: impl Future<Output = Outcome<u64>>) -> Outcome<Duration> {
        let started = Instant::now();
        let length = self.runtime.block_on(download)?;
        let time = started.elapsed();
        if let Err(error) = std::fs::remove_file(self.path())
            && error.kind() != ErrorKind::NotFound
        {
            return Err(error.into());
        }
        if length == self.length {
            Ok(time)
        } else {
            Err(format!("{length} of {} bytes were received", self.length).into())
        }
    }
}

pub(crate) fn bench(criterion: &mut Criterion, size: Size) -> Outcome {
    // Criterion needs many turns, so a part of the file has to be enough.
    let length = size.file / 16;
    for protocol in PROTOCOLS {
        let sides = Sides::new(protocol, Http2::Default, length)?;
        let name = format!("{protocol:?}, download of {} MiB", length >> 20);
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10);
        group.throughput(Throughput::Bytes(length));
        group.bench_function("sdk", |bencher| {
            sample(bencher, |turns| (0..turns).map(|_| sides.sdk()).sum());
        });
        for care in [Care::Synced, Care::Left] {
            group.bench_function(format!("by hand, {care:?}"), |bencher| {
                sample(bencher, |turns| {
                    (0..turns).map(|_| sides.by_hand(care)).sum()
                });
            });
        }
        group.finish();
    }
    Ok(())
}
