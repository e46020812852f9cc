//! Whether the runtime has the credentials that operations require: its own, or others that applications set by name.
//!
//! An operation that takes none of them is a fault. Further ways to call one are notes. Where the document knows one of the two no
//! longer and another one like it instead, the service has changed: the runtime must follow, so that is a fault too.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::quoted;
use crate::model::{
    Api, Credentials, KEY_HEADERS, Operation, Requirement, Security, SecurityScheme, credentials,
    sent,
};
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

/// The faults, and the notes.
pub(super) fn check(api: &Api) -> (Vec<Fault>, Vec<Fault>) {
    let mut lists: BTreeMap<&Pointer, (&Security, Vec<&Operation>)> = BTreeMap::new();
    for operation in api
        .root
        .walk()
        .iter()
        .flat_map(|resource| &resource.operations)
    {
        let security = &operation.security;
        let (_, users) = lists
            .entry(&security.pointer)
            .or_insert_with(|| (security, Vec::new()));
        users.push(operation);
    }
    let known = lists
        .values()
        .flat_map(|(security, _)| &security.alternatives)
        .filter_map(|(_, alternative)| credentials(&api.security_schemes, alternative));
    let known: Vec<Credentials> = known.collect();
    let (mut faults, mut notes) = (Vec::new(), Vec::new());
    for (security, users) in lists.values() {
        let lacking = security
            .alternatives
            .iter()
            .filter(|(_, alternative)| credentials(&api.security_schemes, alternative).is_none());
        let lacking: Vec<_> = lacking.collect();
        let all = lacking.len() == security.alternatives.len() && !lacking.is_empty();
        if all && security.sent.is_empty() {
            faults.push(uncallable(security, users));
            continue;
        }
        for (index, alternative) in lacking {
            let parts = sent(&api.security_schemes, alternative);
            if parts.is_some_and(|parts| security.sent.contains(&parts)) {
                continue;
            }
            match replaced(api, alternative, &known) {
                Some(fault) => faults.push(fault),
                None => notes.push(note(api, &security.pointer.push_index(*index), alternative)),
            }
        }
    }
    faults.dedup();
    let lists = lists.values().map(|(security, _)| *security);
    notes.extend(tokens(api, lists));
    (faults, notes)
}

/// A note for each further scheme that is a bearer token: the client sends its one API token for all of them.
fn tokens<'a>(api: &'a Api, lists: impl Iterator<Item = &'a Security>) -> Vec<Fault> {
    let alternatives = lists.flat_map(|security| &security.alternatives);
    let alternatives = alternatives.filter(|(_, alternative)| {
        credentials(&api.security_schemes, alternative) == Some(Credentials::Token)
    });
    let schemes = alternatives.flat_map(|(_, alternative)| alternative);
    let used: BTreeSet<&str> = schemes.map(|wanted| wanted.scheme.as_str()).collect();
    let named = api.security_schemes.keys().map(String::as_str);
    let mut named = named.filter(|name| used.contains(name));
    let Some(first) = named.next() else {
        return Vec::new();
    };
    let note = |name: &str| {
        let place = Pointer::root().push("components").push("securitySchemes");
        let message = format!(
            "`{name}` is a bearer token like `{first}`: the client sends its API token for both"
        );
        let help = format!(
            "nothing has to be done; if it is another token, list it under [credentials] in spec/sdk.toml: by_name = [{}]",
            quoted(name)
        );
        Fault::note(Input::Spec, place.push(name), message, help).on_key()
    };
    named.map(note).collect()
}

fn uncallable(security: &Security, users: &[&Operation]) -> Fault {
    let ids: Vec<String> = users
        .iter()
        .map(|operation| quoted(&operation.id))
        .collect();
    let skip = ids.join(" = \"<reason>\", ");
    let help = format!(
        "if the service takes one of these, add it to `security` in spec/overlay.yaml; else skip under [skip] in spec/sdk.toml: {skip} = \"<reason>\""
    );
    let message = "unsupported by the runtime: these security schemes (it sends bearer tokens, user names with passwords, keys in a \
                   header, the query or a cookie, and whole values of the header `Authorization`; each header takes one of these)";
    Fault::new(Input::Spec, security.pointer.clone(), message, help).on_key()
}

/// The fault of an alternative that is like one which the document no longer has.
fn replaced(api: &Api, alternative: &[Requirement], known: &[Credentials]) -> Option<Fault> {
    let schemes: Option<Vec<(&str, &SecurityScheme)>> = alternative
        .iter()
        .map(|wanted| {
            let scheme = api.security_schemes.get(&wanted.scheme)?;
            Some((wanted.scheme.as_str(), scheme))
        })
        .collect();
    let (name, part, message) = match schemes?.as_slice() {
        [(name, SecurityScheme::Http { scheme })] if !known.contains(&Credentials::Token) => {
            let message = format!(
                "the runtime sends `Authorization: Bearer`, the document has the scheme `{scheme}` in its place"
            );
            (*name, "scheme", message)
        }
        all @ [_, _] if !known.contains(&Credentials::Key) => {
            let headers: Option<Vec<&str>> =
                all.iter().map(|(_, scheme)| scheme.header()).collect();
            let headers = headers?;
            let is_ours = |header: &&str| {
                KEY_HEADERS
                    .iter()
                    .any(|ours| ours.eq_ignore_ascii_case(header))
            };
            let other = headers.iter().position(|header| !is_ours(header))?;
            let [email, key] = KEY_HEADERS;
            let message = format!(
                "the runtime sends {email} with {key}, the document has `{}` in their place",
                headers.join("` with `")
            );
            (all[other].0, "name", message)
        }
        _ => return None,
    };
    let place = Pointer::root().push("components").push("securitySchemes");
    let help = "if the document is wrong, mend it in spec/overlay.yaml; else change sdk/src/client/credentials.rs and \
                codegen/src/model/security.rs first";
    Some(Fault::new(
        Input::Spec,
        place.push(name).push(part),
        message,
        help,
    ))
}

fn note(api: &Api, place: &Pointer, alternative: &[Requirement]) -> Fault {
    let names: Vec<&str> = alternative
        .iter()
        .map(|wanted| wanted.scheme.as_str())
        .collect();
    let together = names.join("` with `");
    let is_own = |name: &&&str| {
        let wanted = Requirement {
            scheme: (**name).to_owned(),
            scopes: Vec::new(),
        };
        credentials(&api.security_schemes, &[wanted]).is_some()
    };
    let other = names.iter().find(|name| !is_own(name));
    let other = other.copied().unwrap_or_default();
    let skip = quoted(&format!("#/components/securitySchemes/{other}"));
    let skip =
        format!("where it stays so, skip it under [skip] in spec/sdk.toml: {skip} = \"<reason>\"");
    let (message, help) = match sent(&api.security_schemes, alternative) {
        Some(_) => (
            format!(
                "`{together}` is not offered: the operation takes the client's own credentials, too"
            ),
            format!(
                "nothing has to be done; to offer it, list it under [credentials]: by_name = [{}]; {skip}",
                quoted(other)
            ),
        ),
        None => (
            format!(
                "the runtime has no credentials for `{together}`; it uses the other alternatives"
            ),
            format!("nothing has to be done; {skip}"),
        ),
    };
    Fault::note(Input::Spec, place.clone(), message, help)
}
