//! The buckets of the clouds, with the objects in them.

use serde::{Deserialize, Serialize};

/// The objects of all buckets.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct ObjectStore {}
