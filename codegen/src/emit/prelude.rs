//! The names of the runtime's prelude that are there only with a feature of the runtime. In: a name. Out: its feature.

use crate::model::Feature;

/// Each such name with its feature, sorted.
const FEATURES: [(&str, Feature); 11] = [
    ("CursorPaging", Feature::Cursors),
    ("FileUpload", Feature::Bodies),
    ("ListKey", Feature::Cursors),
    ("OneOf", Feature::Responses),
    ("OtherResponse", Feature::Responses),
    ("PlainJson", Feature::Responses),
    ("PlainText", Feature::Responses),
    ("SecurityScheme", Feature::Credentials),
    ("Style", Feature::Styles),
    ("Styled", Feature::Styles),
    ("successes", Feature::Responses),
];

/// The feature that a name of the prelude needs.
pub(super) fn feature(name: &str) -> Option<Feature> {
    let at = FEATURES
        .binary_search_by_key(&name, |(name, _)| name)
        .ok()?;
    FEATURES.get(at).map(|(_, feature)| *feature)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::{FEATURES, feature};

    /// The feature of the fake, which `rules.rs` needs as a whole.
    const FAKE: &str = "test-util";

    #[test]
    fn names_behind_features_are_those_of_the_prelude() {
        let file = syn::parse_file(include_str!("../../../sdk/src/runtime.rs")).unwrap();
        let mut there = Vec::new();
        for item in &file.items {
            let syn::Item::Use(item) = item else { continue };
            let Some(attribute) = item.attrs.iter().find(|it| it.path().is_ident("cfg")) else {
                continue;
            };
            let condition = quote::ToTokens::to_token_stream(attribute).to_string();
            let feature = condition.split('"').nth(1).unwrap().to_owned();
            let mut open = vec![&item.tree];
            while let Some(tree) = open.pop() {
                match tree {
                    syn::UseTree::Path(path) => open.push(&path.tree),
                    syn::UseTree::Group(group) => open.extend(&group.items),
                    syn::UseTree::Name(name) => {
                        there.push((name.ident.to_string(), feature.clone()));
                    }
                    other => panic!("{}", quote::ToTokens::to_token_stream(other)),
                }
            }
        }
        there.retain(|(_, feature)| feature != FAKE);
        there.sort();
        let known = FEATURES.map(|(name, feature)| (name.to_owned(), feature.name().to_owned()));
        assert_eq!(there, known);
        assert!(FEATURES.iter().all(|(name, it)| feature(name) == Some(*it)));
        assert_eq!(feature("Call"), None);
    }
}
