//! YAML text to the raw tree, in one pass over the events of `saphyr-parser`.
//!
//! Input: the text of one input. Output: its tree and all faults. Anchors and aliases are
//! resolved by copying, within a bound; merge keys, foreign tags and a second document are refused.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};

use crate::report::{Input, Span};

use super::build::{Builder, Closed, MAX_DEPTH};
use super::node::{Node, Value};
use super::offsets::Offsets;
use super::yaml_errors::explained;
use super::{scalar, tags};

/// How many nodes aliases may add in all: far more than real documents need, far less than fills memory.
const MAX_COPIES: usize = 100_000;

/// How many bytes of text aliases may add in all. Few nodes can hold much of it.
const MAX_COPIED_TEXT: usize = 10_000_000;

/// Reads YAML 1.2. If there is no tree, there is at least one fault.
pub(super) fn read<'t>(text: &'t str, input: Input, mut builder: Builder<'t>) -> Builder<'t> {
    if let Some((at, message)) = control_character(text) {
        let span = Span {
            start: at,
            end: at + 1,
        };
        let help =
            "remove it; in a string in double quotes it can be written as `\\u` and four digits";
        builder.fault(span, message, help);
        return builder;
    }
    let mut walk = Walk {
        offsets: Offsets::new(text),
        anchors: BTreeMap::new(),
        copied: Extent::default(),
        documents: 0,
        input,
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let go_on = match event {
            Ok((event, span)) => {
                let span = walk.offsets.span(span);
                walk.take(event, span, &mut builder)
            }
            Err(error) => {
                walk.syntax(&error, &mut builder);
                false
            }
        };
        if !go_on {
            break;
        }
    }
    builder
}

/// The first character that YAML allows nowhere, and what it is.
fn control_character(text: &str) -> Option<(usize, String)> {
    let is_control = |byte: &u8| *byte < b' ' && !b"\t\n\r".contains(byte);
    let found = text
        .bytes()
        .enumerate()
        .filter(|(_, byte)| is_control(byte));
    let (at, byte) = found.clone().next()?;
    let others = match found.count() - 1 {
        0 => String::new(),
        1 => ", and there is one more".to_owned(),
        count => format!(", and there are {count} more"),
    };
    let message = format!("the control character U+{byte:04X} is not allowed in YAML{others}");
    Some((at, message))
}

struct Walk {
    offsets: Offsets,
    anchors: BTreeMap<usize, Anchored>,
    /// What aliases have added so far.
    copied: Extent,
    documents: usize,
    input: Input,
}

/// A node that aliases can refer to.
struct Anchored {
    node: Node,
    extent: Extent,
    depth: usize,
}

/// How large a part of the tree is.
#[derive(Clone, Copy, Default)]
struct Extent {
    nodes: usize,
    /// The bytes of keys, strings and numbers.
    text: usize,
}

impl Extent {
    fn and(self, other: Self) -> Self {
        Self {
            nodes: self.nodes.saturating_add(other.nodes),
            text: self.text.saturating_add(other.text),
        }
    }

    /// What is too much, and of what.
    fn excess(self) -> Option<String> {
        if self.nodes > MAX_COPIES {
            Some(format!("{MAX_COPIES} nodes"))
        } else if self.text > MAX_COPIED_TEXT {
            Some(format!("{MAX_COPIED_TEXT} bytes of text"))
        } else {
            None
        }
    }
}

