//! Facts about handles and operations: the request, who may send it, its responses, and its documentation.

use crate::model::{
    Body, BodyKind, Credentials, Header, Location, Media, Operation, Paging, Parameter, Passing,
    Path, Permission, PropertyEncoding, Resource, Response, Security, Sent, Ty, Waiter, sent,
};
use crate::pointer::Pointer;
use crate::surface::sent_as;

use super::limits::resolved;
use super::{Class, FactCollector, yes};

impl FactCollector<'_> {
    /// A handle with its operations.
    pub(super) fn resource(&mut self, resource: &Resource) {
        // The path shows in the operations, the rest of it in Rust.
        let Resource {
            key,
            path: _,
            segments: _,
            parameters,
            description,
            operations,
            children: _,
            search_names: _,
            errors: _,
        } = resource;
        let Some(handle) = self.model.names.handle_path(key) else {
            return;
        };
        let place = operations
            .first()
            .map(|operation| operation.pointer.clone());
        self.words(
            &handle,
            "description",
            description.as_deref(),
            &place.unwrap_or_default(),
        );
        for parameter in parameters {
            let name = self.parameter_name(parameter);
            self.parameter(&format!("{handle}({name})"), parameter);
        }
        for operation in operations {
            self.operation(&handle, operation);
        }
    }

    fn operation(&mut self, handle: &str, operation: &Operation) {
        let Some(names) = self.model.names.methods.get(&operation.pointer).cloned() else {
            return;
        };
        // Its id in the document and its other names show in Rust or have no effect for users.
        let Operation {
            pointer,
            id: _,
            method,
            path: Path {
                template,
                segments: _,
            },
            summary,
            description,
            deprecated: _,
            parameters,
            body,
            responses,
            failures,
            security,
            permission:
                Permission {
                    token_groups,
                    plans,
                },
            repeatable,
            reserved,
            list_inside,
            paging,
            foreign_totals,
            waiters,
            search_names: _,
        } = operation;
        let about = format!("{handle}::{}", names.method);
        self.wire(&about, "HTTP method", method.as_str(), pointer);
        self.wire(&about, "path", template.as_str(), pointer);
        self.wire(
            &about,
            "security",
            self.credentials(security),
            &security.pointer,
        );
        self.wire(
            &about,
            "failures",
            failures
                .iter()
                .map(|failure| failure.status.as_str())
                .collect::<Vec<_>>()
                .join(", "),
            &pointer.push("responses"),
        );
        self.wire(
            &about,
            "token permission",
            token_groups.join(" or "),
            pointer,
        );
        self.wire(&about, "plans", plans.join(", "), pointer);
        self.wire(&about, "may be sent again", yes(*repeatable), pointer);
        self.wire(
            &about,
            "totals count something else",
            yes(*foreign_totals),
            pointer,
        );
        let key = list_inside.as_ref().map(|list| match list.required {
            true => list.key.clone(),
            false => format!("{}, empty where it is absent", list.key),
        });
        self.wire(&about, "key of the list", key.unwrap_or_default(), pointer);
        // That it is paged shows in Rust.
        let paging = match paging {
            Some(paging @ Paging::Cursor(_)) => paging.described(),
            Some(Paging::Number) | None => String::new(),
        };
        self.wire(&about, "paging", paging, pointer);
        let keys = operation.unread_keys().join(", ");
        self.wire(&about, "keys beside the result", keys, pointer);
        let refused = reserved
            .iter()
            .map(|(name, words)| format!("{name}: {}", words.join(", ")));
        self.wire(
            &about,
            "ids that are refused",
            refused.collect::<Vec<_>>().join("; "),
            pointer,
        );
        self.words(&about, "summary", summary.as_deref(), pointer);
        self.words(&about, "description", description.as_deref(), pointer);
        for parameter in parameters {
            let name = self.parameter_name(parameter);
            let about = match parameter.passed {
                // ChangedFact with the handle.
                Passing::Handle => continue,
                Passing::Argument => format!("{about}({name})"),
                Passing::Setter => {
                    let endpoint = self.model.names.endpoint_path(handle, &names.endpoint);
                    format!("Call<{endpoint}>::{name}")
                }
            };
            self.parameter(&about, parameter);
        }
        if let Some(body) = body {
            self.body(&about, body);
        }
        self.responses(&about, responses);
        for waiter in waiters {
            self.waiter(&format!("{handle}::{}", waiter.method), pointer, waiter);
        }
    }

    fn parameter_name(&self, parameter: &Parameter) -> String {
        self.model
            .names
            .parameters
            .get(&parameter.pointer)
            .cloned()
            .unwrap_or_default()
    }

    fn parameter(&mut self, about: &str, parameter: &Parameter) {
        // Type and necessity show in Rust.
        let Parameter {
            pointer,
            name: _,
            location,
            ty,
            is_id,
            required: _,
            style,
            explode,
            allow_reserved,
            content,
            description,
            bounds,
            deprecated: _,
            passed: _,
        } = parameter;
        if let (Ty::Id(_), Location::Path) = (ty, location) {
            self.wire(about, "can be any text", yes(!is_id), pointer);
        }
        self.wire(about, "sent as", sent_as(parameter), pointer);
        self.wire(about, "style", style.as_str(), pointer);
        self.wire(about, "explode", yes(*explode), pointer);
        self.wire(
            about,
            "reserved characters are sent as they are",
            yes(*allow_reserved),
            pointer,
        );
        self.wire(
            about,
            "media type",
            content.clone().unwrap_or_default(),
            pointer,
        );
        self.words(about, "description", description.as_deref(), pointer);
        let at = resolved(&self.model.document, pointer);
        self.limits(about, bounds, &at.push("schema"));
    }

    fn body(&mut self, about: &str, body: &Body) {
        let Body {
            pointer,
            required: _,
            description,
            media,
        } = body;
        self.words(
            about,
            "description of the body",
            description.as_deref(),
            pointer,
        );
        let kinds = media.iter().map(|media| {
            let kind = match media.kind {
                BodyKind::Json => return format!("{} (JSON)", media.sent_as()),
                BodyKind::Form => "form",
                BodyKind::Multipart => "multipart",
                BodyKind::Text => "text",
                BodyKind::Binary => "binary",
            };
            let encodings = media.encodings.iter().map(encoding);
            let encodings: String = encodings.collect();
            format!("{} ({kind}{encodings})", media.media_type)
        });
        self.wire(about, "body", kinds.collect::<Vec<_>>().join(", "), pointer);
        for Media {
            pointer,
            media_type: _,
            kind: _,
            suffix: _,
            encodings: _,
            ty: _,
            example,
        } in media
        {
            let example = example.as_ref().map(ToString::to_string);
            self.words(about, "example", example.as_deref(), pointer);
        }
    }

    fn responses(&mut self, about: &str, responses: &[Response]) {
        let statuses = responses.iter().map(|response| {
            let kinds = response.contents.iter().map(|content| {
                content
                    .accepted_as()
                    .unwrap_or_else(|| "nothing".to_owned())
            });
            format!(
                "{} {}",
                response.status,
                kinds.collect::<Vec<_>>().join(", ")
            )
        });
        let place = responses
            .first()
            .and_then(|response| response.pointer.parent())
            .unwrap_or_default();
        self.wire(
            about,
            "responses",
            statuses.collect::<Vec<_>>().join("; "),
            &place,
        );
        for Response {
            pointer,
            status,
            description,
            contents: _,
            headers,
        } in responses
        {
            self.words(
                about,
                &format!("description of {status}"),
                Some(description),
                pointer,
            );
            let mut names = Vec::new();
            for Header { name, description } in headers {
                names.push(name.as_str());
                let aspect = format!("description of the header {name} of {status}");
                self.words(about, &aspect, description.as_deref(), pointer);
            }
            self.wire(
                about,
                &format!("headers of {status}"),
                names.join(", "),
                pointer,
            );
        }
    }

    fn waiter(&mut self, about: &str, pointer: &Pointer, waiter: &Waiter) {
        let Waiter {
            key: _,
            method: _,
            description,
            item,
            with,
            state,
            ready,
            pending,
            failed,
            reasons,
            gone,
            confirmed,
            interval,
            limit,
        } = waiter;
        self.words(about, "description", Some(description), pointer);
        let names = &self.model.names.parameters;
        let with: Vec<&str> = with
            .iter()
            .filter_map(|with| names.get(with))
            .map(String::as_str)
            .collect();
        let reasons: Vec<String> = reasons.iter().map(|path| path.join(".")).collect();
        for (aspect, value) in [
            (
                "item found by",
                item.as_ref()
                    .map(|(key, _)| key.clone())
                    .unwrap_or_default(),
            ),
            ("flags that are set", with.join(", ")),
            ("state", state.join(".")),
            ("states on which it succeeds", ready.join(", ")),
            ("intermediate states", pending.join(", ")),
            ("states on which it fails", failed.join(", ")),
            ("reasons", reasons.join(", ")),
            ("succeeds on status 404", yes(*gone).to_owned()),
            ("polls a final state twice", yes(*confirmed).to_owned()),
            ("seconds between polls", interval.to_string()),
            ("seconds at most", limit.to_string()),
        ] {
            self.add(Class::Wire, about, aspect, value, pointer);
        }
    }

    /// What the runtime may send. Alternatives that it has no credentials for have no effect on that, nor have the names of schemes
    /// whose credentials are not set by name.
    fn credentials(&self, security: &Security) -> String {
        let schemes = &self.model.api.security_schemes;
        let mut any: Vec<String> = Vec::new();
        for (_, alternative) in &security.alternatives {
            let Some(parts) = sent(schemes, alternative) else {
                continue;
            };
            let named = |part: &Sent| matches!(part, Sent::Named { .. });
            if parts.iter().any(named) && !security.sent.contains(&parts) {
                continue;
            }
            let names: Vec<String> = parts.iter().map(Sent::name).collect();
            let names = match names.as_slice() {
                [] => Credentials::Nothing.name().to_owned(),
                names => names.join(" together with "),
            };
            let scopes: Vec<&str> = alternative
                .iter()
                .flat_map(|wanted| &wanted.scopes)
                .map(String::as_str)
                .collect();
            any.push(match scopes.as_slice() {
                [] => names,
                scopes => format!("{names} with {}", scopes.join(", ")),
            });
        }
        any.join(", or ")
    }
}

/// How a property of a body is written.
fn encoding(encoding: &PropertyEncoding) -> String {
    let PropertyEncoding {
        name,
        media_type,
        style,
        explode,
        allow_reserved,
    } = encoding;
    let style = style.map(|style| format!(" {style:?}")).unwrap_or_default();
    let exploded = if *explode { " exploded" } else { "" };
    let reserved = if *allow_reserved { " reserved" } else { "" };
    let media_type = media_type.as_deref().unwrap_or_default();
    format!(", {name}: {media_type}{style}{exploded}{reserved}")
}
