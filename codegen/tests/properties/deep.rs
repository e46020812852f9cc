//! Schemas that lead from one to the next, further than any stack: the outcome is a report or files, never a crash.

use std::fmt::Write as _;
use std::thread;

use codegen::{Source, Sources};

/// More than the frames of a debug build leave room for.
const LONG: usize = 400;

/// As on the main thread of Windows.
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

/// A document in which each schema holds the next one so.
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
fn properties_lead_on() {
    let link = |next: &str| format!("type: object, properties: {{next: {{{next}}}}}");
    assert!(on_a_small_stack(chain(link)));
}

#[test]
fn lists_lead_on() {
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
fn members_lead_on() {
    let own = "{type: object, properties: {own: {type: string}}}";
    let link = |next: &str| format!("allOf: [{{{next}}}, {own}]");
    assert!(on_a_small_stack(chain(link)));
}

/// A choice between a choice and a text is none that the kind of value could decide.
#[test]
fn choices_within_choices_are_refused() {
    let link = |next: &str| format!("oneOf: [{{{next}}}, {{type: string}}]");
    assert!(!on_a_small_stack(chain(link)));
}

#[test]
fn aliases_lead_on() {
    assert!(on_a_small_stack(chain(str::to_owned)));
}
