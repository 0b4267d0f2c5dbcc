//! Tasks of this workspace.

mod api;
mod bless;
mod budgets;
mod ci;
mod compare;
mod deny;
mod docs;
mod fuzz;
mod links;
mod minimal;
mod packages;
mod step;

use std::process::ExitCode;

use crate::step::Outcome;

const USAGE: &str = "\
usage: cargo xtask TASK

  bless           redraws every file that is drawn from the registry or from the output of a program
  bless --major   does so for changes to published codes, too, which need a new major version
  ci              checks everything that a change must pass; names of steps after it run only those
  api             compares the public items of each published package with its file in `api/`
  api --bless     writes those files
  budgets         compares sizes, allocations, instructions and the numbers of crates and of functions with `benches/budget.txt`
  budgets --bless writes the figures
  compare         draws `docs/comparison.md` of the source of other crates, and of what the same work costs with them
  deny            checks licences, sources and duplicates of all dependencies
  fuzz            runs every target of `fuzz/` for 30 s; `--seconds N` and names of targets after it change that
  minimal         builds with the lowest versions that the manifests allow, and with the lowest Rust version
  docs            builds the documentation as docs.rs does, and checks its links";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome: Outcome = match words[..] {
        ["bless"] => bless::run(false),
        ["bless", "--major"] => bless::run(true),
        ["ci", ref steps @ ..] => ci::run(steps),
        ["docs"] => docs::run(),
        ["api"] => api::run(false),
        ["api", "--bless"] => api::run(true),
        ["budgets"] => budgets::run(false),
        ["budgets", "--bless"] => budgets::run(true),
        ["compare"] => compare::run(),
        ["deny"] => deny::run(),
        ["minimal"] => minimal::run(),
        ["fuzz", "--seconds", seconds, ref names @ ..] => match seconds.parse() {
            Ok(seconds) => fuzz::run(seconds, names),
            Err(_) => Err(format!("expected a number of seconds, found {seconds:?}")),
        },
        ["fuzz", ref names @ ..] => fuzz::run(fuzz::SECONDS, names),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
