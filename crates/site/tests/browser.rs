//! The site in a real browser, from disk and from a web server: search, filters, links, keyboard, themes, phones, and the findings
//! of axe. The checks are in `tests/browser/`.
//!
//! They need Chromium, Node 20 and the packages of `tests/browser/package.json`, which `.ci/install-clients` installs. If one is
//! missing, the test is skipped with a message, unless `BROWSER=required` is set. `CHROMIUM` names another browser.

use std::env;
use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use mcp_error_codes::{REGISTRY, records};
use mcp_error_codes_site::Site;
use serde_json::Value;

type Checked = Result<(), Box<dyn Error>>;

const CHECKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser");

#[test]
fn a_browser_finds_nothing_wrong() -> Checked {
    let Some(node) = node() else { return skip("there is no Node 20") };
    let Some(chromium) = chromium() else { return skip("there is no Chromium") };
    let manifest = json(&Path::new(CHECKS).join("package.json"))?;
    for package in ["axe-core", "playwright-core"] {
        let installed =
            json(&Path::new(CHECKS).join("node_modules").join(package).join("package.json")).unwrap_or_default();
        if installed["version"] != manifest["dependencies"][package] {
            return skip(&format!("the package {package} {} is not installed", manifest["dependencies"][package]));
        }
    }

    let folder = tempfile::tempdir()?;
    // A sandboxed browser cannot read hidden folders.
    let site = folder.path().join("site of errors");
    Site::new(records()).write_to(&site)?;
    let registry = folder.path().join("registry.json");
    std::fs::write(&registry, serde_json::to_vec(&REGISTRY)?)?;
    let checks = Path::new(CHECKS).join("check.mjs");
    let output = Command::new(node).arg(checks).arg(chromium).arg(&site).arg(&registry).output()?;
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// The packages include a Node for some systems.
fn node() -> Option<PathBuf> {
    let architecture = match env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    let own = Path::new(CHECKS).join(format!("node_modules/node-{}-{architecture}/bin/node", env::consts::OS));
    let is_new =
        |version: String| version.strip_prefix('v')?.split('.').next()?.parse().ok().filter(|major: &u32| *major >= 20);
    [own, PathBuf::from("node")].into_iter().find(|node| version_of(node).and_then(is_new).is_some())
}

fn chromium() -> Option<PathBuf> {
    let named = env::var_os("CHROMIUM").map(PathBuf::from);
    let usual =
        ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"].into_iter().flat_map(|name| {
            let folders = env::var_os("PATH").map(|path| env::split_paths(&path).collect::<Vec<_>>());
            folders.unwrap_or_default().into_iter().map(move |folder| folder.join(name))
        });
    named.into_iter().chain(usual).find(|browser| version_of(browser).is_some())
}

/// Returns the version that a program prints, or `None` if the program is missing or fails.
fn version_of(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn json(path: &Path) -> Result<Value, Box<dyn Error>> {
    Ok(serde_json::from_slice(&std::fs::read(path)?)?)
}

fn skip(reason: &str) -> Checked {
    let reason = format!("skipped: {reason}; .ci/install-clients installs it");
    if env::var_os("BROWSER").is_some_and(|value| value == "required") {
        return Err(reason.into());
    }
    writeln!(std::io::stderr(), "a_browser_finds_nothing_wrong: {reason}")?;
    Ok(())
}
