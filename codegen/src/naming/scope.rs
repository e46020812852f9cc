//! A scope: each name in it is unique.

use std::collections::BTreeMap;

use crate::pointer::Pointer;
use crate::report::{Code, Fault, Input};

use super::case::{Case, is_keyword, is_valid};

/// A name, and the entry of `sdk.toml` that it comes from, if any.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) rule: Option<Pointer>,
    /// Whether the name is the key of its entry rather than the value.
    pub(super) is_key: bool,
}

impl Name {
    /// A name that the naming rules make.
    pub(super) fn made(text: String) -> Self {
        Self {
            text,
            rule: None,
            is_key: false,
        }
    }

    /// A name from an entry of `sdk.toml`.
    pub(super) fn given(text: &str, rule: &Pointer) -> Self {
        Self {
            text: text.to_owned(),
            rule: Some(rule.clone()),
            is_key: false,
        }
    }

    /// A fault of the entry that the name comes from.
    fn fault(&self, rule: &Pointer, message: String, help: String) -> Fault {
        let fault = Fault::new(Input::Config, rule.clone(), message, help);
        if self.is_key { fault.on_key() } else { fault }
    }
}

/// A scope in which names must be unique.
pub(super) struct Scope {
    /// Its name in faults: `the crate`, `Provider`.
    place: String,
    case: Case,
    reserved: &'static [&'static str],
    taken: BTreeMap<String, Pointer>,
    has_builders: bool,
    /// Each name in lower case, with the name itself: where no two may differ in case only.
    alike: Option<BTreeMap<String, (String, Pointer)>>,
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
    pub(super) fn take(&mut self, name: &Name, pointer: &Pointer, line: &str) -> Option<Fault> {
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
        if let Some(rule) = name.rule.as_ref().filter(|_| !self.case.fits(text)) {
            let message = format!("`{text}` is not in the case of its kind");
            return Some(name.fault(rule, message, format!("write `{}`", self.case.of(text))));
        }
        match self.taken.insert(text.to_owned(), pointer.clone()) {
            Some(other) => {
                let message = format!(
                    "this would be called `{text}` in {}, and so would `{other}`",
                    self.place
                );
                let help = format!("choose a name for it: {line}");
                Some(clash(pointer, message, help))
            }
            None => None,
        }
        .or_else(|| self.alike(text, pointer, line))
    }

    /// A fault where another name of the scope has the same letters in another case.
    fn alike(&mut self, text: &str, pointer: &Pointer, line: &str) -> Option<Fault> {
        let alike = self.alike.as_mut()?;
        let taken = (text.to_owned(), pointer.clone());
        let (other, place) = alike.insert(text.to_lowercase(), taken)?;
        let message = format!(
            "this would be called `{text}` in {}, and `{place}` `{other}`: the two are easily confused",
            self.place
        );
        let help = format!("choose a name for it: {line}");
        Some(clash(pointer, message, help))
    }
}

fn clash(pointer: &Pointer, message: String, help: String) -> Fault {
    let fault = Fault::new(Input::Spec, pointer.clone(), message, help);
    fault.code(Code::NameClash).on_key()
}

/// Type parameters of builders are named `T1`, `T2`, …
fn is_type_parameter(name: &str) -> bool {
    let number = name.strip_prefix('T').unwrap_or_default();
    !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())
}
