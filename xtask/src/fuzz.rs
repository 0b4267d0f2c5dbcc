//! Runs the targets of `fuzz/`, each for some seconds, after its corpus.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::step::{self, Outcome, command, root, target, works};

/// How long a target runs in `cargo xtask ci`.
pub(crate) const SECONDS: u32 = 30;

/// Runs every target, or those with these names, for this many seconds each.
///
/// All targets are built at once. The address sanitizer is on, and so is the leak sanitizer, which looks at the whole corpus of a target.
/// A finding is a file in `fuzz/artifacts`. Without the nightly toolchain or cargo-fuzz nothing is run, and the reason is printed.
pub(crate) fn run(seconds: u32, names: &[&str]) -> Outcome {
    let targets = targets()?;
    known(names, &targets)?;
    if !works("cargo +nightly fuzz --version") {
        println!("skipped: the nightly toolchain or cargo-fuzz is missing; .ci/run installs them");
        return Ok(());
    }
    let folder = target().join("fuzz");
    let mut build = command("cargo +nightly fuzz build");
    step::run(build.arg("--target-dir").arg(&folder))?;
    let programs = folder.join(host()?).join("release");
    let mut report =
        format!("{:<16} {:>12} {:>8} {:>9} {:>8}\n", "target", "executions", "edges", "features", "corpus");
    let mut problems = Vec::new();
    for name in targets.iter().map(String::as_str).filter(|name| names.is_empty() || names.contains(name)) {
        match fuzz(&programs.join(name), name, seconds) {
            Ok(figures) => drop(writeln!(report, "{name:<16} {figures}")),
            Err(problem) => problems.push(problem),
        }
    }
    println!("\n{report}");
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

/// Returns an error for a name that no target has.
fn known(names: &[&str], targets: &[String]) -> Outcome {
    match names.iter().find(|name| targets.iter().all(|target| target != *name)) {
        Some(unknown) => Err(format!("unknown target {unknown:?}; expected one of: {}", targets.join(", "))),
        None => Ok(()),
    }
}

/// What leaves memory to the end of the process on purpose: the generator runs once, and its records live as long as it does.
const LEAKING: [&str; 1] = ["generate"];

fn fuzz(program: &Path, name: &str, seconds: u32) -> Result<String, String> {
    let seeds = root().join("fuzz/corpus").join(name);
    // What the fuzzer adds stays beside what it builds; `fuzz/corpus` has a few inputs of each kind.
    let found = target().join("fuzz/corpus").join(name);
    let findings = root().join("fuzz/artifacts").join(name);
    for folder in [&found, &findings] {
        fs::create_dir_all(folder).map_err(|problem| format!("{}: {problem}", folder.display()))?;
    }
    let mut fuzzer = Command::new(program);
    fuzzer.current_dir(root()).arg(&found).arg(&seeds).arg("-dict=fuzz/dictionary.txt");
    let looks_for_leaks = u8::from(!LEAKING.contains(&name));
    fuzzer.arg(format!("-detect_leaks={looks_for_leaks}"));
    // The sanitizer looks once more at the end of the process.
    fuzzer.env("ASAN_OPTIONS", format!("detect_leaks={looks_for_leaks}"));
    fuzzer.args(["-timeout=20", "-rss_limit_mb=2048", "-max_len=8192", "-print_final_stats=1"]);
    fuzzer.arg(format!("-max_total_time={seconds}")).arg(format!("-artifact_prefix={}/", findings.display()));
    println!("\n== {name}, {seconds} s");
    let output = fuzzer.stdout(Stdio::null()).output().map_err(|problem| format!("{name}: {problem}"))?;
    let log = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        return Ok(figures(&log));
    }
    let end: Vec<&str> = log.lines().rev().take(60).collect();
    let end: Vec<&str> = end.into_iter().rev().collect();
    Err(format!("{name}: {}; its input is in {}\n{}", output.status, findings.display(), end.join("\n")))
}

/// Reads the figures from what libFuzzer prints.
fn figures(log: &str) -> String {
    let after = |line: &str, name: &str| {
        let mut words = line.split_whitespace().skip_while(|word| *word != name);
        words.nth(1).unwrap_or_default().to_owned()
    };
    let executions =
        log.lines().map(|line| after(line, "stat::number_of_executed_units:")).find(|text| !text.is_empty());
    let last = log.lines().rfind(|line| line.contains(" cov: ")).unwrap_or_default();
    let corpus = after(last, "corp:");
    format!(
        "{:>12} {:>8} {:>9} {:>8}",
        executions.unwrap_or_default(),
        after(last, "cov:"),
        after(last, "ft:"),
        corpus.split('/').next().unwrap_or_default()
    )
}

/// Returns the names of the targets: their files.
fn targets() -> Result<Vec<String>, String> {
    let folder: PathBuf = root().join("fuzz/targets");
    let entries = fs::read_dir(&folder).map_err(|problem| format!("{}: {problem}", folder.display()))?;
    let mut names: Vec<String> =
        entries.flatten().filter_map(|entry| Some(entry.path().file_stem()?.to_str()?.to_owned())).collect();
    names.sort_unstable();
    Ok(names)
}

/// Returns the name of this machine's platform.
fn host() -> Result<String, String> {
    let output = command("rustc +nightly -vV").output().map_err(|problem| format!("rustc: {problem}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not say for which platform it compiles".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{known, targets};

    #[test]
    fn a_misspelled_target_is_refused() {
        let targets = targets().expect("the targets can be listed");
        assert_eq!(known(&[], &targets), Ok(()));
        assert_eq!(known(&["decode", "redact"], &targets), Ok(()));
        let refused = known(&["decode", "recognise"], &targets).expect_err("no target has the name");
        assert!(refused.starts_with("unknown target \"recognise\"; expected one of: "), "{refused}");
        assert!(refused.contains("recognize"), "{refused}");
    }
}
