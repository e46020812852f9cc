//! Behaviour 102: the types of the SDK are read back from the self-describing format in which serde has written them.
//!
//! In: values of unions, and of structs that hold some. Out: nothing.

use std::fmt::Debug;

use cloudflare_magic::{Exposed, Pcap, PcapRequest, ResourceSectionItem};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A program's own types around one of the SDK's.
#[derive(Debug, PartialEq, Deserialize, Serialize)]
struct Flat<T> {
    note: String,
    #[serde(flatten)]
    value: T,
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "kind")]
enum Tagged<T> {
    One { value: T },
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
enum Untagged<T> {
    List(Vec<T>),
    One(T),
}

/// Writes a value in each format, and reads it again.
fn trip<T: Debug + PartialEq + Serialize + DeserializeOwned>(value: &T) {
    let text = serde_json::to_string(&Exposed(value)).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value);
    assert_eq!(
        &serde_json::from_slice::<T>(text.as_bytes()).unwrap(),
        value
    );
    assert_eq!(
        &serde_json::from_reader::<_, T>(text.as_bytes()).unwrap(),
        value
    );
    let tree = serde_json::to_value(Exposed(value)).unwrap();
    assert_eq!(&serde_json::from_value::<T>(tree).unwrap(), value);
    let yaml = serde_yaml::to_string(&Exposed(value)).unwrap();
    assert_eq!(&serde_yaml::from_str::<T>(&yaml).unwrap(), value, "{yaml}");
    let packed = rmp_serde::to_vec_named(&Exposed(value)).unwrap();
    assert_eq!(&rmp_serde::from_slice::<T>(&packed).unwrap(), value);
}

fn trips<T: Clone + Debug + PartialEq + Serialize + DeserializeOwned>(json: &Value) {
    let read = || serde_json::from_value::<T>(json.clone()).unwrap();
    trip(&read());
    trip(&vec![read(), read()]);
    trip(&Some(read()));
    let note = "n".to_owned();
    trip(&Flat {
        note,
        value: read(),
    });
    trip(&Tagged::One { value: read() });
    trip(&Untagged::One(read()));
    trip(&Untagged::List(vec![read()]));
}

#[test]
fn b102_unions_are_read_back_from_any_format() {
    for json in [
        json!({"id": "c1", "type": "simple", "status": "success", "time_limit": 300}),
        json!({"id": "c1", "type": "full", "destination_conf": "r2://b?secret-access-key=s", "byte_limit": 9_007_199_254_740_993_i64}),
        json!({"type": "mirror", "rate": 0.5, "list": [null, true, {"": -1}]}),
    ] {
        trips::<Pcap>(&json);
    }
    trips::<PcapRequest>(
        &json!({"packet_limit": 10, "system": "magic-transit", "time_limit": 10, "type": "simple"}),
    );
    let preview = json!({"cloud_type": "AWS", "detail": "d", "id": "r1", "name": "n", "resource_type": "aws_vpc", "title": "t"});
    let preview = json!({"item_type": "resource_preview", "resource_preview": preview});
    trips::<ResourceSectionItem>(&json!({
        "name": "n",
        "value": {"item_type": "list", "list": [preview, {"item_type": "string", "string": "s"}]},
    }));
}
