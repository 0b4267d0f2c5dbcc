use clap::{Args, ValueEnum};
use mcp_error_codes::Record;
use mcp_error_codes::schema::{Field, Object, Type};
use serde_json::Value;

use crate::filter::Filter;
use crate::outcome::{Failure, Outcome};
use crate::terminal::Terminal;
use crate::{json, table};

/// List all codes, or those that match the filters
#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    filter: Filter,

    /// The output format [default: `table` on a terminal, `plain` in a pipe]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table that fits the terminal
    Table,
    /// A list of the complete records
    Json,
    /// One row per code, with every field that has one value
    Csv,
    /// The columns of the table, separated by tabs
    Plain,
}

impl List {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let records: Vec<&'static Record> = self.filter.records().collect();
        let otherwise = if terminal.is_read_by_a_person() { Format::Table } else { Format::Plain };
        let format = self.format.unwrap_or(otherwise);
        terminal.print(&match format {
            Format::Table if records.is_empty() => String::new(),
            Format::Table => as_table(&records, terminal.table_width()),
            Format::Json => json::pretty(&records)?,
            Format::Csv => as_csv(&records)?,
            Format::Plain => records.iter().map(|record| row(record).join("\t") + "\n").collect(),
        })?;
        if records.is_empty() {
            terminal.complain("no code matches all of these filters");
            return Ok(Outcome::NotFound);
        }
        Ok(Outcome::Found)
    }
}

const COLUMNS: [&str; 6] = ["CODE", "TITLE", "HTTP", "SEVERITY", "RETRY", "SYSTEM"];

fn row(record: &Record) -> Vec<String> {
    vec![
        record.code_text().to_string(),
        record.title.to_owned(),
        record.http_status.to_string(),
        record.severity.to_string(),
        record.retry.class.to_string(),
        record.system.to_string(),
    ]
}

fn as_table(records: &[&Record], width: Option<usize>) -> String {
    let mut rows: Vec<_> = records.iter().map(|record| row(record)).collect();
    let columns = &COLUMNS[..fitting(&rows, width)];
    rows.iter_mut().for_each(|row| row.truncate(columns.len()));
    let lines = table::draw(columns, &rows, width);
    let lines = lines.iter().enumerate().map(|(at, line)| if at == 0 { line.clone() } else { table::first_word(line) });
    lines.map(|line| line + "\n").collect()
}

/// Returns how many columns fit with enough space for a title. Columns are dropped from the right; code and title always stay.
fn fitting(rows: &[Vec<String>], width: Option<usize>) -> usize {
    const MIN_TITLE_WIDTH: usize = 28;
    let Some(width) = width else { return COLUMNS.len() };
    let widest = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        if column == TITLE { MIN_TITLE_WIDTH } else { cells.max().unwrap_or(0).max(COLUMNS[column].len()) }
    };
    let fits = |count: &usize| (0..*count).map(|column| widest(column) + 2).sum::<usize>() <= width + 2;
    (TITLE + 1..=COLUMNS.len()).rev().find(fits).unwrap_or(TITLE + 1)
}

/// The column that is wrapped if there is not enough space.
const TITLE: usize = 1;

fn as_csv(records: &[&Record]) -> Result<String, Failure> {
    let columns = columns();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&columns).map_err(Failure::writing)?;
    for record in records {
        let object = serde_json::to_value(record).map_err(Failure::writing)?;
        writer.write_record(columns.iter().map(|column| cell(column, record, &object))).map_err(Failure::writing)?;
    }
    let bytes = writer.into_inner().map_err(Failure::writing)?;
    String::from_utf8(bytes).map_err(Failure::writing)
}

/// Returns the columns of the CSV: the fields of a record with one value, and one part each of two other fields.
fn columns() -> Vec<&'static str> {
    let record = Object::ALL.iter().filter(|object| object.name == "Record");
    let fields = record.flat_map(Object::fields);
    let has_cell = |field: &Field| match field.ty {
        Type::List(_) | Type::Object(_) => [RETRY, NUMBERS].contains(&field.name),
        _ => true,
    };
    fields.filter(has_cell).map(|field| field.name).collect()
}

/// The field that the CSV reduces to its class.
const RETRY: &str = "retry";
/// The field that the CSV reduces to its preferred number.
const NUMBERS: &str = "json_rpc";

fn cell(column: &str, record: &Record, object: &Value) -> String {
    match (column, &object[column]) {
        (RETRY, _) => record.retry.class.to_string(),
        (NUMBERS, _) => record.json_rpc_number().to_string(),
        (_, Value::Null) => String::new(),
        (_, Value::String(text)) => text.clone(),
        (_, value) => value.to_string(),
    }
}
