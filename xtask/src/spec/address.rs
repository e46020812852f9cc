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
    /// The path in the repository.
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
        Self::Url(source.to_owned())
    }

    /// The last part of the path.
    pub(crate) fn file_name(&self) -> &str {
        let (Self::File(text) | Self::Url(text)) = self;
        let path = text.split(['?', '#']).next().unwrap_or(text);
        path.rsplit(['/', '\\']).next().unwrap_or(path)
    }

    /// What the URL of a raw file on GitHub tells.
    pub(crate) fn hosted(&self) -> Option<Hosted> {
        let Self::Url(url) = self else {
            return None;
        };
        let path = url.strip_prefix("https://raw.githubusercontent.com/")?;
        let path = path.split(['?', '#']).next()?;
        let mut parts = path.splitn(4, '/');
        let repository = format!("{}/{}", parts.next()?, parts.next()?);
        let (state, rest) = (parts.next()?, parts.next()?);
        let file = match state {
            // `refs/heads/main/openapi.yaml`
            "refs" => rest.splitn(3, '/').nth(2)?,
            _ => rest,
        };
        Some(Hosted {
            repository,
            commit: is_commit(state).then(|| state.to_owned()),
            file: file.to_owned(),
        })
    }
}

/// Whether a text is the full name of a commit.
pub(crate) fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
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
