//! The loop of an update: refused, corrected, again. What the text of the pull request and the changelog say in the end is about what
//! users have, which is what was merged.

use std::fs;
use std::path::Path;

use crate::repository::Repository;
use crate::run::Run;

const CHANGELOG: &str = "# Changelog\n\n## [Unreleased]\n\n## [0.3.1] - 2026-01-01\n";

const IMPORT: &str = "[import]\npaths = [\"/accounts/{account_id}/**\"]\n";

/// What the small API gets wrong.
pub(crate) const OVERLAY: &str = "overlay: 1.0.0
info: {title: Mends, version: '1'}
actions:
  - target: $.components.schemas.lamp.properties.watts
    description: Watts are counted whole.
    update: {type: integer}
    x-expect: {type: number}
";

/// A repository whose inputs are those of the small API, merged to main, and an upstream that has the same.
pub(crate) struct Loop {
    pub(crate) repository: Repository,
}

impl Loop {
    pub(crate) fn start() -> Self {
        Self::of(str::to_owned, str::to_owned)
    }

    /// With another document, and another `sdk.toml`.
    pub(crate) fn of(document: impl Fn(&str) -> String, config: impl Fn(&str) -> String) -> Self {
        Self::with_overlay(document, config, OVERLAY)
    }

    /// With another overlay as well.
    pub(crate) fn with_overlay(
        document: impl Fn(&str) -> String,
        config: impl Fn(&str) -> String,
        overlay: &str,
    ) -> Self {
        let repository = Repository::plain();
        let api = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/diff");
        let read = |name: &str| fs::read_to_string(api.join(name)).unwrap();
        let document = document(&read("spec.yaml"));
        repository.write("spec/openapi.yaml", &document);
        repository.write("upstream.yaml", &document);
        let config = config(&format!("{IMPORT}{}", read("sdk.toml")));
        repository.write("spec/sdk.toml", &config);
        repository.write("spec/overlay.yaml", overlay);
        repository.write("CHANGELOG.md", CHANGELOG);
        repository.write(".gitignore", "/upstream.yaml\n/body.md\n/target/\n");
        let this = Self { repository };
        this.xtask(&["spec", "import", "upstream.yaml"])
            .assert(0, "", "");
        this.xtask(&["codegen"]).assert(0, "", "");
        let git = &this.repository;
        git.git(&["init", "--quiet", "--initial-branch", "main"]);
        git.commit();
        git.git(&["checkout", "--quiet", "-b", "spec-update"]);
        this
    }

    pub(crate) fn xtask(&self, arguments: &[&str]) -> Run {
        Run::of(self.repository.xtask(arguments).output().unwrap())
    }

    pub(crate) fn update(&self) -> Run {
        self.xtask(&["spec", "update", "upstream.yaml", "--body", "body.md"])
    }

    pub(crate) fn upstream(&self, from: &str, to: &str) {
        self.repository.edit("upstream.yaml", from, to);
    }

    pub(crate) fn configure(&self, lines: &str) {
        let text = self.repository.read("spec/sdk.toml");
        self.repository
            .write("spec/sdk.toml", &format!("{text}\n{lines}"));
    }

    pub(crate) fn body(&self) -> String {
        self.repository.read("body.md")
    }

    /// What the changelog gained.
    pub(crate) fn gained(&self) -> String {
        let text = self.repository.read("CHANGELOG.md");
        let (_, rest) = text.split_once("## [Unreleased]\n").unwrap();
        let (gained, _) = rest.split_once("\n## [0.3.1]").unwrap();
        gained.to_owned()
    }

    #[track_caller]
    pub(crate) fn assert_ends(&self, headline: &str, changelog: &str) {
        self.update().assert(0, "", "compared with");
        let body = self.body();
        assert!(body.starts_with(&format!("**{headline}")), "{body}");
        assert_eq!(self.gained(), changelog, "{body}");
        self.xtask(&["codegen", "--check"]).assert(0, "", "");
        // It is done: another run has the same to say.
        self.update().assert(0, "", "");
        assert_eq!((self.body(), self.gained()), (body, changelog.to_owned()));
    }
}

const JSON: &str = "            application/json:
              schema: {$ref: '#/components/schemas/lamps_response'}
";

const CSV: &str = "            text/csv:
              schema: {type: string}
";

/// Whether a media type beside JSON breaks users is decided by what is generated in the end.
#[test]
fn a_media_type_that_is_skipped_changes_nothing_and_an_operation_that_is_skipped_breaks() {
    let with_csv = || {
        let it = Loop::start();
        it.upstream(JSON, &format!("{JSON}{CSV}"));
        it.update().assert(0, "Verdict: breaking.", "");
        it
    };
    let it = with_csv();
    let csv = "#/paths/~1accounts~1{account_id}~1lamps/get/responses/200/content/text~1csv";
    it.configure(&format!("[skip]\n\"{csv}\" = \"JSON has the same\"\n"));
    it.assert_ends("Only the document changes: nothing changes for users", "");
    let it = with_csv();
    it.configure("[skip]\nlamps-list = \"not yet\"\nlamps_response = \"not yet\"\n");
    it.update().assert(0, "Verdict: breaking.", "");
    let gained = it.gained();
    assert!(
        gained.contains("- **Breaking:** `api::Lamps::list`.\n"),
        "{gained}"
    );
}

