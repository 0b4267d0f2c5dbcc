//! What generated code refers to. No part of this is a promise: library and generator have the same version.

#[cfg(feature = "rmcp")]
pub use ::rmcp::{ErrorData, handler::server::tool::IntoCallToolResult, model::CallToolResponse};
pub use mcp_error_codes_record::index::*;
pub use mcp_error_codes_record::*;
pub use phf;
#[cfg(feature = "std")]
pub use serde::{Serialize, Serializer};
#[cfg(feature = "std")]
pub use serde_json::Number;

#[cfg(feature = "derive")]
pub use crate::derive::{AddField, Field, Source, detail_name, text};
pub use crate::extension::Extension;
pub use crate::registry::Registry;
