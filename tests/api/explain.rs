//! The manual page of a code contains everything that the registry says about it.

use mcp_error_codes::record::{Command, Section, Target};
use mcp_error_codes::{Code, Record, filesystem, hyper_bun, super_mcp};

/// Returns what a page should show but does not. A text with several lines is searched line by line.
fn missing<'a>(page: &str, texts: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let lines = texts.into_iter().flat_map(str::lines).map(str::trim).filter(|line| !line.is_empty());
    lines.filter(|line| !page.contains(line)).collect()
}

fn of_sections(sections: &[Section]) -> Vec<&str> {
    let of_section = |section: &Section| {
        let parts = [section.items, section.columns].into_iter().chain(section.rows.iter().copied());
        let mut texts: Vec<&str> = parts.flatten().copied().collect();
        texts.extend([Some(section.title), section.text, section.code].into_iter().flatten());
        texts
    };
    sections.iter().flat_map(of_section).collect()
}

fn of_commands(commands: &[Command]) -> Vec<&str> {
    commands.iter().flat_map(|command| [command.command, command.description]).collect()
}

fn of_record(record: &'static Record) -> Vec<&'static str> {
    let mut texts =
        vec![record.code, record.name, record.title, record.summary, record.hint, record.reference, record.since];
    texts.extend([record.context, record.message, record.superseded_by, record.deprecated_since].into_iter().flatten());
    texts.extend([record.causes, record.resolution, record.aliases, record.shares_with].into_iter().flatten());
    texts.extend(record.params.iter().flat_map(|param| [param.name, param.ty.as_str(), param.description]));
    for case in record.scenarios {
        texts.extend([case.name, case.title]);
        texts.extend([case.summary, case.message].into_iter().flatten());
        texts.extend([case.causes, case.resolution, case.prevention, case.notes].into_iter().flatten());
        texts.extend(case.params.iter().flat_map(|param| [param.name, param.description]));
    }
    texts.extend(of_commands(record.diagnostics).into_iter().chain(of_commands(record.recovery)));
    texts.extend(record.examples.iter().flat_map(|example| [example.ty.as_str(), example.description, example.text]));
    for link in record.related {
        let (Target::Code(target) | Target::Document(target)) = link.target else { panic!("{link:?}") };
        texts.extend([target, link.description]);
    }
    texts.extend(of_sections(record.sections));
    texts.extend([
        record.severity.as_str(),
        record.category.as_str(),
        record.retry.class.as_str(),
        record.surface.as_str(),
    ]);
    texts.extend([record.system.name, record.family.name]);
    texts
}

#[test]
fn every_page_shows_the_whole_record() {
    for code in Code::all() {
        let record = code.record();
        for page in [record.explain().to_string(), record.explain().record_only().to_string()] {
            assert_eq!(missing(&page, of_record(record)), [""; 0], "{code:?}");
            let numbers: Vec<String> = record.json_rpc.iter().map(|entry| entry.number.to_string()).collect();
            assert_eq!(missing(&page, numbers.iter().map(String::as_str)), [""; 0], "{code:?}");
            assert!(page.contains(&format!("HTTP status: {} (", record.http_status)), "{code:?}");
        }
    }
}

#[test]
fn every_page_shows_what_belongs_to_the_family_and_the_system_unless_told_not_to() {
    for code in Code::all() {
        let record = code.record();
        let (family, system) = (record.family, record.system);
        let mut texts = vec![family.title, family.summary, system.title, system.summary];
        texts.extend(of_sections(family.sections));
        texts.extend(of_sections(system.sections));
        assert_eq!(missing(&record.explain().to_string(), texts), [""; 0], "{code:?}");
        let own = record.explain().record_only().to_string();
        assert!(!own.contains(&format!("System {}: {}", system.name, system.title)), "{code:?}");
    }
}

#[test]
fn every_page_says_which_facts_are_judged() {
    for code in Code::all() {
        let page = code.record().explain().to_string();
        let marks = page.matches(" (stated)").count() + page.matches(" (judged)").count();
        assert!(marks >= 5, "{code:?}: HTTP status, severity, category, recoverable, retry");
        assert!(page.contains(if code.record().stated.is_empty() { "(judged)" } else { "(stated)" }), "{code:?}");
    }
}

#[test]
fn pages_are_plain_text() {
    for code in Code::all() {
        for page in [code.record().explain().to_string(), code.record().explain().markdown().to_string()] {
            let control = page.chars().find(|c| c.is_control() && *c != '\n');
            assert_eq!(control, None, "{code:?}");
        }
    }
}

#[test]
fn a_number_s_versions_are_on_the_page() {
    let page = super_mcp::TOOL_BLOCKED.record().explain().record_only().to_string();
    assert!(page.contains("JSON-RPC number: -32008 (until protocol 2025-11-25)\n"), "{page}");
    assert!(page.contains("JSON-RPC number: -33008 (from protocol 2026-07-28)\n"), "{page}");
}

#[test]
fn a_page_begins_with_code_title_and_summary() {
    let page = filesystem::FILE_NOT_FOUND.record().explain().to_string();
    let summary = filesystem::FILE_NOT_FOUND.record().summary;
    assert!(page.starts_with(&format!("FS-001: File Not Found\n    {summary}\n")), "{page}");
}

#[test]
fn markdown_shows_what_is_between_backticks_to_the_letter() {
    let page = hyper_bun::INVALID_TOOL_ARGUMENTS.record().explain().markdown().to_string();
    assert!(page.contains("`curl -s /api/mcp/tools/tool-name/execute | jq '.code'`"), "{page}");
}

#[test]
fn the_page_of_every_nx_mcp_code_says_who_is_alerted() {
    for code in Code::in_system("hyper-bun").filter(|code| code.as_str().starts_with("NX-MCP-")) {
        let alert = code.record().alert.expect("the document states the route of every code");
        let page = code.record().explain().to_string();
        let line = page.lines().map(str::trim).find_map(|line| line.strip_prefix("- Alert: "));
        let line = line.expect("the page has the alert");
        assert!(line.starts_with(alert.route), "{code}: {line}");
        for part in [alert.threshold, alert.window].into_iter().flatten() {
            assert!(line.contains(part), "{code}: {line}");
        }
    }
    let page = hyper_bun::TOOL_EXECUTION_FAILED.record().explain().to_string();
    assert!(page.contains("Alert: page, at >10/min for 5 minutes\n"), "{page}");
}
