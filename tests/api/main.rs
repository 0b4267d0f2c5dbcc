//! Codes, records and errors: lookup, creation, changes and conversions.

mod arguments;
mod code_macro;
mod conversions;
mod convert;
mod error;
mod explain;
mod export;
mod find;
mod kinds;
mod lookup;
mod message;
mod numbers;
mod retry;
mod setup;
mod templates;
mod traits;
mod upstream;
mod vocabularies;
