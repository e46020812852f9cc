//! Updates after upstream has restructured its document: what users notice, and where our sentences are.

use crate::corrections::{Loop, OVERLAY};

/// The names of the components of the small API.
fn components(spec: &str) -> Vec<String> {
    let (_, schemas) = spec.split_once("\n  schemas:\n").unwrap();
    let names = schemas
        .lines()
        .filter(|line| line.starts_with("    ") && !line.starts_with("     "));
    names
        .map(|line| line.trim().split(':').next().unwrap().to_owned())
        .collect()
}

/// The small API with a prefix before the name of each component.
fn prefixed(spec: &str, prefix: &str) -> String {
    let mut text = spec.to_owned();
    for name in components(spec) {
        let (from, to) = (format!("\n    {name}:"), format!("\n    {prefix}{name}:"));
        text = text.replace(&from, &to);
        let reference = format!("#/components/schemas/{name}'");
        text = text.replace(&reference, &format!("#/components/schemas/{prefix}{name}'"));
    }
    text
}

/// All components have another prefix: the entries that name it are corrected, and users notice nothing. Our sentences are still
/// there, and where `sdk.toml` says it better than the document.
#[test]
fn a_prefix_of_all_components_that_is_renamed_changes_nothing() {
    let config = |text: &str| {
        let text = text.replace("\"lamp_id\"", "\"home_lamp_id\"");
        format!(
            "{text}\n[names.prefixes]\n\"home_\" = \"\"\n\n[docs]\n\"home_lamp.lumens\" = \"How bright.\"\n"
        )
    };
    let it = Loop::with_overlay(
        |spec| prefixed(spec, "home_"),
        config,
        &OVERLAY.replace("schemas.lamp.", "schemas.home_lamp."),
    );
    let before = it.repository.read("spec/openapi.yaml");
    let text = it.repository.read("upstream.yaml");
    it.repository
        .write("upstream.yaml", &text.replace("home_", "house_"));
    it.update().assert_says(2, "spec/overlay.yaml:");
    for file in ["spec/sdk.toml", "spec/overlay.yaml"] {
        let text = it.repository.read(file);
        it.repository.write(file, &text.replace("home_", "house_"));
    }
    it.assert_ends("Only the document changes: nothing changes for users", "");
    assert_eq!(
        it.repository.read("spec/openapi.yaml"),
        before.replace("home_", "house_")
    );
}

/// A parameter of the paths under another name.
#[test]
fn a_renamed_path_parameter_changes_nothing() {
    let it = Loop::start();
    let before = it.repository.read("spec/openapi.yaml");
    let text = it.repository.read("upstream.yaml");
    let text = text.replace("account_id", "account_identifier");
    it.repository.write("upstream.yaml", &text);
    it.assert_ends("Only the document changes: nothing changes for users", "");
    assert_eq!(
        it.repository.read("spec/openapi.yaml"),
        before.replace("account_id", "account_identifier")
    );
}

/// Upstream moves a property into a member of `allOf` and extracts a schema: sentences and entries of `[docs]` follow.
#[test]
fn sentences_and_docs_follow_what_upstream_moves() {
    let docs =
        "\n[docs]\n\"bulb.colour\" = \"As a name.\" # Ours.\n\"lamp.lumens\" = \"How bright.\"\n";
    let it = Loop::of(str::to_owned, |config| format!("{config}{docs}"));
    // A schema has another name, and what it had is in a component of its own.
    let bulb = "    bulb:
      description: What shines.
      type: object
      properties:
        colour: {type: string}
        broken: {type: boolean}
";
    let light = "    light:
      allOf:
        - {$ref: '#/components/schemas/light_base'}
        - type: object
          properties:
            broken: {type: boolean}
    light_base:
      type: object
      properties:
        colour: {type: string}
";
    it.upstream(bulb, light);
    it.upstream("schemas/bulb'}", "schemas/light'}");
    it.update()
        .assert(0, "Verdict: breaking", "[docs] that have followed");
    let config = it.repository.read("spec/sdk.toml");
    let moved = docs.replace("\"bulb.colour\"", "\"light_base.colour\"");
    assert!(config.ends_with(&moved), "{config}");
    let spec = it.repository.read("spec/openapi.yaml");
    assert!(
        spec.contains("    light:\n      description: What shines.\n"),
        "{spec}"
    );
    let gained = it.gained();
    assert_eq!(
        gained,
        "\n### Changed\n\n- **Breaking:** `Light`: was `Bulb`.\n"
    );
    let body = it.body();
    assert!(
        body.contains("bulb.colour is light_base.colour now"),
        "{body}"
    );
    it.xtask(&["codegen", "--check"]).assert(0, "", "");
}
