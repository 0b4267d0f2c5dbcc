use serde::Serialize;

use crate::terminal::Failure;

/// Writes a value as JSON that a person can read too. It ends with a line end.
///
/// # Errors
/// [`Failure::Io`] where a value cannot be written, which no value of ours comes to.
pub(crate) fn pretty(value: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(Failure::writing)?;
    Ok(text + "\n")
}
