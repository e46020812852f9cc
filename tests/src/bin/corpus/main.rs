//! Tries the generator on a large document, product by product: `cargo run -p tests --bin corpus -- FILE`.
//!
//! In: an OpenAPI document in JSON, which is no part of the repository. Out: for each product how many operations are generated, the faults
//! and their reasons, and with `--check` what the compiler says, with `--run` what values and requests become. Exit code 1 if the
//! share is below `--at-least` or something of that is wrong, 2 if something cannot be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

mod arguments;
mod compile;
mod document;
mod generation;
mod instance;
mod requests;
mod table;
mod tree;
mod tried;
mod trips;

use arguments::Arguments;
use document::{Corpus, Place};
use generation::{Generation, Inputs, generate};
use requests::Example;
use table::{Ran, Row, Table};
use tests::sdk_copy::{Copy, files_below, write};
use trips::TypeName;

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
        is_of_more: !arguments.whole || arguments.product.is_some(),
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
    let (mut report, mut locks) = (String::new(), String::new());
    for (product, places) in products {
        let trials = match arguments.each {
            true => each(&corpus, &places, &inputs),
            false => vec![trial(&corpus, &product, &places, &inputs)],
        };
        let mut row = Row::default();
        for trial in &trials {
            row.add(trial.operations, &trial.generation);
            report.push_str(&trial.generation.report);
            locks.push_str(&trial.generation.lock);
        }
        if arguments.check || arguments.run {
            let copy = compile::copy(&cases(&trials));
            if arguments.check {
                let compiled = compile::check(&copy);
                report.push_str(&compiled.text);
                row.errors = Some((compiled.errors, compiled.warnings));
            }
            if arguments.run {
                row.ran = Some(ran(&copy, &trials, &mut report));
            }
        }
        println!("{}", row.line(&product));
        table.add(&row);
    }
    print!("{}", table.summary());
    for (path, text) in [(&arguments.report, report), (&arguments.lock, locks)] {
        if let Some(path) = path {
            fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    let least = arguments.at_least.unwrap_or_default();
    Ok(table.percent() >= least && table.is_right())
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
fn cases(trials: &[Trial]) -> Vec<compile::Case<'_>> {
    let cases = trials.iter();
    let cases = cases.map(|trial| (trial.name.as_str(), trial.generation.files.as_slice()));
    cases.filter(|(_, files)| !files.is_empty()).collect()
}

/// Runs round trips and requests of all trials.
fn ran(copy: &Copy, trials: &[Trial], report: &mut String) -> Ran {
    let mut ran = Ran::default();
    let (mut types, mut values) = (Vec::new(), Vec::new());
    for Trial {
        name, generation, ..
    } in trials
    {
        let own: Vec<TypeName> = generation
            .types
            .iter()
            .map(|(ty, pointer)| TypeName {
                path: format!("{name}::types::{ty}"),
                pointer: pointer.clone(),
            })
            .collect();
        let (with_files, merged) = generation.types_left_out;
        ran.with_files += with_files;
        ran.merged += merged;
        let made = trips::values(&generation.root, &own);
        let paths: BTreeSet<&str> = made.iter().map(|(path, _)| path.as_str()).collect();
        ran.without_value += own.len() - paths.len();
        values.extend(made);
        types.extend(own);
    }
    ran.values = values.len();
    let file = copy.folder.join("values.jsonl");
    write(&file, &trips::lines(&values));
    let faults = match compile::run(copy, "trips", &trips::program(&types, &file)) {
        Ok(printed) => trips::faults(&values, &printed),
        Err(said) => vec![said; values.len()],
    };
    ran.values_failed = faults.len();
    note(report, &faults);

    let mut all = Vec::new();
    for trial in trials {
        let below = copy.folder.join("sdk/src/corpus").join(&trial.name);
        let texts = files_below(&below)
            .into_iter()
            .filter_map(|file| fs::read_to_string(file).ok());
        let examples: Vec<Example> = texts.flat_map(|text| requests::examples(&text)).collect();
        all.push((trial, examples));
    }
    let examples: Vec<&Example> = all.iter().flat_map(|(_, examples)| examples).collect();
    let roots = trials.iter().map(|trial| &trial.generation.root);
    let schemes = roots.flat_map(requests::schemes).collect();
    let program = requests::program(&examples, &schemes);
    let printed = compile::run(copy, "requests", &program);
    let mut lines = printed.as_deref().unwrap_or_default().lines();
    for (trial, examples) in &all {
        let Generation { requests, root, .. } = &trial.generation;
        let printed: Vec<&str> = lines.by_ref().take(examples.len()).collect();
        let faults = requests::faults(root, requests, examples, &printed);
        ran.requests += requests.len();
        // An operation with several faults is one.
        let failed: BTreeSet<&str> = faults
            .iter()
            .filter_map(|fault| Some(fault.split_once(": ")?.0))
            .collect();
        ran.requests_failed += failed.len();
        note(report, &faults);
    }
    note(report, printed.err().as_slice());
    ran
}

fn note(report: &mut String, faults: &[String]) {
    for fault in faults {
        report.push_str(fault);
        report.push('\n');
    }
}
