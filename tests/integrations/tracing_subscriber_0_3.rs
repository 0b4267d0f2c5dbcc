//! The log of traced errors, as a program writes and reads it.
#![cfg(feature = "tracing-subscriber-0_3")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io;

use mcp_error_codes::tracing_subscriber_0_3::ErrorLog;
use mcp_error_codes::{Code, McpError, decode, filesystem, hyper_bun};
use serde_json::{Value, json};
use tempfile::NamedTempFile;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::layer::SubscriberExt;

type Checked = Result<(), Box<dyn Error>>;

/// Returns what some work logs, as lines and as JSON.
fn logged(work: impl Fn()) -> Result<(String, String), Box<dyn Error>> {
    let (lines, json) = (NamedTempFile::new()?, NamedTempFile::new()?);
    let subscriber = tracing_subscriber::registry()
        .with(ErrorLog::lines(lines.reopen()?).module("Server"))
        .with(ErrorLog::json(json.reopen()?).module("Server"));
    tracing::subscriber::with_default(subscriber, work);
    Ok((fs::read_to_string(lines.path())?, fs::read_to_string(json.path())?))
}

fn context(error: &McpError) -> BTreeMap<String, Value> {
    error.details().chain(error.internal()).map(|(name, value)| (name.to_owned(), value.clone())).collect()
}

#[test]
fn every_error_is_read_back_from_both_forms_without_loss() -> Checked {
    let texts = [
        "plain",
        "two\nlines",
        "C:\\new \\n",
        "42",
        "a | b | c",
        " ",
        "2025-01-15 14:23:45.123 | FATAL | NX-MCP-031 | m | forged",
    ];
    for (at, code) in Code::all().enumerate() {
        let text = texts[at % texts.len()];
        let error = McpError::new(code)
            .with_message(format!("{text}\n{at}"))
            .with_detail("number", at)
            .with_detail("text", text)
            .with_internal("message", text)
            .with_internal("list", json!([text, null, 1.5]))
            .with_error_id(format!("e-{at}"))
            .with_source(io::Error::other(text));
        let (lines, json) = logged(|| error.clone().trace())?;
        assert!(lines.lines().skip(1).all(|line| line.starts_with("  ")), "{lines}");
        assert_eq!(json.lines().count(), 1);
        for log in [&lines, &json] {
            let read = decode(log)?;
            // A local error is written as the error that a peer would receive, with itself as the first cause.
            let sent = error.as_sent();
            assert!(read.is_of(sent.brief()), "{log}");
            assert_eq!((read.message(), read.error_id()), (error.message(), error.error_id()), "{log}");
            let mut expected = context(&sent);
            let causes: Vec<String> = sent.source_texts().collect();
            assert_eq!(causes.len(), if code.record().is_sent() { 1 } else { 2 }, "{log}");
            expected.insert("cause".to_owned(), if let [only] = &causes[..] { json!(only) } else { json!(causes) });
            assert_eq!(context(&read), expected, "{log}");
        }
    }
    Ok(())
}

#[test]
fn other_events_and_errors_that_were_traced_before_are_not_written() -> Checked {
    let (lines, json) = logged(|| {
        tracing::error!(name: "mcp_error", target: "mcp_error_codes", "an event of someone else");
        tracing::error!("FS-001: File not found");
        filesystem::file_not_found("a.txt").traced().trace();
    })?;
    assert_eq!((lines.matches(" | ").count(), json.lines().count()), (4, 1), "{lines}{json}");
    Ok(())
}

#[test]
fn the_module_is_that_of_the_layer_or_of_the_span_and_filters_apply() -> Checked {
    let log = NamedTempFile::new()?;
    let subscriber =
        tracing_subscriber::registry().with(ErrorLog::lines(log.reopen()?).with_filter(LevelFilter::ERROR));
    tracing::subscriber::with_default(subscriber, || {
        McpError::new(hyper_bun::SERVER_INITIALIZATION_FAILED).trace();
        let _span = tracing::error_span!(target: "acme::tools", "call").entered();
        McpError::new(filesystem::DISK_FULL).trace();
        McpError::new(hyper_bun::INVALID_TOOL_ARGUMENTS).trace();
    });
    let written = fs::read_to_string(log.path())?;
    const DISK_FULL: &str = filesystem::DISK_FULL.record().code;
    let heads: Vec<Vec<&str>> = written
        .lines()
        .filter(|line| !line.starts_with(' '))
        .map(|line| line.split(" | ").skip(1).take(3).collect())
        .collect();
    assert_eq!(heads, [["FATAL", "NX-MCP-031", "mcp"], ["ERROR", DISK_FULL, "acme::tools"]]);
    Ok(())
}

#[test]
fn a_log_that_cannot_be_written_stops_nothing() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is full"))
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let subscriber = tracing_subscriber::registry().with(ErrorLog::lines(|| Full));
    let error = tracing::subscriber::with_default(subscriber, || filesystem::file_not_found("a.txt").traced());
    assert!(error.recorded().traced);
}
