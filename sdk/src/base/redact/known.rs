//! Credentials that are known or that look like credentials, wherever they are in a text.
//!
//! In: the client's own credentials, set for as long as a text of the service is read, and the text. Out: where the next one is.
//! Characters may be escaped.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use super::unit;

/// Shorter texts are no credentials, and could be words of a message.
const SHORTEST: usize = 8;

/// The prefixes of Cloudflare's tokens and keys.
const PREFIXES: [&str; 4] = ["cfk_", "cfut_", "cfat_", "cfoat_"];

/// A text behind a prefix, or behind `Bearer`, that is shorter is no credential.
const SHORTEST_TOKEN: usize = 20;

/// Texts that must not be printed.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Arc<[String]>);

impl Secrets {
    pub(crate) fn new(secrets: impl IntoIterator<Item = String>) -> Self {
        let long = secrets.into_iter().filter(|text| text.len() >= SHORTEST);
        let mut long: Vec<String> = long.collect();
        // Where one begins with another, it is masked whole.
        long.sort_by_key(|text| std::cmp::Reverse(text.len()));
        Self(long.into())
    }

    /// Runs a function; the texts that it redacts lose these secrets, too.
    pub(crate) fn blank<T>(&self, work: impl FnOnce() -> T) -> T {
        let _outer = Restore(KNOWN.replace(self.clone()));
        work()
    }
}

thread_local! {
    /// The secrets that are known while this thread reads a text. Reading never awaits, so it stays on its thread.
    static KNOWN: RefCell<Secrets> = RefCell::default();
}

/// Restores the outer secrets on drop, also after a panic.
struct Restore(Secrets);

impl Drop for Restore {
    fn drop(&mut self) {
        KNOWN.set(std::mem::take(&mut self.0));
    }
}

/// The range of the first credential in a text.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    KNOWN.with_borrow(|known| {
        let mut starts = text.char_indices().map(|(start, _)| start);
        starts.find_map(|start| {
            let rest = text.get(start..)?;
            let own = known
                .0
                .iter()
                .find_map(|secret| escaped_length(rest, secret));
            let length = own.or_else(|| {
                let is_word = !text
                    .get(..start)?
                    .ends_with(|c: char| c.is_ascii_alphanumeric());
                is_word.then(|| token_length(rest))?
            })?;
            Some(start..start + length)
        })
    })
}

/// The length of a secret at the start of a text, whose characters may be escaped.
fn escaped_length(text: &str, secret: &str) -> Option<usize> {
    let mut end = 0;
    for wanted in secret.chars() {
        let rest = text.get(end..)?;
        end += match unit::first(rest)? {
            (found, length) if found == wanted => length,
            _ if rest.starts_with(wanted) => wanted.len_utf8(),
            _ => return None,
        };
    }
    Some(end)
}

/// The length of what looks like a token at the start of a text: a known prefix with what follows, or `Bearer` with what follows.
fn token_length(text: &str) -> Option<usize> {
    let is_bearer = |text: &&str| text.eq_ignore_ascii_case("bearer");
    let start = match PREFIXES.iter().find(|prefix| text.starts_with(**prefix)) {
        Some(prefix) => prefix.len(),
        None => {
            let scheme = text.get(..6).filter(is_bearer)?.len();
            let rest = text.get(scheme..)?;
            let spaces = ["%20", "+", " "]
                .iter()
                .find(|space| rest.starts_with(**space))?;
            scheme + spaces.len()
        }
    };
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(byte);
    let length = text
        .as_bytes()
        .iter()
        .skip(start)
        .take_while(|byte| is_part(byte))
        .count();
    (length >= SHORTEST_TOKEN).then_some(start + length)
}
