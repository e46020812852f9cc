//! How long an import takes on a document as large as upstream's: `cargo bench -p codegen --bench import`.

mod synthetic;

use criterion::{Criterion, criterion_group, criterion_main};

use codegen::Source;
use codegen::slice::{Prose, Request, slice};

fn import(criterion: &mut Criterion) {
    let document = synthetic::document();
    let source = |path: &str, text: String| Source {
        path: path.to_owned(),
        text,
    };
    let config = source("sdk.toml", synthetic::CONFIG.to_owned());
    let upstream = [
        source("openapi.yaml", synthetic::yaml(&document)),
        source("openapi.json", synthetic::json(&document)),
    ];
    let request = Request {
        config: &config,
        current: None,
        merged: None,
        prose: Prose::Ours,
    };
    let mut group = criterion.benchmark_group("import");
    group.sample_size(20);
    for source in upstream {
        let name = format!("{}, {} MB", source.path, source.text.len() / 1_000_000);
        let upstream = [source];
        group.bench_function(name, |b| b.iter(|| slice(&upstream, &request)));
    }
    group.finish();
}

criterion_group!(benches, import);
criterion_main!(benches);
