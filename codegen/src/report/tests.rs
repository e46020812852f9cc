//! Exact texts of the three forms of a report.

use super::{Code, Fault, Input, Level, Locate, Look, MessageFormat, Oddity, Report, SHOWN, Span};
use crate::pointer::Pointer;
use crate::source::{Source, Sources};

fn sources() -> Sources {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    Sources {
        spec: source(
            "spec/openapi.yaml",
            "openapi: 3.0.3\nínfo:\n  títle: x\r\n  many: |\n    lines\n",
        ),
        overlay: Some(source("spec/overlay.yaml", "overlay: 1.0.0\n")),
        config: source("spec/sdk.toml", "[a]\nb = 1\n"),
        lock: None,
    }
}

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).expect("a pointer")
}

fn fault(input: Input, start: usize, end: usize, message: &str) -> Fault {
    Fault::new(input, pointer("/a/b"), message, "write that").at(Span { start, end })
}

fn render(faults: Vec<Fault>, format: MessageFormat) -> String {
    Report::new(faults, &sources(), &()).render(format)
}

#[test]
fn human() {
    let faults = vec![
        fault(Input::Spec, 24, 30, "this is wrong"),
        Fault::note(Input::Config, Pointer::root(), "good to know", ""),
    ];
    let expected = "\
error[unsupported-document]: this is wrong
 --> spec/openapi.yaml:3:3
  |
3 |   títle: x
  |   ^^^^^
  |
  = at: /a/b
  = help: write that

note[config]: good to know
 --> spec/sdk.toml:1:1
  |
1 | [a]
  | ^

1 fault, 1 note
";
    assert_eq!(render(faults, MessageFormat::Human), expected);
    assert_eq!(render(Vec::new(), MessageFormat::Human), "");
}

#[test]
fn only_the_first_line_of_a_long_value_is_shown() {
    let text = render(vec![fault(Input::Spec, 36, 57, "m")], MessageFormat::Human);
    assert!(
        text.contains("4 |   many: |\n") && !text.contains("lines"),
        "{text}"
    );
}

#[test]
fn long_lines_are_cut() {
    let mut sources = sources();
    sources.spec.text = format!("{}\"é\": 1{}", "ü".repeat(3000), "x".repeat(3000));
    let report = Report::new(vec![fault(Input::Spec, 6000, 6004, "m")], &sources, &());
    let text = report.render(MessageFormat::Human);
    assert!(text.contains("spec/openapi.yaml:1:3001"), "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() < 250),
        "{text}"
    );
}

#[test]
fn json() {
    let text = render(
        vec![fault(Input::Spec, 24, 30, "a \"quote\"")],
        MessageFormat::Json,
    );
    let expected = r#"{"level":"fault","code":"unsupported-document","path":"spec/openapi.yaml","line":3,"column":3,"pointer":"/a/b","message":"a \"quote\"","help":"write that"}"#;
    assert_eq!(text, format!("{expected}\n"));
}

#[test]
fn github() {
    let note = Fault::note(Input::Overlay, pointer("/a:b,c"), "100%\nsure", "");
    let text = render(
        vec![fault(Input::Config, 4, 5, "m"), note],
        MessageFormat::Github,
    );
    let expected = "\
::error file=spec/sdk.toml,line=2,col=1,title=/a/b::m [config]%0Ahelp: write that
::notice file=spec/overlay.yaml,line=1,col=1,title=/a%3Ab%2Cc::100%25%0Asure [overlay]
";
    assert_eq!(text, expected);
}

#[test]
fn sorted_and_without_repetitions() {
    let faults = vec![
        fault(Input::Spec, 0, 1, "e").code(Code::NameClash),
        fault(Input::Spec, 24, 30, "d"),
        fault(Input::Spec, 24, 30, "c"),
        fault(Input::Spec, 0, 1, "b"),
        fault(Input::Spec, 0, 1, "b"),
        fault(Input::Config, 0, 1, "a"),
    ];
    let report = Report::new(faults, &sources(), &());
    let order: Vec<&str> = report
        .findings
        .iter()
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(order, ["a", "b", "c", "d", "e"]);
    assert_eq!((report.fault_count(), report.note_count()), (5, 0));
}

