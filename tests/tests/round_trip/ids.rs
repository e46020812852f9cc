//! Ids: texts that stay unchanged, each in its own type.
//!
//! In: the ids by name. Out: nothing.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use cloudflare_magic as sdk;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use tests::document::model;

use crate::assert_none;

/// Whether an id is this text in every form. Reading never rejects one.
fn keeps<T>(text: &'static str, as_str: fn(&T) -> &str) -> bool
where
    T: Clone + Debug + Display + Ord + AsRef<str> + Serialize + DeserializeOwned,
    T: From<&'static str> + From<String> + for<'a> From<&'a T> + FromStr<Err = Infallible>,
{
    let id = T::from(text);
    let forms = [
        T::from(text.to_owned()),
        T::from(&id),
        text.parse().unwrap(),
        serde_json::from_value(json!(text)).unwrap(),
    ];
    let same = forms.iter().all(|form| *form == id);
    let printed = format!("{id}");
    let back = [as_str(&id), id.as_ref(), printed.as_str()];
    same && back.iter().all(|form| *form == text) && json!(id) == json!(text)
}

macro_rules! ids {
    ($($name:ident)*) => {
        fn faults(text: &'static str) -> Vec<String> {
            let mut faults = Vec::new();
            $(if !keeps(text, sdk::$name::as_str) {
                faults.push(format!("{} does not keep {text:?}", stringify!($name)));
            })*
            faults
        }

        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

ids! {
    AccountId CatalogSyncDestinationId CatalogSyncId OnrampId OwnershipId PcapId PlatformClientId
    ProviderId ResourceId RouteId TunnelId
}

#[test]
fn ids_keep_their_text() {
    for text in [
        "f38b2ffc-80a4-4f5a-91c9-bc701e7ea419",
        "",
        "..",
        "a/b?c=%2e#d",
        "\u{e9}\"\0",
    ] {
        assert_none(&faults(text));
    }
}

#[test]
fn the_list_has_every_id_of_the_model() {
    let listed: BTreeSet<_> = NAMES.iter().copied().collect();
    let ids = model().api.ids.keys().map(String::as_str);
    assert_eq!(listed, ids.collect());
}
