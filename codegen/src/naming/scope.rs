//! A scope: each name in it is unique.

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use crate::config::key_of;
use crate::pointer::Pointer;
use crate::report::{Code, Entry, Fault, Input};

use super::case::{Case, is_keyword, is_valid};
use super::fit::is_type_parameter;
use super::lock::{NameKind, Named};

/// A name, and the entry of `sdk.toml` that it comes from, if any.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) rule: Option<Pointer>,
    /// Whether the name is the key of its entry rather than the value.
    pub(super) is_key: bool,
    /// The node that can be called otherwise in `names.lock`.
    pub(super) node: Option<Named>,
}

/// A name that cannot be taken.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) fault: Fault,
    /// The name.
    pub(super) text: String,
    /// The node with that name, where another one can be recorded for it.
    pub(super) node: Option<Named>,
    /// The one that has the name already.
    pub(super) other: Option<Named>,
}

impl Refusal {
    /// A fault of a node for which a name can be recorded.
    pub(super) fn of(fault: Fault, kind: NameKind, at: &Pointer) -> Self {
        Self {
            node: Some(Named {
                kind,
                at: at.clone(),
            }),
            ..Self::from(fault)
        }
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            text: String::new(),
            node: None,
            other: None,
        }
    }
}

/// The faults of the naming pass, with the nodes that they are about.
#[derive(Debug, Default)]
pub(super) struct Refusals(Vec<Refusal>);

impl Refusals {
    pub(super) fn push(&mut self, refusal: impl Into<Refusal>) {
        self.0.push(refusal.into());
    }

    pub(super) fn extend(&mut self, refusals: impl IntoIterator<Item = impl Into<Refusal>>) {
        self.0.extend(refusals.into_iter().map(Into::into));
    }

    /// Says that this entry of `sdk.toml` removes the last fault.
    pub(super) fn helped(&mut self, entry: Entry) {
        if let Some(last) = self.0.last_mut() {
            last.fault.add(entry);
        }
    }

    pub(super) fn into_inner(self) -> Vec<Refusal> {
        self.0
    }
}

impl Name {
    /// A name that the naming rules make.
    pub(super) fn made(text: String) -> Self {
        Self {
            text,
            rule: None,
            is_key: false,
            node: None,
        }
    }

    /// A name from an entry of `sdk.toml`.
    pub(super) fn given(text: &str, rule: &Pointer) -> Self {
        Self {
            text: text.to_owned(),
            rule: Some(rule.clone()),
            is_key: false,
            node: None,
        }
    }

    /// The name of this node, for which another one can be recorded.
    pub(super) fn of(mut self, kind: NameKind, at: &Pointer) -> Self {
        self.node = Some(Named {
            kind,
            at: at.clone(),
        });
        self
    }

    /// A name that is made of this one.
    pub(super) fn derived(&self, text: String) -> Self {
        Self {
            node: self.node.clone(),
            ..Self::made(text)
        }
    }

    /// A fault of the entry that the name comes from.
    fn fault(&self, rule: &Pointer, message: String, help: String) -> Fault {
        let fault = Fault::new(Input::Config, rule.clone(), message, help);
        if self.is_key { fault.on_key() } else { fault }
    }
}

/// The node that has a name, and the one for which another name can be recorded.
type Holder = (Pointer, Option<Named>);

/// A scope in which names must be unique.
pub(super) struct Scope {
    /// Its name in faults: `the crate`, `Provider`.
    place: String,
    case: Case,
    reserved: &'static [&'static str],
    taken: BTreeMap<String, Holder>,
    has_builders: bool,
    /// Each name in lower case, with the name itself: where no two may differ in case only.
    alike: Option<BTreeMap<String, (String, Holder)>>,
}

