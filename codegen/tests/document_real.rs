//! The repository's own document and overlay pass the front end, and their meaning does not depend on how they are
//! written.

use std::path::Path;

use codegen::document::Document;
use codegen::pointer::Pointer;
use codegen::report::{MessageFormat, Report};
use codegen::{Source, Sources};

fn source(name: &str) -> std::io::Result<Source> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../spec")
        .join(name);
    let text = std::fs::read_to_string(path)?.replace("\r\n", "\n");
    Ok(Source {
        path: format!("spec/{name}"),
        text,
    })
}

fn sources() -> std::io::Result<Sources> {
    Ok(Sources {
        spec: source("openapi.yaml")?,
        overlay: Some(source("overlay.yaml")?),
        config: Source {
            path: "spec/sdk.toml".to_owned(),
            text: String::new(),
        },
        lock: None,
    })
}

/// The document; panics with the report of its faults.
fn read(sources: &Sources) -> Option<Document> {
    let read = Document::read(sources).map_err(|faults| {
        let report = Report::new(faults, sources, &());
        eprintln!("{}", report.render(MessageFormat::Human));
    });
    read.ok()
}

#[test]
fn our_document_has_no_faults() {
    let document = read(&sources().expect("the files")).expect("no faults");
    // As many paths are read as are below `paths` in the text.
    let spec = sources().expect("the files").spec.text;
    let written = spec.lines().filter(|line| line.starts_with("  /")).count();
    assert_eq!(document.openapi().paths.paths.len(), written);
    let actions = document.actions();
    assert!(!actions.is_empty() && actions.iter().all(|action| !action.changed.is_empty()));
}

#[test]
fn our_document_alone_has_no_faults() {
    let mut sources = sources().expect("the files");
    sources.overlay = None;
    assert!(read(&sources).is_some());
}

#[test]
fn line_ends_and_json_make_no_difference() {
    let sources = sources().expect("the files");
    let yaml = read(&sources).expect("no faults");

    let mut windows = sources.clone();
    windows.spec.text = windows.spec.text.replace('\n', "\r\n");
    assert_eq!(read(&windows).expect("no faults").text(), yaml.text());

    let value: serde_json::Value = yaml.at(&Pointer::root()).expect("a value");
    let mut json = sources;
    json.spec.text = value.to_string();
    json.overlay = None;
    assert_eq!(read(&json).expect("no faults").openapi(), yaml.openapi());
}
