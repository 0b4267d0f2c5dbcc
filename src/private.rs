//! What generated code refers to. No part of this is a promise: library and generator have the same version.

#[cfg(feature = "rmcp-3")]
pub use ::rmcp::{ErrorData, handler::server::tool::IntoCallToolResult, model::CallToolResponse};
pub use mcp_error_codes_core::index::*;
pub use mcp_error_codes_core::*;
pub use phf;
#[cfg(feature = "std")]
pub use serde::{Serialize, Serializer};
#[cfg(feature = "std")]
pub use serde_json::Number;

pub use crate::codes::extension::Extension;
pub use crate::codes::registry::Registry;
#[cfg(feature = "derive")]
pub use crate::convert::derive::{AddField, Field, Source, detail_name, text};
