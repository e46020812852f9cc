//! The type of a plain YAML scalar: the core schema of YAML 1.2.
//!
//! Input: the text of a scalar without quotes. Output: null, a boolean, a number as JSON writes it, or a string.
//! `yes`, `on` and dates are strings here, as in YAML 1.2.

use super::node::Value;

/// The value of a plain scalar; the error is the message that refuses it.
pub(super) fn plain(text: &str) -> Result<Value, String> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Value::Bool(false)),
        _ => {}
    }
    if is_not_finite(text) {
        return Err(format!("`{text}` is not a number that JSON can hold"));
    }
    match number(text) {
        Some(number) if is_finite(&number) => Ok(Value::Number(number)),
        Some(_) => Err(format!("`{text}` is too large for a number")),
        None => Ok(Value::String(text.to_owned())),
    }
}

/// The number that `text` is, in JSON's form: `0x1F` as `31`, `+.5` as `0.5`, `007` as `7`.
pub(super) fn number(text: &str) -> Option<String> {
    let may_be =
        text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.'));
    if !may_be {
        return None;
    }
    radix(text).or_else(|| decimal(text))
}

fn is_finite(number: &str) -> bool {
    number.parse::<f64>().is_ok_and(f64::is_finite)
}

fn is_not_finite(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

fn radix(text: &str) -> Option<String> {
    let (digits, radix) = match (text.strip_prefix("0x"), text.strip_prefix("0o")) {
        (Some(digits), _) => (digits, 16),
        (_, Some(digits)) => (digits, 8),
        _ => return None,
    };
    let plain = digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
    u128::from_str_radix(digits, radix)
        .ok()
        .filter(|_| plain)
        .map(|value| value.to_string())
}

fn decimal(text: &str) -> Option<String> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(cut) => (unsigned.get(..cut)?, Some(unsigned.get(cut + 1..)?)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    if !digits(whole)
        || !fraction.is_none_or(digits)
        || (whole.is_empty() && fraction.is_none_or(str::is_empty))
    {
        return None;
    }
    let mut number = format!("{sign}{}", without_leading_zeros(whole));
    if let Some(fraction) = fraction {
        number.push('.');
        number.push_str(if fraction.is_empty() { "0" } else { fraction });
    }
    if let Some(exponent) = exponent {
        let unsigned = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        if unsigned.is_empty() || !digits(unsigned) {
            return None;
        }
        number.push('e');
        number.push_str(exponent);
    }
    Some(number)
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn without_leading_zeros(digits: &str) -> &str {
    match digits.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::{Value, plain};

    fn rendered(text: &str) -> String {
        match plain(text) {
            Ok(Value::Null) => "null".to_owned(),
            Ok(Value::Bool(value)) => format!("bool {value}"),
            Ok(Value::Number(number)) => format!("number {number}"),
            Ok(Value::String(text)) => format!("text {text}"),
            Ok(_) => "other".to_owned(),
            Err(message) => format!("fault {message}"),
        }
    }

    #[test]
    fn follows_the_core_schema() {
        let table = [
            ("", "null"),
            ("~", "null"),
            ("Null", "null"),
            ("nULL", "text nULL"),
            ("TRUE", "bool true"),
            ("false", "bool false"),
            ("yes", "text yes"),
            ("off", "text off"),
            ("12", "number 12"),
            ("-0", "number -0"),
            ("+7", "number 7"),
            ("007", "number 7"),
            ("0o17", "number 15"),
            ("0x1F", "number 31"),
            ("0x", "text 0x"),
            ("0x+1", "text 0x+1"),
            ("1.5", "number 1.5"),
            (".5", "number 0.5"),
            ("1.", "number 1.0"),
            ("1e3", "number 1e3"),
            ("1.5E-3", "number 1.5e-3"),
            ("1e", "text 1e"),
            (".", "text ."),
            ("-", "text -"),
            ("3.0.3", "text 3.0.3"),
            ("1_000", "text 1_000"),
            ("2022-04-22", "text 2022-04-22"),
            ("12:30", "text 12:30"),
            ("18446744073709551616", "number 18446744073709551616"),
            (".inf", "fault `.inf` is not a number that JSON can hold"),
            ("-.INF", "fault `-.INF` is not a number that JSON can hold"),
            (".nan", "fault `.nan` is not a number that JSON can hold"),
            ("1e999", "fault `1e999` is too large for a number"),
        ];
        for (text, expected) in table {
            assert_eq!(rendered(text), expected, "{text:?}");
        }
    }
}
