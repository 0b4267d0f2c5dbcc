//! The command `mcp-errors` as a library. A team gets the same command for its own codes with a binary of three lines:
//!
//! ```no_run
//! # mod acme { pub use mcp_error_codes::REGISTRY; }
//! fn main() -> std::process::ExitCode {
//!     mcp_error_codes_cli::run("acme-errors", [&acme::REGISTRY])
//! }
//! ```
//!
//! [`Command`] also sets the title, the footer and the address of its catalogue.
//!
//! `command` parses the arguments and knows the subcommands. Each subcommand is one file, which does not know `command` or the
//! other subcommands. Finding is separate from printing: `query`, `findings`, `ranking`, `filter` and `suggestion` do not know
//! about terminals. `catalogue` knows which registries are shown.

mod alerts;
mod audit;
mod budget;
mod catalogue;
mod check;
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
mod loaded;
mod logs;
mod man;
mod new;
mod outcome;
mod package;
mod page;
mod present;
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

pub use command::{Command, main, run};
