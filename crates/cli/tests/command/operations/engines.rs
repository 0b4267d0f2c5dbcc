//! The same data and the same queries on SQLite, PostgreSQL and ClickHouse.

mod clickhouse;
pub(crate) mod postgres;
mod sqlite;

use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use crate::operations::fixture::Folder;
use crate::run::{Checked, run};

/// The answers to all queries, in order.
type Answers = Vec<Vec<Vec<Value>>>;

/// Files with the data, and the store's answers.
struct Data {
    folder: Folder,
    events: Vec<Event>,
}

struct Event {
    id: &'static str,
    time: Timestamp,
    value: Option<f64>,
    keys: Value,
}

/// How an engine writes the parts of a query.
struct Words {
    /// Writes a time in milliseconds, from `TIME`.
    millis: &'static str,
}

struct Question {
    columns: Vec<String>,
    /// The view and the order.
    from: &'static str,
}

/// The queries. Booleans are words, because the engines write them in different ways.
fn questions(words: &Words) -> [Question; 5] {
    let millis = |time: &str| words.millis.replace("TIME", time);
    let truth = |column: &str| format!("CASE WHEN {column} THEN 'yes' WHEN NOT {column} THEN 'no' END");
    let question = |from, columns: &[&str]| {
        let column = |column: &&str| match *column {
            "timestamp" | "error_timestamp" => millis(column),
            "recoverable" | "is_spent" => truth(column),
            column => column.to_owned(),
        };
        Question { columns: columns.iter().map(column).collect(), from }
    };
    [
        question(
            "mcp_inspect ORDER BY message",
            &[
                "timestamp",
                "error_code",
                "logged_code",
                "system",
                "tool_name",
                "error_type",
                "recoverable",
                "severity",
                "status_code",
                "category",
                "endpoint",
                "message",
            ],
        ),
        question(
            "mcp_error_budget ORDER BY endpoint",
            &["error_code", "endpoint", "errors", "requests", "error_rate", "budget", "is_spent"],
        ),
        question(
            "mcp_correlated_errors ORDER BY event_id, error_code, distance_ms, error_timestamp",
            &["event_id", "error_code", "severity", "error_timestamp", "distance_ms", "value"],
        ),
        question("mcp_correlation ORDER BY error_code", &["error_code", "events", "total_value", "mean_distance_ms"]),
        question(
            "mcp_rca_completion ORDER BY severity",
            &["severity", "total_errors", "rcas_completed", "completion_rate"],
        ),
    ]
}

impl Question {
    /// Returns the query, which returns one row with all columns.
    fn sql(&self) -> String {
        format!("SELECT {} FROM {}", self.columns.join(", "), self.from)
    }
}

