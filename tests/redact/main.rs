//! Redaction removes secrets from everything that leaves the process, and nothing else.
#![cfg(feature = "std")]

mod corpus;
mod measure;
mod redaction;
