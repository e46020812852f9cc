//! What a parameter of the path can be: an id, or any text.
//!
//! In: its newtype and its name. Out: whether it is an id. The name decides, unless `[path_values]` in `sdk.toml` does.

use crate::config::PathValue;

use super::resolver::Resolver;

impl Resolver<'_> {
    /// Whether a path parameter of this newtype and this name is an id.
    pub(super) fn is_path_id(&self, newtype: &str, parameter: &str) -> bool {
        let by_name = names_an_id(parameter);
        let Some(rule) = self.config.path_values.get(newtype) else {
            return by_name;
        };
        let is_id = rule.value == PathValue::Id;
        if is_id != by_name {
            rule.mark();
        }
        is_id
    }
}

/// Whether a path parameter of this name is an id, of which only letters, digits, `-` and `_` are sent. What is called otherwise, such as
/// a name or a domain, can be any text, and is percent-encoded.
fn names_an_id(parameter: &str) -> bool {
    const IDS: [&str; 4] = ["id", "identifier", "tag", "uuid"];
    let words = heck::AsSnakeCase(parameter).to_string();
    words
        .rsplit('_')
        .next()
        .is_some_and(|last| IDS.contains(&last))
}

#[cfg(test)]
mod tests {
    use super::names_an_id;

    #[test]
    fn ids_are_recognised_by_their_names() {
        for name in [
            "id",
            "lamp_id",
            "lampId",
            "zone_identifier",
            "uuid",
            "script-tag",
        ] {
            assert!(names_an_id(name), "{name}");
        }
        for name in ["name", "domain_name", "lid", "id_of", "key", ""] {
            assert!(!names_an_id(name), "{name}");
        }
    }
}
