//! The SQLSTATEs, for every database that reports them.

use crate::{Code, common, filesystem, hyper_bun, mcp, orchestrator};

/// A code and the message for the peer. The database's own message contains table names, values and SQL.
pub(super) type Meaning = (Code, &'static str);

pub(super) const UNREACHABLE: Meaning =
    (orchestrator::DATABASE_CONNECTION_FAILED, "there is no connection to the database");
pub(super) const REFUSED: Meaning = (common::MISCONFIGURED, "the server is not set up to use the database");
pub(super) const IN_USE: Meaning = (orchestrator::TRANSACTION_DEADLOCK, "the data is in use by another operation");
pub(super) const REJECTED: Meaning = (filesystem::INVALID_PARAMETER_VALUE, "the database rejected a value");
pub(super) const SLOW: Meaning = (hyper_bun::TOOL_EXECUTION_TIMEOUT, "the database did not answer in time");
pub(super) const CUT_OFF: Meaning = (hyper_bun::SERVER_UNAVAILABLE, "the database accepts no more connections");
pub(super) const STOPPING: Meaning = (hyper_bun::SERVER_UNAVAILABLE, "the database is shutting down or starting");
pub(super) const DENIED: Meaning = (common::PERMISSION_DENIED, "the database is read-only");
pub(super) const FULL: Meaning = (filesystem::DISK_FULL, "the disk of the database is full");
pub(super) const FAILED: Meaning = (hyper_bun::TOOL_EXECUTION_FAILED, "the operation failed in the database");

/// Returns the meaning of a state of the SQL standard, which MySQL also uses, or of PostgreSQL.
pub(super) fn meaning(state: &str) -> Meaning {
    match state {
        "23P01" | "55P03" | "55006" => return IN_USE,
        "25006" => return DENIED,
        "3D000" | "42501" => return REFUSED,
        "53100" => return FULL,
        "53300" => return CUT_OFF,
        "55000" => return (common::FAILED_PRECONDITION, "the data is not in the state that the operation needs"),
        "57014" => return SLOW,
        "57P01" | "57P02" | "57P03" | "57P05" => return STOPPING,
        "57P04" => return (hyper_bun::SERVER_UNAVAILABLE, "the database no longer exists"),
        "XX001" | "XX002" => return (orchestrator::DATABASE_CORRUPTION, "the data in the database is damaged"),
        _ => {}
    }
    match state.get(..2).unwrap_or_default() {
        "08" => UNREACHABLE,
        "22" => REJECTED,
        "23" => (common::FAILED_PRECONDITION, "a constraint of the database does not allow the change"),
        "28" => REFUSED,
        "40" => IN_USE,
        "42" => (mcp::INTERNAL_ERROR, "the database refuses a statement of this server"),
        "53" => (common::EXHAUSTED, "the database is out of memory or another resource"),
        "54" => (common::TOO_LARGE, "the statement is larger than the database allows"),
        _ => FAILED,
    }
}
