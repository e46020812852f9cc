//! Paging: whether an operation returns its list page by page, and what selects a page.
//!
//! In: the parameters of an operation, its responses, and the entry of `[paging]`. Out: how it is paged, or nothing. A cursor needs both: a
//! parameter that takes it, and a response that states it. A list for which the document states both a cursor and a page is paged by cursor.

use crate::config::{PagingRule, quoted};
use crate::document::near::did_you_mean;
use crate::model::{CursorPaging, Location, Paging, Parameter, Response, ResponseKind, Style, Ty};
use crate::pointer::Pointer;
use crate::report::{Code, Fault, Input};

use super::cursors::is_cursor;
use super::envelope::{RESULT, RESULT_INFO};
use super::resolver::Resolver;

/// The query parameter with the number of a page.
const PAGE: &str = "page";

/// A parameter that takes a cursor only where the response calls that one `after` too: many are dates.
const AFTER: &str = "after";

/// An operation whose paging is looked for.
pub(super) struct Paged<'a> {
    pub(super) id: &'a str,
    pub(super) parameters: &'a [Parameter],
    pub(super) responses: &'a [Response],
    /// The result, where the list is inside it.
    pub(super) around: Option<&'a Ty>,
}

impl Resolver<'_> {
    /// How an operation is paged.
    pub(super) fn paging(&mut self, pointer: &Pointer, paged: &Paged<'_>) -> Option<Paging> {
        let place = self.stated_place(paged);
        let stated = paged.stated(place);
        let Some(rule) = self.config.paging.get(pointer).cloned() else {
            if stated.is_none() {
                self.note_unplaced(paged);
                self.note_inside(paged);
            }
            return stated;
        };
        let (wanted, wrong) = match paged.wanted(&rule.value) {
            Ok(wanted) => {
                let is_needless = wanted == stated && paged.unplaced(stated.as_ref()).is_none();
                (wanted, is_needless.then(needless))
            }
            Err(wrong) => (stated, Some(wrong)),
        };
        if let Some((message, help)) = wrong {
            let fault = Fault::new(Input::Config, rule.place, message, help);
            self.faults.push(fault.on_key().stale());
        }
        wanted
    }

    /// Where the response with the list states the cursor of the next page.
    fn stated_place(&self, paged: &Paged<'_>) -> Option<Vec<String>> {
        if let Some(place) = paged.around.and_then(|around| self.cursor_in(around)) {
            return Some([vec![RESULT.to_owned()], place].concat());
        }
        let mut contents = paged
            .responses
            .iter()
            .flat_map(|response| &response.contents);
        contents.find_map(|content| {
            let place = content.pointer.push("schema");
            let facts = self.envelopes.get(&place);
            facts?.cursor.clone().filter(|_| is_list(&content.kind))
        })
    }

    /// Notes a parameter that takes a cursor that no response states.
    fn note_unplaced(&mut self, paged: &Paged<'_>) {
        let Some(parameter) = paged.unplaced(None) else {
            return;
        };
        let name = &parameter.name;
        let message = format!(
            "`{name}` continues this list, and no response states where the cursor of the next page is: it is not paged"
        );
        let help = format!(
            "write it under [paging] in spec/sdk.toml: {} = {{ cursor = {{ parameter = {}, next = \"{}.cursor\" }} }}, or {0} = \"whole\"",
            quoted(paged.id),
            quoted(name),
            paged.around.map_or(RESULT_INFO, |_| RESULT),
        );
        self.note(Code::NotPaged, &parameter.pointer, message, help);
    }

    /// Notes a parameter that selects a page where the one list of the result is inside it.
    fn note_inside(&mut self, paged: &Paged<'_>) {
        let Some(parameter) = paged.cursor().or_else(|| paged.number()) else {
            return;
        };
        let Some(key) = self.only_list(paged.responses) else {
            return;
        };
        let key = key.to_owned();
        let name = &parameter.name;
        let message = format!(
            "`{name}` may select a part of `{key}`, which is inside the result: it is not paged"
        );
        let help = format!(
            "where `{key}` is what users want, write it under [lists] in spec/sdk.toml: {} = {}",
            quoted(paged.id),
            quoted(&key),
        );
        self.note(Code::NotPaged, &parameter.pointer, message, help);
    }
}

