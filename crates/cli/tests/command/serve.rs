//! `mcp-errors serve` as seen by a client.

mod decode;
mod help;
mod http;
mod prompts;
mod resources;
mod session;
mod stop;
mod tools;
