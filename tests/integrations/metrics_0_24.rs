//! What is counted, and with which labels.
#![cfg(feature = "metrics-0_24")]

use std::collections::BTreeMap;

use mcp_error_codes::record::Family;
use mcp_error_codes::{
    Code, McpError, Record, Surface, System, decode, filesystem, hyper_bun, mcp, metrics_0_24, super_mcp,
};
use metrics_util::CompositeKey;
use metrics_util::debugging::{DebugValue, DebuggingRecorder};
use serde_json::json;

/// Returns what some work counts: the labels in order, and the count.
fn counted(work: impl FnOnce()) -> BTreeMap<Vec<(String, String)>, u64> {
    let recorder = DebuggingRecorder::new();
    ::metrics::with_local_recorder(&recorder, work);
    let counters = recorder.snapshotter().snapshot().into_vec().into_iter();
    counters.map(|(key, _, _, value)| (labels(&key), number(&value))).collect()
}

fn labels(key: &CompositeKey) -> Vec<(String, String)> {
    assert_eq!(key.key().name(), "mcp_errors_total");
    key.key().labels().map(|label| (label.key().to_owned(), label.value().to_owned())).collect()
}

fn number(value: &DebugValue) -> u64 {
    match value {
        DebugValue::Counter(number) => *number,
        other => panic!("{other:?} is no counter"),
    }
}

fn series(code: &str, system: &str, kind: &str, severity: &str, surface: &str) -> Vec<(String, String)> {
    let labels = [("code", code), ("system", system), ("kind", kind), ("severity", severity), ("surface", surface)];
    labels.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

#[test]
fn the_counter_is_described() {
    let recorder = DebuggingRecorder::new();
    ::metrics::with_local_recorder(&recorder, || {
        metrics_0_24::describe();
        McpError::new(filesystem::DISK_FULL).count();
    });
    let snapshot = recorder.snapshotter().snapshot().into_vec();
    let [(key, unit, text, value)] = snapshot.as_slice() else { panic!("{snapshot:?}") };
    assert_eq!(labels(key), series("FS-006", "filesystem", "exhausted", "ERROR", "tool"));
    assert_eq!(*unit, Some(::metrics::Unit::Count));
    assert_eq!(text.as_deref(), Some("MCP errors, by code, system, kind, severity and surface."));
    assert_eq!(*value, DebugValue::Counter(1));
}

#[test]
fn an_error_is_counted_once_however_many_layers_it_passes() {
    let counted = counted(|| {
        let mut error = filesystem::file_not_found("a.txt").counted();
        error.count();
        let mut copy = error.clone().with_detail("zone", 1).with_source(std::io::Error::other("gone"));
        copy.count();
        // A second occurrence, a decoded error, and an error whose source is this one.
        filesystem::file_not_found("a.txt").count();
        let received = decode(error.tool_result().to_string());
        received.into_iter().for_each(|mut error| error.count());
        let mut batch = filesystem::batch_operation_failed("all").with_failure(error.clone());
        batch.count();
        McpError::new(super_mcp::TOOL_BLOCKED).with_surface(Surface::Protocol).with_source(error).count();
    });
    assert_eq!(
        counted,
        BTreeMap::from([
            (series("FS-001", "filesystem", "not_found", "WARN", "tool"), 3),
            (series("OP-001", "filesystem", "operation_failed", "ERROR", "tool"), 1),
            (series("-32008", "super-mcp", "permission_denied", "WARN", "protocol"), 1),
        ])
    );
}

#[test]
#[allow(deprecated)]
fn a_superseded_code_counts_as_its_successor() {
    let counted = counted(|| {
        McpError::new(hyper_bun::LEGACY_800).count();
        McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).count();
        McpError::new(mcp::RESOURCE_NOT_FOUND).with_surface(Surface::Protocol).count();
        McpError::new(mcp::INVALID_PARAMS).with_surface(Surface::Protocol).count();
    });
    assert_eq!(
        counted,
        BTreeMap::from([
            (series("NX-MCP-001", "hyper-bun", "operation_failed", "ERROR", "tool"), 2),
            (series("-32602", "mcp", "invalid_argument", "WARN", "protocol"), 2),
        ])
    );
}

/// A record of a registry that is not registered.
static FORMER: Record = {
    use mcp_error_codes::__private::RecordBuilder;

    static FAMILY: Family = Family::__new("N", "Notices", "", &[], &[], &[], &[]);
    static SYSTEM: System = System::__new("own", "own", "Own", "", "1.0.0", "none", &[], &[], None);
    RecordBuilder::new(0, "N-1", &SYSTEM, &FAMILY, "FORMER", "Former").superseded_by(Some("N-2")).build()
};

#[test]
fn a_code_of_another_registry_counts_as_its_successor_too() {
    let counted = counted(|| McpError::from_record(&FORMER).count());
    assert_eq!(counted, BTreeMap::from([(series("N-2", "own", "operation_failed", "ERROR", "tool"), 1)]));
}

#[test]
fn the_registry_bounds_the_series() {
    let with_all = counted(|| {
        for code in Code::all() {
            for surface in [Surface::Tool, Surface::Protocol] {
                McpError::new(code).with_surface(surface).with_error_id(code.to_string()).count();
            }
        }
    });
    let current = Code::all().filter(|code| code.current() == *code).count();
    assert_eq!(with_all.len(), 2 * current);
    assert_eq!(with_all.values().sum::<u64>(), 2 * Code::all().len() as u64);
}

#[test]
fn whatever_a_peer_sends_adds_one_series_at_the_most_for_each_surface() {
    let counted = counted(|| {
        for at in 0..100 {
            let code = format!("X-{at}");
            let forms = [
                json!({"system": format!("system-{at}"), "code": code, "name": "X", "message": "m", "severity": code}),
                json!({"code": at, "message": format!("m {at}")}),
                json!({"content": [{"type": "text", "text": format!("{code}: m")}], "isError": true}),
            ];
            for form in forms {
                decode(form.to_string()).into_iter().for_each(|mut error| error.count());
            }
        }
    });
    assert_eq!(
        counted,
        BTreeMap::from([
            (series("UNKNOWN", "unknown", "operation_failed", "ERROR", "protocol"), 200),
            (series("UNKNOWN", "unknown", "operation_failed", "ERROR", "tool"), 100),
        ])
    );
}
