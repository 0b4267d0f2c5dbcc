//! Redraws files by running the tests that compare them, each with the variable that makes it write its file.

use crate::step::{self, Outcome, Steps, command};

/// What is redrawn, and the tests that do so. A later one may read what an earlier one writes.
const FILES: [(&str, &str); 9] = [
    ("checks", "cargo test --package mcp-error-codes-build --test generator checks"),
    // The generator knows the codes of the library by this file, so everything else depends on it.
    ("generator keys", "cargo test --package mcp-error-codes-build --lib"),
    ("fixtures", "cargo test --package mcp-error-codes-build --test generator messages"),
    // Does not compile the generated registries of other tests, which may be stale.
    ("data", "cargo test --package mcp-error-codes --all-features --test data"),
    ("wire forms", "cargo test --package mcp-error-codes --all-features --test wire golden"),
    ("command", "cargo test --package mcp-error-codes-cli"),
    ("catalogue", "cargo test --package mcp-error-codes-site --test catalogue golden"),
    ("compiler", "cargo test --package ui-tests"),
    ("formatting", "cargo fmt --all"),
];

/// Redraws everything, also if a test fails, and then reports the tests that failed.
pub(crate) fn run(is_major: bool) -> Outcome {
    let mut steps = Steps::default();
    let lock = if is_major { "major" } else { "1" };
    let mut problems = Vec::new();
    for (name, line) in FILES {
        let mut command = command(line);
        command.env("UPDATE_EXPECT", "1").env("UPDATE_LOCK", lock).env("TRYBUILD", "overwrite");
        problems.extend(steps.run(name, || step::run(&mut command)).err());
    }
    steps.print();
    // The changes are for a person to read.
    step::run(&mut command("git diff --stat"))?;
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}
