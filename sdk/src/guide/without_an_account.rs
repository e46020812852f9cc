//! Without an account: a fake of the service.
//!
//! # What the fake knows
//!
//! Each rule with its source. *The document* is the OpenAPI document that this crate is generated from; *assumed* means that nobody has
//! stated it.
//!
//! ## Access and limits
//!
#![doc = include_str!("fake_rules/access.md")]
//!
//! ## Requests
//!
#![doc = include_str!("fake_rules/validation.md")]
//!
//! ## Cloud integrations
//!
#![doc = include_str!("fake_rules/providers.md")]
//!
//! ## The catalog
//!
#![doc = include_str!("fake_rules/resources.md")]
//!
//! ## On-ramps and the address space
//!
#![doc = include_str!("fake_rules/onramps.md")]
//!
//! ## Catalog syncs
//!
#![doc = include_str!("fake_rules/catalog_syncs.md")]
