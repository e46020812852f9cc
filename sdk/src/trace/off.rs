//! The functions of [`crate::trace`] without the feature `tracing`: they do nothing.

use crate::decode::Fault;
use crate::error::ApiError;
use crate::request::Request;

pub(crate) fn call<F>(request: Box<Request>, answering: impl FnOnce(Box<Request>) -> F) -> F {
    answering(request)
}

pub(crate) fn attempt<F>(_: &Request, _: u32, answering: F) -> F {
    answering
}

pub(crate) fn reading<T>(_: &'static str, read: impl FnOnce() -> T) -> T {
    read()
}

pub(crate) fn refusal<T>(_: &'static str, read: impl FnOnce() -> T) -> T {
    read()
}

pub(crate) fn misfit(_: &Fault) {}

pub(crate) fn unknown_text(_: &'static str, _: &str) {}

pub(crate) fn unknown_code(_: &'static str, _: i64) {}

pub(crate) fn unknown_codes(_: &[ApiError]) {}

pub(crate) fn unknown_shape(_: &'static str) {}
