//! Everything that a change must pass.

use std::fs;
use std::path::PathBuf;

use crate::step::{self, Outcome, Steps, command, run_quietly};
use crate::{api, budgets, deny, docs, fuzz, minimal, packages};

/// A name and the function that it runs.
type Step = (&'static str, fn() -> Outcome);

/// The steps, ordered by how fast they fail.
const STEPS: [Step; 16] = [
    ("format", format),
    ("deny", deny::run),
    ("clippy", clippy),
    ("test", test),
    ("no-std", no_std),
    ("features", features),
    ("docs", docs::run),
    ("api", || api::run(false)),
    ("minimal", minimal::run),
    ("examples", examples),
    ("newest-sdk", newest_sdk),
    ("version-ranges", version_ranges),
    ("package", package),
    ("users", users),
    ("budgets", || budgets::run(false)),
    ("fuzz", || fuzz::run(fuzz::SECONDS, &[])),
];

/// Runs the steps with these names, or all of them if there are none, and stops at the first that fails.
pub(crate) fn run(names: &[&str]) -> Outcome {
    let unknown = names.iter().find(|name| STEPS.iter().all(|(step, _)| step != *name));
    if let Some(unknown) = unknown {
        let steps = STEPS.map(|(name, _)| name).join(", ");
        return Err(format!("unknown step {unknown:?}; expected one of: {steps}"));
    }
    let mut steps = Steps::default();
    let chosen = STEPS.iter().filter(|(name, _)| names.is_empty() || names.contains(name));
    let outcome = chosen.map(|(name, step)| steps.run(name, step)).find(Result::is_err).unwrap_or(Ok(()));
    steps.print();
    outcome
}

fn format() -> Outcome {
    step::run(&mut command("cargo fmt --all --check"))
}

fn clippy() -> Outcome {
    step::run(&mut command("cargo clippy --workspace --all-targets --all-features -- -D warnings"))
}

fn test() -> Outcome {
    let mut command = command("cargo test --workspace --all-features");
    step::run(command.env("OFFICIAL_CLIENTS", "required").env("BROWSER", "required").env("ENGINES", "required"))
}

/// The library, and a crate of a user, without the standard library.
fn no_std() -> Outcome {
    step::run(&mut command("cargo test --no-default-features"))?;
    step::run(&mut command("cargo test --package own-bare"))
}

/// Each feature alone, with its tests and examples.
fn features() -> Outcome {
    step::run(&mut command("cargo hack clippy --all-targets --each-feature -- -D warnings"))
}

/// The programs that the README mentions.
fn examples() -> Outcome {
    run_quietly(&mut command("cargo run --quiet --example quickstart"))?;
    run_quietly(&mut command("cargo run --quiet --example export_json"))
}

/// The newest version of the Rust SDK, in addition to the lowest supported one in the lock file.
fn newest_sdk() -> Outcome {
    step::run(&mut command(".ci/newest-sdk"))
}

/// Both ends of the versions of rusqlite and sqlx that the manifest allows.
fn version_ranges() -> Outcome {
    step::run(&mut command(".ci/version-ranges"))
}

/// Builds every published package from its archive.
fn package() -> Outcome {
    forget_packages();
    let mut command = command("cargo package");
    for name in packages::published()? {
        command.args(["--package", &name]);
    }
    step::run(&mut command)
}

/// An author's own registry, using the archives of the last step: a complete server, and the walk-through of `docs/own-codes.md`.
fn users() -> Outcome {
    step::run(&mut command(".ci/acme-server"))?;
    step::run(&mut command(".ci/walk-through"))
}

/// Deletes our packages that Cargo unpacked and built in an earlier run. Cargo identifies them by folder, name and version, and would reuse
/// them.
fn forget_packages() {
    let own = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let Some(home) = own.or_else(|| Some(std::env::home_dir()?.join(".cargo"))) else { return };
    let named = |folder: PathBuf, prefix: &'static str| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter(move |entry| entry.file_name().to_string_lossy().starts_with(prefix)).map(|entry| entry.path())
    };
    let unpacked = named(home.join("registry/src"), "-").flat_map(|registry| named(registry, "mcp-error-codes"));
    // What was built of them looks as if it were up to date.
    for package in unpacked.chain(named(step::target().join("debug/.fingerprint"), "mcp-error-codes")) {
        // If a folder that cannot be deleted matters, the next step fails.
        let _ = fs::remove_dir_all(package);
    }
}
