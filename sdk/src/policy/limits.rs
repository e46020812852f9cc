//! Limits on sizes: what a server may make this process hold.

use crate::decode;

/// The sizes that an answer may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Of a body that is read as a whole, after decompression, in bytes.
    pub(crate) body: usize,
    /// How deep arrays and objects may lie within each other in a body.
    pub(crate) depth: usize,
    /// Of all headers together, in bytes.
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
    /// Refuses a limit that cannot be kept, or that no answer could keep.
    pub(crate) fn check(&self) -> Result<(), String> {
        const DEEPEST: usize = decode::DEEPEST;
        if (1..=DEEPEST).contains(&self.depth) {
            Ok(())
        } else {
            Err(format!(
                "the limit on the depth of bodies is {}, not 1 to {DEEPEST}",
                self.depth
            ))
        }
    }
}
