//! The promises of the types: programs that must not compile, with the compiler's messages, and some that must.
//!
//! In: the programs under `ui/`. Out: nothing. `TRYBUILD=overwrite cargo test -p tests --test ui` rewrites the messages; they
//! are those of the toolchain in `rust-toolchain.toml`.

/// The programs that must compile are compiled with this test.
#[path = "../ui/pass/main_flows.rs"]
#[allow(dead_code, reason = "these functions are compiled, but not called")]
mod main_flows;

#[test]
fn wrong_programs_do_not_compile() {
    trybuild::TestCases::new().compile_fail("ui/fail/*.rs");
}
