//! Registry files among the sources, which declare the program's own codes.

use std::collections::HashMap;
use std::path::PathBuf;

use serde::Deserialize;
use toml::Spanned;

use super::known::Known;
use super::mention::{Mentions, Use};
use crate::input;
use crate::outcome::Failure;
use crate::terminal::Terminal;

/// Reads the registry files among some TOML files. Other TOML files are skipped. Files that are not TOML are skipped and reported.
///
/// # Errors
/// [`Failure::Io`] if a file cannot be read.
pub(super) fn read(
    paths: &[PathBuf],
    known: &mut Known,
    mentions: &mut Mentions,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let mut files = Vec::new();
    let mut modules = HashMap::new();
    for path in paths {
        let text = input::file(path)?;
        match toml::from_str::<File>(&text) {
            Ok(File { system: Some(system), codes }) => {
                // A system may be split over several files. One of them names its module.
                if let Some(module) = &system.module {
                    modules.insert(system.name.clone(), module.clone());
                }
                files.push((path.display().to_string(), text, system.name, codes));
            }
            Ok(File { system: None, .. }) => {}
            Err(error) if text.contains("[[codes]]") => {
                terminal.complain(&format!("{}: {}; its codes are not known", path.display(), error.message()));
            }
            Err(_) => {}
        }
    }
    for (file, text, system, codes) in files {
        let module = modules.get(&system).cloned().unwrap_or_else(|| system.replace('-', "_"));
        for Entry { code, name, scenarios } in codes {
            let line = 1 + text[..code.span().start].matches('\n').count();
            let code = code.into_inner();
            known.add(&system, &module, &code, &name, scenarios.iter().map(|scenario| scenario.name.as_str()));
            mentions.add(&(system.clone(), code), Use::Declares, &file, line);
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct File {
    system: Option<System>,
    #[serde(default)]
    codes: Vec<Entry>,
}

#[derive(Deserialize)]
struct System {
    name: String,
    module: Option<String>,
}

#[derive(Deserialize)]
struct Entry {
    code: Spanned<String>,
    #[serde(default)]
    name: String,
    /// The scenarios, which also have constructors.
    #[serde(default)]
    scenarios: Vec<Scenario>,
}

#[derive(Deserialize)]
struct Scenario {
    name: String,
}
