//! The dependencies: their licences, where they come from, which of them are there twice, and known faults.

use crate::step::{self, Outcome, command, works};

/// Runs cargo-deny with `deny.toml`. Without it, nothing is checked, and the reason is printed.
pub(crate) fn run() -> Outcome {
    if !works("cargo deny --version") {
        println!("skipped: cargo-deny is missing; .ci/run installs it");
        return Ok(());
    }
    step::run(&mut command(
        "cargo deny --workspace --all-features check --hide-inclusion-graph licenses bans sources",
    ))?;
    // The database of known faults is a repository of its own. Where it cannot be reached, the rest is checked all the same.
    if works("cargo deny fetch db") {
        step::run(&mut command("cargo deny --workspace --all-features check --disable-fetch advisories"))
    } else {
        println!("skipped: advisories, because their database cannot be fetched here");
        Ok(())
    }
}
