//! What the document says: from the texts of the inputs to one tree, checked and mended.
//!
//! Input: the texts of the OpenAPI document and of its overlay. Output: a [`Document`]: the tree after the overlay
//! with the place of every node, and the same read by `openapiv3`. Everything that is wrong with either text is found
//! here, so that later rooms can trust kinds, references and names. What the document *means* is not decided here.

mod build;
pub(crate) mod check;
mod convert;
mod entries;
mod from_json;
mod from_toml;
mod from_yaml;
mod inheritance;
pub(crate) mod json_path;
mod left_out;
mod locator;
pub(crate) mod near;
mod newer;
mod node;
mod offsets;
mod overlay;
pub(crate) mod parse;
mod query;
mod scalar;
mod tags;
mod typed;
mod write;
mod yaml_errors;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use openapiv3::OpenAPI;
use serde::de::DeserializeOwned;

use crate::pointer::Pointer;
use crate::report::{Code, Fault, Input, Level};
use crate::source::Sources;

use self::left_out::Uses;
use self::overlay::Applied;

pub(crate) use self::check::{Object, What, is_media_type};
pub use self::entries::Entries;
pub use self::from_toml::read_toml;
pub use self::left_out::LeftOut;
pub(crate) use self::locator::Locator;
pub use self::node::{Entry, Node, Value};
pub use self::overlay::AppliedAction;
pub(crate) use self::overlay::StaleActions;
pub(crate) use self::write::canonical;

/// The OpenAPI document after its overlay.
#[derive(Clone, Debug)]
pub struct Document {
    root: Node,
    overlay: Option<Node>,
    actions: Vec<AppliedAction>,
    openapi: OpenAPI,
    /// What is odd about its shape and no fault.
    notes: Vec<Fault>,
    /// What is left out because of faults.
    left_out: LeftOut,
    /// Whether what can be read all the same is no fault.
    tolerant: bool,
    /// Which of its parts use which, once that was asked for.
    uses: OnceLock<Uses>,
    /// The texts of the document and of the overlay.
    texts: [String; 2],
    /// The operations by id, once someone asks for one.
    by_id: OnceLock<BTreeMap<String, Pointer>>,
}

/// A document, apart from what is left out because of faults.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) document: Document,
    /// The faults of stale actions of the overlay, where these are tolerated.
    pub(crate) stale: Vec<Fault>,
    /// The faults that are the reasons of what is left out.
    pub(crate) at_fault: Vec<Fault>,
}

/// Why there is no document.
#[derive(Debug)]
pub(crate) struct Unread {
    /// The faults that concern no operation in particular.
    pub(crate) faults: Vec<Fault>,
    /// The others.
    pub(crate) at_fault: Vec<Fault>,
}

impl Unread {
    /// All faults.
    pub(crate) fn all(mut self) -> Vec<Fault> {
        self.faults.extend(self.at_fault);
        self.faults
    }
}

impl From<Vec<Fault>> for Unread {
    fn from(faults: Vec<Fault>) -> Self {
        Self {
            faults,
            at_fault: Vec::new(),
        }
    }
}

/// The texts from which the nodes of a document are read.
fn texts(sources: &Sources) -> [String; 2] {
    let overlay = sources.overlay.as_ref().map(|overlay| overlay.text.clone());
    [sources.spec.text.clone(), overlay.unwrap_or_default()]
}

impl Document {
    /// Reads the document, applies the overlay, and checks the result.
    ///
    /// An overlay may mend structural faults, so it is the mended document that must be without any. When the overlay
    /// cannot be applied, the document is checked without it, and both kinds of faults are returned together.
    pub fn read(sources: &Sources) -> Result<Self, Vec<Fault>> {
        let reading = Self::read_with(sources, StaleActions::Fault, false).map_err(Unread::all)?;
        match reading.at_fault.is_empty() {
            true => Ok(reading.document),
            false => Err(reading.at_fault),
        }
    }

    /// Like `read`, but leaves out the operations that faults concern. `stale` says what becomes of the stale parts of the overlay,
    /// `tolerant` that what can be read all the same is no fault.
    pub(crate) fn read_with(
        sources: &Sources,
        stale: StaleActions,
        tolerant: bool,
    ) -> Result<Reading, Unread> {
        let (root, found) = spec(sources).map_err(Unread::from)?;
        // What is there twice is read once; other faults of the syntax leave the rest in doubt.
        let (mut at_fault, mut faults): (Vec<Fault>, Vec<Fault>) = found
            .into_iter()
            .partition(|fault| fault.code == Code::DuplicateKey);
        let (overlay, overlay_faults) = overlay_of(sources);
        faults.extend(overlay_faults);
        let applied = match &overlay {
            Some(overlay) => overlay::apply(&root, overlay, stale),
            None => Err(Vec::new()),
        };
        let (mut root, actions, stale) = match applied {
            Ok(Applied {
                root,
                actions,
                stale,
            }) => (root, actions, stale),
            Err(found) => {
                faults.extend(found);
                (root, Vec::new(), Vec::new())
            }
        };
        let (notes, found): (Vec<Fault>, Vec<Fault>) = check::check(&root)
            .into_iter()
            .map(|fault| if tolerant { fault.tolerated() } else { fault })
            .partition(|fault| fault.level == Level::Note);
        let faulty: Vec<Pointer> = found.iter().map(|fault| fault.pointer.clone()).collect();
        newer::rewrite(&mut root, &notes);
        inheritance::rewrite(&mut root, &faulty);
        at_fault.extend(found);
        let mut document = Self {
            root,
            overlay,
            actions,
            openapi: OpenAPI::default(),
            notes,
            left_out: LeftOut::default(),
            tolerant,
            uses: OnceLock::new(),
            texts: texts(sources),
            by_id: OnceLock::new(),
        };
        faults.extend(document.leave_out(at_fault.clone()));
        if faults.is_empty() {
            faults.extend(document.read_typed(&mut at_fault));
        }
        match faults.is_empty() {
            true => Ok(Reading {
                document,
                stale,
                at_fault,
            }),
            false => Err(Unread { faults, at_fault }),
        }
    }

