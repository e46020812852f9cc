//! Who uses what. In: the model. Out: for each type and id, the resources whose operations have it, however far down.

use std::collections::BTreeMap;

use crate::config::Layout;
use crate::model::{Api, Ty, Type};
use crate::pointer::Pointer;

/// As many users as flat layout asks for: one, or several.
const SEVERAL: usize = 2;

/// The resources that use each type and id, once each. In nested layout these are all; in flat layout, where only the home of an item
/// depends on them, the first two, so that a type in the middle of all others is passed twice and not once for each resource.
#[derive(Clone, Debug, Default)]
pub struct Users {
    keys: Vec<String>,
    /// Positions in `keys`.
    types: BTreeMap<Pointer, Vec<usize>>,
    /// The same.
    ids: BTreeMap<String, Vec<usize>>,
}

impl Users {
    pub(super) fn of(api: &Api, layout: Layout) -> Self {
        let mut marks = Marks {
            api,
            enough: match layout {
                Layout::Flat => SEVERAL,
                Layout::Nested => usize::MAX,
            },
            types: vec![Vec::new(); api.types.len()],
            ids: BTreeMap::new(),
        };
        let resources = api.root.walk();
        for (user, resource) in resources.iter().enumerate() {
            for ty in resource.sent().chain(resource.received()) {
                marks.all_in(ty, user);
            }
        }
        let types = api.types.keys().cloned().zip(marks.types);
        let ids = marks.ids.into_iter();
        Self {
            keys: resources
                .into_iter()
                .map(|resource| resource.key.clone())
                .collect(),
            types: types.collect(),
            ids: ids.map(|(name, users)| (name.to_owned(), users)).collect(),
        }
    }

    /// The keys of the resources that use a type.
    pub fn of_type(&self, pointer: &Pointer) -> Vec<&str> {
        self.keys(self.types.get(pointer))
    }

    /// The keys of the resources that use an id.
    pub fn of_id(&self, name: &str) -> Vec<&str> {
        self.keys(self.ids.get(name))
    }

    fn keys(&self, users: Option<&Vec<usize>>) -> Vec<&str> {
        let users = users.into_iter().flatten();
        let keys = users.filter_map(|user| self.keys.get(*user));
        keys.map(String::as_str).collect()
    }
}

/// What is known while resources are read one after the other.
struct Marks<'a> {
    api: &'a Api,
    /// The number of users after which no more are noted.
    enough: usize,
    /// The users of each type, by its position.
    types: Vec<Vec<usize>>,
    ids: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Marks<'a> {
    /// Notes a user of a type and of all types in it.
    fn all_in(&mut self, ty: &'a Ty, user: usize) {
        let api = self.api;
        let mut open = vec![ty];
        while let Some(ty) = open.pop() {
            if let Some(id) = ty.id() {
                add(self.ids.entry(id).or_default(), user, self.enough);
            }
            let Some((index, _, ty)) = ty.named().and_then(|named| api.types.get_full(named))
            else {
                continue;
            };
            // Whoever is in the list is in those of all types below, or these are full.
            let users = self.types.get_mut(index);
            if users.is_some_and(|users| add(users, user, self.enough)) {
                open.extend(Type::uses(ty));
            }
        }
    }
}

/// Adds the user that is read now, who can only be the last one. Returns whether the list is longer.
fn add(users: &mut Vec<usize>, user: usize, enough: usize) -> bool {
    let is_new = users.len() < enough && users.last() != Some(&user);
    if is_new {
        users.push(user);
    }
    is_new
}
