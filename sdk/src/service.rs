//! The generated items that the runtime needs. The only file of the runtime that imports from generated code.

pub(crate) use crate::generated::BASE_URL;
pub(crate) use crate::generated::api::{Account, Ownership};
pub(crate) use crate::generated::types::{
    AccountId, BucketOwnership, CreateOwnership, ErrorCode, OwnershipStatus, ValidateOwnership,
};
