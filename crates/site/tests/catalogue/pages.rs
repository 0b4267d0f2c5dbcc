//! The content of the pages.

use std::collections::HashSet;

use mcp_error_codes::record::{Family, Scenario, Section, Target};
use mcp_error_codes::{McpError, Record, System, records};
use mcp_error_codes_site::Site;

use crate::Checked;
use crate::html::Html;

fn page_of(site: &Site, record: &Record) -> Result<String, String> {
    let path = format!("{}/{}.html", record.system.name, record.code.to_ascii_lowercase());
    let file = site.file(&path).ok_or_else(|| format!("no {path}"))?;
    Ok(Html::read(file.contents()).map_err(|problem| format!("{path}: {problem}"))?.text)
}

fn scenario_texts(case: &Scenario) -> Vec<&'static str> {
    let mut texts = vec![case.name, case.title];
    texts.extend(case.summary.into_iter().chain(case.message));
    texts.extend(case.params.iter().flat_map(|param| [param.name, param.description]));
    texts.extend(case.causes.iter().chain(case.resolution).chain(case.prevention).chain(case.notes));
    texts
}

fn section_texts(section: &Section) -> Vec<&'static str> {
    let mut texts = vec![section.title];
    texts.extend(section.text.into_iter().chain(section.code));
    texts.extend(section.items.iter().chain(section.columns).chain(section.rows.iter().copied().flatten()));
    texts
}

/// Returns every text of a record.
pub(crate) fn texts(record: &Record) -> Vec<&'static str> {
    let mut texts =
        vec![record.code, record.name, record.title, record.summary, record.hint, record.reference, record.since];
    texts.extend(record.context.into_iter().chain(record.message));
    texts.extend(record.superseded_by.into_iter().chain(record.deprecated_since));
    texts.extend(record.params.iter().flat_map(|param| [param.name, param.description]));
    texts.extend(record.causes.iter().chain(record.resolution).chain(record.aliases).chain(record.shares_with));
    texts.extend(record.scenarios.iter().flat_map(scenario_texts));
    texts.extend(record.diagnostics.iter().chain(record.recovery).flat_map(|line| [line.command, line.description]));
    texts.extend(record.examples.iter().flat_map(|example| [example.description, example.text]));
    texts.extend(record.sections.iter().flat_map(section_texts));
    texts.extend(record.related.iter().flat_map(|link| match link.target {
        Target::Code(target) | Target::Document(target) => [target, link.description],
        _ => [link.description; 2],
    }));
    texts
}

/// Returns whether a page shows a text, with or without the backticks around code.
pub(crate) fn shows(page: &str, text: &str) -> bool {
    let text = text.trim_end();
    page.contains(text) || page.contains(&text.replace('`', ""))
}

#[test]
fn every_text_of_every_record_is_on_its_page() -> Checked {
    let site = Site::new(records());
    for record in records() {
        let page = page_of(&site, record)?;
        for text in texts(record) {
            assert!(shows(&page, text), "the page of {record} does not show {text:?}");
        }
    }
    Ok(())
}

#[test]
fn every_code_that_pages_somebody_has_a_runbook_that_its_page_links() -> Checked {
    let site = Site::new(records());
    for record in records() {
        let name = format!("{}~runbook.html", record.code.to_ascii_lowercase());
        let linked = site.file(&format!("{}/{}.html", record.system.name, record.code.to_ascii_lowercase()));
        let is_linked = linked.is_some_and(|page| page.contents().contains(&name));
        let runbook = site.file(&format!("{}/{name}", record.system.name));
        assert_eq!((runbook.is_some(), is_linked), (record.pages_somebody(), record.pages_somebody()), "{record}");
        let Some(runbook) = runbook else { continue };
        let page = Html::read(runbook.contents())?.text;
        let commands = record.recovery.iter().chain(record.diagnostics).map(|line| line.command);
        for text in [record.title, record.summary].into_iter().chain(record.resolution.iter().copied()).chain(commands)
        {
            assert!(shows(&page, text), "the runbook of {record} does not show {text:?}");
        }
        assert!(shows(&page, record.alert_or_default().route), "{record}");
    }
    Ok(())
}

