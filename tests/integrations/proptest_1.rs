//! The strategies for codes and errors, and properties of every generated error.
#![cfg(feature = "proptest-1")]

use std::collections::HashSet;

use mcp_error_codes::proptest_1::{SECRET, codes, errors, errors_of};
use mcp_error_codes::wire::{Decoder, Envelope, RecordObject};
use mcp_error_codes::{Code, McpError, Surface, decode, filesystem};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Reason, TestCaseError, TestError, TestRunner};
use serde_json::Value;

/// Returns every form in which a peer receives an error, with the surface that the form implies.
fn forms(error: &McpError) -> [(String, Option<Surface>); 6] {
    [
        (error.json_rpc_response(7).to_string(), Some(Surface::Protocol)),
        (error.json_rpc_error().to_string(), Some(Surface::Protocol)),
        (error.tool_result().to_string(), Some(Surface::Tool)),
        (RecordObject::new(error).to_string(), None),
        (error.problem().to_string(), None),
        (Envelope::new(error).to_string(), None),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_error_is_shown_and_no_peer_sees_a_secret(error in errors()) {
        for (json, _) in forms(&error) {
            prop_assert!(serde_json::from_str::<Value>(&json).is_ok(), "{}", json);
            prop_assert!(!json.contains(SECRET), "{}", json);
            let received = decode(&json)?;
            prop_assert_eq!(received.message(), error.message());
        }
        prop_assert!(!error.tool_text().contains(SECRET) && !error.to_string().contains(SECRET));
        let shown = format!("{error:?}");
        prop_assert!(shown.starts_with("McpError"));
    }

    #[test]
    fn any_error_comes_back_and_is_written_the_same_again(sent in errors()) {
        for (json, surface) in forms(&sent).into_iter().take(4) {
            let received = Decoder::new().decode(&json)?;
            prop_assert_eq!(received.record(), sent.record());
            prop_assert_eq!(received.to_string(), sent.to_string());
            prop_assert_eq!(received.error_id(), sent.error_id());
            prop_assert_eq!((received.retry(), received.retry_after()), (sent.retry(), sent.retry_after()));
            prop_assert_eq!(received.json_rpc_number(), sent.json_rpc_number());
            prop_assert_eq!(received.surface(), surface.unwrap_or(sent.record().surface));
            // A JSON object has no order, so values are compared instead of text, and the lines of the text for the model in any
            // order. Where that leaves out details, the order decides which, so only the first line is compared.
            let value = |json: &str| {
                let mut value: Value = serde_json::from_str(json)?;
                if let Some(text) = value.pointer_mut("/content/0/text") {
                    let mut lines: Vec<_> = text.as_str().unwrap_or_default().lines().map(str::to_owned).collect();
                    if lines.iter().any(|line| line.starts_with("... and ")) {
                        lines.truncate(1);
                    }
                    // A detail of this name comes back as the list that it shares with the failures.
                    lines.retain(|line| !line.starts_with("errors: "));
                    lines.sort();
                    *text = lines.into();
                }
                Ok::<_, serde_json::Error>(value)
            };
            for (json, again) in forms(&sent).into_iter().zip(forms(&received)) {
                prop_assert_eq!(value(&json.0)?, value(&again.0)?);
            }
        }
    }

    #[test]
    fn any_is_the_same_as_the_strategies(code in any::<Code>(), error in any::<McpError>()) {
        prop_assert!(McpError::new(code).is(code) && error.code().is_some());
    }
}

/// Returns the smallest error that meets a condition.
fn smallest(is_enough: impl Fn(&McpError) -> bool) -> Option<McpError> {
    let config = ProptestConfig {
        cases: 1_000,
        max_shrink_iters: 10_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let failed = runner.run(&errors(), |error| match is_enough(&error) {
        true => Err(TestCaseError::fail("found")),
        false => Ok(()),
    });
    match failed {
        Err(TestError::Fail(_, error)) => Some(error),
        _ => None,
    }
}

#[test]
fn errors_shrink_towards_the_bare_first_code() {
    let first = Code::all().find(|code| code.record().is_sent()).map(McpError::new);
    let shown = |error: Option<McpError>| format!("{error:?}");
    assert_eq!(shown(smallest(|_| true)), shown(first.clone()));
    // Nothing is left that the condition does not need.
    let with_id = smallest(|error| error.error_id().is_some());
    assert_eq!(shown(with_id), shown(first.clone().map(|error| error.with_error_id(""))));
    let with_cause = smallest(|error| !error.failures().is_empty());
    assert_eq!(shown(with_cause), shown(first.clone().zip(first).map(|(error, cause)| error.with_failure(cause))));
}

/// Returns what an error has.
fn parts(error: &McpError) -> [(&'static str, bool); 9] {
    let is_nested = |value: &Value| match value {
        Value::Array(list) => list.iter().any(|value| value.is_array() || value.is_object()),
        _ => false,
    };
    [
        ("a message of its own", error.message() != McpError::new(filesystem::DISK_FULL).message()),
        ("details", error.details().next().is_some()),
        ("nested details", error.details().any(|(_, value)| is_nested(value))),
        ("something redacted", error.tool_result().to_string().contains("[redacted]")),
        ("a wait", error.retry_after().is_some()),
        ("an error id", error.error_id().is_some()),
        ("internal context", error.internal().next().is_some()),
        ("a source", std::error::Error::source(error).is_some()),
        ("causes of causes", error.failures().iter().any(|cause| !cause.failures().is_empty())),
    ]
}

#[test]
fn errors_have_every_part_and_lack_it() -> Result<(), Reason> {
    let mut runner = TestRunner::deterministic();
    let strategy = errors_of(Just(filesystem::DISK_FULL));
    let mut seen = HashSet::new();
    for _ in 0..500 {
        let error = strategy.new_tree(&mut runner)?.current();
        assert!(error.is(filesystem::DISK_FULL));
        seen.extend(parts(&error));
    }
    let every = parts(&filesystem::disk_full()).into_iter().flat_map(|(name, _)| [(name, true), (name, false)]);
    assert_eq!(every.filter(|part| !seen.contains(part)).collect::<Vec<_>>(), []);
    Ok(())
}

#[test]
fn every_code_is_made_up() {
    let mut runner = TestRunner::deterministic();
    let made = std::iter::repeat_with(|| codes().new_tree(&mut runner).map(|tree| tree.current()));
    let seen: HashSet<_> = made.take(Code::all().len() * 20).filter_map(Result::ok).collect();
    assert_eq!(seen.len(), Code::all().len());
}
