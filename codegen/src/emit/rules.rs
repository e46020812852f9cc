//! `rules.rs`: what the document states of requests, as a table of the runtime's types.
//!
//! For each operation its query parameters and its body. A shared schema is one `static`. Path parameters, headers, query parameters that
//! are written by a style and bodies that are not JSON are not in it, and neither are patterns and formats that the runtime does not check.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Location, Operation, Parameter, Style, Ty, Written};

use super::file::File;
use super::{Emitter, ident};

/// The module of the table.
pub(super) const RULES: &str = "rules";

const DESCRIPTION: &str =
    "What the document states of requests: the parameters and the body of each operation.";

impl Emitter<'_> {
    /// The declaration of the module, behind its feature.
    pub(super) fn rules_module(&self) -> Option<TokenStream> {
        let feature = self.api.rules.as_deref()?;
        let module = ident(RULES);
        Some(quote! {
            #[cfg(feature = #feature)]
            pub(crate) mod #module;
        })
    }

    /// The table of all operations, by name, and the schemas that it refers to, by name.
    pub(super) fn rules(&self) -> Option<File> {
        self.api.rules.as_ref()?;
        let mut file = File::new(DESCRIPTION);
        let mut used = Vec::new();
        let mut operations = BTreeMap::new();
        let resources = self.api.root.walk();
        for operation in resources.iter().flat_map(|resource| &resource.operations) {
            if let Some(names) = self.names.methods.get(&operation.pointer) {
                let rules = self.operation_rules(&mut file, operation, &names.operation);
                operations.insert(names.operation.clone(), rules);
                used.extend(self.request_types(operation));
            }
        }
        let operations = operations.into_values();
        file.imports.runtime("OperationRules");
        file.push(quote! {
            pub(crate) static OPERATIONS: &[OperationRules] = &[#(#operations),*];
        });
        let schemas = self.schemas(&mut file, used);
        file.push(quote!(#(#schemas)*));
        Some(file)
    }

    fn operation_rules(&self, file: &mut File, operation: &Operation, name: &str) -> TokenStream {
        let mut fields = Vec::new();
        let parameters: Vec<TokenStream> = self
            .query(operation)
            .map(|parameter| self.parameter_rule(file, parameter))
            .collect();
        if !parameters.is_empty() {
            fields.push(quote!(query: &[#(#parameters),*]));
        }
        let body = operation.body.as_ref();
        if let Some((body, ty)) = body.and_then(|body| Some((body, self.json(body)?))) {
            let required = body.required;
            let schema = self.schema(file, ty, None);
            file.imports.runtime("BodyRule");
            fields.push(quote!(body: Some(BodyRule { required: #required, schema: #schema })));
        }
        quote!(OperationRules { name: #name, #(#fields,)* ..OperationRules::NONE })
    }

    fn parameter_rule(&self, file: &mut File, parameter: &Parameter) -> TokenStream {
        file.imports.runtime("ParameterRule");
        let name = &parameter.name;
        let schema = self.schema(file, &parameter.ty, Some(&parameter.bounds));
        let constructor = ident(presence(parameter.required));
        let rule = quote!(ParameterRule::#constructor(#name, #schema));
        let separator = match (&parameter.ty, parameter.explode, parameter.style) {
            (Ty::List(_), false, Style::SpaceDelimited) => " ",
            (Ty::List(_), false, Style::PipeDelimited) => "|",
            (Ty::List(_), false, _) => ",",
            _ => return rule,
        };
        quote!(ParameterRule { separator: Some(#separator), ..#rule })
    }

    /// The query parameters that have a rule.
    fn query<'b>(&self, operation: &'b Operation) -> impl Iterator<Item = &'b Parameter> {
        let parameters = operation.parameters.iter();
        parameters.filter(|parameter| {
            parameter.location == Location::Query
                && self.api.written(parameter) != Ok(Written::Styled)
        })
    }

    /// The types of the query parameters and of the body.
    fn request_types<'b>(&self, operation: &'b Operation) -> Vec<&'b Ty> {
        let body = operation.body.as_ref();
        let body = body.and_then(|body| self.json(body));
        self.query(operation)
            .map(|parameter| &parameter.ty)
            .chain(body)
            .collect()
    }
}

/// The name of the constructor of a parameter or property.
pub(super) fn presence(required: bool) -> &'static str {
    match required {
        true => "required",
        false => "optional",
    }
}
