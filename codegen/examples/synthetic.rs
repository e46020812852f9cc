//! Prints the document of the import's benchmark: `cargo run --release -p codegen --example synthetic yaml`, or `json`.

#[path = "../benches/synthetic/mod.rs"]
mod synthetic;

fn main() {
    let document = synthetic::document();
    let text = match std::env::args().nth(1).as_deref() {
        Some("json") => synthetic::json(&document),
        Some("config") => synthetic::CONFIG.to_owned(),
        _ => synthetic::yaml(&document),
    };
    println!("{text}");
}
