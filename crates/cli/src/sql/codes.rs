use mcp_error_codes::{Record, records};

use crate::sql::dialect::Dialect;

/// A column of `mcp_codes`: its name, whether it is a number or a boolean, and its value for a record.
struct Column {
    name: &'static str,
    kind: Kind,
    value: fn(&Record, Dialect) -> String,
}

#[derive(Clone, Copy)]
enum Kind {
    /// A text that every code has.
    Text,
    /// A text that a code may lack.
    OptionalText,
    Integer,
    Boolean,
}

const fn column(name: &'static str, kind: Kind, value: fn(&Record, Dialect) -> String) -> Column {
    Column { name, kind, value }
}

const COLUMNS: [Column; 16] = [
    column("system", Kind::Text, |record, dialect| dialect.text(record.system.name)),
    column("code", Kind::Text, |record, dialect| dialect.text(record.code)),
    // The current code: occurrences of a former code count for it.
    column("current_code", Kind::OptionalText, |record, dialect| dialect.text(current(record))),
    column("family", Kind::OptionalText, |record, dialect| dialect.text(record.family.name)),
    column("name", Kind::OptionalText, |record, dialect| dialect.text(record.name)),
    column("title", Kind::OptionalText, |record, dialect| dialect.text(record.title)),
    column("summary", Kind::OptionalText, |record, dialect| dialect.text(record.summary)),
    column("http_status", Kind::Integer, |record, _| record.http_status.to_string()),
    column("severity", Kind::OptionalText, |record, dialect| dialect.text(record.severity.as_str())),
    column("category", Kind::OptionalText, |record, dialect| dialect.text(record.category.as_str())),
    column("recoverable", Kind::Boolean, |record, dialect| dialect.boolean(record.recoverable).to_owned()),
    column("retry", Kind::OptionalText, |record, dialect| dialect.text(record.retry.class.as_str())),
    column("surface", Kind::OptionalText, |record, dialect| dialect.text(record.surface.as_str())),
    column("since", Kind::OptionalText, |record, dialect| dialect.text(record.since)),
    column("deprecated_since", Kind::OptionalText, |record, dialect| dialect.optional(record.deprecated_since)),
    column("reference", Kind::OptionalText, |record, dialect| dialect.text(record.reference)),
];

/// Returns the code that has replaced a code of its own system, or the code itself.
fn current(record: &Record) -> &'static str {
    record.superseded_by.filter(|successor| !successor.contains(':')).unwrap_or(record.code)
}

/// Writes the table of all codes.
pub(super) fn table(dialect: Dialect, is_temporary: bool) -> String {
    let temporary = if is_temporary { "TEMP " } else { "" };
    let columns: Vec<_> =
        COLUMNS.iter().map(|column| format!("  {} {}", column.name, type_of(dialect, column.kind))).collect();
    let columns = columns.join(",\n");
    let (key, end) = match dialect {
        Dialect::ClickHouse => ("", " ENGINE = MergeTree ORDER BY (system, code)"),
        Dialect::Sqlite | Dialect::Postgres => (",\n  PRIMARY KEY (system, code)", ""),
    };
    let rows: Vec<_> = records().map(|record| row(record, dialect)).collect();
    let names = COLUMNS.map(|column| column.name).join(", ");
    let create = format!("CREATE {temporary}TABLE mcp_codes (\n{columns}{key}\n){end};\n");
    let insert = format!("INSERT INTO mcp_codes ({names}) VALUES\n{};\n", rows.join(",\n"));
    match (dialect, is_temporary) {
        (_, true) => create + &insert,
        // Views depend on the table, so it is kept.
        (Dialect::Postgres, _) => {
            let create = create.replacen("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1);
            format!("-- What the registry says about each code.\n{create}DELETE FROM mcp_codes;\n{insert}")
        }
        (Dialect::Sqlite | Dialect::ClickHouse, _) => {
            format!("-- What the registry says about each code.\nDROP TABLE IF EXISTS mcp_codes;\n{create}{insert}")
        }
    }
}

fn row(record: &Record, dialect: Dialect) -> String {
    let values = COLUMNS.map(|column| (column.value)(record, dialect));
    format!("({})", values.join(", "))
}

fn type_of(dialect: Dialect, kind: Kind) -> &'static str {
    match (dialect, kind) {
        (Dialect::ClickHouse, Kind::Text) => "String",
        (Dialect::ClickHouse, Kind::OptionalText) => "Nullable(String)",
        (Dialect::ClickHouse, Kind::Integer) => "Nullable(Int64)",
        (Dialect::ClickHouse, Kind::Boolean) => "Nullable(Bool)",
        (_, Kind::Text) => "TEXT NOT NULL",
        (_, Kind::OptionalText) => "TEXT",
        (_, Kind::Integer) => "INTEGER",
        (Dialect::Sqlite, Kind::Boolean) => "INTEGER",
        (Dialect::Postgres, Kind::Boolean) => "BOOLEAN",
    }
}
