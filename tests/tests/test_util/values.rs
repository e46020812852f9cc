//! Values of types that can get new fields.

use cloudflare_magic::testing::{from_json, json};
use cloudflare_magic::{Pcap, PcapId, Provider, ProviderId, Timestamp};

use crate::panic_of;

#[test]
fn values_are_read_from_text_and_from_json() {
    let text = r#"{"id": "c1", "type": "simple", "status": "new", "unknown": [1]}"#;
    let capture: Pcap = from_json(text);
    assert_eq!(capture.id(), Some(&PcapId::from("c1")));
    assert_eq!(from_json::<Pcap>(String::from(text)), capture);
    let value = json!({"id": "c1", "type": "simple", "status": "new"});
    assert_eq!(from_json::<Pcap>(&value), capture);
    assert_eq!(
        from_json::<Vec<Pcap>>(json!([value, value])),
        [capture.clone(), capture]
    );
    assert_eq!(from_json::<ProviderId>(json!("p1")), ProviderId::from("p1"));
    assert_eq!(
        from_json::<Timestamp>(r#""2026-07-20""#),
        Timestamp::from("2026-07-20")
    );
}

#[test]
fn the_place_that_does_not_fit_is_named() {
    let bad = json!([{
        "id": "p1", "cloud_type": "AWS", "friendly_name": ["HUSH"], "last_updated": "", "lifecycle_state": "ACTIVE",
        "state": "DONE", "state_v2": "DONE",
    }]);
    assert_eq!(
        panic_of(|| drop(from_json::<Vec<Provider>>(bad))),
        "this JSON does not fit `Vec<Provider>`: [0].friendly_name: expected a string, found an array"
    );
    assert_eq!(
        panic_of(|| drop(from_json::<Provider>(json!({"id": "p1"})))),
        "this JSON does not fit `Provider`: `cloud_type` is missing"
    );
    assert!(
        panic_of(|| drop(from_json::<Pcap>("{"))).starts_with("this JSON does not fit `Pcap`: ")
    );
    // Serde's derive would fill a struct from an array, field by field.
    assert!(panic_of(|| drop(from_json::<Provider>(json!(["p1"])))).contains("found an array"));
}
