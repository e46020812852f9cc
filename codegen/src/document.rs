//! What the document says: from the texts of the inputs to one tree, checked and mended.
//!
//! Input: the texts of the OpenAPI document and of its overlay. Output: a [`Document`]: the tree after the overlay
//! with the place of every node, and the same read by `openapiv3`. Everything that is wrong with either text is found
//! here, so that later rooms can trust kinds, references and names. What the document *means* is not decided here.

mod build;
pub(crate) mod check;
mod convert;
mod from_json;
mod from_toml;
mod from_yaml;
pub(crate) mod json_path;
mod locator;
pub(crate) mod near;
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

use openapiv3::OpenAPI;
use serde::de::DeserializeOwned;

use crate::pointer::Pointer;
use crate::report::{Fault, Input, Level};
use crate::source::Sources;

use self::overlay::Applied;

pub(crate) use self::check::{Object, What};
pub use self::from_toml::read_toml;
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
    /// The texts of the document and of the overlay.
    texts: [String; 2],
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
        Self::read_with(sources, StaleActions::Fault).map(|(document, _)| document)
    }

    /// Like `read`; `stale` says what becomes of the stale parts of the overlay, whose faults are returned beside the document.
    pub(crate) fn read_with(
        sources: &Sources,
        stale: StaleActions,
    ) -> Result<(Self, Vec<Fault>), Vec<Fault>> {
        let (root, mut faults) = spec(sources)?;
        let (overlay, overlay_faults) = overlay_of(sources);
        faults.extend(overlay_faults);
        let applied = match &overlay {
            Some(overlay) => overlay::apply(&root, overlay, stale),
            None => Err(Vec::new()),
        };
        let (root, actions, stale) = match applied {
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
            .partition(|fault| fault.level == Level::Note);
        faults.extend(found);
        if !faults.is_empty() {
            return Err(faults);
        }
        let openapi = typed::openapi(&root).map_err(|fault| vec![fault])?;
        let document = Self {
            root,
            overlay,
            actions,
            openapi,
            notes,
            texts: texts(sources),
        };
        Ok((document, stale))
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
            texts: texts(sources),
        })
    }

    /// The document as `openapiv3` reads it.
    pub fn openapi(&self) -> &OpenAPI {
        &self.openapi
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
