//! What actions do, and each reason to refuse one.

use super::{AppliedAction, StaleActions, apply};
use crate::document::convert::to_json;
use crate::document::node::Node;
use crate::document::parse::parse;
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

const SPEC: &str = "
openapi: 3.0.3
tags: [b, a, b]
list:
- {name: x, n: 1}
- {name: y, n: 2}
- {name: z, n: 3}
map:
  size: {type: number, enum: [1]}
  width: {type: number}
  'a/b': {type: string}
";

fn tree(text: &str, input: Input) -> Node {
    let parsed = parse(text, input);
    assert_eq!(parsed.faults, [], "{text}");
    parsed.node.expect("a tree")
}

fn overlay(actions: &str) -> String {
    format!("overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}\n")
}

/// Applies an overlay whose actions must all be in effect.
fn strict(root: &Node, overlay: &Node) -> Result<(Node, Vec<AppliedAction>), Vec<Fault>> {
    apply(root, overlay, StaleActions::Fault).map(|applied| (applied.root, applied.actions))
}

fn run(actions: &str) -> Result<(Node, Vec<AppliedAction>), Vec<Fault>> {
    strict(
        &tree(SPEC, Input::Spec),
        &tree(&overlay(actions), Input::Overlay),
    )
}

/// The result of actions at a pointer, as JSON.
fn outcome(actions: &str, pointer: &str) -> String {
    let (root, _) = run(actions).unwrap_or_else(|faults| panic!("{faults:#?}"));
    to_json(
        root.at(&Pointer::parse(pointer).expect("a pointer"))
            .expect("a node"),
    )
    .to_string()
}

fn changed(actions: &str) -> Vec<String> {
    let (_, applied) = run(actions).unwrap_or_else(|faults| panic!("{faults:#?}"));
    applied
        .iter()
        .flat_map(|action| &action.changed)
        .map(Pointer::to_string)
        .collect()
}

/// Asserts that the actions have exactly one fault, at this pointer of the overlay, with these words.
fn refuse(actions: &str, pointer: &str, words: &[&str]) {
    refuse_text(&overlay(actions), pointer, words);
}

fn refuse_text(text: &str, pointer: &str, words: &[&str]) {
    let faults =
        strict(&tree(SPEC, Input::Spec), &tree(text, Input::Overlay)).expect_err("a fault");
    assert_eq!(faults.len(), 1, "{faults:#?}");
    let fault = &faults[0];
    assert_eq!(
        (fault.input, fault.pointer.as_str()),
        (Input::Overlay, pointer),
        "{fault:?}"
    );
    assert!(fault.span.is_some(), "{fault:?}");
    let shown = format!("{} | {}", fault.message, fault.help);
    for word in words {
        assert!(shown.contains(word), "`{word}` is not in: {shown}");
    }
}

