//! How often a request is expected.

use std::fmt;
use std::ops::{Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};

/// How often a request is expected: a number, or a range of numbers such as `1..`, `..=3` or `..`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    least: u32,
    /// `None`: any number.
    most: Option<u32>,
}

impl Times {
    pub(super) const ONCE: Self = Self {
        least: 1,
        most: Some(1),
    };

    /// Whether one more is allowed after `so_far` times.
    pub(super) fn allow_more_than(self, so_far: u32) -> bool {
        self.most.is_none_or(|most| so_far < most)
    }

    /// Whether `so_far` times are at least the lower bound.
    pub(super) fn are_met_by(self, so_far: u32) -> bool {
        so_far >= self.least
    }
}

impl From<u32> for Times {
    fn from(number: u32) -> Self {
        Self {
            least: number,
            most: Some(number),
        }
    }
}

impl From<RangeFull> for Times {
    fn from(_: RangeFull) -> Self {
        Self {
            least: 0,
            most: None,
        }
    }
}

impl From<RangeFrom<u32>> for Times {
    fn from(range: RangeFrom<u32>) -> Self {
        Self {
            least: range.start,
            most: None,
        }
    }
}

impl From<RangeInclusive<u32>> for Times {
    fn from(range: RangeInclusive<u32>) -> Self {
        Self {
            least: *range.start(),
            most: Some(*range.end()),
        }
    }
}

impl From<RangeToInclusive<u32>> for Times {
    fn from(range: RangeToInclusive<u32>) -> Self {
        Self::from(0..=range.end)
    }
}

impl From<Range<u32>> for Times {
    fn from(range: Range<u32>) -> Self {
        Self::from(range.start..=range.end.saturating_sub(1))
    }
}

impl From<RangeTo<u32>> for Times {
    fn from(range: RangeTo<u32>) -> Self {
        Self::from(0..range.end)
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (0, Some(0)) => f.write_str("never"),
            (1, Some(1)) => f.write_str("once"),
            (least, Some(most)) if least == most => write!(f, "{least} times"),
            (0, Some(most)) => write!(f, "at most {most} times"),
            (least, Some(most)) => write!(f, "{least} to {most} times"),
            (0, None) => f.write_str("any number of times"),
            (least, None) => write!(f, "at least {least} times"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Times;

    #[test]
    fn numbers_and_ranges_say_how_often() {
        let cases: [(Times, &str, [bool; 3]); 9] = [
            (0.into(), "never", [false; 3]),
            (1.into(), "once", [true, false, false]),
            (2.into(), "2 times", [true, true, false]),
            ((..).into(), "any number of times", [true; 3]),
            ((1..).into(), "at least 1 times", [true; 3]),
            ((..=2).into(), "at most 2 times", [true, true, false]),
            ((..2).into(), "at most 1 times", [true, false, false]),
            ((1..=2).into(), "1 to 2 times", [true, true, false]),
            ((1..3).into(), "1 to 2 times", [true, true, false]),
        ];
        for (times, words, more) in cases {
            assert_eq!(times.to_string(), words);
            assert_eq!(
                [0, 1, 2].map(|so_far| times.allow_more_than(so_far)),
                more,
                "{words}"
            );
        }
    }

    #[test]
    fn the_lower_bound_is_enough() {
        assert!(Times::from(0).are_met_by(0) && Times::from(..).are_met_by(0));
        assert!(!Times::ONCE.are_met_by(0) && Times::ONCE.are_met_by(1));
        assert!(!Times::from(2..).are_met_by(1) && Times::from(2..).are_met_by(9));
    }
}
