//! The functions of [`crate::base::log`] without the feature `tracing`: they record nothing.

use std::fmt::Display;
use std::time::Duration;

use super::Poll;

pub(crate) fn retrying(_: (u32, u32), _: impl Display, _: Duration) {}

pub(crate) fn download_failed(_: &'static str, _: impl Display) {}

pub(crate) fn gate_wait(_: Duration) {}

pub(crate) fn polled(_: &Poll<'_>) {}

pub(crate) fn wait_failed(_: &'static str, _: impl Display) {}
