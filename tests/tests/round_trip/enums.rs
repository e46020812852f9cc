//! Open enums: they know every value of the document, keep every other value, and never confuse the two.
//!
//! In: the enums by name, and the model's values of each. Out: nothing.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use cloudflare_magic::{self as sdk, ErrorCode};
use codegen::model::{Scalar, TypeKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use tests::document::model;

use crate::assert_none;

/// The traits of every open enum of texts.
trait Text: Clone + Debug + Display + PartialEq + AsRef<str> + Serialize + DeserializeOwned
where
    Self: From<&'static str> + From<String> + FromStr<Err = Infallible>,
{
}

impl<T> Text for T
where
    T: Clone + Debug + Display + PartialEq + AsRef<str> + Serialize + DeserializeOwned,
    T: From<&'static str> + From<String> + FromStr<Err = Infallible>,
{
}

/// An enum: the texts of `ALL`, and its faults.
struct Open {
    known: Vec<String>,
    faults: Vec<String>,
}

fn open<T: Text>(all: &[T], as_str: fn(&T) -> &str) -> Open {
    let mut faults = Vec::new();
    for value in all {
        let text = as_str(value);
        if forms(text, as_str) != Some(value.clone()) {
            faults.push(format!("{value:?} is not {text} in every form"));
        }
    }
    for text in ["", "never heard of", "\u{e9} \"\\"] {
        match forms(text, as_str) {
            Some(value) if all.contains(&value) => faults.push(format!("{text:?} is {value:?}")),
            Some(_) => {}
            None => faults.push(format!("{text:?} is not the same in every form")),
        }
    }
    Open {
        known: all.iter().map(|value| as_str(value).to_owned()).collect(),
        faults,
    }
}

/// The value of a text, if all conversions from and to the text agree on it.
fn forms<T: Text>(text: &str, as_str: fn(&T) -> &str) -> Option<T> {
    let value = T::from(text.to_owned());
    let read: T = serde_json::from_value(json!(text)).ok()?;
    let parsed: T = text.parse().ok()?;
    let same = value == read
        && value == parsed
        && as_str(&value) == text
        && value.as_ref() == text
        && value.to_string() == text
        && format!("{value:>40}") == format!("{text:>40}")
        && json!(value) == json!(text);
    same.then_some(value)
}

macro_rules! enums {
    ($($name:ident)*) => {
        fn enums() -> BTreeMap<&'static str, Open> {
            [$((stringify!($name), open(sdk::$name::ALL, sdk::$name::as_str))),*].into()
        }
    };
}

enums! {
    CatalogSyncDestinationType CatalogSyncUpdateMode CloudPlatformClientType CloudType
    OnrampCloudType OnrampLifecycleState OnrampSortKey OnrampType OwnershipStatus PcapStatus
    PcapSystem PcapType PlannedAction ProviderDiscoveryStatus ProviderLifecycleState
    ProviderSortKey ResourceSortKey ResourceType
}

/// The values of the model's enums, by name.
fn documented() -> BTreeMap<&'static str, Vec<&'static Scalar>> {
    let mut found = BTreeMap::new();
    for (pointer, ty) in &model().api.types {
        if let TypeKind::Enum(list) = &ty.kind {
            let values = list.values.iter().map(|value| &value.value);
            found.insert(model().names.types[pointer].as_str(), values.collect());
        }
    }
    found
}

#[test]
fn enums_of_texts_know_what_is_documented_and_keep_the_rest() {
    let mut documented = documented();
    documented.remove("ErrorCode");
    let enums = enums();
    assert!(enums.keys().eq(documented.keys()), "{documented:?}");
    let mut faults = Vec::new();
    for (name, open) in enums {
        let values: Vec<_> = documented[name].iter().map(|value| text(value)).collect();
        assert_eq!(open.known, values, "{name}");
        faults.extend(
            open.faults
                .into_iter()
                .map(|fault| format!("{name}: {fault}")),
        );
    }
    assert_none(&faults);
}

fn text(value: &Scalar) -> &str {
    match value {
        Scalar::Text(text) => text,
        other => panic!("{other:?} is not a text"),
    }
}

#[test]
fn codes_know_what_is_documented_and_keep_the_rest() {
    let documented: Vec<_> = documented()["ErrorCode"]
        .iter()
        .map(|value| match value {
            Scalar::Integer(code) => *code,
            other => panic!("{other:?} is not an integer"),
        })
        .collect();
    let known: Vec<_> = ErrorCode::ALL.iter().map(ErrorCode::code).collect();
    assert_eq!(known, documented);
    for code in known.into_iter().chain([0, -1, i64::MAX, 6003]) {
        let value = ErrorCode::from(code);
        assert_eq!(ErrorCode::ALL.contains(&value), documented.contains(&code));
        assert_eq!(
            serde_json::from_value::<ErrorCode>(json!(code)).unwrap(),
            value
        );
        assert_eq!((value.code(), json!(value)), (code, json!(code)));
        assert_eq!(value.to_string(), code.to_string());
    }
}
