//! Where things are: the workspace root, the default files, and how paths are shown.

use std::env;
use std::path::{Path, PathBuf};

use codegen::{Source, Sources};

use crate::disk::Failure;
use crate::flags::InputFlags;
use crate::text::text_of;

/// The name of the file of recorded names.
pub(crate) const LOCK: &str = "names.lock";

/// The root of the workspace, where the defaults are.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the root: cargo names the folder of this crate; without cargo it is the nearest
    /// folder upwards that holds `spec/openapi.yaml`, or else the current one.
    pub(crate) fn find() -> Self {
        if let Some(root) = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from)
            && let Some(root) = root.parent()
        {
            return Self {
                root: root.to_owned(),
            };
        }
        let here = env::current_dir().unwrap_or_default();
        let root = here
            .ancestors()
            .find(|folder| folder.join("spec/openapi.yaml").is_file());
        Self {
            root: root.unwrap_or(&here).to_owned(),
        }
    }

    /// A path from a flag, which the shell's folder completes, or a default of the workspace.
    pub(crate) fn path(&self, given: Option<&Path>, default: &str) -> PathBuf {
        given.map_or_else(|| self.root.join(default), Path::to_owned)
    }

    /// How a path is shown: relative to the root where it is below it, with forward slashes.
    pub(crate) fn display(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        path.to_string_lossy().replace('\\', "/")
    }

    /// Reads the three inputs. Of the overlay and `sdk.toml` one that is absent and that no flag names is as an empty one: nothing is
    /// corrected, and all names are those of the rules.
    pub(crate) fn sources(&self, flags: &InputFlags, command: &str) -> Result<Sources, Failure> {
        let InputFlags {
            spec,
            overlay,
            config,
            message_format: _,
            full: _,
        } = flags;
        let read = |given: &Option<PathBuf>, default| {
            let path = self.path(given.as_deref(), default);
            self.source(&path, command)
        };
        let is_absent = |given: &Option<PathBuf>, default: &str| {
            given.is_none() && !self.path(None, default).exists()
        };
        let lock = self.lock(&self.lock_path(config.as_deref()), command)?;
        let overlay = match is_absent(overlay, "spec/overlay.yaml") {
            true => None,
            false => Some(read(overlay, "spec/overlay.yaml")?),
        };
        let config = match is_absent(config, "spec/sdk.toml") {
            true => Source {
                path: "spec/sdk.toml".to_owned(),
                text: String::new(),
            },
            false => read(config, "spec/sdk.toml")?,
        };
        Ok(Sources {
            spec: read(spec, "spec/openapi.yaml")?,
            overlay,
            config,
            lock,
        })
    }

    /// Reads the inputs of a folder: the overlay may be missing.
    pub(crate) fn folder(&self, folder: &Path, command: &str) -> Result<Sources, Failure> {
        let overlay = folder.join("overlay.yaml");
        let overlay = overlay.exists().then(|| self.source(&overlay, command));
        Ok(Sources {
            spec: self.source(&folder.join("openapi.yaml"), command)?,
            overlay: overlay.transpose()?,
            config: self.source(&folder.join("sdk.toml"), command)?,
            lock: self.lock(&folder.join(LOCK), command)?,
        })
    }

    /// Where the recorded names are: beside `sdk.toml`.
    pub(crate) fn lock_path(&self, config: Option<&Path>) -> PathBuf {
        self.path(config, "spec/sdk.toml").with_file_name(LOCK)
    }

    /// The recorded names, if there are any.
    fn lock(&self, path: &Path, command: &str) -> Result<Option<Source>, Failure> {
        let lock = path.exists().then(|| self.source(path, command));
        lock.transpose()
    }

    /// The text of a file of the workspace.
    pub(crate) fn read(&self, path: &str, command: &str) -> Result<String, Failure> {
        let source = self.source(&self.root.join(path), command)?;
        Ok(source.text)
    }

    /// Reads one input.
    pub(crate) fn source(&self, path: &Path, command: &str) -> Result<Source, Failure> {
        let shown = self.display(path);
        match std::fs::read(path).and_then(text_of) {
            Ok(text) => Ok(Source { path: shown, text }),
            Err(error) => Err(Failure::new("read", Path::new(&shown), error, command)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overlay_and_a_config_that_are_absent_are_empty() {
        let root = env::temp_dir().join(format!("absent-inputs-{}", std::process::id()));
        std::fs::create_dir_all(root.join("spec")).unwrap();
        std::fs::write(root.join("spec/openapi.yaml"), "openapi: 3.0.3\n").unwrap();
        let workspace = Workspace { root: root.clone() };
        let mut flags = InputFlags {
            spec: None,
            overlay: None,
            config: None,
            message_format: crate::flags::Format::Human,
            full: false,
        };
        let sources = workspace.sources(&flags, "").unwrap();
        assert_eq!((sources.overlay, sources.config.text.as_str()), (None, ""));
        // One that a flag names must be there.
        flags.config = Some(root.join("other.toml"));
        assert!(workspace.sources(&flags, "").is_err());
        std::fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn paths_are_shown_from_the_root_with_forward_slashes() {
        let workspace = Workspace {
            root: PathBuf::from("/home/me/sdk"),
        };
        let path = workspace.path(None, "spec/sdk.toml");
        assert_eq!(workspace.display(&path), "spec/sdk.toml");
        let path = workspace.path(Some(Path::new("../other\\spec.yaml")), "spec/openapi.yaml");
        assert_eq!(workspace.display(&path), "../other/spec.yaml");
    }
}
