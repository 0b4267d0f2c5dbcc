use crate::sql::dialect::Dialect;
use crate::store::schema;

/// Writes the tables that logs and people fill.
pub(super) fn tables(dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => schema::with_errors(include_str!("facts/sqlite.sql")),
        Dialect::Postgres => include_str!("facts/postgres.sql").to_owned(),
        Dialect::ClickHouse => include_str!("facts/clickhouse.sql").to_owned(),
    }
}

/// The tables that the store lacks: a command fills them for its own query.
pub(super) const TEMPORARY: &str = "\
CREATE TEMP TABLE mcp_events (event_id TEXT NOT NULL, timestamp INTEGER NOT NULL, value REAL, keys TEXT NOT NULL);
CREATE TEMP TABLE mcp_budgets (system TEXT NOT NULL, error_code TEXT NOT NULL, budget REAL NOT NULL);
";
