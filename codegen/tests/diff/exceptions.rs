//! Stale exceptions, new skips, and inputs that cannot be read.

use codegen::compare::{Level, ReportFormat, Uncomparable, Verdict};
use codegen::{MessageFormat, Source, Sources, compare};

use crate::{Compared, LAMPS, VERSION, compared, of};

/// The small API, with its own overlay.
fn with_overlay(overlay: &str) -> Sources {
    let base = LAMPS[0].case.old.clone();
    let text = format!("overlay: 1.0.0\ninfo: {{title: Mends, version: '1'}}\nactions:\n{overlay}");
    Sources {
        overlay: Some(Source {
            path: "overlay.yaml".to_owned(),
            text,
        }),
        ..base
    }
}

fn edited(sources: &Sources, from: &str, to: &str) -> Sources {
    assert!(
        sources.spec.text.contains(from),
        "the document does not contain `{from}`"
    );
    let mut edited = sources.clone();
    edited.spec.text = edited.spec.text.replacen(from, to, 1);
    edited
}

const WATTS: &str = "  - target: $.components.schemas['lamp', 'create_lamp'].properties.watts
    description: Watts are counted whole.
    x-expect: {type: number}
    update: {type: integer}
";

/// The document was corrected in one of two places: there the action is left out, in the other it is still in effect.
#[test]
fn a_stale_action_is_listed_and_the_rest_compared_without_it() {
    let old = with_overlay(WATTS);
    let new = edited(
        &old,
        "        watts:\n          type: number\n        lumens",
        "        watts:\n          type: integer\n        lumens",
    );
    let comparison = compared(&old, &new);
    assert_eq!(
        comparison.verdict,
        Verdict::None,
        "{}",
        comparison.render(ReportFormat::Text)
    );
    let [stale] = comparison.exceptions.as_slice() else {
        panic!("{:?}", comparison.exceptions)
    };
    assert_eq!(
        (stale.path.as_str(), stale.entry.as_str()),
        ("overlay.yaml", "action 0")
    );
    assert!(
        stale.message.contains("not what `x-expect` says"),
        "{stale:?}"
    );
    for format in [
        ReportFormat::Text,
        ReportFormat::Markdown,
        ReportFormat::Json,
        ReportFormat::Github,
    ] {
        assert!(
            comparison
                .render(format)
                .contains("not what `x-expect` says"),
            "{format:?}"
        );
    }
}

#[test]
fn a_target_that_is_gone_does_not_affect_the_others() {
    let old = with_overlay(WATTS);
    let new = edited(
        &old,
        "        watts:\n          type: number\n          minimum: 1\n",
        "",
    );
    let comparison = compared(&old, &new);
    let paths: Vec<&str> = comparison
        .changes
        .iter()
        .map(|change| change.path.as_str())
        .collect();
    assert_eq!(
        paths,
        ["CreateLamp::watts"],
        "{}",
        comparison.render(ReportFormat::Text)
    );
    assert_eq!(
        comparison.exceptions.len(),
        1,
        "{:?}",
        comparison.exceptions
    );
}

#[test]
fn stale_entries_of_the_configuration_are_listed() {
    let old = LAMPS[0].case.old.clone();
    let mut new = old.clone();
    new.config.text.push_str(
        "\n[names.types]\nlamp = \"Lamp\"\nnone = \"None\"\n\n[names.methods]\n\"lamps-dim\" = \"dim\"\n\n[repeat]\n\"lamps-get\" = \"safe\"\n\n[aliases]\nheight_of = [\"hight\"]\n",
    );
    let comparison = compared(&old, &new);
    assert_eq!(comparison.verdict, Verdict::None);
    let entries: Vec<&str> = comparison
        .exceptions
        .iter()
        .map(|stale| stale.entry.as_str())
        .collect();
    let listed = [
        "names.types.lamp",
        "names.types.none",
        "names.methods.lamps-dim",
        "repeat.lamps-get",
        "aliases.height_of",
    ];
    assert_eq!(entries, listed);
}

