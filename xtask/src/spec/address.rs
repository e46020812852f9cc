//! Where a source is: a file of this machine, or a URL; and what the URL of a file on GitHub tells about it.

/// A source as it was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// A path.
    File(String),
    /// Something to fetch.
    Url(String),
}

/// A file in a repository on GitHub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hosted {
    /// `owner/name`.
    pub(crate) repository: String,
    /// The commit, where the URL names one rather than a branch.
    pub(crate) commit: Option<String>,
    /// The tag, where the URL names one: that of a release, for an asset of it.
    pub(crate) tag: Option<String>,
    /// The path in the repository, or the name of the asset.
    pub(crate) file: String,
}

impl Address {
    /// Reads a source. The page of a file on GitHub means the file.
    pub(crate) fn read(source: &str) -> Self {
        if !source.contains("://") {
            return Self::File(source.to_owned());
        }
        if let Some((repository, rest)) = page(source) {
            return Self::Url(format!(
                "https://raw.githubusercontent.com/{repository}/{rest}"
            ));
        }
        if let Some(tag) = source.strip_prefix(FORGE_RELEASE) {
            return Self::Url(format!(
                "https://github.com/cloudflare/forge/releases/download/{tag}/openapi.forge.json"
            ));
        }
        Self::Url(source.to_owned())
    }

    /// The last part of the path.
    pub(crate) fn file_name(&self) -> &str {
        let (Self::File(text) | Self::Url(text)) = self;
        let path = text.split(['?', '#']).next().unwrap_or(text);
        path.rsplit(['/', '\\']).next().unwrap_or(path)
    }

    /// What the URL of a raw file or of a release's asset on GitHub tells.
    pub(crate) fn hosted(&self) -> Option<Hosted> {
        let Self::Url(url) = self else {
            return None;
        };
        if let Some(asset) = asset(url) {
            return Some(asset);
        }
        let path = url.strip_prefix("https://raw.githubusercontent.com/")?;
        let path = path.split(['?', '#']).next()?;
        let mut parts = path.splitn(4, '/');
        let repository = format!("{}/{}", parts.next()?, parts.next()?);
        let (state, rest) = (parts.next()?, parts.next()?);
        let mut tag = None;
        let file = match state {
            // `refs/heads/main/openapi.yaml`
            "refs" => {
                let mut parts = rest.splitn(3, '/');
                let (kind, name) = (parts.next()?, parts.next()?);
                tag = (kind == "tags").then(|| decoded(name));
                parts.next()?
            }
            _ => rest,
        };
        Some(Hosted {
            repository,
            commit: is_commit(state).then(|| state.to_owned()),
            tag,
            file: file.to_owned(),
        })
    }
}

/// Whether a text is the full name of a commit.
pub(crate) fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The page of a release of Cloudflare's pipeline, up to the tag: what is meant is its document.
const FORGE_RELEASE: &str = "https://github.com/cloudflare/forge/releases/tag/";

/// An asset of a release: `owner/name/releases/download/tag/file`, or `owner/name/releases/latest/download/file`.
fn asset(url: &str) -> Option<Hosted> {
    let path = url.strip_prefix("https://github.com/")?;
    let path = path.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').collect();
    let (owner, name, tag, file) = match parts[..] {
        [owner, name, "releases", "download", tag, file] => (owner, name, Some(tag), file),
        [owner, name, "releases", "latest", "download", file] => (owner, name, None, file),
        _ => return None,
    };
    Some(Hosted {
        repository: format!("{owner}/{name}"),
        commit: None,
        tag: tag.map(decoded),
        file: decoded(file),
    })
}

/// A part of a path without percent encoding, such as `openapi%40abc`; as it is where that is no text.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = (*first == b'%').then(|| after.get(..2)).flatten();
        let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = byte.map_or(after, |_| &after[2..]);
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}

