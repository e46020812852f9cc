//! Structs that are read, written, copied, compared and printed by their tables.

use std::collections::BTreeMap;

use super::super::clearable::Clearable;
use super::object;
use crate::decode::from_text;

struct Lamp {
    name: String,
    watts: Option<i64>,
    room: Option<String>,
    tags: Vec<String>,
    rules: Vec<i64>,
    colour: Clearable<String>,
}

object! {
    struct Lamp {
        #[also("nmae")]
        name: required<"name">,
        watts: optional<"watts">,
        room: nullable<"the room">,
        tags: collection<"tags">,
        rules: list<"rules">,
        colour: clearable<"colour">,
    }
}

struct Open {
    name: Option<String>,
    rest: BTreeMap<String, i64>,
}

object! {
    struct Open {
        #[also("nmae")]
        name: optional<"name">,
        #[others]
        rest: others,
    }
}

struct Printed {
    r#type: String,
    watts: Option<f64>,
    tags: Vec<String>,
    colour: Clearable<String>,
    rest: BTreeMap<String, i64>,
}

object! {
    struct Printed {
        r#type: required<"type">,
        watts: optional<"watts">,
        tags: collection<"tags">,
        colour: clearable<"colour">,
        #[others]
        rest: others,
    }
}

mod derived {
    use std::collections::BTreeMap;

    use super::Clearable;

    #[derive(Clone, Debug, PartialEq)]
    pub(super) struct Printed {
        pub(super) r#type: String,
        pub(super) watts: Option<f64>,
        pub(super) tags: Vec<String>,
        pub(super) colour: Clearable<String>,
        pub(super) rest: BTreeMap<String, i64>,
    }
}

struct Nested {
    name: String,
    lamp: Lamp,
    spare: Lamp,
}

object! {
    struct Nested {
        name: required<"name">,
        lamp: nested<"lamp">,
        spare: nested<"spare">,
    }
}

struct Empty {}

object! {
    struct Empty {}
}

struct Tagged {
    name: Option<String>,
}

object! {
    #[tag("kind" = "lamp")]
    #[tag("the state" = "on")]
    struct Tagged {
        name: optional<"name">,
    }
}

struct OpenTagged {
    rest: BTreeMap<String, i64>,
}

object! {
    #[tag("kind" = "lamp")]
    struct OpenTagged {
        #[others]
        rest: others,
    }
}

fn written(text: &str) -> String {
    serde_json::to_string(&from_text::<Lamp>(text).unwrap()).unwrap()
}