    /// Reads what is not left out as `openapiv3` does. What that refuses is left out too; returns what cannot be.
    fn read_typed(&mut self, at_fault: &mut Vec<Fault>) -> Vec<Fault> {
        loop {
            let read = match self.left_out.is_empty() {
                true => typed::openapi(&self.root),
                false => typed::openapi(&self.left_out.cut(&self.root)),
            };
            let faults = match read {
                Ok(openapi) => {
                    self.openapi = openapi;
                    return Vec::new();
                }
                Err(faults) => faults,
            };
            let rest = self.leave_out(faults.clone());
            if !rest.is_empty() {
                return rest;
            }
            at_fault.extend(faults);
        }
    }

    /// Leaves out the operations that these faults concern, and what only these use. Returns the faults that concern no operation in
    /// particular, or none that is left.
    pub(crate) fn leave_out(&mut self, faults: Vec<Fault>) -> Vec<Fault> {
        if faults.is_empty() {
            return faults;
        }
        let uses = self.uses.get_or_init(|| Uses::of(&self.root));
        self.left_out.add(&self.root, uses, faults)
    }

    /// What is left out because of faults.
    pub(crate) fn left_out(&self) -> &LeftOut {
        &self.left_out
    }

    /// The tree of the document, even if it has other faults: for callers that read only the tree, since
    /// `openapi` is empty. `None` when the overlay cannot be applied.
    pub(crate) fn draft(sources: &Sources) -> Option<Self> {
        let (root, _) = spec(sources).ok()?;
        let (overlay, faults) = overlay_of(sources);
        let (root, actions) = match &overlay {
            Some(overlay) => {
                let Applied { root, actions, .. } =
                    overlay::apply(&root, overlay, StaleActions::Fault).ok()?;
                (root, actions)
            }
            None => (root, Vec::new()),
        };
        faults.is_empty().then(|| Self {
            root,
            overlay,
            actions,
            openapi: OpenAPI::default(),
            notes: Vec::new(),
            left_out: LeftOut::default(),
            tolerant: false,
            uses: OnceLock::new(),
            texts: texts(sources),
            by_id: OnceLock::new(),
        })
    }

    /// The document as `openapiv3` reads it.
    pub fn openapi(&self) -> &OpenAPI {
        &self.openapi
    }

    /// Whether what can be read all the same is no fault, but a note.
    pub(crate) fn is_tolerant(&self) -> bool {
        self.tolerant
    }

    /// Notes on the shape of the document.
    pub(crate) fn notes(&self) -> &[Fault] {
        &self.notes
    }

    /// The tree of the document after the overlay.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// How the value at `pointer` is written in its file: a number may be `00501` or `0x1F` there.
    pub(crate) fn written(&self, pointer: &Pointer) -> Option<&str> {
        let node = self.node(pointer)?;
        let [spec, overlay] = &self.texts;
        let text = match node.input {
            Input::Overlay => overlay,
            _ => spec,
        };
        text.get(node.span.start..node.span.end)
    }

    /// The node at `pointer` in the document after the overlay.
    pub fn node(&self, pointer: &Pointer) -> Option<&Node> {
        self.root.at(pointer)
    }

    /// Reads the node at `pointer` as `T`, which is one of `openapiv3`'s types.
    pub fn at<T: DeserializeOwned>(&self, pointer: &Pointer) -> Result<T, Fault> {
        typed::at(&self.root, pointer)
    }

    /// Every object of the specification that the document has, in its order, references included.
    pub fn objects(&self) -> Vec<Object<'_>> {
        check::objects(&self.root)
    }

    /// The tree of the overlay, where there is one.
    pub fn overlay(&self) -> Option<&Node> {
        self.overlay.as_ref()
    }

    /// The actions of the overlay that were applied, in its order.
    pub fn actions(&self) -> &[AppliedAction] {
        &self.actions
    }

    /// Finds the text behind pointers into the document and the overlay; `Locator::with_config` adds `sdk.toml`.
    pub(crate) fn locator(&self) -> Locator<'_> {
        Locator::new(Some(&self.root), self.overlay.as_ref())
    }

    /// The document after the overlay as YAML, in canonical form.
    pub fn text(&self) -> String {
        canonical(&self.root)
    }
}

/// The tree of the document. Without a tree, or with one of another version, no other fault is reported.
fn spec(sources: &Sources) -> Result<(Node, Vec<Fault>), Vec<Fault>> {
    let parse::Parsed { node, mut faults } = parse::parse(&sources.spec.text, Input::Spec);
    let Some(root) = node else {
        faults.extend(overlay_of(sources).1);
        return Err(faults);
    };
    match check::version(&root) {
        None => Ok((root, faults)),
        Some(fault) => {
            faults.push(fault);
            Err(faults)
        }
    }
}

/// The tree of the overlay, when there is one and its text can be read.
fn overlay_of(sources: &Sources) -> (Option<Node>, Vec<Fault>) {
    match &sources.overlay {
        Some(source) => {
            let parse::Parsed { node, faults } = parse::parse(&source.text, Input::Overlay);
            (node, faults)
        }
        None => (None, Vec::new()),
    }
}

#[cfg(test)]
mod tests;