/// `owner/name` and `commit/path` of `https://github.com/owner/name/blob/commit/path`.
fn page(url: &str) -> Option<(String, &str)> {
    let path = url.strip_prefix("https://github.com/")?;
    let mut parts = path.splitn(4, '/');
    let repository = format!("{}/{}", parts.next()?, parts.next()?);
    let view = parts.next()?;
    matches!(view, "blob" | "raw").then_some((repository, parts.next()?))
}

#[cfg(test)]
mod tests {
    use super::{Address, Hosted};

    const COMMIT: &str = "c92b9b0fde23ae00fece2025662f96dc8e2d6283";

    fn hosted(commit: Option<&str>, file: &str) -> Option<Hosted> {
        Some(Hosted {
            repository: "cloudflare/api-schemas".to_owned(),
            commit: commit.map(str::to_owned),
            tag: None,
            file: file.to_owned(),
        })
    }

    #[test]
    fn urls_of_github_tell_where_a_file_is_from() {
        let raw = format!(
            "https://raw.githubusercontent.com/cloudflare/api-schemas/{COMMIT}/a/openapi.yaml"
        );
        assert_eq!(
            Address::read(&raw).hosted(),
            hosted(Some(COMMIT), "a/openapi.yaml")
        );
        for view in ["blob", "raw"] {
            let page =
                format!("https://github.com/cloudflare/api-schemas/{view}/{COMMIT}/a/openapi.yaml");
            assert_eq!(Address::read(&page), Address::Url(raw.clone()));
        }
        let branch =
            "https://raw.githubusercontent.com/cloudflare/api-schemas/main/openapi.json?token=1";
        assert_eq!(Address::read(branch).hosted(), hosted(None, "openapi.json"));
        let branch =
            "https://raw.githubusercontent.com/cloudflare/api-schemas/refs/heads/main/openapi.json";
        assert_eq!(Address::read(branch).hosted(), hosted(None, "openapi.json"));
        for other in [
            "https://example.com/cloudflare/api-schemas/main/a",
            "spec/openapi.yaml",
            "C:\\spec\\openapi.yaml",
        ] {
            assert_eq!(Address::read(other).hosted(), None, "{other}");
        }
    }

    #[test]
    fn assets_of_releases_tell_their_tag() {
        let tagged = |tag: Option<&str>| {
            Some(Hosted {
                repository: "cloudflare/forge".to_owned(),
                commit: None,
                tag: tag.map(str::to_owned),
                file: "openapi.forge.json".to_owned(),
            })
        };
        let releases = "https://github.com/cloudflare/forge/releases";
        for (written, tag) in [
            ("openapi@0a1b2c", "openapi@0a1b2c"),
            ("openapi%400a1b2c", "openapi@0a1b2c"),
            ("openapi.v20260802.1", "openapi.v20260802.1"),
            ("a%zz%4", "a%zz%4"),
        ] {
            let asset = format!("{releases}/download/{written}/openapi.forge.json");
            assert_eq!(Address::read(&asset).hosted(), tagged(Some(tag)), "{asset}");
            let page = format!("{releases}/tag/{written}");
            assert_eq!(Address::read(&page), Address::read(&asset));
        }
        let latest = format!("{releases}/latest/download/openapi.forge.json?a=b");
        assert_eq!(Address::read(&latest).hosted(), tagged(None));
        let raw = "https://raw.githubusercontent.com/cloudflare/forge/refs/tags/openapi@1/openapi.forge.json";
        assert_eq!(Address::read(raw).hosted(), tagged(Some("openapi@1")));
        let others = "https://github.com/cloudflare/api-schemas/releases/tag/v1";
        assert_eq!(Address::read(others).hosted(), None);
    }

    #[test]
    fn sources_have_a_file_name() {
        for source in [
            "openapi.yaml",
            "/a/openapi.yaml",
            "a\\openapi.yaml",
            "https://example.com/a/openapi.yaml?b=c/d",
        ] {
            assert_eq!(
                Address::read(source).file_name(),
                "openapi.yaml",
                "{source}"
            );
        }
        assert_eq!(
            Address::read("a/b.yaml"),
            Address::File("a/b.yaml".to_owned())
        );
    }
}
