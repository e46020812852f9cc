//! What each stage takes on large documents: CPU time, and the peak of the process's memory. `cargo bench -p codegen --bench scale`.
//!
//! Without arguments, on documents made up for it, of 400, 800 and 1,600 operations: where a stage is linear, each line is twice the one
//! above. With them, on so many operations of a document of yours, and on all: `-- FILE [CONFIG [OVERLAY]]`. Faults in it are no error: the
//! stages that they stop are left out, and what it takes to find them is measured. Figures are those of Linux; elsewhere the time is that
//! of the clock, and there is no memory.

mod cut;
mod document;
mod usage;

use std::process::ExitCode;

use codegen::config::Config;
use codegen::document::Document;
use codegen::naming::Lock;
use codegen::{MessageFormat, Source, Sources, emit, naming, resolve};

use self::cut::Paths;
use self::usage::measured;

/// The sizes, in operations.
const SIZES: [usize; 3] = [400, 800, 1_600];

fn main() -> ExitCode {
    // cargo adds `--bench`.
    let files: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    match of_documents(&files) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Measures all stages on documents of each size.
fn of_documents(files: &[String]) -> Result<(), String> {
    if files.is_empty() {
        for operations in SIZES {
            println!("{operations} operations, made up");
            stages(&document::sources(operations));
        }
        return Ok(());
    }
    let sources = sources(files)?;
    let paths = Paths::of(&sources.spec)?;
    let all = paths.operations();
    for operations in SIZES.into_iter().filter(|size| *size < all) {
        let cut = paths.cut(&sources, operations)?;
        let operations = Paths::of(&cut.spec)?.operations();
        println!("{operations} operations of {}", files.join(" "));
        stages(&cut);
    }
    println!("all {all} operations of {}", files.join(" "));
    stages(&sources);
    Ok(())
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
    // With `unsupported = "skip"` this is the first of two rounds, if something is left out.
    if let Ok(document) = measured("document", || Document::read(sources)) {
        let (config, _) = measured("config", || Config::read(text, &document));
        let model = measured("resolve", || resolve::resolve(&document, &config));
        if let Ok((api, _)) = model {
            let none = Lock::default();
            if let Ok(names) = measured("naming", || naming::name(&api, &config, &none)) {
                let _ = measured("emit", || emit::emit(&api, &names));
            }
        }
    }
    let Ok(lock) = measured("lock", || codegen::lock(sources, None)) else {
        return refused(sources);
    };
    let lock = lock.map(|text| Source {
        path: "names.lock".to_owned(),
        text,
    });
    let sources = &Sources {
        lock,
        ..sources.clone()
    };
    let Ok(output) = measured("generate", || codegen::generate(sources)) else {
        return refused(sources);
    };
    let texts = output.files.iter().map(|(_, text)| text);
    let lines: usize = texts.map(|text| text.lines().count()).sum();
    drop(output);
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
