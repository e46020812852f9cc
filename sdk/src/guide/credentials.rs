//! Credentials: an API token, or an account's email with its global API key.
//!
//! [`Client::from_env`](crate::Client::from_env) reads them from the environment:
//!
//! | variable | meaning |
//! |---|---|
//! | `CLOUDFLARE_API_TOKEN` | an API token |
//! | `CLOUDFLARE_EMAIL`, `CLOUDFLARE_API_KEY` | the other style, where no token is set |
//! | `CLOUDFLARE_BASE_URL` | another address than `https://api.cloudflare.com/client/v4` |
//! | `CLOUDFLARE_ACCOUNT_ID` | the account, for [`account_from_env`](crate::Client::account_from_env) |
//!
//! A variable that is set to nothing is an error, and so is half of a pair. Each method's documentation names the permission that
//! a token needs for it.
//!
//! A program that keeps its secrets elsewhere gives them to the builder. Then the environment's are not even looked at:
//!
//! ```no_run
//! use cloudflare_magic::{Client, Error};
//!
//! fn client(token: String) -> Result<Client, Error> {
//!     Client::builder()
//!         .api_token(token)
//!         .user_agent_suffix("inventory/2.1")
//!         .build()
//! }
//! ```
//!
//! A client is a pointer: clone it freely, and build it once. Clones share connections, the rate gate and what retries may cost.
//!
//! Credentials appear in no `Debug` and no error. They go to the configured host only: redirections are not followed, and a
//! header of your own cannot replace them. Plain `http` is refused except for loopback addresses, unless
//! [`allow_plain_http`](crate::ClientBuilder::allow_plain_http) allows it. Other secrets, such as the URI of a bucket, have the
//! type [`SecretText`](crate::SecretText), whose text [`expose`](crate::SecretText::expose) alone gives.
