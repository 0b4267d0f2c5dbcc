//! Compares the public items of each published package with the file in `api/` that lists them.

use std::fs;

use crate::packages;
use crate::step::{Outcome, command, output, root, target, works};

/// Compares the listings, or writes them. Without the nightly toolchain or cargo-public-api, nothing is compared, and the reason is
/// printed.
pub(crate) fn run(is_bless: bool) -> Outcome {
    if !works("cargo +nightly public-api --version") {
        println!("skipped: the nightly toolchain or cargo-public-api is missing; .ci/run installs them");
        return Ok(());
    }
    let mut problems = Vec::new();
    for name in packages::libraries()? {
        // What every type has, and what a derive adds, would only repeat itself. `Send` and its like are listed, because a field can
        // take them away.
        let mut list =
            command("cargo +nightly public-api --omit blanket-impls,auto-derived-impls --all-features --color never");
        // The documentation is built there too, of the same dependencies.
        let listing = output(list.args(["--package", &name]).arg("--target-dir").arg(target().join("docs-rs")))?;
        // Traits that no program can name yet, and that another nightly may not have.
        let is_stable = |line: &&str| {
            !line.contains("core::marker::Freeze for ") && !line.contains("core::marker::UnsafeUnpin for ")
        };
        let listing: String = listing.lines().filter(is_stable).flat_map(|line| [line, "\n"]).collect();
        let file = root().join("api").join(format!("{name}.txt"));
        if is_bless {
            fs::create_dir_all(root().join("api"))
                .and_then(|()| fs::write(&file, &listing))
                .map_err(|problem| format!("{}: {problem}", file.display()))?;
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        println!("{name}: {} public items", listing.lines().count());
        problems.extend(differences(&kept, &listing).map(|line| format!("{name}: {line}")));
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(format!("{}\n`cargo xtask api --bless` writes `api/`; read the difference", problems.join("\n"))),
    }
}

/// Lists the lines that only one of two sorted listings has.
fn differences<'a>(kept: &'a str, now: &'a str) -> impl Iterator<Item = String> + 'a {
    let only = |mark: &'static str, one: &'a str, other: &'a str| {
        let other: std::collections::BTreeSet<&str> = other.lines().collect();
        one.lines().filter(move |line| !other.contains(line)).map(move |line| format!("{mark} {line}"))
    };
    only("-", kept, now).chain(only("+", now, kept))
}
