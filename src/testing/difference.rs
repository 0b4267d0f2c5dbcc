//! Formats a comparison: one line for each part, or two lines if the part differs.

use mcp_error_codes_core::Record;
use serde_json::Value;

use crate::McpError;

/// One part of an error.
#[derive(Debug)]
pub(crate) struct Row {
    name: String,
    expected: Option<String>,
    found: Option<String>,
    differs: bool,
}

impl Row {
    /// Compares a part by its text. A part without an expected text counts as equal.
    pub(crate) fn new(name: impl Into<String>, expected: Option<String>, found: Option<String>) -> Self {
        let differs = expected.is_some() && expected != found;
        Self { name: name.into(), expected, found, differs }
    }

    /// Returns the row of a part that is not checked.
    pub(crate) fn found(name: String, found: String) -> Self {
        Self::new(name, None, Some(found))
    }

    /// Overrides the comparison by text.
    pub(crate) fn that_differs(self, differs: bool) -> Self {
        Self { differs, ..self }
    }

    /// Compares two values. In lists and objects that differ, each value has its own row.
    pub(crate) fn of_json(name: &str, expected: Option<&Value>, found: Option<&Value>) -> Vec<Self> {
        match (expected, found) {
            (Some(Value::Object(expected)), Some(Value::Object(found))) if expected != found => {
                let missing = expected.keys().filter(|key| !found.contains_key(*key));
                let of_key = |key| Self::of_json(&format!("{name}.{key}"), expected.get(key), found.get(key));
                found.keys().chain(missing).flat_map(of_key).collect()
            }
            (Some(Value::Array(expected)), Some(Value::Array(found))) if expected != found => {
                let of_place = |at| Self::of_json(&format!("{name}[{at}]"), expected.get(at), found.get(at));
                (0..expected.len().max(found.len())).flat_map(of_place).collect()
            }
            _ => {
                let row = Self::new(name, expected.map(Value::to_string), found.map(Value::to_string));
                vec![row.that_differs(expected != found)]
            }
        }
    }

    pub(crate) const fn differs(&self) -> bool {
        self.differs
    }
}

/// Formats the rows in columns. A part that is neither expected nor found is omitted. A part that does not differ has
/// one line, which may be shortened.
pub(crate) fn lines(rows: &[Row]) -> String {
    let shown = || rows.iter().filter(|row| row.differs || row.found.is_some());
    let width = shown().map(|row| row.name.chars().count()).max().unwrap_or_default();
    let line = |row: &Row, mark: char, text: &str| format!("{mark} {:width$}  {text}", row.name);
    let lines = shown().flat_map(|row| {
        let found = row.found.as_deref().unwrap_or("absent");
        let expected = row.expected.as_deref().unwrap_or("absent");
        match row.differs {
            true => vec![line(row, '-', expected), line(row, '+', found)],
            false => vec![line(row, ' ', &shortened(found))],
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns whether two records belong to the same code. A registry that extends the code has its own record for it.
pub(crate) fn is_same(one: &'static Record, other: &'static Record) -> bool {
    McpError::from_record(one).is_of(other)
}

/// Returns a note about a difference that the rows do not explain.
pub(crate) fn notes(expected: &'static Record, found: &McpError) -> String {
    let system = expected.system.name;
    if is_same(expected, found.record()) {
        String::new()
    } else if found.system_name() == system && found.bare_code() == expected.code {
        format!("\nnote: the registry of the system {system:?} is not known here; call `mcp_error_codes::setup` first")
    } else if found.system_name() == "unknown" && found.bare_code() == expected.json_rpc_number().to_string() {
        format!(
            "\nnote: a bare number means no system's code; `Decoder::in_system({system:?})` reads it as that system's"
        )
    } else {
        String::new()
    }
}

/// Formats a code with its system and its title.
pub(crate) fn code(record: &Record) -> String {
    format!("{}:{} ({})", record.system.name, record.code, record.title)
}

/// Quotes a string on one line.
pub(crate) fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// Shortens a long string, and adds the number of omitted characters.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARS) {
        Some((at, _)) => format!("{}… [{} more]", &text[..at], text[at..].chars().count()),
        None => text.to_owned(),
    }
}

/// The maximum number of characters shown of an unchecked part.
const MAX_CHARS: usize = 200;
