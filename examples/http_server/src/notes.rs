//! The notes, in memory.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use mcp_error_codes::{McpError, filesystem};
use stdio_server::RateLimit;

/// The maximum length of a name, in bytes.
const MAX_NAME: usize = 64;

#[derive(Debug)]
pub(crate) struct Notes {
    texts: Mutex<HashMap<String, String>>,
    writes: RateLimit,
}

impl Notes {
    pub(crate) fn new(max_writes_per_minute: usize) -> Self {
        Self { texts: Mutex::default(), writes: RateLimit::new(max_writes_per_minute) }
    }

    pub(crate) fn read(&self, name: &str) -> Result<String, McpError> {
        check_name(name)?;
        self.texts().get(name).cloned().ok_or_else(|| filesystem::file_not_found(name))
    }

    pub(crate) fn write(&self, name: &str, text: String) -> Result<(), McpError> {
        check_name(name)?;
        self.writes.count()?;
        self.texts().insert(name.to_owned(), text);
        Ok(())
    }

    fn texts(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn check_name(name: &str) -> Result<(), McpError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !name.is_empty() && name.len() <= MAX_NAME && name.chars().all(fits) {
        return Ok(());
    }
    let rule = format!("a name has 1 to {MAX_NAME} letters, digits, dots, hyphens and underscores");
    Err(filesystem::invalid_parameter_value(rule).with_detail("parameter", "name"))
}
