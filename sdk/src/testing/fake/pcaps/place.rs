//! The URI of a bucket or of an object in it.
//!
//! In: the text of a URI. Out: the storage service, the bucket, the path, and the URI without keys. Nothing of a key is kept.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

/// The parameters that are keys.
const KEYS: [&str; 2] = ["access-key-id", "secret-access-key"];

/// A bucket, with a directory in it or the name of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The storage service and the bucket, such as `gs://captures`.
    pub(crate) bucket: String,
    /// The directory or the name, decoded, without slashes at the ends. Can be empty.
    pub(crate) path: String,
    /// The parameters that are no keys, as they were sent.
    parameters: BTreeSet<String>,
    has_keys: bool,
}

impl Place {
    /// Reads a URI. `None` if it is not that of a bucket.
    pub(crate) fn parse(uri: &str) -> Option<Self> {
        let (start, query) = uri.split_once('?').unwrap_or((uri, ""));
        let (scheme, rest) = start.split_once("://")?;
        let (bucket, path) = rest.split_once('/').unwrap_or((rest, ""));
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if !matches!(scheme, "s3" | "gs" | "r2")
            || bucket.is_empty()
            || !bucket.chars().all(is_name)
        {
            return None;
        }
        let path = percent_decode_str(path.trim_matches('/'))
            .decode_utf8()
            .ok()?;
        let pairs = || query.split('&').filter(|pair| !pair.is_empty());
        let place = Self {
            bucket: format!("{scheme}://{bucket}"),
            path: path.into_owned(),
            parameters: pairs()
                .filter(|pair| !is_key(pair))
                .map(str::to_owned)
                .collect(),
            has_keys: KEYS
                .iter()
                .all(|key| pairs().any(|pair| has_value(pair, key))),
        };
        (!start.contains('#')).then_some(place)
    }

    /// What the URI lacks, to be that of a bucket which is added.
    pub(crate) fn lacks(&self) -> Option<&'static str> {
        let lacks = |key: &str| !self.parameters.iter().any(|pair| has_value(pair, key));
        match self.bucket.split_once(':') {
            Some(("s3", _)) if lacks("region") => Some("the parameter `region`"),
            Some(("r2", _)) if lacks("account-id") => Some("the parameter `account-id`"),
            Some(("r2", _)) if !self.has_keys => Some("the keys"),
            _ => None,
        }
    }

    pub(crate) fn is_r2(&self) -> bool {
        self.bucket.starts_with("r2:")
    }

    /// Whether both name the same bucket and directory. Keys do not matter.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.bucket == other.bucket
            && self.path == other.path
            && self.parameters == other.parameters
    }

    /// The name of a file in this directory.
    pub(crate) fn name_of(&self, file: &str) -> String {
        match self.path.as_str() {
            "" => file.to_owned(),
            path => format!("{path}/{file}"),
        }
    }
}

/// The URI without its keys; all else is unchanged.
pub(crate) fn without_keys(uri: &str) -> String {
    let Some((start, query)) = uri.split_once('?') else {
        return uri.to_owned();
    };
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_key(pair)).collect();
    match kept.as_slice() {
        [] => start.to_owned(),
        kept => format!("{start}?{}", kept.join("&")),
    }
}

/// Whether the parameter is a key, however its name is written.
fn is_key(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    let name = percent_decode_str(name)
        .decode_utf8_lossy()
        .to_ascii_lowercase();
    KEYS.contains(&name.as_str())
}

fn has_value(pair: &str, key: &str) -> bool {
    pair.strip_prefix(key)
        .and_then(|rest| rest.strip_prefix('='))
        .is_some_and(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Place, without_keys};

    const R2: &str = "r2://b/d%20e?account-id=a&access-key-id=K&secret-access-key=K";

    #[test]
    fn keys_are_left_out() {
        let place = Place::parse(R2).unwrap();
        assert_eq!(
            (place.bucket.as_str(), place.path.as_str()),
            ("r2://b", "d e")
        );
        assert!(place.lacks().is_none() && !format!("{place:?}").contains('K'));
        assert_eq!(without_keys(R2), "r2://b/d%20e?account-id=a");
        assert_eq!(without_keys("r2://b?access%2Dkey-id=K"), "r2://b");
        let bare = Place::parse(&without_keys(R2)).unwrap();
        assert!(place.is_same(&bare));
        assert_eq!(bare.lacks(), Some("the keys"));
        let s3 = "s3://b/d?region=eu&sse=AES256";
        assert_eq!(without_keys(s3), s3);
    }

    #[test]
    fn other_texts_are_no_buckets() {
        for uri in [
            "",
            "bucket",
            "http://b",
            "gs://",
            "gs://a b",
            "gs://b#c",
            "gs://b/%ff",
        ] {
            assert_eq!(Place::parse(uri), None, "{uri}");
        }
        for uri in [
            "s3://b",
            "s3://b?region=",
            "r2://b?access-key-id=K&secret-access-key=K",
        ] {
            assert!(Place::parse(uri).unwrap().lacks().is_some(), "{uri}");
        }
    }
}
