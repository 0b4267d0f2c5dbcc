//! A server and the SDK's client in one process: what becomes of an error on its way out of a handler.
#![cfg(feature = "rmcp-3")]

mod client;
mod errors;
mod guard;
mod server;
