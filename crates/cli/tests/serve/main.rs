//! `mcp-errors serve`, as a client sees it.

mod decode;
mod help;
mod http;
mod prompts;
mod resources;
mod session;
mod stop;
mod tools;
