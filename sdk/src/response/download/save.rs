//! A download to a file.
//!
//! In: the download, a path, and whether an existing file may be replaced. Out: a whole file at that path, or no file. The steps
//! that touch the disk are in [`super::target`] and [`super::writer`]; this module sets their order.

use std::fmt;
use std::fs::{File, Permissions};
use std::future::IntoFuture;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::Download;
use super::target::Target;
use super::writer::Writer;
use crate::base::BoxFuture;
use crate::base::blocking::Job;
use crate::base::exclusive::Exclusive;
use crate::error::{Error, ErrorKind};

/// A download that is written to a file when awaited; returns the number of bytes.
///
/// The data is written to a temporary file in the same folder, synced to the disk, and only then renamed. Until it is whole
/// there is no file at the path, and if the download fails or its future is dropped no file is left behind. An existing file
/// is not touched unless [`overwrite`](Self::overwrite) allows it. On Unix only its owner can read the file, unless
/// [`permissions`](Self::permissions) says otherwise. A killed process leaves its temporary file behind; the next download to the
/// same path removes it. Errors of the disk are of kind [`File`](ErrorKind::File);
/// [`get_ref`](crate::Error::get_ref) returns the [`io::Error`].
#[must_use = "nothing is written until it is awaited"]
pub struct ToFile {
    download: Download,
    target: Target,
    progress: Option<Exclusive<OnProgress>>,
}

type OnProgress = Box<dyn FnMut(Progress) + Send>;

/// The progress of a download.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The bytes received so far.
    pub received: u64,
    /// The length of the file in bytes, if the server announces it.
    pub total: Option<u64>,
}

impl ToFile {
    pub(super) fn new(download: Download, path: PathBuf) -> Self {
        Self {
            download,
            target: Target {
                path,
                overwrite: false,
                permissions: None,
            },
            progress: None,
        }
    }

    /// Whether an existing file may be replaced. The default is `false`.
    ///
    /// On Unix the new file gets the permissions of the old one. A link itself is replaced; its target stays unchanged.
    /// A folder or a device is never replaced.
    pub fn overwrite(mut self, overwrite: bool) -> Self {
        self.target.overwrite = overwrite;
        self
    }

    /// Sets the permissions of the file. The default on Unix is `0o600`: its owner can read and write it, and other users cannot.
    ///
    /// They are set as they are, whatever the process's `umask` is, and before anything is written. A replaced file's permissions do
    /// not count then. On Windows they have only the flag "read-only".
    ///
    /// ```no_run
    /// # #[cfg(unix)]
    /// # async fn run(download: cloudflare_magic::Download) -> Result<(), cloudflare_magic::Error> {
    /// use std::fs::Permissions;
    /// use std::os::unix::fs::PermissionsExt;
    ///
    /// let for_the_group = Permissions::from_mode(0o640);
    /// download.to_file("sample.pcap").permissions(for_the_group).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn permissions(mut self, permissions: Permissions) -> Self {
        self.target.permissions = Some(permissions);
        self
    }

    /// Calls a function with the progress, once at the start and after each chunk. In the last call `received` is the file's length.
    pub fn progress(mut self, progress: impl FnMut(Progress) + Send + 'static) -> Self {
        self.progress = Some(Exclusive::new(Box::new(progress)));
        self
    }

    async fn save(mut self) -> Result<u64, Error> {
        let target = self.target.clone();
        let prepared = Job::start(move || target.prepare()).await;
        // From here on `scratch` removes the temporary file, wherever this future ends.
        let (file, scratch) = prepared.map_err(|error| self.fail(error))?;
        let (file, length) = self.write_to(file).await?;
        let (target, written) = (self.target.clone(), scratch.path().to_owned());
        let settled = Job::start(move || {
            let settled = target.settle(&written);
            // Its lock protects the file until it has its name.
            drop(file);
            settled
        });
        let settled = settled.await;
        settled.map_err(|error| self.fail(error))?;
        Ok(length)
    }

    /// Writes the download into an open file, syncs it to the disk, and returns it with its length.
    async fn write_to(&mut self, file: File) -> Result<(Arc<File>, u64), Error> {
        let mut writer = Writer::new(file);
        let mut received = 0;
        self.report(received);
        while let Some(chunk) = self.download.chunk().await? {
            received += chunk.len() as u64;
            self.report(received);
            let written = writer.write(chunk).await;
            written.map_err(|error| self.fail(error))?;
        }
        let file = writer.finish().await.map_err(|error| self.fail(error))?;
        Ok((file, received))
    }

    fn report(&mut self, received: u64) {
        let total = self.download.content_length();
        if let Some(progress) = &mut self.progress {
            progress.get_mut()(Progress { received, total });
        }
    }

    fn fail(&self, error: io::Error) -> Error {
        let message = format!("{:?} could not be written: {error}", self.target.path);
        let error = Error::new(ErrorKind::File, message).with_source(error);
        super::fail(&self.download.raw, error)
    }
}

impl IntoFuture for ToFile {
    type Output = Result<u64, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.save())
    }
}

impl fmt::Debug for ToFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ToFile")
            .field("download", &self.download)
            .field("path", &self.target.path)
            .field("overwrite", &self.target.overwrite)
            .field("permissions", &self.target.permissions)
            .finish_non_exhaustive()
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::super::scratch::Scratch;
    use crate::base::redact::Secrets;
    use crate::error::{CallFacts, ErrorKind};
    use crate::policy::limits::Limits;
    use crate::response::download::Download;
    use crate::response::list::ListRequest;
    use crate::response::raw::RawResponse;
    use crate::response::raw::ResponseBody;
    use bytes::Bytes;
    use http::HeaderMap;
    use std::fs::{self, OpenOptions};
    use std::io;

    fn download(length: usize) -> Download {
        Download::new(RawResponse {
            operation: "a.download",
            accepts: "application/octet-stream",
            facts: CallFacts::default(),
            headers: HeaderMap::new(),
            body: ResponseBody::Whole(Bytes::from(vec![7; length])),
            limits: Limits::default(),
            secrets: Secrets::default(),
            list: ListRequest::default(),
        })
    }

    #[tokio::test]
    async fn b54_a_full_disk_leaves_nothing() {
        let folder = std::env::temp_dir().join(format!("full-disk-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        for length in [1, 4 << 20] {
            let (_, scratch) = Scratch::create(&folder, "a".as_ref()).unwrap();
            let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
            let mut saving = download(length).to_file(folder.join("a"));
            let error = saving.write_to(full).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::File, "{error}");
            let source = error.get_ref().unwrap().downcast_ref::<io::Error>();
            assert_eq!(source.unwrap().kind(), io::ErrorKind::StorageFull);
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
            drop(scratch);
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        }
        fs::remove_dir(&folder).unwrap();
    }
}