#[test]
fn each_word_reads_and_writes_as_it_says() {
    let least = r#"{"name":"a","the room":null,"rules":[]}"#;
    assert_eq!(written(least), least);
    assert_eq!(
        written(r#"{"nmae":"a","watts":null,"rules":null,"tags":null}"#),
        least
    );
    let most = r#"{"name":"a","watts":1,"the room":"b","tags":["c"],"rules":[2],"colour":"d"}"#;
    assert_eq!(written(most), most);
    let cleared = r#"{"name":"a","the room":null,"rules":[],"colour":null}"#;
    assert_eq!(written(cleared), cleared);
}

#[test]
fn what_must_be_there_is_missed_by_name() {
    let fault = from_text::<Lamp>(r#"{"rules":[]}"#).unwrap_err();
    assert!(fault.to_string().contains("name"), "{fault}");
    let fault = from_text::<Lamp>(r#"{"name":"a"}"#).unwrap_err();
    assert!(fault.to_string().contains("rules"), "{fault}");
    let fault = from_text::<Lamp>(r#"{"name":"a","rules":[],"watts":"x"}"#).unwrap_err();
    assert!(fault.to_string().starts_with("watts"), "{fault}");
    assert!(from_text::<Empty>("[]").is_err());
}

/// A fault ends the reading: what is wrong behind it is not reported.
#[test]
fn the_first_fault_counts() {
    for (text, path) in [
        (r#"{"name":"a","watts":"x","tags":"y"}"#, "watts"),
        (r#"{"name":"a","tags":"y","watts":1,"rules":2}"#, "tags"),
        (r#"{"name":"a","rules":[true],"colour":1}"#, "rules[0]"),
        (r#"{"name":"a","rules":[],"colour":1}"#, "colour"),
    ] {
        let fault = from_text::<Lamp>(text).unwrap_err().to_string();
        assert!(fault.starts_with(path), "{fault}");
    }
    let fault = from_text::<Open>(r#"{"name":1,"b":"c"}"#).unwrap_err();
    assert!(fault.to_string().starts_with("name"), "{fault}");
    let fault = from_text::<Open>(r#"{"b":"c"}"#).unwrap_err();
    assert!(fault.to_string().starts_with("b"), "{fault}");
}

impl Printed {
    fn derived(&self) -> derived::Printed {
        derived::Printed {
            r#type: self.r#type.clone(),
            watts: self.watts,
            tags: self.tags.clone(),
            colour: self.colour.clone(),
            rest: self.rest.clone(),
        }
    }
}

/// Each differs from the first in one field; zero and `NaN` are those that compare in a way of their own.
fn printed() -> Vec<Printed> {
    let texts = [
        r#"{"type":"a","watts":1.5,"tags":["b"],"x":1}"#,
        r#"{"type":"b","watts":1.5,"tags":["b"],"x":1}"#,
        r#"{"type":"a","watts":2.5,"tags":["b"],"x":1}"#,
        r#"{"type":"a","tags":["b"],"x":1}"#,
        r#"{"type":"a","watts":1.5,"tags":["b","b"],"x":1}"#,
        r#"{"type":"a","watts":1.5,"x":1}"#,
        r#"{"type":"a","watts":1.5,"tags":["b"],"colour":null,"x":1}"#,
        r#"{"type":"a","watts":1.5,"tags":["b"],"colour":"c","x":1}"#,
        r#"{"type":"a","watts":1.5,"tags":["b"],"x":2}"#,
        r#"{"type":"a","watts":1.5,"tags":["b"]}"#,
        r#"{"type":"a","watts":0,"tags":["b"],"x":1}"#,
        r#"{"type":"a","watts":-0.0,"tags":["b"],"x":1}"#,
    ];
    let mut all: Vec<Printed> = texts.map(|text| from_text(text).unwrap()).into();
    let mut nan: Printed = from_text(texts[0]).unwrap();
    nan.watts = Some(f64::NAN);
    all.push(nan);
    all
}

/// Absent fields are printed too, and a raw identifier is its word.
#[test]
fn a_struct_is_printed_as_a_derived_debug_does() {
    for own in printed() {
        let derived = own.derived();
        assert_eq!(format!("{own:?}"), format!("{derived:?}"));
        assert_eq!(format!("{own:#?}"), format!("{derived:#?}"));
    }
    assert_eq!(format!("{:?}", Empty {}), "Empty");
}

#[test]
fn structs_are_equal_where_derived_ones_are() {
    let all = printed();
    for one in &all {
        for other in &all {
            let (own, derived) = (*one == *other, one.derived() == other.derived());
            assert_eq!(own, derived, "{one:?} {other:?}");
        }
    }
    assert!(Empty {} == Empty {});
}

#[test]
fn a_copy_has_every_field() {
    for own in printed() {
        assert_eq!(format!("{:?}", own.clone()), format!("{own:?}"));
    }
}

/// A field without a blank ends the reading, and what was wrong before it is what is reported.
#[test]
fn a_struct_inside_is_read_with_its_path() {
    let box_of = |inside: &str| format!(r#"{{"name":"a","lamp":{inside},"spare":{inside}}}"#);
    let read: Nested = from_text(&box_of(r#"{"name":"a","rules":[]}"#)).unwrap();
    assert!(read.lamp == read.spare);
    for (text, path) in [
        (box_of(r#"{"rules":[]}"#), "lamp: `name`"),
        (box_of(r#"{"name":1,"rules":[]}"#), "lamp.name"),
        (
            r#"{"lamp":{"name":"a","rules":[]},"spare":1}"#.to_owned(),
            "`name`",
        ),
        (r#"{"name":"a"}"#.to_owned(), "`lamp`"),
    ] {
        let fault = from_text::<Nested>(&text).unwrap_err().to_string();
        assert!(fault.starts_with(path), "{fault}");
    }
}

#[test]
fn other_fields_are_kept_under_their_names() {
    let text = r#"{"name":"a","b":1,"c":2}"#;
    let open: Open = from_text(text).unwrap();
    assert_eq!(open.rest.len(), 2);
    assert_eq!(serde_json::to_string(&open).unwrap(), text);
    let misspelt: Open = from_text(r#"{"nmae":"a"}"#).unwrap();
    assert!(misspelt.rest.is_empty() && misspelt.name.is_some());
    assert_eq!(serde_json::to_string(&Empty {}).unwrap(), "{}");
}

/// Formats that begin with the number of fields are given the right one.
#[test]
fn the_number_of_fields_is_that_of_the_written_ones() {
    let lamp: Lamp = from_text(r#"{"name":"a","rules":[1]}"#).unwrap();
    let mut count = super::written::Count(0);
    super::Object::fields(&lamp, &mut count);
    assert_eq!(count.0, 3);
}

/// Nothing of what was read is lost: a tag that the struct would not write is a fault.
#[test]
fn a_tag_is_written_and_no_field() {
    let text = r#"{"kind":"lamp","the state":"on","name":"a"}"#;
    let tagged: Tagged = from_text(text).unwrap();
    assert_eq!(serde_json::to_string(&tagged).unwrap(), text);
    assert_eq!(format!("{tagged:?}"), r#"Tagged { name: Some("a") }"#);
    assert!(tagged == tagged.clone() && tagged != Tagged { name: None });
    // One that is not there is written all the same.
    assert!(tagged == from_text(r#"{"name":"a"}"#).unwrap());
    let open: OpenTagged = from_text(r#"{"a":1,"kind":"lamp"}"#).unwrap();
    assert!(open.rest.len() == 1 && open == open.clone());
    let written = serde_json::to_string(&open).unwrap();
    assert_eq!(written, r#"{"kind":"lamp","a":1}"#);
    let mut count = super::written::Count(0);
    super::Object::fields(&tagged, &mut count);
    assert_eq!(count.0, 3);
}

#[test]
fn another_tag_is_a_fault_that_repeats_none_of_it() {
    for (text, said) in [
        (
            r#"{"kind":"secret","the state":"on"}"#,
            "kind: expected `lamp`",
        ),
        (
            r#"{"kind":1,"the state":"on"}"#,
            "kind: expected a string, found a number",
        ),
    ] {
        let fault = from_text::<Tagged>(text).unwrap_err().to_string();
        assert_eq!(fault, said);
    }
}
