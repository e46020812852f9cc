//! Runs that are killed: at no time is a file torn, and the next run repairs.
//!
//! The writer's own tests stop it between any two operations; here the process is really killed,
//! at times that differ from run to run, so only what holds at every time is asserted.

use std::process::Stdio;
use std::time::Duration;

use crate::bench::Bench;

#[test]
fn a_killed_run_leaves_whole_files_and_the_next_one_repairs() {
    let bench = Bench::written();
    let old = bench.snapshot();
    bench.edit_spec("A shelf of books.", "A shelf of jars.");
    bench.edit_spec("shelves-list", "shelves-all");
    let renewed = Bench::new();
    renewed.write("openapi.yaml", &bench.read("openapi.yaml"));
    renewed.codegen(&[]).assert_says(0, "written");
    let new: Vec<Vec<u8>> = renewed.snapshot().into_values().collect();
    for delay in 0..20 {
        let mut command = bench.command(&[]);
        let mut run = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        run.kill().unwrap();
        run.wait().unwrap();
        for (path, content) in bench.snapshot() {
            let is_temporary = path.to_string_lossy().contains(".codegen-tmp-");
            let is_whole = new.contains(&content) || old.get(&path) == Some(&content);
            assert!(
                is_whole || is_temporary,
                "{} is torn after {delay} ms",
                path.display()
            );
        }
    }
    // The last run may have finished before it was killed: then there is nothing left to write.
    bench.codegen(&[]).assert_says(0, "out: ");
    bench.check().assert_says(0, "up to date");
    assert_eq!(bench.snapshot().into_values().collect::<Vec<_>>(), new);
}
