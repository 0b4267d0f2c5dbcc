//! Registry files among the sources, which declare the program's own codes.

use std::path::Path;

use super::known::Known;
use super::mention::{Mentions, Use};
use crate::input;
use crate::outcome::Failure;

/// Reads a registry file. Any other TOML file is skipped.
///
/// # Errors
/// [`Failure::Io`] if the file cannot be read.
pub(super) fn read(path: &Path, known: &mut Known, mentions: &mut Mentions) -> Result<(), Failure> {
    let text = input::file(path)?;
    let Some(system) = System::read(&text) else { return Ok(()) };
    let file = path.display().to_string();
    for (line, entry) in codes(&text) {
        let scenarios = entry.scenarios.iter().map(String::as_str);
        known.add(&system.name, &system.module, &entry.code, &entry.name, scenarios);
        mentions.add(&(system.name.clone(), entry.code), Use::Declares, &file, line);
    }
    Ok(())
}

struct System {
    name: String,
    module: String,
}

impl System {
    fn read(text: &str) -> Option<Self> {
        let mut lines = text
            .lines()
            .skip_while(|line| line.trim() != "[system]")
            .skip(1)
            .take_while(|line| !line.trim_start().starts_with('['));
        let pairs: Vec<(&str, String)> = lines.by_ref().filter_map(pair).collect();
        let value = |wanted: &str| pairs.iter().find(|(key, _)| *key == wanted).map(|(_, value)| value.clone());
        let name = value("name")?;
        let module = value("module").unwrap_or_else(|| name.replace('-', "_"));
        Some(Self { name, module })
    }
}

struct Entry {
    code: String,
    name: String,
    /// The names of its scenarios, which have constructors.
    scenarios: Vec<String>,
}

/// Returns the codes with their lines.
fn codes(text: &str) -> Vec<(usize, Entry)> {
    let mut codes: Vec<(usize, Entry)> = Vec::new();
    let mut table = "";
    for (line, content) in (1..).zip(text.lines()) {
        let content = content.trim();
        if content.starts_with('[') && !content.contains('=') {
            table = content;
        }
        match (table, pair(content), codes.last_mut()) {
            ("[[codes]]", Some(("code", code)), _) => {
                codes.push((line, Entry { code, name: String::new(), scenarios: Vec::new() }));
            }
            ("[[codes]]", Some(("name", name)), Some((_, entry))) => entry.name = name,
            ("[[codes.scenarios]]", Some(("name", name)), Some((_, entry))) => entry.scenarios.push(name),
            _ => {}
        }
    }
    codes
}

/// Reads `key = "value"`.
fn pair(line: &str) -> Option<(&str, String)> {
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let end = value[1..].find(quote)?;
    Some((key.trim(), value[1..=end].to_owned()))
}
