//! Mutations of the inputs: of their trees, so that most of them stays valid, and of their texts.

use codegen::{Source, Sources};
use proptest::prelude::{Arbitrary, BoxedStrategy, Strategy, any};
use proptest::sample::Index;
use serde_yaml::{Mapping, Value};

/// One change to one input.
#[derive(Clone, Debug)]
pub(crate) struct Mutation {
    /// Which input: usually the document.
    input: u8,
    kind: u8,
    at: Index,
    within: Index,
    with: Index,
    character: char,
}

impl Arbitrary for Mutation {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        let parts = (
            0u8..8,
            0u8..20,
            any::<Index>(),
            any::<Index>(),
            any::<Index>(),
            any::<char>(),
        );
        let made = parts.prop_map(|(input, kind, at, within, with, character)| Self {
            input,
            kind,
            at,
            within,
            with,
            character,
        });
        made.boxed()
    }
}

/// The inputs after some mutations.
pub(crate) fn mutated(sources: &Sources, mutations: &[Mutation]) -> Sources {
    let mut sources = sources.clone();
    for mutation in mutations {
        let (source, is_toml) = match (mutation.input, &mut sources.overlay) {
            (6, _) => (&mut sources.config, true),
            (7, Some(overlay)) => (overlay, false),
            _ => (&mut sources.spec, false),
        };
        mutation.apply(source, is_toml);
    }
    sources
}

impl Mutation {
    fn apply(&self, source: &mut Source, is_toml: bool) {
        if self.kind >= 16 {
            self.change_text(&mut source.text);
            return;
        }
        // A text that cannot be parsed any more is left unchanged.
        let tree = if is_toml {
            toml::from_str(&source.text).ok()
        } else {
            serde_yaml::from_str(&source.text).ok()
        };
        let Some(mut tree) = tree else {
            return;
        };
        self.change_tree(&mut tree);
        let text = if is_toml {
            toml::to_string(&tree).ok()
        } else {
            serde_yaml::to_string(&tree).ok()
        };
        source.text = text.unwrap_or_else(|| source.text.clone());
    }

    fn change_text(&self, text: &mut String) {
        let floor = |at: usize| {
            (0..=at)
                .rev()
                .find(|at| text.is_char_boundary(*at))
                .unwrap_or(0)
        };
        let (from, other) = (
            floor(self.at.index(text.len() + 1)),
            floor(self.with.index(text.len() + 1)),
        );
        let (from, upto) = (from.min(other), from.max(other));
        let short = floor((from + 1 + self.within.index(200)).min(text.len()));
        match self.kind {
            16 => text.insert(from, self.character),
            17 => text.replace_range(from..short, ""),
            18 => text.truncate(upto),
            _ => {
                let piece = text[from..short].to_owned();
                text.insert_str(upto, &piece);
            }
        }
    }

    fn change_tree(&self, tree: &mut Value) {
        let all = Survey::of(tree);
        if all.keys.is_empty() {
            return;
        }
        if self.kind >= 12 && !all.references.is_empty() {
            // Another target of a reference is the change that most often leaves a document valid.
            let target = self.with.get(&all.references).clone();
            let mut left = self.at.index(all.references.len());
            retarget(tree, &mut left, &target);
            return;
        }
        let name = self.with.get(&all.keys).clone();
        let copy = node(tree, &mut self.with.index(all.nodes)).unwrap_or_default();
        let mut left = self.at.index(all.holders);
        if let Some(holder) = holder(tree, &mut left) {
            self.change(holder, name, copy);
        }
    }

    fn change(&self, holder: &mut Value, name: Value, copy: Value) {
        match holder {
            Value::Mapping(map) => {
                let index = self.within.index(map.len());
                let (key, value) = map.iter().nth(index).unwrap();
                let (key, value) = (key.clone(), value.clone());
                match self.kind {
                    0..=2 => drop(map.shift_remove(&key)),
                    3..=4 => drop(map.insert(name, value)),
                    5..=6 => *map = renamed(map, &key, &name),
                    7..=9 => drop(map.insert(key, retyped(&value, self.kind, &self.with))),
                    _ => drop(map.insert(key, copy)),
                }
            }
            Value::Sequence(list) => {
                let index = self.within.index(list.len());
                match self.kind {
                    0..=2 => drop(list.remove(index)),
                    3..=6 => list.push(list[index].clone()),
                    7..=9 => list[index] = retyped(&list[index], self.kind, &self.with),
                    _ => list[index] = copy,
                }
            }
            _ => {}
        }
    }
}

/// The object with one key renamed, in its position.
fn renamed(map: &Mapping, key: &Value, name: &Value) -> Mapping {
    map.iter()
        .map(|(old, value)| {
            let key = if old == key { name } else { old };
            (key.clone(), value.clone())
        })
        .collect()
}

/// A value of another kind.
fn retyped(value: &Value, kind: u8, with: &Index) -> Value {
    let wrapped = || Mapping::from_iter([(Value::from("x"), value.clone())]);
    let others = [
        Value::Null,
        Value::from(true),
        Value::from(-1),
        Value::from(u64::MAX),
        Value::from(0.5),
        Value::from("text"),
        Value::from(""),
        Value::Sequence(Vec::new()),
        Value::Sequence(vec![value.clone()]),
        Value::Mapping(Mapping::new()),
        Value::Mapping(wrapped()),
    ];
    others[(with.index(others.len()) + usize::from(kind)) % others.len()].clone()
}

/// The nodes of a tree.
#[derive(Default)]
struct Survey {
    nodes: usize,
    /// Lists and objects that are not empty.
    holders: usize,
    keys: Vec<Value>,
    references: Vec<Value>,
}

impl Survey {
    fn of(tree: &Value) -> Self {
        let mut survey = Self::default();
        survey.visit(tree);
        survey
    }

    fn visit(&mut self, value: &Value) {
        self.nodes += 1;
        match value {
            Value::Mapping(map) => {
                self.holders += usize::from(!map.is_empty());
                for (key, value) in map {
                    self.keys.push(key.clone());
                    if key == "$ref" {
                        self.references.push(value.clone());
                    }
                    self.visit(value);
                }
            }
            Value::Sequence(list) => {
                self.holders += usize::from(!list.is_empty());
                list.iter().for_each(|value| self.visit(value));
            }
            _ => {}
        }
    }
}

/// The values below, in order.
fn below(value: &mut Value) -> Vec<&mut Value> {
    match value {
        Value::Mapping(map) => map.values_mut().collect(),
        Value::Sequence(list) => list.iter_mut().collect(),
        _ => Vec::new(),
    }
}

/// A copy of the node with index `left`.
fn node(value: &mut Value, left: &mut usize) -> Option<Value> {
    if *left == 0 {
        return Some(value.clone());
    }
    *left -= 1;
    below(value).into_iter().find_map(|value| node(value, left))
}

/// The list or object with index `left`.
fn holder<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    let counts = match &*value {
        Value::Mapping(map) => !map.is_empty(),
        Value::Sequence(list) => !list.is_empty(),
        _ => false,
    };
    if counts && *left == 0 {
        return Some(value);
    }
    *left -= usize::from(counts);
    below(value)
        .into_iter()
        .find_map(|value| holder(value, left))
}

/// Changes the reference with index `left`.
fn retarget(value: &mut Value, left: &mut usize, target: &Value) -> Option<()> {
    if let Some(reference) = value.as_mapping_mut().and_then(|map| map.get_mut("$ref")) {
        if *left == 0 {
            *reference = target.clone();
            return Some(());
        }
        *left -= 1;
    }
    below(value)
        .into_iter()
        .find_map(|value| retarget(value, left, target))
}
