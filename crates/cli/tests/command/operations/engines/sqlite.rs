use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::Value;

use super::{Answers, Data, Words, questions, script};

type Failure = Box<dyn std::error::Error>;

/// Ingests the data into a store, adds the views to it, and queries both the views and the commands.
pub(super) fn answers(data: &Data) -> Result<Answers, Failure> {
    data.folder.ingest(&["@errors.jsonl", "--requests", &data.folder.text("requests.csv")]);
    let store = Connection::open(data.folder.path("store.db"))?;
    // The SQL runs twice, as in an update of the registry.
    store.execute_batch(&script("sqlite"))?;
    store.execute_batch(&script("sqlite"))?;
    for event in &data.events {
        let keys = event.keys.to_string();
        store.execute(
            "INSERT INTO mcp_events VALUES (?1, ?2, ?3, ?4)",
            (event.id, event.time.as_millisecond(), event.value, keys),
        )?;
    }
    let answers: Result<Answers, Failure> =
        questions(&Words { millis: "TIME" }).iter().map(|question| ask(&store, &question.sql())).collect();
    let answers = answers?;
    drop(store);

    // The commands run the same queries.
    let budget = data.folder.run(&["budget", "--format", "json"]);
    assert_eq!(budget.status, Some(1), "a budget is spent: {}", budget.err);
    let budget: Vec<Value> = serde_json::from_str(&budget.out)?;
    let rate = |endpoint: &str| {
        let row = budget.iter().find(|row| row["endpoint"] == endpoint);
        row.map(|row| (row["errors"].clone(), row["requests"].clone(), row["error_rate"].clone()))
    };
    assert_eq!(budget.len(), answers[1].len());
    for row in &answers[1] {
        let endpoint = row[1].as_str().unwrap_or_default();
        assert_eq!(rate(endpoint), Some((row[2].clone(), row[3].clone(), row[4].clone())), "{endpoint}");
    }
    let all = answers[0].iter().filter(|row| row[1] == "NX-MCP-001").count();
    assert_eq!(data.folder.occurrences("NX-MCP-001").len(), all);
    Ok(answers)
}

fn ask(store: &Connection, question: &str) -> Result<Vec<Vec<Value>>, Failure> {
    let mut statement = store.prepare(question)?;
    let columns = statement.column_count();
    let cell = |row: &rusqlite::Row<'_>, at| -> rusqlite::Result<Value> {
        Ok(match row.get_ref(at)? {
            ValueRef::Integer(integer) => integer.into(),
            ValueRef::Real(real) => real.into(),
            ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
            ValueRef::Null | ValueRef::Blob(_) => Value::Null,
        })
    };
    let rows = statement.query_map([], |row| (0..columns).map(|at| cell(row, at)).collect())?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
