//! The source of the crates, where Cargo has unpacked it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The crates by name.
pub struct Sources(BTreeMap<String, Package>);

struct Package {
    version: String,
    folder: PathBuf,
}

impl Sources {
    /// Finds the crates that this program depends on.
    pub fn read() -> Result<Self, String> {
        let output = cargo(&["metadata", "--format-version", "1"])?;
        let metadata: Value = serde_json::from_str(&output).map_err(|problem| problem.to_string())?;
        let packages = metadata["packages"].as_array().into_iter().flatten().filter_map(|package| {
            let folder = Path::new(package["manifest_path"].as_str()?).parent()?.to_owned();
            Some((
                package["name"].as_str()?.to_owned(),
                Package { version: package["version"].as_str()?.to_owned(), folder },
            ))
        });
        Ok(Self(packages.collect()))
    }

    fn package(&self, name: &str) -> Result<&Package, String> {
        self.0.get(name).ok_or_else(|| format!("{name} is not a dependency"))
    }

    pub fn version(&self, name: &str) -> Result<&str, String> {
        Ok(&self.package(name)?.version)
    }

    /// Counts the packages of a build with the default features, the crate among them.
    pub fn packages(&self, name: &str) -> Result<usize, String> {
        let package = self.package(name)?;
        let folder = std::env::temp_dir().join(format!("comparison-{}-{name}", std::process::id()));
        let is_ours = package.folder.join("registry.lock").exists();
        let version = match is_ours {
            true => format!("{{ path = {:?} }}", package.folder),
            false => format!("\"={}\"", package.version),
        };
        let manifest = format!(
            "[package]\nname = \"alone\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{name} = {version}\n"
        );
        let write = || -> std::io::Result<()> {
            fs::create_dir_all(folder.join("src"))?;
            fs::write(folder.join("src/lib.rs"), "")?;
            fs::write(folder.join("Cargo.toml"), manifest)
        };
        write().map_err(|problem| format!("{}: {problem}", folder.display()))?;
        let path = folder.join("Cargo.toml").display().to_string();
        let tree = cargo(&[
            "tree",
            "--quiet",
            "--prefix",
            "none",
            "--edges",
            "normal,build",
            "--no-dedupe",
            "--manifest-path",
            &path,
        ]);
        let _ = fs::remove_dir_all(&folder);
        let names: std::collections::BTreeSet<String> = tree?
            .lines()
            .map(|line| line.split(" (").next().unwrap_or_default().to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        // The package that has nothing but the dependency is not counted.
        Ok(names.len() - 1)
    }

    /// Returns the text of a file.
    pub fn file(&self, name: &str, path: &str) -> Result<String, String> {
        let file = self.package(name)?.folder.join(path);
        fs::read_to_string(&file).map_err(|problem| format!("{}: {problem}", file.display()))
    }

    /// Returns the files below `src` that contain one of the words, in any case.
    pub fn files_with(&self, name: &str, words: &[&str]) -> Result<Vec<String>, String> {
        let folder = self.package(name)?.folder.join("src");
        let mut files = Vec::new();
        collect(&folder, &mut files).map_err(|problem| format!("{}: {problem}", folder.display()))?;
        let has = |file: &PathBuf| {
            let text = fs::read_to_string(file).unwrap_or_default().to_lowercase();
            words.iter().any(|word| text.contains(&word.to_lowercase()))
        };
        Ok(files
            .iter()
            .filter(|file| has(file))
            .map(|file| file.strip_prefix(&folder).unwrap_or(file).display().to_string())
            .collect())
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

fn cargo(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("cargo")
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .map_err(|problem| format!("cargo: {problem}"))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}
