//! Credentials: an API token, or an account's email with its global API key.
//!
//! [`Client::from_env`](crate::Client::from_env) reads them from the environment:
//!
//! | variable | meaning |
//! |---|---|
//! | `CLOUDFLARE_API_TOKEN` | an API token |
//! | `CLOUDFLARE_EMAIL`, `CLOUDFLARE_API_KEY` | the email and global API key, used if no token is set |
//! | `CLOUDFLARE_BASE_URL` | a base URL other than `https://api.cloudflare.com/client/v4` |
//! | `CLOUDFLARE_ACCOUNT_ID` | the account, for [`account_from_env`](crate::Client::account_from_env) |
//!
//! An empty variable is an error, and so is an email without a key or a key without an email.
//!
//! # Permissions
//!
//! Each method's documentation names the permission groups that allow it: one of them is enough. All are groups of an account. The
//! dashboard shows them by name; tools that create tokens, such as Terraform or the API itself, take the id:
//!
//! | permission group | allows | id |
//! |---|---|---|
//! | `Magic Firewall Packet Captures - Read PCAPs API` | reads of captures and buckets, downloads | `3a46c728a0a040d5a65cd8e2f3bc6935` |
//! | `Magic Firewall Packet Captures - Write PCAPs API` | everything on captures and buckets | `4ea7d6421801452dbf07cef853a5ef39` |
//! | `Magic WAN Read` | reads of Magic Cloud Networking | `17fc856c4ebe49d4bb70f8e4744398cf` |
//! | `Magic WAN Write` | everything in Magic Cloud Networking | `a1a7389ba7e441dba95852e10970fcc3` |
//!
//! The ids are those of published lists, not of the API's document. Two operations have no permission in it: `providers.discover` and
//! `resources.policy_preview`. An export of Terraform files needs the write permission, although it changes nothing. A new token may be
//! refused for a while: it is reported that status 403 goes away by itself.
//!
//! # In the program
//!
//! A program that keeps its secrets elsewhere passes them to the builder: [`api_token`](crate::ClientBuilder::api_token), or
//! [`api_key`](crate::ClientBuilder::api_key) with the email and the key. Then those of the environment are not read:
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
//! A builder reads no environment variable by itself. With [`use_environment`](crate::ClientBuilder::use_environment) it reads those
//! of the table, except the account's, for what was not set on it. `Client::from_env()` is `Client::builder().use_environment().build()`.
//!
//! Credentials that expire are replaced on the living client, for all its clones. Every attempt that begins later uses the new ones,
//! so that no call fails as long as the old token stays valid for those that are already sent:
//!
//! ```no_run
//! use cloudflare_magic::{Client, Error};
//!
//! fn rotate(client: &Client, new: &str) -> Result<(), Error> {
//!     client.set_api_token(new)
//! }
//! ```
//!
//! Build a client once and clone it: a clone is a pointer. Clones share connections, the rate gate and the retry budget.
//!
//! Credentials appear in no `Debug` output and no error. They are sent to the configured host only: redirects are not followed,
//! and custom headers cannot replace them. Plain `http` is an error except for loopback addresses, unless
//! [`allow_plain_http`](crate::ClientBuilder::allow_plain_http) allows it. Other secrets, such as the URI of a bucket, have the
//! type [`SecretText`](crate::SecretText); only its [`expose`](crate::SecretText::expose) returns the text. Serialized by an
//! application, it has `***` in place of keys, so that a cache of responses has none; [`Exposed`](crate::Exposed) writes them.
//!
//! A token in quotes, or with `Bearer ` in front, is an error when the client is built. If a server echoes the client's token or key
//! (of at least 8 characters) in a response, `***` is in its place in the error.