impl Walk {
    /// Handles one event; `false` ends the loop.
    fn take(&mut self, event: Event<'_>, span: Span, builder: &mut Builder<'_>) -> bool {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => true,
            Event::DocumentStart(_) => self.document(span, builder),
            Event::Alias(anchor) => self.alias(anchor, span, builder),
            Event::Scalar(text, style, anchor, tag) if builder.expects_key() => {
                self.key(&text, style, tag.as_deref(), span, builder);
                let input = self.input;
                self.remember(anchor, || text_node(&text, span, input));
                true
            }
            Event::Scalar(text, style, anchor, tag) => {
                let node = self.scalar(&text, style, tag.as_deref(), span, builder);
                self.remember(anchor, || node.clone());
                builder.value(node);
                true
            }
            Event::SequenceStart(anchor, tag) => {
                check_tag(tag.as_deref(), "seq", span, builder);
                !key_is_complex(span, builder) && builder.open_list(span, anchor)
            }
            Event::MappingStart(anchor, tag) => {
                check_tag(tag.as_deref(), "map", span, builder);
                !key_is_complex(span, builder) && builder.open_map(span, anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Closed { anchor, node }) = builder.close(span) {
                    self.remember(anchor, || node.clone());
                    builder.value(node);
                }
                true
            }
        }
    }

    fn document(&mut self, span: Span, builder: &mut Builder<'_>) -> bool {
        self.documents += 1;
        if self.documents > 1 {
            builder.fault(
                span,
                "a second document starts here",
                "keep one document per file",
            );
        }
        self.documents == 1
    }

    fn key(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        span: Span,
        builder: &mut Builder<'_>,
    ) {
        check_tag(tag, "str", span, builder);
        if style == ScalarStyle::Plain && text.is_empty() {
            builder.fault(span, "a key is missing here", "write a key before the `:`");
        } else if style == ScalarStyle::Plain && text == "<<" {
            let help = "write the merged keys out, or point to a component with `$ref`";
            builder.fault(span, "the merge key `<<` is not part of YAML 1.2", help);
        }
        builder.key(text.to_owned(), span);
    }

    fn scalar(
        &self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        span: Span,
        builder: &mut Builder<'_>,
    ) -> Node {
        let read = match (tag, style) {
            (Some(tag), _) => {
                tags::scalar_value(tag, text).ok_or_else(|| (tags::misfit(tag), tags::REMOVE))
            }
            (None, ScalarStyle::Plain) => scalar::plain(text).map_err(|message| (message, QUOTE)),
            (None, _) => Ok(Value::String(text.to_owned())),
        };
        let value = read.unwrap_or_else(|(message, help)| {
            builder.fault(span, message, help);
            Value::String(text.to_owned())
        });
        Node {
            value,
            span,
            input: self.input,
        }
    }

    fn remember(&mut self, anchor: usize, node: impl FnOnce() -> Node) {
        if anchor > 0 {
            let node = node();
            let (extent, depth) = extent(&node);
            let anchored = Anchored {
                node,
                extent,
                depth,
            };
            self.anchors.insert(anchor, anchored);
        }
    }

    fn alias(&mut self, anchor: usize, span: Span, builder: &mut Builder<'_>) -> bool {
        let Some(anchored) = self.anchors.get(&anchor) else {
            builder.fault(
                span,
                "this alias is inside the node that it names",
                "write the inner part out",
            );
            return false;
        };
        self.copied = self.copied.and(anchored.extent);
        if let Some(bound) = self.copied.excess() {
            let help = "point to a component with `$ref` instead of copying it";
            let message = format!("the aliases of this file add up to more than {bound}");
            builder.fault(span, message, help);
            return false;
        }
        if builder.expects_key() {
            match anchored.node.as_str() {
                Some(text) => builder.key(text.to_owned(), span),
                None => return !key_is_complex(span, builder),
            }
            return true;
        }
        if builder.depth() + anchored.depth > MAX_DEPTH {
            builder.too_deep(span);
            return false;
        }
        builder.value(anchored.node.clone());
        true
    }

    fn syntax(&self, error: &ScanError, builder: &mut Builder<'_>) {
        let at = self.offsets.byte(error.marker().index());
        let (message, help) = explained(error.info());
        builder.fault(Span { start: at, end: at }, message, help);
    }
}

const QUOTE: &str = "put quotes around it if a string is meant";

fn text_node(text: &str, span: Span, input: Input) -> Node {
    Node {
        value: Value::String(text.to_owned()),
        span,
        input,
    }
}

/// Refuses a key that is not a scalar.
fn key_is_complex(span: Span, builder: &mut Builder<'_>) -> bool {
    let complex = builder.expects_key();
    if complex {
        builder.fault(
            span,
            "a key must be a string",
            "write a plain scalar as the key",
        );
    }
    complex
}

fn check_tag(tag: Option<&Tag>, wanted: &str, span: Span, builder: &mut Builder<'_>) {
    if let Some(tag) = tag.filter(|tag| !tags::fits_node(tag, wanted)) {
        builder.fault(span, tags::misfit(tag), tags::REMOVE);
    }
}

/// How large a node is, with all below it, and how deep lists and objects nest.
fn extent(node: &Node) -> (Extent, usize) {
    let one = |text: usize| Extent { nodes: 1, text };
    let with = |sum: (Extent, usize), inner: &Node| {
        let (extent, depth) = extent(inner);
        (sum.0.and(extent), depth.max(sum.1))
    };
    let (inner, depth) = match &node.value {
        Value::List(members) => members.iter().fold((one(0), 0), with),
        Value::Map(entries) => entries.iter().fold((one(0), 0), |mut sum, entry| {
            sum.0.text = sum.0.text.saturating_add(entry.key.len());
            with(sum, &entry.node)
        }),
        Value::String(text) | Value::Number(text) => return (one(text.len()), 0),
        Value::Null | Value::Bool(_) => return (one(0), 0),
    };
    (inner, depth + 1)
}
