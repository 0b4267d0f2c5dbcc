//! Redraws files by running the tests that compare them, each with the variable that makes it write its file.

use crate::step::{self, Outcome, Steps, command};

/// What to redraw, and the tests that do so. A later test may read what an earlier one writes.
const FILES: [(&str, &str); 9] = [
    ("checks", "cargo test --package mcp-error-codes-build --test generator checks"),
    // The generator reads the library's codes from this file, so everything else depends on it.
    ("generator keys", "cargo test --package mcp-error-codes-build --lib"),
    ("fixtures", "cargo test --package mcp-error-codes-build --test generator messages"),
    // This does not compile the generated registries of other tests, which may be out of date.
    ("data", "cargo test --package mcp-error-codes --all-features --test data"),
    ("wire forms", "cargo test --package mcp-error-codes --all-features --test wire golden"),
    ("command", "cargo test --package mcp-error-codes-cli"),
    ("catalogue", "cargo test --package mcp-error-codes-site --test catalogue golden"),
    ("compiler", "cargo test --package ui-tests"),
    ("formatting", "cargo fmt --all"),
];

/// Redraws everything, even if a test fails, and then reports the failed tests.
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
    // A person should read the changes.
    step::run(&mut command("git diff --stat"))?;
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}
