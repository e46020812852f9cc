//! Equal inline schemas are one type under each of their names.

use cloudflare_magic::golden::equal_inline::houses::weather::{rain, snow, sun, wind};

fn main() {
    let text = r#"{"unit":"KELVIN","values":[{"value":1.5}],"taken":{"by":"HAND"}}"#;
    let wind: wind::WindGetResult = serde_json::from_str(text).unwrap();
    // In another operation, in the parameter of it, and in an enum of a result.
    let rain: rain::RainGetResult = wind;
    assert_eq!(rain.unit, sun::SunGetUnit::Kelvin);
    assert_eq!(rain.taken.by, Some(snow::SnowGetResultTakenBy::Hand));
    assert_eq!(serde_json::to_string(&rain).unwrap(), text);

    let body: rain::RainCreateBody = wind::WindCreateBody::builder()
        .name("a")
        .low(1.0)
        .high(2.0)
        .build();
    let body: wind::WindCreateBody = body.note("b");
    assert_eq!(
        serde_json::to_value(&body).unwrap(),
        serde_json::json!({"name": "a", "low": 1.0, "high": 2.0, "note": "b"})
    );

    // Variants of one union stay two types; what a list of the same holds is the first of them.
    let lamp: snow::SnowCreateResultListItem = serde_json::from_str(r#"{"lit":true}"#).unwrap();
    let listed = snow::SnowCreateResult::List(vec![lamp.clone()]);
    assert_ne!(listed, snow::SnowCreateResult::Lamp(lamp));
}
