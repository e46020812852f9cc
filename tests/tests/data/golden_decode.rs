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
