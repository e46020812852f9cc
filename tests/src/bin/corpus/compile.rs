//! Compiles what was generated: a copy of the SDK with the cases of one product as modules.
//!
//! In: the files of each case. Out: the errors and warnings of the compiler. All products share one target folder, so that the
//! dependencies are compiled once; one product at a time, because the whole corpus in one crate takes too much memory.

use std::process::Output;

use ::tests::sdk_copy::{Copy, root, write};

/// A case: a name that is a Rust identifier, and its files.
pub(crate) type Case<'a> = (&'a str, &'a [(String, String)]);

/// What the compiler says.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    /// Its output, where there is an error or a warning.
    pub(crate) text: String,
}

/// Checks the cases in the copy with the compiler.
pub(crate) fn check(copy: &Copy) -> Compiled {
    compiled(&copy.cargo(&["check", "--message-format", "short"]))
}

/// Writes a program into the copy and runs it. Returns what it prints, or what the compiler says.
pub(crate) fn run(copy: &Copy, name: &str, text: &str) -> Result<String, String> {
    write(&copy.folder.join(format!("sdk/examples/{name}.rs")), text);
    let output = copy.cargo(&["run", "--example", name, "--message-format", "short"]);
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    match output.status.success() {
        true => Ok(printed),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// A copy of the SDK with these cases.
pub(crate) fn copy(cases: &[Case<'_>]) -> Copy {
    let folder = root().join("target/tmp/corpus");
    let copy = Copy::new(&folder, "corpus", "");
    copy.write_cases(cases.iter().map(|(name, files)| {
        let files = files.iter();
        let files = files.map(|(name, text)| (name.clone(), text.as_str()));
        ((*name).to_owned(), files.collect())
    }));
    copy
}

fn compiled(output: &Output) -> Compiled {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let count = |mark: &str| text.lines().filter(|line| line.contains(mark)).count();
    let errors = count(": error");
    let compiled = Compiled {
        // A failure without a line of its own, such as of the linker, counts too.
        errors: errors.max(usize::from(!output.status.success())),
        warnings: count(": warning"),
        text: String::new(),
    };
    match compiled.errors + compiled.warnings {
        0 => compiled,
        _ => Compiled { text, ..compiled },
    }
}

/// A text as the name of a module.
pub(crate) fn module(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    format!("case_{}", words.join("_"))
}

#[cfg(test)]
mod tests {
    use super::module;

    #[test]
    fn any_text_is_the_name_of_a_module() {
        assert_eq!(module("3 get /{a}/B-c_d"), "case_3_get_a_b_c_d");
    }
}