impl Paged<'_> {
    /// What the document states.
    fn stated(&self, place: Option<Vec<String>>) -> Option<Paging> {
        if !has_list(self.responses) {
            return None;
        }
        let cursor = place.and_then(|place| {
            let last = place.last().map_or("", String::as_str);
            let parameter = self.cursor().or_else(|| {
                let mut takers = self.takers();
                takers.find(|taker| taker.name == AFTER && last == AFTER)
            })?;
            let parameter = parameter.name.clone();
            Some(Paging::Cursor(CursorPaging { parameter, place }))
        });
        cursor.or_else(|| self.number().map(|_| Paging::Number))
    }

    /// What an entry of `[paging]` asks for, or why it cannot be.
    fn wanted(&self, rule: &PagingRule) -> Result<Option<Paging>, (String, String)> {
        if !has_list(self.responses) {
            let message = format!("`{}` returns no list in an envelope", self.id);
            return Err((message, "remove the entry".to_owned()));
        }
        match rule {
            PagingRule::Whole => Ok(None),
            PagingRule::Number if self.queries().any(|known| known.name == PAGE) => {
                Ok(Some(Paging::Number))
            }
            PagingRule::Number => {
                let message = format!("`{}` has no query parameter `{PAGE}`", self.id);
                Err((message, "write `cursor`, or remove the entry".to_owned()))
            }
            PagingRule::Cursor { parameter, next } => {
                if !self.takers().any(|taker| taker.name == *parameter) {
                    let message = format!(
                        "`{}` has no query parameter `{parameter}` that takes a text or a number as it is",
                        self.id
                    );
                    let known = self.takers().map(|taker| taker.name.as_str());
                    let help = did_you_mean(parameter, known, "name the one that takes the cursor");
                    return Err((message, help));
                }
                let place: Vec<String> = next.split('.').map(str::to_owned).collect();
                if place.iter().any(String::is_empty) {
                    let message = format!("`{next}` leads nowhere");
                    let help = "write keys of the response, joined by dots: `result_info.cursor`";
                    return Err((message, help.to_owned()));
                }
                let parameter = parameter.clone();
                Ok(Some(Paging::Cursor(CursorPaging { parameter, place })))
            }
        }
    }

    /// The parameter with a cursor that no response states, where nothing else pages the list.
    fn unplaced(&self, paging: Option<&Paging>) -> Option<&Parameter> {
        let is_open = paging.is_none() && has_list(self.responses);
        self.cursor().filter(|_| is_open)
    }

    fn queries(&self) -> impl Iterator<Item = &Parameter> {
        let parameters = self.parameters.iter();
        parameters.filter(|parameter| parameter.location == Location::Query)
    }

    /// The query parameters that can take a cursor: those that are written as they are.
    fn takers(&self) -> impl Iterator<Item = &Parameter> {
        self.queries().filter(|parameter| {
            let is_scalar = matches!(parameter.ty, Ty::Text | Ty::Id(_) | Ty::Integer(_));
            let is_plain = parameter.style == Style::Form && !parameter.allow_reserved;
            is_scalar && is_plain && parameter.content.is_none()
        })
    }

    /// The parameter that is a cursor by its name: `cursor` itself before others.
    fn cursor(&self) -> Option<&Parameter> {
        let mut known = self.takers().filter(|taker| is_cursor(&taker.name));
        let first = known.next()?;
        let exact = known.find(|taker| taker.name == "cursor");
        Some(exact.filter(|_| first.name != "cursor").unwrap_or(first))
    }

    /// The parameter whose number selects a page. Whatever the size of a page is called: the runtime sets the number alone.
    fn number(&self) -> Option<&Parameter> {
        let has_size = self.queries().any(|known| known.name == "per_page");
        let mut queries = self.queries();
        queries.find(|known| known.name == PAGE && (has_size || matches!(known.ty, Ty::Integer(_))))
    }
}

fn needless() -> (String, String) {
    let message = "this entry changes nothing: the document states it";
    (message.to_owned(), "remove the entry".to_owned())
}

/// Whether a successful response has a list as its result.
pub(super) fn has_list(responses: &[Response]) -> bool {
    responses.iter().flat_map(Response::kinds).any(is_list)
}

fn is_list(kind: &ResponseKind) -> bool {
    matches!(
        kind,
        ResponseKind::Result {
            ty: Ty::List(_),
            ..
        }
    )
}