impl Scope {
    pub(super) fn new(place: &str, case: Case, reserved: &'static [&'static str]) -> Self {
        Self {
            place: place.to_owned(),
            case,
            reserved,
            taken: BTreeMap::new(),
            has_builders: false,
            alike: None,
        }
    }

    /// The same scope, with the type parameters of builders in it.
    pub(super) fn with_builders(mut self) -> Self {
        self.has_builders = true;
        self
    }

    /// The same scope, in which no two names differ in case only.
    pub(super) fn without_lookalikes(mut self) -> Self {
        self.alike = Some(BTreeMap::new());
        self
    }

    /// Whether something has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.taken.contains_key(name)
    }

    /// Reserves a name for the node at `pointer`, or returns a fault: `line` is the line to write in `sdk.toml`.
    pub(super) fn take(
        &mut self,
        name: &Name,
        pointer: &Pointer,
        line: &dyn Display,
    ) -> Option<Refusal> {
        let refused = |fault: Fault, other: Option<Named>| Refusal {
            fault,
            text: name.text.clone(),
            node: name.node.clone(),
            other,
        };
        if let Some(fault) = self.unfit(name, pointer, line) {
            return Some(refused(fault, None));
        }
        let text = name.text.as_str();
        let help = || format!("choose a name for it: {line}");
        let taken = (pointer.clone(), name.node.clone());
        if let Some((place, other)) = self.taken.insert(text.to_owned(), taken) {
            let message = format!(
                "{} would be called `{text}` in {}, and so would {}",
                said(name.node.as_ref(), || "this".to_owned()),
                self.place,
                said(other.as_ref(), || format!("`{place}`")),
            );
            return Some(refused(clash(pointer, message, help()), other));
        }
        // Another name of the scope may have the same letters in another case.
        let alike = self.alike.as_mut()?;
        let taken = (text.to_owned(), (pointer.clone(), name.node.clone()));
        let (like, (place, other)) = alike.insert(text.to_lowercase(), taken)?;
        let message = format!(
            "{} would be called `{text}` in {}, and {} `{like}`: the two are easily confused",
            said(name.node.as_ref(), || "this".to_owned()),
            self.place,
            said(other.as_ref(), || format!("`{place}`")),
        );
        Some(refused(clash(pointer, message, help()), other))
    }

    /// A fault of a name that no item of the scope can have.
    fn unfit(&self, name: &Name, pointer: &Pointer, line: &dyn Display) -> Option<Fault> {
        let text = name.text.as_str();
        let unfit = if is_keyword(text) {
            Some(format!("`{text}` is a keyword of Rust"))
        } else if !is_valid(text) {
            Some(format!("`{text}` is not a valid name in Rust"))
        } else if self.reserved.contains(&text) || (self.has_builders && is_type_parameter(text)) {
            Some(format!("`{text}` is the runtime's name in {}", self.place))
        } else {
            None
        };
        if let Some(unfit) = unfit {
            return Some(match &name.rule {
                Some(rule) => name.fault(rule, unfit, "choose another name".to_owned()),
                None => {
                    let help = format!("choose a name for it: {line}");
                    Fault::new(Input::Spec, pointer.clone(), unfit, help)
                        .code(Code::Name)
                        .on_key()
                }
            });
        }
        let rule = name.rule.as_ref().filter(|_| !self.case.fits(text))?;
        let message = format!("`{text}` is not in the case of its kind");
        Some(name.fault(rule, message, format!("write `{}`", self.case.of(text))))
    }
}

/// A node as messages call it. A handle is at no node of its own: it is known by its key in `sdk.toml`.
fn said(node: Option<&Named>, otherwise: impl Fn() -> String) -> String {
    let handle =
        node.filter(|node| matches!(node.kind, NameKind::HandleType | NameKind::HandleMethod));
    match handle.and_then(|node| node.at.last()) {
        Some(key) => format!("the handle `{key}`"),
        None => otherwise(),
    }
}

/// A line of `sdk.toml` as a help. Most nodes have no fault: the text is made where a fault has it.
pub(super) struct Line<F>(pub(super) F);

impl<F: Fn() -> String> Display for Line<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&(self.0)())
    }
}

/// The line that names a node otherwise.
pub(super) fn line_of<'a>(
    pointer: &'a Pointer,
    name: &'a str,
    table: &'a str,
) -> impl Display + 'a {
    Line(move || {
        let key = key_of(pointer);
        format!("{key} = \"<{name}>\" under [{table}] in spec/sdk.toml")
    })
}

fn clash(pointer: &Pointer, message: String, help: String) -> Fault {
    let fault = Fault::new(Input::Spec, pointer.clone(), message, help);
    fault.code(Code::NameClash).on_key()
}
