//! Names of arguments and setters. In: an operation. Out: a name for each parameter.

use crate::model::{Location, Operation, Parameter, Passing};

use super::Namer;
use super::case::{Case, plain};
use super::fit::Fit;
use super::lock::NameKind;
use super::reserved::CALL;
use super::scope::{Name, Scope, line_of};

/// The names of arguments that no parameter can have.
const ARGUMENTS: &[&str] = &["body", "self"];

impl Namer<'_> {
    /// Arguments share a scope with the body, setters one with the methods of every call.
    pub(super) fn parameters(&mut self, operation: &Operation) {
        // The arguments of handles are those of other methods.
        let [mut above, mut arguments] = ["the handles of ", ""].map(|what| {
            let name = format!("the arguments of {what}`{}`", operation.id);
            Scope::new(&name, Case::Snake, ARGUMENTS)
        });
        let mut setters = Scope::new(
            &format!("the call of `{}`", operation.id),
            Case::Snake,
            CALL,
        );
        if let Some(body) = operation.body.as_ref().filter(|body| !body.required) {
            let _ = setters.take(&Name::made("body".to_owned()), &body.pointer, &"");
            for media in &body.media {
                if let Some(suffix) = &media.suffix {
                    let name = Name::made(format!("body_as_{suffix}"));
                    let _ = setters.take(&name, &media.pointer, &"");
                    self.names.bodies.insert(media.pointer.clone(), name.text);
                }
            }
        }
        for parameter in &operation.parameters {
            let made = self.parameter_made(parameter);
            let name = match self.config.fields.get(&parameter.pointer) {
                Some(rule) => self.given(rule, Some(&made)),
                None => self.settled(NameKind::Parameter, &parameter.pointer, made),
            };
            let line = line_of(&parameter.pointer, "name", "names.fields");
            let scope = match parameter.passed {
                Passing::Handle => &mut above,
                Passing::Argument => &mut arguments,
                Passing::Setter => &mut setters,
            };
            let mut clash = scope.take(&name, &parameter.pointer, &line);
            if parameter.has_maybe() {
                let maybe = name.derived(format!("maybe_{}", plain(&name.text)));
                // A clash of two parameters is a clash of their second setters too, and reported once.
                clash = clash.or_else(|| scope.take(&maybe, &parameter.pointer, &line));
            }
            self.faults.extend(clash);
            self.names
                .parameters
                .insert(parameter.pointer.clone(), name.text);
        }
    }

    /// The name that a parameter makes.
    pub(super) fn parameter_made(&self, parameter: &Parameter) -> String {
        let reserved = match parameter.passed {
            Passing::Handle | Passing::Argument => ARGUMENTS,
            Passing::Setter => CALL,
        };
        let fit = Fit {
            case: Case::Snake,
            text: &parameter.name,
            reserved: &[reserved],
            before: place_word(parameter),
            after: "parameter",
        };
        fit.name(self.word(&parameter.name))
    }
}

/// Where a parameter is sent.
pub(super) fn place_word(parameter: &Parameter) -> &'static str {
    match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}
