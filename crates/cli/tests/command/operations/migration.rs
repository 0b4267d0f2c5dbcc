use crate::operations::fixture::Folder;
use crate::run::Checked;

/// A store of version 1, with an error that it ingested.
const VERSION_1: &str = concat!(
    include_str!("../../../src/store/schema/1.sql"),
    "PRAGMA application_id = 0x4d435045; PRAGMA user_version = 1;
     INSERT INTO mcp_errors (error_code, system, severity, timestamp, tool_name, details, rca_completed_at)
     VALUES ('NX-MCP-001', 'hyper-bun', 'ERROR', 1736951025123, 'research', '{\"bookmaker\":\"draftkings\"}', 7);"
);

#[test]
fn an_older_store_is_migrated_and_keeps_its_errors() -> Checked {
    let folder = Folder::new();
    let version_1 = VERSION_1.replace("{errors}", include_str!("../../../src/store/schema/errors.sql"));
    rusqlite::Connection::open(folder.path("store.db"))?.execute_batch(&version_1)?;
    let found = folder.run(&["inspect", "NX-MCP-001", "--where", "bookmaker=draftkings", "--format", "json"]).json()?;
    assert_eq!(found[0]["timestamp"], "2025-01-15T14:23:45.123Z");
    assert_eq!(found[0]["rca_completed_at"], "1970-01-01T00:00:00.007Z");
    let store = rusqlite::Connection::open(folder.path("store.db"))?;
    // The index contains the error.
    let words: i64 = store.query_row("SELECT count(*) FROM mcp_error_pairs", [], |row| row.get(0))?;
    assert_eq!(words, 1);
    let version: i64 = store.pragma_query_value(None, "user_version", |row| row.get(0))?;
    assert!(version > 1);
    Ok(())
}

#[test]
fn a_newer_store_and_a_foreign_database_are_refused() -> Checked {
    let folder = Folder::new();
    let store = rusqlite::Connection::open(folder.path("store.db"))?;
    store.execute_batch("CREATE TABLE notes (text TEXT)")?;
    folder.write("a.log", "");
    let before = std::fs::read(folder.path("store.db"))?;
    let refused = folder.run(&["ingest", "@a.log"]);
    assert_eq!(std::fs::read(folder.path("store.db"))?, before, "the file is not changed");
    assert_eq!(refused.status, Some(2));
    assert!(refused.err.ends_with("store.db is a database of another program, not a store\n"), "{}", refused.err);
    let tables: i64 = store.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    assert_eq!(tables, 1);
    store.execute_batch("PRAGMA application_id = 0x4d435045; PRAGMA user_version = 99;")?;
    let refused = folder.run(&["ingest", "@a.log"]);
    assert_eq!(refused.status, Some(2));
    assert!(refused.err.contains("has version 99, and this mcp-errors supports versions up to "), "{}", refused.err);
    let folder = Folder::new();
    folder.write("a.log", "");
    folder.write("store.db", "this is no database, whatever its name says, and is long enough to be looked at");
    let refused = folder.run(&["ingest", "@a.log"]);
    assert!(refused.err.ends_with("store.db is not a store\n"), "{}", refused.err);
    Ok(())
}
