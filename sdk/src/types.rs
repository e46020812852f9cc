//! The types that generated structs are made of: ids, open enums, unions, secrets, timestamps.

pub(crate) mod address;
pub(crate) mod builder;
pub(crate) mod clearable;
pub(crate) mod id;
pub(crate) mod json_text;
pub(crate) mod object;
pub(crate) mod open_enum;
pub(crate) mod open_value;
pub(crate) mod secret;
pub(crate) mod text;
pub(crate) mod timestamp;
pub(crate) mod union;
#[cfg(feature = "bodies")]
pub(crate) mod upload;
