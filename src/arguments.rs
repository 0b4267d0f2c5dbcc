//! Tool arguments that do not fit their type: what is wrong with them, and where. It knows no SDK.

pub(crate) mod misfit;
#[cfg(feature = "rmcp-3")]
pub(crate) mod mismatch;
#[cfg(feature = "rmcp-3")]
pub(crate) mod node;
