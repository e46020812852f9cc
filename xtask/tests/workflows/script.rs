//! What a script of a workflow calls.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// What bash finds wrong with the grammar of a script; nothing where there is no bash.
pub(crate) fn fault(script: &str) -> Option<String> {
    let bash = Command::new("bash")
        .arg("-n")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut bash = bash.ok()?;
    bash.stdin.take()?.write_all(script.as_bytes()).unwrap();
    let output = bash.wait_with_output().unwrap();
    (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The words behind each `cargo xtask`, up to what the shell does with the command's output.
pub(crate) fn xtask_commands(script: &str) -> Vec<Vec<String>> {
    let script = script.replace("\\\n", " ");
    let commands = script.match_indices("cargo xtask ").map(|(at, start)| {
        let rest = &script[at + start.len()..];
        let line = rest.lines().next().unwrap_or_default();
        let is_argument = |word: &&str| !matches!(*word, ">" | ">>" | "|" | "||" | "&&" | ";");
        let words = line.split_whitespace().take_while(is_argument);
        words
            .map(|word| word.trim_matches(['"', '\'']).to_owned())
            .collect()
    });
    commands.collect()
}

#[test]
fn the_words_of_a_command_end_where_the_shell_takes_over() {
    let script =
        "a=1\ncargo xtask spec diff \"$old\" \\\n  HEAD > report.md || outcome=$?\necho done\n";
    let expected = ["spec", "diff", "$old", "HEAD"].map(str::to_owned);
    assert_eq!(xtask_commands(script), [expected]);
}

#[test]
fn a_quote_that_never_ends_is_a_fault() {
    let is_bash_here = Command::new("bash").arg("--version").output().is_ok();
    assert_eq!(fault("echo 'a").is_some(), is_bash_here);
    assert_eq!(fault("echo 'a'"), None);
}
