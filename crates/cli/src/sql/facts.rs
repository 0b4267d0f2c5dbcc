use crate::sql::dialect::Dialect;

/// Writes the tables that logs and people fill.
pub(super) fn tables(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => include_str!("facts/sqlite.sql"),
        Dialect::Postgres => include_str!("facts/postgres.sql"),
        Dialect::ClickHouse => include_str!("facts/clickhouse.sql"),
    }
}

/// The tables that the store lacks: a command fills them for its own query.
pub(super) const TEMPORARY: &str = "\
CREATE TEMP TABLE mcp_events (event_id TEXT NOT NULL, timestamp INTEGER NOT NULL, value REAL, keys TEXT NOT NULL);
CREATE TEMP TABLE mcp_budgets (system TEXT NOT NULL, error_code TEXT NOT NULL, budget REAL NOT NULL);
";
