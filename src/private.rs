//! What generated code refers to. No part of this is a promise: library and generator have the same version.

pub use mcp_error_codes_record::index::*;
pub use mcp_error_codes_record::*;
pub use phf;
#[cfg(feature = "std")]
pub use serde::{Serialize, Serializer};
#[cfg(feature = "std")]
pub use serde_json::Number;

pub use crate::registry::Registry;
