//! Percent-encoding of parameters, by their place.
//!
//! In: a text. Out: what may be written there. In path, query and cookies only unreserved characters stay. Where a parameter allows
//! reserved ones, those stay that do not end the value there: `&`, `+`, `#`, `[` and `]` are encoded still.

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::{Place, Styled};
use crate::base::percent::{self, RESERVED};

/// What is encoded in a query where reserved characters are allowed.
const QUERY: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The same in a member of a list that is one value: a comma would make two of it.
const MEMBER: &AsciiSet = &QUERY.add(b',');

/// The text, encoded for the parameter's place.
pub(super) fn encode(styled: &Styled<'_>, text: &str) -> String {
    match styled.place {
        Place::Header => text.to_owned(),
        _ if !styled.reserved => percent::encode(text),
        _ if styled.explode => utf8_percent_encode(text, QUERY).to_string(),
        _ => utf8_percent_encode(text, MEMBER).to_string(),
    }
}
