//! From a verdict to the next version: the rule of SemVer, with that of 0.x, where the minor number is incremented instead of the major one.

use semver::Version;

use super::Verdict;

/// The number of the version that is incremented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bump {
    /// The first.
    Major,
    /// The second.
    Minor,
    /// The third.
    Patch,
    /// None of them.
    None,
}

impl Bump {
    /// The number to increment for a verdict.
    pub(crate) fn of(verdict: Verdict, version: &Version) -> Self {
        match (verdict, version.major, version.minor) {
            (Verdict::None, _, _) => Self::None,
            (Verdict::Breaking, 0, 0) => Self::Patch,
            (Verdict::Breaking, 0, _) => Self::Minor,
            (Verdict::Breaking, _, _) => Self::Major,
            (Verdict::Additive, 0, _) => Self::Patch,
            (Verdict::Additive, _, _) => Self::Minor,
            (Verdict::Patch, _, _) => Self::Patch,
        }
    }

    /// The version after it.
    pub(crate) fn after(self, version: &Version) -> Version {
        let Version {
            major,
            minor,
            patch,
            ..
        } = *version;
        match self {
            Self::Major => Version::new(major.saturating_add(1), 0, 0),
            Self::Minor => Version::new(major, minor.saturating_add(1), 0),
            Self::Patch => Version::new(major, minor, patch.saturating_add(1)),
            Self::None => Version::new(major, minor, patch),
        }
    }

    /// The name in reports, for people and programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Patch => "patch",
            Self::None => "none",
        }
    }
}

/// Reads the three numbers of a version: `1.2.3-rc.1` and `1.2.3+build` are `1.2.3`.
pub(crate) fn release(text: &str) -> Option<Version> {
    let Version {
        major,
        minor,
        patch,
        ..
    } = Version::parse(text).ok()?;
    Some(Version::new(major, minor, patch))
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::{Bump, release};

    #[test]
    fn the_rule_of_zero_and_the_rule_of_one() {
        for (now, verdict, next) in [
            ("0.0.3", Verdict::Breaking, "0.0.4"),
            ("0.1.4", Verdict::Breaking, "0.2.0"),
            ("0.1.4", Verdict::Additive, "0.1.5"),
            ("0.1.4", Verdict::Patch, "0.1.5"),
            ("0.1.4", Verdict::None, "0.1.4"),
            ("1.2.3", Verdict::Breaking, "2.0.0"),
            ("1.2.3", Verdict::Additive, "1.3.0"),
            ("1.2.3-rc.1", Verdict::Patch, "1.2.4"),
        ] {
            let now = release(now).unwrap();
            assert_eq!(
                Bump::of(verdict, &now).after(&now).to_string(),
                next,
                "{now} {verdict:?}"
            );
        }
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in [
            "", "1", "1.2", "1.2.x", "1.2.3.4", "v1.2.3", "-1.2.3", "01.2.3",
        ] {
            assert_eq!(release(text), None, "{text}");
        }
    }
}
