//! A program on golden cases: what is read from JSON, and what is written again. It is compiled and run by `golden_compile`, where
//! those cases are a part of the SDK.

use std::fmt::Debug;

use cloudflare_magic::golden;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn main() {
    write_only_keys();
    aliases();
    scalars();
    constants();
    narrowed();
    additional();
    kinds();
    objects_and_scalars();
    merged_scalars();
    mixed_enums();
    undecidable();
    choices_beside_properties();
    choices_in_all_of();
    choices_of_several();
    several_at_once();
    restricted();
    joint();
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

fn write_only_keys() {
    use golden::union_write_only_key::types::Lamp;
    is!(r#"{"name": "a"}"#, Lamp::Plain(_));
    is!(r#"{"height": 1.5}"#, Lamp::Tall(_));
    is!(r#"{"key": "k"}"#, Lamp::Unknown(_));
}

fn aliases() {
    {
        use golden::union_discriminator_alias::types::Lamp;
        is!(
            r#"{"kind": "plain_alias", "name": "a"}"#,
            Lamp::PlainAlias(_)
        );
        is!(r#"{"kind": "T-1", "height": 2.5}"#, Lamp::T1(_));
        is!(r#"{"kind": "wide"}"#, Lamp::Wide(_));
        is!(r#"{"kind": "plain"}"#, Lamp::Unknown(_));
    }
    {
        use golden::union_discriminator_one_schema_twice::types::Lamp;
        is!(r#"{"kind": "desk"}"#, Lamp::Desk(_));
        is!(r#"{"kind": "wall", "name": "a"}"#, Lamp::Wall(_));
    }
    {
        use golden::config_union_alias::types::Lamp;
        is!(r#"{"kind": "d", "name": "a"}"#, Lamp::D(_));
        is!(r#"{"kind": "t"}"#, Lamp::T(_));
    }
    {
        use golden::union_of_extended::types::AnyLamp;
        is!(r#"{"kind": "plain", "name": "a"}"#, AnyLamp::Plain(_));
        is!(r#"{"kind": "tall", "height": 2.5}"#, AnyLamp::Tall(_));
    }
    {
        use golden::union_discriminator_own_value::types::Lamp;
        is!(r#"{"kind": "PLAIN"}"#, Lamp::Plain(_));
        is!(r#"{"kind": "TALL"}"#, Lamp::Tall(_));
        is!(r#"{"kind": "tall"}"#, Lamp::Unknown(_));
    }
}

fn scalars() {
    use golden::union_discriminator_boolean::types::{Bulb, Lamp};
    is!(r#"{"stands": false, "name": "a"}"#, Lamp::Plain(_));
    is!(r#"{"stands": true}"#, Lamp::Tall(_));
    is!(r#"{"volts": 12}"#, Bulb::Led(_));
    is!(r#"{"volts": 230, "watts": 40}"#, Bulb::Wire(_));
    is!(r#"{"volts": 110}"#, Bulb::Unknown(_));
}

fn constants() {
    {
        use golden::union_by_constant::types::Lamp;
        is!(r#"{"kind": "desk", "height": "low"}"#, Lamp::Plain(_));
        is!(r#"{"kind": "wall"}"#, Lamp::Plain(_));
        is!(r#"{"kind": "floor", "height": 1.5}"#, Lamp::Tall(_));
        is!(r#"{"kind": "bench"}"#, Lamp::Wide(_));
        is!(r#"{"kind": "shelf"}"#, Lamp::Unknown(_));
    }
    use golden::union_by_constant_boolean::types::{Bulb, Lamp};
    is!(r#"{"stands": false}"#, Lamp::Plain(_));
    is!(r#"{"stands": true, "height": 1.5}"#, Lamp::Tall(_));
    is!(r#"{"volts": 12, "colour": "red"}"#, Bulb::Led(_));
    is!(r#"{"volts": 230}"#, Bulb::Wire(_));
}

fn narrowed() {
    use golden::all_of_narrowed::types::Lamp;
    let text = r#"{"name": "a", "made_at": "2026-01-02T03:04:05Z", "level": 9, "whole": 3, "free": true, "tags": ["x"]}"#;
    let lamp: Lamp = read(text);
    assert_eq!((lamp.level, lamp.whole), (Some(9_u8), Some(3_i64)));
    assert!(lamp.made_at.is_some());
    let too_large = serde_json::from_str::<Lamp>(r#"{"level": 256}"#);
    assert!(too_large.is_err());
}

/// Keys that the document does not list are kept and sent.
fn additional() {
    use golden::object_additional_any::types::Lamp;
    let mut lamp: Lamp =
        read(r#"{"name": "a", "shade": {"serial": "s", "size": [1]}, "odd": {"a": null}}"#);
    assert_eq!(lamp.additional_properties["odd"]["a"], Value::Null);
    lamp.additional_properties
        .insert("more".to_owned(), Value::from(1));
    let written = serde_json::to_value(&lamp).unwrap();
    assert_eq!(written["more"], 1);
    let lamp = Lamp::new("b");
    assert_eq!(serde_json::to_string(&lamp).unwrap(), r#"{"name":"b"}"#);
}

/// Values of any kind are recognised by it.
fn kinds() {
    use golden::union_of_kinds::types::{Lamp, LampLevel, LampOn, LampPart, Other, Place, Room};
    is!(r#""hall""#, Room::String(_));
    is!("3", Room::Integer(3));
    is!("3.5", Room::Unknown(_));
    is!("true", Room::Boolean(true));
    is!(r#"["hall", 3, ["attic"]]"#, Room::List(_));
    is!(r#"{"floor": 2}"#, Room::Place(_));
    is!("3", LampPart::Integer(3));
    is!("3.0", LampPart::Number(_));
    is!("3.5", LampPart::Number(_));
    is!(r#""low""#, LampLevel::String(_));
    is!("3", LampLevel::Integer(3));
    is!("[1]", LampLevel::Unknown(_));
    is!("[true]", LampOn::List(_));
    is!("{}", LampOn::Unknown(_));
    is!(r#""a""#, Other::String(_));
    is!(r#"{"floor": 2}"#, Other::Place(_));
    is!(r#"{"roof": 2}"#, Other::Value(_));
    is!("[1]", Other::Value(_));
    let text = r#"{"room": "hall", "level": null, "part": 1.5, "rooms": [1, {"floor": 2}], "by_floor": {"a": [true]}}"#;
    let _: Lamp = read(text);
    let lamp = Lamp::new("hall")
        .level(7)
        .rooms(["attic"])
        .part(1.5)
        .on(true);
    let written = serde_json::to_string(&lamp).unwrap();
    assert_eq!(
        written,
        r#"{"room":"hall","level":7,"part":1.5,"on":true,"rooms":["attic"]}"#
    );
    assert_eq!(Room::from(Place::new(2)), read(r#"{"floor": 2}"#));
    assert_eq!(Room::from(vec![Room::from(2)]), read("[2]"));
}

/// The kind of value first, then keys, tags and constants among the objects.
fn objects_and_scalars() {
    use golden::union_objects_and_scalars::types::{
        AnyKind, Bulb, LampLamps, LampNamed, Parts, Shade,
    };
    is!(r#""plain""#, Shade::String(_));
    is!(r#"{"sheets": 1}"#, Shade::Paper(_));
    is!(r#"{"thickness": 1.5}"#, Shade::Glass(_));
    is!(r#"{"threads": 1}"#, Shade::Unknown(_));
    is!("7", Shade::Unknown(_));
    is!(r#"{"kind": "led", "volts": 1}"#, Bulb::Led(_));
    is!(r#"{"kind": "wire"}"#, Bulb::Wire(_));
    is!(r#"{"kind": "gas"}"#, Bulb::Unknown(_));
    is!("7", Bulb::Integer(7));
    is!(r#"[{"thickness": 1.5}]"#, LampLamps::List(_));
    is!(r#"{"sheets": 1}"#, LampLamps::Paper(_));
    is!(r#"{"sheets": 1}"#, LampNamed::Paper(_));
    is!(r#"{"a": {"thickness": 1.5}}"#, LampNamed::Map(_));
    is!("{}", LampNamed::Map(_));
    is!(r#"{"form": "B"}"#, AnyKind::Plain(_));
    is!(r#"{"form": "D", "data": 1}"#, AnyKind::Odd(_));
    is!(r#"{"form": "E"}"#, AnyKind::Unknown(_));
    is!(r#"{"sheets": 1, "kind": "rice"}"#, Parts::Thin(_));
    is!(r#"{"sheets": 1, "kind": "thick"}"#, Parts::Thick(_));
    is!(r#"{"sheets": 1, "kind": "steel"}"#, Parts::Unknown(_));
    is!(r#"{"thickness": 1.5}"#, Parts::Glass(_));
}

/// Strings and numbers that are one type, or one enum.
fn merged_scalars() {
    use golden::union_of_scalars::types::{
        Age, Colour, Lamp, LampAges, LampEither, LampLevel, LampMade, LampMode, LampSold, LampTtl,
        Mode, Unmade,
    };
    let text = r#"{"name": "a", "address": "::1", "serial": "s", "mode": "slow", "again": "fast", "free": "oval", "bytes": 5, "size": 1.5, "port": 65535, "flag": false, "picture": "iVBORw0KGgo=", "thumb": "aGk="}"#;
    let lamp: Lamp = read(text);
    assert_eq!((lamp.mode, lamp.again), (LampMode::Slow, Some(Mode::Fast)));
    assert_eq!((lamp.port, lamp.flag), (Some(65535), Some(false)));
    assert_eq!(lamp.picture.as_deref(), Some("iVBORw0KGgo="));
    is!(r#""blink""#, LampMode::Flash);
    is!(r#""blue""#, Colour::Sky);
    is!(r#""yellow""#, Colour::Yellow);
    is!(r#""green""#, Colour::Unknown(_));
    is!(r#""2026-01-02T03:04:05Z""#, LampMade::DateTime(_));
    is!(r#""never""#, LampMade::String(Unmade::Never));
    is!(r#""2026-01-02""#, LampSold::String(_));
    is!(r#""2026-01-02T03:04:05+01:00""#, LampSold::DateTime(_));
    is!(r#""old""#, LampAges::String(Age::Old));
    is!(r#"["x"]"#, LampAges::List(_));
    is!("600", LampTtl::Ttl600);
    is!("-0.5", LampTtl::TtlMinus0Point5);
    is!("601.5", LampTtl::Unknown(_));
    is!("3", LampLevel::Level3);
    is!(r#""auto""#, LampEither::Auto);
    is!("7", LampEither::Either7);
    is!("8", LampEither::Unknown(_));
    let lamp = Lamp::new("blink")
        .ttl(1800)
        .either("auto")
        .address(std::net::Ipv4Addr::LOCALHOST);
    let written = serde_json::to_string(&lamp).unwrap();
    assert_eq!(
        written,
        r#"{"address":"127.0.0.1","mode":"blink","ttl":1800,"either":"auto"}"#
    );
}

fn mixed_enums() {
    use golden::enum_mixed::types::{Lamp, LampLevel, LampSize};
    is!(r#""low""#, LampLevel::Low);
    is!("1", LampLevel::Level1);
    is!("true", LampLevel::True);
    is!("-3", LampLevel::LevelMinus3);
    is!("false", LampLevel::Unknown(_));
    is!("1.5", LampSize::Size1Point5);
    is!("2", LampSize::Size2);
    let lamp: Lamp = read(r#"{"level": 0.5, "size": null, "on": false, "dim": true}"#);
    assert_eq!((lamp.on, lamp.dim), (Some(false), Some(true)));
}

/// What nothing distinguishes is kept; what can be distinguished is read.
fn undecidable() {
    {
        use golden::union_undecidable::types::{LampSizes, Paper, Shade};
        is!(r#"{"sheets": 1, "fold": true}"#, Shade::Unknown(_));
        is!(r#"{"thickness": 1.5}"#, Shade::Glass(_));
        is!("[1]", LampSizes::Unknown(_));
        is!(r#""wide""#, LampSizes::String(_));
        let paper = serde_json::to_string(&Shade::from(Paper::new(2))).unwrap();
        assert_eq!(paper, r#"{"sheets":2}"#);
    }
    use golden::union_undecidable_all::types::Lamp;
    is!(r#"{"fold": true}"#, Lamp::Unknown(_));
}

/// What a schema says beside a choice is in each of its members.
fn choices_beside_properties() {
    use golden::choice_beside_properties::types::{
        Again, Both, Free, Lamp, Only, Shade, ShadeColour, ShadeP,
    };
    is!(r#"{"id": "1", "name": "a"}"#, Lamp::Plain(_));
    is!(r#"{"id": "1", "height": 1.5}"#, Lamp::Tall(_));
    is!(r#"{"id": "1"}"#, Lamp::Unknown(_));
    is!(
        r#"{"form": "p", "colour": "red", "sheets": 2}"#,
        Shade::P(_)
    );
    is!(r#"{"form": "g"}"#, Shade::G(_));
    is!(r#"{"name": "a"}"#, Again::Plain(_));
    is!(r#"{"name": "a", "age": 1}"#, Again::Named(_));
    is!(r#"{"height": 1.5, "more": "b"}"#, Free::Tall(_));
    is!(r#"{"name": "a", "age": 1}"#, Both::PlainOld(_));
    is!(r#"{"height": 1.5, "date": "b"}"#, Both::TallNew(_));
    let only: Only = read(r#"{"height": 1.5, "name": "a"}"#);
    assert_eq!(only.name, "a");
    let shade = Shade::from(ShadeP::new("p").colour(ShadeColour::Red));
    let written = serde_json::to_string(&shade).unwrap();
    assert_eq!(written, r#"{"colour":"red","form":"p"}"#);
}

fn choices_in_all_of() {
    use golden::choice_in_all_of::types::{
        Enabled, EnabledGlass, Lamp, NarrowNode, Nested, OfGlass,
    };
    is!(r#"{"id": "1", "width": 1.5, "value": "v"}"#, Lamp::Wide(_));
    is!(
        r#"{"enabled": true, "form": "paper", "sheets": 1}"#,
        Enabled::Paper(_)
    );
    is!(r#"{"form": "glass", "id": "1"}"#, Nested::Glass(_));
    is!(r#"{"width": 2.5}"#, Nested::Wide(_));
    is!(
        r#"{"kind": "group", "nodes": [{"kind": "leaf", "key": "a"}]}"#,
        NarrowNode::Group(_)
    );
    let glass = Enabled::from(EnabledGlass::new(true, OfGlass::Glass));
    let written = serde_json::to_string(&glass).unwrap();
    assert_eq!(written, r#"{"enabled":true,"form":"glass"}"#);
}

/// A schema with a choice is a member of several others: what one of them requires, the others do not.
fn choices_of_several() {
    use golden::choice_shared::types::{Counted, Shared, Wrapped};
    is!(r#"{"width": 1.5, "count": 2}"#, Counted::Wide(_));
    is!(r#"{"height": 1.5, "count": 2, "users": ["a"]}"#, Shared::Tall(_));
    is!(r#"{"key": "k", "name": "n"}"#, Wrapped::Key(_));
    is!(r#"{"height": 1.5}"#, Shared::Unknown(_));
    is!(r#"{"height": 1.5}"#, Counted::Tall(_));
}

/// A value that is several members of an `anyOf` is kept as it came; `null` says of no member that the value is one.
fn several_at_once() {
    use golden::any_of_several::types::{Any, Hidden, Larger, Nested, One};
    is!(r#"{"width": 1.5, "note": "n"}"#, Any::Wide(_));
    is!(r#"{"height": 1.5, "note": "n"}"#, Any::Tall(_));
    is!(r#"{"width": 1.5, "height": 2.5}"#, Any::Unknown(_));
    is!(r#"{"width": 1.5, "shade": {"a": 1}}"#, Any::Unknown(_));
    is!(r#"{"size": "s", "width": 1.5, "height": 2.5}"#, Any::Open(_));
    let null = serde_json::from_str(r#"{"width": 1.5, "height": null}"#);
    assert!(matches!(null, Ok(Any::Wide(_))), "{null:?}");
    let one = serde_json::from_str(r#"{"width": 1.5, "shade": {"a": 1}}"#);
    assert!(matches!(one, Ok(One::Wide(_))), "{one:?}");
    is!(r#"{"url": "u", "id": "i", "code": "c"}"#, Hidden::Desk(_));
    is!(r#"{"url": "u", "id": "i", "code": "c", "key": "k"}"#, Hidden::Wall(_));
    let noted = serde_json::from_str(r#"{"url": "u", "id": "i", "code": "c", "note": "n"}"#);
    assert!(matches!(noted, Ok(Hidden::Desk(_))), "{noted:?}");
    is!(r#"{"width": 1.5, "depth": 2.5, "weight": 3.5}"#, Larger::Large(_));
    is!(r#"{"width": 1.5}"#, Larger::Wide(_));
    is!(r#"{"width": 1.5, "weight": 3.5}"#, Larger::Unknown(_));
    is!(r#"{"id": "i", "width": 1.5, "height": 2.5}"#, Nested::Unknown(_));
    is!(r#"{"id": "i", "key": "k"}"#, Nested::Key(_));
}

/// Members of `allOf` that are no objects restrict each other.
fn restricted() {
    use golden::all_of_scalars::types::{Lamp, LampNarrow, Mode};
    let text = r#"{"id": "a", "mode": "slow", "wide": "fast", "narrow": "fast", "beside": "slow", "texts": ["a"], "level": 3, "listed": "b"}"#;
    let lamp: Lamp = read(text);
    assert_eq!(
        (lamp.wide, lamp.narrow),
        (Some(Mode::Fast), Some(LampNarrow::Fast))
    );
    assert_eq!(lamp.level, Some(3_i64));
    is!(r#""slow""#, LampNarrow::Unknown(_));
}

/// A property that several members of an `allOf` declare has what each of them says.
fn joint() {
    use golden::all_of_joint::types::{Colour, Lamp, LampMode};
    let text = r#"{"shade": {"size": 2, "form": "round"}, "bulbs": [{"socket": "E27", "watts": 9.5, "age": 1}], "rooms": {"hall": {"name": "Hall", "floor": 1}}, "parts": [{"name": "foot", "weight": 3}], "switch": {"side": "left", "height": 110}, "glass": {"thickness": 2, "tint": "blue"}, "colour": "warm", "mode": "slow", "since": "2020-01-02T03:04:05Z", "level": 3, "number": 7}"#;
    let lamp: Lamp = read(text);
    let bulbs = lamp.bulbs.unwrap();
    let bulb = bulbs.first().unwrap();
    assert_eq!(
        (bulb.socket.as_str(), bulb.watts, bulb.age),
        ("E27", Some(9.5), Some(1))
    );
    let rooms = lamp.rooms.unwrap();
    assert_eq!(
        (rooms["hall"].name.as_deref(), rooms["hall"].floor),
        (Some("Hall"), Some(1))
    );
    let part = lamp.parts.unwrap().remove(0);
    assert_eq!((part.name.as_str(), part.weight), ("foot", Some(3)));
    assert_eq!(
        (lamp.colour, lamp.mode),
        (Some(Colour::Warm), Some(LampMode::Slow))
    );
    assert_eq!(lamp.number, Some(7_i32));
    // A value without a key that one of the members requires is none of this type.
    assert!(serde_json::from_str::<Lamp>(r#"{"shade": {"form": "round"}}"#).is_err());
    assert!(serde_json::from_str::<Lamp>(r#"{"shade": {"size": 1}, "bulbs": [{}]}"#).is_err());

    let report: golden::all_of_joint_envelope::types::LampsAllResult =
        read(r#"{"total": 1, "rows": [{"hours": 4, "lamps": ["a"]}]}"#);
    assert_eq!(report.rows[0].hours, Some(4));

    use golden::all_of_joint_recursive::types::{LampKind, LampNext};
    let next: LampNext = read(r#"{"size": 1, "name": "a", "next": {"size": 2, "name": "b"}, "others": [{"size": 3, "name": "c"}]}"#);
    assert_eq!(next.next.unwrap().name.as_deref(), Some("b"));
    is!(r#"{"width": 1, "note": "n"}"#, LampKind::Wide(_));
}
