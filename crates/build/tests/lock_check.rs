//! What `check_lock` does in a test of a package: it reads `UPDATE_LOCK` and the package's folder from the environment.
//!
//! A test runs in a process with its own environment, so this one has no harness: it runs itself as that process.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs, io};

/// Set for the process that acts as the test of a package.
const PLAYED: &str = "PLAYED_TEST";

const LINE: &str =
    "demo:D-1 100001 tool 500 do-not-retry operation_failed ONE demo D ERROR GENERAL true - - - - active\n";

fn main() -> io::Result<()> {
    if env::var_os(PLAYED).is_some() {
        mcp_error_codes_build::check_lock();
        return Ok(());
    }
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lock_check");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    fs::create_dir_all(package.join("registry"))?;
    fs::write(package.join("registry/demo.toml"), include_str!("valid/demo.toml"))?;
    an_unknown_word_is_told(&package)?;
    the_lock_is_made(&package)?;
    what_was_published_is_kept(&package)
}

/// Acts as the test of a package, in a folder.
fn play(package: &Path, folder: &Path, update: &str) -> io::Result<Output> {
    let mut command = Command::new(env::current_exe()?);
    command.env(PLAYED, "1").env("CARGO_MANIFEST_DIR", package).env("UPDATE_LOCK", update).env_remove("RUST_BACKTRACE");
    command.current_dir(folder).output()
}

/// Returns what the process printed before it failed, without the place.
fn panic(output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let (place, message) = told.trim_start().split_once('\n').unwrap_or_default();
    assert!(place.contains("lock_check.rs"), "the place is not the call: {told}");
    message.split("\nnote: ").next().unwrap_or_default().to_owned()
}

fn an_unknown_word_is_told(package: &Path) -> io::Result<()> {
    let told = "UPDATE_LOCK is \"yes\"; expected 1 for compatible changes or major for every change";
    assert_eq!(panic(&play(package, package, "yes")?), told);
    assert!(!package.join("registry.lock").exists());
    Ok(())
}

fn the_lock_is_made(package: &Path) -> io::Result<()> {
    let told = "registry.lock: there is no such file; UPDATE_LOCK=1 cargo test creates it";
    assert_eq!(panic(&play(package, package, "")?), told);
    assert!(play(package, package, "1")?.status.success());
    assert!(fs::read_to_string(package.join("registry.lock"))?.ends_with(LINE));
    // The package is found from any working directory.
    assert!(play(package, package, "")?.status.success());
    assert!(play(package, &package.join("registry"), "")?.status.success());
    Ok(())
}

fn what_was_published_is_kept(package: &Path) -> io::Result<()> {
    let file = package.join("registry.lock");
    let published = fs::read_to_string(&file)? + "demo:D-2 100002 tool 500 do-not-retry active\n";
    fs::write(&file, &published)?;
    let told = |file: &Path| {
        format!(
            "{}: the registry differs from what is published\n\
             major: demo:D-2 is removed\n- demo:D-2 100002 tool 500 do-not-retry active\n\
             UPDATE_LOCK=1 writes minor changes only: a published code stays as it is, or becomes deprecated\n\
             for the next major version, UPDATE_LOCK=major cargo test writes every change",
            file.display()
        )
    };
    for update in ["", "1"] {
        assert_eq!(panic(&play(package, package, update)?), told(&PathBuf::from("registry.lock")));
        assert_eq!(panic(&play(package, &package.join("registry"), update)?), told(&file));
        assert_eq!(fs::read_to_string(&file)?, published);
    }
    assert!(play(package, package, "major")?.status.success());
    assert!(fs::read_to_string(&file)?.ends_with(LINE));
    Ok(())
}
