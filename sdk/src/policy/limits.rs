//! Limits on the size of responses, so that a server cannot exhaust this process's memory or stack.

use crate::decode;

/// The size limits of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The maximum size of a body that is read as a whole, after decompression, in bytes.
    pub(crate) body: usize,
    /// How deep arrays and objects may be nested in a body.
    pub(crate) depth: usize,
    /// The maximum size of all headers together, in bytes.
    pub(crate) headers: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 32 << 20,
            depth: decode::DEEPEST,
            headers: 64 << 10,
        }
    }
}

impl Limits {
    /// Checks the depth: the decoder supports at most `DEEPEST`, and a limit of 0 would refuse every envelope.
    pub(crate) fn check(&self) -> Result<(), String> {
        const DEEPEST: usize = decode::DEEPEST;
        if (1..=DEEPEST).contains(&self.depth) {
            Ok(())
        } else {
            Err(format!(
                "the maximum depth of bodies is {}, not 1 to {DEEPEST}",
                self.depth
            ))
        }
    }
}
