//! What the types promise: programs that must not compile, with what the compiler says of them, and some that must.
//!
//! In: the programs under `ui/`. Out: nothing. `TRYBUILD=overwrite cargo test -p tests --test ui` writes the messages anew; they
//! are those of the toolchain in `rust-toolchain.toml`.

/// What must compile does so with this very test.
#[path = "../ui/pass/main_flows.rs"]
#[allow(
    dead_code,
    reason = "the compiler reads these functions, nobody calls them"
)]
mod main_flows;

#[test]
fn what_must_not_compile_does_not() {
    trybuild::TestCases::new().compile_fail("ui/fail/*.rs");
}
