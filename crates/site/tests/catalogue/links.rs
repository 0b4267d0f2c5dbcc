//! No link on any page is dead.

use std::collections::{HashMap, HashSet};

use mcp_error_codes::wire::StandardResponse;
use mcp_error_codes::{Code, McpError, records};
use mcp_error_codes_site::Site;

use crate::Checked;
use crate::html::Html;

/// Resolves a link of a page as a browser does.
fn resolved(from: &str, link: &str) -> Option<String> {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for step in link.split('/') {
        match step {
            ".." => drop(folders.pop()?),
            step => folders.push(step),
        }
    }
    Some(folders.join("/"))
}

/// Checks that each link of a site leads to a file and to an element in it.
pub(crate) fn check(site: &Site) -> Checked {
    let mut pages = HashMap::new();
    for file in site.files().filter(|file| file.path().ends_with(".html")) {
        let page = Html::read(file.contents()).map_err(|problem| format!("{}: {problem}", file.path()))?;
        pages.insert(file.path().to_owned(), page);
    }
    let files: HashSet<String> = site.files().map(|file| file.path().to_owned()).collect();
    for (path, page) in &pages {
        let ids: Vec<&str> = page.ids().collect();
        let different: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), different.len(), "an id comes twice in {path}");
        for element in &page.elements {
            for link in ["href", "src", "action"].iter().filter_map(|name| element.attribute(name)) {
                let (file, anchor) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
                let file = if file.is_empty() {
                    path.clone()
                } else {
                    resolved(path, file).ok_or("a link leaves the site")?
                };
                assert!(files.contains(&file), "{path} links to {link}");
                if let Some(anchor) = anchor {
                    let target = pages.get(&file).ok_or("a link into a file that is no page")?;
                    assert!(target.ids().any(|id| id == anchor), "{path} links to {link}");
                }
            }
            for label in ["aria-labelledby", "aria-describedby"].iter().filter_map(|name| element.attribute(name)) {
                assert!(different.contains(label), "{path} has no element {label}");
            }
        }
    }
    Ok(())
}

#[test]
fn every_link_leads_to_a_file_and_an_element() -> Checked {
    check(&Site::new(records()))
}

#[test]
fn a_part_of_the_registry_has_no_link_to_what_is_left_out() -> Checked {
    let legacy = Code::in_family("hyper-bun", "NX").map(|code| code.record());
    let site = Site::new(legacy);
    check(&site)?;
    let page = site.file("hyper-bun/nx-800.html").ok_or("no page")?;
    assert!(page.contents().contains("Use <code>NX-MCP-001</code> instead."), "{}", page.contents());
    Ok(())
}

#[test]
fn the_ref_of_every_error_leads_to_its_row_and_from_there_to_its_page() -> Checked {
    let site = Site::new(records());
    let index = site.file("index.html").ok_or("no index")?;
    let index = Html::read(index.contents())?;
    // An error that is never sent as itself has the `ref` of another code.
    for code in Code::all().filter(|code| code.record().is_sent()) {
        let object = serde_json::to_value(StandardResponse::new(&McpError::new(code)))?;
        let reference = object["ref"].as_str().ok_or("no ref")?;
        let id = reference.strip_prefix("/docs/errors#").ok_or("the ref leads to another page")?;
        let row = index.elements.iter().position(|element| element.attribute("id") == Some(id)).ok_or(id)?;
        let link = index.elements[row..].iter().find_map(|element| element.attribute("href")).ok_or(id)?;
        let page = site.file(link).ok_or(link)?;
        let title = format!("<title>{code}: ");
        assert!(page.contents().contains(&title), "{reference} leads to {link}");
    }
    Ok(())
}
