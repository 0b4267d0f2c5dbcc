use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value};

use crate::logs::occurrence::Occurrence;
use crate::logs::time::{self, Millis};
use crate::store::pairs;

/// A row of `mcp_errors`, with the columns that people read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) error_code: String,
    pub(crate) system: Option<String>,
    pub(crate) status_code: Option<i64>,
    pub(crate) category: Option<String>,
    pub(crate) recoverable: Option<bool>,
    pub(crate) severity: Option<String>,
    pub(crate) timestamp: Option<Millis>,
    pub(crate) module: Option<String>,
    pub(crate) tool_name: Option<String>,
    pub(crate) error_type: Option<String>,
    pub(crate) endpoint: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) details: Map<String, Value>,
    pub(crate) rca_completed_at: Option<Millis>,
}

/// Where in the logs an error is: the source, the start of the entry, and which error of the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) source: i64,
    pub(crate) offset: u64,
    pub(crate) position: usize,
}

/// What became of an error that was put into the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    New,
    Changed,
    Known,
}

impl From<Occurrence> for Row {
    fn from(occurrence: Occurrence) -> Self {
        Self {
            error_code: occurrence.code,
            system: occurrence.system,
            status_code: occurrence.status_code,
            category: occurrence.category,
            recoverable: occurrence.recoverable,
            severity: occurrence.severity,
            timestamp: occurrence.time,
            module: occurrence.module,
            tool_name: occurrence.tool_name,
            error_type: occurrence.error_type,
            endpoint: occurrence.endpoint,
            message: occurrence.message,
            details: occurrence.details,
            rca_completed_at: occurrence.rca_completed_at,
        }
    }
}

impl Row {
    /// What [`read`](Self::read) reads.
    pub(crate) const COLUMNS: &str = "id, error_code, system, status_code, category, recoverable, severity, timestamp, module, \
         tool_name, error_type, endpoint, message, details, rca_completed_at";

    pub(crate) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let details: String = row.get("details")?;
        Ok(Self {
            error_code: row.get("error_code")?,
            system: row.get("system")?,
            status_code: row.get("status_code")?,
            category: row.get("category")?,
            recoverable: row.get("recoverable")?,
            severity: row.get("severity")?,
            timestamp: row.get("timestamp")?,
            module: row.get("module")?,
            tool_name: row.get("tool_name")?,
            error_type: row.get("error_type")?,
            endpoint: row.get("endpoint")?,
            message: row.get("message")?,
            // Another program may have written the row.
            details: serde_json::from_str(&details).unwrap_or_default(),
            rca_completed_at: row.get("rca_completed_at")?,
        })
    }

    /// Returns the columns of text, by their names.
    pub(crate) fn columns(&self) -> [(&'static str, Option<&str>); 8] {
        [
            ("system", self.system.as_deref()),
            ("category", self.category.as_deref()),
            ("severity", self.severity.as_deref()),
            ("module", self.module.as_deref()),
            ("tool_name", self.tool_name.as_deref()),
            ("error_type", self.error_type.as_deref()),
            ("endpoint", self.endpoint.as_deref()),
            ("message", self.message.as_deref()),
        ]
    }

    /// Returns the row as the exports write it: the names of the columns, times as RFC 3339.
    pub(crate) fn json(&self) -> Value {
        let time = |time: Option<Millis>| time.map(time::rfc_3339);
        serde_json::json!({
            "error_code": self.error_code,
            "system": self.system,
            "status_code": self.status_code,
            "category": self.category,
            "recoverable": self.recoverable,
            "severity": self.severity,
            "timestamp": time(self.timestamp),
            "module": self.module,
            "tool_name": self.tool_name,
            "error_type": self.error_type,
            "endpoint": self.endpoint,
            "message": self.message,
            "details": self.details,
            "rca_completed_at": time(self.rca_completed_at),
        })
    }

    /// Puts the error at its place. The error that is there already is replaced if the entry has grown since; what people wrote
    /// into the row, which is `rca_completed_at`, is kept.
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

    /// Returns whether an error of this code and time is at a place. It may say less than before if its entry was cut.
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

/// Deletes the errors that an entry no longer has: those from a position on.
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
