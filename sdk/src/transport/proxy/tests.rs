//! Behaviour 70: which URLs of proxies are used, and which are errors.

use super::Proxy;

#[test]
fn b70_usable_urls() {
    for (text, url) in [
        ("http://proxy", "http://proxy:80"),
        ("http://proxy:3128/", "http://proxy:3128"),
        ("HTTP://Proxy.Example:3128", "http://proxy.example:3128"),
        ("https://proxy", "https://proxy:443"),
        ("https://proxy:", "https://proxy:443"),
        ("proxy:3128", "http://proxy:3128"),
        ("proxy", "http://proxy:80"),
        ("10.0.0.1:8080", "http://10.0.0.1:8080"),
        (" http://proxy:1\n", "http://proxy:1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://[2001:DB8::1]", "http://[2001:db8::1]:80"),
        ("http://proxy:3128/ignored", "http://proxy:3128"),
        ("http://u:p@proxy:3128", "http://u:p@proxy:3128"),
        ("u:p@proxy:3128", "http://u:p@proxy:3128"),
        ("http://u@proxy", "http://u@proxy:80"),
        ("http://u:p%40s@proxy", "http://u:p%40s@proxy:80"),
        ("http://u:p@s@proxy", "http://u:p%40s@proxy:80"),
        ("http://u:100%@proxy", "http://u:100%25@proxy:80"),
        ("http://u:a b\u{e9}@proxy", "http://u:a%20b%C3%A9@proxy:80"),
        ("http://u:a[b]\\c@proxy", "http://u:a%5Bb%5D%5Cc@proxy:80"),
    ] {
        let proxy = Proxy::parse(text).map(|proxy| proxy.url());
        assert_eq!(proxy.as_deref(), Ok(url), "{text}");
    }
}

#[test]
fn b70_unusable_urls_name_the_scheme_and_no_secret() {
    for (text, reason) in [
        ("", "it is empty"),
        (" \t", "it is empty"),
        ("htp://me:sentinel@proxy:3128", "its scheme is htp,"),
        ("ftp://me:sentinel@proxy", "its scheme is ftp,"),
        ("TCP://sentinel@proxy", "its scheme is tcp,"),
        ("socks4://me:sentinel@proxy", "its scheme is socks4,"),
        ("socks4a://sentinel@proxy", "its scheme is socks4a,"),
        ("socks://sentinel@proxy", "its scheme is socks,"),
        ("file:///sentinel", "its scheme is file,"),
        ("://sentinel", "it is not a URL"),
        ("me:sentinel@proxy://x", "it is not a URL"),
        ("http://", "it has no host"),
        ("http:///sentinel", "it has no host"),
        ("http://me:sentinel@", "it has no host"),
        ("http://:3128", "it has no host"),
        ("http://sentinel@[", "its host is neither"),
        ("http://sentinel@[::1", "its port is not"),
        ("http://[sentinel]:80", "its host is neither"),
        ("http://sentinel here", "its host is neither"),
        ("http://sentinel\u{e9}", "its host is neither"),
        ("sentinel!", "its host is neither"),
        ("http://sentinel\\evil", "its host is neither"),
        ("http:proxy", "its port is not"),
        ("http:/proxy", "it is not a URL"),
        ("http://proxy:sentinel", "its port is not"),
        ("http://proxy:0", "its port is not"),
        ("http://proxy:65536", "its port is not"),
        ("http://proxy:+80", "its port is not"),
        ("http://proxy:1:2", "its port is not"),
        ("http://me:sen/tinel@proxy", "it has a query or a fragment"),
        ("http://me:1#sentinel@proxy", "it has a query or a fragment"),
        ("http://me:1?sentinel@proxy", "it has a query or a fragment"),
    ] {
        let fault = Proxy::parse(text).unwrap_err();
        assert!(fault.contains(reason), "{text}: {fault}");
        assert!(!fault.contains("sentinel"), "{text}: {fault}");
    }
}

#[test]
fn b71_socks_needs_its_feature() {
    for scheme in ["socks5", "socks5h"] {
        let proxy = Proxy::parse(&format!("{scheme}://me:sentinel@proxy"));
        if cfg!(feature = "socks") {
            let url = format!("{scheme}://me:sentinel@proxy:1080");
            assert_eq!(proxy.map(|proxy| proxy.url()), Ok(url));
        } else {
            let fault = proxy.unwrap_err();
            assert!(fault.contains(scheme) && fault.contains("feature `socks`"));
            assert!(!fault.contains("sentinel"));
        }
    }
}

#[test]
fn b72_a_proxy_prints_no_user_name_and_no_password() {
    let proxy = Proxy::parse("https://me:sentinel@proxy").unwrap();
    assert_eq!(proxy.to_string(), "https://proxy:443");
    assert_eq!(format!("{proxy:?}"), "https://proxy:443");
    assert!(proxy.has_credentials() && proxy.is_secure() && !proxy.is_socks());
}
