//! Builds the documentation as docs.rs does: with the nightly toolchain, all features, and labels for the features that items need.

use crate::links;
use crate::packages;
use crate::step::{Outcome, command, run as run_command, target};

pub(crate) fn run() -> Outcome {
    let folder = target().join("docs-rs");
    let mut build = command("cargo +nightly doc --lib --no-deps --all-features");
    for name in packages::libraries()? {
        build.args(["--package", &name]);
    }
    build.arg("--target-dir").arg(&folder).env("RUSTDOCFLAGS", "--cfg docsrs -D warnings");
    // Pages of an earlier build may link to items that no longer exist.
    let _ = std::fs::remove_dir_all(folder.join("doc"));
    run_command(&mut build)?;
    links::check(&folder.join("doc"))?;

    // Much of the documentation links to items that need `std`, which docs.rs enables.
    let mut without_std = command("cargo doc --no-default-features --no-deps");
    run_command(without_std.env("RUSTDOCFLAGS", "-D warnings -A rustdoc::broken_intra_doc_links"))
}
