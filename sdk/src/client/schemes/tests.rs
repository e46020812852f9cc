//! Each kind of credential in its place, the choice among alternatives, and what no text shows.

use http::{HeaderMap, Request, Uri};

use super::{Credential, NamedCredentials, OWN, Security, SecurityScheme};
use crate::base::redact::{Secrets, secrets};
use crate::client::credentials::Credentials;

const BEARER: SecurityScheme = SecurityScheme::bearer("upload_token");
const BASIC: SecurityScheme = SecurityScheme::basic("login");
const HEADER: SecurityScheme = SecurityScheme::header("service_key", "X-Service-Key");
const QUERY: SecurityScheme = SecurityScheme::query("query key", "api key");
const WHOLE: SecurityScheme = SecurityScheme::authorization("whole");
const COOKIE: SecurityScheme = SecurityScheme::cookie("session", "sid");

fn token() -> Credentials {
    Credentials::token("token", "own-token").unwrap()
}

fn named(keys: &[(&str, &str)]) -> NamedCredentials {
    let mut named = NamedCredentials::default();
    for (name, key) in keys {
        named
            .set(name, &Credential::Key((*key).to_owned()))
            .unwrap();
    }
    named
}

fn with_whole(mut named: NamedCredentials, value: &str) -> NamedCredentials {
    let value = Credential::Authorization(value.to_owned());
    named.set("whole", &value).unwrap();
    named
}

/// What is added to a request: its address and its headers.
fn sent(own: &Credentials, named: &NamedCredentials, security: Security) -> (String, HeaderMap) {
    let uri: Uri = "https://api.example/v1/lamps?a=1".parse().unwrap();
    named.check(own, security, &uri).unwrap();
    let mut request = Request::new(());
    *request.uri_mut() = uri;
    named.attach(own, security, &mut request).unwrap();
    let address = request.uri().to_string();
    let headers = std::mem::take(request.headers_mut());
    assert!(headers.values().all(http::HeaderValue::is_sensitive));
    (address, headers)
}

fn headers(own: &Credentials, named: &NamedCredentials, security: Security) -> Vec<String> {
    let (address, headers) = sent(own, named, security);
    assert_eq!(address, "https://api.example/v1/lamps?a=1");
    let headers = headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
    headers.collect()
}

