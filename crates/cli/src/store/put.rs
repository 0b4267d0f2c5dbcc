//! Writes errors at their places.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use crate::store::pairs;
use crate::store::row::Row;

/// The place of an error in the logs: the source, the start of the entry, and the number of the error in the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) source: i64,
    pub(crate) offset: u64,
    pub(crate) position: usize,
}

/// The result of writing an error to the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    New,
    Changed,
    Known,
}

impl Row {
    /// Writes the error at its place. If the entry has grown since, this replaces the error that is there, but keeps what people
    /// wrote into the row (`rca_completed_at`).
    pub(crate) fn put(&self, connection: &Connection, place: Place) -> rusqlite::Result<Put> {
        let Place { source, offset, position } = place;
        let find =
            format!("SELECT {} FROM mcp_errors WHERE source = ?1 AND log_offset = ?2 AND position = ?3", Self::COLUMNS);
        let mut find = connection.prepare_cached(&find)?;
        let known = find
            .query_row((source, offset.cast_signed(), position as i64), |row| {
                Ok((row.get::<_, i64>("id")?, Self::read(row)?))
            })
            .optional()?;
        let Some((id, known)) = known else {
            let id = self.insert(connection, place)?;
            pairs::insert(connection, id, self)?;
            return Ok(Put::New);
        };
        if known == (Self { rca_completed_at: known.rca_completed_at, ..self.clone() }) {
            return Ok(Put::Known);
        }
        self.update(connection, id)?;
        pairs::delete(connection, id)?;
        pairs::insert(connection, id, self)?;
        Ok(Put::Changed)
    }

    /// Returns whether an error with this code and time is at a place. It may say less than before if its entry was cut.
    pub(crate) fn is_at(&self, connection: &Connection, place: Place) -> rusqlite::Result<bool> {
        let mut find = connection.prepare_cached(
            "SELECT 1 FROM mcp_errors WHERE source = ?1 AND log_offset = ?2 AND position = ?3 AND error_code = ?4 AND timestamp = ?5",
        )?;
        let Place { source, offset, position } = place;
        find.exists((source, offset.cast_signed(), position as i64, &self.error_code, self.timestamp))
    }

    fn insert(&self, connection: &Connection, place: Place) -> rusqlite::Result<i64> {
        let mut insert = connection.prepare_cached(
            "INSERT INTO mcp_errors (error_code, system, status_code, category, recoverable, severity, timestamp, module, \
             tool_name, error_type, endpoint, message, details, source, log_offset, position, \
             rca_completed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?;
        let place = [place.source, place.offset.cast_signed(), place.position as i64].map(Sql::Integer);
        let rca = self.rca_completed_at.map_or(Sql::Null, Sql::Integer);
        insert.insert(rusqlite::params_from_iter(self.values().into_iter().chain(place).chain([rca])))
    }

    fn update(&self, connection: &Connection, id: i64) -> rusqlite::Result<()> {
        let mut update = connection.prepare_cached(
            "UPDATE mcp_errors SET error_code = ?1, system = ?2, status_code = ?3, category = ?4, recoverable = ?5, \
             severity = ?6, timestamp = ?7, module = ?8, tool_name = ?9, error_type = ?10, endpoint = ?11, message = ?12, \
             details = ?13 WHERE id = ?14",
        )?;
        update.execute(rusqlite::params_from_iter(self.values().into_iter().chain([Sql::Integer(id)])))?;
        Ok(())
    }

    fn values(&self) -> [Sql; 13] {
        let text = |text: &Option<String>| text.clone().map_or(Sql::Null, Sql::Text);
        let integer = |integer: Option<i64>| integer.map_or(Sql::Null, Sql::Integer);
        [
            Sql::Text(self.error_code.clone()),
            text(&self.system),
            integer(self.status_code),
            text(&self.category),
            integer(self.recoverable.map(i64::from)),
            text(&self.severity),
            integer(self.timestamp),
            text(&self.module),
            text(&self.tool_name),
            text(&self.error_type),
            text(&self.endpoint),
            text(&self.message),
            Sql::Text(Value::Object(self.details.clone()).to_string()),
        ]
    }
}

/// Deletes the errors of an entry from a position on, because the entry no longer has them.
pub(crate) fn delete_from(connection: &Connection, place: Place) -> rusqlite::Result<usize> {
    let mut find = connection
        .prepare_cached("SELECT id FROM mcp_errors WHERE source = ?1 AND (log_offset, position) >= (?2, ?3)")?;
    let Place { source, offset, position } = place;
    let ids = find.query_map((source, offset.cast_signed(), position as i64), |row| row.get::<_, i64>(0))?;
    let ids = ids.collect::<rusqlite::Result<Vec<_>>>()?;
    for id in &ids {
        connection.prepare_cached("DELETE FROM mcp_errors WHERE id = ?1")?.execute([id])?;
        pairs::delete(connection, *id)?;
    }
    Ok(ids.len())
}
