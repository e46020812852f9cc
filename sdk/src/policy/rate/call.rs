//! What a call is to the rate gate: its operation and its account.
//!
//! In: names and a path. Out: a [`Caller`], by which the gate finds the scope of the call.

use std::hash::{DefaultHasher, Hash, Hasher};

/// The operation and the account of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller<'a> {
    /// The operation's name.
    pub(super) operation: &'static str,
    /// The account's id. `None` for an endpoint outside of accounts.
    pub(super) account: Option<&'a str>,
    /// Identifies the operation.
    pub(super) endpoint: u64,
    /// Identifies the operation together with the account.
    pub(super) scope: u64,
}

impl<'a> Caller<'a> {
    /// A call of an operation that the SDK has.
    pub(crate) fn new(operation: &'static str, account: Option<&'a str>) -> Self {
        Self::of(operation, account, "")
    }

    /// A request to an endpoint that the SDK lacks. Each path is an operation, apart from the account in it.
    pub(crate) fn custom(operation: &'static str, path: &'a str) -> Self {
        let parts = path.strip_prefix("/accounts/");
        let parts = parts.map(|rest| rest.split_once('/').unwrap_or((rest, "")));
        match parts {
            Some((account, rest)) => Self::of(operation, Some(account), rest),
            None => Self::of(operation, None, path),
        }
    }

    /// The names of operation and account, for users.
    pub(super) fn name(&self) -> (&'static str, Option<String>) {
        (self.operation, self.account.map(str::to_owned))
    }

    fn of(operation: &'static str, account: Option<&'a str>, path: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        (operation, path).hash(&mut hasher);
        let endpoint = hasher.finish();
        account.hash(&mut hasher);
        Self {
            operation,
            account,
            endpoint,
            scope: hasher.finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Caller;

    #[test]
    fn b79_operation_and_account_make_the_scope() {
        let list = |account| Caller::new("pcaps.list", Some(account));
        assert_eq!(list("a").scope, list("a").scope);
        assert_eq!(list("a").endpoint, list("b").endpoint);
        assert_ne!(list("a").scope, list("b").scope);
        assert_ne!(
            list("a").endpoint,
            Caller::new("pcaps.get", Some("a")).endpoint
        );

        let custom = |path| Caller::custom("request.get", path);
        let tunnels = custom("/accounts/a/cfd_tunnel");
        assert_eq!(tunnels.account, Some("a"));
        assert_eq!(tunnels.endpoint, custom("/accounts/b/cfd_tunnel").endpoint);
        assert_ne!(tunnels.scope, custom("/accounts/b/cfd_tunnel").scope);
        assert_ne!(tunnels.endpoint, custom("/accounts/a/rules").endpoint);
        assert_eq!(custom("/accounts/a").account, Some("a"));
        assert_eq!(custom("/zones/z").account, None);
    }
}
