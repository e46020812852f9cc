//! The table "Style Values" of OpenAPI 3.0.3, as it is there, and what is sent; then what it leaves open.

use serde::Serialize;
use serde_json::{Value, json};

use super::Style::{DeepObject, Form, Json, Label, Matrix, PipeDelimited, Simple, SpaceDelimited};
use super::{Place, Style, Styled};
use crate::client::tests::client;
use crate::request::Request;
use crate::request::operation::Operation;
use crate::request::scope::Scope;

/// In the order in which the specification writes it.
#[derive(Serialize)]
struct Rgb {
    #[serde(rename = "R")]
    red: u8,
    #[serde(rename = "G")]
    green: u8,
    #[serde(rename = "B")]
    blue: u8,
}

/// The columns of the table.
fn columns() -> [String; 4] {
    let colour = Rgb {
        red: 100,
        green: 200,
        blue: 150,
    };
    [
        r#""""#.to_owned(),
        r#""blue""#.to_owned(),
        r#"["blue","black","brown"]"#.to_owned(),
        serde_json::to_string(&colour).unwrap(),
    ]
}

type Row = (Style, bool, [&'static str; 4]);

/// `n/a` where the specification defines nothing.
const TABLE: [Row; 12] = [
    (
        Matrix,
        false,
        [
            ";color",
            ";color=blue",
            ";color=blue,black,brown",
            ";color=R,100,G,200,B,150",
        ],
    ),
    (
        Matrix,
        true,
        [
            ";color",
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150",
        ],
    ),
    (
        Label,
        false,
        [".", ".blue", ".blue.black.brown", ".R.100.G.200.B.150"],
    ),
    (
        Label,
        true,
        [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
    ),
    (
        Form,
        false,
        [
            "color=",
            "color=blue",
            "color=blue,black,brown",
            "color=R,100,G,200,B,150",
        ],
    ),
    (
        Form,
        true,
        [
            "color=",
            "color=blue",
            "color=blue&color=black&color=brown",
            "R=100&G=200&B=150",
        ],
    ),
    (
        Simple,
        false,
        ["n/a", "blue", "blue,black,brown", "R,100,G,200,B,150"],
    ),
    (
        Simple,
        true,
        ["n/a", "blue", "blue,black,brown", "R=100,G=200,B=150"],
    ),
    (
        SpaceDelimited,
        false,
        [
            "n/a",
            "n/a",
            "color=blue black brown",
            "color=R 100 G 200 B 150",
        ],
    ),
    (
        PipeDelimited,
        false,
        [
            "n/a",
            "n/a",
            "color=blue|black|brown",
            "color=R|100|G|200|B|150",
        ],
    ),
    (
        DeepObject,
        true,
        [
            "n/a",
            "n/a",
            "n/a",
            "color[R]=100&color[G]=200&color[B]=150",
        ],
    ),
    (
        DeepObject,
        false,
        [
            "n/a",
            "n/a",
            "n/a",
            "color[R]=100&color[G]=200&color[B]=150",
        ],
    ),
];

fn styled(place: Place, style: Style, explode: bool) -> Styled<'static> {
    let styled = Styled::new("color", place, style);
    if explode { styled.exploded() } else { styled }
}

fn request(path: &'static str) -> Request {
    Request::new(Scope::new(&client()), Operation::get("a.get", path))
}

/// What follows the base URL.
fn address(request: &Request) -> Result<String, String> {
    let prepared = request.prepare().map_err(|error| error.to_string())?;
    let address = prepared.uri().path_and_query().unwrap().to_string();
    Ok(address.split_once("/at").unwrap().1.to_owned())
}

fn of(styled: &Styled<'static>, value: &impl Serialize) -> Result<String, String> {
    let mut request = request(match styled.place {
        Place::Path => "/at/{color}",
        _ => "/at",
    });
    request.operation.styled = &["color"];
    request.set_styled(styled, value);
    address(&request)
}

/// A value that keeps the order of its keys.
fn raw(text: &str) -> Box<serde_json::value::RawValue> {
    serde_json::value::RawValue::from_string(text.to_owned()).unwrap()
}

#[test]
fn the_table_of_the_specification_holds() {
    let mut count = 0;
    for (style, explode, wanted) in TABLE {
        let place = match style {
            Matrix | Label | Simple => Place::Path,
            _ => Place::Query,
        };
        for (value, wanted) in columns().iter().zip(wanted) {
            if wanted == "n/a" {
                continue;
            }
            count += 1;
            // The table shows the characters; these three are encoded in a URI.
            let encoded = wanted.replace('|', "%7C").replace(' ', "%20");
            let encoded = encoded.replace('[', "%5B").replace(']', "%5D");
            let encoded = match place {
                Place::Path => format!("/{encoded}"),
                _ => format!("?{encoded}"),
            };
            let sent = of(&styled(place, style, explode), &raw(value));
            // A segment of one dot leads elsewhere, and is refused.
            match wanted {
                "." => assert!(sent.unwrap_err().contains("color"), "{style:?} {value}"),
                _ => assert_eq!(sent.unwrap(), encoded, "{style:?} {explode} {value}"),
            }
        }
    }
    assert_eq!(count, 36);
}

#[test]
fn headers_are_written_as_they_are() {
    let mut request = request("/at");
    let sent = |request: &Request| {
        let prepared = request.prepare().unwrap();
        let value = prepared.headers().get("color");
        value.map(|value| value.to_str().unwrap().to_owned())
    };
    for (explode, value, wanted) in [
        (false, json!(["a b", "c/d"]), "a b,c/d"),
        (true, json!(["a b", "c/d"]), "a b,c/d"),
        (false, json!({"a": 1, "b": true}), "a,1,b,true"),
        (true, json!({"a": 1, "b": true}), "a=1,b=true"),
    ] {
        request.set_styled(&styled(Place::Header, Simple, explode), &value);
        assert_eq!(sent(&request).as_deref(), Some(wanted));
    }
    request.set_styled(&styled(Place::Header, Json, false), &json!({"a": "é😀"}));
    assert_eq!(
        sent(&request).as_deref(),
        Some(r#"{"a":"\u00e9\ud83d\ude00"}"#)
    );
    request.set_styled(&styled(Place::Header, Simple, false), &Value::Null);
    assert_eq!(sent(&request), None);
    request.set_styled(&styled(Place::Header, Simple, false), &"a\r\nhost: b");
    assert!(address(&request).unwrap_err().contains("line break"));
}

#[test]
fn cookies_are_one_header_that_is_never_printed() {
    let mut request = request("/at");
    request.set_styled(&Styled::cookie("session", Form).exploded(), &"hush; b=1");
    request.set_styled(&styled(Place::Cookie, Form, true), &json!(["a", "b"]));
    request.set_styled(&styled(Place::Cookie, Form, false), &json!(["a", "b"]));
    let prepared = request.prepare().unwrap();
    let cookie = &prepared.headers()["cookie"];
    assert!(cookie.is_sensitive());
    assert_eq!(cookie, "session=hush%3B%20b%3D1; color=a,b");
    assert!(!format!("{request:?}").contains("hush"));
    request.set_styled(&styled(Place::Cookie, Form, true), &json!(["a", "b"]));
    let prepared = request.prepare().unwrap();
    let cookie = &prepared.headers()["cookie"];
    assert_eq!(cookie, "session=hush%3B%20b%3D1; color=a; color=b");
}

#[test]
fn what_would_end_a_value_is_encoded_in_it() {
    let all = ":/?#[]@!$&'()*+,;=% é";
    let query = styled(Place::Query, Form, false);
    let encoded = "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25%20%C3%A9";
    assert_eq!(of(&query, &all).unwrap(), format!("?color={encoded}"));
    let path = styled(Place::Path, Simple, false);
    assert_eq!(of(&path, &all).unwrap(), format!("/{encoded}"));
    let list = of(&query.reserved(), &["a,b/c", "d&e"]).unwrap();
    assert_eq!(list, "?color=a%2Cb/c,d%26e");
    assert_eq!(
        of(&query.exploded().reserved(), &all).unwrap(),
        "?color=:/?%23%5B%5D@!$%26'()*%2B,;=%25%20%C3%A9"
    );
    let key = styled(Place::Query, DeepObject, true);
    assert_eq!(
        of(&key, &json!({"a&b": "c&d"})).unwrap(),
        "?color%5Ba%26b%5D=c%26d"
    );
}

#[test]
fn segments_that_lead_elsewhere_are_refused() {
    let simple = styled(Place::Path, Simple, false);
    for value in ["", ".", ".."] {
        let fault = of(&simple, &value).unwrap_err();
        assert!(fault.contains("color"), "{fault}");
    }
    let label = styled(Place::Path, Label, false);
    assert!(of(&label, &".").unwrap_err().contains("color"));
    let mut mixed = request("/at/.{color}");
    mixed.operation.styled = &["color"];
    mixed.set_styled(&simple, &".");
    assert!(address(&mixed).unwrap_err().contains("color"));
    mixed.set_styled(&simple, &"a.b");
    assert_eq!(address(&mixed).unwrap(), "/.a.b");
    let none: [&str; 0] = [];
    assert!(of(&label, &none).unwrap_err().contains("empty"));
    assert_eq!(of(&simple, &"../a").unwrap(), "/..%2Fa");
    assert_eq!(of(&simple, &"%2e%2e").unwrap(), "/%252e%252e");
}

#[test]
fn json_is_one_value() {
    let query = styled(Place::Query, Json, false);
    assert_eq!(
        of(&query, &json!({"a": [1, null]})).unwrap(),
        "?color=%7B%22a%22%3A%5B1%2Cnull%5D%7D"
    );
    assert_eq!(of(&query, &Value::Null).unwrap(), "");
}

#[test]
fn what_is_absent_or_empty_is_not_sent() {
    for explode in [true, false] {
        let query = styled(Place::Query, Form, explode);
        for value in [
            json!(null),
            json!([]),
            json!({}),
            json!([null]),
            json!({"a": null}),
        ] {
            assert_eq!(of(&query, &value).unwrap(), "", "{value}");
        }
    }
}

#[test]
fn deeper_values_have_one_form() {
    let deep = styled(Place::Query, DeepObject, true);
    assert_eq!(
        of(&deep, &json!({"a": {"b": 1.0}, "c": [true, 2.5]})).unwrap(),
        "?color%5Ba%5D%5Bb%5D=1&color%5Bc%5D=true&color%5Bc%5D=2.5"
    );
    let list = styled(Place::Query, Form, true);
    assert_eq!(
        of(&list, &json!([{"a": 1}])).unwrap(),
        "?color=%7B%22a%22%3A1%7D"
    );
    let fault = of(&deep, &"a").unwrap_err();
    assert!(fault.contains("`color` is not an object"), "{fault}");
}

#[test]
fn a_second_value_replaces_all_of_the_first() {
    let mut request = request("/at");
    request.add_query("b", "kept");
    let exploded = styled(Place::Query, Form, true);
    request.set_styled(&exploded, &json!({"a": 1, "b": 2}));
    request.set_styled(&exploded, &json!({"c": 3}));
    assert_eq!(address(&request).unwrap(), "?b=kept&c=3");
}

#[test]
fn a_value_that_cannot_be_written_is_an_error() {
    let broken = std::collections::BTreeMap::from([((1, 2), 3)]);
    let fault = of(&styled(Place::Query, Form, true), &broken).unwrap_err();
    assert!(fault.contains("`color` cannot be written"), "{fault}");
}
