//! Rules for the keys of maps: component names, paths, response codes, media types, any string.

use crate::report::ReadAs;

use super::table::{CheckRule, Keys};
use super::templates;
use super::walk::NodeEntry;

/// Keys that may be any string.
pub(super) static ANY: Keys = plain(anything);
/// Names of components.
pub(super) static COMPONENT: Keys = Keys {
    refuse: component,
    extensions: false,
    rule: None,
    read_as: None,
};
/// Media types.
pub(super) static MEDIA_TYPE: Keys = plain(media_type);
/// Media types of a request body: one that is none cannot be sent, and another one may be.
pub(super) static REQUEST_MEDIA_TYPE: Keys = Keys {
    read_as: Some(ReadAs::Absent),
    ..plain(media_type)
};
/// Media types of a response: where one is none, any may come.
pub(super) static RESPONSE_MEDIA_TYPE: Keys = Keys {
    read_as: Some(ReadAs::AnyMedia),
    ..plain(media_type)
};
/// Path templates.
pub(super) static PATH: Keys = Keys {
    refuse: path,
    extensions: true,
    rule: Some(templates::check),
    read_as: None,
};
/// Response codes.
pub(super) static STATUS: Keys = Keys {
    refuse: status,
    extensions: true,
    rule: Some(RESPONSES),
    read_as: None,
};
/// Runtime expressions of callbacks.
pub(super) static EXPRESSION: Keys = Keys {
    refuse: callback,
    extensions: true,
    rule: None,
    read_as: None,
};

const RESPONSES: CheckRule = |walk, place| {
    for entry in place.node.entries() {
        let is_small = matches!(entry.key.as_bytes(), [_, b'x', _] | [_, _, b'x']);
        if is_small && status(&entry.key).is_none() {
            let message = format!("`{}` is read as `{}`", entry.key, entry.key.to_uppercase());
            let help = "nothing has to be done: it is written in capitals elsewhere";
            walk.within(&entry.key, |walk| {
                walk.note_on_key(NodeEntry::of(entry), message, help);
            });
        }
    }
    if place.node.entries().is_empty() {
        let help = "write a response, for example `'200': {description: …}`";
        walk.fault_on_key(place, "an operation needs at least one response", help);
    }
};

const fn plain(refuse: fn(&str) -> Option<(String, String)>) -> Keys {
    Keys {
        refuse,
        extensions: false,
        rule: None,
        read_as: None,
    }
}

fn anything(_: &str) -> Option<(String, String)> {
    None
}

fn callback(key: &str) -> Option<(String, String)> {
    (key == "$ref").then(|| {
        let help = "write the callback itself in the operation";
        (
            "a callback of an operation cannot be a `$ref`".to_owned(),
            help.to_owned(),
        )
    })
}

fn component(name: &str) -> Option<(String, String)> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    if !name.is_empty() && name.bytes().all(fits) {
        return None;
    }
    let help = "use only letters, digits, `.`, `-` and `_`";
    Some((
        format!("`{name}` cannot be the name of a component"),
        help.to_owned(),
    ))
}

fn path(path: &str) -> Option<(String, String)> {
    if path.starts_with('/') {
        return None;
    }
    Some((
        format!("the path `{path}` does not start with `/`"),
        format!("write `/{path}`"),
    ))
}

fn status(code: &str) -> Option<(String, String)> {
    let fits = match code.as_bytes() {
        [b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => true,
        [b'1'..=b'5', tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
        _ => code == "default",
    };
    if fits {
        return None;
    }
    let help = "write a code such as `200`, a range such as `4XX`, or `default`";
    Some((format!("`{code}` is not a response code"), help.to_owned()))
}

fn media_type(name: &str) -> Option<(String, String)> {
    if is_media_type(name) {
        return None;
    }
    Some((
        format!("`{name}` is not a media type"),
        "write one such as `application/json`".to_owned(),
    ))
}

/// Whether a text is a media type, or a range of them.
pub(crate) fn is_media_type(name: &str) -> bool {
    let (essence, _parameters) = name.split_once(';').unwrap_or((name, ""));
    match essence.trim().split_once('/') {
        Some((kind, subtype)) => is_token(kind) && is_token(subtype),
        None => false,
    }
}

/// A token of RFC 9110; `*` is a token character, so ranges are accepted too.
fn is_token(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(fits)
}
