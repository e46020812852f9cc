//! What every id has in common.
//!
//! In: a newtype over `String` that the generator declares (`ProviderId`, `PcapId`). Out: its conversions. Ids of different
//! resources do not convert into each other, and reading one from a response never fails on its characters; only a path
//! checks them (see `request::path`).

/// Implements the conversions of an id for a newtype over `String`.
macro_rules! id {
    ($name:ident) => {
        impl $name {
            /// The id as it is on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
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

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(id: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(id))
            }
        }

        impl $crate::decode::FromJson for $name {
            fn from_json(
                json: $crate::decode::Json<'_>,
            ) -> ::std::result::Result<Self, $crate::decode::Fault> {
                $crate::decode::FromJson::from_json(json).map(Self)
            }
        }

        $crate::decode::impl_deserialize!($name);
        $crate::types::text::text!($name);

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

pub(crate) use id;

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macro is written for public types")]
mod tests {
    use serde::Serialize;

    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(transparent)]
    struct LampId(String);
    id!(LampId);

    #[test]
    fn converts_both_ways() {
        let id = LampId::from("a1");
        assert_eq!(LampId::from(&id), "a1".parse::<LampId>().unwrap());
        assert_eq!(id.to_string(), id.as_str());
        assert_eq!(LampId::from(&"a1".to_owned()), id);
        assert!(id == "a1" && id == *"a1" && id != "a2");
        assert_eq!(serde_json::to_string(&id).unwrap(), r#""a1""#);
        assert_eq!(serde_json::from_str::<LampId>(r#""a1""#).unwrap(), id);
    }
}
