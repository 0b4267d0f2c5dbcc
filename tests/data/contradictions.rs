//! Where a source document contradicts itself, the registry settles it. Each settlement is asserted here.

use mcp_error_codes::record::{Fact, Section};
use mcp_error_codes::{
    Category, Code, REGISTRY, Record, RetryClass, Severity, filesystem, find, hyper_bun, mcp, orchestrator, scrum,
    super_mcp,
};

/// Returns the table in the section with this title, in a record, its family or its system.
fn section(record: &'static Record, title: &str) -> &'static Section {
    let all = record.sections.iter().chain(record.family.sections).chain(record.system.sections);
    all.into_iter()
        .find(|section| section.title == title)
        .unwrap_or_else(|| panic!("{}: no section {title:?}", record.code))
}

fn row(section: &Section, first: &str) -> &'static [&'static str] {
    section.rows.iter().find(|row| row[0] == first).unwrap_or_else(|| panic!("{}: no row {first:?}", section.title))
}

#[test]
fn nx_mcp_011_is_an_error_that_alerts_route_to_logs_only() {
    let record = hyper_bun::RESOURCE_NOT_FOUND.record();
    assert_eq!((record.code, record.severity), ("NX-MCP-011", Severity::Error));
    assert!(record.states(Fact::Severity));
    let matrix = row(section(record, "Severity levels and alert matrix"), "INFO");
    assert!(matrix[2].starts_with("NX-MCP-011 ") && matrix[3] == "Logs Only", "{matrix:?}");
    assert!(section(record, "Alert override").text.is_some_and(|text| text.contains("severity of this code is ERROR")));
}

#[test]
fn a_category_keeps_the_wire_value_and_the_second_word_of_its_range() {
    let words = [
        ("NX-MCP-001", "NET", "Execution", "GENERAL"),
        ("NX-MCP-010", "DATA", "Resource", "RESOURCE"),
        ("NX-MCP-020", "AUTH", "Validation", "VALIDATION"),
        ("NX-MCP-030", "CONFIG", "Server", "GENERAL"),
    ];
    for (text, word, kind, wire) in words {
        let record = find(text).expect("the code exists");
        assert_eq!(record.category.as_str(), wire);
        let ranges = section(record, "Category ranges");
        assert!(ranges.rows.iter().any(|row| row[2] == word && row[3] == kind && row[4] == wire), "{ranges:?}");
        let own = section(record, "Category range").text.unwrap_or_default();
        assert!(own.contains(word) && own.contains(kind) && own.contains(wire), "{own:?}");
    }
}

#[test]
fn no_connection_is_nx_mcp_012_and_a_server_that_cannot_serve_is_nx_mcp_030() {
    let (no_connection, unavailable) =
        (hyper_bun::SERVER_NOT_AVAILABLE.record(), hyper_bun::SERVER_UNAVAILABLE.record());
    assert_eq!((no_connection.code, no_connection.http_status), ("NX-MCP-012", 404));
    assert_eq!((unavailable.code, unavailable.http_status), ("NX-MCP-030", 503));
}

#[test]
fn the_three_initialisation_failures_are_told_apart() {
    assert_eq!(hyper_bun::TOOL_INITIALIZATION_FAILED.as_str(), "NX-MCP-003");
    assert_eq!(hyper_bun::SERVER_INITIALIZATION_FAILED.as_str(), "NX-MCP-031");
    assert_eq!(hyper_bun::TOOL_REGISTRATION_FAILED.as_str(), "NX-MCP-032");
    section(hyper_bun::TOOL_INITIALIZATION_FAILED.record(), "Difference from NX-MCP-032 and NX-MCP-031");
    section(hyper_bun::TOOL_REGISTRATION_FAILED.record(), "Difference from NX-MCP-003 and NX-MCP-031");
    section(hyper_bun::SERVER_INITIALIZATION_FAILED.record(), "Difference from NX-MCP-032 and NX-MCP-003");
}

#[test]
fn the_scenarios_stand_on_the_codes_they_belong_to() {
    let titles = |code: Code| code.record().scenarios.iter().map(|case| case.title).collect::<Vec<_>>();
    assert_eq!(titles(hyper_bun::TOOL_EXECUTION_FAILED), ["Database Connection Pool Exhaustion"]);
    assert_eq!(titles(hyper_bun::TOOL_EXECUTION_TIMEOUT), ["Tool Timeout During Peak Load"]);
    assert_eq!(titles(hyper_bun::INVALID_TOOL_ARGUMENTS), ["Invalid Arguments from Client"]);
}

#[test]
fn a_fatal_server_start_is_recoverable_as_stated() {
    let record = hyper_bun::SERVER_INITIALIZATION_FAILED.record();
    assert_eq!((record.severity, record.recoverable), (Severity::Fatal, true));
    assert!(record.states(Fact::Recoverable));
}

