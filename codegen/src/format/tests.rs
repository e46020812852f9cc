//! What the layout promises, on texts that are parsed and printed again.

use proc_macro2::TokenStream;
use quote::quote;

use super::format;

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap()
}

/// Formats a text, checks what holds for every output, and returns it.
fn formatted(text: &str) -> String {
    checked(tokens(text))
}

fn checked(tokens: TokenStream) -> String {
    let text = format(tokens).unwrap();
    let again = format(text.parse().unwrap()).unwrap();
    assert_eq!(text, again, "formatting twice changes the text");
    assert!(!text.contains("\n\n\n"), "two blank lines:\n{text}");
    for line in text.lines() {
        assert_eq!(line, line.trim_end(), "trailing space:\n{text}");
        assert!(!line.contains('\t'), "a tab:\n{text}");
    }
    assert!(
        text.is_empty() || (text.ends_with('\n') && !text.ends_with("\n\n")),
        "{text:?}"
    );
    text
}

/// Checks that a text is already as `format` writes it.
fn assert_kept(text: &str) {
    assert_eq!(formatted(text), text);
}

#[test]
fn a_file_reads_as_written_by_hand() {
    assert_kept(
        r#"//! Cloud integrations: `account.magic_cloud().providers()`.
//!
//! More words.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::runtime::{Empty, List, Single};
use crate::call::Call;

pub(crate) use crate::id::Id;

/// Cloud integrations of an account.
#[derive(Clone, Debug)]
pub(crate) struct Providers {
    scope: Scope,
    /// Documented.
    pub(crate) name: String,
}

impl Providers {
    pub(crate) fn new(scope: Scope) -> Self {
        Self { scope }
    }

    /// Lists them.
    ///
    /// `GET /accounts/{account_id}/magic/cloud/providers`
    pub(crate) fn list(&self) -> Call<ProvidersList> {
        self.scope.call()
    }
}

/// The endpoint behind [`Providers::list`].
#[derive(Debug)]
pub(crate) enum ProvidersList {}

impl Endpoint for ProvidersList {
    type Response = List<Provider>;
    const OPERATION: Operation = Operation::get("providers.list", "/accounts");
}

/// The id of a cloud integration.
#[serde(transparent)]
pub(crate) struct ProviderId(String);

id!(ProviderId);

open_enum!(CloudType);
"#,
    );
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(formatted(""), "");
    assert_kept("//! Only docs.\n");
    assert_kept("struct Empty;\n\nimpl Empty {}\n\ntrait None {}\n\nmod nothing {}\n");
}

#[test]
fn one_liners_of_a_kind_stand_together() {
    assert_kept(
        "mod account;\nmod pcaps;\npub mod shared;\n\nuse core::fmt;\n\nuse http::Uri;\n\n\
         use self::account::Account;\nuse super::Id;\n\nstatic A: u8 = 1;\nstatic B: u8 = 2;\n\n\
         const C: u8 = 1;\nconst D: u8 = 2;\n\n/// Documented.\nconst E: u8 = 3;\n\n\
         type F = u8;\ntype G = u8;\n",
    );
}

#[test]
fn documented_modules_stand_apart() {
    assert_kept("/// One.\npub mod one;\n\n/// Two.\npub mod two;\n\n#[cfg(test)]\nmod tests;\n");
}

#[test]
fn invocations_of_one_macro_stand_together() {
    assert_kept("id!(A);\nid!(B);\n\nmacro_rules! make {\n    () => {};\n}\n\nid!(C);\n");
}

#[test]
fn nested_modules_are_spaced_too() {
    assert_kept(
        "mod outer {\n    //! Inner docs.\n\n    use std::fmt;\n\n    mod inner {\n        \
         struct A;\n\n        struct B;\n    }\n\n    fn one() {}\n\n    fn two() {}\n}\n",
    );
}

#[test]
fn traits_keep_short_members_together() {
    assert_kept(
        "trait Kind {\n    type Output;\n    const NAME: &'static str;\n    fn a(&self);\n    \
         fn b(&self);\n\n    /// Documented.\n    fn c(&self);\n\n    fn d(&self) {\n        \
         self.a();\n    }\n}\n",
    );
}

#[test]
fn documented_constants_of_an_impl_stand_apart() {
    assert_kept(
        "impl A {\n    /// One.\n    const ONE: u8 = 1;\n\n    /// Two.\n    const TWO: u8 = 2;\n\n    \
         fn three() {}\n}\n",
    );
}

#[test]
fn variants_fields_arms_and_statements_get_no_blank_lines() {
    assert_kept(
        r#"enum A {
    /// One.
    One,
    /// Two.
    Two { field: u8, other: u8 },
}

fn name(a: &A) -> &str {
    let name = match a {
        A::One => "one",
        A::Two { .. } => "two",
    };
    name
}
"#,
    );
}

