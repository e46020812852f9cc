//! The fake's catalog: the resources that discovery found.

use serde::{Deserialize, Serialize};

use super::routes::Route;

/// The operations.
pub(crate) const ROUTES: &[Route] = &[];

/// What is in an account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {}