impl Data {
    fn new() -> Self {
        let folder = Folder::new();
        let now = Timestamp::now();
        let hours_ago = |hours: i64| now - hours.hours();
        let mut lines = String::new();
        let mut add = |time: Timestamp, code: &str, severity: &str, more: Value| {
            let number = lines.lines().count();
            let mut line = json!({
                "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
                "error_code": code,
                "system": if code == "NX-MCP-999" { Value::Null } else if code.starts_with("NX") { "hyper-bun".into() } else { "filesystem".into() },
                "severity": severity,
                "message": format!("m{number:03} \"it's\" a\\b \u{e9}"),
            });
            let members = line.as_object_mut().expect("it is an object");
            members.extend(more.as_object().cloned().unwrap_or_default());
            lines += &(line.to_string() + "\n");
        };
        // 3 of 400 requests, and 5 of 1,000, which is exactly the budget.
        for second in 0..3 {
            add(
                hours_ago(2) + second.seconds(),
                "NX-MCP-001",
                "ERROR",
                json!({
                    "tool_name": "probe", "error_type": "TimeoutError", "status_code": 500, "recoverable": true,
                    "details": {"bookmaker": "draftkings", "attempt": 1},
                }),
            );
        }
        for second in 0..5 {
            let code = if second == 0 { "NX-800" } else { "NX-MCP-001" };
            add(
                hours_ago(3) + (second * 100).seconds(),
                code,
                "ERROR",
                json!({
                    "tool_name": "search", "details": {"bookmaker": "betfair"},
                    "rca_completed_at": if second < 2 { json!(now.to_string()) } else { Value::Null },
                }),
            );
        }
        // Too old for budgets and root causes, but not for events.
        add(
            hours_ago(24 * 40),
            "NX-MCP-001",
            "ERROR",
            json!({"tool_name": "old", "details": {"bookmaker": "draftkings"}}),
        );
        add(hours_ago(4), "NX-MCP-031", "FATAL", json!({"endpoint": "start", "details": {"bookmaker": "draftkings"}}));
        add(hours_ago(4) + 1.second(), "NX-MCP-020", "WARN", json!({"details": {"bookmaker": "draftkings"}}));
        add(hours_ago(5), "FS-001", "WARN", json!({"details": {"path": "a\tb"}}));
        add(hours_ago(6), "NX-MCP-999", "ERROR", json!({}));
        // The registry provides what the line omits.
        add(hours_ago(7), "NX-MCP-012", "ERROR", json!({"tool_name": "unmeasured", "details": {}}));
        add(hours_ago(8), "NX-MCP-001", "ERROR", json!({"tool_name": "unmeasured", "details": {}}));
        folder.write("errors.jsonl", &lines);

        let time = |time: Timestamp| time.to_string();
        let requests = [
            format!("endpoint,timestamp,requests\nprobe,{},150\n", time(hours_ago(2))),
            format!("probe,{},250\nsearch,{},1000\n", time(hours_ago(1)), time(hours_ago(1))),
            format!("idle,{},20\nprobe,{},100000\n", time(hours_ago(1)), time(hours_ago(24 * 40))),
        ];
        folder.write("requests.csv", requests.concat());

        let millis = |time: Timestamp| Timestamp::from_millisecond(time.as_millisecond()).expect("it is a time");
        let event = |id, time: Timestamp, value, keys| Event { id, time: millis(time), value, keys };
        let events = vec![
            // Three errors are near; the event counts once, with the nearest.
            event("e1", hours_ago(2) + 1.second(), Some(12.5), json!({"bookmaker": "draftkings"})),
            // One millisecond inside the window, and exactly at its end.
            event("e2", hours_ago(2) - 4999.milliseconds(), Some(0.25), json!({"bookmaker": "draftkings"})),
            event("e3", hours_ago(2) - 5000.milliseconds(), Some(100.0), json!({"bookmaker": "draftkings"})),
            // A different bookmaker, and a key that no error has.
            event("e4", hours_ago(2), Some(100.0), json!({"bookmaker": "betfair"})),
            event("e5", hours_ago(2), Some(100.0), json!({"bookmaker": "draftkings", "market": "1"})),
            // By a column and a number, in the past, and without a value.
            event("e6", hours_ago(2), None, json!({"tool_name": "probe", "attempt": "1"})),
            event("e7", hours_ago(24 * 40) + 2.seconds(), Some(3.0), json!({"bookmaker": "draftkings"})),
            // Near a FATAL and a WARN: only the first counts.
            event("e8", hours_ago(4) + 500.milliseconds(), Some(1.0), json!({"bookmaker": "draftkings"})),
        ];
        Self { folder, events }
    }
}

/// Makes answers comparable: rounds numbers of any type.
fn comparable(answers: Answers) -> Answers {
    let cell = |cell: Value| match cell.as_f64() {
        Some(number) => json!((number * 1e6).round() / 1e6),
        None => cell,
    };
    let row = |row: Vec<Value>| row.into_iter().map(cell).collect();
    answers.into_iter().map(|answer| answer.into_iter().map(row).collect()).collect()
}

#[track_caller]
fn compare(answers: Answers, expected: &Answers, engine: &str) {
    let answers = comparable(answers);
    assert_eq!(answers.len(), expected.len(), "{engine}");
    for (answer, expected) in answers.iter().flatten().zip(expected.iter().flatten()) {
        assert_eq!(answer, expected, "{engine}");
    }
    assert!(answers == *expected, "{engine} returns other rows");
}

#[test]
fn every_engine_gives_the_same_answers() -> Checked {
    let data = Data::new();
    let expected = comparable(sqlite::answers(&data)?);
    assert_eq!(expected.iter().map(Vec::len).collect::<Vec<_>>(), [15, 4, 9, 2, 2]);
    assert_eq!(
        expected[1][1][..],
        [json!("NX-MCP-001"), json!("probe"), json!(3.0), json!(400.0), json!(0.0075), json!(0.005), json!("yes")]
    );
    // A rate equal to the budget does not exceed it.
    assert_eq!(expected[1][2][2..], [json!(5.0), json!(1000.0), json!(0.005), json!(0.005), json!("no")]);
    if let Some(answers) = postgres::answers(&data)? {
        compare(answers, &expected, "PostgreSQL");
    }
    if let Some(answers) = clickhouse::answers(&data)? {
        compare(answers, &expected, "ClickHouse");
    }
    Ok(())
}

/// Writes the SQL for an engine.
fn script(dialect: &str) -> String {
    run(&["export", "sql", "--dialect", dialect]).found()
}

/// Returns whether a missing engine is allowed.
///
/// # Panics
/// If `ENGINES=required` is set.
#[track_caller]
pub(crate) fn skip(what: &str) {
    assert!(
        std::env::var_os("ENGINES").is_none_or(|value| value != "required"),
        "{what} is missing, and ENGINES=required; .ci/install-clients installs it"
    );
    println!("skipped: {what} is missing; .ci/install-clients installs it");
}
