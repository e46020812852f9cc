//! Cases and keywords.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Rust's keywords, strict and reserved, of all editions up to 2024.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether the word is a keyword of Rust.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.binary_search(&word).is_ok()
}

/// The keywords that Rust has no raw identifier for.
const NEVER_RAW: &[&str] = &["Self", "crate", "self", "super"];

/// The word as an identifier: a keyword as `r#type`, where Rust allows that.
pub(super) fn raw(word: String) -> String {
    match is_keyword(&word) && !NEVER_RAW.contains(&word.as_str()) {
        true => format!("r#{word}"),
        false => word,
    }
}

/// A name without the `r#` of a raw identifier: for names that are made of it, file names and texts.
pub(crate) fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// Whether the text is valid as a name. Only a keyword may be a raw identifier.
pub(super) fn is_valid(name: &str) -> bool {
    if let Some(word) = name.strip_prefix("r#") {
        return is_keyword(word) && !NEVER_RAW.contains(&word);
    }
    let mut characters = name.chars();
    let starts = characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic());
    starts
        && characters.all(|next| next.is_ascii_alphanumeric() || next == '_')
        && !name.ends_with('_')
        && !is_keyword(name)
}

/// How the names of a scope are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `LikeThis`: types and variants.
    UpperCamel,
    /// `like_this`: everything else.
    Snake,
}

impl Case {
    /// Whether the compiler accepts the name in this case without a warning.
    pub(super) fn fits(self, name: &str) -> bool {
        match self {
            Self::UpperCamel => {
                name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.contains('_')
            }
            Self::Snake => !name.contains(|c: char| c.is_ascii_uppercase()),
        }
    }

    /// The name in this case.
    pub(super) fn of(self, name: &str) -> String {
        match self {
            Self::UpperCamel => upper_camel(name),
            Self::Snake => snake(name),
        }
    }
}

/// `LikeThis`.
pub(super) fn upper_camel(text: &str) -> String {
    whole_words(text).to_upper_camel_case()
}

/// `like_this`. A text that is one already is kept: `state_v2` has no other form.
pub(super) fn snake(text: &str) -> String {
    let kept = text
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if kept && !text.contains("__") {
        return text.trim_matches('_').to_owned();
    }
    whole_words(text).to_snake_case()
}

/// The text with small letters in abbreviations that have one at their end: `URLs` and `IPv4` are one word each.
fn whole_words(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let at = |index: usize| characters.get(index).copied().unwrap_or(' ');
    let is_capital = |index: usize| at(index).is_ascii_uppercase();
    let mut written = characters.clone();
    for (index, character) in characters.iter().enumerate() {
        let ends = match character {
            's' => !at(index + 1).is_ascii_lowercase(),
            'v' => at(index + 1).is_ascii_digit(),
            _ => false,
        };
        let mut first = index;
        while ends && first > 0 && is_capital(first - 1) {
            first -= 1;
        }
        if index - first >= 2 {
            let tail = written.iter_mut().take(index).skip(first + 1);
            tail.for_each(|letter| *letter = letter.to_ascii_lowercase());
        }
    }
    written.into_iter().collect()
}

/// The last word of a name in camel case: `Code` of `ErrorCode`.
pub(super) fn last_word(name: &str) -> &str {
    let start = name
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_ascii_uppercase())
        .map_or(0, |(index, _)| index);
    name.get(start..).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, is_valid, last_word, plain, raw, snake, upper_camel};

    #[test]
    fn abbreviations_with_a_small_letter_at_their_end_are_one_word() {
        for (text, snaked, camel) in [
            (
                "requireSignedURLs",
                "require_signed_urls",
                "RequireSignedUrls",
            ),
            ("zoneIDs", "zone_ids", "ZoneIds"),
            ("ASNs", "asns", "Asns"),
            ("IDsOfZones", "ids_of_zones", "IdsOfZones"),
            ("IPv6Percentage", "ipv6_percentage", "Ipv6Percentage"),
            ("IPv4", "ipv4", "Ipv4"),
            ("isAPIv2", "is_apiv2", "IsApiv2"),
            // Which letter begins the next word is open: as heck has it.
            ("TLSsettings", "tl_ssettings", "TlSsettings"),
            ("Is", "is", "Is"),
            ("XMLHttp", "xml_http", "XmlHttp"),
            ("state_v2", "state_v2", "StateV2"),
        ] {
            assert_eq!(snake(text), snaked);
            assert_eq!(upper_camel(text), camel);
        }
    }

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
    }

    #[test]
    fn wire_names_become_rust_names() {
        for (wire, wanted) in [
            ("friendly_name", "friendly_name"),
            ("helpText", "help_text"),
            ("state_v2", "state_v2"),
            ("l10n_key", "l10n_key"),
            ("Content-Disposition", "content_disposition"),
            ("catalog-syncs", "catalog_syncs"),
            ("_private", "private"),
            ("a__b", "a_b"),
        ] {
            assert_eq!(snake(wire), wanted);
        }
        for (wire, wanted) in [
            ("ZERO_TRUST_LIST", "ZeroTrustList"),
            ("AWS", "Aws"),
            ("magic-transit", "MagicTransit"),
            (
                "aws_vpc_ipv4_cidr_block_association",
                "AwsVpcIpv4CidrBlockAssociation",
            ),
            ("OnrampNeedsApply", "OnrampNeedsApply"),
        ] {
            assert_eq!(upper_camel(wire), wanted);
        }
    }

    #[test]
    fn a_name_is_valid_or_not() {
        for name in ["a", "Aws", "state_v2", "r#type"] {
            assert!(is_valid(name), "{name}");
        }
        for name in [
            "", "1a", "type", "Self", "a_", "_a", "ä", "a-b", "r#a", "r#self",
        ] {
            assert!(!is_valid(name), "{name}");
        }
    }

    #[test]
    fn keywords_become_raw_identifiers() {
        for (word, wanted) in [
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("self", "self"),
            ("a", "a"),
        ] {
            assert_eq!(raw(word.to_owned()), wanted);
            assert_eq!(plain(wanted), word);
        }
    }

    #[test]
    fn the_last_word_names_the_variants_of_integers() {
        assert_eq!(last_word("ErrorCode"), "Code");
        assert_eq!(last_word("Code"), "Code");
    }
}