/// A report on so many faults, every third of which is a clash of names.
fn long(count: usize) -> Report {
    let one = |index: usize| {
        let found = fault(Input::Spec, 24, 30, &format!("fault {index:03}"));
        match index % 3 {
            0 => found.code(Code::NameClash),
            _ => found.code(Code::Body),
        }
    };
    Report::new((0..count).map(one).collect(), &sources(), &())
}

#[test]
fn many_faults_are_counted_by_code_first() {
    let text = long(6).render(MessageFormat::Human);
    let counts = "\
faults by code:
     4  unsupported-body  a request body that the SDK cannot send
     2  name-clash        two items of one name

error[unsupported-body]: fault 001
";
    assert!(text.starts_with(counts), "{text}");
    let text = long(5).render(MessageFormat::Human);
    assert!(text.starts_with("error[unsupported-body]"), "{text}");
}

#[test]
fn people_see_the_first_findings_and_how_many_there_are() {
    let report = long(SHOWN + 7);
    let shown = |text: &str| text.matches("\nerror[").count();
    let text = report.render(MessageFormat::Human);
    assert_eq!(shown(&text), SHOWN);
    assert!(text.contains("\n7 more are not shown: "), "{text}");
    assert!(text.ends_with("\n57 faults\n"), "{text}");
    let look = Look {
        full: true,
        coloured: false,
    };
    let text = report.render_for_people(look);
    assert_eq!(shown(&text), SHOWN + 7);
    assert!(!text.contains("not shown"), "{text}");
    let lines = report.render(MessageFormat::Json);
    assert_eq!(lines.lines().count(), SHOWN + 7);
}

/// A report on so many faults that say the same, between two others.
fn alike(count: usize) -> Report {
    let one = |start| fault(Input::Spec, start, start + 1, "alike");
    let mut faults: Vec<Fault> = (0..count).map(|index| one(24 + index)).collect();
    faults.push(fault(Input::Spec, 0, 1, "first"));
    faults.push(fault(Input::Spec, 60, 61, "last"));
    Report::new(faults, &sources(), &())
}

#[test]
fn of_findings_that_say_the_same_people_see_three_and_a_line() {
    let text = alike(5).render(MessageFormat::Human);
    assert_eq!(text.matches("]: alike").count(), 3, "{text}");
    let line = "]: the same 2 more times: spec/openapi.yaml:";
    assert_eq!(text.matches(line).count(), 1, "{text}");
    let (before, after) = text.split_once(line).unwrap();
    assert!(
        before.contains("]: first") && after.contains("]: last"),
        "{text}"
    );
    assert!(
        text.ends_with("\n7 faults\n") && !text.contains("not shown"),
        "{text}"
    );
    assert!(!alike(3).render(MessageFormat::Human).contains("the same"));
    let look = Look {
        full: true,
        coloured: false,
    };
    let text = alike(5).render_for_people(look);
    assert_eq!(text.matches("]: alike").count(), 5, "{text}");
    assert_eq!(alike(5).render(MessageFormat::Json).lines().count(), 7);
}

#[test]
fn operations_that_are_left_out_for_one_reason_say_the_same() {
    let note = |index: usize| {
        let message = format!("`op{index}` is left out: no");
        let note = Fault::note(Input::Spec, pointer("/paths"), message, "");
        note.at(Span {
            start: index,
            end: index + 1,
        })
    };
    let text =
        Report::new((0..30).map(note).collect(), &sources(), &()).render(MessageFormat::Human);
    assert_eq!(text.matches(" is left out: no").count(), 3, "{text}");
    assert!(text.contains("]: the same 27 more times: "), "{text}");
    assert!(
        text.contains(", and 7 more, which `--full` shows\n"),
        "{text}"
    );
}

