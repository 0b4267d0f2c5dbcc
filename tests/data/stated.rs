//! Which facts the source documents state. The registry has them as stated.

use std::collections::{BTreeMap, BTreeSet};

use mcp_error_codes::record::{Backoff, Fact};
use mcp_error_codes::{Category, Code, REGISTRY, Record, Severity};

fn record(text: &str) -> &'static Record {
    Code::lookup(text).unwrap_or_else(|| panic!("no code {text:?}")).record()
}

#[test]
fn the_facts_that_the_hyper_bun_document_states_are_its_own() {
    use Category::{General, Resource, Validation};
    use Severity::{Error, Fatal, Warn};
    let stated = [
        ("NX-MCP-001", 500, Error, General, true),
        ("NX-MCP-002", 500, Error, General, true),
        ("NX-MCP-003", 500, Error, General, true),
        ("NX-MCP-010", 404, Error, Resource, false),
        ("NX-MCP-011", 404, Error, Resource, false),
        ("NX-MCP-012", 404, Warn, Resource, true),
        ("NX-MCP-020", 400, Warn, Validation, false),
        ("NX-MCP-021", 400, Warn, Validation, false),
        ("NX-MCP-022", 400, Warn, Validation, false),
        ("NX-MCP-030", 503, Error, General, true),
        ("NX-MCP-031", 500, Fatal, General, true),
        ("NX-MCP-032", 500, Error, General, true),
    ];
    assert_eq!(stated.len(), Code::in_family("hyper-bun", "NX-MCP").count());
    for (code, http_status, severity, category, recoverable) in stated {
        let record = record(code);
        assert_eq!(
            (record.http_status, record.severity, record.category, record.recoverable),
            (http_status, severity, category, recoverable),
            "{code}"
        );
        for fact in [Fact::HttpStatus, Fact::Severity, Fact::Category, Fact::Recoverable] {
            assert!(record.states(fact), "{code} {fact}");
        }
    }
}

#[test]
fn severity_category_and_recoverability_are_stated_for_hyper_bun_only() {
    for code in Code::all().filter(|code| code.record().system.name != "hyper-bun") {
        for fact in [Fact::Severity, Fact::Category, Fact::Recoverable] {
            assert!(!code.record().states(fact), "{code:?} {fact}");
        }
    }
}

#[test]
fn the_http_status_is_stated_for_hyper_bun_scrum_and_the_specification_only() {
    let scrum = [
        ("NOT_FOUND", 404),
        ("CONFLICT", 409),
        ("VALIDATION_ERROR", 400),
        ("UNAUTHORIZED", 401),
        ("FORBIDDEN", 403),
        ("ScrumError", 500),
        ("NO_INTENT", 403),
        ("NO_EVIDENCE", 403),
        ("DATABASE_CONNECTION_FAILED", 503),
        ("INVALID_WIP_STATUS", 400),
        ("INVALID_WIP_VALUE", 400),
        ("GATE_COMMAND_NOT_ALLOWED", 400),
        ("UNKNOWN_GATE", 404),
        ("WEBHOOK_URL_NOT_ALLOWED", 400),
    ];
    for (code, status) in scrum {
        assert_eq!((record(code).http_status, record(code).states(Fact::HttpStatus)), (status, true), "{code}");
    }
    let specification = [("-32601", 404), ("-32020", 400), ("-32021", 400), ("-32022", 400)];
    for (code, status) in specification {
        assert_eq!((record(code).http_status, record(code).states(Fact::HttpStatus)), (status, true), "{code}");
    }
    let others = Code::all().filter(|code| code.record().states(Fact::HttpStatus)).filter(|code| {
        let known = |(text, _): &(&str, u16)| code.as_str() == *text;
        code.record().system.name != "hyper-bun" && !scrum.iter().chain(&specification).any(known)
    });
    assert_eq!(others.collect::<Vec<_>>(), []);
}

#[test]
fn a_retry_schedule_stands_only_where_a_document_states_one() {
    let scheduled = [
        ("NX-MCP-012", Backoff::Exponential, None, 1_000, 30_000),
        ("NX-MCP-030", Backoff::Exponential, Some(3), 1_000, 30_000),
        ("NX-803", Backoff::Exponential, Some(3), 1_000, 30_000),
        ("FS-007", Backoff::Linear, Some(3), 1_000, 2_000),
        ("FS-008", Backoff::Linear, Some(3), 1_000, 2_000),
        ("FS-011", Backoff::Linear, Some(3), 1_000, 2_000),
        // One attempt and three retries.
        ("ScrumError", Backoff::Fixed, Some(4), 1_000, 1_000),
        ("DATABASE_CONNECTION_FAILED", Backoff::Fixed, Some(4), 1_000, 1_000),
    ];
    let found: BTreeMap<_, _> =
        Code::all().map(Code::record).filter(|r| r.retry.backoff.is_some()).map(|r| (r.code, r.retry)).collect();
    assert_eq!(found.len(), scheduled.len());
    for (code, kind, attempts, initial, max) in scheduled {
        let retry = found[code];
        assert_eq!(
            (retry.backoff, retry.attempts, retry.initial_ms, retry.max_ms),
            (Some(kind), attempts, Some(initial), Some(max)),
            "{code}"
        );
        assert!(retry.is_worthwhile(), "{code}");
        assert!(record(code).states(Fact::Retry), "{code}");
    }
    for record in REGISTRY.records().iter().filter(|record| record.retry.backoff.is_none()) {
        assert_eq!((record.retry.attempts, record.retry.initial_ms, record.retry.max_ms), (None, None, None));
    }
    // Besides the schedules, the documents state one thing about retries: a security refusal is final.
    let refused = (1..=12).filter(|number| *number != 10).map(|number| format!("SEC-{number:03}"));
    let stated = Code::all().filter(|code| code.record().states(Fact::Retry)).map(|code| code.as_str().to_owned());
    let expected: BTreeSet<String> = refused.chain(scheduled.iter().map(|entry| entry.0.to_owned())).collect();
    assert_eq!(stated.collect::<BTreeSet<_>>(), expected);
}
