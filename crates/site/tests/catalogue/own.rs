//! The site of a team's registry.

use mcp_error_codes::__private::RecordBuilder;
use mcp_error_codes::record::*;
use mcp_error_codes::*;
use mcp_error_codes_site::Site;

use crate::Checked;
use crate::html::Html;

static FAMILIES: [Family; 1] = [Family::__new("all", "All", "Every code.", &[], &[], &[], &[])];
static PLAIN: System = System::__new("plain", "plain", "Plain", "A server.", "", "", &[], &FAMILIES, None);

const fn own(mut record: Record) -> Record {
    record.__set_registry("acme");
    record
}

static RECORDS: [Record; 3] = [
    own(RecordBuilder::new(0, "DEPLOY", &PLAIN, &FAMILIES[0], "DEPLOY", "Deployment failed")
        .severity(Severity::Fatal)
        .message(Some("a {{b}} c {d}"))
        .build()),
    own(RecordBuilder::new(1, "DEPLOY.runbook", &PLAIN, &FAMILIES[0], "RUNBOOK", "Runbook missing")
        .severity(Severity::Fatal)
        .reference("the handbook, page 7")
        .build()),
    own(RecordBuilder::new(2, "DEPLOY~runbook", &PLAIN, &FAMILIES[0], "TILDE", "Tilde")
        .severity(Severity::Fatal)
        .build()),
];

fn text_of(site: &Site, path: &str) -> Result<String, String> {
    let file = site.file(path).ok_or_else(|| format!("no {path}"))?;
    Ok(Html::read(file.contents()).map_err(|problem| format!("{path}: {problem}"))?.text)
}

#[test]
fn pages_of_a_registry_without_documents_name_none() -> Checked {
    let site = Site::new(&RECORDS);
    for file in site.files().filter(|file| file.path().ends_with(".html")) {
        let page = Html::read(file.contents())?.text;
        for foreign in ["this registry", "registry of mcp-error-codes", "from the document", "quoted from the document"]
        {
            assert!(!page.contains(foreign), "{}: {foreign}", file.path());
        }
    }
    for (path, has_source) in
        [("system-plain.html", false), ("plain/deploy.html", false), ("plain/deploy.runbook.html", true)]
    {
        let file = site.file(path).ok_or("no page")?;
        assert_eq!(file.contents().contains("id=\"provenance\""), has_source, "{path}");
    }
    assert!(text_of(&site, "plain/deploy.runbook.html")?.contains("the handbook, page 7"));
    Ok(())
}

#[test]
fn pages_of_this_registry_name_a_document_only_if_there_is_one() -> Checked {
    let site = Site::new(records());
    for record in records() {
        let path = format!("{}/{}.html", record.system.name, record.code.to_ascii_lowercase());
        let page = text_of(&site, &path)?;
        assert_eq!(page.contains("are quoted from the document"), !record.reference.is_empty(), "{record}");
        assert!(page.contains("Generated from the registry of mcp-error-codes."), "{record}");
    }
    Ok(())
}

#[test]
fn a_code_and_the_runbook_of_another_have_different_pages() -> Checked {
    let site = Site::new(&RECORDS);
    let paths: Vec<String> =
        site.files().map(|file| file.path().to_owned()).filter(|path| path.starts_with("plain/")).collect();
    assert_eq!(
        paths,
        [
            "plain/deploy.html",
            "plain/deploy.runbook.html",
            "plain/deploy~7erunbook.html",
            "plain/deploy~runbook.html",
            "plain/deploy.runbook~runbook.html",
            "plain/deploy~7erunbook~runbook.html",
        ]
    );
    assert!(text_of(&site, "plain/deploy.runbook.html")?.contains("Runbook missing"));
    assert!(text_of(&site, "plain/deploy~runbook.html")?.contains("Deployment failed"));
    Ok(())
}

#[test]
fn escaped_braces_of_a_message_are_not_placeholders() -> Checked {
    let site = Site::new(&RECORDS);
    let page = site.file("plain/deploy.html").ok_or("no page")?;
    assert!(page.contents().contains("a {b} c <var>{d}</var>"), "{}", page.contents());
    Ok(())
}

#[test]
fn a_file_at_its_path_is_the_one_in_the_list() -> Checked {
    let site = Site::new(records().chain(&RECORDS));
    for file in site.files() {
        assert_eq!(site.file(file.path()).as_ref(), Some(&file), "{}", file.path());
    }
    Ok(())
}
