//! `explain` on our own inputs: from a node to its Rust item and back, with the reasons.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reports a violation by failing"
)]

use std::fs;
use std::path::Path;

use codegen::{MessageFormat, Source, Sources, explain, explain_all, model};

fn sources() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| Source {
        path: path.to_owned(),
        text: fs::read_to_string(root.join(path)).unwrap(),
    };
    Sources {
        spec: read("spec/openapi.yaml"),
        overlay: Some(read("spec/overlay.yaml")),
        config: read("spec/sdk.toml"),
        lock: None,
    }
}

fn explained(place: &str) -> String {
    explain(&sources(), place)
        .unwrap_or_else(|report| panic!("{}", report.render(MessageFormat::Human)))
}

/// The explanations of the first members; the second must be in them.
fn assert_explained(table: &[(&str, &str)]) {
    let places: Vec<&str> = table.iter().map(|(place, _)| *place).collect();
    let texts = explain_all(&sources(), &places).unwrap();
    for ((place, wanted), text) in table.iter().zip(texts) {
        let text = text.unwrap_or_else(|report| panic!("{}", report.render(MessageFormat::Human)));
        assert!(text.contains(wanted), "{place}: {text}");
    }
}

/// The text of the line that an explanation names as the place in the document.
fn line_of(text: &str) -> String {
    let place = text.split("spec/openapi.yaml:").nth(1).unwrap();
    let line: usize = place.split(':').next().unwrap().parse().unwrap();
    sources()
        .spec
        .text
        .lines()
        .nth(line - 1)
        .unwrap()
        .trim()
        .to_owned()
}

#[test]
fn a_type_and_its_schema_lead_to_each_other() {
    let sources = sources();
    let model = model(&sources).unwrap();
    // Each one is a separate run, so a few of each kind are enough.
    for (pointer, name) in model.names.types.iter().step_by(7) {
        let from_document = explained(pointer.as_str());
        assert!(
            from_document.contains(&format!(" cloudflare_magic::{name}\n")),
            "{from_document}"
        );
        let from_rust = explained(name);
        assert!(
            from_rust.starts_with(&format!("{pointer}\n")),
            "{from_rust}"
        );
    }
}