#[test]
fn updates_merge() {
    let update = "- {target: $.map.size, description: d, update: {type: integer, format: int32}, x-expect: {type: number, format: null}}";
    assert_eq!(
        outcome(update, "/map/size"),
        r#"{"enum":[1],"format":"int32","type":"integer"}"#
    );
    assert_eq!(changed(update), ["/map/size/type", "/map/size/format"]);
    let lists = "- {target: $.map, description: d, update: {size: {enum: [2, 3]}}, x-expect: {size: {enum: [1], type: number}}}";
    assert_eq!(outcome(lists, "/map/size/enum"), "[1,2,3]");
    assert_eq!(changed(lists), ["/map/size/enum/1", "/map/size/enum/2"]);
    let root = "- {target: $, description: d, update: {x-new: {a: 1}}, x-expect: {x-new: null}}";
    assert_eq!(outcome(root, "/x-new"), r#"{"a":1}"#);
}

#[test]
fn updates_append_to_lists() {
    let append = "- {target: $.tags, description: d, update: c, x-expect: [b, a, b]}";
    assert_eq!(outcome(append, "/tags"), r#"["b","a","b","c"]"#);
    assert_eq!(changed(append), ["/tags/3"]);
}

#[test]
fn new_nodes_have_the_span_of_the_overlay() {
    let text = overlay(
        "- {target: $.map.size, description: d, update: {type: integer}, x-expect: {type: number}}",
    );
    let (root, _) =
        strict(&tree(SPEC, Input::Spec), &tree(&text, Input::Overlay)).expect("applied");
    let node = root
        .at(&Pointer::parse("/map/size/type").expect("a pointer"))
        .expect("a node");
    assert_eq!(node.input, Input::Overlay);
    assert_eq!(text.get(node.span.start..node.span.end), Some("integer"));
}

#[test]
fn removals() {
    assert_eq!(
        outcome(
            "- {target: $.map.size.enum, description: d, remove: true, x-expect: [1.0]}",
            "/map/size"
        ),
        r#"{"type":"number"}"#
    );
    let several = "- {target: \"$.tags[?@ == 'b']\", description: d, remove: true, x-expect: b}";
    assert_eq!(outcome(several, "/tags"), r#"["a"]"#);
    assert_eq!(changed(several), ["/tags/0", "/tags/2"]);
    let deep = "- {target: \"$..[?@.type == 'number']\", description: d, remove: true, x-expect: {type: number}}";
    assert!(run(deep).is_err());
    assert_eq!(
        outcome(
            "- {target: \"$.map['a/b']\", description: d, remove: true, x-expect: {type: string}}",
            "/map"
        )
        .matches("a/b")
        .count(),
        0
    );
}

#[test]
fn each_action_sees_what_the_one_before_did() {
    let replaced = "- {target: $.tags, description: d, remove: true, x-expect: [b, a, b]}
- {target: $, description: d, update: {tags: [c]}, x-expect: {tags: null}}
- {target: '$.tags[0]', description: d, remove: true, x-expect: c}";
    assert_eq!(outcome(replaced, "/tags"), "[]");
}

#[test]
fn targets_that_match_nothing() {
    let target = |target: &str| {
        format!("- {{target: \"{target}\", description: d, remove: true, x-expect: 1}}")
    };
    let at = "/actions/0/target";
    refuse(
        &target("$.map.siz"),
        at,
        &[
            "matches nothing: `$['map']` has no `siz`",
            "did you mean `size`?",
        ],
    );
    refuse(
        &target("$.nap.size"),
        at,
        &["`$` has no `nap`", "did you mean `map`?"],
    );
    refuse(
        &target("$.map.size.minimum"),
        at,
        &[
            "has no `minimum`",
            "delete the action if the document is correct now",
        ],
    );
    refuse(
        &target("$.list[?@.name == 'w']"),
        at,
        &["filters of this target match nothing", "`$['list']` is ["],
    );
    refuse(&target("$.list[7]"), at, &["has no `7`"]);
    refuse(&target("list"), at, &["not a JSONPath of RFC 9535"]);
    refuse(&target("$.a["), at, &["not a JSONPath"]);
    let names = "- {target: \"$.map['size', 'widht']\", description: d, update: {x-a: 1}, x-expect: {x-a: null}}";
    refuse(
        names,
        at,
        &[
            "`widht` in this target matches nothing",
            "did you mean `width`?",
        ],
    );
}

#[test]
fn expectations_that_do_not_hold() {
    let expect = "/actions/0/x-expect";
    refuse(
        "- {target: $.map.width, description: d, remove: true, x-expect: {type: integer}}",
        expect,
        &[
            "`/map/width` is {\"type\":\"number\"} now",
            "delete the action",
            "write `x-expect: {",
        ],
    );
    refuse(
        "- {target: $.tags, description: d, update: c, x-expect: [a, b]}",
        expect,
        &["`/tags` is [\"b\",\"a\",\"b\"] now"],
    );
    refuse(
        "- {target: $.map.width, description: d, update: {type: integer}, x-expect: {type: string}}",
        "/actions/0/x-expect/type",
        &[
            "`/map/width/type` is \"number\" now",
            "write `type: \"number\"`",
        ],
    );
    refuse(
        "- {target: $.map.width, description: d, update: {type: integer}, x-expect: {type: null}}",
        "/actions/0/x-expect/type",
        &["is \"number\" now"],
    );
    refuse(
        "- {target: $.map.width, description: d, update: {format: f}, x-expect: {format: g}}",
        "/actions/0/x-expect/format",
        &["is absent now", "write `format: null`"],
    );
    refuse(
        "- {target: $.map.width, description: d, update: {format: f}, x-expect: {}}",
        expect,
        &["does not say what `format` is now", "write `format: null`"],
    );
    refuse(
        "- {target: $.map.width, description: d, update: {format: f}, x-expect: {format: null, type: number}}",
        "/actions/0/x-expect/type",
        &["`type`, which `update` does not touch"],
    );
    refuse(
        "- {target: $.map.width, description: d, update: {format: f}, x-expect: 1}",
        expect,
        &["must be an object here, and is a number"],
    );
    // One of two targets differs.
    refuse(
        "- {target: \"$.map['size', 'width']\", description: d, remove: true, x-expect: {type: number}}",
        expect,
        &["`/map/size` is"],
    );
}

#[test]
fn updates_that_do_not_fit() {
    refuse(
        "- {target: $.map.width, description: d, update: {type: number}, x-expect: {type: number}}",
        "/actions/0/update",
        &["changes nothing at `/map/width`", "delete the action"],
    );
    refuse(
        "- {target: $.map.width, description: d, update: {}, x-expect: {}}",
        "/actions/0/update",
        &["changes nothing"],
    );
    refuse(
        "- {target: $.map.width, description: d, update: 1, x-expect: 1}",
        "/actions/0/update",
        &["is an object, and the update is a number"],
    );
    refuse(
        "- {target: $.map.width.type, description: d, update: integer, x-expect: number}",
        "/actions/0/target",
        &[
            "only objects and lists can be updated",
            "target the object that holds it",
        ],
    );
    refuse(
        "- {target: $.map, description: d, update: {width: 1}, x-expect: {width: {type: number}}}",
        "/actions/0/update",
        &["`/map/width` is an object, and the update has a number"],
    );
    refuse(
        "- {target: $, description: d, remove: true, x-expect: {}}",
        "/actions/0/target",
        &["whole document cannot be removed"],
    );
}

#[test]
fn shapes() {
    refuse(
        "- {description: d, remove: true, x-expect: 1}",
        "/actions/0",
        &["`target` is missing"],
    );
    refuse(
        "- {target: $.tags, remove: true, x-expect: 1}",
        "/actions/0",
        &["`description` is missing"],
    );
    refuse(
        "- {target: $.tags, description: ' ', remove: true, x-expect: 1}",
        "/actions/0/description",
        &["this action has no reason"],
    );
    refuse(
        "- {target: $.tags, description: d, remove: true}",
        "/actions/0",
        &["`x-expect` is missing"],
    );
    refuse(
        "- {target: $.tags, description: d, x-expect: 1}",
        "/actions/0",
        &["does nothing"],
    );
    refuse(
        "- {target: $.tags, description: d, remove: false, x-expect: 1}",
        "/actions/0/remove",
        &["does nothing"],
    );
    refuse(
        "- {target: $.tags, description: d, remove: true, update: 1, x-expect: 1}",
        "/actions/0/update",
        &["`update` is not allowed beside `remove`"],
    );
    refuse(
        "- {target: $.tags, description: d, remove: yes, x-expect: 1}",
        "/actions/0/remove",
        &["`remove` must be `true` or `false`"],
    );
    refuse(
        "- {target: $.tags, description: d, updat: 1, remove: true, x-expect: 1}",
        "/actions/0/updat",
        &["no key `updat`", "did you mean `update`?"],
    );
    refuse(
        "- {target: $.tags, description: d, copy: $.a, remove: true, x-expect: 1}",
        "/actions/0/copy",
        &["Overlay 1.1"],
    );
    refuse("  []", "/actions", &["at least one action"]);
    refuse_text(
        "overlay: 2.0.0\ninfo: {title: t, version: '1'}\nactions: [{target: $.tags, description: d, remove: true, x-expect: 1}]",
        "/overlay",
        &["only 1.0 is read"],
    );
    refuse_text(
        "overlay: 1.0.0\nactions: [{target: $.tags, description: d, remove: true, x-expect: 1}]",
        "",
        &["`info` is missing"],
    );
    refuse_text("- a", "", &["must be an Overlay Object"]);
}

#[test]
fn all_faults_come_at_once() {
    let actions = "- {target: $.nope, description: d, remove: true, x-expect: 1}
- {target: $.tags, description: d, remove: true, x-expect: 1}
- {target: $.map.width, description: d, update: {a: 1, b: 2}, x-expect: {a: 1, b: 3}}";
    assert_eq!(run(actions).expect_err("faults").len(), 4);
}
