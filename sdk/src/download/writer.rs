//! Writes a file while the next part of it comes in.
//!
//! In: chunks. Out: the file with all of them. Small chunks are gathered and written together, one batch at a time, so that
//! disk and network work side by side and at most two batches are held.

use std::fs::File;
use std::io::{self, IoSlice, Write};

use bytes::Bytes;

use super::blocking::Job;

/// How much is written at once.
const BATCH: usize = 512 << 10;

/// A file that is being written.
pub(super) struct Writer {
    file: Job<File>,
    gathered: Vec<Bytes>,
    size: usize,
}

impl Writer {
    pub(super) fn new(file: File) -> Self {
        Self {
            file: Job::Done(Some(Ok(file))),
            gathered: Vec::new(),
            size: 0,
        }
    }

    /// Takes a chunk. An error can be about an earlier one.
    pub(super) async fn write(&mut self, chunk: Bytes) -> io::Result<()> {
        if chunk.is_empty() {
            return Ok(());
        }
        self.size += chunk.len();
        self.gathered.push(chunk);
        if self.size < BATCH {
            return Ok(());
        }
        self.write_out().await
    }

    /// Writes what is left, and gives the file back.
    pub(super) async fn finish(mut self) -> io::Result<File> {
        if !self.gathered.is_empty() {
            self.write_out().await?;
        }
        self.file.await
    }

    /// Starts to write what is gathered, once the batch before is written.
    async fn write_out(&mut self) -> io::Result<()> {
        let mut file = (&mut self.file).await?;
        let batch = std::mem::take(&mut self.gathered);
        self.size = 0;
        self.file = Job::start(move || write_all(&mut file, &batch).map(|()| file));
        Ok(())
    }
}

fn write_all(file: &mut impl Write, chunks: &[Bytes]) -> io::Result<()> {
    let mut slices: Vec<_> = chunks.iter().map(|chunk| IoSlice::new(chunk)).collect();
    let mut rest = slices.as_mut_slice();
    while !rest.is_empty() {
        match file.write_vectored(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut rest, written),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{BATCH, Writer, write_all};
    use bytes::Bytes;
    use std::io::{self, IoSlice, Read, Seek, Write};

    /// Takes three bytes at a time, and is interrupted before each.
    #[derive(Default)]
    struct Reluctant {
        bytes: Vec<u8>,
        calls: usize,
    }

    impl Write for Reluctant {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.calls += 1;
            if self.calls % 2 == 1 {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let taken = bytes.len().min(3);
            self.bytes.extend_from_slice(&bytes[..taken]);
            Ok(taken)
        }

        fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
            self.write(&slices[0])
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn b54_short_writes_lose_nothing() {
        let mut file = Reluctant::default();
        let chunks = [
            Bytes::from("abcd"),
            Bytes::from("e"),
            Bytes::from("fghijkl"),
        ];
        write_all(&mut file, &chunks).unwrap();
        assert_eq!(file.bytes, b"abcdefghijkl");
    }

    #[tokio::test]
    async fn b55_batches_arrive_in_order() {
        let mut writer = Writer::new(tempfile());
        let chunks: Vec<_> = (0..=255_u8).map(|byte| vec![byte; BATCH / 32]).collect();
        for chunk in &chunks {
            writer.write(chunk.clone().into()).await.unwrap();
            assert!(writer.size < BATCH);
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
