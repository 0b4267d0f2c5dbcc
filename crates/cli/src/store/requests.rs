use std::path::Path;

use rusqlite::TransactionBehavior;

use crate::logs::time;
use crate::outcome::Failure;
use crate::store::database::Store;

/// Stores the rows of a CSV file with the columns `endpoint`, `timestamp` and `requests`: all of them or none.
///
/// # Errors
/// [`Failure::File`] with the line that cannot be read.
pub(crate) fn take(store: &mut Store, file: &Path) -> Result<(), Failure> {
    let rows = read(file)?;
    let path = store.path().to_owned();
    let write = |store: &mut Store| {
        let transaction = store.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (endpoint, time, requests) in &rows {
            let mut insert = transaction.prepare_cached("INSERT OR REPLACE INTO mcp_requests VALUES (?1, ?2, ?3)")?;
            insert.execute((endpoint, time, requests))?;
        }
        transaction.commit()
    };
    write(store).map_err(|error| Failure::File(format!("{}: {error}", path.display())))
}

fn read(file: &Path) -> Result<Vec<(String, i64, i64)>, Failure> {
    let place = |line: u64, text: String| Failure::File(format!("{}:{line}: {text}", file.display()));
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(file).map_err(|error| place(1, error.to_string()))?;
    let head = reader.headers().map_err(|error| place(1, error.to_string()))?.clone();
    let column = |name: &str| {
        let found = head.iter().position(|column| column.eq_ignore_ascii_case(name));
        found.ok_or_else(|| place(1, format!("column {name:?} is missing")))
    };
    let [endpoint, timestamp, requests] = [column("endpoint")?, column("timestamp")?, column("requests")?];
    let mut rows = Vec::new();
    for record in reader.records() {
        let record =
            record.map_err(|error| place(error.position().map_or(1, csv::Position::line), error.to_string()))?;
        let line = record.position().map_or(1, csv::Position::line);
        let cell = |column: usize| record.get(column).unwrap_or_default();
        let millis = time::parse_cell(cell(timestamp));
        let millis = millis.ok_or_else(|| place(line, format!("timestamp {:?} is not a time", cell(timestamp))))?;
        let count = cell(requests).parse().ok().filter(|count: &i64| *count >= 0);
        let count = count.ok_or_else(|| place(line, format!("requests {:?} is not a whole number", cell(requests))))?;
        rows.push((cell(endpoint).to_owned(), millis, count));
    }
    Ok(rows)
}
