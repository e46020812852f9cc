//! From a verdict to the next version: the rule of SemVer, with that of 0.x, where the minor number stands for the major one.

use std::fmt;

use super::Verdict;

/// `major.minor.patch`; what follows it is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u64,
    minor: u64,
    patch: u64,
}

/// The number of the version that goes up.
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
    /// As reports and programs have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Patch => "patch",
            Self::None => "none",
        }
    }
}

impl Version {
    /// Reads `1.2.3`, `1.2.3-rc.1`, `1.2.3+build`.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.trim().split(['-', '+']).next()?;
        let mut numbers = plain.split('.').map(str::parse::<u64>);
        let mut next = || numbers.next()?.ok();
        let version = Self {
            major: next()?,
            minor: next()?,
            patch: next()?,
        };
        numbers.next().is_none().then_some(version)
    }

    /// What must go up for a verdict.
    pub fn bump(self, verdict: Verdict) -> Bump {
        match (verdict, self.major, self.minor) {
            (Verdict::None, _, _) => Bump::None,
            (Verdict::Breaking, 0, 0) => Bump::Patch,
            (Verdict::Breaking, 0, _) => Bump::Minor,
            (Verdict::Breaking, _, _) => Bump::Major,
            (Verdict::Additive, 0, _) => Bump::Patch,
            (Verdict::Additive, _, _) => Bump::Minor,
            (Verdict::Patch, _, _) => Bump::Patch,
        }
    }

    /// The version after that.
    #[must_use]
    pub fn after(self, bump: Bump) -> Self {
        let Self {
            major,
            minor,
            patch,
        } = self;
        match bump {
            Bump::Major => Self {
                major: major.saturating_add(1),
                minor: 0,
                patch: 0,
            },
            Bump::Minor => Self {
                major,
                minor: minor.saturating_add(1),
                patch: 0,
            },
            Bump::Patch => Self {
                major,
                minor,
                patch: patch.saturating_add(1),
            },
            Bump::None => self,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            major,
            minor,
            patch,
        } = self;
        write!(formatter, "{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::Version;

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
            let now = Version::parse(now).unwrap();
            assert_eq!(
                now.after(now.bump(verdict)).to_string(),
                next,
                "{now} {verdict:?}"
            );
        }
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in ["", "1", "1.2", "1.2.x", "1.2.3.4", "v1.2.3", "-1.2.3"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }
}
