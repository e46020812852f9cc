//! The processes of the fake that take time, and that a test can let fail.

use serde::{Deserialize, Serialize};

/// A process of the service that takes time and can fail. [`FakeService::fail_next_process`](super::FakeService::fail_next_process)
/// takes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum FakeProcess {
    /// A capture. It ends as `failed`; a full one with the reason as its `error_message`.
    Capture,
    /// The validation of a bucket. It ends as `failed`.
    BucketValidation,
    /// The check of the credentials of a cloud integration. They are rejected.
    CredentialCheck,
    /// A discovery. It ends as failed, with the reason as its message.
    Discovery,
    /// The plan of an on-ramp.
    Plan,
    /// Applying an on-ramp.
    Apply,
    /// Destroying an on-ramp.
    Destroy,
    /// An update of the destination of a catalog sync.
    CatalogSync,
}
