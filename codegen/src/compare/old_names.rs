//! Old names of renamed items. In: the changes, and both models. Out: the entries that would keep old names, and those that are kept.

use semver::Version;

use crate::config::quoted;
use crate::naming::OldName;

use super::changes::Side;
use super::rules::ChangeRule;
use super::version::{Bump, release};
use super::{Change, Verdict};

/// The nouns of items that can keep an old name.
const KINDS: [&str; 5] = ["struct", "enum", "union", "id", "method"];

/// Offers to keep the old name for one release, where the runtime can.
pub(super) fn offer(changes: &mut [Change], version: &Version) {
    let since = Bump::of(Verdict::Additive, version).after(version);
    let handle = |path: &str| path.rsplit_once("::").map(|(handle, _)| handle.to_owned());
    for change in changes {
        let Some(old) = change.before.first() else {
            continue;
        };
        let is_renamed =
            change.rule == ChangeRule::Renamed && KINDS.contains(&change.noun.as_str());
        if is_renamed && handle(old) == handle(&change.path) {
            let (old, now) = (quoted(old), quoted(&change.path));
            change.help = Some(format!(
                "keep the old name for one release: {old} = {{ name = {now}, since = \"{since}\" }} under [deprecated_names] in spec/sdk.toml"
            ));
        }
    }
}

/// The old names that both states keep.
pub(super) fn kept(old: &Side<'_>, new: &Side<'_>) -> Vec<(String, Version)> {
    let before = &old.model.names.old;
    let is_kept = |name: &&OldName| before.iter().any(|other| other.path == name.path);
    let kept = new.model.names.old.iter().filter(is_kept);
    kept.filter_map(|name| Some((name.path.clone(), release(&name.since)?)))
        .collect()
}
