//! A program on golden cases like `golden_decode`: what is read where a document is wrong, or its discriminators do not tell members apart.

use std::fmt::Debug;

use cloudflare_magic::golden;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn main() {
    undecidable();
    tolerated();
    ignored();
    mistakes();
    inheritance();
    guarded();
    newer();
    long_keys();
    implied();
}

/// Reads a value, and checks that it is written as it came.
fn read<T: DeserializeOwned + Serialize + Debug>(text: &str) -> T {
    let value: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let written = serde_json::to_value(&value).unwrap();
    let wanted: Value = serde_json::from_str(text).unwrap();
    assert_eq!(written, wanted, "{value:?}");
    value
}

/// Checks which variant a text is read as.
macro_rules! is {
    ($text:expr, $variant:pat) => {
        let value = read($text);
        assert!(matches!(value, $variant), "{}: {value:?}", $text);
    };
}

fn undecidable() {
    use golden::union_discriminator_undecidable::types::Lamp;
    is!(r#"{"kind": "plain"}"#, Lamp::Plain(_));
    is!(r#"{"kind": "high", "height": 1.5}"#, Lamp::Unknown(_));
    is!(r#"{"colour": "red"}"#, Lamp::Unknown(_));
}

fn tolerated() {
    use golden::union_discriminator_tolerated::types::Lamp;
    is!(r#"["a", "b"]"#, Lamp::List(_));
    is!(r#"{"kind": "higher", "height": 1.5}"#, Lamp::Higher(_));
    is!(r#"{"kind": "tall"}"#, Lamp::Unknown(_));
}

fn ignored() {
    use golden::union_discriminator_absent_tolerated::types::Lamp;
    is!(r#"{"kind": "a"}"#, Lamp::Plain(_));
    is!(r#"{"kind": "a", "height": 1.5}"#, Lamp::Tall(_));
}

/// Values that are wrong or listed twice in the document, and items of any type.
fn mistakes() {
    use golden::left_out_tolerated::types::Lamp;
    read::<Lamp>(r#"{"mode": "false", "power": "on", "tags": [1, "a"], "name": "b"}"#);
}

fn inheritance() {
    use golden::inheritance::types::{Foot, Lamp, Plug, Stand, Tall};
    is!(r#"{"kind": "simple", "name": "a"}"#, Lamp::Simple(_));
    is!(
        r#"{"kind": "high", "name": "a", "height": 1.5}"#,
        Lamp::High(_)
    );
    is!(
        r#"{"kind": "wide", "name": "a", "width": 1.5, "beside": [{"kind": "new", "more": 1}]}"#,
        Lamp::Wide(_)
    );
    is!(
        r#"{"kind": "tallest", "name": "a", "height": 1.5, "record": true}"#,
        Lamp::Tallest(_)
    );
    read::<Tall>(r#"{"kind": "high", "name": "a", "height": 1.5}"#);
    is!(r#"{"made_of": "iron", "weight": 1.5}"#, Foot::Iron(_));
    is!(r#"{"made_of": "wood"}"#, Foot::FootBase(_));
    is!(r#"{"made_of": "clay"}"#, Foot::Unknown(_));
    is!(r#"{"sort": "earthed", "pins": 3}"#, Plug::Earthed(_));
    is!(r#"{"sort": "flat"}"#, Plug::Flat(_));
    let stand: Stand = read(r#"{"lamp": {"kind": "simple", "name": "a"}}"#);
    assert!(matches!(stand.lamp, Some(Lamp::Simple(_))), "{stand:?}");
}

/// Values of a property that rules variants out: what no variant lists is kept as it came.
fn guarded() {
    use golden::union_guarded::types::{App, Change, Nested, Second, Size};
    is!(r#"{"operation": "add", "value": "a"}"#, Change::Add(_));
    is!(r#"{"operation": "set", "value": "a"}"#, Change::Set(_));
    is!(r#"{"operation": "set", "expression": "a"}"#, Change::Compute(_));
    is!(r#"{"operation": "remove"}"#, Change::Remove(_));
    is!(r#"{"operation": "rename", "from": "a"}"#, Change::Unknown(_));
    is!(r#"{"operation": "add", "expression": "a"}"#, Change::Unknown(_));
    is!(r#"{"sort": "hosted", "domain": "a"}"#, App::Hosted(_));
    is!(r#"{"sort": "bookmark", "domain": "a"}"#, App::Hosted(_));
    is!(r#"{"sort": "bookmark", "domain": "a", "logo": "b"}"#, App::Bookmark(_));
    is!(r#"{"logo": "a"}"#, App::Bookmark(_));
    is!(r#"{"kind": "a", "sub": "y"}"#, Second::FirstY(_));
    is!(r#"{"kind": "b", "sub": "x", "z": 1}"#, Second::Last(_));
    is!(r#"{"kind": "a", "sub": "z", "more": 1}"#, Second::Unknown(_));
    is!(r#"{"part": "wire", "blue": true}"#, Nested::Wire(_));
    is!(r#"{"part": "wire", "length": 1}"#, Nested::Bare(_));
    is!(r#"{"part": "shade", "more": 1}"#, Nested::Unknown(_));
    is!(r#"{"mode": "small", "watts": 1, "height": 2}"#, Size::Sized(_));
    is!(r#"{"mode": "small", "height": 2}"#, Size::Small(_));
    is!(r#"{"mode": "large", "watts": 1, "height": 2}"#, Size::Sized(_));
    is!(r#"{"mode": "giant", "watts": 1, "height": 2}"#, Size::Unknown(_));
    is!(r#"{"sort": "saas", "saas_app": {"a": 1}}"#, App::Unknown(_));
}

/// Keywords of OpenAPI 3.1.
fn newer() {
    use golden::left_out_newer::types::{Lamp, LampParts, LampSize};
    let lamp: Lamp = read(
        r#"{"kind": "lamp", "name": "a", "size": 1, "parts": {"first": "a"}, "unit": "mm", "watts": 1, "pair": ["a", 1]}"#,
    );
    assert!(matches!(lamp.size, Some(LampSize::Integer(1))), "{lamp:?}");
    assert!(matches!(lamp.parts, Some(LampParts::Object(_))), "{lamp:?}");
    let text = r#"{"kind": "lamp", "name": null, "size": null}"#;
    let lamp: Lamp = serde_json::from_str(text).unwrap();
    assert!(lamp.name.is_none() && lamp.size.is_none(), "{lamp:?}");
}

/// Keys that have a line of their own in the generated code.
fn long_keys() {
    let can = "whether_members_of_the_organisation_can_";
    read::<golden::name_long_keys::types::Lamp>(&format!(
        r#"{{"{can}create_lamps": true, "{can}x": "a"}}"#
    ));
}

/// Tags that are no fields: they are written, and what is read without them is another shape.
fn implied() {
    use golden::union_tags_implied::types::{Bulb, Dial, DimRule, Lamp, Part, Plain, Rule, Shade, Spare, Tall, Thing};
    is!(r#"{"kind": "PLAIN", "name": "a", "watts": 1}"#, Lamp::Plain(_));
    is!(r#"{"kind": "PLAIN", "name": "a"}"#, Spare::Plain(_));
    is!(r#"{"kind": "PLAIN", "name": "a"}"#, Thing::Plain(_));
    is!(r#"{"kind": "TALL", "height": 1.5}"#, Lamp::Tall(_));
    is!(r#"{"kind": "SHADE", "colour": "red"}"#, Lamp::Shade(_));
    is!(r#"{"kind": "TUBE"}"#, Lamp::Bulb(_));
    is!(r#"{"kind": "a `CORD`\n"}"#, Spare::Cord(_));
    is!(r#"{"kind": "LEVER", "steps": 1}"#, Dial::Knob(_));
    is!(r#"{"kind": "SOCKET", "fits": "WALL"}"#, Thing::Socket(_));
    is!(r#"{"kind": "SOCKET", "fits": "WALL"}"#, Part::Wall(_));
    is!(r#"{"fits": "CORD", "pins": 3}"#, Part::Cord(_));
    is!(r#"{"kind": "CANDLE", "name": "a"}"#, Lamp::Unknown(_));
    is!(r#"{"name": "a"}"#, Lamp::Unknown(_));
    // The value that an argument would have to be.
    let made = Lamp::from(Plain::new("a").watts(1));
    let text = r#"{"kind":"PLAIN","name":"a","watts":1}"#;
    assert_eq!(serde_json::to_string(&made).unwrap(), text);
    assert_eq!(serde_json::from_str::<Lamp>(text).unwrap(), made);
    let made: Vec<Lamp> = vec![Shade::new().into(), Bulb::new("TUBE").into()];
    let text = r#"[{"kind":"SHADE"},{"kind":"TUBE"}]"#;
    assert_eq!(serde_json::to_string(&made).unwrap(), text);
    let made = Rule::from(DimRule::new().hour(7));
    let text = r#"{"action":"dim","hour":7}"#;
    assert_eq!(serde_json::to_string(&made).unwrap(), text);
    assert_eq!(serde_json::from_str::<Rule>(text).unwrap(), made);
    is!(r#"{"hour": 7}"#, Rule::Unknown(_));
    // By itself a struct may be without its value, and has no place for another one.
    let alone: DimRule = serde_json::from_str(r#"{"hour": 7}"#).unwrap();
    let text = r#"{"action":"dim","hour":7}"#;
    assert_eq!(serde_json::to_string(&alone).unwrap(), text);
    assert!(serde_json::from_str::<Plain>(r#"{"kind": "FLAT", "name": "a"}"#).is_err());
    read::<Tall>(r#"{"kind": "HIGH", "height": 1.5}"#);
}
