//! Checks that a call is awaited inside a tokio runtime that has what the built-in transport and clock need.
//!
//! In: the runtime of the call. Out: what is missing. Without the check tokio would panic. tokio has no function that tells whether
//! timers or I/O are enabled; so the first call in a runtime tries both, and catches the panic.

use std::panic::catch_unwind;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::{Handle, Id};

/// What a client needs of its runtime.
#[derive(Debug)]
pub(crate) struct RuntimeCheck {
    /// Whether the transport is the built-in one, which needs I/O and timers.
    transport: bool,
    /// Whether the clock is the built-in one, which needs timers.
    clock: bool,
    /// The runtime that passed the check last.
    passed: Mutex<Option<Id>>,
}

impl RuntimeCheck {
    pub(crate) fn new(transport: bool, clock: bool) -> Self {
        Self {
            transport,
            clock,
            passed: Mutex::new(None),
        }
    }

    /// Errors with what is missing and what to do.
    pub(crate) fn check(&self) -> Result<(), &'static str> {
        if !self.transport && !self.clock {
            return Ok(());
        }
        let Ok(runtime) = Handle::try_current() else {
            return Err("there is no tokio runtime here; await the call inside one");
        };
        let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        if *passed == Some(runtime.id()) {
            return Ok(());
        }
        if catch_unwind(|| drop(tokio::time::sleep(Duration::ZERO))).is_err() {
            return Err(
                "the tokio runtime has no timers; build it with `enable_time` or `enable_all`",
            );
        }
        if self.transport && !has_io() {
            return Err("the tokio runtime has no I/O; build it with `enable_io` or `enable_all`");
        }
        *passed = Some(runtime.id());
        Ok(())
    }
}

/// Whether the runtime can wait for a socket.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn has_io() -> bool {
    use std::net::{Ipv4Addr, UdpSocket};

    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|socket| {
        socket.set_nonblocking(true)?;
        Ok(socket)
    });
    // Where no socket can be bound, the connection's own error says so.
    let Ok(socket) = socket else { return true };
    catch_unwind(move || drop(tokio::net::UdpSocket::from_std(socket))).is_ok()
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn has_io() -> bool {
    true
}
