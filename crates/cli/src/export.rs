//! The registry in the languages of others. All that is written is drawn from the registry; nothing of it is listed here.

mod json_schema;
pub(crate) mod markdown;
mod python;
mod shape;
mod typescript;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use mcp_error_codes::REGISTRY;

use crate::command::Outcome;
use crate::json;
use crate::terminal::{Failure, Terminal};

/// Write the whole registry for others to use
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// What to write
    #[arg(value_enum)]
    target: Target,

    /// Write it to this file, not to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    /// All systems and codes, with the field names of the registry's files
    Json,
    /// The JSON Schema (2020-12) of the JSON export; `$defs` has that of the record object, which travels with an error
    JsonSchema,
    /// A reference of all codes, to read
    Markdown,
    /// A module with the records, the types, and functions that find the record object in a response
    #[value(name = "typescript")]
    TypeScript,
    /// The same for Python 3.10 or newer
    Python,
}

impl Export {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let text = match self.target {
            Target::Json => json::pretty(&REGISTRY)?,
            Target::JsonSchema => json::pretty(&json_schema::schema())?,
            Target::Markdown => markdown::reference(),
            Target::TypeScript => typescript::module()?,
            Target::Python => python::module()?,
        };
        match &self.output {
            Some(file) => std::fs::write(file, text).map_err(|error| Failure::file(file, error))?,
            None => terminal.print(&text)?,
        }
        Ok(Outcome::Found)
    }
}

/// Says where a generated file comes from.
fn origin(target: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!("Written by `mcp-errors export {target}` from version {version} of the registry. Do not edit.")
}
