//! `cargo xtask spec import`: upstream's documents in, spec/openapi.yaml and spec/SOURCE.toml out.
//!
//! Two steps, so that others can look at what would be written before anything is: [`prepare`] reads and cuts, and
//! [`Import::texts`] says what to write. An import whose result equals the slice writes nothing.

use std::io;
use std::path::{Path, PathBuf};

use codegen::slice::{Counts, Request, Slice, slice};
use codegen::{Report, Source};

use crate::commands::{faulty, report};
use crate::disk::{Failure, RealDisk};
use crate::flags::Format;
use crate::outcome::{Outcome, print};
use crate::places::Workspace;
use crate::text::text_of;
use crate::write::{self, File, folder, turn};

use super::address::Address;
use super::fetch::{Fetched, fetch};
use super::flags::{ImportFlags, OriginFlags, SliceFlags, SourceFlags};
use super::provenance::{Origin, Provenance, sha256};

/// What an import would write, and where.
#[derive(Debug)]
pub(crate) struct Import {
    /// The slice with its report.
    pub(crate) slice: Slice,
    /// Where it was cut from.
    pub(crate) provenance: Provenance,
    /// The path of the slice.
    pub(crate) spec: PathBuf,
    /// The same, as it is shown.
    pub(crate) shown: String,
    /// The path of sdk.toml.
    config: PathBuf,
    /// The slice on the disk, where there is one.
    current: Option<Source>,
}

/// Runs the command.
pub(crate) fn import(flags: &ImportFlags) -> Result<Outcome, Failure> {
    let format = flags.inputs.message_format;
    let workspace = Workspace::find();
    let spec = workspace.path(flags.inputs.spec.as_deref(), "spec/openapi.yaml");
    let _turn = turn::take(&[folder(&spec)]);
    turn::clear(&workspace, &[folder(&spec)], COMMAND)?;
    let import = match prepare(&workspace, &flags.sources, &flags.inputs, None)? {
        Ok(import) => import,
        Err(report) => return Ok(faulty(&report, format)),
    };
    if !import.slice.is_equal {
        write(&import, &workspace)?;
    }
    import.print(format);
    Ok(Outcome::Fresh)
}

/// Reads and fetches the sources and cuts the slice; touches nothing. `merged` is the slice with which the new one is compared.
pub(crate) fn prepare(
    workspace: &Workspace,
    flags: &SourceFlags,
    inputs: &SliceFlags,
    merged: Option<&Source>,
) -> Result<Result<Import, Report>, Failure> {
    let spec = workspace.path(inputs.spec.as_deref(), "spec/openapi.yaml");
    let config_path = workspace.path(inputs.config.as_deref(), "spec/sdk.toml");
    let config = workspace.source(&config_path, COMMAND)?;
    let current = match spec.exists() {
        true => Some(workspace.source(&spec, COMMAND)?),
        false => None,
    };
    let (sources, origins) = read_all(&flags.sources, &flags.origin, COMMAND)?;
    let request = Request {
        config: &config,
        current: current.as_ref(),
        merged,
        prose: flags.origin.prose.into(),
    };
    Ok(slice(&sources, &request).map(|slice| Import {
        provenance: Provenance::new(origins, &slice.counts),
        slice,
        shown: workspace.display(&spec),
        config: config_path,
        spec,
        current,
    }))
}

/// Writes the slice and SOURCE.toml beside it: both or none.
fn write(import: &Import, workspace: &Workspace) -> Result<(), Failure> {
    let texts = import.texts();
    let files: Vec<File<'_>> = texts
        .iter()
        .map(|(path, text)| File::new(path, text))
        .collect();
    write::write(&files, &mut RealDisk).map_err(|error| error.into_failure(workspace, COMMAND))
}

const COMMAND: &str = "cargo xtask spec import, with the same words";

/// The sources, each with what is known of where it is from.
pub(crate) fn read_all(
    names: &[String],
    flags: &OriginFlags,
    command: &str,
) -> Result<(Vec<Source>, Vec<Origin>), Failure> {
    let names = names.iter().enumerate();
    let read = names.map(|(index, name)| read(name, index, flags, command));
    let read: Vec<(Source, Origin)> = read.collect::<Result<_, _>>()?;
    Ok(read.into_iter().unzip())
}