const UNION: &str = "
[unions.shade]
tag = \"material\"
variants = { paper = \"paper_shade\", glass = \"glass_shade\" }
";

/// The old document under the new list of variants is at fault, and is not asked.
#[test]
fn a_third_member_of_a_union_is_one_addition() {
    let mapping = "      discriminator:
        propertyName: material
        mapping: {paper: '#/components/schemas/paper_shade', glass: '#/components/schemas/glass_shade'}
";
    let it = Loop::of(
        |spec| spec.replace(mapping, ""),
        |config| format!("{config}{UNION}"),
    );
    let glass = "        - {$ref: '#/components/schemas/glass_shade'}\n";
    it.upstream(
        &format!("{glass}    paper_shade"),
        &format!("{glass}        - {{$ref: '#/components/schemas/cloth_shade'}}\n    paper_shade"),
    );
    let cloth = "    cloth_shade:
      description: Of cloth.
      type: object
      required: [material, threads]
      properties:
        material: {type: string}
        price: {type: integer}
        threads: {type: integer}
";
    it.upstream("    glass_shade:\n", &format!("{cloth}    glass_shade:\n"));
    it.update().assert_says(2, "shade");
    let more = ", cloth = \"cloth_shade\" }";
    it.repository
        .edit("spec/sdk.toml", " }\n", &format!("{more}\n"));
    it.assert_ends(
        "Verdict: additive. 0.3.1 becomes 0.3.2 (patch bump).",
        "\n### Added\n\n- `Shade::Cloth`.\n- `ClothShade`.\n",
    );
}

/// What the overlay made of the old document is what users have.
#[test]
fn a_corrected_target_of_the_overlay_compares_what_was_generated() {
    let it = Loop::start();
    it.upstream(
        "watts: {type: number}\n        lumens",
        "power: {type: number}\n        lumens",
    );
    it.upstream("kind, watts]", "kind, power]");
    it.update().assert_says(2, "spec/overlay.yaml:4");
    let body = it.body();
    for part in ["## What would change", "**Provisional verdict: breaking."] {
        assert!(body.contains(part), "no `{part}` in:\n{body}");
    }
    it.repository
        .edit("spec/overlay.yaml", "properties.watts", "properties.power");
    it.assert_ends(
        "Verdict: breaking. 0.3.1 becomes 0.4.0 (minor bump).",
        "\n### Added\n\n- `Lamp::power`.\n\n### Removed\n\n- **Breaking:** `Lamp::watts`.\n",
    );
    let body = it.body();
    assert!(body.contains("- pub watts: i64\n"), "{body}");
}

/// A waiter that had to be removed from `sdk.toml` is missed by users, whatever `sdk.toml` says now.
#[test]
fn what_a_correction_takes_away_is_a_break() {
    let it = Loop::start();
    let text = it.repository.read("upstream.yaml");
    let (before, rest) = text
        .split_once("    get:\n      operationId: lamps-get\n")
        .unwrap();
    let (_, after) = rest.split_once("    put:\n").unwrap();
    it.repository
        .write("upstream.yaml", &format!("{before}    put:\n{after}"));
    it.update().assert_says(2, "spec/sdk.toml:");
    let config = it.repository.read("spec/sdk.toml");
    let (kept, _) = config.split_once("[waiters.lamp-named]").unwrap();
    it.repository.write("spec/sdk.toml", kept);
    it.assert_ends(
        "Verdict: breaking. 0.3.1 becomes 0.4.0 (minor bump).",
        "\n### Removed\n\n- **Breaking:** `api::Lamps::get`.\n- **Breaking:** `api::Lamps::wait_until_standing`.\n",
    );
}

/// A second run replaces what the first one entered, and leaves alone what a person wrote.
#[test]
fn a_name_that_is_given_later_takes_the_place_of_the_first_one() {
    let it = Loop::start();
    it.upstream("        lumens: {type: integer}\n", "        lumens: {type: integer}\n        hue: {type: string}\n        age: {type: integer}\n");
    it.update().assert(0, "Verdict: additive.", "");
    assert_eq!(it.gained(), "\n### Added\n\n- `Lamp::hue`, `Lamp::age`.\n");
    it.configure("[names.fields]\n\"lamp.hue\" = \"colour\"\n");
    it.assert_ends(
        "Verdict: additive.",
        "\n### Added\n\n- `Lamp::colour`, `Lamp::age`.\n",
    );
    it.repository.commit();
    let by_hand = "- Lamps have a colour and an age: `Lamp::colour`, `Lamp::age`.";
    it.repository
        .edit("CHANGELOG.md", "- `Lamp::colour`, `Lamp::age`.", by_hand);
    it.assert_ends("Verdict: additive.", &format!("\n### Added\n\n{by_hand}\n"));
    // In a fresh clone the last commit tells what was entered.
    it.repository.git(&["checkout", "--quiet", "CHANGELOG.md"]);
    fs::remove_dir_all(it.repository.path("target")).unwrap();
    it.repository
        .edit("spec/sdk.toml", "\"colour\"", "\"tone\"");
    it.assert_ends(
        "Verdict: additive.",
        "\n### Added\n\n- `Lamp::tone`, `Lamp::age`.\n",
    );
}

#[test]
fn the_old_state_can_be_named() {
    let it = Loop::start();
    it.upstream("        lumens: {type: integer}\n", "");
    it.update().assert(0, "Verdict: breaking.", "");
    it.repository.commit();
    let update = |old: &str| it.xtask(&["spec", "update", "upstream.yaml", "--old", old]);
    update("HEAD").assert_says(0, "nothing of ours changed");
    update("main").assert(0, "Verdict: breaking.", "compared with `main`");
    update("nothing").assert_says(3, "error: cannot read `nothing`: ");
    // The state that was merged, also for a comparison alone.
    it.repository.diff(&[]).assert(0, "Verdict: breaking.", "");
}

/// What upstream adds beside the result, and what becomes of schemas that nothing uses, stops no update.
#[test]
fn new_fields_of_the_envelope_and_unused_schemas_stop_nothing() {
    let unused = "    unused:\n      type: object\n      properties: {text: {type: string}}\n";
    let it = Loop::of(
        |spec| format!("{spec}{unused}"),
        |config| {
            let keep = "[import]\nkeep = [\"unused\"]\n";
            format!(
                "{}\n[skip]\nunused = \"nothing refers to it\"\n",
                config.replacen("[import]\n", keep, 1)
            )
        },
    );
    let note = |text: &str| {
        let body = it.body();
        assert!(body.contains(text), "no `{text}` in:\n{body}");
        it.repository.git(&["checkout", "--quiet", "."]);
    };
    let upstream = it.repository.read("upstream.yaml");
    // It is used now.
    it.upstream(
        "bulbs: {type",
        "unused: {$ref: '#/components/schemas/unused'}\n        bulbs: {type",
    );
    it.update()
        .assert(0, "Verdict: additive.", "this entry skips nothing");
    note("unused: it comes without the entry");
    // It is gone.
    it.repository
        .write("upstream.yaml", &upstream.replace(unused, ""));
    let run = it.update();
    run.assert(
        0,
        "Only the document changes",
        "is neither a component schema",
    );
    note("unused: upstream has withdrawn it");
    // The envelope has more in it.
    it.repository.write("upstream.yaml", &upstream);
    it.upstream(
        "result: {$ref: '#/components/schemas/lamp'}",
        "result: {$ref: '#/components/schemas/lamp'}\n            trace: {type: string}",
    );
    let run = it.update();
    run.assert(
        0,
        "keys beside the result",
        "no type has `trace`, which is beside `result`",
    );
    note("no type has `trace`, which is beside `result`");
}

/// The help of a refusal is the smallest line that lets the update pass.
#[test]
fn the_help_of_a_refusal_is_the_line_to_write() {
    let it = Loop::start();
    let get = "    get:\n      operationId: lamps-list\n";
    let trace = "    trace:\n      operationId: lamps-trace\n      responses: {'204': {description: Done.}}\n";
    it.upstream(get, &format!("{trace}{get}"));
    let run = it.update();
    let (_, help) = run
        .stderr
        .split_once("under [skip] in spec/sdk.toml: ")
        .unwrap();
    let line = help
        .lines()
        .next()
        .unwrap()
        .replace("<reason>", "it is for tests");
    it.configure(&format!("[skip]\n{line}\n"));
    it.assert_ends("Only the document changes: nothing changes for users", "");

    let it = Loop::start();
    it.upstream(
        "enum: [floor, desk, wall]",
        "enum: [floor, desk, floor, wall]",
    );
    let run = it.update();
    let (_, help) = run.stderr.split_once("spec/overlay.yaml: ").unwrap();
    let action = help
        .lines()
        .next()
        .unwrap()
        .replace("<why>", "Upstream lists it twice.");
    let overlay = it.repository.read("spec/overlay.yaml");
    it.repository
        .write("spec/overlay.yaml", &format!("{overlay}  {action}\n"));
    it.assert_ends("No change in our slice: nothing changes for users", "");
}
