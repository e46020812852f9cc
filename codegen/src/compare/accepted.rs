//! Breaks that `sdk.toml` accepts. In: the changes, and `[accept_breaks]` of both states. Out: the changes with the reasons, and the
//! entries that accept nothing.
//!
//! An entry belongs to the change that it accepts: it counts where it is new. Once it is part of the old state it has expired.

use crate::document::Node;
use crate::pointer::Pointer;
use crate::report::{Fault, Input};
use crate::understand::Model;

use super::rules::Level;
use super::{Change, Side};

const TABLE: &str = "accept_breaks";

/// Notes the reasons at the breaks; returns the new entries that accept none, and the ids of those that have expired.
pub(super) fn accept(
    changes: &mut [Change],
    old: &Side<'_>,
    new: &Side<'_>,
) -> (Vec<Fault>, Vec<String>) {
    let known = entries(old.model);
    let mut stale = Vec::new();
    let mut expired = Vec::new();
    for (id, reason) in entries(new.model) {
        if known.iter().any(|(other, _)| *other == id) {
            expired.push(id.to_owned());
            continue;
        }
        let is_break =
            |change: &&mut Change| change.id == id && change.rule.level() == Level::Breaking;
        match changes.iter_mut().find(is_break) {
            Some(change) => change.accepted = Some(reason.to_owned()),
            None => stale.push(accepts_nothing(id)),
        }
    }
    (stale, expired)
}

fn entries<'m>(model: &'m Model<'_>) -> Vec<(&'m str, &'m str)> {
    let table = model.config_tree.get(TABLE);
    let entries = table.into_iter().flat_map(Node::entries);
    let texts = entries.filter_map(|entry| Some((entry.key.as_str(), entry.node.as_str()?)));
    texts.collect()
}

fn accepts_nothing(id: &str) -> Fault {
    let message = format!("this entry accepts nothing: no break has the id `{id}`");
    let help = "remove the entry: the break is gone, or is another one now";
    let place = Pointer::root().push(TABLE).push(id);
    Fault::new(Input::Config, place, message, help)
        .on_key()
        .stale()
}
