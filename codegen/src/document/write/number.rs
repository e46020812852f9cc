//! Numbers in canonical form: equal values are written alike.
//!
//! Input: the text of a number as JSON writes it. Output: the shortest text of the same value, without an exponent from a
//! millionth up to 21 digits, as JavaScript writes numbers. No digit is lost: values are never rounded to a float.

/// The canonical text of a number: `1` for `1.0` and `10e-1`, `1.5e-7` for `0.00000015`.
pub(super) fn canonical(text: &str) -> String {
    let Some((digits, point)) = split(text) else {
        return text.to_owned();
    };
    if digits.is_empty() {
        return "0".to_owned();
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    let length = i64::try_from(digits.len()).unwrap_or(i64::MAX);
    let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or(0));
    match point {
        -5..=0 => format!("{sign}0.{}{digits}", zeros(-point)),
        1..=21 if point >= length => format!("{sign}{digits}{}", zeros(point - length)),
        1..=21 => {
            let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or(0));
            format!("{sign}{whole}.{fraction}")
        }
        _ => {
            // Without the point, readers of YAML 1.1 would read a string.
            let (first, rest) = digits.split_at(1);
            let rest = if rest.is_empty() { "0" } else { rest };
            format!("{sign}{first}.{rest}e{:+}", point - 1)
        }
    }
}

/// The significant digits, and the position of the point among them: `0.012` is `12` with the point at -1.
fn split(text: &str) -> Option<(String, i64)> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let point = exponent.checked_add(i64::try_from(whole.len()).ok()?)?;
    let significant = digits.trim_start_matches('0');
    let leading = i64::try_from(digits.len() - significant.len()).ok()?;
    let significant = significant.trim_end_matches('0').to_owned();
    Some((significant, point.checked_sub(leading)?))
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn equal_values_are_written_alike() {
        let table: &[(&str, &[&str])] = &[
            ("0", &["0", "-0", "0.0", "-0.00", "0e7"]),
            ("1", &["1", "1.0", "10e-1", "0.1e1", "1E0", "100e-2"]),
            ("-12.5", &["-12.5", "-12.50", "-1.25e1"]),
            ("1000", &["1000", "1e3", "1e+3", "1E3"]),
            ("0.000001", &["0.000001", "1e-6"]),
            ("1.0e-7", &["0.0000001", "1e-7", "1.0e-7"]),
            ("1.5e-7", &["1.5e-7", "15e-8"]),
            ("100000000000000000000", &["100000000000000000000", "1e20"]),
            ("123456789012345678901", &["123456789012345678901"]),
            ("1.0e+21", &["1000000000000000000000", "1e21", "1.0e+21"]),
            (
                "9007199254740993",
                &["9007199254740993", "9007199254740993.0"],
            ),
            ("0.1234567890123456789", &["0.1234567890123456789"]),
            ("1.0e-999999", &["1e-999999"]),
        ];
        for (expected, texts) in table {
            for text in *texts {
                assert_eq!(canonical(text), *expected, "{text}");
                assert_eq!(canonical(expected), *expected);
            }
        }
    }
}
