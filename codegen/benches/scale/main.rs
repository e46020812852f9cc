//! What each stage takes on large documents: CPU time, and the peak of the process's memory. `cargo bench -p codegen --bench scale`.
//!
//! Without arguments, on documents made up for it, of 400, 800 and 1,600 operations: where a stage is linear, each line is twice the one
//! above. With them, on a document of yours: `-- FILE [CONFIG [OVERLAY]]`. Faults in it are no error: the stages that they stop are left
//! out, and what it takes to find them is measured. Figures are those of Linux; elsewhere the time is that of the clock, and there is no
//! memory.

mod document;
mod usage;

use std::process::ExitCode;

use codegen::config::Config;
use codegen::document::Document;
use codegen::naming::Lock;
use codegen::{MessageFormat, Source, Sources, emit, naming, resolve};

use self::usage::measured;

fn main() -> ExitCode {
    // cargo adds `--bench`.
    let files: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    if files.is_empty() {
        for operations in [400, 800, 1_600] {
            println!("{operations} operations, made up");
            stages(&document::sources(operations));
        }
        return ExitCode::SUCCESS;
    }
    match sources(&files) {
        Ok(sources) => {
            println!("{}", files.join(" "));
            stages(&sources);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn sources(files: &[String]) -> Result<Sources, String> {
    let read = |path: &String| {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        let path = path.clone();
        Ok::<_, String>(Source { path, text })
    };
    let nothing = Source {
        path: "sdk.toml".to_owned(),
        text: String::new(),
    };
    Ok(Sources {
        spec: files.first().map_or(Ok(nothing.clone()), read)?,
        config: files.get(1).map_or(Ok(nothing), read)?,
        overlay: files.get(2).map(read).transpose()?,
        lock: None,
    })
}

/// Measures each stage by itself, then all that a maintainer runs.
fn stages(sources: &Sources) {
    let text = sources.config.text.as_str();
    let Ok(document) = measured("document", || Document::read(sources)) else {
        return refused(sources);
    };
    let (config, _) = measured("config", || Config::read(text, &document));
    let Ok((api, _)) = measured("resolve", || resolve::resolve(&document, &config)) else {
        return refused(sources);
    };
    let Ok(names) = measured("naming", || naming::name(&api, &config, &Lock::default())) else {
        return refused(sources);
    };
    let Ok((files, _)) = measured("emit", || emit::emit(&api, &names)) else {
        return refused(sources);
    };
    let lines: usize = files.iter().map(|(_, text)| text.lines().count()).sum();
    drop((files, names, api, config, document));
    if measured("generate", || codegen::generate(sources)).is_err() {
        return refused(sources);
    }
    measured("lint", || codegen::lint(sources));
    let mut changed = sources.clone();
    changed.spec.text = changed.spec.text.replacen("maximum: 9", "maximum: 8", 1);
    measured("diff", || {
        codegen::compare(&changed, sources, "0.1.0").is_ok()
    });
    measured("explain", || codegen::explain(sources, "#/paths").is_ok());
    println!("  {lines} lines of generated code");
}

/// What it takes to report what is wrong.
fn refused(sources: &Sources) {
    let faults = measured("faults", || match codegen::generate(sources) {
        Ok(_) => 0,
        Err(report) => {
            let texts = [MessageFormat::Human, MessageFormat::Json];
            let texts = texts.map(|format| report.render(format).len());
            report.fault_count().min(texts.iter().sum())
        }
    });
    println!("  refused with {faults} faults");
}
