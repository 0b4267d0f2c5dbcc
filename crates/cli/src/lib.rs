//! The command `mcp-errors` as a library.
//!
//! `command` parses the arguments and knows the subcommands. Each subcommand is one file, which knows neither `command` nor the
//! other subcommands. What a subcommand finds is separate from how it prints it: `query`, `findings`, `ranking`, `filter` and
//! `suggestion` know nothing of a terminal.

mod alerts;
mod audit;
mod budget;
mod command;
mod completions;
mod correlate;
mod coverage;
mod decode;
mod diff;
mod explain;
mod export;
mod filter;
mod finding_text;
mod findings;
mod ingest;
mod input;
mod inspect;
mod json;
mod list;
mod logs;
mod man;
mod outcome;
mod page;
mod query;
mod ranking;
mod runbook;
mod search;
mod serve;
mod site;
mod sql;
mod store;
mod style;
mod suggestion;
mod table;
mod terminal;
mod word;
mod wrap;

pub use command::main;
