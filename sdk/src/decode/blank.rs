//! Values that stand for those that could not be read.
//!
//! In: a type. Out: a value of it, which holds nothing. The struct that it is in is thrown away, and the fault returned in its place: see
//! [`reader`](super::reader).

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A type that has a value to stand for one that could not be read.
pub(crate) trait Blank {
    /// This value.
    fn blank() -> Self;
}

/// The types whose default holds nothing.
macro_rules! default {
    ($($name:ty)*) => {
        $(
            impl Blank for $name {
                fn blank() -> Self {
                    Self::default()
                }
            }
        )*
    };
}

default! {
    bool
    i8 i16 i32 i64
    u8 u16 u32 u64
    f32 f64
    String
    Map<String, Value>
    Value
}

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T> Blank for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }
}
