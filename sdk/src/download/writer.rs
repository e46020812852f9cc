//! Writes a file while the next part of it comes in.
//!
//! In: chunks. Out: the file with all of them. Chunks are copied together and written in large batches, one at a time, so that
//! disk and network work side by side and at most two batches are held. To hold the chunks themselves would save the copy, and
//! cost more than that: the connection could not use its memory again, and would take new memory for each.

use std::fs::File;
use std::io::{self, Write};

use bytes::Bytes;

use super::blocking::Job;

/// How much is written at once. Larger batches leave a core's cache before they are written.
const BATCH: usize = 256 << 10;

/// A file that is being written.
pub(super) struct Writer {
    /// What is gathered for the next batch.
    batch: Vec<u8>,
    /// The batch before that, on its way; it gives its memory back.
    writing: Job<(File, Vec<u8>)>,
}

impl Writer {
    pub(super) fn new(file: File) -> Self {
        Self {
            batch: Vec::new(),
            writing: Job::Done(Some(Ok((file, Vec::new())))),
        }
    }

    /// Takes a chunk. An error can be about an earlier one.
    pub(super) async fn write(&mut self, mut chunk: Bytes) -> io::Result<()> {
        while !chunk.is_empty() {
            let fits = chunk.len().min(BATCH - self.batch.len());
            self.batch.extend_from_slice(&chunk.split_to(fits));
            if self.batch.len() == BATCH {
                self.write_out().await?;
            }
        }
        Ok(())
    }

    /// Writes what is left, and gives the file back.
    pub(super) async fn finish(mut self) -> io::Result<File> {
        self.write_out().await?;
        let (file, _) = self.writing.await?;
        Ok(file)
    }

    /// Starts to write what is gathered, once the batch before is written.
    async fn write_out(&mut self) -> io::Result<()> {
        let (mut file, mut written) = (&mut self.writing).await?;
        written.clear();
        let batch = std::mem::replace(&mut self.batch, written);
        self.writing = Job::start(move || file.write_all(&batch).map(|()| (file, batch)));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{BATCH, Writer};
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
        let mut file = writer.finish().await.unwrap();
        let mut read = Vec::new();
        file.rewind().unwrap();
        file.read_to_end(&mut read).unwrap();
        assert!(read == chunks.concat());
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn b54_a_full_disk_is_an_error() {
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let mut writer = Writer::new(full);
        writer.write(vec![0; BATCH].into()).await.unwrap();
        let error = writer.write(vec![0; BATCH].into()).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
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
