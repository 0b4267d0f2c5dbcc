use clap::ValueEnum;

/// A supported SQL engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Dialect {
    /// SQLite 3.38 or newer, and the store of `ingest`
    Sqlite,
    /// PostgreSQL 14 or newer
    Postgres,
    /// ClickHouse 24.8 or newer
    #[value(name = "clickhouse")]
    ClickHouse,
}

impl Dialect {
    /// Writes a text.
    pub(super) fn text(self, text: &str) -> String {
        let escaped = text.replace('\'', "''");
        match self {
            Self::ClickHouse => format!("'{}'", escaped.replace('\\', "\\\\")),
            Self::Sqlite | Self::Postgres => format!("'{escaped}'"),
        }
    }

    /// Writes a text that may be missing.
    pub(super) fn optional(self, text: Option<&str>) -> String {
        text.map_or_else(|| "NULL".to_owned(), |text| self.text(text))
    }

    pub(super) fn boolean(self, value: bool) -> &'static str {
        match (self, value) {
            (Self::Sqlite, true) => "1",
            (Self::Sqlite, false) => "0",
            (_, true) => "TRUE",
            (_, false) => "FALSE",
        }
    }

    /// Writes the time that many milliseconds ago.
    pub(super) fn ago(self, millis: i64) -> String {
        match self {
            Self::Sqlite => format!("CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) - {millis}"),
            Self::Postgres => format!("now() - interval '{millis} milliseconds'"),
            Self::ClickHouse => format!("now64(3) - toIntervalMillisecond({millis})"),
        }
    }

    /// Writes a time given in milliseconds since 1970.
    pub(super) fn millis(self, time: &str) -> String {
        match self {
            Self::Sqlite => time.to_owned(),
            Self::Postgres => format!("(extract(epoch FROM {time}) * 1000)"),
            Self::ClickHouse => format!("toUnixTimestamp64Milli(assumeNotNull({time}))"),
        }
    }

    /// Writes a number that is divided without rounding.
    pub(super) fn real(self, number: &str) -> String {
        match self {
            Self::Sqlite => format!("CAST({number} AS REAL)"),
            Self::Postgres => format!("CAST({number} AS double precision)"),
            Self::ClickHouse => format!("toFloat64({number})"),
        }
    }

    pub(super) fn union(self) -> &'static str {
        match self {
            Self::ClickHouse => "UNION DISTINCT",
            Self::Sqlite | Self::Postgres => "UNION",
        }
    }

    /// Returns the suffix of a query with outer joins that makes missing values NULL.
    pub(super) fn after_outer_join(self) -> &'static str {
        match self {
            Self::ClickHouse => "\nSETTINGS join_use_nulls = 1",
            Self::Sqlite | Self::Postgres => "",
        }
    }
}
