//! Conversions of rusqlite's errors with `?`, from a real database.
#![cfg(feature = "rusqlite")]

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use mcp_error_codes::{Kind, McpError};
use rusqlite::{Connection, OpenFlags, ffi};

type Checked = Result<(), Box<dyn Error>>;

/// A word in a path, in SQL, in a table name and in values.
const SECRET: &str = "zebra";

const TABLES: &str = "
    pragma foreign_keys = on;
    create table zebra_owner (id integer primary key, name text unique);
    create table zebra_note (
        id integer primary key,
        owner integer references zebra_owner (id),
        text text not null check (length(text) < 9)
    ) strict;
    insert into zebra_owner values (1, 'zebra');
";

fn database() -> rusqlite::Result<Connection> {
    let database = Connection::open_in_memory()?;
    database.execute_batch(TABLES)?;
    Ok(database)
}

fn run(database: &Connection, sql: &str) -> Result<(), McpError> {
    Ok(database.execute_batch(sql)?)
}

/// Checks the kind and the text of an error, and that peers receive nothing that is only for the log.
#[track_caller]
fn is(result: Result<(), McpError>, kind: Kind, text: &str) {
    let Err(error) = result else { panic!("no failure where {text:?} was expected") };
    assert_eq!((error.kind(), error.to_string().as_str()), (kind, text), "{error:?}");
    assert!(error.source().is_some_and(|source| source.is::<rusqlite::Error>()));
    for sent in [error.tool_result().to_string(), error.json_rpc_response(1).to_string(), error.problem().to_string()] {
        assert!(!sent.contains(SECRET), "{sent}");
    }
}

#[test]
fn constraints_are_told_apart() -> Checked {
    let database = database()?;
    let exists = "COMMON-ALREADY-EXISTS: an entry with this key exists already";
    is(run(&database, "insert into zebra_owner values (1, 'a')"), Kind::AlreadyExists, exists);
    is(run(&database, "insert into zebra_owner values (2, 'zebra')"), Kind::AlreadyExists, exists);
    is(
        run(&database, "insert into zebra_note values (1, 7, 'a')"),
        Kind::FailedPrecondition,
        "COMMON-FAILED-PRECONDITION: another entry is missing or still refers to this one",
    );
    is(
        run(&database, "insert into zebra_note values (1, 1, null)"),
        Kind::InvalidArgument,
        "VAL-003: a value is missing",
    );
    let refused = "VAL-003: the database rejected a value";
    is(run(&database, "insert into zebra_note values (1, 1, 'zebra zebra')"), Kind::InvalidArgument, refused);
    is(run(&database, "insert into zebra_note values (1, 'zebra', 'a')"), Kind::InvalidArgument, refused);
    Ok(())
}

#[test]
fn what_is_missing_busy_and_read_only() -> Checked {
    let database = database()?;
    let missing = database.query_row("select name from zebra_owner where id = 9", [], |row| row.get::<_, String>(0));
    is(missing.map(drop).map_err(Into::into), Kind::NotFound, "NOT_FOUND: no entry was found");

    let folder = tempfile::tempdir()?;
    let path = folder.path().join("zebra.db");
    let (one, other) = (Connection::open(&path)?, Connection::open(&path)?);
    other.busy_timeout(Duration::ZERO)?;
    one.execute_batch("create table zebra (a); begin immediate")?;
    let busy = "D003: the database is in use by another operation";
    is(run(&other, "begin immediate"), Kind::Conflict, busy);

    let reader = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    one.execute_batch("commit")?;
    is(
        run(&reader, "insert into zebra values (1)"),
        Kind::PermissionDenied,
        "COMMON-PERMISSION-DENIED: the database is read-only",
    );
    Ok(())
}

#[test]
fn a_database_that_cannot_be_opened_and_one_that_is_none() -> Checked {
    let open = |path: &Path| Ok::<_, McpError>(Connection::open(path)?.execute_batch("select * from sqlite_master")?);
    let folder = tempfile::tempdir()?;
    let absent = folder.path().join("zebra/zebra.db");
    is(open(&absent), Kind::Unavailable, "D001: the database cannot be opened");
    let text = folder.path().join("zebra.txt");
    std::fs::write(&text, "zebra ".repeat(200))?;
    is(open(&text), Kind::Corrupt, "D004: the database is damaged, or is not a database");
    Ok(())
}

#[test]
fn mistakes_of_the_server_are_internal_and_bad_values_are_corrupt() -> Checked {
    let database = database()?;
    let wrong = "-32603: the database refuses a statement of this server";
    is(run(&database, "select zebra from nowhere"), Kind::Internal, wrong);
    let prepared = database.prepare("selec zebra").map(drop).map_err(Into::into);
    assert!(matches!(&prepared, Err::<(), McpError>(error) if error.kind() == Kind::Internal));
    is(prepared.map_err(|error: McpError| error.with_message("-")), Kind::Internal, "-32603: -");

    let typed = database.query_row("select name from zebra_owner", [], |row| row.get::<_, i64>(0));
    let corrupt = "COMMON-CORRUPT: a stored value is not of the expected type";
    is(typed.map(drop).map_err(Into::into), Kind::Corrupt, corrupt);
    Ok(())
}

#[test]
fn a_statement_that_is_interrupted_is_cancelled() -> Checked {
    let database = database()?;
    let handle = database.get_interrupt_handle();
    let endless = "with recursive zebra (n) as (select 1 union all select n + 1 from zebra) select count(*) from zebra";
    let waiting = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        handle.interrupt();
    });
    let counted = database.query_row(endless, [], |row| row.get::<_, i64>(0));
    waiting.join().map_err(|_| "the thread panicked")?;
    is(counted.map(drop).map_err(Into::into), Kind::Cancelled, "COMMON-CANCELLED: the statement was interrupted");
    Ok(())
}

/// Every primary result code has a meaning, and an unknown extended code means the same as its primary code.
#[test]
fn an_unknown_extended_code_means_what_its_primary_code_means() {
    let of = |code| McpError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
    for primary in 1..=26 {
        let (known, extended) = (of(primary), of(primary | 99 << 8));
        assert_eq!((known.record().code, known.message()), (extended.record().code, extended.message()), "{primary}");
        assert!(extended.internal().eq([("sqliteResultCode", &(primary | 99 << 8).into())]));
    }
}

#[cfg(feature = "testing")]
#[test]
fn the_code_of_the_program_is_used_instead() -> Checked {
    use mcp_error_codes::{common, setup};

    let settings = setup().preferred(Kind::Corrupt, common::CORRUPT);
    let error = settings.run(|| McpError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(26), None)))?;
    assert!(error.is(common::CORRUPT), "{error:?}");
    Ok(())
}