/// A source with what is known of where it is from: what the flags say, else what its URL tells.
fn read(
    name: &str,
    index: usize,
    flags: &OriginFlags,
    command: &str,
) -> Result<(Source, Origin), Failure> {
    let address = Address::read(name);
    let whole = |content| Fetched {
        content,
        urls: Vec::new(),
    };
    let (action, fetched) = match &address {
        Address::File(path) => ("read", std::fs::read(path).map(whole)),
        Address::Url(url) => ("fetch", fetch(url)),
    };
    let failed = |error| Failure::new(action, Path::new(name), error, command);
    let Fetched { content, urls } = fetched.map_err(failed)?;
    if content.starts_with(&[0x1f, 0x8b]) {
        let error = io::Error::other("it is compressed with gzip: unpack it first");
        return Err(failed(error));
    }
    let digest = sha256(&content);
    let source = Source {
        path: name.replace('\\', "/"),
        text: text_of(content).map_err(failed)?,
    };
    // What leads to the latest release is redirected to the one that it is.
    let led = urls.iter().filter_map(|url| Address::read(url).hosted());
    let hosted = led.reduce(|first, next| match next.tag {
        Some(_) if first.tag.is_none() => next,
        _ => first,
    });
    let flag_or = |flag: &Option<String>, hosted: Option<String>| flag.clone().or(hosted);
    let file = flags.files.get(index).cloned();
    let file = file.or_else(|| hosted.as_ref().map(|hosted| hosted.file.clone()));
    let origin = Origin {
        repository: flag_or(
            &flags.repository,
            hosted.as_ref().map(|hosted| hosted.repository.clone()),
        ),
        tag: flag_or(
            &flags.tag,
            hosted.as_ref().and_then(|hosted| hosted.tag.clone()),
        ),
        commit: flag_or(&flags.commit, hosted.and_then(|hosted| hosted.commit)),
        file: file.or_else(|| Some(address.file_name().to_owned())),
        date: flags.date.clone(),
        sha256: Some(digest),
    };
    Ok((source, origin))
}

impl Import {
    /// The files that it would write. The slice is the last: it tells whether there is anything to do.
    pub(crate) fn texts(&self) -> Vec<(PathBuf, String)> {
        let origin = self.spec.with_file_name("SOURCE.toml");
        let config = self.slice.config.clone();
        let config = config.map(|text| (self.config.clone(), text));
        let slice = (self.spec.clone(), self.slice.text.clone());
        let mut texts = vec![(origin, self.provenance.text())];
        texts.extend(config);
        texts.push(slice);
        texts
    }

    /// Reports what came, went and is missing, and for people what became of the slice.
    pub(crate) fn print(&self, format: Format) {
        let slice = &self.slice;
        if format != Format::Human || !slice.is_equal {
            report(&slice.render(format.into()), format);
        }
        if format != Format::Human {
            return;
        }
        let origins: Vec<String> = self.provenance.source.iter().map(Origin::shown).collect();
        let (shown, origins) = (&self.shown, origins.join(" and "));
        if !slice.is_equal {
            print(&format!(
                "{shown}: written from {origins}: {}\n",
                counted(&slice.counts)
            ));
            return;
        }
        print(&format!(
            "nothing of ours changed: {shown} is what {origins} has; nothing was written\n"
        ));
        if self
            .current
            .as_ref()
            .is_some_and(|current| current.text != slice.text)
        {
            print(&format!(
                "{shown} is not in canonical form: run cargo xtask spec format\n"
            ));
        }
    }
}

fn counted(counts: &Counts) -> String {
    let Counts {
        paths,
        operations,
        components,
    } = counts;
    let components = components
        .iter()
        .map(|(section, count)| format!(", {section}: {count}"));
    format!(
        "operations: {operations}, paths: {paths}{}",
        components.collect::<String>()
    )
}
