//! Errors in traces and metrics.

#[cfg(feature = "metrics-0_24")]
pub mod metrics_0_24;
#[cfg(feature = "tracing-0_1")]
pub mod tracing_0_1;
