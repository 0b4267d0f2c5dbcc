//! Tasks of this workspace.

mod bless;
mod ci;
mod docs;
mod links;
mod packages;
mod step;

use std::process::ExitCode;

use crate::step::Outcome;

const USAGE: &str = "\
usage: cargo xtask TASK

  bless           redraws every file that is drawn from the registry or from the output of a program
  bless --major   does so for changes to published codes, too, which need a new major version
  ci              checks everything that a change must pass; names of steps after it run only those
  docs            builds the documentation as docs.rs does, and checks its links";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome: Outcome = match words[..] {
        ["bless"] => bless::run(false),
        ["bless", "--major"] => bless::run(true),
        ["ci", ref steps @ ..] => ci::run(steps),
        ["docs"] => docs::run(),
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
