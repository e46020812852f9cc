//! Waiters: a method of the handle, and a constant with its data: the path of the state, what its values mean, how often to poll.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Operation, ResponseKind, Ty, Waiter};
use crate::naming::{WaiterNames, plain};

use super::file::File;
use super::{Emitter, docs, ident};

impl Emitter<'_> {
    /// The methods of an operation's waiters.
    pub(super) fn waiters(&self, file: &mut File, operation: &Operation) -> Vec<TokenStream> {
        let named = operation.waiters.iter().filter_map(|waiter| {
            let names = self.names.waiters.get(&waiter.key)?;
            Some((waiter, names))
        });
        named
            .filter_map(|(waiter, names)| self.waiter(file, operation, waiter, names))
            .collect()
    }

    fn waiter(
        &self,
        file: &mut File,
        operation: &Operation,
        waiter: &Waiter,
        names: &WaiterNames,
    ) -> Option<TokenStream> {
        let polled = polled(operation)?;
        let (call, mut arguments) = self.poll(file, operation, waiter)?;
        file.imports.runtime("Duration");
        file.imports.runtime("WaiterSpec");
        file.imports.runtime("Waiter");
        let (method, constant) = (ident(&names.method), ident(&names.constant));
        let ty = self.ty(&mut file.imports, polled.item);
        let ty = match polled.nullable {
            true => quote!(Option<#ty>),
            false => ty,
        };
        let (waits, body) = match (&waiter.item, waiter.gone) {
            (Some((key, id)), _) => {
                let name = ident(&names.argument);
                let (argument, _) = self.argument(&mut file.imports, id, &names.argument);
                arguments.push(quote!(#name: #argument));
                let id = self.ty(&mut file.imports, id);
                let body = quote! {
                    let #name: #id = #name.into();
                    Waiter::on_item(#call, #key, &#name, #constant)
                };
                (quote!(Waiter<#ty>), body)
            }
            (None, true) => (
                quote!(Waiter<#ty, ()>),
                quote!(Waiter::on_end(#call, #constant)),
            ),
            (None, false) => (
                quote!(Waiter<#ty>),
                quote!(Waiter::on_one(#call, #constant)),
            ),
        };
        let about = self.waiter_docs(operation, waiter, polled.item);
        let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
        Some(quote! {
            #about
            #deprecated
            pub fn #method(&self, #(#arguments),*) -> #waits {
                #body
            }
        })
    }

    /// The call that a waiter repeats, and the arguments that it needs.
    fn poll(
        &self,
        file: &mut File,
        operation: &Operation,
        waiter: &Waiter,
    ) -> Option<(TokenStream, Vec<TokenStream>)> {
        let method = ident(&self.names.methods.get(&operation.pointer)?.method);
        let (mut arguments, mut names) = (Vec::new(), Vec::new());
        for parameter in operation.arguments() {
            arguments.push(self.required_argument(file, parameter));
            names.push(self.parameter_name(parameter));
        }
        let mut call = quote!(self.#method(#(#names),*));
        for pointer in &waiter.with {
            let setter = ident(self.names.parameters.get(pointer)?);
            call.extend(quote!(.#setter(true)));
        }
        Some((call, arguments))
    }

    /// The description, what it polls and how often, what the states mean, what it returns.
    fn waiter_docs(&self, operation: &Operation, waiter: &Waiter, polled: &Ty) -> TokenStream {
        let method = self.names.methods.get(&operation.pointer);
        let method = method.map_or("", |names| plain(&names.method));
        let mut polls = format!(
            "Reads `{}` with [`{method}`](Self::{method}) every {}, for at most {}.",
            waiter.state.join("."),
            spoken_time(waiter.interval).trim_start_matches("1 "),
            spoken_time(waiter.limit)
        );
        if waiter.confirmed {
            polls.push_str(
                " If the first poll already returns a final state, it must be seen twice: it may be left over from before.",
            );
        }
        let gone = waiter
            .gone
            .then(|| "succeeds when the service itself responds with status 404".to_owned());
        let ready =
            listed(&waiter.ready).map(|states| format!("succeeds when the state is {states}"));
        let failed = listed(&waiter.failed).map(|states| format!("fails on {states}"));
        let outcomes: Vec<String> = [gone, ready, failed].into_iter().flatten().collect();
        let spoken = self.spoken(polled);
        let returns = match waiter.gone {
            true => format!(
                "Returns nothing on success; as a stream, yields each {spoken} that was polled."
            ),
            false => format!("Returns the last {spoken}; as a stream, yields each one."),
        };
        let paragraphs = [
            docs::sentence(&waiter.description),
            polls,
            docs::capitalized(&format!("{}.", outcomes.join("; "))),
            returns,
        ];
        docs::outer(&paragraphs)
    }

    /// The constants behind the waiters of an operation.
    pub(super) fn waits(&self, file: &mut File, handle: &str, operation: &Operation) {
        for waiter in &operation.waiters {
            if let Some(names) = self.names.waiters.get(&waiter.key) {
                file.push(spec(handle, waiter, names));
            }
        }
    }
}

fn spec(handle: &str, waiter: &Waiter, names: &WaiterNames) -> TokenStream {
    let Waiter {
        key: _,
        method,
        description: _,
        item: _,
        with: _,
        state,
        ready,
        pending,
        failed,
        reasons,
        gone: _,
        confirmed,
        interval,
        limit,
    } = waiter;
    let about = docs::outer(&[format!(
        "The states and intervals of [`{handle}::{method}`]."
    )]);
    let (constant, name) = (ident(&names.constant), &names.waiter);
    let (interval, limit) = (
        proc_macro2::Literal::u64_unsuffixed(*interval),
        proc_macro2::Literal::u64_unsuffixed(*limit),
    );
    let reasons = reasons.iter().map(|path| quote!(&[#(#path),*]));
    quote! {
        #about
        const #constant: WaiterSpec = WaiterSpec {
            name: #name,
            state: &[#(#state),*],
            ready: &[#(#ready),*],
            pending: &[#(#pending),*],
            failed: &[#(#failed),*],
            reasons: &[#(#reasons),*],
            confirmed: #confirmed,
            interval: Duration::from_secs(#interval),
            limit: Duration::from_secs(#limit),
        };
    }
}

/// What a poll returns.
struct Polled<'a> {
    item: &'a Ty,
    nullable: bool,
}

fn polled(operation: &Operation) -> Option<Polled<'_>> {
    match operation.response_kind()? {
        ResponseKind::Result {
            ty: Ty::List(item), ..
        } => Some(Polled {
            item,
            nullable: false,
        }),
        ResponseKind::Result { ty, nullable } => Some(Polled {
            item: ty,
            nullable: *nullable,
        }),
        ResponseKind::Json(_)
        | ResponseKind::Text(_)
        | ResponseKind::Binary(_)
        | ResponseKind::Empty => None,
    }
}

/// `a`, or `a`, `b` or `c`; nothing where there are none.
fn listed(states: &[String]) -> Option<String> {
    let (last, others) = states.split_last()?;
    Some(match others {
        [] => format!("`{last}`"),
        others => format!("`{}` or `{last}`", others.join("`, `")),
    })
}

/// A number of seconds, in the largest unit that divides it.
fn spoken_time(seconds: u64) -> String {
    let (number, unit) = match seconds {
        hours if hours % 3600 == 0 => (hours / 3600, "hour"),
        minutes if minutes % 60 == 0 => (minutes / 60, "minute"),
        seconds => (seconds, "second"),
    };
    match number {
        1 => format!("{number} {unit}"),
        _ => format!("{number} {unit}s"),
    }
}
