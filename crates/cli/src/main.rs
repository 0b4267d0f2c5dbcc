//! `mcp-errors`: look MCP error codes up in a terminal.
//!
//! `command` holds the arguments and hands each subcommand to the file that bears its name. What a subcommand finds out
//! is apart from how it is shown: `query`, `reading`, `ranking` and `filter` know nothing of a terminal.

mod command;
mod completions;
mod decode;
mod diff;
mod explain;
mod export;
mod filter;
mod ingest;
mod input;
mod inspect;
mod json;
mod list;
mod logs;
mod man;
mod markdown_page;
mod query;
mod ranking;
mod reading;
mod search;
mod serve;
mod site;
mod store;
mod style;
mod table;
mod terminal;
mod word;

fn main() -> std::process::ExitCode {
    command::run()
}
