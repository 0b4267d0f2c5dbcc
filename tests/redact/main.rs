//! What leaves the process is redacted, and nothing else is.
#![cfg(feature = "std")]

mod corpus;
mod measure;
mod redaction;
