//! The command line. In: the arguments. Out: what to do, or a line of help.

use std::path::PathBuf;

const USAGE: &str = "usage: cargo run -p tests --bin corpus -- FILE [--product NAME] [--whole] [--each] [--check] [--run] [--config sdk.toml] \
                     [--overlay overlay.yaml] [--report OUT] [--lock OUT] [--at-least PERCENT]\n\
                     FILE is an OpenAPI document in JSON or YAML with many operations, such as Cloudflare's whole one; one that is compressed has \
                     to be unpacked: `gunzip -k FILE.gz`";

/// What to do.
#[derive(Debug, Default)]
pub(crate) struct Arguments {
    pub(crate) file: PathBuf,
    pub(crate) product: Option<String>,
    /// All products in one run of the generator.
    pub(crate) whole: bool,
    /// Each operation in a run of its own.
    pub(crate) each: bool,
    /// Compiles what was generated.
    pub(crate) check: bool,
    /// Runs what was generated: round trips of values, and one request for each operation.
    pub(crate) run: bool,
    pub(crate) config: Option<PathBuf>,
    pub(crate) overlay: Option<PathBuf>,
    pub(crate) report: Option<PathBuf>,
    /// Where the names go that clashes were settled by.
    pub(crate) lock: Option<PathBuf>,
    pub(crate) at_least: Option<f64>,
}

impl Arguments {
    pub(crate) fn read(mut all: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut read = Self::default();
        while let Some(argument) = all.next() {
            let mut value = || {
                all.next()
                    .ok_or_else(|| format!("{argument} needs a value\n{USAGE}"))
            };
            match argument.as_str() {
                "--product" => read.product = Some(value()?),
                "--whole" => read.whole = true,
                "--check" => read.check = true,
                "--run" => read.run = true,
                "--each" => read.each = true,
                "--config" => read.config = Some(value()?.into()),
                "--overlay" => read.overlay = Some(value()?.into()),
                "--report" => read.report = Some(value()?.into()),
                "--lock" => read.lock = Some(value()?.into()),
                "--at-least" => {
                    let percent = value()?.parse();
                    read.at_least =
                        Some(percent.map_err(|_| format!("--at-least needs a number\n{USAGE}"))?);
                }
                flag if flag.starts_with('-') => {
                    return Err(format!("unknown flag {flag}\n{USAGE}"));
                }
                file => read.file = file.into(),
            }
        }
        if read.file.as_os_str().is_empty() {
            return Err(format!("no file\n{USAGE}"));
        }
        Ok(read)
    }
}
