//! The example `http_server` as a process of its own, and curl in front of it: the exact status, headers and JSON of every
//! refusal, on the plain API and on MCP, and the page that all of them refer to.
//!
//! Without curl the tests are skipped and say so, unless `OFFICIAL_CLIENTS=required` is set.

mod answer;
mod docs;
mod guard;
mod mcp;
mod prometheus;
mod rest;
mod server;
mod start;
mod token;
