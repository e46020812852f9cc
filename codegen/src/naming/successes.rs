//! Names of the enums of operations with several kinds of success, and of their variants.
//!
//! A variant is named by its status; by its media type too where the status has several kinds.

use crate::config::{Layout, key_of};
use crate::model::{Operation, Success};
use crate::report::Fault;

use super::case::Case;
use super::scope::{Name, Scope};
use super::status::{media_word, status_word};
use super::{Namer, OutcomeNames};

/// The variant of responses that no kind fits.
const CATCH_ALL: &[&str] = &["Other"];

impl Namer<'_> {
    pub(super) fn outcomes(&mut self) {
        let api = self.api;
        for resource in api.root.walk() {
            for operation in &resource.operations {
                self.outcome(&resource.key, operation);
            }
        }
    }

    fn outcome(&mut self, key: &str, operation: &Operation) {
        let kinds = operation.several_kinds();
        let Some(names) = self.names.methods.get(&operation.pointer) else {
            return;
        };
        if kinds.is_empty() {
            return;
        }
        let made = format!("{}Outcome", names.endpoint);
        let place = operation.pointer.push("responses");
        let line = format!(
            "{} = \"<Name>\" under [names.types] in spec/sdk.toml",
            key_of(&place)
        );
        let name = match self.config.types.get(&place) {
            Some(rule) => self.given(rule, Some(&made)),
            None => Name::made(made),
        };
        let home = self.names.homes.handles.get(key).cloned();
        self.item(&name, &home.into_iter().collect(), &place, &line);
        let mut scope = Scope::new(&format!("`{}`", name.text), Case::UpperCamel, CATCH_ALL);
        let variants = kinds.iter().map(|kind| {
            let variant = Name::made(variant(kind));
            let clash = scope.take(&variant, kind.pointer, &"");
            self.faults.extend(clash.map(|refusal| Fault {
                help: format!(
                    "leave one of the two out under [skip] in spec/sdk.toml: {} = \"<reason>\"",
                    key_of(kind.pointer)
                ),
                ..refusal.fault
            }));
            variant.text
        });
        let handle = self.names.handle_path(key).unwrap_or_default();
        let path = match self.names.layout {
            Layout::Flat => name.text.clone(),
            Layout::Nested => self.names.endpoint_path(&handle, &name.text),
        };
        let outcome = OutcomeNames {
            path,
            variants: variants.collect(),
            ty: name.text,
        };
        self.names
            .outcomes
            .insert(operation.pointer.clone(), outcome);
    }
}

fn variant(kind: &Success<'_>) -> String {
    let status = status_word(kind.status);
    match kind.media.first().filter(|_| !kind.is_alone) {
        Some(media) => format!("{status}{}", media_word(media)),
        None => status,
    }
}
