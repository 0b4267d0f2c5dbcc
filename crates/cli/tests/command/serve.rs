//! `mcp-errors serve` from the side of a client.

mod decode;
mod help;
mod http;
mod official_clients;
mod prompts;
mod resources;
mod session;
mod stop;
mod tools;