#[test]
fn doc_comments_keep_code_blocks_and_empty_lines() {
    assert_kept(
        r#"/// Says it.
///
/// ```
/// let a = 1;
///
/// use std::fmt;
///     indented();
/// # hidden();
/// ```
///
/// * a list
///   goes on
struct Documented;
"#,
    );
}

#[test]
fn text_inside_strings_is_never_touched() {
    let text = "const A: &str = \"one\n\n\n  fn a() {}\nfn b() {}\ntwo\";\n\n\
                const B: &str = r#\"raw\n\n\n}\nimpl X {\n\"quoted\"\"#;\n\n\
                const C: &[u8] = b\"bytes\\n\\n\\t\";\n";
    let apart = text.replace("const ", "/// Doc.\nconst ");
    assert_eq!(format(tokens(&apart)).unwrap(), apart);
}

#[test]
fn docs_from_quote_become_doc_comments() {
    let (first, second) = (" First.", "");
    let text = checked(quote! {
        #[doc = #first]
        #[doc = #second]
        #[doc = " Third: \"quoted\" \\ and `code`."]
        struct A;
    });
    assert_eq!(
        text,
        "/// First.\n///\n/// Third: \"quoted\" \\ and `code`.\nstruct A;\n"
    );
}

#[test]
fn a_block_of_docs_is_a_comment_for_each_line() {
    let block = |lines: &[&str]| lines.join(&super::NEXT_LINE.to_string());
    let (file, item) = (
        block(&[" A.", "", " B."]),
        block(&[" C. ", "", " - /// d", ""]),
    );
    let text = checked(quote! {
        #![doc = #file]
        mod a {
            #[doc = #item]
            struct A {
                #[doc = #item]
                b: u8,
            }
        }
    });
    let docs = |indent: &str| {
        ["/// C.", "///", "/// - /// d", "///"]
            .map(|line| format!("{indent}{line}\n"))
            .concat()
    };
    assert_eq!(
        text,
        format!(
            "//! A.\n//!\n//! B.\n\nmod a {{\n{}    struct A {{\n{}        b: u8,\n    }}\n}}\n",
            docs("    "),
            docs("        ")
        )
    );
}

#[test]
fn a_doc_with_line_breaks_becomes_a_block_comment() {
    // Emitters separate the lines of a block otherwise; this is what they get for line breaks.
    let text = checked(quote! {
        #[doc = " First.\n Second."]
        struct A;
    });
    assert_eq!(text, "/** First.\n Second.*/\nstruct A;\n");
}

#[test]
fn attributes_stand_on_their_own_lines() {
    assert_kept(
        "#![allow(missing_docs)]\n\n#[derive(Clone, Debug)]\n#[serde(rename_all = \"kebab-case\")]\n\
         pub(crate) struct A {\n    #[serde(default, skip_serializing_if = \"Option::is_none\")]\n    \
         pub(crate) b: Option<String>,\n}\n",
    );
}

#[test]
fn rustfmt_skip_has_no_effect() {
    let text = formatted("#[rustfmt::skip]\nfn a ( ) { let   b = 1 ; }");
    assert_eq!(text, "#[rustfmt::skip]\nfn a() {\n    let b = 1;\n}\n");
}

#[test]
fn long_signatures_are_broken_within_the_width() {
    let text = formatted(
        "impl A { pub fn create(&self, account_id: impl Into<AccountId>, provider_id: impl \
         Into<ProviderId>, body: impl Into<CreateProvider>) -> Result<Response<Provider>, Error> \
         where Self: Sized { self.call() } fn next() {} }",
    );
    assert!(text.lines().all(|line| line.len() <= 89), "{text}");
    assert!(
        text.contains("        account_id: impl Into<AccountId>,\n"),
        "{text}"
    );
    assert!(text.contains("    }\n\n    fn next() {}\n"), "{text}");
}

#[test]
fn an_error_names_the_item() {
    let error = format(quote! { struct Good; struct 1; })
        .unwrap_err()
        .to_string();
    assert!(error.contains("expected identifier"), "{error}");
    assert!(
        error.contains("in the item that starts `struct 1"),
        "{error}"
    );
}

#[test]
fn unknown_syntax_and_carriage_returns_are_errors() {
    let error = format(quote! { impl A { fn b(); } })
        .unwrap_err()
        .to_string();
    assert!(error.contains("does not know"), "{error}");
    let error = format(quote! { #[doc = " a\rb"] struct A; })
        .unwrap_err()
        .to_string();
    assert!(error.contains("carriage return"), "{error}");
}
