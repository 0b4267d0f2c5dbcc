//! Independent clients receive everything that the examples `stdio_server` and `http_server` and the command `mcp-errors serve`
//! answer. The README in this directory describes how.

mod clients;
mod http_server;
mod serve;
mod stdio_server;
