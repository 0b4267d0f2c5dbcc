//! Every code has a kind, and its facts match the kind; the codes of the system `common` state the same facts as the kinds.

use std::collections::BTreeMap;

use mcp_error_codes::record::Fact;
use mcp_error_codes::{Code, Kind, REGISTRY, Record};

/// Codes whose documents state an HTTP status that their kind does not have.
const STATED_STATUSES: [&str; 2] = ["hyper-bun:NX-MCP-002", "hyper-bun:NX-MCP-012"];

fn texts<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<String> {
    records.into_iter().map(|record| record.full_name().to_string()).collect()
}

#[test]
fn the_status_of_a_code_is_plausible_for_its_kind() {
    let misfits = REGISTRY.records().iter().filter(|record| !record.kind.http_statuses().contains(&record.http_status));
    let misfits: Vec<_> = misfits.collect();
    assert_eq!(texts(misfits.iter().copied()), STATED_STATUSES);
    assert!(misfits.iter().all(|record| record.states(Fact::HttpStatus)));
}

#[test]
fn the_retry_class_of_a_code_is_plausible_for_its_kind() {
    let misfits = REGISTRY.records().iter().filter(|record| !record.kind.retry_classes().contains(&record.retry.class));
    assert_eq!(texts(misfits), [""; 0]);
}

#[test]
fn every_kind_has_codes_and_one_preferred_code() {
    let mut preferred: BTreeMap<Kind, Vec<&Record>> = BTreeMap::new();
    for record in REGISTRY.records().iter().filter(|record| record.preferred) {
        assert!(!record.is_deprecated(), "{record}");
        preferred.entry(record.kind).or_default().push(record);
    }
    for kind in Kind::ALL {
        assert!(REGISTRY.records().iter().any(|record| record.kind == *kind), "{kind}");
        assert_eq!(preferred.get(kind).map_or(0, Vec::len), 1, "{kind}");
    }
}

#[test]
fn the_common_codes_are_those_of_the_kinds_in_their_order() {
    let mut codes: Vec<_> = Code::in_system("common").map(Code::record).collect();
    codes.sort_by_key(|record| record.json_rpc_number());
    assert_eq!(codes.len(), Kind::ALL.len());
    for ((record, kind), number) in codes.into_iter().zip(Kind::ALL).zip(51_001..) {
        let name = kind.as_str().to_uppercase();
        assert_eq!(record.kind, *kind);
        assert_eq!((record.name, record.code), (&*name, &*format!("COMMON-{}", name.replace('_', "-"))));
        assert_eq!((record.summary, record.hint), (kind.definition(), kind.hint()), "{kind}");
        assert_eq!(record.json_rpc_number(), number);
        assert_eq!((record.http_status, record.retry.class), (kind.http_status(), kind.retry_class()), "{kind}");
        assert_eq!((record.severity, record.category), (kind.severity(), kind.category()), "{kind}");
        assert_eq!((record.recoverable, record.surface), (kind.is_recoverable(), kind.surface()), "{kind}");
    }
}

#[test]
fn a_former_name_has_the_kind_of_its_successor() {
    let kind = |text: &str| Code::lookup(text).map(|code| code.record().kind);
    assert_eq!(kind("NX-800"), kind("NX-MCP-001"));
    assert_eq!(kind("NX-800"), Some(Kind::OperationFailed));
}

#[test]
fn a_case_may_be_of_another_kind_than_its_code() {
    let record = Code::lookup("scrum-mcp:CONFLICT").map(Code::record).expect("the code exists");
    let kinds: Vec<_> = record.scenarios.iter().map(|case| (case.name, case.kind)).collect();
    assert_eq!(record.kind, Kind::Conflict);
    assert!(kinds.contains(&("TEMPLATE_NAME_CONFLICT", Some(Kind::AlreadyExists))), "{kinds:?}");
}

#[test]
fn the_sentences_of_a_kind_are_sentences() {
    for kind in Kind::ALL {
        for text in [kind.definition(), kind.hint(), kind.differs()] {
            assert!(
                text.ends_with('.') && text.trim() == text && text.starts_with(char::is_uppercase),
                "{kind}: {text:?}"
            );
        }
        assert!(!kind.actor().is_empty() && !kind.actor().ends_with('.'), "{kind}");
    }
}
