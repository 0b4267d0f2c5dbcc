//! Errors of `sqlx`, from 0.8 on.

use std::io;

use ::sqlx::Error;
use ::sqlx::error::{DatabaseError, ErrorKind};

use crate::convert::sqlstate::{FAILED, Meaning, REFUSED, REJECTED, SLOW, UNREACHABLE};
use crate::convert::{mysql, sqlite, sqlstate};
use crate::{McpError, common, filesystem, hyper_bun, mcp, orchestrator, scrum};

/// Converts an error of `sqlx`. A database error is converted by its SQLSTATE, one of MySQL or MariaDB also by its
/// number, and an error of SQLite by its result code, as for `rusqlite`.
///
/// | error | kind | code |
/// |---|---|---|
/// | `RowNotFound` | `not_found` | `NOT_FOUND` |
/// | a violation of a unique or primary key | `already_exists` | `COMMON-ALREADY-EXISTS` |
/// | a violation of a foreign key, SQLSTATE 23 (any other), 55000 | `failed_precondition` | `COMMON-FAILED-PRECONDITION` |
/// | a violation of `NOT NULL` or `CHECK`, SQLSTATE 22 | `invalid_argument` | `VAL-003` |
/// | SQLSTATE 40, 23P01, 55P03, 55006: deadlock, serialisation, lock, exclusion | `conflict` | `D003` |
/// | SQLSTATE 08, no connection, a lost connection | `unavailable` | `D001` |
/// | SQLSTATE 57P01 to 57P05, 53300; a pool without a free connection, or closed | `unavailable` | `NX-MCP-030` |
/// | SQLSTATE 57014, a timeout of the connection | `timeout` | `NX-MCP-002` |
/// | SQLSTATE 25006 | `permission_denied` | `COMMON-PERMISSION-DENIED` |
/// | SQLSTATE 28, 42501, 3D000; the configuration, TLS | `misconfigured` | `COMMON-MISCONFIGURED` |
/// | a migration | `misconfigured` | `D002` |
/// | SQLSTATE 53100 | `exhausted` | `FS-006` |
/// | SQLSTATE 53, any other | `exhausted` | `COMMON-EXHAUSTED` |
/// | SQLSTATE 54 | `too_large` | `COMMON-TOO-LARGE` |
/// | MySQL: lock wait timeout 1205, `NOWAIT` 3572 | `conflict` | `D003` |
/// | MySQL: a statement that takes too long 3024, 1969 in MariaDB | `timeout` | `NX-MCP-002` |
/// | MySQL: an interrupted statement 1317 | `cancelled` | `COMMON-CANCELLED` |
/// | MySQL: no free connection 1040, 1203, 1226; shutdown 1053 | `unavailable` | `NX-MCP-030` |
/// | MySQL: read-only 1290, 1836 | `permission_denied` | `COMMON-PERMISSION-DENIED` |
/// | MySQL: an account without permission 1044, 1142, 1227; an unknown database 1049 | `misconfigured` | `COMMON-MISCONFIGURED` |
/// | MySQL: a full disk 1021 or table 1114 | `exhausted` | `FS-006` |
/// | SQLSTATE XX001, XX002 | `corrupt` | `D004` |
/// | a response that the driver cannot read | `upstream_failed` | `COMMON-UPSTREAM-FAILED` |
/// | SQLSTATE 42, any other; a mistake in a query or in the type of a column; a driver that crashed | `internal` | `-32603` |
/// | any other | `operation_failed` | `NX-MCP-001` |
///
/// If [`setup`](crate::setup) or a registry added there prefers a code for the kind, that code is used instead.
///
/// The messages of the database contain values and table names, so only the source contains them, for the log. The
/// SQLSTATE is internal context. The surface is the tool result.
///
/// ```
/// use mcp_error_codes::{McpError, scrum};
///
/// fn first(rows: Vec<String>) -> Result<String, McpError> {
///     Ok(rows.into_iter().next().ok_or(sqlx::Error::RowNotFound)?)
/// }
///
/// let error = first(Vec::new()).err().ok_or("an error")?;
/// assert!(error.is(scrum::NOT_FOUND));
/// assert_eq!(error.message(), "no entry was found");
/// # Ok::<(), &str>(())
/// ```
impl From<Error> for McpError {
    fn from(error: Error) -> Self {
        let (code, message) = meaning(&error);
        let made = Self::new(code).with_message(message).in_own_code().on_tool_surface();
        let state = error.as_database_error().and_then(DatabaseError::code);
        let made = match state {
            Some(state) => made.with_internal("sqlState", state),
            None => made,
        };
        made.with_source(error)
    }
}

const MISUSED: Meaning = (mcp::INTERNAL_ERROR, "the server uses its database incorrectly");

fn meaning(error: &Error) -> Meaning {
    match error {
        Error::RowNotFound => (scrum::NOT_FOUND, "no entry was found"),
        Error::Database(answer) => of_database(answer.as_ref()),
        Error::Io(error) => of_connection(error.kind()),
        Error::PoolTimedOut => (hyper_bun::SERVER_UNAVAILABLE, "no connection to the database became free in time"),
        Error::PoolClosed => (hyper_bun::SERVER_UNAVAILABLE, "the server has closed its connections to the database"),
        Error::Configuration(_) | Error::Tls(_) => REFUSED,
        Error::Protocol(_) => (common::UPSTREAM_FAILED, "the response of the database cannot be read"),
        Error::ColumnNotFound(_)
        | Error::ColumnIndexOutOfBounds { .. }
        | Error::ColumnDecode { .. }
        | Error::TypeNotFound { .. }
        | Error::Decode(_)
        | Error::Encode(_)
        | Error::WorkerCrashed => MISUSED,
        other => of_rest(other),
    }
}

/// A file that the driver cannot find is the database socket or a certificate, not what the caller asked for.
const fn of_connection(kind: io::ErrorKind) -> Meaning {
    match kind {
        io::ErrorKind::TimedOut => SLOW,
        io::ErrorKind::PermissionDenied => REFUSED,
        _ => UNREACHABLE,
    }
}

/// Handles variants that exist only in some versions or with some features of `sqlx`. Their `Debug` output starts with
/// their name.
fn of_rest(error: &Error) -> Meaning {
    let shown = format!("{error:?}");
    let name = shown.split(|letter: char| !letter.is_alphanumeric()).next();
    match name.unwrap_or_default() {
        "Migrate" => (orchestrator::SCHEMA_MIGRATION_REQUIRED, "the database schema is not the expected one"),
        "ConfigFile" => REFUSED,
        "InvalidArgument" | "InvalidSavePointStatement" | "BeginFailed" => MISUSED,
        _ => FAILED,
    }
}

fn of_database(answer: &dyn DatabaseError) -> Meaning {
    match answer.kind() {
        ErrorKind::UniqueViolation => return (common::ALREADY_EXISTS, "an entry with this key exists already"),
        ErrorKind::ForeignKeyViolation => {
            return (common::FAILED_PRECONDITION, "another entry is missing or still refers to this one");
        }
        ErrorKind::NotNullViolation => return (filesystem::INVALID_PARAMETER_VALUE, "a value is missing"),
        ErrorKind::CheckViolation => return REJECTED,
        _ => {}
    }
    match answer.code().as_deref() {
        Some(state) if state.len() == 5 => {
            let number = mysql::number(state, &answer.to_string());
            number.and_then(mysql::meaning).unwrap_or_else(|| sqlstate::meaning(state))
        }
        Some(result) => result.parse().map_or(FAILED, sqlite::meaning),
        None => FAILED,
    }
}