#[test]
fn other_faults_prevent_a_comparison() {
    let old = LAMPS[0].case.old.clone();
    let new = edited(&old, "type: integer", "type: intger");
    assert!(
        matches!(compare(&old, &new, VERSION), Err(Uncomparable::New(report)) if report.fault_count() == 1)
    );
    assert!(matches!(
        compare(&new, &old, VERSION),
        Err(Uncomparable::Old(_))
    ));
    assert!(matches!(
        compare(&old, &old, "one"),
        Err(Uncomparable::Version(_))
    ));
    let mut unsupported = old.clone();
    unsupported.spec.text = unsupported
        .spec
        .text
        .replacen("    get:\n", "    trace:\n", 1);
    assert!(matches!(
        compare(&old, &unsupported, VERSION),
        Err(Uncomparable::New(_))
    ));
    // A stale exception beside a fault: both are reported.
    let both = edited(&with_overlay(WATTS), "type: number", "type: nmber");
    let Err(Uncomparable::New(report)) = compare(&old, &both, VERSION) else {
        panic!("it compares")
    };
    assert!(report.fault_count() >= 1);
}

#[test]
fn new_skips_are_listed() {
    let Compared { case, forward, .. } = of("schema-unused");
    let [skip] = forward.skips.as_slice() else {
        panic!("{:?}", forward.skips)
    };
    assert_eq!(skip.place.pointer.as_str(), "/components/schemas/spare");
    assert_eq!(skip.reason, "nothing refers to it");
    assert!(compared(&case.new, &case.new).skips.is_empty());
}

