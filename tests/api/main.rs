//! Codes, records and errors: what they are, how they are made, found and changed.

mod arguments;
mod code_macro;
mod conversions;
mod convert;
mod error;
mod explain;
mod export;
mod find;
mod lookup;
mod message;
mod numbers;
mod retry;
mod templates;
mod traits;
mod upstream;
