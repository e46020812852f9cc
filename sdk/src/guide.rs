//! How to use this crate, one subject per page. Documentation only: the pages contain no items.
//!
//! | page | subject |
//! |---|---|
//! | [`credentials`] | where the client gets its token or key, and where it sends them |
//! | [`errors`] | what an error of a call contains, and how a program handles it |
//! | [`requests`] | ids, enums, optional values, builders, numbers, and fields that this version lacks |
//! | [`retries`] | which calls are sent again, and which never are |
//! | [`rate_gate`] | what happens when the service's rate limit is reached |
//! | [`time_limits`] | how long a call can take |
//! | [`size_limits`] | how large a response can be |
//! | [`paging`] | how to read all items of a list, or one page |
//! | [`waiting`] | how to wait for operations that take minutes or hours |
//! | [`downloads`] | how to read a file, or write it to the disk |
//! | [`buckets`] | where full captures are written, and how to prove that a bucket is yours |
//! | [`networks`] | proxies, certificates, settings of connections, layers, several runtimes, synchronous code |
//! | [`caching`] | how values are written down with serde, and read back |
//! | [`timestamps`] | how timestamps are kept, and converted to instants of a date library |
//! | [`other_endpoints`] | how to call endpoints that the SDK has no method for |
//! | [`tracing`] | the spans of calls, and the events where the service deviates from its document |
//! | [`testing`] | how to test an application without the service |
//! | [`without_an_account`] | a fake of the service, and what it knows of it |
//!
//! Complete programs are in the crate's folder `examples`.

pub mod buckets;
pub mod caching;
pub mod credentials;
pub mod downloads;
pub mod errors;
pub mod networks;
pub mod other_endpoints;
pub mod paging;
pub mod rate_gate;
pub mod requests;
pub mod retries;
pub mod size_limits;
pub mod testing;
pub mod time_limits;
pub mod timestamps;
pub mod tracing;
pub mod waiting;
pub mod without_an_account;
