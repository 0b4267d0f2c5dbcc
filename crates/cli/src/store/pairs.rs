//! The index behind `inspect --where`. Each pair of a key and a value is one word.

use std::collections::BTreeSet;
use std::fmt::Write;

use rusqlite::{Connection, Transaction};
use serde_json::Value;

use crate::store::fingerprint::hash;
use crate::store::row::Row;

/// Returns the word of a code.
pub(crate) fn code_word(code: &str) -> String {
    word("", code)
}

/// Returns the word of a key and a value.
pub(crate) fn word(key: &str, value: &str) -> String {
    let mut pair = Vec::with_capacity(key.len() + value.len() + 1);
    pair.extend_from_slice(key.as_bytes());
    pair.push(0);
    pair.extend_from_slice(value.as_bytes());
    let mut word = String::with_capacity(16);
    // Writing to a string does not fail.
    let _ = write!(word, "{:016x}", hash(&pair));
    word
}

/// Returns the words of an error, separated by spaces.
pub(crate) fn words(row: &Row) -> String {
    let mut words = BTreeSet::from([code_word(&row.error_code)]);
    for (column, value) in row.columns() {
        words.extend(value.map(|value| word(column, value)));
    }
    for (key, value) in &row.details {
        // A list can be found by each of its values, and as a whole.
        if let Value::Array(values) = value {
            words.extend(values.iter().map(|value| word(key, &text(value))));
        }
        words.insert(word(key, &text(value)));
    }
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// Returns a value as `--where` compares it: a text unchanged, anything else as JSON.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

pub(crate) fn insert(connection: &Connection, id: i64, row: &Row) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached("INSERT INTO mcp_error_pairs (rowid, words) VALUES (?1, ?2)")?;
    insert.execute((id, words(row)))?;
    Ok(())
}

pub(crate) fn delete(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM mcp_error_pairs WHERE rowid = ?1")?.execute([id])?;
    Ok(())
}

/// Indexes all errors of a store that had no index.
pub(super) fn index_all(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut all = transaction.prepare(&format!("SELECT {} FROM mcp_errors ORDER BY id", Row::COLUMNS))?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        insert(transaction, row.get("id")?, &Row::read(row)?)?;
    }
    Ok(())
}
