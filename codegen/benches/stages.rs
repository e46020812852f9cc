//! How long each stage of the generator takes on our document: `cargo bench -p codegen`.

use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};

use codegen::config::Config;
use codegen::document::Document;
use codegen::naming::Lock;
use codegen::{Source, Sources, emit, naming, resolve};

fn stages(criterion: &mut Criterion) {
    let sources = sources();
    let config_text = sources.config.text.as_str();
    let Ok(document) = Document::read(&sources) else {
        return;
    };
    let (config, _) = Config::read(config_text, &document);
    let Ok((api, _)) = resolve::resolve(&document, &config) else {
        return;
    };
    let Ok(names) = naming::name(&api, &config, &Lock::default()) else {
        return;
    };

    let mut group = criterion.benchmark_group("stages");
    group.bench_function("document", |b| b.iter(|| Document::read(&sources)));
    group.bench_function("config", |b| {
        b.iter(|| Config::read(config_text, &document));
    });
    group.bench_function("resolve", |b| {
        b.iter(|| resolve::resolve(&document, &config));
    });
    group.bench_function("naming", |b| {
        b.iter(|| naming::name(&api, &config, &Lock::default()));
    });
    group.bench_function("emit", |b| b.iter(|| emit::emit(&api, &names)));
    group.finish();
    criterion.bench_function("generate", |b| b.iter(|| codegen::generate(&sources)));
    let mut changed = sources.clone();
    changed.spec.text = changed.spec.text.replace("maximum: 86400", "maximum: 3600");
    criterion.bench_function("compare", |b| {
        b.iter(|| codegen::compare(&changed, &sources, "0.1.0"));
    });
    criterion.bench_function("lint", |b| b.iter(|| codegen::lint(&sources)));
}

fn sources() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| Source {
        path: path.to_owned(),
        text: std::fs::read_to_string(root.join(path)).unwrap_or_default(),
    };
    Sources {
        spec: read("spec/openapi.yaml"),
        overlay: Some(read("spec/overlay.yaml")),
        config: read("spec/sdk.toml"),
        lock: None,
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
