//! The queries: what happened, which budgets are exceeded, what the business lost, and which root causes are known.

use crate::sql::dialect::Dialect;

/// A query.
#[derive(Debug)]
pub(super) struct View {
    name: &'static str,
    comment: &'static str,
    query: String,
}

/// The time ranges of the queries.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Windows {
    /// The maximum time between an error and its event.
    pub(crate) correlation_ms: i64,
    /// Budgets and root causes count from this time on, or for 30 days if it is `None`. Only SQLite counts in milliseconds.
    pub(crate) since: Option<i64>,
    /// Only errors in this range of time are compared with events.
    pub(crate) errors: (Option<i64>, Option<i64>),
}

impl Windows {
    const DAYS_30_MS: i64 = 30 * 24 * 60 * 60 * 1000;

    fn since(&self, dialect: Dialect) -> String {
        self.since.map_or_else(|| dialect.ago(Self::DAYS_30_MS), |since| since.to_string())
    }
}

impl Default for Windows {
    /// The windows in the document: 5 seconds and 30 days.
    fn default() -> Self {
        Self { correlation_ms: 5000, since: None, errors: (None, None) }
    }
}

impl View {
    pub(super) fn created(&self, dialect: Dialect) -> String {
        let Self { name, comment, query } = self;
        let create = match dialect {
            Dialect::Sqlite => format!("DROP VIEW IF EXISTS {name};\nCREATE VIEW {name} AS"),
            Dialect::Postgres | Dialect::ClickHouse => format!("CREATE OR REPLACE VIEW {name} AS"),
        };
        format!("-- {comment}\n{create}\n{query};\n")
    }

    pub(super) fn temporary(&self) -> String {
        format!("CREATE TEMP VIEW {} AS\n{};\n", self.name, self.query)
    }
}

pub(super) fn all(dialect: Dialect, windows: &Windows) -> [View; 5] {
    [
        inspect(dialect),
        budget(dialect, windows),
        correlated(dialect, windows),
        correlation(),
        rca_completion(dialect, windows),
    ]
}

fn inspect(dialect: Dialect) -> View {
    let end = dialect.after_outer_join();
    View {
        name: "mcp_inspect",
        comment: "Every error, by its current code; `logged_code` is the code in the log.",
        query: format!(
            "SELECT
  m.timestamp AS timestamp, m.tool_name AS tool_name, m.error_type AS error_type,
  coalesce(m.recoverable, c.recoverable) AS recoverable, coalesce(c.current_code, m.error_code) AS error_code,
  m.error_code AS logged_code, m.system AS system, coalesce(m.status_code, c.http_status) AS status_code,
  coalesce(m.category, c.category) AS category, coalesce(m.severity, c.severity) AS severity, m.module AS module,
  m.endpoint AS endpoint, m.message AS message, m.details AS details, m.rca_completed_at AS rca_completed_at
FROM mcp_errors AS m
LEFT JOIN mcp_codes AS c ON c.system = m.system AND c.code = m.error_code{end}"
        ),
    }
}

fn budget(dialect: Dialect, windows: &Windows) -> View {
    let (since, union, end) = (windows.since(dialect), dialect.union(), dialect.after_outer_join());
    let latest = if dialect == Dialect::ClickHouse { " FINAL" } else { "" };
    let rate = format!("{} / nullif(r.requests, 0)", dialect.real("coalesce(e.errors, 0)"));
    View {
        name: "mcp_error_budget",
        comment: "The error rate of each endpoint and the budget of a code, over 30 days. Without a request count there is no rate.",
        query: format!(
            "WITH errors AS (
  SELECT system, error_code, endpoint, count(*) AS errors FROM mcp_inspect
  WHERE timestamp >= {since} AND endpoint IS NOT NULL GROUP BY system, error_code, endpoint
), requests AS (
  SELECT endpoint, sum(requests) AS requests FROM mcp_requests{latest} WHERE timestamp >= {since} GROUP BY endpoint
), endpoints AS (
  SELECT b.system AS system, b.error_code AS error_code, b.budget AS budget, r.endpoint AS endpoint
  FROM mcp_budgets AS b CROSS JOIN requests AS r
  {union}
  SELECT b.system, b.error_code, b.budget, e.endpoint
  FROM mcp_budgets AS b JOIN errors AS e ON e.system = b.system AND e.error_code = b.error_code
)
SELECT
  p.error_code AS error_code, p.endpoint AS endpoint, coalesce(e.errors, 0) AS errors, r.requests AS requests,
  {rate} AS error_rate, p.budget AS budget, {rate} > p.budget AS is_spent
FROM endpoints AS p
LEFT JOIN errors AS e ON e.system = p.system AND e.error_code = p.error_code AND e.endpoint = p.endpoint
LEFT JOIN requests AS r ON r.endpoint = p.endpoint{end}"
        ),
    }
}

