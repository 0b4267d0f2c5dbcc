//! Items for generated code. They are not part of the public API: the generator always has the same version as the library.

#[cfg(feature = "rmcp-3")]
pub use ::rmcp::{ErrorData, handler::server::tool::IntoCallToolResult, model::CallToolResponse};
pub use mcp_error_codes_core::index::*;
pub use mcp_error_codes_core::*;
pub use phf;
#[cfg(feature = "std")]
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
#[cfg(feature = "std")]
pub use serde_json::Number;
#[cfg(feature = "std")]
pub use std::borrow::Cow;

#[cfg(feature = "std")]
pub use crate::codes::brief::{Brief, Made};
pub use crate::codes::code::{Generated, is_same_code};
pub use crate::codes::extension::Extension;
pub use crate::codes::nearest::{is_string, no_code};
pub use crate::codes::registry::{Registry, preferred};
pub use crate::codes::whole::Whole;
#[cfg(feature = "derive")]
pub use crate::convert::derive::{AddField, Field, detail_name, of_scenario, scenario_of, text};
#[cfg(feature = "std")]
pub use mcp_error_codes_core::brief::{Row as BriefRow, Rows as BriefRows};
#[cfg(feature = "std")]
pub use once_cell::sync::OnceCell;

/// For `tests/loom`.
#[cfg(feature = "budget")]
pub use crate::observe::budget::window;

/// The type of an error's source.
#[cfg(feature = "std")]
pub type Source = Box<dyn std::error::Error + Send + Sync>;

/// Creates the error for a string that is not a code.
#[must_use]
#[inline]
pub fn unknown_code(text: &str) -> crate::UnknownCode {
    crate::UnknownCode::new(text, None)
}

/// Deserializes a code from its text.
///
/// # Errors
///
/// Returns an error that contains the text if it is not a code.
#[cfg(feature = "std")]
pub fn deserialize_code<'de, C, D>(deserializer: D) -> Result<C, D::Error>
where
    C: core::str::FromStr<Err = crate::UnknownCode>,
    D: Deserializer<'de>,
{
    let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}

/// This crate under the name that generated code uses, even if a user's crate renames it.
pub mod library {
    pub use crate::*;
}
