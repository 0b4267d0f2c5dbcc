//! Draws `docs/comparison.md`.

use std::fs;

use crate::step::{Outcome, command, output, root, target};

pub(crate) fn run() -> Outcome {
    let mut draw = command("cargo run --quiet --release --manifest-path benches/comparison/Cargo.toml");
    let page = output(draw.arg("--target-dir").arg(target().join("comparison")))?;
    fs::write(root().join("docs/comparison.md"), page).map_err(|problem| format!("docs/comparison.md: {problem}"))
}
