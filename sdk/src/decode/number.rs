//! Numbers by their exact text.
//!
//! In: a number as it is written in the JSON text. Out: the integer or the float that it is, or nothing where the type cannot hold
//! it exactly. `300.0` and `3e2` are the integer 300; nothing wraps and no integer is rounded.

/// The number as an integer, where it is one.
pub(crate) fn integer(text: &str) -> Option<i128> {
    // Most are written as digits alone, and fit.
    if let Ok(integer) = text.parse::<i64>() {
        return Some(integer.into());
    }
    spelled(text)
}

/// An integer that is large, or has a fraction or an exponent.
fn spelled(text: &str) -> Option<i128> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Some(0);
    }
    let zeros = exponent
        .parse::<i64>()
        .ok()?
        .checked_sub(i64::try_from(fraction.len()).ok()?)?;
    let magnitude = shifted(digits, zeros)?;
    Some(if negative { -magnitude } else { magnitude })
}

/// The digits with zeros appended, or with trailing zeros taken away where `zeros` is negative.
fn shifted(digits: &str, zeros: i64) -> Option<i128> {
    /// More digits than this are in no integer type.
    const MOST: u64 = 38;
    if zeros < 0 {
        let dropped = usize::try_from(zeros.unsigned_abs()).ok()?;
        let (kept, gone) = digits.split_at_checked(digits.len().checked_sub(dropped)?)?;
        let exact = gone.bytes().all(|byte| byte == b'0');
        return if exact && !kept.is_empty() {
            kept.parse().ok()
        } else {
            None
        };
    }
    if digits.len() as u64 + zeros.unsigned_abs() > MOST {
        return None;
    }
    let factor = 10_i128.checked_pow(u32::try_from(zeros).ok()?)?;
    digits.parse::<i128>().ok()?.checked_mul(factor)
}

/// The number as a float. `None` where it is too large, or an integer that the float would round.
pub(crate) fn float(text: &str) -> Option<f64> {
    let float: f64 = text.parse().ok().filter(|float: &f64| float.is_finite())?;
    let is_plain_integer = !text.contains(['.', 'e', 'E']);
    // Written out, a float is exact, however large.
    if is_plain_integer && format!("{float:.0}") != text {
        None
    } else {
        Some(float)
    }
}

#[cfg(test)]
mod tests {
    use super::{float, integer};

    #[test]
    fn b39_integers_are_exact_in_every_spelling() {
        let same = [
            "300", "300.0", "3e2", "3E+2", "3.00e2", "30000e-2", "0.3e3", "300.000",
        ];
        for text in same {
            assert_eq!(integer(text), Some(300), "{text}");
        }
        assert_eq!(integer("-0.0"), Some(0));
        assert_eq!(integer("0e999999"), Some(0));
        assert_eq!(integer("-9223372036854775808"), Some(i128::from(i64::MIN)));
        assert_eq!(integer("1180591620717411303424"), Some(1 << 70));
        for text in [
            "0.5",
            "1e-1",
            "12e-3",
            "1e400",
            "1e99999999999999999999",
            "300.01",
        ] {
            assert_eq!(integer(text), None, "{text}");
        }
    }

    #[test]
    fn b39_floats_do_not_round_integers() {
        assert_eq!(float("9007199254740992"), Some(9_007_199_254_740_992.0));
        assert_eq!(float("9007199254740993"), None);
        assert_eq!(
            float("1180591620717411303424"),
            Some(1_180_591_620_717_411_303_424.0)
        );
        assert_eq!(float("1180591620717411303425"), None);
        assert_eq!(float("1e400"), None);
        assert_eq!(float("0.1"), Some(0.1));
        assert_eq!(float("-12"), Some(-12.0));
        assert_eq!(float("-0"), Some(-0.0));
    }
}
