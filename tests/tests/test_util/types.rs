//! What must not compile does not: an answer of another kind than the endpoint's.

#[test]
fn what_must_not_compile_does_not() {
    trybuild::TestCases::new().compile_fail("ui/test_util/*.rs");
}
