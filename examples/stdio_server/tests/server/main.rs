//! The example `stdio_server` as a process of its own, and the SDK's client in front of it: every condition arrives with
//! its code, message, hint and details, on the right surface, and nothing internal does.

mod arguments;
mod batch;
mod codes;
mod files;
mod guard;
mod security;
mod session;
mod start;
