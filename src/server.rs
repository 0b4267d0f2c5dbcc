//! Integrations with servers and clients: one module per version of an SDK or framework.

#[cfg(feature = "axum-0_8")]
pub mod axum_0_8;
#[cfg(feature = "http-1")]
pub mod http_1;
#[cfg(feature = "rmcp-3")]
pub mod rmcp_3;