#[test]
fn the_alert_matrix_wins_over_the_example_rule() {
    let matrix = section(hyper_bun::TOOL_EXECUTION_FAILED.record(), "Severity levels and alert matrix");
    assert_eq!(row(matrix, "FATAL")[3..], ["PagerDuty + Escalation", "Any occurrence"]);
    assert_eq!(row(matrix, "ERROR")[3..], ["PagerDuty", ">10/min for 5 minutes"]);
    assert_eq!(row(matrix, "WARN")[3..], ["Slack Channel", ">20/min for 15 minutes"]);
    assert_eq!(row(matrix, "INFO")[3..], ["Logs Only", "No alert"]);
    let budget = section(hyper_bun::TOOL_EXECUTION_FAILED.record(), "Error budget per MCP endpoint");
    assert!(budget.text.is_some_and(|text| text.contains("0.5% of an endpoint's requests")));
}

#[test]
fn the_standard_response_has_seven_required_fields_and_two_optional_ones() {
    let fields = section(hyper_bun::TOOL_EXECUTION_FAILED.record(), "Standard error response: fields");
    let named =
        |required: &str| fields.rows.iter().filter(|row| row[2] == required).map(|row| row[0]).collect::<Vec<_>>();
    assert_eq!(named("Yes"), ["error", "code", "status", "message", "category", "ref", "recoverable"]);
    assert_eq!(named("No"), ["details", "timestamp"]);
}

#[test]
fn the_error_context_always_has_four_keys() {
    let always = section(hyper_bun::TOOL_EXECUTION_FAILED.record(), "Error context: always include");
    let keys: Vec<_> = always.rows.iter().map(|row| row[0]).collect();
    assert_eq!(keys, ["toolName", "executionId", "requestId", "errorType"]);
}

#[test]
fn security_layers_are_numbered_from_2_to_10_and_the_limits_have_none() {
    let layers: Vec<_> = Code::in_family("filesystem", "SEC").map(|code| code.record().security_layer).collect();
    let numbered = (2..=10).map(Some).chain([None, None, None]);
    assert_eq!(layers, numbered.collect::<Vec<_>>());
    let others = REGISTRY.records().iter().filter(|record| record.family.name != "SEC");
    assert_eq!(others.filter(|record| record.security_layer.is_some()).count(), 0);
}

#[test]
fn security_refusals_are_final_but_a_rate_limit_clears_by_waiting() {
    for code in Code::in_family("filesystem", "SEC") {
        let clears = code == filesystem::RATE_LIMIT_EXCEEDED;
        let class = if clears { RetryClass::RetryAfterDelay } else { RetryClass::DoNotRetry };
        assert_eq!(code.record().retry.class, class, "{code}");
    }
    assert_eq!(filesystem::RATE_LIMIT_EXCEEDED.as_str(), "SEC-010");
}

#[test]
fn both_refusals_of_a_path_ask_for_a_path_from_the_workspace_root() {
    for code in [filesystem::WORKSPACE_ESCAPE, filesystem::PATH_TRAVERSAL] {
        let first = code.record().resolution[0];
        assert!(first.contains("relative to the workspace root"), "{code}: {first:?}");
    }
    let context = filesystem::PATH_TRAVERSAL.record().context.unwrap_or_default();
    assert!(context.contains("absolute paths") && context.contains("`SEC-001`"), "{context:?}");
}

#[test]
fn the_linear_schedule_of_the_filesystem_waits_one_second_and_then_two() {
    for code in [filesystem::READ_ERROR, filesystem::WRITE_ERROR, filesystem::FILE_MODIFIED_DURING_OPERATION] {
        let waits: Vec<u64> = code.record().retry.delays().map(|wait| wait.as_secs()).collect();
        assert_eq!(waits, [1, 2], "{code}");
    }
}

#[test]
fn scrum_waits_one_second_before_each_of_three_retries_of_a_server_error() {
    for code in [scrum::SCRUM_ERROR, scrum::DATABASE_CONNECTION_FAILED] {
        let waits: Vec<u64> = code.record().retry.delays().map(|wait| wait.as_secs()).collect();
        assert_eq!(waits, [1, 1, 1], "{code}");
        assert!(code.record().http_status >= 500);
    }
    let others = Code::in_system("scrum-mcp").filter(|code| code.record().http_status < 500);
    assert!(others.into_iter().all(|code| code.record().retry.backoff.is_none()));
}

#[test]
fn the_retry_rule_of_scrum_belongs_to_the_system() {
    let record = scrum::NOT_FOUND.record();
    assert!(section(record, "Retry Logic").items.iter().any(|step| step.contains("`/health`")));
    assert!(record.system.sections.iter().any(|section| section.title == "Retry Logic"));
}

#[test]
fn a_missing_gate_has_two_messages_that_both_mean_not_found() {
    let record = scrum::NOT_FOUND.record();
    assert_eq!(record.message, Some("{resource} not found: {id}"));
    let messages: Vec<_> = record.scenarios.iter().filter_map(|case| case.message).collect();
    assert_eq!(messages, ["Unknown gateId: {gateId}"]);
}

