//! Limits on sizes: what a server may make this process hold.

/// The sizes that an answer may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Of a body that is read as a whole, after decompression.
    pub(crate) body: usize,
    /// Of all headers together.
    pub(crate) headers: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 32 << 20,
            headers: 64 << 10,
        }
    }
}
