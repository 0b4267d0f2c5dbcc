use std::fs::File;
use std::io::Read;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Map, Value};

use crate::logs::time;
use crate::outcome::Failure;
use crate::store::database::Store;
use crate::store::search::Condition;

/// A key of errors, and the column of the events that contains its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    key: String,
    column: String,
}

impl Key {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (key, column) = text.split_once('=').unwrap_or((text, text));
        if key.is_empty() || column.is_empty() {
            return Err("expected a key such as bookmaker, or KEY=COLUMN".to_owned());
        }
        Ok(Self { key: key.to_owned(), column: column.to_owned() })
    }
}

/// Which columns of the events are used.
#[derive(Debug)]
pub(super) struct Columns<'a> {
    pub(super) time: &'a str,
    pub(super) id: Option<&'a str>,
    pub(super) value: Option<&'a str>,
    pub(super) keys: &'a [Key],
}

/// Fills the table of events from a file.
///
/// # Errors
/// [`Failure::File`] with the row that cannot be read, or the column that is missing.
pub(super) fn load(
    store: &Store,
    file: &Path,
    table: Option<&str>,
    columns: &Columns<'_>,
    conditions: &[Condition],
) -> Result<(), Failure> {
    let transaction = store.connection.unchecked_transaction().map_err(|error| store.failure(&error))?;
    let mut insert = transaction
        .prepare("INSERT INTO temp.mcp_events VALUES (?1, ?2, ?3, ?4)")
        .map_err(|error| store.failure(&error))?;
    let mut add = |row: &Row<'_>| -> Result<(), Failure> {
        if !conditions.iter().all(|condition| row.has(condition)) {
            return Ok(());
        }
        let Some(event) = row.event(columns)? else { return Ok(()) };
        insert.execute((event.id, event.time, event.value, event.keys)).map_err(|error| store.failure(&error))?;
        Ok(())
    };
    let mut start = [0; 16];
    let mut opened = File::open(file).map_err(|error| Failure::file(file, error))?;
    let is_sqlite = opened.read_exact(&mut start).is_ok() && start == *b"SQLite format 3\0";
    let names: Vec<&str> = [columns.time]
        .into_iter()
        .chain(columns.id)
        .chain(columns.value)
        .chain(columns.keys.iter().map(|key| key.column.as_str()))
        .chain(conditions.iter().map(Condition::key))
        .collect();
    if is_sqlite {
        read_sqlite(file, table, &names, &mut add)?
    } else {
        read_csv(file, &names, &mut add)?
    }
    drop(insert);
    transaction.commit().map_err(|error| store.failure(&error))
}

type Add<'a> = dyn FnMut(&Row<'_>) -> Result<(), Failure> + 'a;

fn read_csv(file: &Path, names: &[&str], add: &mut Add<'_>) -> Result<(), Failure> {
    let failure = |error: csv::Error| Failure::File(format!("{}: {error}", file.display()));
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(file).map_err(failure)?;
    let head: Vec<String> =
        reader.headers().map_err(failure)?.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    check(file, &head, names)?;
    for (number, record) in (1..).zip(reader.records()) {
        let record = record.map_err(failure)?;
        let place = format!("{}:{}", file.display(), record.position().map_or(0, csv::Position::line));
        let cells: Vec<Option<String>> =
            record.iter().map(|cell| (!cell.is_empty()).then(|| cell.to_owned())).collect();
        add(&Row { head: &head, cells: &cells, number, place: &place })?;
    }
    Ok(())
}

