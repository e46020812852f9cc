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
