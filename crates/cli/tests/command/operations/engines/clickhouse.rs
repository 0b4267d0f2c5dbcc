use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{Answers, Data, Words, questions, script, skip};

type Failure = Box<dyn std::error::Error>;

/// Loads the data into ClickHouse's engine and runs the queries. Returns `None` if it is missing.
pub(super) fn answers(data: &Data) -> Result<Option<Answers>, Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines");
    let python = folder.join(".venv/bin/python");
    if !python.is_file() {
        skip("ClickHouse's engine");
        return Ok(None);
    }
    let file = |name| data.folder.text(name);
    let mut statements = vec![script("clickhouse"), script("clickhouse")];
    // The command in the documentation.
    statements.push(format!(
        "INSERT INTO mcp_errors FROM INFILE '{}' SETTINGS date_time_input_format = 'best_effort' FORMAT JSONEachRow",
        file("errors.jsonl")
    ));
    statements.push(format!(
        "INSERT INTO mcp_requests FROM INFILE '{}' SETTINGS date_time_input_format = 'best_effort' FORMAT CSVWithNames",
        file("requests.csv")
    ));
    for event in &data.events {
        let value = event.value.map_or_else(|| "NULL".to_owned(), |value| value.to_string());
        let time = format!("fromUnixTimestamp64Milli({})", event.time.as_millisecond());
        statements.push(format!("INSERT INTO mcp_events VALUES ('{}', {time}, {value}, '{}')", event.id, event.keys));
    }
    let first = statements.len();
    let words = Words { millis: "toUnixTimestamp64Milli(assumeNotNull(TIME))" };
    let settings = " SETTINGS output_format_json_quote_64bit_integers = 0";
    statements.extend(questions(&words).map(|question| question.sql() + settings));

    let mut child = Command::new(python)
        .arg(folder.join("clickhouse.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut stdin = child.stdin.take().ok_or("Python has no standard input")?;
    stdin.write_all(&serde_json::to_vec(&statements)?)?;
    drop(stdin);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let lines = String::from_utf8(output.stdout)?;
    let answers: Result<Answers, _> = lines.lines().skip(first).map(serde_json::from_str).collect();
    Ok(Some(answers?))
}
