//! The example `http_server` as a separate process, called with curl: the exact status, headers and JSON of every
//! rejection, on the plain API and over MCP, and the page that they all refer to.
//!
//! Without curl, the tests print that they are skipped, unless `OFFICIAL_CLIENTS=required` is set.

mod answer;
mod docs;
mod guard;
mod mcp;
mod prometheus;
mod rest;
mod server;
mod start;
mod token;
