//! What the types have in common that are texts on the wire: ids, open enums, timestamps.
//!
//! In: a type with `as_str` and `From<&str>`. Out: conversions, comparisons and serde. The bodies are as short as can be: there are hundreds
//! of ids and open enums, and the compiler checks each body of each.

/// Implements `From<&String>`, `PartialEq<str>` and `PartialEq<&str>`.
macro_rules! text {
    ($name:ident) => {
        impl ::std::convert::From<&String> for $name {
            fn from(text: &String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::std::cmp::PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl ::std::cmp::PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }
    };
}

/// Implements what ids and open enums have beside that: conversions, serde, equality, order and hash, all by the text on the wire.
macro_rules! key {
    ($name:ident) => {
        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            // Not `Self::Err`, which could be a variant.
            #[inline]
            fn from_str(text: &str) -> Result<Self, ::std::convert::Infallible> {
                Ok(Self::from(text))
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        $crate::decode::impl_deserialize!($name);
        $crate::types::text::order!($name, as_str);
    };
}

/// Implements `Eq`, `Hash` and `Ord` by the value on the wire, which a method returns.
macro_rules! order {
    ($name:ident, $value:ident) => {
        impl ::std::cmp::Eq for $name {}

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::hash::Hash::hash(&self.$value(), state);
            }
        }

        /// By the value on the wire, whether this version knows it or not.
        impl ::std::cmp::Ord for $name {
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.$value().cmp(&other.$value())
            }
        }

        impl ::std::cmp::PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }
    };
}

pub(crate) use {key, order, text};
