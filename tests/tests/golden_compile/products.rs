//! Products and their parts, compiled with one feature after the other.

use std::collections::BTreeSet;
use std::fs;

use tests::sdk_copy::{root, write};

use super::{accepted, copy};

/// What is there without any product.
const ALWAYS: &str = "";

/// Items of this case, each with the products that it is there with.
const ITEMS: [(&str, &str); 18] = [
    ("floors::Floor", ALWAYS),
    ("floors::Floors", ALWAYS),
    ("floors::lamps::Lamps", "lamps"),
    ("houses::Home", "houses"),
    ("houses::House", "houses"),
    ("houses::HouseId", "door-bells houses logs"),
    ("houses::Houses", ALWAYS),
    ("houses::HousesList", "houses"),
    ("houses::Level", "houses logs"),
    ("houses::Mood", "door-bells logs"),
    ("houses::PlanBuilder", "houses time-api"),
    ("houses::logs::Logs", "logs"),
    ("rooms::RoomId", ALWAYS),
    ("shared::Cause", "all-products"),
    ("shared::CauseKind", ALWAYS),
    ("shared::ProblemCode", ALWAYS),
    ("user::notes::Notes", "notes"),
    ("weather::Weather", "weather"),
];

/// The same for a product that is divided.
const ITEMS_OF_PARTS: [(&str, &str); 15] = [
    ("houses::heat::Heat", ALWAYS),
    ("houses::heat::HeatGet", "heat"),
    ("houses::heat::Heating", "heat"),
    ("houses::heat::Mode", "heat heat-rooms"),
    ("houses::heat::Warmth", "heat-boilers heat-rooms"),
    ("houses::heat::rooms::Rooms", "heat-rooms"),
    ("houses::heat::rooms::Valve", "heat-rooms"),
    ("houses::heat::boilers::Boilers", ALWAYS),
    ("houses::heat::boilers::Boiler", "heat-boilers"),
    (
        "houses::heat::Amount",
        "heat-boilers-fuel heat-boilers-water heat-pumps",
    ),
    ("houses::heat::pumps::PumpName", "heat-pumps"),
    (
        "houses::heat::boilers::BoilerId",
        "heat-boilers-fuel heat-boilers-water",
    ),
    (
        "houses::heat::boilers::fuel::FuelLevel",
        "heat-boilers-fuel",
    ),
    ("houses::heat::boilers::water::Water", "heat-boilers-water"),
    ("yards::heat::Heat", "heat"),
];

/// The features that turn others on.
const WHOLES: [(&str, &str); 7] = [
    ("heat", "heat-boilers"),
    ("heat", "heat-boilers-fuel"),
    ("heat", "heat-boilers-water"),
    ("heat", "heat-pumps"),
    ("heat", "heat-rooms"),
    ("heat-boilers", "heat-boilers-fuel"),
    ("heat-boilers", "heat-boilers-water"),
];

/// Products compile one by one, all together, and not at all; none is compiled that is off, and the manifest has what is listed. The own
/// operations of an owner are such a product.
#[test]
fn products_compile_alone_and_together() {
    assert_products("nested_products", &ITEMS, &[]);
}

/// So do the parts of a product that is divided, and its feature compiles all of them.
#[test]
fn parts_of_a_product_compile_alone_and_together() {
    assert_products("nested_divided", &ITEMS_OF_PARTS, &WHOLES);
}

/// The items of a case are there with their products, and with the features that turn these on.
fn assert_products(case: &str, items: &[(&str, &str)], wholes: &[(&str, &str)]) {
    let mut cases = accepted(&root().join("codegen/tests/golden"));
    cases.retain(|(name, _)| name == case);
    let copy = copy(&format!("golden_{case}"), "#![deny(warnings)]", &cases);
    let manifest = fs::read_to_string(copy.folder.join("sdk/Cargo.toml")).unwrap();
    let list = cases.iter().flat_map(|(_, files)| files);
    let list = list.filter(|(name, _)| name == "features.toml");
    let lines = list.flat_map(|(_, text)| text.lines());
    let listed: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(" = ")).collect();
    let is_missing = |name: &str, needed: &str| {
        let line = format!("{name} = {needed}");
        !manifest.lines().any(|there| there == line)
    };
    let missing: Vec<_> = listed
        .iter()
        .filter(|(name, needed)| is_missing(name, needed))
        .collect();
    assert!(listed.len() > 6 && missing.is_empty(), "{missing:?}");
    for (features, _) in listed.iter().chain(&[("", "[]")]) {
        let check = ["check", "--lib", "--features", features];
        let output = copy.cargo_without_features(&check);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{features}: {said}");
        let (there, absent): (Vec<_>, Vec<_>) = items.iter().partition(|(_, products)| {
            let is_on = |product| {
                [product, "all-products"].contains(features)
                    || wholes.contains(&(*features, product))
            };
            *products == ALWAYS || products.split(' ').any(is_on)
        });
        // An error for each line, which has one item.
        for (name, uses, errors) in [("there", &there, 0), ("absent", &absent, absent.len())] {
            let uses = uses.iter().map(|(path, _)| {
                format!("    let _: Option<cloudflare_magic::golden::{case}::{path}> = None;\n")
            });
            let uses: String = uses.collect();
            let program = format!("#![allow(deprecated)]\nfn main() {{\n{uses}}}\n");
            write(
                &copy.folder.join(format!("sdk/examples/{name}.rs")),
                &program,
            );
            let check = ["check", "--example", name, "--features", features];
            let short = ["--message-format", "short"];
            let output = copy.cargo_without_features(&[check.as_slice(), &short].concat());
            let said = String::from_utf8_lossy(&output.stderr);
            let place = format!("examples/{name}.rs:");
            let lines = said.lines().filter(|line| line.contains(&place));
            let lines = lines.filter_map(|line| line.split(&place).nth(1)?.split(':').next());
            let found: BTreeSet<&str> = lines.collect();
            assert_eq!(found.len(), errors, "{features}: {said}");
            assert_eq!(output.status.success(), errors == 0, "{features}: {said}");
        }
    }
}

/// The SDK's own code is flat: its manifest has no products.
#[test]
fn a_list_of_products_is_in_the_manifest() {
    let list = root().join("sdk/src/generated/features.toml");
    let manifest = fs::read_to_string(root().join("sdk/Cargo.toml")).unwrap();
    let list = fs::read_to_string(list).unwrap_or_default();
    let listed: Vec<&str> = list.lines().filter(|line| line.contains(" = ")).collect();
    let has = |line: &&str| manifest.lines().any(|there| there == *line);
    assert!(listed.iter().all(has), "{listed:?}");
    assert_eq!(manifest.contains("all-products"), !listed.is_empty());
    let features = manifest.split("[features]\n").nth(1).unwrap();
    let features = features.split("\n[").next().unwrap();
    let features = features.lines().filter_map(|line| line.split_once(" = "));
    for (name, _) in features {
        let is_known = codegen::naming::RUNTIME_FEATURES.contains(&name);
        let is_listed = listed
            .iter()
            .any(|line| line.starts_with(&format!("{name} = ")));
        assert!(is_known || is_listed, "`{name}` is not in RUNTIME_FEATURES");
    }
}
