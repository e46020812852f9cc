//! What every id has in common.
//!
//! In: a newtype over `String` that the generator declares (`ProviderId`, `PcapId`). Out: its conversions. Ids of different
//! resources do not convert into each other, and reading one from a response never fails on its characters; only a path
//! checks them (see `request::path`).

use std::fmt;

/// Implements everything that an id has for a newtype over `String`.
macro_rules! id {
    ($name:ident) => {
        impl $name {
            /// The id as it is on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::clone::Clone for $name {
            fn clone(&self) -> Self {
                Self(self.0.clone())
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::types::id::debug(f, stringify!($name), &self.0)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl ::std::convert::From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl ::std::convert::From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl $crate::decode::FromJson for $name {
            #[inline]
            fn from_json(json: $crate::decode::Json<'_>) -> Result<Self, $crate::decode::Fault> {
                $crate::decode::FromJson::from_json(json).map(Self)
            }
        }

        impl $crate::decode::Blank for $name {
            fn blank() -> Self {
                Self(String::new())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        $crate::types::text::text!($name);
        $crate::types::text::key!($name);
    };
}

pub(crate) use id;

/// `ProviderId("..")`.
pub(crate) fn debug(f: &mut fmt::Formatter<'_>, name: &str, id: &str) -> fmt::Result {
    f.debug_tuple(name).field(&id).finish()
}

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macro is written for public types")]
mod tests {
    struct LampId(String);
    id!(LampId);

    #[test]
    fn converts_both_ways() {
        let id = LampId::from("a1");
        assert_eq!(LampId::from(&id), "a1".parse::<LampId>().unwrap());
        assert_eq!(id.to_string(), id.as_str());
        assert_eq!(format!("{id:?}"), r#"LampId("a1")"#);
        let (copy, other) = (id.clone(), LampId::from("a2"));
        assert!(id < other && id == copy);
        assert_eq!(LampId::from(&"a1".to_owned()), id);
        assert!(id == "a1" && id == *"a1" && id != "a2");
        assert_eq!(serde_json::to_string(&id).unwrap(), r#""a1""#);
        assert_eq!(serde_json::from_str::<LampId>(r#""a1""#).unwrap(), id);
    }
}
