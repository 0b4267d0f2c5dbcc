//! The names that sources may use for a code.

use std::collections::HashMap;

use mcp_error_codes::{Record, records, specification_code};

/// A code, by its system and its text.
pub(super) type Code = (String, String);

/// The codes that sources may name: those of the registries, and those that registry files among the sources define.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// By text of the code, with and without its system.
    texts: HashMap<String, Vec<Code>>,
    /// By module and name of the constant or the constructor.
    names: HashMap<(String, String), Code>,
    /// The modules of the systems.
    modules: Vec<String>,
}

impl Known {
    pub(super) fn new() -> Self {
        let mut known = Self::default();
        for record in records() {
            known.add(record.system.name, record.system.module, record.code, record.name, scenarios(record));
        }
        known
    }

    /// Adds a code. `others` are the names of further constructors.
    pub(super) fn add<'n>(
        &mut self,
        system: &str,
        module: &str,
        code: &str,
        name: &'n str,
        others: impl Iterator<Item = &'n str>,
    ) {
        let own: Code = (system.to_owned(), code.to_owned());
        for text in [code.to_owned(), format!("{system}:{code}")] {
            let codes = self.texts.entry(text).or_default();
            if !codes.contains(&own) {
                codes.push(own.clone());
            }
        }
        self.names.insert((module.to_owned(), name.to_uppercase()), own.clone());
        for constructor in std::iter::once(name).chain(others) {
            self.names.insert((module.to_owned(), constructor.to_lowercase()), own.clone());
        }
        if !self.modules.iter().any(|known| known == module) {
            self.modules.push(module.to_owned());
        }
    }

    /// Returns the code that a whole text names, if it names exactly one. A word such as `NOT_FOUND` needs its system.
    pub(super) fn of_text(&self, text: &str) -> Option<&Code> {
        let is_code = text.contains(':') || text.contains(|c: char| c.is_ascii_digit());
        match self.texts.get(text)?.as_slice() {
            [code] if is_code && text.parse::<i64>().is_err() => Some(code),
            _ => None,
        }
    }

    /// Returns the specification's code for a number.
    pub(super) fn of_number(&self, number: i64) -> Option<Code> {
        let record = specification_code(number)?.record();
        Some((record.system.name.to_owned(), record.code.to_owned()))
    }

    /// Returns the code of a constant or a constructor in the module of its system.
    pub(super) fn of_name(&self, module: &str, name: &str) -> Option<&Code> {
        self.names.get(&(module.to_owned(), name.to_owned()))
    }

    pub(super) fn is_module(&self, name: &str) -> bool {
        self.modules.iter().any(|module| module == name)
    }
}

fn scenarios(record: &'static Record) -> impl Iterator<Item = &'static str> {
    record.scenarios.iter().map(|case| case.name)
}