#[test]
fn each_kind_is_sent_in_its_place() {
    let mut all = named(&[
        ("upload_token", "t0"),
        ("service_key", "k"),
        ("query key", "a&b/="),
        ("session", "s=1"),
    ]);
    let login = Credential::Basic("Aladdin".to_owned(), "open sesame".to_owned());
    all.set("login", &login).unwrap();
    let all = with_whole(all, "Token abc");
    let none = Credentials::None;
    for (security, expected) in [
        (&[&[BEARER] as &[_]] as Security, "authorization: Bearer t0"),
        (
            &[&[BASIC]],
            "authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        ),
        (&[&[WHOLE]], "authorization: Token abc"),
        (&[&[HEADER]], "x-service-key: k"),
        (&[&[COOKIE]], "cookie: sid=s=1"),
    ] {
        assert_eq!(headers(&none, &all, security), [expected]);
    }
    let (address, headers) = sent(&none, &all, &[&[QUERY]]);
    assert_eq!(
        address,
        "https://api.example/v1/lamps?a=1&api%20key=a%26b%2F%3D"
    );
    assert!(headers.is_empty());
}

#[test]
fn a_key_begins_a_query_and_follows_other_cookies() {
    let named = named(&[("query key", "q"), ("session", "s")]);
    let mut request = Request::new(());
    *request.uri_mut() = "https://api.example/v1".parse().unwrap();
    let cookies = http::HeaderValue::from_static("a=1");
    request.headers_mut().insert("cookie", cookies);
    named
        .attach(&Credentials::None, &[&[QUERY, COOKIE]], &mut request)
        .unwrap();
    assert_eq!(request.uri(), "https://api.example/v1?api%20key=q");
    assert_eq!(request.headers()["cookie"], "a=1; sid=s");
}

#[test]
fn a_value_of_authorization_is_sent_as_it_is() {
    for (value, expected) in [
        ("abc", "abc"),
        (" Token abc\r\n", "Token abc"),
        ("Bearer abc", "Bearer abc"),
        ("GoogleLogin auth=abc", "GoogleLogin auth=abc"),
        ("Token key=\"abc\"", "Token key=\"abc\""),
        ("Sign  a:b, c='d'", "Sign  a:b, c='d'"),
    ] {
        let whole = with_whole(named(&[]), value);
        let expected = format!("authorization: {expected}");
        assert_eq!(headers(&token(), &whole, &[&[WHOLE]]), [expected]);
    }
}

#[test]
fn a_value_of_authorization_and_other_credentials_do_not_replace_each_other() {
    let uri = Uri::from_static("https://api.example/");
    let whole = with_whole(named(&[]), "abc");
    // Set under the name of another scheme.
    for scheme in [
        SecurityScheme::bearer("whole"),
        SecurityScheme::basic("whole"),
        SecurityScheme::header("whole", "X-Key"),
        SecurityScheme::query("whole", "key"),
        SecurityScheme::cookie("whole", "sid"),
    ] {
        let fault = whole
            .check(&Credentials::None, &[&[scheme]], &uri)
            .unwrap_err();
        assert!(fault.contains("it takes `whole` ("), "{fault}");
        assert!(fault.ends_with(" (`whole` is set with another method)"));
        let security: &[&[_]] = &[&[scheme], &[WHOLE]];
        let mut request = Request::new(());
        let own = Credentials::None;
        whole.attach(&own, security, &mut request).unwrap();
        assert_eq!(request.headers()["authorization"], "abc");
        assert_eq!(request.headers().len(), 1);
    }
    let mut basic = NamedCredentials::default();
    let login = Credential::Basic("u".to_owned(), "p".to_owned());
    basic.set("whole", &login).unwrap();
    let expected = "the client has no credentials for this operation: it takes `whole` (authorization_credential)";
    let hint = " (`whole` is set with another method)";
    for (other, hint) in [
        (named(&[("whole", "key")]), hint),
        (basic, hint),
        (named(&[]), ""),
    ] {
        let fault = other.check(&token(), &[&[WHOLE]], &uri).unwrap_err();
        assert_eq!(fault, format!("{expected}{hint}"));
    }
}

#[test]
fn the_first_alternative_that_is_set_is_sent_whole_and_no_other() {
    const ANY: Security = &[
        &[HEADER, COOKIE],
        &[SecurityScheme::API_TOKEN],
        &[BEARER],
        &[],
    ];
    let own = ["authorization: Bearer own-token"];
    assert_eq!(headers(&token(), &named(&[]), ANY), own);
    // Half of an alternative is not sent.
    assert_eq!(headers(&token(), &named(&[("service_key", "k")]), ANY), own);
    let both = named(&[("service_key", "k"), ("session", "s")]);
    assert_eq!(
        headers(&token(), &both, ANY),
        ["x-service-key: k", "cookie: sid=s"]
    );
    let other = named(&[("upload_token", "t")]);
    assert_eq!(
        headers(&Credentials::None, &other, ANY),
        ["authorization: Bearer t"]
    );
    assert!(headers(&Credentials::None, &named(&[]), ANY).is_empty());
    // The own token is no stand-in for another one, nor the other way around.
    assert!(headers(&token(), &other, &[&[]]).is_empty());
    assert_eq!(headers(&token(), &other, OWN), own);
    assert_eq!(
        headers(&token(), &other, &[&[BEARER]]),
        ["authorization: Bearer t"]
    );
}

#[test]
fn an_operation_without_credentials_for_it_is_an_error_that_names_them() {
    let uri = Uri::from_static("https://api.example/");
    let check = |own: &Credentials, keys: &[(&str, &str)], security: Security| {
        named(keys).check(own, security, &uri).unwrap_err()
    };
    let fault = check(
        &token(),
        &[("other", "SENTINEL")],
        &[&[BEARER], &[HEADER, BASIC]],
    );
    assert_eq!(
        fault,
        "the client has no credentials for this operation: it takes `upload_token` (credential), or `service_key` (credential) together \
         with `login` (basic_credential)"
    );
    // A key is no password.
    assert!(check(&token(), &[("login", "k")], &[&[BASIC]]).contains("`login` (basic_credential)"));
    let fault = check(&Credentials::None, &[], OWN);
    assert!(
        fault.ends_with("it takes an API token, or an email with an API key"),
        "{fault}"
    );
    let key = Credentials::key(("email", "a@b.example"), ("key", "k")).unwrap();
    let fault = check(&key, &[], &[&[SecurityScheme::API_TOKEN]]);
    assert!(fault.ends_with("it takes an API token"), "{fault}");
    let fault = check(&token(), &[("session", "SENT;INEL")], &[&[COOKIE]]);
    assert_eq!(
        fault,
        "the credential `session` has a character that no cookie can have"
    );
}

#[test]
fn values_that_cannot_be_sent_are_refused_by_name() {
    let mut named = NamedCredentials::default();
    let mut fault = |value: Credential| {
        let fault = named.set("a", &value).unwrap_err();
        assert!(!fault.contains("SENTINEL"), "{fault}");
        fault
    };
    for (key, expected) in [
        ("", "is empty"),
        ("SENT INEL", "white space"),
        ("'SENTINEL'", "in quotes"),
        ("bearer SENTINEL", "begins with `Bearer `"),
        (
            "SENTIN\u{e9}L",
            "white space, a line break or another character",
        ),
    ] {
        let fault = fault(Credential::Key(key.to_owned()));
        assert!(
            fault.starts_with("the credential `a` ") && fault.contains(expected),
            "{fault}"
        );
    }
    let mut basic =
        |user: &str, password: &str| fault(Credential::Basic(user.to_owned(), password.to_owned()));
    assert!(basic("SENTINEL:", "SENTINEL").contains("colon"));
    assert!(basic("", "").contains("empty"));
    assert!(basic("u", "SENTINEL\n").contains("control character"));
}

#[test]
fn values_of_authorization_that_cannot_be_sent_are_refused_by_name() {
    for (value, expected) in [
        ("", "is empty"),
        (" \t\n", "is empty"),
        ("\"Token SENTINEL\"", "in quotes"),
        ("'SENTINEL'", "in quotes"),
        ("`Token SENTINEL", "in quotes"),
        ("Token SENTINEL'", "in quotes"),
        ("\u{201c}Token SENTINEL\u{201d}", "in quotes"),
        ("Token\tSENTINEL", "a tab"),
        ("Token SENTINEL\r\nX-Key: a", "a line break"),
        ("Token SENT\0INEL", "another character"),
        ("Token SENT\u{7f}INEL", "another character"),
        ("Token SENTIN\u{e9}L", "another character"),
        ("Token\u{a0}SENTINEL", "another character"),
        (
            "authorization : Token SENTINEL",
            "begins with `Authorization:`",
        ),
    ] {
        let mut named = NamedCredentials::default();
        let value = Credential::Authorization(value.to_owned());
        let fault = named.set("a", &value).unwrap_err();
        assert!(
            fault.starts_with("the credential `a` ") && fault.contains(expected),
            "{fault}"
        );
        assert!(!fault.contains("SENT"), "{fault}");
        assert!(named.is_empty());
    }
}

#[test]
fn no_text_has_a_value() {
    let mut all = named(&[("query key", "SENTINEL&SENTINEL")]);
    all.set(
        "login",
        &Credential::Basic("u".to_owned(), "hush-hush".to_owned()),
    )
    .unwrap();
    assert_eq!(format!("{all:?}"), r#"{"login": ***, "query key": ***}"#);
    let known = Secrets::new(all.secrets());
    let body = "a hush-hush, SENTINEL%26SENTINEL and dTpodXNoLWh1c2g= b";
    assert_eq!(known.blank(|| secrets(body)), "a ***, *** and *** b");
}

#[test]
fn no_text_has_a_value_of_authorization_or_a_part_of_it() {
    for (value, text, expected) in [
        ("abcd-efgh", "a abcd-efgh b", "a *** b"),
        // The name of the scheme is a word of messages.
        (
            "GoogleLogin auth=abcd-efgh",
            "GoogleLogin auth=abcd-efgh, auth=abcd-efgh, abcd-efgh, GoogleLogin",
            "***, ***, ***, GoogleLogin",
        ),
        (
            "Token  abcd-efgh",
            "Token+abcd-efgh, Token%20%20abcd-efgh, Token",
            "Token+***, ***, Token",
        ),
        (
            "Sign user-name:abcd-efgh, nonce=\"ijkl-mnop\"",
            "abcd-efgh ijkl-mnop user-name:abcd-efgh, Sign",
            "*** *** ***, Sign",
        ),
        // The first word is no name of a scheme.
        (
            "0123456789abcdef0123456789abcdef on",
            "0123456789abcdef0123456789abcdef",
            "***",
        ),
        ("auth=abcd-efgh on", "abcd-efgh auth=abcd-efgh", "*** ***"),
        ("0123456789abcd 17", "0123456789abcd", "***"),
        // In quotes are several words, and between other marks a key.
        (
            "Token key=\"abc def ghi jkl\"",
            "abc def ghi jkl, key=\"abc def ghi jkl\"",
            "***, ***",
        ),
        (
            "Token {\"a\":\"abcd-efgh\",\"b\":\"ijkl-mnop\"}",
            "abcd-efgh and ijkl-mnop",
            "*** and ***",
        ),
        ("user|abcd-efgh", "abcd-efgh", "***"),
        // Without the padding of Base64.
        ("Basic dTphYmNkZQ==", "dTphYmNkZQ", "***"),
        // Texts that are too short for a secret are left, and all of the value is not.
        ("Token abc", "abc Token abc", "abc ***"),
    ] {
        let whole = with_whole(named(&[]), value);
        let known = Secrets::new(whole.secrets());
        assert_eq!(known.blank(|| secrets(text)), expected);
        assert_eq!(format!("{whole:?}"), r#"{"whole": ***}"#);
    }
}
