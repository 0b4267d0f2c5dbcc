use rusqlite::Connection;
use serde_json::json;

use crate::operations::fixture::Folder;
use crate::run::{Checked, expect};

/// Two errors with one code near the first event, one with another code near the second, and errors that do not count.
const LOG: &str = "\
2024-01-10 12:00:00.000 | ERROR | NX-MCP-001 | MCPServer | near the first
  bookmaker: draftkings
2024-01-10 12:00:03.000 | ERROR | NX-800 | MCPServer | nearer to the first
  bookmaker: draftkings
2024-01-10 12:00:04.000 | FATAL | NX-MCP-031 | MCPServer | near the first, too
  bookmaker: draftkings
2024-01-10 13:00:00.000 | FATAL | NX-MCP-031 | MCPServer | 5 seconds before the second
  bookmaker: betfair
2024-01-10 13:00:09.999 | FATAL | NX-MCP-031 | MCPServer | 4.999 seconds after the second
  bookmaker: betfair
2024-01-10 14:00:00.000 | WARN | NX-MCP-020 | MCPServer | a warning
  bookmaker: betfair
2024-02-01 00:00:00.000 | ERROR | NX-MCP-001 | MCPServer | next month
  bookmaker: draftkings
";

const EVENTS: &str = "\
missed_arbitrage_opportunity_id,timestamp,bookmaker,estimated_profit_loss,potential_arbitrage_opportunity
a1,2024-01-10T12:00:02Z,draftkings,100.5,TRUE
a2,2024-01-10T13:00:05Z,betfair,20,TRUE
a3,2024-01-10T12:00:02Z,betfair,1000,TRUE
a4,2024-01-10T14:00:00Z,betfair,1000,TRUE
a5,2024-01-10T12:00:02Z,draftkings,1000,FALSE
,2024-01-10T12:00:02Z,draftkings,1000,TRUE
a6,2024-02-01T00:00:00Z,draftkings,7,TRUE
";

const OPTIONS: [&str; 8] = [
    "--on",
    "bookmaker",
    "--id",
    "missed_arbitrage_opportunity_id",
    "--value",
    "estimated_profit_loss",
    "--where",
    "potential_arbitrage_opportunity=TRUE",
];

const JANUARY: [&str; 4] = ["--since", "2024-01-01", "--until", "2024-02-01"];

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("app.log", LOG);
    folder.write("events.csv", EVENTS);
    folder.ingest(&["@app.log"]);
    folder
}

#[test]
fn each_event_counts_once_for_a_code_and_once_in_total() -> Checked {
    let folder = folder();
    let words = [&["correlate", "@events.csv"], &OPTIONS[..], &JANUARY[..]].concat();
    expect("correlate.txt", &folder.run(&words).found());
    let found = folder.run(&[&words[..], &["--format", "json"]].concat()).json()?;
    let expected = json!({
        "codes": [
            {"error_code": "NX-MCP-031", "events": 2, "total_value": 120.5, "mean_distance_ms": 3499.5},
            {"error_code": "NX-MCP-001", "events": 1, "total_value": 100.5, "mean_distance_ms": 1000.0},
        ],
        "total": {"events": 2, "total_value": 120.5, "mean_distance_ms": 2999.5},
    });
    assert_eq!(found, expected);
    Ok(())
}

#[test]
fn the_list_has_every_pair_and_the_window_is_strict() -> Checked {
    let folder = folder();
    let list = |more: &[&str]| {
        let run = folder.run(
            &[&["correlate", "@events.csv", "--list", "--format", "json"], &OPTIONS[..], &JANUARY[..], more].concat(),
        );
        let found: serde_json::Value = serde_json::from_str(&run.out).expect("the command writes JSON");
        found["errors"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(list(&[]), 4);
    assert_eq!(list(&["--window", "5001ms"]), 5);
    assert_eq!(list(&["--code", "NX-800"]), 2);
    assert_eq!(list(&["--window", "1s"]), 0);
    Ok(())
}

#[test]
fn events_are_read_from_sqlite_too() -> Checked {
    let folder = folder();
    let csv = folder.run(&[&["correlate", "@events.csv"], &OPTIONS[..]].concat()).found();
    let database = Connection::open(folder.path("events.db"))?;
    database.execute_batch(
        "CREATE TABLE other (x); CREATE TABLE url_anomaly_audit (missed_arbitrage_opportunity_id TEXT, timestamp INTEGER, \
         bookmaker TEXT, estimated_profit_loss REAL, potential_arbitrage_opportunity BOOLEAN)",
    )?;
    let mut reader = csv::Reader::from_reader(EVENTS.as_bytes());
    for row in reader.records() {
        let row = row?;
        let time: jiff::Timestamp = row[1].parse()?;
        let (id, is_opportunity) = ((!row[0].is_empty()).then(|| row[0].to_owned()), &row[4] == "TRUE");
        let value: f64 = row[3].parse()?;
        database.execute(
            "INSERT INTO url_anomaly_audit VALUES (?1, ?2, ?3, ?4, ?5)",
            (id, time.as_millisecond(), &row[2], value, is_opportunity),
        )?;
    }
    let words = [&["correlate", "@events.db", "--table", "url_anomaly_audit"], &OPTIONS[..]].concat();
    assert_eq!(folder.run(&words).found(), csv);
    let ambiguous = folder.run(&[&["correlate", "@events.db"], &OPTIONS[..]].concat());
    assert!(
        ambiguous.err.ends_with("has the tables other, url_anomaly_audit; select one with --table\n"),
        "{}",
        ambiguous.err
    );
    Ok(())
}

#[test]
fn mistakes_in_the_events_are_named_with_their_place() {
    let folder = folder();
    let error = |events: &str, words: &[&str]| {
        folder.write("events.csv", events);
        let run = folder.run(&[&["correlate", "@events.csv"], words].concat());
        assert_eq!(run.status, Some(2), "{}", run.out);
        run.err
    };
    let missing = error("id,timestamp\n", &["--on", "bookmaker"]);
    assert!(
        missing.ends_with("events.csv: column \"bookmaker\" is missing; the columns are id, timestamp\n"),
        "{missing}"
    );
    let time = error("timestamp,b\n2024-01-01,x\nsoon,x\n", &["--on", "bookmaker=b"]);
    assert!(time.ends_with("events.csv:3: timestamp \"soon\" is not a time\n"), "{time}");
    let value = error("timestamp,b,v\n2024-01-01,x,much\n", &["--on", "bookmaker=b", "--value", "v"]);
    assert!(value.ends_with("events.csv:2: v \"much\" is not a number\n"), "{value}");
}
