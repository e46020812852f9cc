//! The fields of an object, as the readers of unions, and below those of structs, ask for them.
//!
//! In: an object, and the names of fields. Out: their values as types; a fault names the field. Unknown fields are ignored.
//! Where an object has its fields in the order in which they are asked for, all lookups together take one pass over it.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::from_json::FromJson;
use super::json::Json;
use super::tree::{Kind, Tree};

/// The fields of an object.
#[derive(Debug)]
pub(crate) struct Fields<'t> {
    tree: &'t Tree<'t>,
    /// The key of the first entry.
    first: u32,
    /// The key behind the entry that was found last: what is asked for next is most likely there.
    ahead: u32,
    end: u32,
    /// Other names of the field that is asked for next.
    aliases: &'static [&'static str],
}

#[allow(dead_code, reason = "generated readers use what their document needs")]
impl<'t> Fields<'t> {
    pub(super) fn new(tree: &'t Tree<'t>, first: u32, end: u32) -> Self {
        Self {
            tree,
            first,
            ahead: first,
            end,
            aliases: &[],
        }
    }

    /// A field that must be there.
    pub(crate) fn required<T: FromJson>(&mut self, name: &str) -> Result<T, Fault> {
        match self.find(name) {
            Some(json) => T::from_json(json).map_err(|fault| fault.at_key(name)),
            None => Err(Fault::missing(name)),
        }
    }

    /// Nothing, if a field is this text, or absent: a union would not have chosen the struct then, and by itself it may be without.
    pub(crate) fn constant(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        let Some(json) = self.find(name) else {
            return Ok(());
        };
        match json.text() {
            Ok(text) if text == value => Ok(()),
            Ok(_) => Err(Fault::new(format!("expected `{value}`")).at_key(name)),
            Err(fault) => Err(fault.at_key(name)),
        }
    }

    /// A field that may be absent or `null`.
    pub(crate) fn optional<T: FromJson>(&mut self, name: &str) -> Result<Option<T>, Fault> {
        match self.find(name) {
            Some(json) => Option::from_json(json).map_err(|fault| fault.at_key(name)),
            None => Ok(None),
        }
    }

    /// A field whose type has a value for absence that is not the one for `null`.
    pub(crate) fn or_default<T: FromJson + Default>(&mut self, name: &str) -> Result<T, Fault> {
        match self.find(name) {
            Some(json) => T::from_json(json).map_err(|fault| fault.at_key(name)),
            None => Ok(T::default()),
        }
    }

    /// All fields but those of these names.
    pub(crate) fn others<T: FromJson>(&self, known: &[&str]) -> Result<BTreeMap<String, T>, Fault> {
        let mut others = BTreeMap::new();
        for (key, json) in self.entries() {
            let key = key.text()?;
            if !known.contains(&&*key) {
                let value = T::from_json(json).map_err(|fault| fault.at_key(&key))?;
                others.insert(key.into_owned(), value);
            }
        }
        Ok(others)
    }

    /// The same fields; the one that is asked for next can have these names as well. Its own name wins.
    pub(crate) fn alias(&mut self, aliases: &'static [&'static str]) -> &mut Self {
        self.aliases = aliases;
        self
    }

    /// Whether all of these fields are there.
    pub(crate) fn has(&mut self, names: &[&str]) -> bool {
        names.iter().all(|name| self.find(name).is_some())
    }

    /// Whether one of these fields is there, and not `null`.
    #[allow(
        dead_code,
        reason = "generated code uses it where its document needs it"
    )]
    pub(crate) fn has_any(&mut self, names: &[&str]) -> bool {
        let mut names = names.iter();
        names.any(|name| self.find(name).is_some_and(|json| !json.is_null()))
    }

    /// The value of a field, by which the variant of a union is chosen: a text, or a number or boolean as it is written.
    pub(crate) fn tag(&mut self, name: &str) -> Option<std::borrow::Cow<'t, str>> {
        let json = self.find(name)?;
        match json.kind() {
            Kind::True | Kind::False | Kind::Number => Some(json.raw().into()),
            _ => json.as_text(),
        }
    }

    /// The value of a field, whatever it is.
    pub(crate) fn find(&mut self, name: &str) -> Option<Json<'t>> {
        let found = match self.ahead < self.end && self.tree.is_key(self.ahead, name) {
            true => Some(self.ahead + 1),
            false => self.elsewhere(name),
        };
        self.aliases = &[];
        let found = found?;
        self.ahead = self.tree.cell(found).next;
        Some(Json::new(self.tree, found))
    }

    /// The value of a field that is not the one ahead. Apart from the usual case, which needs fewer registers then.
    #[inline(never)]
    fn elsewhere(&self, name: &str) -> Option<u32> {
        let named = |name| {
            self.search(self.ahead, self.end, name)
                .or_else(|| self.search(self.first, self.ahead, name))
        };
        named(name).or_else(|| self.aliases.iter().find_map(|alias| named(alias)))
    }

    /// The value of a key, between two keys.
    fn search(&self, mut key: u32, end: u32, name: &str) -> Option<u32> {
        while key < end {
            let value = key + 1;
            if self.tree.is_key(key, name) {
                return Some(value);
            }
            key = self.tree.cell(value).next;
        }
        None
    }

    /// Keys and values.
    pub(crate) fn entries(&self) -> Entries<'t> {
        Entries {
            tree: self.tree,
            next: self.first,
            end: self.end,
        }
    }
}

/// The entries of an object: keys and values.
#[derive(Clone, Debug)]
pub(crate) struct Entries<'t> {
    tree: &'t Tree<'t>,
    next: u32,
    end: u32,
}

impl<'t> Iterator for Entries<'t> {
    type Item = (Json<'t>, Json<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        while self.next < self.end {
            let (key, value) = (self.next, self.next + 1);
            self.next = self.tree.cell(value).next;
            if self.tree.cell(key).kind != Kind::Replaced {
                return Some((Json::new(self.tree, key), Json::new(self.tree, value)));
            }
        }
        None
    }
}
