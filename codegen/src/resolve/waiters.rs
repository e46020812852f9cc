//! Waiters: tables of `sdk.toml`, checked against the document's description of the operation that each polls.
//!
//! In: the model so far and the rules. Out: the waiters, on their operations; and a fault for every statement of a
//! table that the document contradicts.

mod path;

use crate::config::{Config, ConfigRule, WaiterRule};
use crate::document::near::did_you_mean;
use crate::model::{
    Api, Location, Method, Operation, Parameter, Resource, ResponseKind, Scalar, Ty, TypeKind,
    Waiter,
};
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use self::path::Walk;

/// Adds the waiters to their operations, and reports what is wrong with their tables.
pub(super) fn attach(api: &mut Api, config: &Config) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut found = Vec::new();
    for (key, rule) in &config.waiters {
        let resources = api.root.walk();
        let mut operations = resources.iter().flat_map(|resource| &resource.operations);
        // Left unmarked where there is none: an entry that changes nothing.
        if let Some(operation) = operations.find(|found| found.pointer == rule.value.target) {
            rule.mark();
            let mut checker = Checker {
                api,
                operation,
                rule,
                faults: Vec::new(),
            };
            let waiter = checker.waiter(key);
            faults.append(&mut checker.faults);
            found.extend(waiter.map(|waiter| (rule.value.target.clone(), waiter)));
        }
    }
    for (target, waiter) in found {
        put(&mut api.root, &target, waiter);
    }
    faults
}

fn put(resource: &mut Resource, target: &Pointer, waiter: Waiter) {
    let mut operations = resource.operations.iter_mut();
    if let Some(operation) = operations.find(|operation| operation.pointer == *target) {
        operation.waiters.push(waiter);
        return;
    }
    for child in &mut resource.children {
        put(child, target, waiter.clone());
    }
}

/// Checks one table.
struct Checker<'a> {
    api: &'a Api,
    operation: &'a Operation,
    rule: &'a ConfigRule<WaiterRule>,
    faults: Vec<Fault>,
}

impl<'a> Checker<'a> {
    /// The waiter, from the entries without faults.
    fn waiter(&mut self, key: &str) -> Option<Waiter> {
        let said = &self.rule.value;
        self.times();
        self.operation();
        let with = self.with();
        let polled = self.polled()?;
        let walk = Walk { api: self.api };
        let item = said
            .item
            .as_ref()
            .and_then(|item| Some((item.clone(), self.item(&walk, polled, item)?)));
        let state = path::split(&said.state);
        let values = self.state(&walk, polled, &state);
        for (index, reasons) in said.reasons.iter().enumerate() {
            if let Err((message, help)) = walk.reasons(polled, &path::split(reasons)) {
                self.fault(&["reasons", &index.to_string()], message, help);
            }
        }
        let values = values?;
        self.values(&values);
        let is_final = |value: &String| said.ready.contains(value) || said.failed.contains(value);
        Some(Waiter {
            key: key.to_owned(),
            method: said.method.clone(),
            description: said.description.clone(),
            item,
            with,
            state,
            ready: said.ready.clone(),
            pending: values
                .into_iter()
                .filter(|value| !is_final(value))
                .collect(),
            failed: said.failed.clone(),
            reasons: said.reasons.iter().map(|path| path::split(path)).collect(),
            gone: said.gone,
            confirmed: said.confirm,
            interval: said.interval,
            limit: said.limit,
        })
    }

    fn times(&mut self) {
        let (interval, limit) = (self.rule.value.interval, self.rule.value.limit);
        if interval == 0 {
            let message = "polling without a pause would only load the service";
            self.fault(
                &["interval"],
                message,
                "write the seconds between two polls",
            );
        }
        if limit < interval {
            let message = format!("the limit of {limit} s ends before the second poll");
            self.fault(
                &["limit"],
                message,
                "write the seconds after which to give up",
            );
        }
        if self.rule.value.ready.is_empty() && !self.rule.value.gone {
            let help = "list the values to wait for as `ready`, or write `gone = true`";
            self.fault(&[], "this waiter waits for nothing", help);
        }
    }

    fn operation(&mut self) {
        if self.operation.method != Method::Get {
            let message = format!(
                "`{}` is a {}: polling must not change anything",
                self.operation.id,
                self.operation.method.as_str()
            );
            self.fault(
                &["operation"],
                message,
                "name the GET that returns the state",
            );
        }
    }

