//! Settles clashes: where two nodes would have one name, or a node a name that it cannot have, a qualified name is recorded in
//! `names.lock`. In: the model, the names recorded so far, and the names that things had before. Out: the names to record; in flat
//! layout, which records none, the entries of `sdk.toml` that say them.
//!
//! Of two nodes that clash the one keeps its name that had it before, or whose name is recorded; else the first one.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, Layout};
use crate::model::Api;
use crate::pointer::Pointer;
use crate::report::{Entry, Fault};

use super::address::Addresses;
use super::handles::handle_node;
use super::inline::Inline;
use super::lock::{Key, Lock, NameKind, Named};
use super::scope::{Name, Refusal};
use super::stage::Stage;
use super::suggestion::entry;
use super::{Namer, Names};

/// How often all names are tried; each round settles what the one before has left or brought about.
const ROUNDS: usize = 40;

/// The names that the things of a model have, by their address.
#[derive(Debug, Default)]
pub struct Recorded(BTreeMap<Key, String>);

impl Recorded {
    fn has(&self, key: &Key, name: &str) -> bool {
        self.0.get(key).is_some_and(|had| had == name)
    }
}

/// The names of a model.
pub fn recorded(api: &Api, names: &Names) -> Recorded {
    let addresses = Addresses::of(api, &Inline::of(api));
    let mut found = BTreeMap::new();
    let mut note = |kind: NameKind, at: &Pointer, name: &str| {
        let at = at.clone();
        let address = addresses.address(&Named { kind, at });
        found.insert((kind, address), name.to_owned());
    };
    for resource in api.root.walk() {
        if let Some(handle) = names.handles.get(&resource.key) {
            let node = handle_node(resource);
            note(NameKind::HandleType, &node, &handle.ty);
            note(NameKind::HandleMethod, &node, &handle.method);
        }
    }
    for (pointer, method) in &names.methods {
        note(NameKind::Method, pointer, &method.method);
    }
    for (kind, named) in [
        (NameKind::Parameter, &names.parameters),
        (NameKind::Type, &names.types),
        (NameKind::Field, &names.fields),
        (NameKind::Variant, &names.variants),
    ] {
        for (pointer, name) in named {
            note(kind, pointer, name);
        }
    }
    Recorded(found)
}

/// Records what is needed so that everything has a name of its own, and forgets what names nothing any more. Only in nested layout.
pub fn settle(api: &Api, config: &Config, mut lock: Lock, before: &Recorded) -> Lock {
    if config.layout == Layout::Flat {
        return Lock::default();
    }
    let mut settling = Settling::new(lock.keys(), before);
    settling.run(api, config, &mut lock);
    lock
}

/// The names that settle all clashes, as entries of `sdk.toml`, each with the fault that it removes; `lock` has them too. Where every
/// name that is made of the node and of what is around it is taken as well, the clash stays: a person chooses a name then.
pub fn suggest(api: &Api, config: &Config, before: &Recorded) -> (Vec<Suggestion>, Lock) {
    let mut lock = Lock::suggested();
    let mut settling = Settling::new(BTreeSet::new(), before);
    settling.has_marks = false;
    settling.run(api, config, &mut lock);
    let mut suggestions = Vec::new();
    let chosen = settling.chosen.iter();
    // What has a name already keeps it, or a person says another one.
    let new = chosen.filter(|(key, _)| !before.0.contains_key(key));
    for (key, (named, fault)) in new {
        let name = lock.get(key).map(str::to_owned);
        let entry = name.and_then(|name| entry(api, named, &name));
        suggestions.extend(entry.map(|entry| Suggestion {
            entry,
            fault: fault.clone(),
        }));
    }
    (suggestions, lock)
}

/// A name for a node whose own name clashes.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// The entry that says it.
    pub entry: Entry,
    /// The fault that it removes.
    pub fault: Fault,
}

struct Settling<'a> {
    /// What was recorded at the beginning.
    kept: BTreeSet<Key>,
    before: &'a Recorded,
    /// How many names were tried for each node.
    tried: BTreeMap<Key, usize>,
    /// The nodes that have another name now, each with its first fault.
    chosen: BTreeMap<Key, (Named, Fault)>,
    /// Whether a name may have a mark that is made of the address, where no other is free.
    has_marks: bool,
}

impl<'a> Settling<'a> {
    fn new(kept: BTreeSet<Key>, before: &'a Recorded) -> Self {
        Self {
            kept,
            before,
            tried: BTreeMap::new(),
            chosen: BTreeMap::new(),
            has_marks: true,
        }
    }

    /// Names everything again and again, until nothing clashes or no name is left.
    fn run(&mut self, api: &Api, config: &Config, lock: &mut Lock) {
        for _ in 0..ROUNDS {
            let mut namer = Namer::new(api, config, lock);
            namer.name();
            let mut stale: Vec<Key> = namer.lock.unused();
            stale.extend(std::mem::take(&mut namer.repeated));
            let refusals = std::mem::take(&mut namer.faults).into_inner();
            let found = self.choose(&namer, &refusals);
            if stale.is_empty() && found.is_empty() {
                break;
            }
            for key in &stale {
                lock.remove(key);
            }
            for (key, name) in found {
                lock.set(key, name);
            }
            lock.forget_uses();
        }
    }

