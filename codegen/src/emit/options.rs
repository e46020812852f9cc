//! Lists in the documentation of a method: its options, and the errors that programs handle.

use crate::model::{Location, Operation, Parameter, Resource, ResponseKind, Ty};

use super::blocks::{BlockKind, blocks};
use super::{Emitter, docs};

impl Emitter<'_> {
    /// A heading and the list of what can be set on the call; one line where every call has it.
    pub(super) fn options(&self, operation: &Operation) -> Vec<String> {
        let mut items: Vec<String> = operation
            .setters()
            .map(|parameter| self.option(parameter))
            .collect();
        if let Some(body) = operation.body.as_ref().filter(|body| !body.required) {
            let described = body.description.as_deref().and_then(first_sentence);
            let described = described.unwrap_or_else(|| "The body of the request.".to_owned());
            items.push(format!("`body`: {described}"));
        }
        items.extend(maybe(operation));
        match list(operation) {
            Some(List::Paged) => items.push(
                "[`items`](crate::Call::items) and [`pages`](crate::Call::pages) read all pages."
                    .to_owned(),
            ),
            Some(List::Whole) => items.push(
                "[`allow_incomplete`](crate::Call::allow_incomplete) accepts a list of which the service sent only a part."
                    .to_owned(),
            ),
            None => {}
        }
        let common = "time limits, attempts and headers, as of every [`Call`](crate::Call).";
        if items.is_empty() {
            return vec![format!("Options: {common}")];
        }
        items.push(docs::capitalized(common));
        vec!["# Options".to_owned(), bullets(&items)]
    }

    /// A heading and the list of the arguments of which there is something to say. Of ids their types say it.
    pub(super) fn arguments(&self, operation: &Operation) -> Vec<String> {
        let others = operation
            .arguments()
            .filter(|parameter| parameter.ty.id().is_none());
        let items = others.filter(|parameter| {
            let is_described = parameter.description.is_some() || parameter.deprecated;
            is_described || docs::bounds(&parameter.bounds).is_some()
        });
        let items: Vec<String> = items
            .map(|parameter| {
                let deprecated = parameter.deprecated.then_some(" Deprecated.");
                let option = self.option(parameter);
                format!("{option}{}", deprecated.unwrap_or_default())
            })
            .collect();
        match items.is_empty() {
            true => Vec::new(),
            false => vec!["# Arguments".to_owned(), bullets(&items)],
        }
    }

    /// A parameter with its description and bounds, on one line.
    fn option(&self, parameter: &Parameter) -> String {
        let name = self.parameter_name(parameter);
        let place = match parameter.location {
            Location::Header => format!(" (header `{}`)", parameter.name),
            Location::Path | Location::Query | Location::Cookie => String::new(),
        };
        let described = parameter.description.as_deref().and_then(first_sentence);
        let bounds = docs::bounds(&parameter.bounds);
        let said: Vec<String> = described.into_iter().chain(bounds).collect();
        match said.is_empty() {
            true => format!("`{name}`{place}"),
            false => format!("`{name}`{place}: {}", said.join(" ")),
        }
    }

    /// A heading and the list of the errors that are worth handling, from the statuses that the document lists.
    pub(super) fn errors(&self, resource: &Resource, operation: &Operation) -> [String; 2] {
        let mut items = Vec::new();
        if !operation.security.alternatives.is_empty() {
            items.push(
                "[`is_auth`](crate::Error::is_auth): the credentials are not valid, or lack the permission."
                    .to_owned(),
            );
        }
        let above = self.line(resource);
        let inherited = above.iter().flat_map(|resource| &resource.errors);
        items.extend(inherited.cloned());
        items.extend(self.not_found(operation));
        if lists(operation, &["409", "4XX"]) {
            items.push(
                "[`is_conflict`](crate::Error::is_conflict): the service reports a conflict, status 409."
                    .to_owned(),
            );
        }
        items.extend(rejected(operation));
        items.extend(self.bodies(operation));
        if list(operation) == Some(List::Whole) {
            items.push(
                "[`Incomplete`](crate::ErrorKind::Incomplete): the service sent only a part of the list; \
                 [`last_value`](crate::Error::last_value) has it."
                    .to_owned(),
            );
        }
        items.push(
            "Status 429 is handled by the [rate gate](crate::guide::rate_gate); the rest is in the \
             [guide on errors](crate::guide::errors)."
                .to_owned(),
        );
        ["# Errors".to_owned(), bullets(&items)]
    }

    /// The types of the bodies of failures, each with its statuses.
    fn bodies(&self, operation: &Operation) -> Vec<String> {
        let mut types: Vec<(&Ty, Vec<&str>)> = Vec::new();
        for failure in &operation.failures {
            for ty in &failure.types {
                match types.iter_mut().find(|(known, _)| *known == ty) {
                    Some((_, statuses)) => statuses.push(&failure.status),
                    None => types.push((ty, vec![&failure.status])),
                }
            }
        }
        let lines = types.into_iter().map(|(ty, statuses)| {
            let spoken = self.spoken(ty);
            let statuses = match statuses.as_slice() {
                ["default"] => "any other status".to_owned(),
                [first @ .., last] if !first.is_empty() => {
                    format!("status {} or {last}", first.join(", "))
                }
                statuses => format!("status {}", statuses.join(", ")),
            };
            format!("[`body`](crate::Error::body) can be {spoken} for {statuses}.")
        });
        lines.collect()
    }

    /// What is not found where an argument identifies it.
    fn not_found(&self, operation: &Operation) -> Option<String> {
        let ids: Vec<String> = operation
            .arguments()
            .filter(|parameter| parameter.location == Location::Path)
            .map(|parameter| format!("`{}`", self.parameter_name(parameter)))
            .collect();
        let is_possible = lists(operation, &["404", "4XX", "default"]);
        (!ids.is_empty() && is_possible).then(|| {
            format!(
                "[`is_not_found`](crate::Error::is_not_found): the service has nothing with this {}.",
                ids.join(" and ")
            )
        })
    }
}

