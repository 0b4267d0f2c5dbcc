//! `list` prints the codes that match its filters in every format.

use crate::run::{Checked, expect, run};
use mcp_error_codes::{REGISTRY, RetryClass, Severity, Surface};

fn codes(arguments: &[&str]) -> Vec<String> {
    let answer = run(&[&["list"], arguments].concat()).found();
    answer.lines().filter_map(|line| line.split('\t').next()).map(str::to_owned).collect()
}

#[test]
fn in_a_pipe_each_code_is_a_line() {
    let texts: Vec<_> = REGISTRY.records().iter().map(|record| record.code_text().to_string()).collect();
    assert_eq!(codes(&[]), texts);
}

#[test]
fn filters_take_several_values_in_any_case() {
    let fatal = |severity| REGISTRY.records().iter().filter(move |record| record.severity == severity).count();
    assert_eq!(codes(&["--severity", "fatal"]).len(), fatal(Severity::Fatal));
    let both = fatal(Severity::Fatal) + fatal(Severity::Error);
    assert_eq!(codes(&["--severity", "FATAL,error"]).len(), both);
    assert_eq!(codes(&["--severity", "FATAL", "--severity", "ERROR"]).len(), both);
}

#[test]
fn filters_are_combined() {
    let answer = codes(&["--system", "filesystem", "--status", "403", "--status", "5xx", "--family", "sec,fs"]);
    let fits = REGISTRY.records().iter().filter(|record| {
        record.system.name == "filesystem"
            && ["SEC", "FS"].contains(&record.family.name)
            && (record.http_status == 403 || record.http_status >= 500)
    });
    assert_eq!(answer, fits.map(|record| record.code.to_owned()).collect::<Vec<_>>());
    assert_eq!(codes(&["--deprecated", "--system", "mcp"]), ["-1", "mcp:-32002", "-32042"]);
    assert!(!codes(&["--deprecated=false"]).contains(&"NX-800".to_owned()));
    let protocol = REGISTRY.records().iter().filter(|record| record.surface == Surface::Protocol).count();
    assert_eq!(codes(&["--surface", "protocol"]).len(), protocol);
    let again = REGISTRY.records().iter().filter(|record| record.retry.class == RetryClass::ReAuthThenRetry);
    let again: Vec<_> = again.map(|record| record.code_text().to_string()).collect();
    assert_eq!(codes(&["--retry", "re-auth-then-retry"]), again);
    assert!(again.contains(&"-32005".to_owned()));
    let lost = codes(&["--recoverable", "false", "--category", "resource"]).len();
    assert!(lost > 0 && lost < codes(&["--category", "resource"]).len());
}

#[test]
fn a_table_fits_its_width() {
    let table = run(&["list", "--system", "super-mcp", "--width", "100"]).found();
    expect("list_wide.txt", &table);
    let table = run(&["list", "--system", "super-mcp", "--width", "60", "--color", "always"]).found();
    expect("list_narrow_coloured.txt", &table);
    for width in ["20", "40", "60", "80", "100", "120"] {
        let table = run(&["list", "--width", width]).found();
        let longest = table.lines().map(|line| line.chars().count()).max();
        // The code itself is never truncated.
        assert!(longest <= width.parse().ok().max(Some(48)), "{width}\n{table}");
    }
}

#[test]
fn json_contains_the_records_of_the_export() -> Checked {
    let list = run(&["list", "--format", "json"]).json()?;
    assert_eq!(list, serde_json::to_value(REGISTRY.records())?);
    Ok(())
}

#[test]
fn csv_reads_back() -> Checked {
    let text = run(&["list", "--format", "csv"]).found();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers()?.clone();
    assert_eq!(columns.get(0), Some("code"));
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
    assert_eq!(rows.len(), REGISTRY.records().len());
    for (row, record) in rows.iter().zip(REGISTRY.records()) {
        let value = |name| columns.iter().position(|column| column == name).and_then(|at| row.get(at));
        assert_eq!(value("code"), Some(record.code));
        assert_eq!(value("message"), Some(record.message.unwrap_or_default()));
        assert_eq!(value("json_rpc"), Some(record.json_rpc_number().to_string().as_str()));
        assert_eq!(value("reference"), Some(record.reference));
    }
    Ok(())
}

#[test]
fn a_list_without_codes_is_a_miss() -> Checked {
    let complaint = "error: no code matches all of these filters\n";
    assert_eq!(run(&["list", "--status", "418"]).missed(), complaint);
    let json = run(&["list", "--status", "418", "--format", "json"]);
    assert_eq!((json.status, json.out.as_str(), json.err.as_str()), (Some(1), "[]\n", complaint));
    Ok(())
}

#[test]
fn an_unknown_word_is_refused_with_the_possible_values() {
    let refused = run(&["list", "--severity", "bad"]);
    assert_eq!(refused.status, Some(2));
    assert!(refused.err.contains("[possible values: INFO, WARN, ERROR, FATAL]"), "{}", refused.err);
    let refused = run(&["list", "--status", "9xx"]);
    assert_eq!(refused.status, Some(2));
    assert!(refused.err.contains("expected a status such as 404, or a class such as 5xx"), "{}", refused.err);
}
