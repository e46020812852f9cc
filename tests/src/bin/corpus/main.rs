//! Tries the generator on a large document, product by product: `cargo run -p tests --bin corpus -- FILE`.
//!
//! In: an OpenAPI document in JSON, which is no part of the repository. Out: for each product how many operations are generated, the faults
//! and their reasons, and with `--check` what the compiler says. Exit code 1 if the share is below `--at-least` or something does not
//! compile without a warning, 2 if something cannot be read.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

mod arguments;
mod compile;
mod document;
mod generation;
mod table;
mod tree;

use arguments::Arguments;
use document::{Corpus, Place};
use generation::{Generation, Inputs, generate};
use table::{Row, Table};

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// Whether enough was generated.
fn run() -> Result<bool, String> {
    let arguments = Arguments::read(std::env::args().skip(1))?;
    let inputs = Inputs {
        config: arguments
            .config
            .as_deref()
            .map(read)
            .transpose()?
            .unwrap_or_default(),
        overlay: arguments.overlay.as_deref().map(read).transpose()?,
    };
    let corpus = Corpus::read(&read(&arguments.file)?)
        .map_err(|error| format!("{}: {error}", arguments.file.display()))?;
    let mut products = corpus.products();
    if let Some(name) = &arguments.product {
        products.retain(|product, _| product == name);
        if products.is_empty() {
            return Err(format!("no product is called {name}"));
        }
    }
    if arguments.whole {
        let all = products.into_values().flatten().collect();
        products = BTreeMap::from([("(whole)".to_owned(), all)]);
    }
    let mut table = Table::default();
    let mut report = String::new();
    for (product, places) in products {
        let trials = match arguments.each {
            true => each(&corpus, &places, &inputs),
            false => vec![trial(&corpus, &product, &places, &inputs)],
        };
        let mut row = Row::default();
        for trial in &trials {
            row.add(trial.operations, &trial.generation);
            report.push_str(&trial.generation.report);
        }
        if arguments.check {
            let compiled = compile::check(&cases(trials));
            report.push_str(&compiled.text);
            row.errors = Some((compiled.errors, compiled.warnings));
        }
        println!("{}", row.line(&product));
        table.add(&row);
    }
    print!("{}", table.summary());
    if let Some(path) = &arguments.report {
        fs::write(path, report).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let least = arguments.at_least.unwrap_or_default();
    Ok(table.percent() >= least && table.compiles())
}

fn read(path: &Path) -> Result<String, String> {
    let text = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    if text.starts_with(&[0x1f, 0x8b]) {
        return Err(format!(
            "{} is compressed: unpack it with `gunzip -k`",
            path.display()
        ));
    }
    String::from_utf8(text).map_err(|error| format!("{}: {error}", path.display()))
}

/// One run of the generator.
struct Trial {
    name: String,
    operations: usize,
    generation: Generation,
}

/// One run of the generator on these operations.
fn trial(corpus: &Corpus, name: &str, places: &[Place], inputs: &Inputs) -> Trial {
    Trial {
        name: compile::module(name),
        operations: places.len(),
        generation: generate(corpus.with(places), inputs),
    }
}

/// A run for each operation.
fn each(corpus: &Corpus, places: &[Place], inputs: &Inputs) -> Vec<Trial> {
    let places = places.iter().enumerate();
    let trials = places.map(|(index, place)| {
        let name = format!("{index} {} {}", place.method, place.path);
        trial(corpus, &name, std::slice::from_ref(place), inputs)
    });
    trials.collect()
}

/// What there is to compile.
fn cases(trials: Vec<Trial>) -> Vec<compile::Case> {
    let generated = trials
        .into_iter()
        .filter(|trial| !trial.generation.files.is_empty());
    generated
        .map(|trial| (trial.name, trial.generation.files))
        .collect()
}
