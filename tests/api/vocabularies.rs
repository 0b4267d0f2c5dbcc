//! Our own packages handle every value of every closed vocabulary. The enums are `#[non_exhaustive]`, so a `match` in another
//! package needs a wildcard, and the compiler does not report a value that falls into it.
#![cfg(feature = "std")]

use std::collections::BTreeSet;

use mcp_error_codes::record::{Backoff, ExampleType, Fact, ParamType};
use mcp_error_codes::wire::{Decoder, ScrumBody};
use mcp_error_codes::{
    Category, Code, Kind, McpError, NumberRange, ProtocolVersion, RetryClass, Severity, Surface, in_system,
};
use mcp_error_codes_build::Generator;
use serde_json::{Value, json};

/// Generates a registry with one code and these lines in its table.
fn source(lines: &str) -> String {
    let fields = [
        ("message", "message = \"lost at {place}\"\n"),
        ("params", "params = [{ name = \"place\", type = \"string\", description = \"where\" }]\n"),
        ("severity", "severity = \"WARN\"\n"),
        ("category", "category = \"GENERAL\"\n"),
        ("retry", "retry = { class = \"retry-after-change\" }\n"),
        ("surface", "surface = \"tool\"\n"),
        ("json_rpc", "json_rpc = [{ number = 50001 }]\n"),
    ];
    let is_given = |name: &str| lines.lines().any(|line| line.starts_with(&format!("{name} =")));
    let defaults: String = fields.iter().filter(|(name, _)| !is_given(name)).map(|(_, line)| *line).collect();
    let text = format!(
        r#"[system]
name = "own"
module = "own"
title = "Own"
summary = "A server of a test."
since = "1.0.0"
reference = "Manual"

[[families]]
name = "OWN"
title = "Own errors"
summary = "What goes wrong."

[[codes]]
code = "OWN-001"
family = "OWN"
name = "FAILED"
title = "Failed"
summary = "It failed."
hint = "Try something else."
http_status = 500
recoverable = true
reference = "Manual, page 1"
{defaults}{lines}"#
    );
    Generator::generate_from(&[("registry/own.toml", &text)]).unwrap_or_else(|problems| panic!("{lines}: {problems}"))
}

/// Asserts that the generator reads every value of a vocabulary from `lines`, and writes each one differently.
macro_rules! assert_generated {
    ($name:ident, $lines:expr) => {
        let sources: Vec<String> = $name::ALL.iter().map(|value| source(&$lines(value.as_str()))).collect();
        let named = |value: &$name, source: &String| source.contains(&format!("{}::{value:?}", stringify!($name)));
        let unnamed = $name::ALL.iter().zip(&sources).filter(|(value, source)| !named(value, source)).count();
        // The default value of a record is not written.
        assert!(unnamed <= 1, "{}: {unnamed} values are not in the source", stringify!($name));
        assert_eq!(sources.iter().collect::<BTreeSet<_>>().len(), $name::ALL.len(), "{}", stringify!($name));
    };
}

#[test]
fn the_generator_reads_and_writes_every_value() {
    assert_generated!(Kind, |word| format!("kind = {word:?}\n"));
    assert_generated!(Severity, |word| format!("severity = {word:?}\n"));
    assert_generated!(Category, |word| format!("category = {word:?}\n"));
    assert_generated!(RetryClass, |word| format!("retry = {{ class = {word:?} }}\n"));
    assert_generated!(Backoff, |word| format!(
        "retry = {{ class = \"retry-after-delay\", backoff = {word:?}, attempts = 3, initial_ms = 10, max_ms = 90 }}\n"
    ));
    assert_generated!(Surface, |word| format!("surface = {word:?}\n"));
    assert_generated!(ParamType, |word| format!(
        "params = [{{ name = \"place\", type = {word:?}, description = \"where\" }}]\n"
    ));
    assert_generated!(ExampleType, |word| format!(
        "examples = [{{ type = {word:?}, description = \"one\", text = \"one\" }}]\n"
    ));
    assert_generated!(Fact, |word| format!("stated = [{word:?}]\n"));
    assert_generated!(ProtocolVersion, |word| format!("json_rpc = [{{ number = 50001, since = {word:?} }}]\n"));
}

#[test]
fn a_parameter_of_each_type_has_an_argument_of_its_own() {
    let argument = |ty: &ParamType| {
        let source = source(&format!("params = [{{ name = \"place\", type = \"{ty}\", description = \"where\" }}]\n"));
        let constructor = source.split("pub fn failed").nth(1).expect("there is a constructor");
        constructor.split('{').next().expect("it has a head").to_owned()
    };
    let arguments: BTreeSet<String> = ParamType::ALL.iter().map(argument).collect();
    assert_eq!(arguments.len(), ParamType::ALL.len(), "{arguments:?}");
}

