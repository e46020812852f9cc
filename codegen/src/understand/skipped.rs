//! Faults of the document's structure inside what `[skip]` leaves out: they are none of the SDK's.
//!
//! In: a document of which all is left out that has such faults. Out: the same without those of them that `[skip]` names. The parts
//! stay left out, for the reason in `sdk.toml`.

use crate::config::Config;
use crate::document::Reading;
use crate::pointer::Pointer;

/// Drops the faults inside operations and components that `[skip]` names. A fault of a component stays where an operation uses it that
/// is not skipped.
pub(super) fn drop_skipped(reading: &mut Reading, config: &str) {
    if reading.at_fault.is_empty() {
        return;
    }
    let (config, _) = Config::read(config, &reading.document);
    let targets: Vec<&Pointer> = config.skip.entries().map(|(target, _)| target).collect();
    let is_skipped = |node: &Pointer| targets.iter().any(|target| node.is_within(target));
    let mut left_out = reading.document.left_out().operations();
    let are_all_skipped = left_out.all(is_skipped);
    let components = Pointer::root().push("components");
    reading.at_fault.retain(|fault| {
        let is_alone = are_all_skipped || !fault.pointer.is_within(&components);
        !(is_alone && is_skipped(&fault.pointer))
    });
}
