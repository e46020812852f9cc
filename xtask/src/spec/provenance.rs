//! `spec/SOURCE.toml`: where the slice is from.
//!
//! In come the sources and counts of an import; out comes the text of the file, and back. It names the commit from which the
//! present slice was last taken: an import that finds the slice unchanged leaves it alone.

use std::collections::BTreeMap;

use codegen::proposal;
use codegen::slice::Counts;
use serde::{Deserialize, Serialize};

const HEADER: &str = "\
# Where openapi.yaml is from. Written by `cargo xtask spec import`; not read by the generator.
#
# Names, structure and order of that document are upstream's, errors included: overlay.yaml mends those. Descriptions and examples
# are our own words. In the examples only the shapes are facts; ids, secrets, messages and the `item_type` values are made up.
#
# source: for each document that the slice was cut from, as far as it is known
#   repository, commit or tag, file: where it is; date: the day of the commit or release; sha256: of the document's bytes as read
# counts: what the slice holds
";

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Provenance {
    /// The documents, in the order in which they were named.
    pub(crate) source: Vec<Origin>,
    /// What the slice holds: `paths`, `operations`, and components by section.
    pub(crate) counts: BTreeMap<String, usize>,
}

/// One of upstream's documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Origin {
    /// `owner/name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) repository: Option<String>,
    /// The full name of the commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) commit: Option<String>,
    /// The tag of the release that it is an asset of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tag: Option<String>,
    /// The path in the repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<String>,
    /// The day of the commit, YYYY-MM-DD.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<String>,
    /// Of the bytes that were read, in hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sha256: Option<String>,
}

impl Provenance {
    pub(crate) fn new(source: Vec<Origin>, counts: &Counts) -> Self {
        let Counts {
            paths,
            operations,
            components,
        } = counts;
        let mut counts = components.clone();
        counts.insert("paths".to_owned(), *paths);
        counts.insert("operations".to_owned(), *operations);
        Self { source, counts }
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> String {
        // Texts and counts always serialise.
        format!("{HEADER}\n{}", toml::to_string(self).unwrap_or_default())
    }
}

impl Provenance {
    /// Each document as it was and as it is, for people who look on GitHub. `before` is the text of the file that this one replaces.
    pub(crate) fn beside(&self, before: Option<&str>) -> Vec<proposal::Provenance> {
        let before: Option<Self> = before.and_then(|text| toml::from_str(text).ok());
        let before = before.map_or_else(Vec::new, |before| before.source);
        let nothing = Origin::default();
        let row = |(index, now): (usize, &Origin)| {
            let before = before.get(index).unwrap_or(&nothing);
            proposal::Provenance {
                document: now.document(),
                before: before.state(),
                now: now.state() + &now.compared_with(before),
            }
        };
        self.source.iter().enumerate().map(row).collect()
    }
}

impl Origin {
    /// What the document is called.
    fn document(&self) -> String {
        let parts = [&self.repository, &self.file];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        format!("`{}`", parts.join("/"))
    }

    /// Its state, with a link where there is one.
    fn state(&self) -> String {
        let commit = match (&self.repository, &self.commit, &self.file) {
            (Some(repository), Some(commit), Some(file)) => Some(format!(
                "[`{}`](https://github.com/{repository}/blob/{commit}/{file})",
                short(commit)
            )),
            (_, Some(commit), _) => Some(format!("`{}`", short(commit))),
            (_, None, _) => None,
        };
        let tag = match (&self.repository, &self.tag) {
            (Some(repository), Some(tag)) => Some(format!(
                "[`{tag}`](https://github.com/{repository}/releases/tag/{tag})"
            )),
            (None, Some(tag)) => Some(format!("`{tag}`")),
            (_, None) => None,
        };
        let date = self.date.as_ref().map(|date| format!("of {date}"));
        let sha256 = self.sha256.as_ref();
        let sha256 =
            sha256.map(|digest| format!("sha256 `{}…`", digest.get(..16).unwrap_or(digest)));
        let known: Vec<String> = [commit, tag, date, sha256].into_iter().flatten().collect();
        match known.is_empty() {
            true => "not known".to_owned(),
            false => known.join(" "),
        }
    }

    /// A link to all that upstream changed between the two.
    fn compared_with(&self, before: &Self) -> String {
        let named = |origin: &Self| origin.commit.clone().or_else(|| origin.tag.clone());
        match (&self.repository, named(before), named(self)) {
            (Some(repository), Some(old), Some(new))
                if self.repository == before.repository && old != new =>
            {
                format!(" ([changes](https://github.com/{repository}/compare/{old}...{new}))")
            }
            _ => String::new(),
        }
    }

