//! Errors of `rusqlite`, from 0.31 on.

use ::rusqlite::Error;

use crate::convert::sqlite;
use crate::{Code, McpError, common, filesystem, mcp, scrum};

/// Converts an error of `rusqlite`: SQLite's result codes, and the errors of the crate itself.
///
/// | error | kind | code |
/// |---|---|---|
/// | `CONSTRAINT_UNIQUE`, `_PRIMARYKEY`, `_ROWID` | `already_exists` | `COMMON-ALREADY-EXISTS` |
/// | `CONSTRAINT_FOREIGNKEY`, `_TRIGGER`, and every other constraint that is not listed | `failed_precondition` | `COMMON-FAILED-PRECONDITION` |
/// | `CONSTRAINT_NOTNULL`, `_CHECK`, `_DATATYPE`, `MISMATCH` | `invalid_argument` | `VAL-003` |
/// | `BUSY`, `LOCKED`, `PROTOCOL`, `SCHEMA`, `ABORT` | `conflict` | `D003` |
/// | `INTERRUPT` | `cancelled` | `COMMON-CANCELLED` |
/// | `READONLY`, `AUTH` | `permission_denied` | `COMMON-PERMISSION-DENIED` |
/// | `PERM`, and a path that SQLite cannot use | `misconfigured` | `COMMON-MISCONFIGURED` |
/// | `CANTOPEN` | `unavailable` | `D001` |
/// | `FULL` | `exhausted` | `FS-006` |
/// | `NOMEM` | `exhausted` | `COMMON-EXHAUSTED` |
/// | `TOOBIG`, `NOLFS` | `too_large` | `COMMON-TOO-LARGE` |
/// | `CORRUPT`, `NOTADB` | `corrupt` | `D004` |
/// | `IOERR` | `operation_failed` | `NX-MCP-001` |
/// | `QueryReturnedNoRows` | `not_found` | `NOT_FOUND` |
/// | a stored value of another type, out of range, or not UTF-8 | `corrupt` | `COMMON-CORRUPT` |
/// | a string with a NUL character, a value that cannot be stored | `invalid_argument` | `VAL-003` |
/// | any other, such as invalid SQL | `internal` | `-32603` |
///
/// If [`setup`](crate::setup) or a registry added there prefers a code for the kind, that code is used instead.
///
/// Only the source, which is for the log, contains SQL, paths, and the names of tables and columns. The surface is the tool
/// result. For SQL that the caller wrote, use [`or_error`](crate::ResultExt::or_error) to say that the argument is
/// invalid.
///
/// ```
/// use mcp_error_codes::{Kind, McpError};
/// use rusqlite::Connection;
///
/// fn add(notes: &Connection, name: &str) -> Result<(), McpError> {
///     notes.execute("insert into notes (name) values (?1)", [name])?;
///     Ok(())
/// }
///
/// let notes = Connection::open_in_memory()?;
/// notes.execute_batch("create table notes (name text primary key)")?;
/// assert!(add(&notes, "a").is_ok());
/// let error = add(&notes, "a").err().ok_or("an error")?;
/// assert_eq!(error.kind(), Kind::AlreadyExists);
/// assert_eq!(error.to_string(), "COMMON-ALREADY-EXISTS: an entry with this key exists already");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl From<Error> for McpError {
    fn from(error: Error) -> Self {
        let (code, message) = meaning(&error);
        let made = Self::new(code).with_message(message).in_own_code().on_tool_surface();
        let made = match result_code(&error) {
            Some(result) => made.with_internal("sqliteResultCode", result),
            None => made,
        };
        made.with_source(error)
    }
}

fn result_code(error: &Error) -> Option<i32> {
    match error {
        Error::SqliteFailure(failure, _) => Some(failure.extended_code),
        _ => None,
    }
}

fn meaning(error: &Error) -> (Code, &'static str) {
    match error {
        Error::SqliteFailure(failure, _) => sqlite::meaning(failure.extended_code),
        Error::QueryReturnedNoRows => (scrum::NOT_FOUND, "no entry was found"),
        Error::FromSqlConversionFailure(..)
        | Error::IntegralValueOutOfRange(..)
        | Error::InvalidColumnType(..)
        | Error::Utf8Error(..) => (common::CORRUPT, "a stored value is not of the expected type"),
        Error::NulError(_) | Error::ToSqlConversionFailure(_) => {
            (filesystem::INVALID_PARAMETER_VALUE, "a value cannot be stored in the database")
        }
        Error::InvalidPath(_) => (common::MISCONFIGURED, "the path of the database cannot be used"),
        // Includes the variants that depend on features of `rusqlite`.
        _ => (mcp::INTERNAL_ERROR, "the server uses its database incorrectly"),
    }
}