#[test]
fn the_locator_places_faults_without_a_span() {
    struct Here;
    impl Locate for Here {
        fn locate(&self, input: Input, _: &Pointer, on_key: bool) -> Option<(Input, Span)> {
            let span = Span {
                start: 9,
                end: if on_key { 10 } else { 14 },
            };
            (input == Input::Spec).then_some((Input::Overlay, span))
        }
    }
    let faults = vec![Fault::new(Input::Spec, pointer("/x"), "m", "").on_key()];
    let text = Report::new(faults, &sources(), &Here).render(MessageFormat::Json);
    assert!(
        text.contains(r#""path":"spec/overlay.yaml","line":1,"column":10"#),
        "{text}"
    );
}

#[test]
fn spans_outside_the_text_do_not_panic() {
    for (start, end) in [
        (0, 1_000),
        (1_000, 2_000),
        (16, 17),
        (1_000, 0),
        (usize::MAX, usize::MAX),
    ] {
        for format in [
            MessageFormat::Human,
            MessageFormat::Json,
            MessageFormat::Github,
        ] {
            assert!(!render(vec![fault(Input::Spec, start, end, "m")], format).is_empty());
        }
    }
    let mut sources = sources();
    sources.overlay = None;
    let report = Report::new(vec![fault(Input::Overlay, 3, 4, "m")], &sources, &());
    assert!(report.render(MessageFormat::Human).contains('m'));
}

/// A fault and an oddity of one node that the generator refuses, an oddity that was corrected, and one of another node.
fn with_oddities(format: MessageFormat) -> String {
    let note = |at: &str, start, end| {
        Fault::new(Input::Spec, pointer(at), "odd", "do that:").at(Span { start, end })
    };
    let oddity = |level, refused, fault| Oddity {
        fault: Fault {
            level,
            rule: "some-rule",
            ..fault
        },
        refused,
        related: vec![pointer("/x")],
        mend: "  - target: $\n".to_owned(),
    };
    let oddities = vec![
        oddity(Level::Oddity, true, note("/a/b", 24, 30)),
        oddity(Level::Oddity, false, note("/a/b", 24, 30)),
        oddity(Level::Mended, true, note("/c", 0, 7)),
    ];
    let faults = vec![fault(Input::Spec, 24, 30, "wrong")];
    Report::new(faults, &sources(), &())
        .with(oddities, &sources(), &())
        .render(format)
}

#[test]
fn oddities_for_people() {
    let expected = "\
error[some-rule]: wrong
 --> spec/openapi.yaml:3:3
  |
3 |   títle: x
  |   ^^^^^
  |
  = at: /a/b
  = also: /x (spec/openapi.yaml:1)
  = help: do that:

  - target: $

oddity[some-rule]: odd
 --> spec/openapi.yaml:3:3
  |
3 |   títle: x
  |   ^^^^^
  |
  = at: /a/b
  = also: /x (spec/openapi.yaml:1)
  = help: do that:

  - target: $

mended[some-rule]: odd
 --> spec/openapi.yaml:1:1
  |
1 | openapi: 3.0.3
  | ^^^^^^^
  |
  = at: /c
  = also: /x (spec/openapi.yaml:1)
  = help: do that:

  - target: $

1 fault, 1 oddity, 1 mended
";
    assert_eq!(with_oddities(MessageFormat::Human), expected);
}

#[test]
fn oddities_for_programs() {
    let text = with_oddities(MessageFormat::Json);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert_eq!(
        lines[1],
        r#"{"level":"oddity","path":"spec/openapi.yaml","line":3,"column":3,"pointer":"/a/b","message":"odd","help":"do that:","rule":"some-rule","related":[{"path":"spec/openapi.yaml","line":1,"pointer":"/x"}],"mend":"  - target: $\n"}"#
    );
    let text = with_oddities(MessageFormat::Github);
    let kinds: Vec<&str> = text.lines().map(|line| &line[..8]).collect();
    assert_eq!(kinds, ["::error ", "::warnin", "::notice"]);
    let warning = "title=/a/b::odd [some-rule]%0Ahelp: do that:%0A%0A  - target: $%0A";
    assert!(text.contains(warning), "{text}");
}
