//! Runs the official clients if they are installed.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use mcp_error_codes::REGISTRY;
use serde_json::Value;

pub(crate) type Checked = Result<(), Box<dyn Error>>;

/// Where the clients are installed.
const DIRECTORY: &str = env!("CARGO_MANIFEST_DIR");

/// The clients, and the server that they start.
pub(crate) struct Clients<'a> {
    /// The file of requests and the expected answers.
    pub(crate) conditions: &'a Path,
    /// The server to start.
    pub(crate) program: &'a Path,
}

impl Clients<'_> {
    pub(crate) fn python(&self) -> Checked {
        let directory = Path::new(DIRECTORY).join("python");
        let requirements = std::fs::read_to_string(directory.join("requirements.txt"))?;
        let pinned = requirements.lines().find_map(|line| line.strip_prefix("mcp==")).ok_or("mcp is not pinned")?;

        let own = [".venv/bin/python", ".venv/Scripts/python.exe"].map(|python| directory.join(python));
        let version = "import importlib.metadata; print(importlib.metadata.version('mcp'))";
        let has_package = |python: &PathBuf| {
            output_of(Command::new(python).args(["-c", version])).is_some_and(|found| found == pinned)
        };
        match own.into_iter().chain([PathBuf::from("python3")]).find(has_package) {
            Some(python) => self.run(Command::new(python).arg("-B").arg(directory.join("run.py"))),
            None => skip(&format!("there is no Python with the package mcp {pinned}")),
        }
    }

    pub(crate) fn typescript(&self, package: &str, script: &str) -> Checked {
        let directory = Path::new(DIRECTORY).join("typescript");
        let modules = directory.join("node_modules");
        let manifest = json(&directory.join("package.json"))?;
        let pinned = manifest["dependencies"][package].as_str().ok_or("the package is not pinned")?;
        let installed = json(&modules.join(package).join("package.json")).unwrap_or_default();
        if installed["version"] != pinned {
            return skip(&format!("the package {package} {pinned} is not installed"));
        }

        // The packages include a Node that all of them support, if one is available for the system.
        let architecture = match std::env::consts::ARCH {
            "x86_64" => "x64",
            "aarch64" => "arm64",
            other => other,
        };
        let own = modules.join(format!("node-{}-{architecture}/bin/node", std::env::consts::OS));
        let runs = |node: &PathBuf| output_of(Command::new(node).arg("--version")).is_some();
        match [own, PathBuf::from("node")].into_iter().find(runs) {
            Some(node) => self.run(Command::new(node).arg(directory.join(script))),
            None => skip("there is no Node"),
        }
    }

    /// Runs a client with the conditions, the server to start and the registry to compare with.
    fn run(&self, client: &mut Command) -> Checked {
        let mut registry = tempfile::NamedTempFile::new()?;
        registry.write_all(&serde_json::to_vec(&REGISTRY)?)?;
        let output = client.arg(self.conditions).arg(self.program).arg(registry.path()).output()?;
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
        tell(&told)
    }
}

/// Returns the path of a program that another package of the workspace builds in the same target directory.
pub(crate) fn program(name: &str, package: &str) -> Result<PathBuf, Box<dyn Error>> {
    let test = std::env::current_exe()?;
    let profile = test.ancestors().nth(2).ok_or("the test is in no target directory")?;
    let program = profile.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !program.is_file() {
        return Err(format!("run `cargo build --package {package}` first").into());
    }
    Ok(program)
}

fn skip(reason: &str) -> Checked {
    let reason = format!("skipped: {reason}; .ci/install-clients installs it");
    if std::env::var_os("OFFICIAL_CLIENTS").is_some_and(|value| value == "required") {
        return Err(reason.into());
    }
    tell(&reason)
}

/// Prints a text even if the output of passing tests is hidden.
fn tell(text: &str) -> Checked {
    let test = std::thread::current().name().unwrap_or_default().to_owned();
    for line in text.lines() {
        writeln!(std::io::stderr(), "{test}: {line}")?;
    }
    Ok(())
}

fn json(path: &Path) -> Result<Value, Box<dyn Error>> {
    Ok(serde_json::from_slice(&std::fs::read(path)?)?)
}

/// Returns the output of a program, or `None` if it is missing or fails.
fn output_of(program: &mut Command) -> Option<String> {
    let output = program.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
