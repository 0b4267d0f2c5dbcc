mod events;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use self::events::{Columns, Key};
use crate::logs::time::{self, Length};
use crate::outcome::{Failure, Outcome};
use crate::sql::{self, Windows};
use crate::store::database::{Store, StoreOption};
use crate::store::search::{Condition, Wanted};
use crate::table;
use crate::terminal::Terminal;

/// Join errors with your own events, such as lost orders
///
/// An error of severity ERROR or FATAL belongs to an event if they are close in time and have the same keys. For each code, an
/// event counts once, with the nearest error; the total counts it once, however many codes it has.
#[derive(Debug, Args)]
pub(crate) struct Correlate {
    /// The events: a CSV file with a header, or an SQLite database
    #[arg(value_name = "EVENTS")]
    events: PathBuf,

    /// The table of an SQLite database, if it has several
    #[arg(long)]
    table: Option<String>,

    /// What an error and its event have in common: a key of the error's context, or a column such as tool_name. The events' column
    /// has the same name unless you give another
    #[arg(long, value_name = "KEY[=COLUMN]", required = true, value_parser = Key::parse)]
    on: Vec<Key>,

    /// The column with the time of an event: a time, or seconds or milliseconds since 1970
    #[arg(long, value_name = "COLUMN", default_value = "timestamp")]
    time: String,

    /// The column that identifies an event; rows without a value are skipped. By default, every row is an event
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,

    /// The column to add up
    #[arg(long, value_name = "COLUMN")]
    value: Option<String>,

    /// Only events with this value in a column
    #[arg(long = "where", value_name = "COLUMN=VALUE", value_parser = Condition::parse)]
    conditions: Vec<Condition>,

    /// The maximum time between an error and its event
    #[arg(long, value_name = "LENGTH", default_value = "5s", value_parser = Length::parse)]
    window: Length,

    /// Only errors with this code
    #[arg(long, allow_negative_numbers = true)]
    code: Option<String>,

    /// Only errors from this time on
    #[arg(long, value_name = "TIME", value_parser = time::parse_argument)]
    since: Option<time::Millis>,

    /// Only errors before this time
    #[arg(long, value_name = "TIME", value_parser = time::parse_argument)]
    until: Option<time::Millis>,

    /// List every pair of an error and an event
    #[arg(long)]
    list: bool,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = Format::Table)]
    format: Format,

    #[command(flatten)]
    store: StoreOption,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One line per code or pair
    Table,
    /// An object
    Json,
}

/// A query over the views, and its columns: the name in JSON, and the heading in the table.
struct Question {
    sql: &'static str,
    columns: &'static [(&'static str, &'static str)],
}

const LIST: Question = Question {
    sql: "SELECT error_code, error_timestamp, event_id, value, distance_ms FROM mcp_correlated_errors \
          WHERE error_code = coalesce(?1, error_code) ORDER BY error_timestamp, event_id, error_code",
    columns: &[
        ("error_code", "Code"),
        ("error_timestamp", "Timestamp"),
        ("event_id", "Event"),
        ("value", "Value"),
        ("distance_ms", "Distance (ms)"),
    ],
};

const CODES: Question = Question {
    sql: "SELECT error_code, events, total_value, mean_distance_ms FROM mcp_correlation \
          WHERE error_code = coalesce(?1, error_code) ORDER BY total_value DESC, events DESC, error_code",
    columns: &[
        ("error_code", "Code"),
        ("events", "Events"),
        ("total_value", "Total Value"),
        ("mean_distance_ms", "Mean Distance (ms)"),
    ],
};

const TOTAL: Question = Question {
    sql: "SELECT 'total', count(*), sum(value), avg(distance_ms) FROM (SELECT event_id, max(value) AS value, \
          min(distance_ms) AS distance_ms FROM mcp_correlated_errors WHERE error_code = coalesce(?1, error_code) \
          GROUP BY event_id)",
    columns: CODES.columns,
};

impl Correlate {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let store = self.store.open()?;
        let code = self.code.as_deref().map(Wanted::parse).transpose()?;
        let code = code.as_ref().map(Wanted::current_code);
        let windows = Windows { correlation_ms: self.window.0, errors: (self.since, self.until), ..Windows::default() };
        let failure = |error: rusqlite::Error| store.failure(&error);
        store.connection.execute_batch(&sql::temporary(&windows)).map_err(failure)?;
        let columns =
            Columns { time: &self.time, id: self.id.as_deref(), value: self.value.as_deref(), keys: &self.on };
        events::load(&store, &self.events, self.table.as_deref(), &columns, &self.conditions)?;

        let ask = |question: &Question| ask(&store, question, code).map_err(failure);
        let rows = ask(if self.list { &LIST } else { &CODES })?;
        let total = if self.list { Vec::new() } else { ask(&TOTAL)? };
        if rows.is_empty() && self.format == Format::Table {
            terminal.complain("no error belongs to an event");
        } else {
            terminal.print(&match self.format {
                Format::Json if self.list => crate::json::pretty(&json!({ "errors": objects(&LIST, &rows) }))?,
                Format::Json => {
                    let total = objects(&TOTAL, &total).pop().map(|mut total| {
                        total.as_object_mut().and_then(|total| total.remove("error_code"));
                        total
                    });
                    crate::json::pretty(&json!({ "codes": objects(&CODES, &rows), "total": total }))?
                }
                Format::Table => {
                    let question = if self.list { &LIST } else { &CODES };
                    as_table(question, &[rows.clone(), total].concat(), terminal.table_width())
                }
            })?;
        }
        Ok(if rows.is_empty() { Outcome::NotFound } else { Outcome::Found })
    }
}

fn ask(store: &Store, question: &Question, code: Option<&str>) -> rusqlite::Result<Vec<Vec<Value>>> {
    let mut statement = store.connection.prepare(question.sql)?;
    let cell = |row: &rusqlite::Row<'_>, at: usize, name: &str| -> rusqlite::Result<Value> {
        Ok(match row.get_ref(at)? {
            rusqlite::types::ValueRef::Integer(time) if name == "error_timestamp" => time::rfc_3339(time).into(),
            rusqlite::types::ValueRef::Integer(number) => number.into(),
            rusqlite::types::ValueRef::Real(number) => number.into(),
            rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
            _ => Value::Null,
        })
    };
    let rows = statement.query_map([code], |row| {
        question.columns.iter().enumerate().map(|(at, (name, _))| cell(row, at, name)).collect()
    })?;
    rows.collect()
}

fn objects(question: &Question, rows: &[Vec<Value>]) -> Vec<Value> {
    let object = |row: &Vec<Value>| {
        let names = question.columns.iter().map(|(name, _)| (*name).to_owned());
        Value::Object(names.zip(row.iter().cloned()).collect())
    };
    rows.iter().map(object).collect()
}

fn as_table(question: &Question, rows: &[Vec<Value>], width: Option<usize>) -> String {
    let cell = |value: &Value| match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => crate::style::harmless(text),
        Value::Number(number) if number.is_f64() => {
            let text = format!("{:.3}", number.as_f64().unwrap_or_default());
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        other => other.to_string(),
    };
    let head: Vec<&str> = question.columns.iter().map(|(_, head)| *head).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    table::framed(&head, &rows, width)
}