#[test]
fn every_text_of_every_system_and_family_is_on_its_page() -> Checked {
    let site = Site::new(records());
    let systems: Vec<&System> = mcp_error_codes::REGISTRY.systems().iter().collect();
    for system in systems {
        let file = site.file(&format!("system-{}.html", system.name)).ok_or("no page")?;
        let page = Html::read(file.contents())?.text;
        let of_family = |family: &Family| {
            let ranges = family.reserved.iter().map(ToString::to_string);
            let commands =
                family.diagnostics.iter().chain(family.recovery).flat_map(|line| [line.command, line.description]);
            let texts = [family.name, family.title, family.summary].into_iter().chain(commands);
            let texts = texts.chain(family.sections.iter().flat_map(section_texts));
            texts.map(str::to_owned).chain(ranges).collect::<Vec<_>>()
        };
        let own = [system.title, system.summary, system.reference, system.since].into_iter();
        let own = own.chain(system.sections.iter().flat_map(section_texts)).map(str::to_owned);
        for text in own.chain(system.families.iter().flat_map(of_family)) {
            assert!(shows(&page, &text), "the page of {system} does not show {text:?}");
        }
    }
    Ok(())
}

#[test]
fn a_page_shows_the_wire_forms_that_the_library_writes() -> Checked {
    let site = Site::new(records());
    for code in mcp_error_codes::Code::all() {
        let page = page_of(&site, code.record())?;
        let error = McpError::new(code);
        let (own, other) = ("An error with this code and without details", "No server sends this code.");
        let (shown, hidden) = if code.record().is_sent() { (own, other) } else { (other, own) };
        assert!(page.contains(shown) && !page.contains(hidden), "{code}");
        if !code.record().is_sent() {
            let written = format!("without details, with {}.", error.as_sent().code_text());
            assert!(page.contains(&written), "the page of {code} does not name the code that is sent");
        }
        for form in [
            serde_json::to_string_pretty(&error.json_rpc_response(1))?,
            serde_json::to_string_pretty(&error.tool_result())?,
            serde_json::to_string_pretty(&error.problem())?,
        ] {
            assert!(page.contains(&form), "the page of {code} does not show {form}");
        }
    }
    Ok(())
}

#[test]
fn the_pages_have_no_inline_scripts_or_styles() -> Checked {
    for file in Site::new(records()).files().filter(|file| file.path().ends_with(".html")) {
        let page = Html::read(file.contents())?;
        for element in &page.elements {
            let is_script = element.name == "script";
            assert!(!is_script || element.attribute("src").is_some(), "{}", file.path());
            assert!(element.name != "style" && element.attribute("style").is_none(), "{}", file.path());
            assert!(element.attribute("onclick").is_none(), "{}", file.path());
        }
        assert!(!file.contents().contains("http://") || page.text.contains("http://"), "{}", file.path());
    }
    Ok(())
}

#[test]
fn retry_schedules_are_shown_in_numbers() -> Checked {
    let site = Site::new(records());
    let record = mcp_error_codes::hyper_bun::SERVER_UNAVAILABLE.record();
    let backoff = record.retry.backoff.ok_or("no backoff")?.about();
    let page = page_of(&site, record)?;
    let schedule = format!("Attempts in total3Delays1 s, 2 sBackoff{backoff}Longest delay30 s");
    assert!(page.contains(&schedule), "{page}");
    let page = page_of(&site, mcp_error_codes::hyper_bun::SERVER_NOT_AVAILABLE.record())?;
    assert!(page.contains("Delays1 s, 2 s, 4 s, 8 s, 16 s, 30 s, …"), "{page}");
    Ok(())
}

#[test]
fn steps_are_numbered() -> Checked {
    let site = Site::new(records());
    for record in records().filter(|record| !record.resolution.is_empty()) {
        let path = format!("{}/{}.html", record.system.name, record.code.to_ascii_lowercase());
        let page = site.file(&path).ok_or_else(|| format!("no {path}"))?;
        let lists = std::iter::once(record.resolution).chain(record.scenarios.iter().map(|case| case.resolution));
        let wanted = lists.filter(|steps| !steps.is_empty()).count();
        assert_eq!(page.contents().matches("<ol class=\"steps\">").count(), wanted, "{path}");
    }
    Ok(())
}