    /// One more name for one node of each clash. Names of handles come first, then those of methods and of types: others are made of them.
    fn choose(&mut self, namer: &Namer<'_>, refusals: &[Refusal]) -> Vec<(Key, String)> {
        let stages = [Stage::Handles, Stage::Methods, Stage::Types, Stage::Inside];
        let mut found = stages
            .into_iter()
            .map(|stage| self.choose_in(namer, refusals, stage));
        found.find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn choose_in(
        &mut self,
        namer: &Namer<'_>,
        refusals: &[Refusal],
        stage: Stage,
    ) -> Vec<(Key, String)> {
        let mut changed = BTreeSet::new();
        let mut found = Vec::new();
        for refusal in refusals.iter().filter(|refusal| stage.has(refusal)) {
            let key = |named: &Named| (named.kind, namer.addresses.address(named));
            let node = refusal.node.as_ref().map(|named| (named, key(named)));
            let other = refusal.other.as_ref().map(|named| (named, key(named)));
            let is_changed = |side: &Option<(&Named, Key)>| {
                side.as_ref().is_some_and(|(_, key)| changed.contains(key))
            };
            if is_changed(&node) || is_changed(&other) {
                continue;
            }
            let sides = match (&node, &other) {
                (Some(node), Some(other)) => match self.stays(&node.1, &other.1, &refusal.text) {
                    true => vec![other, node],
                    false => vec![node, other],
                },
                (one, other) => one.iter().chain(other).collect(),
            };
            for (named, key) in sides {
                if let Some(name) = self.next(namer, named, key) {
                    let chosen = self.chosen.entry(key.clone());
                    chosen.or_insert_with(|| ((*named).clone(), refusal.fault.clone()));
                    changed.insert(key.clone());
                    found.push((key.clone(), name));
                    break;
                }
            }
        }
        found
    }

    /// Whether the node keeps its name, rather than the other one, which has it first: where it had the name before; else where it is a
    /// schema and the other one a handle, whose type is written less often.
    fn stays(&self, node: &Key, other: &Key, name: &str) -> bool {
        let holds = |key: &Key| self.kept.contains(key) || self.before.has(key, name);
        let is_of_handle = node.0 == NameKind::Type && other.0 == NameKind::HandleType;
        match holds(other) {
            true => false,
            false => holds(node) || is_of_handle,
        }
    }

    fn next(&mut self, namer: &Namer<'_>, named: &Named, key: &Key) -> Option<String> {
        let address = self.has_marks.then_some(key.1.as_str());
        let names = namer.candidates(named, address);
        let tried = self.tried.entry(key.clone()).or_default();
        let name = names.get(*tried)?.clone();
        *tried += 1;
        Some(name)
    }
}

impl Namer<'_> {
    /// The name that is recorded for a node.
    pub(super) fn locked(&self, kind: NameKind, at: &Pointer) -> Option<String> {
        if self.lock.is_empty() {
            return None;
        }
        let at = at.clone();
        let named = Named { kind, at };
        // Few things have clashes.
        let begin = self.addresses.begin(&named);
        if begin.is_some_and(|begin| !self.lock.has_any(kind, &begin)) {
            return None;
        }
        let address = self.addresses.address(&named);
        self.lock.get(&(kind, address)).map(str::to_owned)
    }

    /// The name of a node: the recorded one, else the one that the naming rules make.
    pub(super) fn settled(&mut self, kind: NameKind, at: &Pointer, made: String) -> Name {
        let name = match self.locked(kind, at) {
            Some(locked) => {
                if locked == made {
                    let named = Named {
                        kind,
                        at: at.clone(),
                    };
                    self.repeated.insert((kind, self.addresses.address(&named)));
                }
                locked
            }
            None => made,
        };
        Name::made(name).of(kind, at)
    }

    /// The module of a handle, which is called as the method that returns the handle where a name is recorded.
    pub(super) fn settled_module(&self, at: &Pointer, made: String) -> Name {
        let kind = NameKind::HandleMethod;
        Name::made(self.locked(kind, at).unwrap_or(made)).of(kind, at)
    }

    /// Refuses recorded names that name nothing.
    pub(super) fn unused(&mut self) {
        let (keys, why) = match self.config.layout {
            Layout::Flat if !self.lock.is_suggested() => {
                let keys = self.lock.keys().into_iter().collect();
                (keys, "names are recorded in nested layout only")
            }
            Layout::Flat | Layout::Nested => {
                let why = "nothing has this address, or sdk.toml has a name for it";
                (self.lock.unused(), why)
            }
        };
        for key in &keys {
            self.faults.push(self.lock.stale(key, why));
        }
        for key in &self.repeated {
            let why = "it is the name that the node has anyway";
            self.faults.push(self.lock.stale(key, why));
        }
    }
}
