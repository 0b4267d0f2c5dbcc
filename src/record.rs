//! The parts of a [`Record`](crate::Record) and of a [`System`](crate::System).

pub use mcp_error_codes_core::{
    Alert, Backoff, Claim, CodeText, Command, Delays, Example, ExampleType, Explain, Fact, Family, FullName,
    JsonRpcNumber, Param, ParamType, Related, ReservedRange, Retry, Scenario, Section, Signature, Target,
};
