//! The command `mcp-errors`, run as a process.

mod decode;
mod diff;
mod explain;
mod export;
mod list;
mod operations;
mod own;
mod run;
mod search;
mod serve;
mod shell;
mod site;
