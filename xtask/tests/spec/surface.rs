//! `spec surface`: what comes and goes in the source of the SDK, and its exit code.

use std::fs;

use crate::repository::Repository;
use crate::run::Run;

impl Repository {
    fn surface(&self, arguments: &[&str]) -> Run {
        let arguments = [&["spec", "surface"], arguments].concat();
        Run::of(self.xtask(&arguments).output().unwrap())
    }

    fn source(&self, path: &str, text: &str) {
        let path = self.folder.path().join("sdk/src").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn changes_of_the_runtime_and_of_generated_code_have_a_verdict() {
    let repository = Repository::plain();
    repository.source("lib.rs", "pub mod call;\nmod generated;\n");
    repository.source(
        "call.rs",
        "pub struct Call;\nimpl Call { pub fn send(self) {} }\n",
    );
    repository.source("generated/lamps.rs", "pub struct Lamp;\n");
    repository.source("call/tests.rs", "pub fn helper() {}\n");
    repository.git(&["init", "--quiet", "--initial-branch=main"]);
    repository.commit();
    let run = repository.surface(&[]);
    run.assert(0, "**Public items: none** (since `HEAD`).\n", "");

    repository.source("call/tests.rs", "pub fn other() {}\n");
    repository.source(
        "generated/lamps.rs",
        "pub struct Lamp;\npub struct Shade;\n",
    );
    let run = repository.surface(&["--fail-on-breaking"]);
    let page = "**Public items: additive** (since `HEAD`).\n\n```diff\n+ struct Shade\n```\n";
    run.assert(0, page, "");

    repository.source(
        "call.rs",
        "pub struct Call;\nimpl Call { pub fn send(&self) {} }\n",
    );
    let run = repository.surface(&["HEAD"]);
    assert_eq!(run.code, 0);
    let page = "**Public items: breaking** (since `HEAD`).\n\n```diff\n- Call: fn send(self)\n+ Call: fn send(&self)\n+ struct Shade\n```\n";
    assert_eq!(run.stdout, page);
    let run = repository.surface(&["--fail-on-breaking"]);
    run.assert(1, page, "");
    repository
        .surface(&["no-such-revision"])
        .assert_says(3, "cannot read `no-such-revision`");
    repository.source("call.rs", "pub struct");
    repository.surface(&[]).assert_says(3, "sdk/src/call.rs: ");
}
