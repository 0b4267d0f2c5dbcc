//! The page that the errors refer to.

use mcp_error_codes::{Code, McpError, RecordObject};

use crate::server::{Checked, Server};

#[test]
fn the_ref_of_every_code_leads_to_an_element_of_the_page() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    let html = server.ask_freely("/docs/errors", &[])?;
    assert_eq!(html.header("content-type"), Some("text/html; charset=utf-8"));
    let markdown = server.ask_freely("/docs/errors.md", &[])?;
    assert_eq!(markdown.header("content-type"), Some("text/markdown; charset=utf-8"));
    for code in Code::all() {
        let object = serde_json::to_value(RecordObject::new(&McpError::new(code)))?;
        let reference = object["ref"].as_str().ok_or("no ref")?;
        let id = reference.strip_prefix("/docs/errors#").ok_or("the ref leads to another page")?;
        let record = code.record();
        let title = record.to_string().replace('&', "&amp;").replace('\'', "&#39;");
        let heading = format!("<h3 id=\"{id}\">{title}</h3>");
        assert!(html.body.contains(&heading), "{heading}");
        for (page, attribute) in [(&html, format!(" id=\"{id}\"")), (&markdown, format!("<a id=\"{id}\">"))] {
            assert_eq!(page.body.matches(&attribute).count(), 1, "{attribute}");
        }
        assert_eq!(html.body.matches(&format!("<a href=\"#{id}\">")).count(), 1, "{id}");
    }
    Ok(())
}

#[test]
fn the_page_is_well_formed() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    let page = server.ask_freely("/docs/errors", &[])?.body;
    let rest = page.strip_prefix("<!DOCTYPE html>\n<html lang=\"en\">").ok_or("no doctype")?;
    let mut open = vec!["html"];
    // Every `<` begins a tag, because the texts of the registry are escaped.
    for part in rest.split('<').skip(1) {
        let (tag, text) = part.split_once('>').ok_or("a tag without an end")?;
        assert!(!text.contains('>'), "{text}");
        for entity in text.split('&').skip(1) {
            let known = ["lt;", "gt;", "amp;", "quot;", "#39;"];
            assert!(known.iter().any(|name| entity.starts_with(name)), "&{entity}");
        }
        let name = tag.split(' ').next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if name == "meta" => {}
            None => open.push(name),
        }
    }
    assert_eq!(open, [""; 0]);
    Ok(())
}

#[test]
fn the_page_shows_the_texts_of_the_registry_as_they_stand() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    let page = server.ask_freely("/docs/errors", &[])?.body;
    let shown = page.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    let shown = shown.replace("&amp;", "&");
    for code in Code::all() {
        let record = code.record();
        for text in [record.summary, record.hint].into_iter().chain(record.causes.iter().copied()) {
            assert!(shown.contains(&format!(">{text}<")) || shown.contains(&format!("> {text}<")), "{text}");
        }
        assert!(shown.contains(&record.explain().record_only().to_string()), "{code}");
    }
    Ok(())
}
