//! Builds the raw tree from the events of a parser, one after the other and without recursion.
//!
//! Input: starts, ends, keys and scalars with their spans. Output: the root node. What all syntaxes share is here:
//! the bound on nesting and the refusal of duplicate keys.

use crate::pointer::{Pointer, push_token};
use crate::report::{Code, Fault, Input, Span};

use super::node::{Entry, Node, Value};

/// How deep lists and objects may nest. Every recursive function on a tree relies on it.
pub(crate) const MAX_DEPTH: usize = 64;

/// The part of the tree that is built so far.
pub(super) struct Builder<'t> {
    text: &'t str,
    input: Input,
    open: Vec<Open>,
    root: Option<Node>,
    pub(super) faults: Vec<Fault>,
    /// The offsets of the line breaks, computed when the first fault needs a line number.
    breaks: Option<Vec<usize>>,
}

/// A list or an object whose end has not been read yet.
struct Open {
    start: Span,
    anchor: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Map(Vec<Entry>, Option<(String, Span)>),
}

/// A list or object that just ended.
pub(super) struct Closed {
    pub(super) anchor: usize,
    pub(super) node: Node,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, input: Input) -> Self {
        Self {
            text,
            input,
            open: Vec::new(),
            root: None,
            faults: Vec::new(),
            breaks: None,
        }
    }

    /// The root node, if the text had one.
    pub(super) fn finish(self) -> (Option<Node>, Vec<Fault>) {
        (self.root, self.faults)
    }

    /// How many lists and objects are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether the next node is a key.
    pub(super) fn expects_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Open {
                kind: OpenKind::Map(_, None),
                ..
            })
        )
    }

    /// Opens a list. Returns `false` when it would nest too deep; the caller must stop then.
    pub(super) fn open_list(&mut self, start: Span, anchor: usize) -> bool {
        self.open(start, anchor, OpenKind::List(Vec::new()))
    }

    /// Opens an object. Returns `false` when it would nest too deep; the caller must stop then.
    pub(super) fn open_map(&mut self, start: Span, anchor: usize) -> bool {
        self.open(start, anchor, OpenKind::Map(Vec::new(), None))
    }

    fn open(&mut self, start: Span, anchor: usize, kind: OpenKind) -> bool {
        if self.open.len() >= MAX_DEPTH {
            self.too_deep(start);
            return false;
        }
        self.open.push(Open {
            start,
            anchor,
            kind,
        });
        true
    }

    /// Records that something at `span` nests too deep.
    pub(super) fn too_deep(&mut self, span: Span) {
        self.fault(
            span,
            format!("more than {MAX_DEPTH} lists and objects are nested here"),
            "move the inner parts to `components` and point to them with `$ref`",
        );
    }

    /// Takes the key of the next value.
    pub(super) fn key(&mut self, key: String, span: Span) {
        if let Some(Open {
            kind: OpenKind::Map(_, pending),
            ..
        }) = self.open.last_mut()
        {
            *pending = Some((key, span));
        }
    }

    /// Ends the innermost list or object and returns it; the caller passes it to `value` next.
    pub(super) fn close(&mut self, end: Span) -> Option<Closed> {
        let Open {
            start,
            anchor,
            kind,
        } = self.open.pop()?;
        let (value, last) = match kind {
            OpenKind::List(members) => {
                let last = members.last().map(|node| node.span.end);
                (Value::List(members), last)
            }
            OpenKind::Map(entries, _) => {
                let last = entries.last().map(|entry| entry.node.span.end);
                (Value::Map(self.without_duplicates(entries).into()), last)
            }
        };
        // The end of a block collection has no text of its own: its span ends with its last child.
        let end = if end.start == end.end {
            last.unwrap_or(end.end)
        } else {
            end.end
        };
        let span = Span {
            start: start.start,
            end: end.max(start.end),
        };
        Some(Closed {
            anchor,
            node: Node {
                value,
                span,
                input: self.input,
            },
        })
    }

    /// Adds a complete value: the next list member, the value of the last key, or the root.
    pub(super) fn value(&mut self, mut node: Node) {
        match self.open.last_mut() {
            Some(Open {
                kind: OpenKind::List(members),
                ..
            }) => members.push(node),
            Some(Open {
                kind: OpenKind::Map(entries, pending),
                ..
            }) => {
                if let Some((key, key_span)) = pending.take() {
                    if node.span.start == node.span.end {
                        // A value that is not written is reported at its key.
                        node.span = key_span;
                    }
                    entries.push(Entry {
                        key,
                        key_span,
                        node,
                    });
                }
            }
            None => self.root = Some(node),
        }
    }

    /// Records a fault at `span`, under the pointer of the innermost open node.
    pub(super) fn fault(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let fault = Fault::new(self.input, self.here(), message, help);
        self.faults.push(fault.code(Code::Unreadable).at(span));
    }

    /// The pointer of what is being read.
    fn here(&self) -> Pointer {
        let mut text = String::new();
        for open in &self.open {
            match &open.kind {
                OpenKind::List(members) => push_token(&mut text, &members.len().to_string()),
                OpenKind::Map(_, Some((key, _))) => push_token(&mut text, key),
                OpenKind::Map(_, None) => {}
            }
        }
        Pointer::from_escaped(&text)
    }

    /// Drops each repetition of a key, with a fault that names the line of the first.
    fn without_duplicates(&mut self, mut entries: Vec<Entry>) -> Vec<Entry> {
        let mut order: Vec<usize> = (0..entries.len()).collect();
        let key = |index: usize| entries.get(index).map(|entry| entry.key.as_str());
        order.sort_by(|&one, &two| key(one).cmp(&key(two)).then(one.cmp(&two)));
        let mut seconds = Vec::new();
        let mut first = None;
        for index in order {
            match first {
                Some(earlier) if key(earlier) == key(index) => seconds.push((earlier, index)),
                _ => first = Some(index),
            }
        }
        let mut doomed = vec![false; entries.len()];
        for (earlier, later) in seconds {
            self.duplicate(&entries, earlier, later);
            if let Some(mark) = doomed.get_mut(later) {
                *mark = true;
            }
        }
        let mut doomed = doomed.into_iter();
        entries.retain(|_| !doomed.next().unwrap_or(false));
        entries
    }

    fn duplicate(&mut self, entries: &[Entry], earlier: usize, later: usize) {
        let (Some(earlier), Some(later)) = (entries.get(earlier), entries.get(later)) else {
            return;
        };
        let line = self.line(earlier.key_span.start);
        let pointer = self.here().push(&later.key);
        let message = format!(
            "the key `{}` is used a second time here; the first is on line {line}",
            later.key
        );
        let help = "remove one of the two, or rename it";
        let fault = Fault::new(self.input, pointer, message, help);
        self.faults
            .push(fault.code(Code::DuplicateKey).at(later.key_span));
    }

    fn line(&mut self, offset: usize) -> usize {
        let text = self.text;
        let all = || {
            text.bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n')
                .map(|(offset, _)| offset)
                .collect()
        };
        self.breaks
            .get_or_insert_with(all)
            .partition_point(|line_break| *line_break < offset)
            + 1
    }
}