    /// The type that is polled: the result, or one item of it.
    fn polled(&mut self) -> Option<&'a Ty> {
        let said = &self.rule.value;
        let kind = self.operation.response_kind();
        let Some(ResponseKind::Result { ty, .. }) = kind else {
            let message = format!("`{}` has no result to poll", self.operation.id);
            self.fault(
                &["operation"],
                message,
                "name the GET that returns the state",
            );
            return None;
        };
        match (ty, &said.item) {
            (Ty::List(_), _) if self.operation.paging.is_some() => {
                let message = format!(
                    "`{}` returns its list page by page: the item can be on any page",
                    self.operation.id
                );
                let help = "name an operation that returns one item, or a whole list";
                self.fault(&["operation"], message, help);
                None
            }
            (Ty::List(_), None) => {
                let message = format!("`{}` returns a list", self.operation.id);
                let help = "name the property that identifies an item: item = \"id\"";
                self.fault(&["operation"], message, help);
                None
            }
            (Ty::List(_), Some(_)) if said.gone => {
                let message = "only status 404 shows that there is nothing left";
                self.fault(
                    &["gone"],
                    message,
                    "name an operation that returns one item",
                );
                None
            }
            (Ty::List(item), Some(_)) => Some(item),
            (_, Some(_)) => {
                let message = format!("`{}` returns one item, not a list", self.operation.id);
                self.fault(&["item"], message, "remove `item`");
                None
            }
            (ty, None) => Some(ty),
        }
    }

    fn with(&mut self) -> Vec<Pointer> {
        let operation = self.operation;
        let optional = |parameter: &&Parameter| {
            parameter.location == Location::Query && !parameter.required && parameter.ty == Ty::Bool
        };
        let known: Vec<&Parameter> = operation.parameters.iter().filter(optional).collect();
        let mut found = Vec::new();
        for (index, name) in self.rule.value.with.iter().enumerate() {
            match known.iter().find(|parameter| parameter.name == *name) {
                Some(parameter) => found.push(parameter.pointer.clone()),
                None => {
                    let message = format!("`{}` has no optional flag `{name}`", operation.id);
                    let names = known.iter().map(|parameter| parameter.name.as_str());
                    let help =
                        did_you_mean(name, names, "name an optional boolean query parameter");
                    self.fault(&["with", &index.to_string()], message, help);
                }
            }
        }
        found
    }

    fn item(&mut self, walk: &Walk<'_>, polled: &Ty, item: &str) -> Option<Ty> {
        let found = walk.everywhere(polled, &[item.to_owned()]);
        match found.map(|found| found.first().map(|ty| (*ty).clone())) {
            Ok(Some(ty @ (Ty::Id(_) | Ty::Text))) => Some(ty),
            Ok(_) => {
                let message = format!("`{item}` is not a string that could identify an item");
                self.fault(&["item"], message, "name the property with the item's id");
                None
            }
            Err((message, help)) => {
                self.fault(&["item"], message, help);
                None
            }
        }
    }

    /// The values that the state can have.
    fn state(&mut self, walk: &Walk<'_>, polled: &Ty, path: &[String]) -> Option<Vec<String>> {
        let found = match walk.everywhere(polled, path) {
            Ok(found) => found,
            Err((message, help)) => {
                self.fault(&["state"], message, help);
                return None;
            }
        };
        let types: Vec<_> = found.iter().filter_map(|ty| ty.named()).collect();
        let kind = types
            .first()
            .filter(|first| types.len() == found.len() && types.iter().all(|ty| ty == *first))
            .and_then(|pointer| self.api.types.get(*pointer))
            .map(|ty| &ty.kind);
        match kind {
            Some(TypeKind::Enum(list)) if list.is_text() => Some(
                list.values
                    .iter()
                    .filter_map(|listed| match &listed.value {
                        Scalar::Text(text) => Some(text.clone()),
                        Scalar::Integer(_) | Scalar::Number(_) | Scalar::Bool(_) => None,
                    })
                    .collect(),
            ),
            _ => {
                let message = format!(
                    "`{}` is not an enum, so its values are not known",
                    path.join(".")
                );
                let help = "name a property whose values the document lists";
                self.fault(&["state"], message, help);
                None
            }
        }
    }

    fn values(&mut self, known: &[String]) {
        let said = &self.rule.value;
        for (list, values) in [("ready", &said.ready), ("failed", &said.failed)] {
            for (index, value) in values.iter().enumerate() {
                let place = [list, &index.to_string()];
                if !known.contains(value) {
                    let message = format!("`{value}` is not a value of `{}`", said.state);
                    let known = known.iter().map(String::as_str);
                    let all = known.clone().collect::<Vec<_>>().join("`, `");
                    let help = did_you_mean(value, known, &format!("it can be `{all}`"));
                    self.fault(&place, message, help);
                }
                let earlier = values.iter().take(index).any(|other| other == value);
                if earlier || (list == "failed" && said.ready.contains(value)) {
                    let message = format!("`{value}` is listed already");
                    self.fault(&place, message, "keep one of the two");
                }
            }
        }
    }

    /// A fault of a place in the table.
    fn fault(&mut self, keys: &[&str], message: impl Into<String>, help: impl Into<String>) {
        let place = keys
            .iter()
            .fold(self.rule.place.clone(), |place, key| place.push(key));
        let fault = Fault::new(Input::Config, place, message, help);
        self.faults.push(match keys {
            [] => fault.on_key(),
            _ => fault,
        });
    }
}
