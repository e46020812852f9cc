//! The report that a test prints when its mock was not used as expected.
//!
//! In: unexpected requests, and expectations that were not met. Out: text, without secrets.

use super::expected::Expected;
use super::pattern::Comparison;
use super::request::SentRequest;
use super::secrets;

type Nearest<'a> = Option<(&'a Expected, &'a Comparison)>;

/// The whole report.
pub(super) fn whole(faults: &[String]) -> String {
    format!(
        "the mock was not used as expected\n\n{}\n",
        faults.join("\n\n")
    )
}

/// An unexpected request, and how it differs from the nearest expectation.
pub(super) fn unexpected(number: usize, request: &SentRequest, nearest: Nearest<'_>) -> String {
    let mut lines = vec![
        format!("request {number} is not expected:"),
        format!("  {}", request.line()),
    ];
    match request.value() {
        Some(body) => lines.extend(
            secrets::lines(&body)
                .lines()
                .map(|line| format!("  {line}")),
        ),
        None if request.body().is_empty() => {}
        None => lines.push(format!(
            "  {} bytes that are not JSON",
            request.body().len()
        )),
    }
    match nearest {
        None => lines.push("there are no expectations".to_owned()),
        Some((expected, comparison)) => {
            let name = name(expected);
            let used_up = if expected.is_used_up() {
                format!(", which is used up: it is expected {}", expected.times)
            } else {
                String::new()
            };
            lines.push(match comparison.differences.as_slice() {
                [] => format!("it matches {name}{used_up}"),
                _ => format!("it differs from {name}{used_up}"),
            });
            for difference in &comparison.differences {
                lines.push(format!("  {}", difference.place));
                lines.push(format!("    expected {}", difference.expected));
                lines.push(format!("    sent     {}", difference.sent));
            }
        }
    }
    lines.join("\n")
}

/// The same in one line, for the error of the call.
pub(super) fn unexpected_in_a_line(request: &SentRequest, nearest: Nearest<'_>) -> String {
    let request = request.line();
    match nearest {
        None => format!("{request} is not expected; there are no expectations"),
        Some((expected, comparison)) => match comparison.differences.as_slice() {
            [] => format!("{request} is expected {}, not again", expected.times),
            [first, more @ ..] => {
                let more = if more.is_empty() {
                    ""
                } else {
                    ", and more differences"
                };
                format!(
                    "{request} is not expected; the nearest expectation is {}: {first}{more}",
                    expected.target
                )
            }
        },
    }
}

/// An expectation that was not met.
pub(super) fn unmet(expected: &Expected) -> String {
    let met = match expected.met {
        0 => "was never sent".to_owned(),
        1 => "was sent once".to_owned(),
        met => format!("was sent {met} times"),
    };
    format!(
        "{} is expected {}, but {met}",
        name(expected),
        expected.times
    )
}

/// The operation of an expectation, with the line of the test.
fn name(expected: &Expected) -> String {
    format!("{} (expected at {})", expected.target, expected.location)
}
