//! Compares committed reports with the actual ones.

use std::path::Path;
use std::{env, fs};

use similar::TextDiff;

/// The variable that accepts: `1` for all cases, or the name of one.
const UPDATE: &str = "UPDATE_GOLDEN";

/// Collects the differences from the committed reports.
pub(crate) struct Golden {
    asked: String,
    failures: Vec<String>,
}

impl Golden {
    pub(crate) fn new() -> Self {
        let asked = env::var(UPDATE).unwrap_or_default();
        let in_ci = env::var("CI").is_ok_and(|value| value == "true");
        assert!(
            asked.is_empty() || !in_ci,
            "{UPDATE} is set, but CI never accepts"
        );
        Self {
            asked,
            failures: Vec::new(),
        }
    }

    /// Compares a text with the file, or accepts it.
    pub(crate) fn hold(&mut self, case: &str, path: &Path, actual: &str) {
        let expected = fs::read_to_string(path).unwrap_or_default();
        if expected == actual {
            return;
        }
        if self.asked == "1" || self.asked == case {
            fs::write(path, actual).unwrap();
            return;
        }
        let diff = TextDiff::from_lines(expected.as_str(), actual);
        let diff = diff.unified_diff().header("expected", "actual").to_string();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.failures.push(format!(
            "{case}: not what is expected. To accept it: {UPDATE}={case} cargo test -p codegen --test diff\n  {name}\n{diff}"
        ));
    }

    pub(crate) fn assert(self) {
        assert!(self.failures.is_empty(), "\n{}", self.failures.join("\n"));
    }
}
