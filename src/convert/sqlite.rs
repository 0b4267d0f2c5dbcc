//! The result codes of SQLite, for every crate that reports them.

use crate::{Code, common, filesystem, hyper_bun, mcp, orchestrator};

/// Returns the code and the message for the peer for a result code of SQLite, which may be an extended one. SQLite's
/// own message contains table names, values and SQL.
pub(super) const fn meaning(result: i32) -> (Code, &'static str) {
    // The lowest byte of an extended result code is the primary one.
    match (result, result & 0xff) {
        (CONSTRAINT_UNIQUE | CONSTRAINT_PRIMARYKEY | CONSTRAINT_ROWID, _) => {
            (common::ALREADY_EXISTS, "an entry with this key exists already")
        }
        (CONSTRAINT_FOREIGNKEY | CONSTRAINT_TRIGGER, _) => {
            (common::FAILED_PRECONDITION, "another entry is missing or still refers to this one")
        }
        (CONSTRAINT_NOTNULL, _) => (filesystem::INVALID_PARAMETER_VALUE, "a value is missing"),
        (CONSTRAINT_CHECK | CONSTRAINT_DATATYPE, _) | (_, MISMATCH) => {
            (filesystem::INVALID_PARAMETER_VALUE, "the database rejected a value")
        }
        (_, CONSTRAINT) => (common::FAILED_PRECONDITION, "a constraint of the database does not allow the change"),
        (_, BUSY | LOCKED | PROTOCOL | SCHEMA | ABORT) => {
            (orchestrator::TRANSACTION_DEADLOCK, "the database is in use by another operation")
        }
        (_, INTERRUPT) => (common::CANCELLED, "the statement was interrupted"),
        (_, READONLY) => (common::PERMISSION_DENIED, "the database is read-only"),
        (_, AUTH) => (common::PERMISSION_DENIED, "the database does not allow the statement"),
        (_, PERM) => (common::MISCONFIGURED, "the server lacks permission to use the database"),
        (_, CANTOPEN) => (orchestrator::DATABASE_CONNECTION_FAILED, "the database cannot be opened"),
        (_, FULL) => (filesystem::DISK_FULL, "the disk or the database is full"),
        (_, NOMEM) => (common::EXHAUSTED, "the database is out of memory"),
        (_, TOOBIG) => (common::TOO_LARGE, "a value is larger than the database allows"),
        (_, NOLFS) => (common::TOO_LARGE, "the database is larger than the system allows"),
        (_, CORRUPT | NOTADB) => (orchestrator::DATABASE_CORRUPTION, "the database is damaged, or is not a database"),
        (_, IOERR) => (hyper_bun::TOOL_EXECUTION_FAILED, "the database failed to read or write its file"),
        _ => (mcp::INTERNAL_ERROR, "the database refuses a statement of this server"),
    }
}

// https://sqlite.org/rescode.html
const PERM: i32 = 3;
const ABORT: i32 = 4;
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const NOMEM: i32 = 7;
const READONLY: i32 = 8;
const INTERRUPT: i32 = 9;
const IOERR: i32 = 10;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const CANTOPEN: i32 = 14;
const PROTOCOL: i32 = 15;
const SCHEMA: i32 = 17;
const TOOBIG: i32 = 18;
const CONSTRAINT: i32 = 19;
const MISMATCH: i32 = 20;
const NOLFS: i32 = 22;
const AUTH: i32 = 23;
const NOTADB: i32 = 26;
const CONSTRAINT_CHECK: i32 = extended(1);
const CONSTRAINT_FOREIGNKEY: i32 = extended(3);
const CONSTRAINT_NOTNULL: i32 = extended(5);
const CONSTRAINT_PRIMARYKEY: i32 = extended(6);
const CONSTRAINT_TRIGGER: i32 = extended(7);
const CONSTRAINT_UNIQUE: i32 = extended(8);
const CONSTRAINT_ROWID: i32 = extended(10);
const CONSTRAINT_DATATYPE: i32 = extended(12);

const fn extended(number: i32) -> i32 {
    CONSTRAINT | number << 8
}
