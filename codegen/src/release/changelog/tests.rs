//! What is read of a changelog, and what is entered.

use super::*;

const FIRST: &str = "\
# Changelog

## [Unreleased]

### Added

- A thing.

## [0.2.0] - 2026-05-01

### Added

- An old thing.

## [0.1.0] - 2026-01-01

[Unreleased]: https://example.com
";

#[test]
fn the_newest_release_stands_on_top() {
    let version = Changelog::read(FIRST).released().unwrap();
    assert_eq!(version.to_string(), "0.2.0");
    let nothing = Changelog::read("# Changelog\n\n## [Unreleased]\n");
    assert_eq!(nothing.released(), None);
}

#[test]
fn what_is_gained_stands_above_the_last_release() {
    let before = Changelog::read(FIRST);
    let text = FIRST
        .replace("- A thing.\n", "- A thing.\n- `Lamp` breaks.\n")
        .replace(
            "- An old thing.\n",
            "- An old thing.\n- Rewritten history.\n",
        );
    let gained = Changelog::read(&text).since(&before);
    assert_eq!(gained, "- `Lamp` breaks.\n");
}

#[test]
fn what_a_release_moves_under_its_version_is_gained() {
    let before = Changelog::read(FIRST);
    let text = FIRST.replace(
        "## [Unreleased]\n",
        "## [Unreleased]\n\n## [0.3.0] - 2026-06-01\n\n- `Lamp` breaks.\n",
    );
    let gained = Changelog::read(&text).since(&before);
    assert_eq!(gained.trim(), "- `Lamp` breaks.");
}

#[test]
fn entries_go_to_the_end_of_their_heading_once() {
    let entries =
        "### Changed\n\n- Breaking: `Lamp`.\n\n### Added\n\n- `Lamp::colour`.\n- A thing.\n";
    let text = Changelog::read(FIRST).with(entries);
    let expected = FIRST.replace(
        "- A thing.\n",
        "- A thing.\n- `Lamp::colour`.\n\n### Changed\n\n- Breaking: `Lamp`.\n",
    );
    assert_eq!(text, expected);
    assert_eq!(Changelog::read(&text).with(entries), expected);
}

#[test]
fn a_changelog_without_unreleased_gets_it_above_the_versions() {
    let text = Changelog::read("# Changelog\n\n## [0.1.0]\n").with("### Added\n\n- A thing.\n");
    let expected = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.1.0]\n";
    assert_eq!(text, expected);
}

#[test]
fn nothing_to_enter_changes_nothing() {
    assert_eq!(Changelog::read(FIRST).with(""), FIRST);
}
