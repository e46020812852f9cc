//! From a method and a path to the handler of the operation.

use http::Method;
use percent_encoding::percent_decode_str;

use super::account::Feature;
use super::call::Call;
use super::failure::Failure;
use super::success::Success;
use super::world::Env;
use super::{catalog_syncs, onramps, pcaps, providers, resources};
use crate::request::operation::Operation;

/// Does what an operation does.
pub(crate) type Handler = fn(&mut Env<'_>, &Call<'_>) -> Result<Success, Failure>;

/// An operation with its handler.
pub(crate) struct Route {
    pub(crate) operation: Operation,
    pub(crate) feature: Feature,
    pub(crate) handler: Handler,
}

impl Route {
    pub(crate) const fn new(operation: Operation, feature: Feature, handler: Handler) -> Self {
        Self {
            operation,
            feature,
            handler,
        }
    }
}

/// The operations of all products.
const ROUTES: [&[Route]; 5] = [
    pcaps::ROUTES,
    providers::ROUTES,
    resources::ROUTES,
    onramps::ROUTES,
    catalog_syncs::ROUTES,
];

/// The routes of all operations.
pub(crate) fn all() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().copied().flatten()
}

/// A route that fits a request, with the path parameters.
pub(crate) struct Found {
    pub(crate) route: &'static Route,
    pub(crate) account: String,
    /// The path parameters without the account, decoded.
    pub(crate) path: Vec<(String, String)>,
}

/// Finds the route of a request. Literal segments go before parameters.
pub(crate) fn find(method: &Method, path: &str) -> Option<Found> {
    let fitting = all().filter(|route| route.operation.method() == *method);
    let fitting =
        fitting.filter_map(|route| Some((route, parameters(route.operation.path(), path)?)));
    let (route, mut path) = fitting.min_by_key(|(_, parameters)| parameters.len())?;
    let at = path.iter().position(|(name, _)| name == "account_id")?;
    let (_, account) = path.remove(at);
    Some(Found {
        route,
        account,
        path,
    })
}

/// The path parameters of a path that fits the template, decoded.
fn parameters(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let mut parameters = Vec::new();
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(parameters),
            (Some(wanted), Some(given)) => match wanted.strip_prefix('{') {
                Some(_) if given.is_empty() => return None,
                Some(name) => {
                    let value = percent_decode_str(given).decode_utf8_lossy();
                    parameters.push((name.trim_end_matches('}').to_owned(), value.into_owned()));
                }
                None if wanted == given => {}
                None => return None,
            },
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{all, find};
    use crate::generated::rules::OPERATIONS;
    use http::Method;

    #[test]
    fn literals_go_before_parameters() {
        let found = find(&Method::GET, "/accounts/a1/pcaps/ownership").unwrap();
        assert_eq!(found.route.operation.name(), "pcaps.ownership.list");
        let found = find(&Method::GET, "/accounts/a1/pcaps/c1").unwrap();
        assert_eq!(found.route.operation.name(), "pcaps.get");
        assert_eq!(
            (found.account.as_str(), found.path[0].1.as_str()),
            ("a1", "c1")
        );
        let found = find(&Method::GET, "/accounts/a%31/pcaps/c%20%ff").unwrap();
        assert_eq!(
            (found.account.as_str(), found.path[0].1.as_str()),
            ("a1", "c \u{fffd}")
        );
        for path in [
            "/accounts/a1/pcaps/",
            "/accounts/a1",
            "/zones",
            "/accounts//pcaps",
            "accounts/a1/pcaps",
        ] {
            assert!(find(&Method::GET, path).is_none(), "{path}");
        }
    }

    #[test]
    fn each_operation_has_one_route() {
        let mut names: Vec<_> = all().map(|route| route.operation.name()).collect();
        names.sort_unstable();
        let mut generated: Vec<_> = OPERATIONS.iter().map(|rules| rules.name).collect();
        generated.sort_unstable();
        assert_eq!(
            names, generated,
            "an operation has no handler in the fake, or two"
        );
    }
}
