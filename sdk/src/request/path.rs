//! Fills a path template with ids.
//!
//! In: a template such as `/accounts/{account_id}/pcaps/{pcap_id}` and the values. Out: the path, or a fault that names the
//! parameter. Ids are checked, not escaped: an id that would need escaping is never one of the service's, and escaping `..`
//! or `a/b` is how requests end up at another account. The fault does not repeat the value.

use crate::operation::Operation;

/// Longer ids are not the service's.
const LONGEST: usize = 128;

/// Appends the filled path to `out`.
pub(crate) fn fill(
    out: &mut String,
    operation: &Operation,
    values: &[(&'static str, String)],
) -> Result<(), String> {
    let mut rest = operation.path;
    while let Some((literal, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = values
            .iter()
            .rev()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str());
        let value = value.ok_or_else(|| format!("{name} is missing"))?;
        check(name, value)?;
        check_reserved(operation, name, value)?;
        out.push_str(literal);
        out.push_str(value);
        rest = after;
    }
    out.push_str(rest);
    Ok(())
}

fn check(name: &str, value: &str) -> Result<(), String> {
    if value.is_empty() {
        return Err(format!("{name} is empty"));
    }
    if value.len() > LONGEST {
        return Err(format!(
            "{name} is {} bytes long; an id has at most {LONGEST}",
            value.len()
        ));
    }
    let wrong = |c: &char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    match value.chars().find(wrong) {
        Some(c) => Err(format!(
            "{name} contains {c:?}; an id has only letters, digits, `-` and `_`"
        )),
        None => Ok(()),
    }
}

/// `pcaps().get("ownership")` would ask for another resource altogether.
fn check_reserved(operation: &Operation, name: &str, value: &str) -> Result<(), String> {
    for reserved in operation.reserved.iter().flatten() {
        if reserved.parameter == name && reserved.segments.contains(&value) {
            return Err(format!(
                "{name} is {value:?}, which names another endpoint and is no id"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::fill;
    use crate::operation::Operation;

    const GET: Operation = Operation::get("pcaps.get", "/accounts/{account_id}/pcaps/{pcap_id}/x")
        .reserved("pcap_id", &["ownership"]);

    fn path(pcap_id: &str) -> Result<String, String> {
        let mut out = String::from("/v4");
        fill(
            &mut out,
            &GET,
            &[("account_id", "acc".into()), ("pcap_id", pcap_id.into())],
        )
        .map(|()| out)
    }

    #[test]
    fn ids_are_put_in_their_places() {
        assert_eq!(path("a-Z_9").unwrap(), "/v4/accounts/acc/pcaps/a-Z_9/x");
        assert!(path(&"a".repeat(128)).is_ok());
    }

    #[test]
    fn b05_to_b09_everything_else_is_refused_by_name() {
        let long = "a".repeat(10_240);
        let ids = [
            ".",
            "..",
            "a/b?x=1#y",
            "",
            "ownership",
            "%2e%2e",
            "a\0",
            &long,
            "é",
            "a b",
            "a\\b",
            "a.b",
            "a\n",
        ];
        for id in ids {
            let fault = path(id).unwrap_err();
            assert!(
                fault.starts_with("pcap_id ") && fault.len() < 100,
                "{fault}"
            );
        }
    }

    #[test]
    fn a_missing_id_is_a_fault() {
        let mut out = String::new();
        assert!(
            fill(&mut out, &GET, &[("account_id", "acc".into())])
                .unwrap_err()
                .contains("pcap_id")
        );
    }
}
