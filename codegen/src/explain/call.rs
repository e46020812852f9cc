//! Finds what a call means: `client.zone(id).dns_records().list()`, as users write it, and the name in errors, `zones.dns_records.list`.
//!
//! The client and what takes an id at the top of a chain may be left out, and so may the parentheses with what is in them.

use std::collections::BTreeMap;

use crate::model::Resource;
use crate::naming::plain;
use crate::pointer::Pointer;
use crate::understand::Model;

use super::index::Item;

/// The method, handle or waiter of a call.
pub(super) fn by_call<'a>(model: &Model<'_>, items: &'a [Item], place: &str) -> Vec<&'a Item> {
    let written = without_arguments(place);
    let wanted = written.strip_prefix("client.").unwrap_or(&written);
    if wanted.is_empty() {
        return Vec::new();
    }
    let calls = Calls::of(model);
    let names = &model.names;
    let method = names.methods.iter().find(|(pointer, method)| {
        let chain = calls.methods.get(pointer);
        method.operation == wanted || chain.is_some_and(|chain| is_chain(chain, wanted))
    });
    let handle = names.handles.iter().find(|(key, handle)| {
        let chain = calls.handles.get(key.as_str());
        handle.path == wanted || chain.is_some_and(|chain| is_chain(chain, wanted))
    });
    let waiter = names.waiters.iter().find(|(key, waiter)| {
        let chain = calls.waiters.get(key.as_str());
        waiter.waiter == wanted || chain.is_some_and(|chain| is_chain(chain, wanted))
    });
    let is_meant = |item: &&Item| {
        let of_method = method.is_some_and(|(pointer, method)| {
            item.pointer == *pointer && item.path.ends_with(&format!("::{}", method.method))
        });
        let of_handle = handle.is_some_and(|(key, _)| {
            item.kind == "handle" && Some(&item.path) == names.handle_path(key).as_ref()
        });
        let of_waiter = waiter.is_some_and(|(_, waiter)| {
            item.kind == "method" && item.path.ends_with(&format!("::{}", waiter.method))
        });
        of_method || of_handle || of_waiter
    };
    items.iter().filter(is_meant).collect()
}

/// A call without what is in its parentheses.
fn without_arguments(place: &str) -> String {
    let mut depth = 0usize;
    let kept = place.chars().filter(|letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    });
    kept.collect()
}

/// Whether this is the chain, from its start or from the handle after the first one.
fn is_chain(chain: &[String], wanted: &str) -> bool {
    let is = |chain: &[String]| !chain.is_empty() && chain.join(".") == wanted;
    is(chain) || chain.split_first().is_some_and(|(_, rest)| is(rest))
}

/// The calls that lead to everything, as names of methods.
#[derive(Default)]
struct Calls<'a> {
    handles: BTreeMap<&'a str, Vec<String>>,
    methods: BTreeMap<&'a Pointer, Vec<String>>,
    waiters: BTreeMap<&'a str, Vec<String>>,
}

impl<'a> Calls<'a> {
    fn of(model: &'a Model<'_>) -> Self {
        let mut calls = Self::default();
        calls.below(model, &model.api.root, &[]);
        calls
    }

    fn below(&mut self, model: &'a Model<'_>, resource: &'a Resource, above: &[String]) {
        for child in &resource.children {
            let Some(handle) = model.names.handles.get(&child.key) else {
                continue;
            };
            let chain = with(above, &handle.method);
            for operation in &child.operations {
                if let Some(names) = model.names.methods.get(&operation.pointer) {
                    let chain = with(&chain, &names.method);
                    self.methods.insert(&operation.pointer, chain);
                }
                for waiter in &operation.waiters {
                    self.waiters
                        .insert(&waiter.key, with(&chain, &waiter.method));
                }
            }
            self.below(model, child, &chain);
            self.handles.insert(&child.key, chain);
        }
    }
}

/// A chain with one more method, without the mark of raw identifiers.
fn with(chain: &[String], method: &str) -> Vec<String> {
    let mut chain = chain.to_vec();
    chain.push(plain(method).to_owned());
    chain
}
