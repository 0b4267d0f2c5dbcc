//! How many instructions does one exact lookup take, together with the loop around it?
//!
//! Valgrind counts the instructions of a whole run of this program. The difference between a run with two passes over the keys and
//! a run with one is the cost of one pass.

use std::process::Command;

/// The argument for a child process whose instructions are counted.
pub(crate) const RUN: &str = "count";

/// Prints the count of each contestant.
pub(crate) fn compare() {
    let lookups = crate::hits().len() as f64;
    println!("\ninstructions of one exact lookup and its loop; target at most 70");
    for contestant in crate::text_contestants() {
        match (count(contestant.name, "1"), count(contestant.name, "2")) {
            (Ok(one), Ok(two)) => println!("  {:<28} {:>8.1}", contestant.name, (two - one) / lookups),
            (Err(problem), _) | (_, Err(problem)) => return eprintln!("{problem}"),
        }
    }
}

/// Makes this many passes over the keys.
pub(crate) fn run(name: &str, passes: &str) {
    let keys = crate::hits();
    let contestants = crate::text_contestants();
    for contestant in contestants.iter().filter(|contestant| contestant.name == name) {
        for _ in 0..passes.parse().unwrap_or(0) {
            contestant.run(&keys);
        }
    }
}

/// Counts the instructions of a run.
fn count(name: &str, passes: &str) -> Result<f64, String> {
    let program = std::env::current_exe().map_err(|problem| problem.to_string())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args([RUN, name, passes])
        .output()
        .map_err(|problem| format!("valgrind cannot be started: {problem}"))?;
    let report = String::from_utf8_lossy(&output.stderr);
    (report.lines().find_map(|line| line.split_once("Collected :")))
        .and_then(|(_, number)| number.trim().parse().ok())
        .ok_or_else(|| format!("valgrind gives no count: {report}"))
}
