//! Upstream's documents: from their texts to trees.
//!
//! A document with faults that leave it readable is accepted: when the slice is cut, only the faults within it are reported.

use crate::document::{Node, check, parse};
use crate::pointer::Pointer;
use crate::report::{Fault, Input};
use crate::source::Source;

use super::{cut, extensions};

/// One of upstream's documents.
pub(super) struct Upstream {
    pub(super) root: Node,
    /// Faults of parts of it, such as a repeated key.
    faults: Vec<Fault>,
}

/// Reads all documents, or returns the faults of those that cannot be read.
pub(super) fn read(sources: &[Source]) -> Result<Vec<Upstream>, Vec<Fault>> {
    let mut documents = Vec::new();
    let mut faults = Vec::new();
    for (input, source) in numbered(sources) {
        match read_one(input, source) {
            Ok(document) => documents.push(document),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() {
        Ok(documents)
    } else {
        Err(faults)
    }
}

/// The sources as inputs of a report.
pub(super) fn numbered(sources: &[Source]) -> impl Iterator<Item = (Input, &Source)> {
    (0..=u16::MAX).map(Input::Upstream).zip(sources)
}

fn read_one(input: Input, source: &Source) -> Result<Upstream, Vec<Fault>> {
    let parse::Parsed { node, faults } = parse::parse(&source.text, input);
    let Some(root) = node else {
        return Err(faults);
    };
    let fault = check::version(&root).or_else(|| cut::within_a_line(input, &source.text));
    match fault {
        Some(fault) => Err(vec![fault]),
        None => Ok(Upstream { root, faults }),
    }
}

impl Upstream {
    /// The faults that concern what is included of the document: those within it, and those of nodes that contain it. What is wrong
    /// with the value of an extension that is left out does not.
    pub(super) fn faults_about<'a>(
        &'a self,
        taken: &'a [Pointer],
    ) -> impl Iterator<Item = &'a Fault> {
        let stays = |fault: &&Fault| !extensions::is_in_one(&fault.pointer);
        self.faults.iter().filter(stays).filter(|fault| {
            let concerns =
                |item: &Pointer| fault.pointer.is_within(item) || item.is_within(&fault.pointer);
            taken.iter().any(concerns)
        })
    }

    /// The path template of an operation.
    pub(super) fn path_of(&self, operation_id: &str) -> Option<&str> {
        let paths = self.root.get("paths")?.entries();
        let found = paths.iter().find(|path| {
            let mut operations = path.node.entries().iter();
            operations.any(|operation| {
                operation.node.get("operationId").and_then(Node::as_str) == Some(operation_id)
            })
        })?;
        Some(&found.key)
    }
}
