//! What is recognized in the texts of others.
#![cfg(feature = "recognize")]

mod field_corpus;
