//! Policies: which resources of the catalog one selects.
//!
//! The service runs a query in Rego. This reads a small part of that language: the rules of the fake's own prebuilt policies. A policy
//! beyond it is not guessed at.

use super::State;
use super::resource::Resource;
use crate::testing::fake::failure::Failure;

/// Reads a field of a resource.
type Field = fn(&Resource) -> &str;

/// The fields that rules can compare.
const FIELDS: [(&str, Field); 4] = [
    ("resource_type", |resource| &resource.kind),
    ("cloud_type", |resource| resource.cloud.name()),
    ("region", |resource| &resource.region),
    ("name", |resource| &resource.name),
];

/// One rule: all its comparisons have to hold.
type Rule = Vec<(Field, String)>;

/// The ids of the resources that a policy selects, in order.
///
/// It understands packages, comments, and rules of this form, with one comparison or several for each rule. Of several rules one has to
/// hold. Fields are `resource_type`, `cloud_type`, `region` and `name`.
///
/// ```text
/// resources contains resource.id if {
///     some resource in input.resources
///     resource.resource_type == "aws_vpc"
/// }
/// ```
pub(crate) fn select(policy: &str, catalog: &State) -> Result<Vec<String>, Failure> {
    let rules = read(policy)?;
    let selected = catalog.all().filter(|resource| {
        let holds = |rule: &Rule| rule.iter().all(|(field, value)| field(resource) == value);
        rules.iter().any(holds)
    });
    Ok(selected.map(|resource| resource.id.clone()).collect())
}

/// The rules of a policy.
fn read(policy: &str) -> Result<Vec<Rule>, Failure> {
    let mut rules = Vec::new();
    let mut open: Option<Rule> = None;
    for line in policy.lines().map(str::trim) {
        match (line, open.as_mut()) {
            ("", _) => {}
            ("}", Some(_)) => rules.extend(open.take().filter(|rule| !rule.is_empty())),
            ("some resource in input.resources", Some(_)) => {}
            ("resources contains resource.id if {", None) => open = Some(Rule::new()),
            (line, _) if line.starts_with('#') => {}
            (line, None) if line.starts_with("package ") || line == "import rego.v1" => {}
            (line, Some(rule)) => rule.push(comparison(line).ok_or_else(unknown)?),
            _ => return Err(unknown()),
        }
    }
    if open.is_some() || rules.is_empty() {
        return Err(unknown());
    }
    Ok(rules)
}

/// A line such as `resource.resource_type == "aws_vpc"`.
fn comparison(line: &str) -> Option<(Field, String)> {
    let (left, right) = line.split_once(" == ")?;
    let name = left.strip_prefix("resource.")?;
    let (_, field) = FIELDS.into_iter().find(|(known, _)| *known == name)?;
    let value = right.strip_prefix('"')?.strip_suffix('"')?;
    (!value.contains(['"', '\\'])).then(|| (field, value.to_owned()))
}

fn unknown() -> Failure {
    Failure::unknown("it runs no Rego beyond rules of the form of its prebuilt policies")
}

/// A policy of this form, which selects the resources of these types.
pub(crate) fn of_types(types: &[&str]) -> String {
    let mut policy = "package cloudflare\n".to_owned();
    for kind in types {
        policy.push_str(&format!(
            "\nresources contains resource.id if {{\n    some resource in input.resources\n    \
             resource.resource_type == \"{kind}\"\n}}\n"
        ));
    }
    policy
}

#[cfg(test)]
mod tests {
    use super::{of_types, read};

    #[test]
    fn rules_are_read_and_others_are_not_guessed_at() {
        let rules = read(&of_types(&["aws_vpc", "aws_subnet"])).unwrap();
        assert_eq!(rules.len(), 2);
        assert_eq!(rules[1][0].1, "aws_subnet");
        let with_comment = format!("# VPCs\n{}", of_types(&["aws_vpc"]));
        assert_eq!(read(&with_comment).unwrap().len(), 1);
        for policy in [
            "",
            "package cloudflare",
            "allow := true",
            "resources contains resource.id if {\n}",
            "resources contains resource.id if {\nresource.resource_type == \"aws_vpc\"",
            "resources contains resource.id if {\nresource.tags.a == \"b\"\n}",
            "resources contains resource.id if {\nresource.name != \"b\"\n}",
            "}",
        ] {
            assert_eq!(read(policy).unwrap_err().status, 501, "{policy}");
        }
    }
}
