//! A response of another kind than the endpoint's does not compile.

#[test]
fn a_response_of_another_kind_does_not_compile() {
    trybuild::TestCases::new().compile_fail("ui/test_util/*.rs");
}
