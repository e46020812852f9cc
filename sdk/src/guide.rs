//! How this crate is used, one subject a page. All of it is documentation; nothing here is called.
//!
//! | page | what it answers |
//! |---|---|
//! | [`credentials`] | where the client gets its token or key, and where it sends it |
//! | [`errors`] | what a failed call tells, and how a program decides on it |
//! | [`retries`] | what is sent again, and what never is |
//! | [`rate_gate`] | what happens when the service takes no more calls |
//! | [`time_limits`] | how long a call can take |
//! | [`size_limits`] | how large an answer can be |
//! | [`paging`] | how a list is read to its end |
//! | [`waiting`] | how one waits for what takes minutes or hours |
//! | [`downloads`] | how a file is read or written to the disk |
//! | [`buckets`] | where full captures go, and how one proves that a bucket is one's own |
//! | [`timestamps`] | how moments are kept, and turned into instants |
//! | [`other_endpoints`] | how one calls what the SDK lacks |
//! | [`tracing`] | what an observer sees of calls, and of a service that drifts |
//! | [`testing`] | how an application is tested without the service |
//!
//! Whole programs stand in the folder `examples` of the crate.

pub mod buckets;
pub mod credentials;
pub mod downloads;
pub mod errors;
pub mod other_endpoints;
pub mod paging;
pub mod rate_gate;
pub mod retries;
pub mod size_limits;
pub mod testing;
pub mod time_limits;
pub mod timestamps;
pub mod tracing;
pub mod waiting;
