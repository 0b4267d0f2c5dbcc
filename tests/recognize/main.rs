//! What is recognized in texts of other programs.
#![cfg(feature = "recognize")]

mod bad_input;
mod examples;
mod field_corpus;
mod field_rows;
mod kinds;
mod log;
mod quoted;