fn read_sqlite(file: &Path, table: Option<&str>, names: &[&str], add: &mut Add<'_>) -> Result<(), Failure> {
    let failure = |error: rusqlite::Error| Failure::File(format!("{}: {error}", file.display()));
    let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failure)?;
    let table = match table {
        Some(table) => table.to_owned(),
        None => only_table(&database, file)?,
    };
    let quoted = table.replace('"', "\"\"");
    let mut all = database.prepare(&format!("SELECT * FROM \"{quoted}\"")).map_err(failure)?;
    let head: Vec<String> = all.column_names().into_iter().map(str::to_owned).collect();
    check(file, &head, names)?;
    let mut rows = all.query([]).map_err(failure)?;
    let mut number = 0;
    while let Some(row) = rows.next().map_err(failure)? {
        number += 1;
        let cell = |at| {
            Ok(match row.get_ref(at)? {
                ValueRef::Null | ValueRef::Blob(_) => None,
                ValueRef::Integer(integer) => Some(integer.to_string()),
                ValueRef::Real(real) => Some(real.to_string()),
                ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
            })
        };
        let cells: Vec<Option<String>> = (0..head.len()).map(cell).collect::<Result<_, _>>().map_err(failure)?;
        let place = format!("{}: row {number} of {table}", file.display());
        add(&Row { head: &head, cells: &cells, number, place: &place })?;
    }
    Ok(())
}

fn only_table(database: &Connection, file: &Path) -> Result<String, Failure> {
    let failure = |error: rusqlite::Error| Failure::File(format!("{}: {error}", file.display()));
    let mut all = database
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )
        .map_err(failure)?;
    let names =
        all.query_map([], |row| row.get(0)).map_err(failure)?.collect::<Result<Vec<String>, _>>().map_err(failure)?;
    match &names[..] {
        [name] => Ok(name.clone()),
        _ => Err(Failure::Usage(format!(
            "{} has the tables {}; select one with --table",
            file.display(),
            names.join(", ")
        ))),
    }
}

fn check(file: &Path, head: &[String], names: &[&str]) -> Result<(), Failure> {
    match names.iter().find(|name| !head.iter().any(|column| column == *name)) {
        None => Ok(()),
        Some(name) => {
            let head = head.join(", ");
            Err(Failure::File(format!("{}: column {name:?} is missing; the columns are {head}", file.display())))
        }
    }
}

/// A row of the events.
struct Row<'a> {
    head: &'a [String],
    cells: &'a [Option<String>],
    /// The number of the row, from 1.
    number: usize,
    /// The place of the row, for messages.
    place: &'a str,
}

struct Event {
    id: String,
    time: time::Millis,
    value: Option<f64>,
    keys: String,
}

impl Row<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        let at = self.head.iter().position(|name| name == column)?;
        self.cells.get(at)?.as_deref()
    }

    /// Returns whether a column has a value. `true` equals `1`, because databases store booleans differently.
    fn has(&self, condition: &Condition) -> bool {
        fn truth(text: &str) -> Option<bool> {
            match text.to_ascii_lowercase().as_str() {
                "true" | "t" | "1" => Some(true),
                "false" | "f" | "0" => Some(false),
                _ => None,
            }
        }
        let (cell, wanted) = (self.get(condition.key()).unwrap_or_default(), condition.value());
        cell == wanted || truth(wanted).is_some_and(|wanted| truth(cell) == Some(wanted))
    }

    /// Returns the event, or `None` if it has no id or lacks a key.
    fn event(&self, columns: &Columns<'_>) -> Result<Option<Event>, Failure> {
        let wrong = |column: &str, expected: &str| {
            let cell = self.get(column).unwrap_or_default();
            Failure::File(format!("{}: {column} {cell:?} is not {expected}", self.place))
        };
        let id = match columns.id {
            Some(column) => self.get(column).map(str::to_owned),
            None => Some(self.number.to_string()),
        };
        let Some(id) = id else { return Ok(None) };
        let mut keys = Map::new();
        for key in columns.keys {
            let Some(value) = self.get(&key.column) else { return Ok(None) };
            keys.insert(key.key.clone(), Value::from(value));
        }
        let time = self.get(columns.time).and_then(time::parse_cell);
        let time = time.ok_or_else(|| wrong(columns.time, "a time"))?;
        let value = match columns.value {
            Some(column) => match self.get(column) {
                Some(text) => Some(
                    text.parse::<f64>()
                        .ok()
                        .filter(|value| value.is_finite())
                        .ok_or_else(|| wrong(column, "a number"))?,
                ),
                None => None,
            },
            None => None,
        };
        Ok(Some(Event { id, time, value, keys: Value::Object(keys).to_string() }))
    }
}