#[test]
fn a_field_shows_its_line_its_file_its_type_and_the_actions_of_the_overlay() {
    let text = explained("cloudflare_magic::Provider::last_updated");
    assert!(
        text.starts_with("/components/schemas/mcn_provider/properties/last_updated\n"),
        "{text}"
    );
    assert_eq!(line_of(&text), "last_updated:");
    for wanted in [
        "field cloudflare_magic::Provider::last_updated: Timestamp",
        "in sdk/src/generated/providers.rs",
        "because it is `string` with format `date-time`",
        "overlay: Timestamps by their name, reported to be in ISO 8601. Upstream states no form. (spec/overlay.yaml:",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sdk/src/generated/providers.rs");
    assert!(
        fs::read_to_string(file)
            .unwrap()
            .contains("pub last_updated: Timestamp,")
    );
}

#[test]
fn a_method_shows_its_operation_and_whether_it_is_repeated() {
    let text = explained("api::Onramps::plan");
    assert_eq!(line_of(&text), "post:");
    assert!(text.contains("`onramps-plan` is POST "), "{text}");
    assert!(
        text.contains("[repeat] in spec/sdk.toml says that it may be repeated"),
        "{text}"
    );
}

#[test]
fn sentences_and_other_names_of_the_configuration_are_shown() {
    assert_explained(&[
        (
            "Provider::id",
            "documentation: [docs] says \"The id of this integration.\" (spec/sdk.toml:",
        ),
        (
            "Provider",
            "documentation: [search_names] lists `cloud integration` (spec/sdk.toml:",
        ),
        (
            "api::Onramps::patch",
            "documentation: [search_names] lists `edit` (spec/sdk.toml:",
        ),
    ]);
}

#[test]
fn nodes_without_an_item_are_explained() {
    assert_explained(&[
        (
            "#/components/schemas/mcn_good_response",
            "folded (envelope)",
        ),
        ("/components/schemas/mcn_cidr_prefix", "folded (alias)"),
        (
            "/components/schemas/mcn_deleted_resource",
            "skipped by spec/sdk.toml: ",
        ),
    ]);
}

#[test]
fn unknown_names_get_similar_ones() {
    for (place, wanted) in [
        ("Provder", "did you mean `Provider`"),
        ("/components/schemas/nothing", "the document has no node"),
    ] {
        let report = explain(&sources(), place).unwrap_err();
        let text = report.render(MessageFormat::Human);
        assert!(text.contains(wanted), "{text}");
    }
}

#[test]
fn everything_that_names_a_thing_leads_to_it() {
    assert_explained(&[
        // Addresses of `sdk.toml`.
        ("mcn_provider", "struct cloudflare_magic::Provider"),
        ("mcn_provider.state", "cloudflare_magic::Provider::state"),
        ("mcn_list_item.list[]", "cloudflare_magic::ListItemValue"),
        (
            "providers-list",
            "method cloudflare_magic::api::Providers::list ",
        ),
        (
            "providers-list?status",
            "setter cloudflare_magic::api::ProvidersList::status(",
        ),
        (
            "#/components/schemas/mcn_provider",
            "struct cloudflare_magic::Provider",
        ),
        (
            "accounts/pcaps/ownership",
            "handle cloudflare_magic::api::Ownership",
        ),
        (
            "magic-visibility-pcaps_pcaps_",
            "[names.prefixes] in spec/sdk.toml replaces it by `pcap_`",
        ),
        ("destination_conf", "field cloudflare_magic::"),
        // Requests.
        (
            "GET /accounts/{account_id}/pcaps",
            "method cloudflare_magic::api::Pcaps::list ",
        ),
        (
            "put /accounts/:id/pcaps/:pcap/stop",
            "method cloudflare_magic::api::Pcaps::stop ",
        ),
        (
            "POST https://api.cloudflare.com/client/v4/accounts/{x}/pcaps",
            "method cloudflare_magic::api::Pcaps::create ",
        ),
        (
            "/accounts/{account_id}/pcaps/ownership",
            "method cloudflare_magic::api::Ownership::create ",
        ),
        // Handles, endpoints, constructors, setters, calls.
        ("api::Pcaps", "handle cloudflare_magic::api::Pcaps"),
        (
            "account.pcaps().ownership()",
            "handle cloudflare_magic::api::Ownership",
        ),
        (
            "client.account(id).pcaps().list()",
            "method cloudflare_magic::api::Pcaps::list ",
        ),
        (
            "magic_cloud.providers.list",
            "method cloudflare_magic::api::Providers::list ",
        ),
        (
            "ProvidersList",
            "method cloudflare_magic::api::Providers::list ",
        ),
        (
            "Providers::list",
            "method cloudflare_magic::api::Providers::list ",
        ),
        (
            "CreateOnramp::builder",
            "constructor cloudflare_magic::CreateOnramp::builder",
        ),
        (
            "CreateOnrampBuilder",
            "constructor cloudflare_magic::CreateOnramp::builder",
        ),
        (
            "CreateProvider::new(..)",
            "constructor cloudflare_magic::CreateProvider::new",
        ),
        (
            "CreateOnramp::description",
            "field cloudflare_magic::CreateOnramp::description",
        ),
        (
            "Call<api::ProvidersList>::status",
            "parameter cloudflare_magic::Call<api::ProvidersList>::status",
        ),
        (
            "api::Pcaps::get(pcap_id)",
            "argument cloudflare_magic::api::Pcaps::get::pcap_id",
        ),
        (
            "cloudflare_magic::types::Provider",
            "struct cloudflare_magic::Provider",
        ),
        // What is written by hand.
        ("Client", "part of the runtime, written by hand"),
        ("Error::is_auth", "in sdk/src/error.rs"),
        ("99e2600977", "the id of a change"),
    ]);
}

#[test]
fn what_reports_print_is_explained() {
    let sources = sources();
    let model = model(&sources).unwrap();
    let surface = codegen::surface::surface(&model.api, &model.names).unwrap();
    let paths = surface.entries.keys().map(String::as_str);
    let paths: Vec<(&str, &str)> = paths.map(|path| (path, path)).collect();
    assert!(paths.len() > 500, "{}", paths.len());
    assert_explained(&paths);
}

#[test]
fn a_line_of_the_document_leads_to_its_item() {
    let text = explained("Provider::last_updated");
    let place = text.lines().nth(1).unwrap().trim();
    assert_eq!(explained(place), text);
}

#[test]
fn names_have_their_reasons() {
    assert_explained(&[
        (
            "Provider",
            "name: the name of the schema `mcn_provider`, in the case of Rust, with `` for `mcn_`: [names.prefixes] says it (spec/sdk.toml:",
        ),
        ("PcapRequest", "name: [names.types] says it (spec/sdk.toml:"),
        (
            "Provider::last_updated",
            "name: the name of the property `last_updated`",
        ),
        (
            "CreateOnramp::kind",
            "name: `type` is a keyword of Rust: [names.keywords] says it",
        ),
        (
            "api::Pcaps::list",
            "name: GET of a list, or of the only one, is `list`",
        ),
        (
            "api::Pcaps::stop",
            "name: the last segment of the path, `stop`",
        ),
        (
            "api::Providers::discover_all",
            "name: [names.methods] says it (spec/sdk.toml:",
        ),
        ("api::Pcaps::wait_until_ready", "says it"),
        ("ProviderId", "name: "),
        (
            "api::MagicCloud",
            "name: the last literal segments of `accounts/magic/cloud`",
        ),
    ]);
}

#[test]
fn the_public_types_of_the_runtime_are_known() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sdk/src");
    let exports = fs::read_to_string(root.join("lib.rs")).unwrap();
    let uses = exports.split("pub use crate::").skip(1);
    let uses = uses.filter_map(|text| text.split(';').next());
    let mut table = Vec::new();
    for export in uses.filter(|export| !export.starts_with("generated::")) {
        let names = export.rsplit("::").next().unwrap();
        let names = names.split(['{', '}', ',', ' ', '\n']);
        let is_type = |name: &&str| name.starts_with(|letter: char| letter.is_ascii_uppercase());
        for name in names.filter(is_type) {
            table.push((name, "part of the runtime"));
        }
    }
    assert!(table.len() > 30, "{}", table.len());
    assert_explained(&table);
    let names: Vec<&str> = table.iter().map(|(name, _)| *name).collect();
    for (name, text) in names.iter().zip(explain_all(&sources(), &names).unwrap()) {
        let text = text.unwrap();
        let file = text.split("sdk/src/").nth(1).unwrap().trim();
        let text = fs::read_to_string(root.join(file)).unwrap();
        let is_there = ["struct", "enum", "trait", "type"]
            .iter()
            .any(|kind| text.contains(&format!("pub {kind} {name}")));
        assert!(is_there, "{name} is not in {file}");
    }
}

#[test]
fn keywords_are_found_with_and_without_the_mark_of_raw_identifiers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/keywords");
    let read = |path: &str| Source {
        path: path.to_owned(),
        text: fs::read_to_string(folder.join(path)).unwrap(),
    };
    let sources = Sources {
        spec: read("spec.yaml"),
        overlay: None,
        config: read("sdk.toml"),
        lock: None,
    };
    let places = [
        ("Device::type", "a keyword of Rust: a raw identifier"),
        ("Device::r#match", "Device::r#match: Clearable<String>"),
        ("Call<api::TypeMatch>::in", "maybe_in"),
        ("api::Type::match", "api::Type::r#match -> Call<TypeMatch>"),
        ("Device::fixed", "[names.keywords] says it"),
    ];
    let names: Vec<&str> = places.iter().map(|(place, _)| *place).collect();
    for ((place, wanted), text) in places.iter().zip(explain_all(&sources, &names).unwrap()) {
        let text = text.unwrap_or_else(|report| panic!("{}", report.render(MessageFormat::Human)));
        assert!(text.contains(wanted), "{place}: {text}");
    }
}
