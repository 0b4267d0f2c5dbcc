//! Exports the registry in the formats and languages of other programs.
//!
//! Each export is one file here and one variant of `Target`.

mod json_schema;
mod markdown;
mod origin;
mod python;
mod shape;
mod typescript;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::catalogue;
use crate::json;
use crate::outcome::{Failure, Outcome};
use crate::sql::{self, Dialect};
use crate::terminal::Terminal;

/// Export the whole registry for other programs
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The format
    #[arg(value_enum)]
    target: Target,

    /// The SQL engine to write for
    #[arg(long, value_enum, required_if_eq("target", "sql"))]
    dialect: Option<Dialect>,

    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    /// All systems and codes, with the field names of the registry files
    Json,
    /// The JSON Schema (2020-12) of the JSON export; `$defs` contains the schema of the record object, which is sent with an error
    JsonSchema,
    /// A reference of all codes for people
    Markdown,
    /// A module with the records, their types, and functions that find the record object in a response
    #[value(name = "typescript")]
    TypeScript,
    /// The same module for Python 3.10 or newer
    Python,
    /// Tables for errors, the codes as a table, and the queries of `inspect`, `budget` and `correlate` as views
    Sql,
}

impl Export {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let text = match self.target {
            Target::Json => json::pretty(&catalogue::export())?,
            Target::JsonSchema => json::pretty(&json_schema::schema())?,
            Target::Markdown => markdown::reference(),
            Target::TypeScript => typescript::module()?,
            Target::Python => python::module()?,
            Target::Sql => sql(self.dialect)?,
        };
        match &self.output {
            Some(file) => std::fs::write(file, text).map_err(|error| Failure::file(file, error))?,
            None => terminal.print(&text)?,
        }
        Ok(Outcome::Found)
    }
}

fn sql(dialect: Option<Dialect>) -> Result<String, Failure> {
    let dialect = dialect.ok_or_else(|| Failure::Usage("select the engine with --dialect".to_owned()))?;
    Ok(format!("-- {}\n\n{}", origin::origin("sql"), sql::script(dialect)))
}
