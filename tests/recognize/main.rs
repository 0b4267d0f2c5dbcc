//! What is recognized in texts of other programs.
#![cfg(feature = "recognize")]

mod bad_input;
mod field_corpus;
mod kinds;
mod log;
