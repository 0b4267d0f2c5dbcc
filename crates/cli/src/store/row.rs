use serde_json::{Map, Value};

use crate::logs::occurrence::Occurrence;
use crate::logs::time::{self, Millis};

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
    /// The columns that [`read`](Self::read) reads.
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

    /// Returns the text columns by name.
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

    /// The columns that the index does not contain.
    pub(crate) const NOT_INDEXED: [&str; 3] = ["error_code", "status_code", "recoverable"];

    /// Returns whether a column that the index does not contain has a value, which is written as in the JSON exports.
    pub(crate) fn has(&self, column: &str, value: &str) -> bool {
        match column {
            "error_code" => self.error_code == value,
            "status_code" => self.status_code.is_some_and(|status| status.to_string() == value),
            "recoverable" => self.recoverable.is_some_and(|recoverable| recoverable.to_string() == value),
            _ => false,
        }
    }

    /// Returns the row in the form of the exports: the names of the columns, times as RFC 3339.
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
}
