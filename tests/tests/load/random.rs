//! Numbers that look random and are the same on every run (splitmix64).
//!
//! In: a seed, and a purpose. Out: numbers. They have to be evenly distributed, not unpredictable.

/// A sequence of numbers.
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// The sequence for one purpose: independent of those for other purposes and other seeds.
    pub(crate) fn new(seed: u64, purpose: u64) -> Self {
        Self {
            state: mix(mix(seed) ^ purpose),
        }
    }

    /// One of the choices, each with a probability proportional to its weight.
    pub(crate) fn choose<T: Copy>(&mut self, choices: &[(T, u64)]) -> T {
        let all: u64 = choices.iter().map(|(_, weight)| weight).sum();
        let mut left = self.next() % all;
        for (choice, weight) in choices {
            match left.checked_sub(*weight) {
                Some(rest) => left = rest,
                None => return *choice,
            }
        }
        unreachable!("what is left is less than all weights together")
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.state)
    }
}

fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