/// The method stays where `sdk.toml` says so; where it says nothing, what to write is said.
#[test]
fn a_method_that_an_added_operation_takes_away_is_a_fault_with_the_entry_that_keeps_it() {
    let (taken, kept) = (of("operation-below-verb"), of("operation-below-verb-kept"));
    assert!(kept.forward.faults.is_none() && taken.backward.faults.is_none());
    let report = taken.forward.faults.as_ref().unwrap();
    assert_eq!(report.fault_count(), 1);
    let text = report.render(MessageFormat::Human);
    for part in [
        "the method `api::Lamps::dim` would become `api::Dim::create`, and callers break",
        "\"accounts/lamps/{lamp_id}/dim\" = { verb = \"lamps-dim\", method = \"dim_operations\", type = \"DimOperations\" }",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let mut sources = taken.case.new.clone();
    sources.config.text +=
        "\n[handles]\n\"accounts/lamps/{lamp_id}/dim\" = { description = \"Dimming.\" }\n";
    assert!(compared(&taken.case.old, &sources).faults.is_none());
}

#[test]
fn a_verb_that_keeps_nothing_is_stale() {
    let base = &LAMPS[0].case.old;
    let mut sources = base.clone();
    sources.config.text +=
        "\n[handles]\n\"accounts/lamps/{lamp_id}/dim\" = { verb = \"lamps-dim\" }\n";
    let comparison = compared(base, &sources);
    let [stale] = comparison.exceptions.as_slice() else {
        panic!("{:?}", comparison.exceptions)
    };
    assert_eq!(stale.entry, "handles.accounts/lamps/{lamp_id}/dim");
}

/// Literals that are one handle stay one where `sdk.toml` says so; where it says nothing, what to write is said.
#[test]
fn a_handle_that_an_added_operation_divides_is_a_fault_with_the_entry_that_keeps_it() {
    let path = |path: &str| {
        let methods = ["get", "post"].map(|method| {
            let id = format!("{method}-{}", path.replace('/', "-"));
            format!("    {method}: {{operationId: {id}, responses: {{'204': {{description: Done.}}}}}}\n")
        });
        format!("  /{path}:\n{}", methods.concat())
    };
    let head = "openapi: 3.0.3\ninfo: {title: Lamps, version: '1'}\npaths:\n";
    let sources = |paths: &str, config: &str| {
        let mut sources = LAMPS[0].case.old.clone();
        sources.spec.text = format!("{head}{paths}");
        config.clone_into(&mut sources.config.text);
        sources
    };
    let (lamps, shades) = (path("house/floor/lamps"), path("house/floor/shades"));
    let (old, both) = (sources(&lamps, ""), format!("{lamps}{shades}"));
    let divided = compared(&old, &sources(&both, ""));
    let text = divided.faults.unwrap().render(MessageFormat::Human);
    for part in [
        "`house_floor_lamps` would become `house_floor.lamps`, and callers break",
        "\"house/floor/lamps\" = { below = \"\" } under [handles]",
        "\"house/floor\" = { description = \"<what it is for>\" } there",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let kept = "[handles]\n\"house/floor/lamps\" = { below = \"\" }\n";
    let kept = compared(&old, &sources(&both, kept));
    assert!(kept.faults.is_none() && kept.verdict == Verdict::Additive);
    let broken = "[handles]\n\"house/floor\" = { description = \"A floor.\" }\n";
    let broken = compared(&old, &sources(&both, broken));
    assert!(broken.faults.is_none() && broken.verdict == Verdict::Breaking);
}

/// A break is accepted by its id, with the reason; it is shown, and no longer asks for a version.
#[test]
fn a_break_is_accepted_by_its_id_until_it_is_merged() {
    let broken = of("field-renamed");
    let [change, ..] = broken.forward.changes.as_slice() else {
        panic!("no change")
    };
    let mut sources = broken.case.new.clone();
    let breaks = broken.forward.changes.iter();
    let breaks = breaks.filter(|change| change.level() == Level::Breaking);
    let entries: String = breaks
        .map(|change| format!("{} = \"announced to users\"\n", change.id))
        .collect();
    sources.config.text += &format!("\n[accept_breaks]\n{entries}");
    let comparison = compared(&broken.case.old, &sources);
    assert!(
        comparison.exceptions.is_empty(),
        "{:?}",
        comparison.exceptions
    );
    assert_eq!(comparison.verdict, Verdict::Additive);
    assert!(comparison.changelog.contains("**Breaking:**"));
    for format in [
        ReportFormat::Text,
        ReportFormat::Markdown,
        ReportFormat::Json,
    ] {
        let text = comparison.render(format).to_lowercase();
        assert!(text.contains("announced to users"), "{text}");
    }
    // Once it is merged it has expired, and accepts the same break no more.
    let again = compared(&sources, &sources);
    assert_eq!(again.expired, [change.id.as_str()]);
    assert!(again.render(ReportFormat::Text).contains("remove them: "));
    // A break that is another one now.
    let mut other = broken.case.new.clone();
    other.config.text += "\n[accept_breaks]\n0123456789 = \"no break\"\n";
    let comparison = compared(&broken.case.old, &other);
    let [stale] = comparison.exceptions.as_slice() else {
        panic!("{:?}", comparison.exceptions)
    };
    assert_eq!(stale.entry, "accept_breaks.0123456789");
    assert!(comparison.is_provisional() && comparison.faults.is_some());
    other.config.text += "Lamp = \"a name\"\n";
    let Err(Uncomparable::New(report)) = compare(&broken.case.old, &other, VERSION) else {
        panic!("`Lamp` was accepted as an id")
    };
    assert!(
        report
            .first_fault()
            .unwrap()
            .contains("not the id of a change")
    );
}

/// An entry that keeps no old name is stale, and one that is out for a release must go with the next break.
#[test]
fn old_names_are_kept_for_one_release() {
    let kept = of("renamed-old-names-kept");
    let text = &kept.case.new.config.text;
    for (from, to, why) in [
        (
            "Bulb = {",
            "Lamp = {",
            "the old name is that of another item",
        ),
        (
            "\"Light\", since",
            "\"Torch\", since",
            "no type has the new name",
        ),
        (
            "\"api::Lamps::add\"",
            "\"api::Lamps::adds\"",
            "no method has the new name",
        ),
        (
            "\"api::Lamps::add\"",
            "\"api::Shades::add\"",
            "methods of the same handle",
        ),
        (
            "\"api::Lamps::create\"",
            "\"api::Lamps::get\"",
            "that of another method",
        ),
    ] {
        let mut sources = kept.case.new.clone();
        sources.config.text = text.replacen(from, to, 1);
        let comparison = compared(&kept.case.old, &sources);
        let [stale] = comparison.exceptions.as_slice() else {
            panic!("{from}: {:?}", comparison.exceptions)
        };
        assert!(stale.message.contains(why), "{from}: {stale:?}");
    }
    let again = compared(&kept.case.new, &kept.case.new);
    assert_eq!(again.old_names.len(), 8);
    // The report on a rename offers the entry.
    let offered = of("schema-renamed").forward.render(ReportFormat::Text);
    let entry = "\"Bulb\" = { name = \"Light\", since = \"0.1.1\" } under [deprecated_names]";
    assert!(offered.contains(entry), "{offered}");
    // Without its entry the old name is gone.
    let mut sources = kept.case.new.clone();
    sources.config.text = text.replacen("Bulb = { name = \"Light\", since = \"0.1.1\" }\n", "", 1);
    let comparison = compared(&kept.case.new, &sources);
    let paths: Vec<&str> = comparison
        .changes
        .iter()
        .map(|it| it.path.as_str())
        .collect();
    assert_eq!(
        (paths, comparison.verdict),
        (vec!["Bulb"], Verdict::Breaking)
    );
}
