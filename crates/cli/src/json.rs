use serde::Serialize;

use crate::outcome::Failure;

/// Returns a value as indented JSON, which ends with a line end.
///
/// # Errors
/// [`Failure::Io`] if the value cannot be serialized, which does not happen for the values of this crate.
pub(crate) fn pretty(value: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(Failure::writing)?;
    Ok(text + "\n")
}