#[test]
fn not_enforcing_the_limit_is_what_lifts_the_wip_limit() {
    let steps = scrum::WIP_LIMIT_EXCEEDED.record().resolution;
    assert_eq!(steps.len(), 4);
    assert!(steps[3].contains("`enforceWipLimits: false`"), "{:?}", steps[3]);
}

#[test]
fn a_claim_conflict_is_recognised_by_its_status() {
    let claim = scrum::CONFLICT.record().scenarios.iter().find(|case| case.name == "FILE_CLAIM_CONFLICT");
    let notes = claim.expect("the scenario exists").notes;
    assert!(notes.iter().any(|note| note.contains(r#"`"status":"conflict"`"#) && note.contains("no `isError`")));
    assert!(
        scrum::CONFLICT.record().examples.iter().any(|e| e.text.contains("conflict") && !e.text.contains("isError"))
    );
}

#[test]
fn scrum_error_is_written_exactly_so_and_other_spellings_are_aliases() {
    assert_eq!(scrum::SCRUM_ERROR.as_str(), "ScrumError");
    assert_eq!(Code::lookup("SCRUM_ERROR"), None);
    for spelling in ["SCRUM_ERROR", "scrum error", "INTERNAL_SERVER_ERROR"] {
        assert_eq!(find(spelling).map(|record| record.code), Ok("ScrumError"), "{spelling}");
    }
}

#[test]
fn invalid_params_of_super_mcp_is_a_request_to_itself_and_arg_validation_a_tool_s() {
    assert_eq!(super_mcp::INVALID_PARAMS.record().surface.as_str(), "protocol");
    assert_eq!(super_mcp::ARG_VALIDATION_FAILED.as_str(), "-32003");
    assert_eq!(super_mcp::ARG_VALIDATION_FAILED.record().surface.as_str(), "tool");
    assert_eq!(super_mcp::DOWNSTREAM_ERROR.record().http_status, 502);
}

#[test]
fn steps_that_weaken_safety_come_last_and_say_what_they_skip() {
    let weakening = [
        orchestrator::CONFIGURATION_BACKUP_FAILURE,
        orchestrator::MULTIPLE_CONFIGURATION_CONFLICTS,
        orchestrator::POST_INSTALLATION_VALIDATION_FAILED,
        orchestrator::ALREADY_IN_PROGRESS,
        orchestrator::TIMEOUT_EXCEEDED,
        orchestrator::STATE_SERIALIZATION_FAILED,
    ];
    for code in Code::in_system("task-orchestrator") {
        let steps = code.record().resolution;
        let skipping: Vec<usize> = (0..steps.len()).filter(|&at| steps[at].contains("skip")).collect();
        let expected = if weakening.contains(&code) { vec![steps.len() - 1] } else { vec![] };
        assert_eq!(skipping, expected, "{code}: {steps:?}");
    }
    for family in REGISTRY.systems().iter().flat_map(|system| system.families) {
        let forced = family.recovery.iter().position(|command| command.command.contains("--skip-validation"));
        if let Some(at) = forced {
            assert_eq!(at, family.recovery.len() - 1, "{family}");
            assert!(family.recovery[at].description.contains("It skips"), "{family}");
        }
    }
}

#[test]
fn diagnostics_name_three_codes_and_the_rest_is_by_family() {
    let own: Vec<_> = Code::in_system("task-orchestrator")
        .map(Code::record)
        .filter(|record| record.diagnostics.len() > record.family.diagnostics.len())
        .map(|record| record.code)
        .collect();
    assert_eq!(own, ["E001", "E003", "E005"]);
    for code in Code::in_system("task-orchestrator") {
        let record = code.record();
        assert!(record.diagnostics.ends_with(record.family.diagnostics) && !record.diagnostics.is_empty(), "{code}");
        assert!(record.recovery.ends_with(record.family.recovery) && !record.recovery.is_empty(), "{code}");
    }
}

#[test]
fn business_errors_of_scrum_are_a_family_of_their_own() {
    let family = scrum::SELF_DEPENDENCY.record().family;
    assert_eq!(family.name, "SCRUM-BUSINESS");
    assert_ne!(family, scrum::NOT_FOUND.record().family);
    assert_eq!(scrum::DATABASE_CONNECTION_FAILED.record().http_status, 503);
}

#[test]
fn resource_not_found_is_retired_in_the_specification_and_leads_to_invalid_params() {
    assert_eq!(Code::lookup("mcp:-32002").map(Code::current), Some(mcp::INVALID_PARAMS));
    assert_eq!(super_mcp::TOOL_NOT_FOUND.record().category, Category::Resource);
    assert!(super_mcp::TOOL_NOT_FOUND.record().shares_with.contains(&"mcp:-32002"));
    assert!(super_mcp::INVALID_PARAMS.record().shares_with.contains(&"mcp:-32602"));
    assert_eq!(super_mcp::INTERNAL_ERROR.record().shares_with, ["mcp:-32603"]);
}