#[test]
fn numbers_are_shown_with_their_protocol_versions() -> Checked {
    let page = page_of(&Site::new(records()), mcp_error_codes::super_mcp::PACKAGE_NOT_FOUND.record())?;
    assert!(page.contains("JSON-RPC number-32001 until protocol 2025-11-25-33001 from protocol 2026-07-28"), "{page}");
    Ok(())
}

#[test]
fn codes_of_a_family_link_to_their_neighbours() -> Checked {
    let site = Site::new(records());
    let links = |path: &str, relation: &str| -> Result<Option<String>, String> {
        let page = Html::read(site.file(path).ok_or("no page")?.contents())?;
        let link = page.elements.iter().find(|element| element.attribute("rel") == Some(relation));
        Ok(link.and_then(|link| link.attribute("href")).map(str::to_owned))
    };
    assert_eq!(links("filesystem/fs-001.html", "prev")?, None);
    assert_eq!(links("filesystem/fs-001.html", "next")?.as_deref(), Some("../filesystem/fs-002.html"));
    assert_eq!(links("filesystem/fs-011.html", "prev")?.as_deref(), Some("../filesystem/fs-010.html"));
    assert_eq!(links("filesystem/fs-011.html", "next")?, None);
    Ok(())
}

#[test]
fn the_same_records_produce_the_same_bytes_in_any_order() {
    let mut reversed: Vec<_> = records().collect();
    reversed.reverse();
    reversed.sort_by_key(|record| record.code);
    let files: Vec<_> = Site::new(records()).files().collect();
    assert!(files == Site::new(records()).files().collect::<Vec<_>>());
    assert!(files == Site::new(reversed).files().collect::<Vec<_>>());
    assert!(files == Site::new(records().chain(records())).files().collect::<Vec<_>>());
}

#[test]
fn the_files_are_written_as_they_are_served() -> Checked {
    let folder = tempfile::tempdir()?;
    let target = folder.path().join("not/there/yet");
    let site = Site::new(records());
    let written = site.write_to(&target)?;
    let paths: HashSet<String> = site.files().map(|file| file.path().to_owned()).collect();
    assert_eq!(written, paths.len());
    for file in site.files() {
        assert_eq!(std::fs::read_to_string(target.join(file.path()))?, file.contents());
        assert_eq!(site.file(file.path()).as_ref(), Some(&file));
    }
    // Existing files are replaced.
    assert_eq!(site.write_to(&target)?, written);
    for path in ["/index.html", "..", "filesystem", "filesystem/", "filesystem/FS-001.html", "assets", "index.htm"] {
        assert_eq!(site.file(path), None, "{path}");
    }
    Ok(())
}

#[test]
fn a_directory_that_cannot_be_created_is_an_error() -> Checked {
    let file = tempfile::NamedTempFile::new()?;
    assert!(Site::new(records()).write_to(file.path()).is_err());
    Ok(())
}

#[test]
fn the_index_is_small() -> Checked {
    let site = Site::new(records());
    let size = |path: &str| site.file(path).map_or(0, |file| file.contents().len());
    let assets =
        ["style.css", "page.js", "index.js", "matching.js", "search.js"].map(|name| size(&format!("assets/{name}")));
    let total = size("index.html") + assets.iter().sum::<usize>();
    assert!(total < 400_000, "{total}");
    Ok(())
}

#[test]
fn without_codes_the_index_is_empty() -> Checked {
    let site = Site::new([]);
    let index = site.file("").ok_or("no index")?;
    assert!(Html::read(index.contents())?.text.contains("0 codes of 0 systems"));
    Ok(())
}

#[test]
fn a_site_can_be_shared_by_the_threads_of_a_server() {
    fn is_shared<T: Send + Sync + std::fmt::Debug + 'static>() {}
    is_shared::<Site>();
    is_shared::<mcp_error_codes_site::File>();
}
