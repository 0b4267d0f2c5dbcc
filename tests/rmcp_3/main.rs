//! The official Rust SDK: a server, a client and the guard in one process.
#![cfg(feature = "rmcp-3")]

mod client;
mod conversions;
mod errors;
mod globs;
mod guard;
#[cfg(feature = "testing")]
mod kinds;
mod server;
