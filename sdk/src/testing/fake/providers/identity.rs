//! Who an integration is in its cloud: the fields of each cloud, and what the cloud itself makes of them.

use std::collections::BTreeMap;

use super::cloud::Cloud;

/// The fields of an identity, with the cloud of each.
pub(crate) const FIELDS: [(&str, Cloud); 5] = [
    ("aws_arn", Cloud::Aws),
    ("azure_subscription_id", Cloud::Azure),
    ("azure_tenant_id", Cloud::Azure),
    ("gcp_project_id", Cloud::Google),
    ("gcp_service_account_email", Cloud::Google),
];

/// Whether all fields of the cloud are filled in.
pub(crate) fn is_complete(cloud: Cloud, identity: &BTreeMap<String, String>) -> bool {
    let mut mine = FIELDS.iter().filter(|(_, of)| *of == cloud);
    mine.all(|(field, _)| identity.contains_key(*field))
}

/// Why the cloud does not know such an identity. `None`: it may know it.
pub(crate) fn fault(cloud: Cloud, identity: &BTreeMap<String, String>) -> Option<String> {
    let well_formed = |field: &str| {
        let value = identity.get(field).map_or("", String::as_str);
        match field {
            "aws_arn" => is_role(value),
            "gcp_project_id" => !value.contains([' ', '@', '/']),
            "gcp_service_account_email" => value.split_once('@').is_some_and(|(name, domain)| {
                !name.is_empty() && domain.contains('.') && !domain.contains('@')
            }),
            _ => is_uuid(value),
        }
    };
    let mut mine = FIELDS.iter().filter(|(_, of)| *of == cloud);
    let (field, _) = mine.find(|(field, _)| !well_formed(field))?;
    Some(format!("{} does not know this `{field}`", cloud.title()))
}

/// The account, subscription or project that an integration discovers.
pub(crate) fn tenant(cloud: Cloud, identity: &BTreeMap<String, String>) -> &str {
    let value = |field: &str| identity.get(field).map_or("", String::as_str);
    match cloud {
        Cloud::Aws => value("aws_arn").split(':').nth(4).unwrap_or_default(),
        Cloud::Azure => value("azure_subscription_id"),
        Cloud::Google | Cloud::Cloudflare => value("gcp_project_id"),
    }
}

/// Whether it is an ARN of a role, such as `arn:aws:iam::123456789012:role/cloudflare`.
fn is_role(arn: &str) -> bool {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let [scheme, partition, service, region, account, role] = parts.as_slice() else {
        return false;
    };
    *scheme == "arn"
        && partition.starts_with("aws")
        && *service == "iam"
        && region.is_empty()
        && account.len() == 12
        && account.bytes().all(|byte| byte.is_ascii_digit())
        && role
            .strip_prefix("role/")
            .is_some_and(|name| !name.is_empty())
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12])
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::{Cloud, fault, is_complete};
    use std::collections::BTreeMap;

    fn identity(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
        let pairs = fields.iter();
        pairs
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn clouds_know_what_is_well_formed() {
        let subscription = "11111111-2222-4333-8444-555555555555";
        for (cloud, fields, good) in [
            (
                Cloud::Aws,
                vec![("aws_arn", "arn:aws:iam::123456789012:role/example")],
                true,
            ),
            (
                Cloud::Aws,
                vec![("aws_arn", "arn:aws:iam::123456789012:user/example")],
                false,
            ),
            (Cloud::Aws, vec![("aws_arn", "role")], false),
            (
                Cloud::Azure,
                vec![
                    ("azure_subscription_id", subscription),
                    ("azure_tenant_id", subscription),
                ],
                true,
            ),
            (
                Cloud::Azure,
                vec![
                    ("azure_subscription_id", subscription),
                    ("azure_tenant_id", "tenant"),
                ],
                false,
            ),
            (
                Cloud::Google,
                vec![
                    ("gcp_project_id", "data-example"),
                    (
                        "gcp_service_account_email",
                        "cloudflare@data-example.example.com",
                    ),
                ],
                true,
            ),
            (
                Cloud::Google,
                vec![
                    ("gcp_project_id", "data"),
                    ("gcp_service_account_email", "cloudflare"),
                ],
                false,
            ),
        ] {
            let identity = identity(&fields);
            assert!(is_complete(cloud, &identity), "{fields:?}");
            assert_eq!(fault(cloud, &identity).is_none(), good, "{fields:?}");
        }
        let half = identity(&[("azure_tenant_id", subscription)]);
        assert!(!is_complete(Cloud::Azure, &half));
    }
}
