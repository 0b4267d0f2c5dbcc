//! The tables of the store, as a sequence of migrations. A released migration is never edited.

use std::fmt;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::store::pairs;

/// Marks a file as a store: "MCPE". Databases of other programs are not touched.
const APPLICATION_ID: i32 = 0x4d43_5045;

struct Migration {
    sql: &'static str,
    /// The part of the migration that SQL cannot do.
    then: fn(&Transaction<'_>) -> rusqlite::Result<()>,
}

/// The version of a store is the number of migrations that it has had.
const MIGRATIONS: [Migration; 2] = [
    Migration { sql: include_str!("schema/1.sql"), then: |_| Ok(()) },
    Migration { sql: include_str!("schema/2.sql"), then: pairs::index_all },
];

/// Inserts the columns of the errors, which a store and an exported table share. They are part of the first migration.
pub(crate) fn with_errors(sql: &str) -> String {
    sql.replace("{errors}", include_str!("schema/errors.sql").trim_end())
}

/// Why a store cannot be used.
#[derive(Debug)]
pub(super) enum Problem {
    Foreign,
    Newer(i64),
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = MIGRATIONS.len();
        match self {
            Self::Foreign => f.write_str("is a database of another program, not a store"),
            Self::Newer(version) => write!(
                f,
                "has version {version}, and this mcp-errors supports versions up to {known}; use a newer mcp-errors"
            ),
            Self::Sqlite(error) => error.fmt(f),
        }
    }
}

/// Brings a store to the newest version, in one transaction.
pub(super) fn update(connection: &mut Connection) -> Result<(), Problem> {
    if version(connection)? == MIGRATIONS.len() as i64 {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another command may have migrated the store in the meantime.
    let version = version(&transaction)?;
    let done = usize::try_from(version).unwrap_or(usize::MAX);
    for migration in MIGRATIONS.get(done..).ok_or(Problem::Newer(version))? {
        transaction.execute_batch(&with_errors(migration.sql))?;
        (migration.then)(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", MIGRATIONS.len() as i64)?;
    transaction.commit()?;
    Ok(())
}

/// Returns the number of migrations of a store: 0 if it is empty. Nothing is written.
///
/// # Errors
/// Returns [`Problem::Foreign`] for the database of another program.
pub(super) fn version(connection: &Connection) -> Result<i64, Problem> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let is_ours = pragma("application_id")? == i64::from(APPLICATION_ID);
    match (is_ours, tables) {
        (true, _) => Ok(pragma("user_version")?),
        (false, 0) => Ok(0),
        (false, _) => Err(Problem::Foreign),
    }
}
