//! What a run said, and its exit code.

use std::process::Output;

/// What a run said, and its exit code.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Asserts the exit code and a text for people, and that there is nothing for programs.
    #[track_caller]
    pub(crate) fn assert_says(&self, code: i32, text: &str) {
        self.assert(code, "", text);
        assert_eq!(self.stdout, "");
    }

    /// Asserts the exit code and a text on each of the two streams.
    #[track_caller]
    pub(crate) fn assert(&self, code: i32, stdout: &str, stderr: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(
            self.stdout.contains(stdout) && self.stderr.contains(stderr),
            "{self:?}"
        );
    }
}