    /// The document in a few words: `owner/name@commit`.
    pub(crate) fn shown(&self) -> String {
        match (&self.repository, &self.commit, &self.file) {
            (Some(repository), Some(commit), _) => {
                format!("{repository}@{}", short(commit))
            }
            (Some(repository), None, _) => match &self.tag {
                Some(tag) => format!("{repository}@{tag}"),
                None => repository.clone(),
            },
            (None, _, Some(file)) => file.clone(),
            (None, _, None) => "a document".to_owned(),
        }
    }
}

/// The first digits of a commit.
fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}

/// The SHA-256 of a document, in hexadecimal digits.
pub(crate) fn sha256(content: &[u8]) -> String {
    let digest = hmac_sha256::Hash::hash(content);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn provenance() -> Provenance {
        let counts = Counts {
            paths: 2,
            operations: 3,
            components: BTreeMap::from([("schemas".to_owned(), 4)]),
        };
        let known = Origin {
            repository: Some("cloudflare/api-schemas".to_owned()),
            commit: Some("c92b9b0fde23ae00fece2025662f96dc8e2d6283".to_owned()),
            tag: None,
            file: Some("openapi.yaml".to_owned()),
            date: Some("2026-07-27".to_owned()),
            sha256: Some(sha256(b"abc")),
        };
        Provenance::new(vec![known, Origin::default()], &counts)
    }

    #[test]
    fn it_reads_back() {
        let text = provenance().text();
        assert_eq!(toml::from_str::<Provenance>(&text).unwrap(), provenance());
        let expected = "\
[[source]]
repository = \"cloudflare/api-schemas\"
commit = \"c92b9b0fde23ae00fece2025662f96dc8e2d6283\"
file = \"openapi.yaml\"
date = \"2026-07-27\"
sha256 = \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"

[[source]]

[counts]
operations = 3
paths = 2
schemas = 4
";
        assert_eq!(text, format!("{HEADER}\n{expected}"));
        assert!(toml::from_str::<Provenance>(&text.replace("paths = 2", "paths = -2")).is_err());
        assert!(toml::from_str::<Provenance>(&text.replace("date", "day")).is_err());
    }

    #[test]
    fn a_row_leads_from_state_to_state() {
        let before = provenance();
        let mut now = provenance();
        now.source[0].commit = Some("0b92b9b0fde23ae00fece2025662f96dc8e2d628".to_owned());
        now.source[0].date = None;
        let rows = now.beside(Some(&before.text()));
        assert_eq!(rows[0].document, "`cloudflare/api-schemas/openapi.yaml`");
        let state = "[`c92b9b0`](https://github.com/cloudflare/api-schemas/blob/c92b9b0fde23ae00fece2025662f96dc8e2d6283/openapi.yaml) of 2026-07-27 sha256 `ba7816bf8f01cfea…`";
        assert_eq!(rows[0].before, state);
        let compared = "([changes](https://github.com/cloudflare/api-schemas/compare/c92b9b0fde23ae00fece2025662f96dc8e2d6283...0b92b9b0fde23ae00fece2025662f96dc8e2d628))";
        assert!(rows[0].now.ends_with(compared), "{}", rows[0].now);
        assert_eq!(rows[1].now, "not known");
        assert_eq!(now.beside(None)[0].before, "not known");
    }

    #[test]
    fn releases_are_linked_and_compared_by_tag() {
        let tagged = |tag: &str| Origin {
            repository: Some("cloudflare/forge".to_owned()),
            tag: Some(tag.to_owned()),
            ..Origin::default()
        };
        let (before, now) = (tagged("openapi@1"), tagged("openapi.v20260802.1"));
        assert_eq!(
            now.state() + &now.compared_with(&before),
            "[`openapi.v20260802.1`](https://github.com/cloudflare/forge/releases/tag/openapi.v20260802.1) ([changes](https://github.com/cloudflare/forge/compare/openapi@1...openapi.v20260802.1))"
        );
        assert_eq!(now.shown(), "cloudflare/forge@openapi.v20260802.1");
    }

    #[test]
    fn the_committed_one_counts_what_the_committed_slice_holds() {
        let read = |name: &str| {
            fs::read_to_string(
                Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("../spec")
                    .join(name),
            )
            .unwrap()
        };
        let provenance: Provenance = toml::from_str(&read("SOURCE.toml")).unwrap();
        assert!(read("SOURCE.toml").starts_with(HEADER));
        let source = |path: &str| codegen::Source {
            path: path.to_owned(),
            text: read(path),
        };
        let request = codegen::slice::Request {
            config: &source("sdk.toml"),
            current: Some(&source("openapi.yaml")),
            merged: None,
            prose: codegen::slice::Prose::Ours,
        };
        let slice = codegen::slice::slice(&[source("openapi.yaml")], &request).unwrap();
        assert_eq!(
            provenance,
            Provenance::new(provenance.source.clone(), &slice.counts)
        );
    }
}
