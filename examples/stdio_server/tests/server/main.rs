//! The example `stdio_server` as a separate process, called by the SDK's client: every condition arrives with its code,
//! message, hint and details, on the right surface, without internal details.

mod arguments;
mod batch;
mod codes;
mod files;
mod guard;
mod security;
mod session;
mod start;
