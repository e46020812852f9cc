//! Writes a file while the next part of it is received.
//!
//! In: chunks. Out: the file with all of them. Chunks are copied into large batches, which are written one at a time, so that
//! disk and network work at the same time and at most two batches are held. Holding the chunks themselves would save the copy, but
//! cost more than that: the connection could not reuse its buffers, and would allocate new memory for each chunk. Batches are
//! synced to the disk during the download, so that little of a large file is left to be synced at its end.

use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

use bytes::Bytes;

use crate::base::blocking::Job;

/// How many bytes are written at once. Smaller batches cost more switches between threads; larger ones leave a core's cache
/// before they are written.
const BATCH: usize = 512 << 10;

/// After how many batches (32 MiB) a sync starts. On a slow disk it is after more, since only one sync runs at a time.
const STRIDE: usize = (32 << 20) / BATCH;

/// A file that is being written.
pub(super) struct Writer {
    file: Arc<File>,
    /// The next batch, being filled.
    batch: Vec<u8>,
    /// The batch before that, being written; it returns its buffer for reuse.
    writing: Job<Vec<u8>>,
    /// How many written batches no sync covers yet.
    unsynced: usize,
    /// The latest sync, which covers the batches before those.
    syncing: Job<()>,
}

impl Writer {
    pub(super) fn new(file: File) -> Self {
        Self {
            file: Arc::new(file),
            batch: Vec::new(),
            writing: Job::Done(Some(Ok(Vec::new()))),
            unsynced: 0,
            syncing: Job::Done(Some(Ok(()))),
        }
    }

    /// Takes a chunk. An error can be that of an earlier chunk. After an error nothing more can be written.
    pub(super) async fn write(&mut self, mut chunk: Bytes) -> io::Result<()> {
        while !chunk.is_empty() {
            let fits = chunk.len().min(BATCH - self.batch.len());
            self.batch.extend_from_slice(&chunk.split_to(fits));
            if self.batch.len() == BATCH {
                self.sync().await?;
                self.write_out().await?;
            }
        }
        Ok(())
    }

    /// Writes what is left, syncs the file and returns it.
    pub(super) async fn finish(mut self) -> io::Result<Arc<File>> {
        self.write_out().await?;
        self.writing.await?;
        let file = Arc::clone(&self.file);
        let rest = Job::start(move || file.sync_all());
        // The system can report a write error to either of the two.
        self.syncing.await?;
        rest.await?;
        Ok(self.file)
    }

    /// Starts to write the batch, once the batch before it is written.
    async fn write_out(&mut self) -> io::Result<()> {
        let mut written = (&mut self.writing).await?;
        written.clear();
        let batch = std::mem::replace(&mut self.batch, written);
        let mut file = Arc::clone(&self.file);
        self.writing = Job::start(move || file.write_all(&batch).map(|()| batch));
        self.unsynced += 1;
        Ok(())
    }

    /// Starts to sync the written batches, if they are `STRIDE` or more and no sync is running.
    async fn sync(&mut self) -> io::Result<()> {
        if self.unsynced < STRIDE || !self.syncing.is_over() {
            return Ok(());
        }
        (&mut self.syncing).await?;
        let file = Arc::clone(&self.file);
        self.syncing = Job::start(move || file.sync_data());
        self.unsynced = 0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{BATCH, STRIDE, Writer};
    use std::io::{self, Read, Seek};

    #[tokio::test]
    async fn b55_batches_arrive_in_order() {
        let mut writer = Writer::new(tempfile());
        let length = |byte| BATCH / 32 + 7 * usize::from(byte);
        let small = (0..=255_u8).map(|byte| vec![byte; length(byte)]);
        let chunks: Vec<_> = small.chain([vec![7; 3 * BATCH + 1], vec![8]]).collect();
        for chunk in &chunks {
            writer.write(chunk.clone().into()).await.unwrap();
            assert!(writer.batch.len() < BATCH);
        }
        let mut file = writer.file.try_clone().unwrap();
        writer.finish().await.unwrap();
        let mut read = Vec::new();
        file.rewind().unwrap();
        file.read_to_end(&mut read).unwrap();
        assert!(read == chunks.concat());
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn b54_a_full_disk_is_an_error() {
        let mut writer = Writer::new(device("full"));
        writer.write(vec![0; BATCH].into()).await.unwrap();
        let error = writer.write(vec![0; BATCH].into()).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn b54_a_disk_that_cannot_sync_the_file_is_an_error_during_the_download() {
        // `/dev/null` accepts every write, but cannot be synced.
        let mut writer = Writer::new(device("null"));
        let batch = vec![0; BATCH];
        let mut refused = false;
        for _ in 0..100 * STRIDE {
            refused = writer.write(batch.clone().into()).await.is_err();
            if refused {
                break;
            }
        }
        assert!(refused);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn b54_the_last_part_is_synced_too() {
        let mut writer = Writer::new(device("null"));
        writer.write(vec![0].into()).await.unwrap();
        assert!(writer.finish().await.is_err());
    }

    #[cfg(target_os = "linux")]
    fn device(name: &str) -> std::fs::File {
        let opened = std::fs::OpenOptions::new()
            .write(true)
            .open(format!("/dev/{name}"));
        opened.unwrap()
    }

    /// A file without a name.
    fn tempfile() -> std::fs::File {
        let folder = std::env::temp_dir();
        let created = super::super::scratch::Scratch::create(&folder, "a".as_ref());
        let (_, scratch) = created.unwrap();
        std::fs::OpenOptions::new()
            .read(true)
            .write(true)
            .open(scratch.path())
            .unwrap()
    }
}
