//! JSON as it is sent: a whole number has no fraction, whatever its type in Rust. A service that takes integers refuses `60.0`.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

/// From here on numbers have an exponent, as JavaScript writes them.
const LARGE: f64 = 1e21;

/// The JSON text of a value.
pub(crate) fn json_text(value: &(impl Serialize + ?Sized)) -> Result<String, serde_json::Error> {
    let mut text = Vec::new();
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut text, Sent))?;
    // serde_json writes nothing but UTF-8.
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// As serde_json writes it, but for whole numbers.
struct Sent;

impl Formatter for Sent {
    fn write_f32<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        match is_whole(value.into()) {
            // Without the sign of zero.
            true => write!(writer, "{}", value + 0.0),
            false => CompactFormatter.write_f32(writer, value),
        }
    }

    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        match is_whole(value) {
            true => write!(writer, "{}", value + 0.0),
            false => CompactFormatter.write_f64(writer, value),
        }
    }
}

fn is_whole(value: f64) -> bool {
    value.fract() == 0.0 && value.abs() < LARGE
}

#[cfg(test)]
mod tests {
    use super::json_text;
    use serde_json::json;

    #[test]
    fn b148_whole_numbers_have_no_fraction() {
        for (value, text) in [
            (60.0, "60"),
            (-1.0, "-1"),
            (0.0, "0"),
            (-0.0, "0"),
            (0.5, "0.5"),
            (1e15, "1000000000000000"),
            (9_007_199_254_740_992.0, "9007199254740992"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1e300, "1e+300"),
        ] {
            assert_eq!(json_text(&value).unwrap(), text);
            let read: f64 = serde_json::from_str(text).unwrap();
            assert!(read == value, "{text}");
        }
        assert_eq!(json_text(&f64::NAN).unwrap(), "null");
        assert_eq!(json_text(&2.0_f32).unwrap(), "2");
        assert_eq!(json_text(&0.25_f32).unwrap(), "0.25");
        let nested = json!({"a": [1.0, {"b": -2.0}], "c": "1.0", "d": 1.5, "é\n": 3});
        let expected = r#"{"a":[1,{"b":-2}],"c":"1.0","d":1.5,"é\n":3}"#;
        assert_eq!(json_text(&nested).unwrap(), expected);
    }
}