#[test]
fn a_parameter_of_each_type_is_read_back_from_a_message() {
    let kind = |value: &Value| match value {
        Value::String(_) => "string",
        Value::Number(_) => "number",
        Value::Array(_) => "array",
        _ => "another",
    };
    let mut kinds = BTreeSet::new();
    // tests/own_registry has parameters of the other types.
    let types = [ParamType::String, ParamType::Integer, ParamType::List];
    for ty in &types {
        let codes = Code::in_system("scrum-mcp");
        let mut params = codes.flat_map(|code| code.record().params.iter().map(move |param| (code, param)));
        // A list may also be the parameter of a scenario.
        let read = match params.find(|(_, param)| param.ty == *ty) {
            Some((code, param)) => {
                let filled = code.record().params.iter().fold(McpError::new(code), |error, param| match param.ty {
                    ParamType::Integer => error.with_detail(param.name, 4),
                    ParamType::List => error.with_detail(param.name, ["a", "b"]),
                    _ => error.with_detail(param.name, "a"),
                });
                let read = Decoder::new().in_system("scrum-mcp").decode(ScrumBody::new(&filled).to_string());
                read.expect("it is read").detail(param.name).cloned()
            }
            None => {
                let error = mcp_error_codes::scrum::file_claim_conflict(["a", "b"]);
                let read = Decoder::new().in_system("scrum-mcp").decode(ScrumBody::new(&error).to_string());
                read.expect("it is read").details().next().map(|(_, value)| value.clone())
            }
        };
        kinds.insert(kind(&read.unwrap_or_else(|| panic!("{ty} is not read back"))));
    }
    assert_eq!(kinds.len(), types.len(), "{kinds:?}");
}

#[test]
fn every_value_is_sent_as_its_word() {
    for severity in Severity::ALL {
        let of_severity =
            Code::all().filter(|code| code.record().is_sent()).find(|code| code.record().severity == *severity);
        let Some(code) = of_severity else { continue };
        let sent = serde_json::to_value(McpError::new(code).problem()).expect("it serialises");
        assert_eq!(sent["severity"], severity.as_str());
    }
    for category in Category::ALL {
        let code = Code::all()
            .filter(|code| code.record().is_sent())
            .find(|code| code.record().category == *category)
            .expect("each category has a code");
        let sent = serde_json::to_value(McpError::new(code).problem()).expect("it serialises");
        assert_eq!(sent["category"], category.as_str());
    }
    for class in RetryClass::ALL {
        let Some(code) =
            Code::all().filter(|code| code.record().is_sent()).find(|code| code.record().retry.class == *class)
        else {
            continue;
        };
        let sent = serde_json::to_value(McpError::new(code).problem()).expect("it serialises");
        assert_eq!(sent["retry"]["class"], class.as_str());
    }
}

#[test]
fn a_schedule_of_each_kind_of_backoff_differs_from_the_second_wait_on() {
    use mcp_error_codes::record::Retry;

    let waits = |backoff: &Backoff| {
        let mut retry = Retry::new(RetryClass::RetryAfterDelay);
        (retry.backoff, retry.attempts, retry.initial_ms, retry.max_ms) =
            (Some(*backoff), Some(4), Some(10), Some(1_000));
        retry.delays().collect::<Vec<_>>()
    };
    let schedules: BTreeSet<_> = Backoff::ALL.iter().map(waits).collect();
    assert_eq!(schedules.len(), Backoff::ALL.len(), "{schedules:?}");
}

#[cfg(feature = "http-1")]
#[test]
fn the_status_over_http_is_known_for_each_surface() {
    use mcp_error_codes::http_1::Transport;

    // A tool result has the status 200. Every other error is a JSON-RPC error.
    let expected = [("tool", 200), ("protocol", 404), ("local", 404)];
    let statuses: Vec<(&str, u16)> = Surface::ALL
        .iter()
        .map(|surface| {
            let error = McpError::new(mcp_error_codes::mcp::METHOD_NOT_FOUND).with_surface(*surface);
            (surface.as_str(), error.status_code(Transport::StreamableHttp).as_u16())
        })
        .collect();
    assert_eq!(statuses, expected);
}

#[test]
fn every_range_of_numbers_has_a_number_and_every_version_a_number_of_the_specification() {
    for range in NumberRange::ALL {
        assert!((-33_000..0).any(|number| NumberRange::of(number) == *range), "{range:?}");
    }
    for version in ProtocolVersion::ALL {
        let mut records = in_system("mcp").records();
        assert!(records.any(|record| record.json_rpc_number_in(*version).is_some()), "{version}");
        let error = McpError::new(mcp_error_codes::mcp::PARSE_ERROR);
        let sent = serde_json::to_value(error.json_rpc_error().in_version(*version)).expect("it serialises");
        assert_eq!(sent["code"], json!(-32_700));
    }
}
