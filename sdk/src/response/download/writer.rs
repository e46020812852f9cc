//! Writes a file while the next part of it comes in.
//!
//! In: chunks. Out: the file with all of them. Chunks are copied together and written in large batches, one at a time, so that
//! disk and network work side by side and at most two batches are held. To hold the chunks themselves would save the copy, and
//! cost more than that: the connection could not use its memory again, and would take new memory for each. What is written is
//! forced to the disk on the way, so that little of a large file is left to be forced at its end.

use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

use bytes::Bytes;

use super::blocking::Job;

/// How much is written at once. Smaller batches cost more changes between threads; larger ones leave a core's cache before they
/// are written.
const BATCH: usize = 512 << 10;

/// After how many batches, 32 MiB, they are forced to the disk. On a slow disk it is after more: one such sync runs at a time.
const STRIDE: usize = (32 << 20) / BATCH;

/// A file that is being written.
pub(super) struct Writer {
    file: Arc<File>,
    /// What is gathered for the next batch.
    batch: Vec<u8>,
    /// The batch before that, on its way; it gives its memory back.
    writing: Job<Vec<u8>>,
    /// How many batches no sync covers.
    loose: usize,
    /// The latest sync, of the batches before those.
    syncing: Job<()>,
}

impl Writer {
    pub(super) fn new(file: File) -> Self {
        Self {
            file: Arc::new(file),
            batch: Vec::new(),
            writing: Job::Done(Some(Ok(Vec::new()))),
            loose: 0,
            syncing: Job::Done(Some(Ok(()))),
        }
    }

    /// Takes a chunk. An error can be about an earlier one, and is the end: nothing can be written after it.
    pub(super) async fn write(&mut self, mut chunk: Bytes) -> io::Result<()> {
        while !chunk.is_empty() {
            let fits = chunk.len().min(BATCH - self.batch.len());
            self.batch.extend_from_slice(&chunk.split_to(fits));
            if self.batch.len() == BATCH {
                self.force().await?;
                self.write_out().await?;
            }
        }
        Ok(())
    }

    /// Writes what is left. Then the disk has all of it.
    pub(super) async fn finish(mut self) -> io::Result<()> {
        self.write_out().await?;
        self.writing.await?;
        let file = self.file;
        let rest = Job::start(move || file.sync_all());
        // Either can be the one that the system tells of an error.
        self.syncing.await?;
        rest.await
    }

    /// Starts to write what is gathered, once the batch before is written.
    async fn write_out(&mut self) -> io::Result<()> {
        let mut written = (&mut self.writing).await?;
        written.clear();
        let batch = std::mem::replace(&mut self.batch, written);
        let mut file = Arc::clone(&self.file);
        self.writing = Job::start(move || file.write_all(&batch).map(|()| batch));
        self.loose += 1;
        Ok(())
    }

    /// Starts to force what is written to the disk, where that is much and no sync is running.
    async fn force(&mut self) -> io::Result<()> {
        if self.loose < STRIDE || !self.syncing.is_over() {
            return Ok(());
        }
        (&mut self.syncing).await?;
        let file = Arc::clone(&self.file);
        self.syncing = Job::start(move || file.sync_data());
        self.loose = 0;
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
    async fn b54_a_disk_that_cannot_keep_the_file_is_found_out_on_the_way() {
        // It takes everything, and refuses to keep it.
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
    async fn b54_the_last_part_is_kept_too() {
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
        let (_, scratch) = super::super::scratch::Scratch::create(&std::env::temp_dir()).unwrap();
        std::fs::OpenOptions::new()
            .read(true)
            .write(true)
            .open(scratch.path())
            .unwrap()
    }
}
