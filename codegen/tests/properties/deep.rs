//! Schemas that refer to one another in chains longer than any stack: the result is a report or files, never a crash.

use std::fmt::Write as _;
use std::thread;

use codegen::{Source, Sources};

/// More than fit on the stack of a debug build.
const LONG: usize = 400;

/// The stack of the main thread on Windows.
const STACK: usize = 1024 * 1024;

const HEAD: &str = "\
openapi: 3.0.3
info: {title: Lamps, version: '1'}
paths:
  /accounts/{account_id}/lamps:
    get:
      operationId: lamps-list
      parameters: [{name: account_id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: The lamps.
          content:
            application/json:
              schema:
                type: object
                required: [success, errors, messages, result]
                properties:
                  success: {type: boolean}
                  errors: {type: array, items: {type: object}}
                  messages: {type: array, items: {type: object}}
                  result: {$ref: '#/components/schemas/s0'}
components:
  schemas:
";

/// A document in which each schema refers to the next one in this way.
fn chain(link: impl Fn(&str) -> String) -> Sources {
    let mut text = HEAD.to_owned();
    for number in 0..LONG {
        let next = format!("$ref: '#/components/schemas/s{}'", number + 1);
        let _ = writeln!(text, "    s{number}: {{{}}}", link(&next));
    }
    let _ = writeln!(
        text,
        "    s{LONG}: {{type: object, properties: {{end: {{type: string}}}}}}"
    );
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    Sources {
        spec: source("spec.yaml", &text),
        overlay: None,
        config: source("sdk.toml", ""),
        lock: None,
    }
}

fn on_a_small_stack(sources: Sources) -> bool {
    let run = move || {
        let outcome = codegen::generate(&sources);
        let _ = codegen::lint(&sources);
        outcome.is_ok()
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(run);
    thread.unwrap().join().unwrap()
}

#[test]
fn chains_of_properties() {
    let link = |next: &str| format!("type: object, properties: {{next: {{{next}}}}}");
    assert!(on_a_small_stack(chain(link)));
}

#[test]
fn chains_of_lists() {
    let link = |next: &str| {
        format!("type: object, properties: {{next: {{type: array, items: {{{next}}}}}}}")
    };
    assert!(on_a_small_stack(chain(link)));
}

#[test]
fn lists_and_maps_in_each_other_are_refused() {
    for link in [
        "type: array, items: {NEXT}",
        "type: object, additionalProperties: {NEXT}",
    ] {
        let link = |next: &str| link.replace("NEXT", next);
        assert!(!on_a_small_stack(chain(link)));
    }
}

#[test]
fn chains_of_members() {
    let own = "{type: object, properties: {own: {type: string}}}";
    let link = |next: &str| format!("allOf: [{{{next}}}, {own}]");
    assert!(on_a_small_stack(chain(link)));
}

/// The kind of a value cannot decide between a choice and a string.
#[test]
fn choices_within_choices_are_refused() {
    let link = |next: &str| format!("oneOf: [{{{next}}}, {{type: string}}]");
    assert!(!on_a_small_stack(chain(link)));
}

#[test]
fn chains_of_aliases() {
    assert!(on_a_small_stack(chain(str::to_owned)));
}
