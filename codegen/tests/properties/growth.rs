//! Documents of a few kB in which there are more paths from one schema to another than can be followed: the generator looks at each schema
//! once, so that it ends. Without that none of these tests would.

use std::fmt::Write as _;

use codegen::{Source, Sources, generate, lint};

/// Two to the power of it is the number of paths.
const LEVELS: usize = 60;

const HEAD: &str = "\
openapi: 3.0.3
info: {title: Lamps, version: '1'}
paths:
  /accounts/{account_id}/lamps:
    post:
      operationId: lamps-create
      parameters: [{name: account_id, in: path, required: true, schema: {type: string}}]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/REQUEST'}}}
      responses:
        '200':
          description: The lamp.
          content:
            application/json:
              schema:
                type: object
                required: [success, errors, messages, result]
                properties:
                  success: {type: boolean}
                  errors: {type: array, items: {type: object}}
                  messages: {type: array, items: {type: object}}
                  result: {$ref: '#/components/schemas/RESULT'}
        4XX:
          description: A failure.
          content: {application/json: {schema: {$ref: '#/components/schemas/FAILURE'}}}
components:
  schemas:
    envelope:
      type: object
      required: [success, errors, messages]
      properties:
        success: {type: boolean}
        errors: {type: array, items: {type: object}}
        messages: {type: array, items: {type: object}}
    plain: {type: object, required: [name], properties: {name: {type: string}}}
";

/// A document whose request, result and failure are these schemas. `level` writes those of one level: `s0` to the one before the last,
/// each of which leads to the next on two ways.
fn document(roles: [&str; 3], level: impl Fn(usize) -> String, last: &str) -> Sources {
    let mut text = HEAD.to_owned();
    for (role, schema) in ["REQUEST", "RESULT", "FAILURE"].iter().zip(roles) {
        text = text.replace(role, schema);
    }
    for number in 0..LEVELS {
        text.push_str(&level(number));
    }
    let _ = writeln!(text, "    s{LEVELS}: {last}");
    let source = |path: &str, text: String| Source {
        path: path.to_owned(),
        text,
    };
    Sources {
        spec: source("spec.yaml", text),
        overlay: None,
        config: source("sdk.toml", String::new()),
        lock: None,
    }
}

fn reference(name: &str) -> String {
    format!("{{$ref: '#/components/schemas/{name}'}}")
}

/// All generated text; the linter ends, too.
fn generated(sources: &Sources) -> String {
    let _ = lint(sources);
    match generate(sources) {
        Ok(output) => output.files.iter().map(|(_, text)| text).collect(),
        Err(report) => panic!("{}", report.render(codegen::MessageFormat::Human)),
    }
}

#[test]
fn members_that_share_members() {
    let level = |number: usize| {
        let next = reference(&format!("s{}", number + 1));
        let side = |name: &str| {
            format!(
                "    {name}{number}: {{allOf: [{next}], properties: {{{name}_{number}: {{type: string}}}}}}\n"
            )
        };
        let (left, right) = (format!("left{number}"), format!("right{number}"));
        let both = format!("[{}, {}]", reference(&left), reference(&right));
        format!(
            "{}{}    s{number}: {{allOf: {both}}}\n",
            side("left"),
            side("right")
        )
    };
    let last = "{type: object, properties: {end: {type: string}}}";
    let text = generated(&document(["plain", "s0", "envelope"], level, last));
    for name in ["left_0", "right_0", "left_59", "right_59", "end"] {
        assert!(
            text.contains(&format!("pub {name}: Option<String>")),
            "{name}"
        );
    }
}

#[test]
fn failures_that_share_choices() {
    let level = |number: usize| {
        let next = reference(&format!("s{}", number + 1));
        let (left, right) = (format!("left{number}"), format!("right{number}"));
        format!(
            "    {left}: {{oneOf: [{next}]}}\n    {right}: {{anyOf: [{next}]}}\n    s{number}: {{oneOf: [{}, {}]}}\n",
            reference(&left),
            reference(&right)
        )
    };
    let last = "{type: object, properties: {success: {type: boolean}}}";
    let text = generated(&document(["plain", "plain", "s0"], level, last));
    assert!(text.contains("impl Endpoint for"));
}

/// Two members of an `allOf` declare a choice among objects that hold such a choice in turn, one of themselves at last; they differ in the
/// last letter of one property.
#[test]
fn choices_that_are_declared_twice() {
    let level = |number: usize| {
        let choice = |side: &str| {
            let next = reference(&format!("{side}{}", (number + 1) % LEVELS));
            let members = (0..6).map(|key| {
                let key = match (number + 1, key) {
                    (LEVELS, 5) => format!("key{side}"),
                    _ => format!("key{key}"),
                };
                format!("{{type: object, required: [{key}], properties: {{{key}: {{type: string}}, next: {next}}}}}")
            });
            let members: Vec<String> = members.collect();
            format!("    {side}{number}: {{oneOf: [{}]}}\n", members.join(", "))
        };
        format!(
            "{}{}    s{number}: {{type: string}}\n",
            choice("a"),
            choice("b")
        )
    };
    let declares = |side: &str| {
        let choice = reference(&format!("{side}0"));
        format!("{{type: object, properties: {{choice: {choice}}}}}")
    };
    let last = format!("{{allOf: [{}, {}]}}", declares("a"), declares("b"));
    let text = generated(&document(
        ["plain", &format!("s{LEVELS}"), "envelope"],
        level,
        &last,
    ));
    assert!(text.contains("pub choice: Option<B0>"), "{text}");
}

/// The example of a request is short, or there is none.
#[test]
fn required_properties_of_one_type() {
    let level = |number: usize| {
        let next = reference(&format!("s{}", number + 1));
        let wide: Vec<String> = (0..12).map(|field| format!("p{field}: {next}")).collect();
        let names: Vec<String> = (0..12).map(|field| format!("p{field}")).collect();
        match number {
            0 => format!("    s0: {{allOf: [{next}]}}\n"),
            _ => format!(
                "    s{number}: {{type: object, required: [{}], properties: {{{}}}}}\n",
                names.join(", "),
                wide.join(", ")
            ),
        }
    };
    let last = "{type: object, required: [end], properties: {end: {type: string}}}";
    for first in ["s1", "s56"] {
        let text = generated(&document([first, "plain", "envelope"], level, last));
        let made = text
            .lines()
            .filter(|line| line.trim_start().starts_with("///") && line.contains("::builder()"));
        assert!(made.count() < 200, "{first}");
    }
}

/// All types of a cycle hold all others: one box after the other is found.
#[test]
fn types_that_all_hold_one_another() {
    let level = |number: usize| {
        let others =
            (0..LEVELS).map(|other| format!("to_{other}: {}", reference(&format!("s{other}"))));
        let others: Vec<String> = others.collect();
        format!(
            "    s{number}: {{type: object, properties: {{{}}}}}\n",
            others.join(", ")
        )
    };
    let last = "{type: object, properties: {end: {type: string}}}";
    let text = generated(&document(["plain", "s0", "envelope"], level, last));
    // Each pair needs one box, and each type one for itself.
    let boxes = text.matches(": Option<Box<").count();
    assert_eq!(boxes, LEVELS * (LEVELS + 1) / 2);
}
