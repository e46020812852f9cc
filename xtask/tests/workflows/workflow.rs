//! A workflow file, as text and as YAML.

use std::fs;
use std::path::{Path, PathBuf};

use serde_yaml::Value;

/// A file under `.github/workflows`.
pub(crate) struct Workflow {
    /// The name of the file.
    pub(crate) name: String,
    /// Its text, comments included.
    pub(crate) text: String,
    /// What it says.
    pub(crate) yaml: Value,
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// All workflows, by name.
pub(crate) fn all() -> Vec<Workflow> {
    let entries = fs::read_dir(root().join(".github/workflows")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| read(file)).collect()
}

fn read(file: &Path) -> Workflow {
    let text = fs::read_to_string(file).unwrap();
    let yaml = serde_yaml::from_str(&text);
    Workflow {
        name: file.file_name().unwrap().to_string_lossy().into_owned(),
        yaml: yaml.unwrap_or_else(|error| panic!("{}: {error}", file.display())),
        text,
    }
}

impl Workflow {
    /// The one of this name.
    pub(crate) fn named(name: &str) -> Self {
        let found = all().into_iter().find(|one| one.name == name);
        found.unwrap_or_else(|| panic!("no workflow {name}"))
    }

    /// The jobs with their names.
    pub(crate) fn jobs(&self) -> impl Iterator<Item = (&str, &Value)> {
        let jobs = self.yaml["jobs"].as_mapping().expect("jobs");
        jobs.iter().map(|(name, job)| (name.as_str().unwrap(), job))
    }

    /// The steps of all jobs.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &Value> {
        self.jobs().flat_map(|(_, job)| steps(job))
    }

    /// The scripts of all jobs.
    pub(crate) fn scripts(&self) -> impl Iterator<Item = &str> {
        self.steps().filter_map(|step| step["run"].as_str())
    }

    /// The scripts of one job.
    pub(crate) fn scripts_of(&self, job: &str) -> impl Iterator<Item = &str> {
        steps(&self.yaml["jobs"][job]).filter_map(|step| step["run"].as_str())
    }
}

fn steps(job: &Value) -> impl Iterator<Item = &Value> {
    job["steps"].as_sequence().expect("steps of a job").iter()
}
