//! What is recognized in the texts of others.
#![cfg(feature = "recognize")]

mod bad_input;
mod examples;
mod field_corpus;
mod kinds;
mod log;