/// Which options can be set to an `Option`.
fn maybe(operation: &Operation) -> Option<String> {
    let (with, without): (Vec<_>, Vec<_>) = operation.setters().partition(|it| it.has_maybe());
    let has_body = operation.body.as_ref().is_some_and(|body| !body.required);
    let but = match (without.is_empty(), has_body) {
        (true, false) => "",
        (true, true) => ", but not of `body`",
        (false, false) => ", but not of a list",
        (false, true) => ", but not of a list or of `body`",
    };
    (!with.is_empty())
        .then(|| format!("`maybe_..` with the name of one of these{but}: takes an `Option`."))
}

/// The statuses that say that the request is wrong, where there is anything in it to be wrong.
fn rejected(operation: &Operation) -> Option<String> {
    let sends = operation.body.is_some() || operation.setters().next().is_some();
    let statuses: Vec<&str> = ["400", "422", "4XX"]
        .into_iter()
        .filter(|status| lists(operation, &[status]))
        .collect();
    let named = match statuses.as_slice() {
        [] if lists(operation, &["default"]) => {
            "the document lists no status, and the service may not accept the request".to_owned()
        }
        [] => return None,
        statuses => format!(
            "for status {} the request is not accepted",
            statuses.join(" or ")
        ),
    };
    sends.then(|| {
        format!(
            "[`errors`](crate::Error::errors): {named}. Each error has a message, and the \
             [`pointer`](crate::ApiError::pointer) to a field if the service sends one."
        )
    })
}

/// Whether the document lists one of the statuses as a failure.
fn lists(operation: &Operation, statuses: &[&str]) -> bool {
    let mut failures = operation.failures.iter();
    failures.any(|failure| statuses.contains(&failure.status.as_str()))
}

/// Lists whose end the runtime checks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    /// Page by page.
    Paged,
    /// As a whole, with totals that show whether it is complete.
    Whole,
}

fn list(operation: &Operation) -> Option<List> {
    let is_list = matches!(
        operation.response_kind(),
        Some(ResponseKind::Result {
            ty: Ty::List(_),
            ..
        })
    );
    match (
        is_list,
        operation.paging.is_some(),
        operation.foreign_totals,
    ) {
        (true, true, _) => Some(List::Paged),
        (true, false, false) => Some(List::Whole),
        (true, false, true) | (false, _, _) => None,
    }
}

/// The first paragraph of a description as one line.
fn first_sentence(text: &str) -> Option<String> {
    let described = docs::sentence(text);
    let first = blocks(&described).into_iter().next()?;
    let line = first.lines.join(" ");
    (first.kind == BlockKind::Paragraph).then(|| match line.ends_with(':') {
        // What followed the colon is in the setter's own documentation.
        true => format!("{}.", line.trim_end_matches(':')),
        false => line,
    })
}

/// A list of Markdown.
fn bullets(items: &[String]) -> String {
    let lines: Vec<String> = items.iter().map(|item| format!("- {item}")).collect();
    lines.join("\n")
}
