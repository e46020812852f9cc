//! The address space of Magic WAN: the prefixes that cloud networks reach through it.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::testing::fake::call::Call;
use crate::testing::fake::failure::{Failure, Problem, code};
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

/// The address space of an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct AddressSpace {
    pub(crate) prefixes: Vec<String>,
}

impl Default for AddressSpace {
    fn default() -> Self {
        let prefixes = [
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
        ];
        Self {
            prefixes: prefixes.map(str::to_owned).to_vec(),
        }
    }
}

impl AddressSpace {
    fn json(&self) -> Value {
        json!({"prefixes": self.prefixes})
    }
}

pub(crate) fn get(env: &mut Env<'_>, _: &Call<'_>) -> Result<Success, Failure> {
    Ok(Success::ok(env.account.onramps.address_space.json()))
}

/// PUT and PATCH: the new prefixes replace the old ones.
pub(crate) fn change(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let Some(prefixes) = call.texts("prefixes") else {
        return Err(Failure::bad_request("/prefixes", "a list is required"));
    };
    let wrong = prefixes.iter().enumerate();
    let wrong = wrong.filter(|(_, prefix)| !is_prefix(prefix));
    let problems: Vec<_> = wrong
        .map(|(at, prefix)| {
            let message = format!("`{prefix}` is not a prefix in CIDR notation");
            Problem::new(code::UNPROCESSABLE, message).at(format!("/prefixes/{at}"))
        })
        .collect();
    if !problems.is_empty() {
        return Err(Failure::with(422, problems));
    }
    env.account.onramps.address_space = AddressSpace { prefixes };
    get(env, call)
}

/// Whether this is an address, a slash, and a length that the address can have.
fn is_prefix(text: &str) -> bool {
    let Some((address, length)) = text.split_once('/') else {
        return false;
    };
    let longest = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    let digits = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    digits && length.parse::<u8>().is_ok_and(|length| length <= longest)
}

#[cfg(test)]
mod tests {
    use super::is_prefix;

    #[test]
    fn prefixes_are_told_from_other_texts() {
        for text in ["0.0.0.0/0", "192.0.2.0/24", "2001:db8::/32", "10.0.0.1/32"] {
            assert!(is_prefix(text), "{text}");
        }
        for text in [
            "",
            "10.0.0.0",
            "10.0.0.0/33",
            "10.0.0/8",
            "10.0.0.0/+8",
            "10.0.0.0/",
            "::/129",
            "/8",
        ] {
            assert!(!is_prefix(text), "{text}");
        }
    }
}
