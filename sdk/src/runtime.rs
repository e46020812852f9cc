//! What generated code imports: its prelude. Rooms can move without a change of generated code.

#![allow(
    unused_imports,
    reason = "generated code imports what its document needs"
)]

pub(crate) use std::time::Duration;

pub(crate) use crate::call::Call;
pub(crate) use crate::call::wait::{Waiter, WaiterSpec};
pub(crate) use crate::client::Client;
#[cfg(feature = "credentials")]
pub(crate) use crate::client::schemes::SecurityScheme;
pub(crate) use crate::decode::{Fault, FromJson, Json, JsonShape, impl_deserialize};
pub(crate) use crate::request::operation::{Endpoint, Operation, Reserved};
pub(crate) use crate::request::scope::Scope;
#[cfg(feature = "styles")]
pub(crate) use crate::request::style::{Style, Styled};
#[cfg(feature = "cursors")]
pub(crate) use crate::response::cursor::CursorPaging;
pub(crate) use crate::response::download::Download;
pub(crate) use crate::response::kind::{Binary, Empty, List, Paged, Single};
#[cfg(feature = "cursors")]
pub(crate) use crate::response::list::ListKey;
#[cfg(feature = "responses")]
pub(crate) use crate::response::one_of::{OneOf, OtherResponse, successes};
pub(crate) use crate::response::page::Page;
#[cfg(feature = "responses")]
pub(crate) use crate::response::plain_json::PlainJson;
#[cfg(feature = "responses")]
pub(crate) use crate::response::plain_text::PlainText;
#[cfg(feature = "test-util")]
pub(crate) use crate::testing::fake::validation::table::{
    BodyRule, ListRule, NumberRule, OperationRules, ParameterRule, PropertyRule, Schema, TextRule,
    UnionRule, VariantRule,
};
pub(crate) use crate::types::address::AddressText;
pub(crate) use crate::types::builder::{Given, Missing};
pub(crate) use crate::types::clearable::Clearable;
pub(crate) use crate::types::id::id;
pub(crate) use crate::types::object::object;
pub(crate) use crate::types::open_enum::{long_code, long_enum, open_code, open_enum};
pub(crate) use crate::types::open_value::open_value;
pub(crate) use crate::types::secret::SecretText;
pub(crate) use crate::types::timestamp::Timestamp;
pub(crate) use crate::types::union::UnknownVariant;
#[cfg(feature = "bodies")]
pub(crate) use crate::types::upload::FileUpload;
