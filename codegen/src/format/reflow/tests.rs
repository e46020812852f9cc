//! What is laid out again, and what is kept.

use super::reflow;

/// Lays out one text; the result lays out to itself.
fn assert_becomes(text: &str, wanted: &str) {
    let laid_out = reflow(text);
    assert_eq!(laid_out, wanted);
    assert_eq!(reflow(&laid_out), laid_out);
}

#[track_caller]
fn assert_kept(text: &str) {
    assert_eq!(reflow(text), text);
}

#[test]
fn a_signature_within_100_columns_is_one_line() {
    let argument = "provider_id: impl Into<ProviderId>";
    assert_becomes(
        &format!(
            "    pub fn initial_setup(\n        &self,\n        {argument},\n    ) -> Call<Setup> {{\n"
        ),
        &format!("    pub fn initial_setup(&self, {argument}) -> Call<Setup> {{\n"),
    );
    let long = "a".repeat(40);
    assert_kept(&format!(
        "    pub fn {long}(\n        &self,\n        {argument},\n    ) -> Call<Setup> {{\n"
    ));
    assert_kept("    fn a(\n        self,\n    ) -> B\n    where\n        B: C,\n    {\n");
}

#[test]
fn the_value_of_a_field_is_one_line_where_it_fits() {
    let call = format!(".optional(\"{}\")?", "a".repeat(40));
    assert_becomes(
        &format!("    a: fields\n        {call},\n"),
        &format!("    a: fields{call},\n"),
    );
    let long = format!(".optional(\"{}\")?", "a".repeat(41));
    assert_kept(&format!("    a: fields\n        {long},\n"));
    assert_kept("    a: fields\n        .alias(&[\"b\"])\n        .required(\"a\")?,\n");
}

#[test]
fn imports_are_filled_to_99_columns() {
    let name = "A".repeat(30);
    assert_becomes(
        &format!("use crate::a::{{\n    {name}, {name},\n    {name}, B,\n}};\n"),
        &format!("use crate::a::{{\n    {name}, {name}, {name},\n    B,\n}};\n"),
    );
    assert_becomes(
        "use crate::a::{\n    B, C,\n};\n",
        "use crate::a::{B, C};\n",
    );
}

#[test]
fn arguments_of_60_columns_are_one_line() {
    let (fits, long) = ("a".repeat(58), "a".repeat(59));
    assert_becomes(
        &format!("f(\n    {fits},\n    b,\n)\n"),
        &format!("f(\n    {fits},\n    b,\n)\n"),
    );
    let fits = "a".repeat(57);
    assert_becomes(
        &format!("f(\n    {fits},\n    b,\n)\n"),
        &format!("f({fits}, b)\n"),
    );
    assert_kept(&format!("f(\n    {long},\n    b,\n)\n"));
    assert_becomes("f::<\n        A,\n    >(b)\n", "f::<A>(b)\n");
}

#[test]
fn a_chain_of_more_than_60_columns_has_a_line_for_each_call() {
    let text = format!(
        "    self.scope.call().set(\"a.b(c\").other({})\n",
        "a".repeat(30)
    );
    let wanted = format!(
        "    self.scope\n        .call()\n        .set(\"a.b(c\")\n        .other({})\n",
        "a".repeat(30)
    );
    assert_becomes(&text, &wanted);
    assert_kept(&format!(
        "    self.scope.call().other({})\n",
        "a".repeat(30)
    ));
    assert_kept(&format!("    self.set::<A>(\"a\", {})\n", "a".repeat(50)));
    assert_kept(&format!("    let a = b.c().d().e({});\n", "a".repeat(50)));
}

#[test]
fn fields_of_more_than_18_columns_have_a_line_each() {
    assert_kept("        Self { scope }\n");
    assert_becomes(
        "        Self { policy: policy.into(), a: f(b, c) }\n",
        "        Self {\n            policy: policy.into(),\n            a: f(b, c),\n        }\n",
    );
}

#[test]
fn the_only_struct_of_a_list_is_in_its_brackets() {
    assert_becomes(
        "    a: &[\n        B {\n            c: 1,\n        },\n    ],\n",
        "    a: &[B {\n        c: 1,\n    }],\n",
    );
    assert_kept(
        "    a: &[\n        B {\n            c: 1,\n        },\n        B {\n            c: 2,\n        },\n    ],\n",
    );
}

#[test]
fn documentation_and_attributes_are_kept() {
    assert_kept(
        "/// fn a(\n///     b,\n/// ) {\n#[serde(\n    default,\n    other\n)]\nstruct A;\n",
    );
}

#[test]
fn a_text_with_literals_or_comments_of_several_lines_is_kept() {
    let group = "f(\n    a,\n)\n";
    assert_becomes(group, "f(a)\n");
    for odd in ["\"a\nb\"", "r\"a\"", "r#\"a\"#", "/* a */"] {
        assert_kept(&format!("{group}{odd}\n"));
    }
    for plain in [
        "\"provider\"",
        "\"a/*b\"",
        "'\"'",
        "'\\''",
        "&'a str",
        "\"\\\"\"",
    ] {
        assert_becomes(&format!("{group}{plain}\n"), &format!("f(a)\n{plain}\n"));
    }
}

#[test]
fn another_name_is_one_line_where_it_fits() {
    let name = "a".repeat(78);
    assert_becomes(
        &format!("    #[doc(\n        alias = \"{name}\"\n    )]\n"),
        &format!("    #[doc(alias = \"{name}\")]\n"),
    );
    let long = "a".repeat(79);
    assert_kept(&format!("    #[doc(\n        alias = \"{long}\"\n    )]\n"));
}
