//! Clients that we did not write receive everything that the examples `stdio_server` and `http_server` and the command
//! `mcp-errors serve` answer; the README beside this file says how.

mod clients;
mod http_server;
mod serve;
mod stdio_server;
