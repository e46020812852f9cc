//! From the document to the model of the API. In: the document and the rules of `sdk.toml`. Out: the model.
//!
//! References are followed, `allOf` is merged, unions get their dispatch, responses lose their envelope, operations are sorted
//! into resources. Every fault is collected. No Rust names and no tokens here.

mod body;
mod census;
mod choice;
mod common;
mod contradiction;
mod cursors;
mod deep;
mod dispatch;
mod encoding;
mod enumeration;
mod envelope;
mod facets;
mod fields;
mod files;
mod fixed;
mod folds;
mod foreign;
mod guards;
mod inside;
mod joint;
mod kind;
mod kinds;
mod left_out;
mod members;
mod merge;
mod narrow;
mod operation;
mod outline;
mod own_tags;
mod paging;
mod parameter;
mod parts;
mod path_value;
mod permission;
mod places;
mod recursion;
mod reference;
mod relation;
mod resolved;
mod resolver;
mod response;
mod restrict;
mod scalars;
mod schema;
mod security;
mod servers;
mod shapes;
mod tags;
mod tree;
mod types;
mod union;
mod untagged;
mod usage;
mod waiters;
mod words;

use crate::config::Config;
use crate::document::Document;
use crate::model::{Api, Fold};
use crate::report::{Fault, Level};

use self::resolver::Resolver;

pub(crate) use self::deep::on_deep_stack;

/// The model of the API that the document describes with notes for maintainers, or all faults in it.
pub fn resolve(document: &Document, config: &Config) -> Result<(Api, Vec<Fault>), Vec<Fault>> {
    let mut resolver = Resolver::new(document, config);
    // On one stack, instead of a new one for each deep schema.
    let root = on_deep_stack(|| {
        resolver.leave_out();
        resolver.skip_schemas();
        let operations = resolver.operations();
        resolver.envelope_parts();
        tree::grow(operations, &mut resolver)
    });
    let mut api = resolver.api(root);
    recursion::break_cycles(&mut api);
    usage::mark(&mut api);
    usage::leave_out(&mut api, &resolver.merged, Fold::Merged);
    resolver.distinguish_variants(&mut api);
    let about_tags = own_tags::imply(&mut api, config);
    fields::decide(&mut api);
    common::find(&mut api);
    security::choose(&mut api, config);
    let about_files = files::mark(&mut api);
    let (mut notes, mut faults): (Vec<Fault>, Vec<Fault>) = resolver
        .faults
        .into_iter()
        .map(|fault| match document.is_tolerant() {
            true => fault.tolerated(),
            false => fault,
        })
        .partition(|fault| fault.level == Level::Note);
    notes.extend(about_files);
    faults.extend(about_tags);
    faults.extend(fixed::check(&api, config));
    faults.extend(waiters::attach(&mut api, config));
    if faults.is_empty() {
        let unused;
        (faults, unused) = census::check(document, &api);
        notes.extend(unused);
    }
    if faults.is_empty() {
        Ok((api, notes))
    } else {
        Err(faults)
    }
}
