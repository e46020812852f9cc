//! Path templates, segment by segment.

/// A path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// As the document writes it.
    pub template: String,
    /// Its segments, without the empty one behind a slash at its end.
    pub segments: Vec<Segment>,
}

/// The text between two slashes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Segment {
    /// A fixed text.
    Literal(String),
    /// One parameter.
    Parameter(String),
    /// Text and parameters, or several parameters, as the document writes it: `v{version}`, `{a}.{b}`.
    Mixed(String),
}

impl Segment {
    /// Reads the text between two slashes.
    pub(crate) fn of(text: &str) -> Self {
        let inner = text
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        match inner {
            Some(name) if !name.contains(['{', '}']) => Self::Parameter(name.to_owned()),
            _ if parameters(text).is_empty() => Self::Literal(text.to_owned()),
            _ => Self::Mixed(text.to_owned()),
        }
    }

    /// As the document writes it.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Literal(text) | Self::Mixed(text) => text.clone(),
            Self::Parameter(name) => format!("{{{name}}}"),
        }
    }

    /// The names of its parameters.
    pub(crate) fn parameters(&self) -> Vec<&str> {
        match self {
            Self::Literal(_) => Vec::new(),
            Self::Parameter(name) => vec![name],
            Self::Mixed(text) => parameters(text),
        }
    }

    /// The same without the names of parameters.
    pub(crate) fn blank(&self) -> Self {
        match self {
            Self::Literal(text) => Self::Literal(text.clone()),
            Self::Parameter(_) => Self::Parameter(String::new()),
            Self::Mixed(text) => {
                let blank = parameters(text).iter().fold(text.clone(), |text, name| {
                    text.replace(&format!("{{{name}}}"), "{}")
                });
                Self::Mixed(blank)
            }
        }
    }
}

/// The names between braces.
fn parameters(text: &str) -> Vec<&str> {
    let parts = text.split('{').skip(1);
    let names = parts.filter_map(|part| part.split_once('}'));
    names.map(|(name, _)| name).collect()
}

/// The segments of a handle that its key has: those up to its last literal.
pub(crate) fn keyed(segments: &[Segment]) -> &[Segment] {
    let is_literal = |segment: &Segment| matches!(segment, Segment::Literal(_));
    let last = segments.iter().rposition(is_literal);
    segments
        .get(..last.map_or(0, |last| last + 1))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Segment;

    #[test]
    fn segments_are_read_and_written() {
        for (text, parameters) in [
            ("lamps", vec![]),
            ("{lamp_id}", vec!["lamp_id"]),
            ("{a}.{b}", vec!["a", "b"]),
            ("v{version}", vec!["version"]),
            ("{lamp_id}.json", vec!["lamp_id"]),
        ] {
            let segment = Segment::of(text);
            assert_eq!(
                (segment.text(), segment.parameters()),
                (text.to_owned(), parameters)
            );
        }
        assert_eq!(
            Segment::of("{a}.{b}").blank(),
            Segment::of("{c}.{d}").blank()
        );
        assert_ne!(Segment::of("{a}").blank(), Segment::of("{a}.{b}").blank());
    }
}
