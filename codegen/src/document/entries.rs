//! The entries of an object, in the order of the text.
//!
//! Documents have objects with thousands of keys, and most pointers lead through one of them. Such an object has its entries sorted by key
//! beside it, so that finding one takes as many steps as the count has bits.

use std::ops::Deref;
use std::slice;
use std::vec;

use super::node::{Entry, Node};

/// Up to so many entries, they are looked at one after the other.
const FEW: usize = 16;

/// The entries of an object; keys are unique.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    list: Vec<Entry>,
    /// The indexes of all entries in the order of their keys; empty where there are few.
    sorted: Vec<usize>,
}

impl Entries {
    /// The entry of a key.
    pub fn find(&self, key: &str) -> Option<&Entry> {
        self.list.get(self.index(key)?)
    }

    /// The index of a key.
    pub(crate) fn index(&self, key: &str) -> Option<usize> {
        if self.list.len() <= FEW {
            return self.list.iter().position(|entry| entry.key == key);
        }
        let place = self.place(key).ok()?;
        self.sorted.get(place).copied()
    }

    /// The entry of a key, mutable; the key must stay as it is.
    pub(crate) fn find_mut(&mut self, key: &str) -> Option<&mut Entry> {
        let index = self.index(key)?;
        self.list.get_mut(index)
    }

    /// The keys with their values, which are mutable.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Node)> {
        let entries = self.list.iter_mut();
        entries.map(|entry| (entry.key.as_str(), &mut entry.node))
    }

    /// Adds an entry as the last one; its key must be new.
    pub(crate) fn push(&mut self, entry: Entry) {
        if self.list.len() > FEW {
            let (Ok(place) | Err(place)) = self.place(&entry.key);
            self.sorted.insert(place, self.list.len());
            self.list.push(entry);
        } else {
            self.list.push(entry);
            self.sort();
        }
    }

    /// Keeps the entries that fit.
    pub(crate) fn retain(&mut self, fits: impl FnMut(&Entry) -> bool) {
        self.list.retain(fits);
        self.sort();
    }

    /// Puts the entries in another order; those of one rank stay in theirs.
    pub(crate) fn sort_by_key<K: Ord>(&mut self, rank: impl FnMut(&Entry) -> K) {
        self.list.sort_by_key(rank);
        self.sort();
    }

    /// Where a key is, or would be, among the sorted ones.
    fn place(&self, key: &str) -> Result<usize, usize> {
        let known = |index: &usize| self.list.get(*index).map_or("", |entry| entry.key.as_str());
        self.sorted.binary_search_by(|index| known(index).cmp(key))
    }

    fn sort(&mut self) {
        self.sorted.clear();
        if self.list.len() > FEW {
            self.sorted.extend(0..self.list.len());
            let list = &self.list;
            let key = |index: &usize| list.get(*index).map(|entry| entry.key.as_str());
            self.sorted.sort_by(|one, other| key(one).cmp(&key(other)));
        }
    }
}

impl From<Vec<Entry>> for Entries {
    fn from(list: Vec<Entry>) -> Self {
        let mut entries = Self {
            list,
            sorted: Vec::new(),
        };
        entries.sort();
        entries
    }
}

impl FromIterator<Entry> for Entries {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        entries.into_iter().collect::<Vec<_>>().into()
    }
}

impl Deref for Entries {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.list
    }
}

impl<'a> IntoIterator for &'a Entries {
    type Item = &'a Entry;
    type IntoIter = slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl IntoIterator for Entries {
    type Item = Entry;
    type IntoIter = vec::IntoIter<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Entry, Node, Value};
    use crate::report::Input;

    use super::{Entries, FEW};

    fn entry(number: usize) -> Entry {
        let key = format!("key {}", number * 7 % 50);
        let value = Value::Number(number.to_string());
        Entry::made(&key, Node::made(value, Input::Spec))
    }

    fn check(entries: &Entries, numbers: &[usize]) {
        assert_eq!(entries.len(), numbers.len());
        for (index, number) in numbers.iter().enumerate() {
            assert_eq!(entries.index(&entry(*number).key), Some(index));
            assert_eq!(entries[index].key, entry(*number).key);
        }
        assert!(entries.find("key").is_none());
        assert!(entries.find("key 50").is_none());
    }

    #[test]
    fn few_and_many_entries_are_found_in_their_order() {
        let mut pushed = Entries::default();
        for count in 0..50 {
            let numbers: Vec<usize> = (0..count).collect();
            check(&pushed, &numbers);
            check(
                &numbers.iter().map(|number| entry(*number)).collect(),
                &numbers,
            );
            pushed.push(entry(count));
        }
    }

    #[test]
    fn removed_entries_are_not_found() {
        let mut numbers: Vec<usize> = (0..FEW + 4).collect();
        let mut entries: Entries = numbers.iter().map(|number| entry(*number)).collect();
        while !numbers.is_empty() {
            let gone = numbers.remove(numbers.len() / 2);
            let key = entry(gone).key;
            entries.retain(|entry| entry.key != key);
            assert!(entries.find(&entry(gone).key).is_none());
            check(&entries, &numbers);
        }
        assert!(entries.is_empty());
    }

    #[test]
    fn sorted_entries_are_found_in_their_new_order() {
        let mut entries: Entries = (0..50).map(entry).collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.node.as_f64().map(|it| it as usize)));
        let numbers: Vec<usize> = (0..50).rev().collect();
        check(&entries, &numbers);
        let first = entry(49).key;
        let found = entries.find_mut(&first).map(|entry| entry.node.as_f64());
        assert_eq!(found, Some(Some(49.0)));
        assert_eq!(entries.iter_mut().count(), 50);
    }
}
