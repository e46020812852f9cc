//! What the types have in common that are texts on the wire: ids, open enums, timestamps.
//!
//! In: a type with `as_str` and `From<&str>`. Out: conversion from a borrowed `String`, and comparison with texts.

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

pub(crate) use text;
