//! Behaviour 70: the proxy that environment variables name, for many environments.

use std::env::VarError;
use std::ffi::OsString;

use super::from_environment;
use crate::client::base_url::BaseUrl;

type Variables<'a> = &'a [(&'a str, &'a str)];

/// The proxy for a base URL, printed; `direct` without one.
fn proxy(variables: Variables<'_>, base_url: &str) -> Result<String, String> {
    let lookup = |name: &str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found
            .map(|(_, value)| (*value).to_owned())
            .ok_or(VarError::NotPresent)
    };
    let base_url = BaseUrl::parse(base_url, true).unwrap();
    let proxy = from_environment(&lookup, &base_url)?;
    Ok(proxy.map_or("direct".to_owned(), |proxy| proxy.to_string()))
}

const SECURE: &str = "https://api.example/v4";
const PLAIN: &str = "http://api.example/v4";

#[test]
fn b70_the_variables_of_the_environment() {
    let table: &[(Variables<'_>, &str, &str)] = &[
        (&[], SECURE, "direct"),
        (&[("HTTPS_PROXY", "http://a:1")], SECURE, "http://a:1"),
        (&[("https_proxy", "http://a:1")], SECURE, "http://a:1"),
        (&[("HTTPS_PROXY", "http://a:1")], PLAIN, "direct"),
        (&[("HTTP_PROXY", "http://a:1")], SECURE, "direct"),
        (&[("HTTP_PROXY", "http://a:1")], PLAIN, "http://a:1"),
        (&[("http_proxy", "http://a:1")], PLAIN, "http://a:1"),
        (&[("ALL_PROXY", "a:1")], SECURE, "http://a:1"),
        (&[("all_proxy", "a:1")], PLAIN, "http://a:1"),
        // The more specific variable first, then upper case.
        (
            &[("ALL_PROXY", "a:1"), ("https_proxy", "b:1")],
            SECURE,
            "http://b:1",
        ),
        (
            &[("https_proxy", "a:1"), ("HTTPS_PROXY", "b:1")],
            SECURE,
            "http://b:1",
        ),
        // An empty variable is as if it were not set.
        (&[("HTTPS_PROXY", "")], SECURE, "direct"),
        (
            &[("HTTPS_PROXY", " "), ("https_proxy", "b:1")],
            SECURE,
            "http://b:1",
        ),
        (
            &[("HTTPS_PROXY", ""), ("ALL_PROXY", "b:1")],
            SECURE,
            "http://b:1",
        ),
        // In a CGI program, `HTTP_PROXY` is a header of the request.
        (
            &[("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "http://evil:1")],
            PLAIN,
            "direct",
        ),
        (
            &[("REQUEST_METHOD", "GET"), ("http_proxy", "http://a:1")],
            PLAIN,
            "http://a:1",
        ),
        (
            &[("REQUEST_METHOD", "GET"), ("HTTPS_PROXY", "http://a:1")],
            SECURE,
            "http://a:1",
        ),
    ];
    for (variables, base_url, expected) in table {
        let found = proxy(variables, base_url);
        assert_eq!(found.as_deref(), Ok(*expected), "{variables:?} {base_url}");
    }
}

#[test]
fn b70_a_variable_that_cannot_be_used_is_an_error_and_never_a_direct_connection() {
    for (name, base_url) in [
        ("HTTPS_PROXY", SECURE),
        ("https_proxy", SECURE),
        ("HTTP_PROXY", PLAIN),
        ("http_proxy", PLAIN),
        ("ALL_PROXY", SECURE),
        ("all_proxy", PLAIN),
    ] {
        for (value, scheme) in [
            ("htp://me:sentinel@proxy:3128", "htp"),
            ("ftp://me:sentinel@proxy:3128", "ftp"),
            ("tcp://sentinel@proxy", "tcp"),
            ("socks4://sentinel@proxy", "socks4"),
            ("http://sentinel@", "host"),
            ("sentinel !", "host"),
            ("://sentinel", "URL"),
        ] {
            let fault = proxy(&[(name, value)], base_url).unwrap_err();
            assert!(fault.starts_with(name) && fault.contains(scheme), "{fault}");
            assert!(!fault.contains("sentinel"), "{fault}");
        }
    }
    let broken = |_: &str| Err(VarError::NotUnicode(OsString::from("sentinel")));
    let base_url = BaseUrl::parse(SECURE, true).unwrap();
    let fault = from_environment(&broken, &base_url).unwrap_err();
    assert!(fault.contains("is not valid text") && !fault.contains("sentinel"));
}

#[test]
fn b70_exceptions() {
    let direct: &[(&str, &str)] = &[
        ("*", "api.example"),
        ("*", "10.1.2.3"),
        ("other, *", "api.example"),
        ("api.example", "api.example"),
        ("API.Example", "api.example"),
        (".api.example", "api.example"),
        ("example", "api.example"),
        (".example", "api.example"),
        ("a.b, example", "api.example"),
        ("a.b example", "api.example"),
        ("api.example.", "api.example"),
        ("example", "api.example."),
        ("10.1.2.3", "10.1.2.3"),
        ("10.0.0.0/8", "10.1.2.3"),
        ("10.1.2.3/32", "10.1.2.3"),
        ("0.0.0.0/0", "10.1.2.3"),
        ("2001:db8::/32", "[2001:db8::7]"),
        ("[2001:db8::7]", "[2001:db8::7]"),
        ("::/0", "[2001:db8::7]"),
    ];
    let proxied: &[(&str, &str)] = &[
        ("", "api.example"),
        (" , ,", "api.example"),
        (".", "api.example"),
        ("pi.example", "api.example"),
        ("x.api.example", "api.example"),
        ("api.example.org", "api.example"),
        ("*.example", "api.example"),
        ("api.example:443", "api.example"),
        ("https://api.example", "api.example"),
        ("10.1.2.4", "10.1.2.3"),
        ("11.0.0.0/8", "10.1.2.3"),
        ("10.0.0.0/33", "10.1.2.3"),
        ("10.0.0.0/x", "10.1.2.3"),
        ("2.3", "10.1.2.3"),
        ("::/0", "10.1.2.3"),
        ("0.0.0.0/0", "[2001:db8::7]"),
        ("10.0.0.0/8", "api.example"),
    ];
    for (table, expected) in [(direct, "direct"), (proxied, "http://proxy:80")] {
        for (exceptions, host) in table {
            for name in ["NO_PROXY", "no_proxy"] {
                let variables = [("ALL_PROXY", "proxy"), (name, *exceptions)];
                let found = proxy(&variables, &format!("https://{host}"));
                assert_eq!(found.as_deref(), Ok(expected), "{exceptions} {host}");
            }
        }
    }
    // A host that needs no proxy does not need the variable to be right.
    let variables = [("ALL_PROXY", "htp://proxy"), ("NO_PROXY", "api.example")];
    assert_eq!(proxy(&variables, SECURE).as_deref(), Ok("direct"));
}