fn correlated(dialect: Dialect, windows: &Windows) -> View {
    let window = windows.correlation_ms;
    let keys = has_keys(dialect);
    let (from, to) = windows.errors;
    let from = from.map(|from| format!(" AND m.timestamp >= {from}")).unwrap_or_default();
    let to = to.map(|to| format!(" AND m.timestamp < {to}")).unwrap_or_default();
    let distance = match dialect {
        Dialect::Sqlite => "abs(m.timestamp - e.timestamp)".to_owned(),
        Dialect::Postgres => "abs(extract(epoch FROM m.timestamp - e.timestamp) * 1000)".to_owned(),
        Dialect::ClickHouse => format!("abs({} - {})", dialect.millis("m.timestamp"), dialect.millis("e.timestamp")),
    };
    let distance = dialect.real(&distance);
    // The time conditions of the join let each engine use an index or its hash join.
    let (events, near) = match dialect {
        Dialect::Sqlite => (
            "mcp_events AS e JOIN mcp_inspect AS m".to_owned(),
            format!("m.timestamp > e.timestamp - {window} AND m.timestamp < e.timestamp + {window}"),
        ),
        Dialect::Postgres => (
            "mcp_events AS e JOIN mcp_inspect AS m".to_owned(),
            format!(
                "m.timestamp > e.timestamp - interval '{window} milliseconds' AND m.timestamp < e.timestamp + interval '{window} milliseconds'"
            ),
        ),
        Dialect::ClickHouse => (
            format!(
                "(
  SELECT *, intDiv({}, {window}) + arrayJoin([-1, 0, 1]) AS bucket FROM mcp_events FINAL
) AS e JOIN (
  SELECT *, intDiv({}, {window}) AS bucket FROM mcp_inspect WHERE timestamp IS NOT NULL
) AS m",
                dialect.millis("timestamp"),
                dialect.millis("timestamp")
            ),
            "m.bucket = e.bucket".to_owned(),
        ),
    };
    View {
        name: "mcp_correlated_errors",
        comment: "Errors of severity ERROR and FATAL with the events that are less than 5 seconds away and have the same keys.",
        query: format!(
            "SELECT
  e.event_id AS event_id, e.timestamp AS event_timestamp, m.error_code AS error_code, m.severity AS severity,
  m.timestamp AS error_timestamp, {distance} AS distance_ms, e.value AS value
FROM {events} ON {near}
WHERE m.severity IN ('ERROR', 'FATAL') AND {distance} < {window}{from}{to} AND {keys}"
        ),
    }
}

/// Returns the condition that an error has all keys of an event.
fn has_keys(dialect: Dialect) -> String {
    const COLUMNS: [&str; 5] = ["system", "module", "tool_name", "error_type", "endpoint"];
    let columns = |key: &str, otherwise: &str| {
        let cases: String = COLUMNS.iter().map(|name| format!(" WHEN '{name}' THEN m.{name}")).collect();
        format!("coalesce({otherwise}, CASE {key}{cases} END)")
    };
    match dialect {
        Dialect::Sqlite => {
            let detail = "(SELECT CAST(d.value AS TEXT) FROM json_each(m.details) AS d WHERE d.key = k.key)";
            let value = columns("k.key", detail);
            format!(
                "NOT EXISTS (\n  SELECT 1 FROM json_each(e.keys) AS k WHERE {value} IS NOT CAST(k.value AS TEXT)\n)"
            )
        }
        Dialect::Postgres => {
            let value = columns("k.key", "m.details ->> k.key");
            format!(
                "NOT EXISTS (\n  SELECT 1 FROM jsonb_each_text(e.keys) AS k WHERE {value} IS DISTINCT FROM k.value\n)"
            )
        }
        Dialect::ClickHouse => {
            let value = columns("k.1", "JSONExtract(m.details, k.1, 'Nullable(String)')");
            format!("arrayAll(\n  k -> ifNull({value} = k.2, 0), JSONExtractKeysAndValues(e.keys, 'String')\n)")
        }
    }
}

fn correlation() -> View {
    View {
        name: "mcp_correlation",
        comment: "For each code, the events that it may have caused: each counts once, with the nearest error.",
        query: "WITH nearest AS (
  SELECT error_code, event_id, min(distance_ms) AS distance_ms, max(value) AS value
  FROM mcp_correlated_errors GROUP BY error_code, event_id
)
SELECT error_code, count(*) AS events, sum(value) AS total_value, avg(distance_ms) AS mean_distance_ms
FROM nearest GROUP BY error_code"
            .to_owned(),
    }
}

fn rca_completion(dialect: Dialect, windows: &Windows) -> View {
    let since = windows.since(dialect);
    let completed = dialect.real("count(rca_completed_at)");
    View {
        name: "mcp_rca_completion",
        comment: "The percentage of errors of severity ERROR and FATAL in 30 days that have a known root cause.",
        query: format!(
            "SELECT
  severity, count(*) AS total_errors, count(rca_completed_at) AS rcas_completed,
  {completed} / count(*) * 100 AS completion_rate
FROM mcp_inspect
WHERE severity IN ('ERROR', 'FATAL') AND timestamp >= {since}
GROUP BY severity"
        ),
    }
}
