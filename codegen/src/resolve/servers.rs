//! Servers: the base URL of the document, and servers of single paths and operations, which the runtime does not have.

use openapiv3::Server;

use crate::config::quoted;
use crate::pointer::Pointer;
use crate::pointer::json_path::removal;
use crate::report::Code;

use super::resolver::Resolver;

/// What to do where no server can be the one that all requests are sent to.
const WRITE: &str =
    "write the URL of the service into `servers` in spec/overlay.yaml: `https://host/path`";

impl Resolver<'_> {
    /// The URLs of the document's servers, the base URL of the SDK first: the first that requests can be sent to. None where the document
    /// names no host.
    pub(super) fn servers(&mut self) -> Vec<String> {
        let servers = self.document.openapi().servers.clone();
        let base = base(&servers);
        let help = match base.map(|base| url(&servers[base])) {
            Some(base) => format!("nothing has to be done where all requests can go to `{base}`"),
            None if servers.iter().all(is_relative) => {
                format!("nothing has to be done where each client sets its base URL; else {WRITE}")
            }
            None => {
                self.fault(&place(0), unfit(&servers[0]), WRITE);
                return Vec::new();
            }
        };
        let (others, usable) = servers.split_at(base.unwrap_or(servers.len()));
        for (index, server) in others.iter().enumerate() {
            self.note(Code::Server, &place(index), unfit(server), help.clone());
        }
        usable.iter().map(url).collect()
    }

    /// Servers of a path or an operation. All requests go to the base URL, so they must be those of the document.
    pub(super) fn own_servers(&mut self, holder: &Pointer, own: &[Server]) {
        let place = holder.push("servers");
        if own.is_empty() || self.skips_servers(&place) {
            return;
        }
        let servers = &self.document.openapi().servers;
        let base = base(servers).map(|base| url(&servers[base]));
        let first = url(&own[0]);
        if base.as_ref() == Some(&first) {
            return;
        }
        let base = base.unwrap_or_else(|| "the base URL".to_owned());
        let message = format!(
            "unsupported by the runtime: a server of its own, `{first}` (it sends all requests to {base})"
        );
        let help = format!(
            "if the service takes these requests at {base} too, remove `servers` with this action in spec/overlay.yaml: {}; else skip \
             the operations under [skip] in spec/sdk.toml",
            removal(&place, None)
        );
        self.fault(&place, message, help);
    }

    /// Whether `sdk.toml` skips these servers.
    fn skips_servers(&self, place: &Pointer) -> bool {
        self.config.skip.get(place).is_some()
    }
}

/// The node of a server's URL.
fn place(index: usize) -> Pointer {
    let servers = Pointer::root().push("servers");
    servers.push_index(index).push("url")
}

/// Why a server cannot be the one that all requests are sent to.
fn unfit(server: &Server) -> String {
    let wrong = unusable(&url(server)).unwrap_or_default();
    let url = &server.url;
    format!("`{url}` cannot be the base URL of the SDK: {wrong}")
}

/// The first server that requests can be sent to.
fn base(servers: &[Server]) -> Option<usize> {
    servers
        .iter()
        .position(|server| unusable(&url(server)).is_none())
}

/// Whether a URL has no host: it is that of the document's own server.
fn is_relative(server: &Server) -> bool {
    let url = &server.url;
    !url.contains("://") && !url.starts_with("//") && !url.starts_with('{')
}

/// The URL of a server, with the defaults of its variables.
fn url(server: &Server) -> String {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    url.trim_end_matches('/').to_owned()
}

/// Why the runtime would refuse a base URL.
fn unusable(url: &str) -> Option<String> {
    let Some(rest) = url.strip_prefix("https://") else {
        return Some("it does not start with `https://`".to_owned());
    };
    if let Some(letter) = rest.chars().find(|letter| "{}?#@\\".contains(*letter)) {
        return Some(format!("it has {}", quoted(&letter.to_string())));
    }
    let mut segments = rest.split('/');
    let host = segments.next().unwrap_or_default();
    if host.is_empty() {
        return Some("it has no host".to_owned());
    }
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.~".contains(letter);
    let mut segments = segments
        .filter(|segment| matches!(*segment, "" | "." | "..") || !segment.chars().all(plain));
    let segment = segments.next()?;
    Some(format!("its path has the segment `{segment}`"))
}

#[cfg(test)]
mod tests {
    use super::unusable;

    #[test]
    fn base_urls_are_those_that_the_runtime_accepts() {
        for (url, fits) in [
            ("https://api.cloudflare.com/client/v4", true),
            ("https://localhost:8080", true),
            ("http://api.cloudflare.com", false),
            ("/client/v4", false),
            ("https://{region}.example.com", false),
            ("https://", false),
            ("https://user@example.com", false),
            ("https://example.com/a//b", false),
            ("https://example.com/a b", false),
            ("https://example.com/../a", false),
            ("https://example.com/?a=b", false),
        ] {
            assert_eq!(unusable(url).is_none(), fits, "{url}");
        }
    }
}
