//! The pages that the errors refer to. The package that writes them tests their contents.

use mcp_error_codes::wire::StandardResponse;
use mcp_error_codes::{Code, McpError};
use serde_json::Value;

use crate::server::{Checked, Server};

#[test]
fn the_ref_of_every_code_leads_to_an_element_of_the_index_and_on_to_a_page() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    let index = server.ask_freely("/docs/errors/", &[])?;
    assert_eq!((index.status, index.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let markdown = server.ask_freely("/docs/errors.md", &[])?;
    assert_eq!(markdown.header("content-type"), Some("text/markdown; charset=utf-8"));
    for code in Code::all() {
        let object = serde_json::to_value(StandardResponse::new(&McpError::new(code)))?;
        let reference = object["ref"].as_str().ok_or("no ref")?;
        let id = reference.strip_prefix("/docs/errors#").ok_or("the ref leads to another page")?;
        for (page, attribute) in
            [(&index, format!("<li class=\"row\" id=\"{id}\"")), (&markdown, format!("<a id=\"{id}\">"))]
        {
            assert_eq!(page.body.matches(&attribute).count(), 1, "{attribute}");
        }
        let link = format!("href=\"{}/{}.html\"", code.record().system.name, code.as_str().to_ascii_lowercase());
        assert_eq!(index.body.matches(&link).count(), 1, "{link}");
    }
    Ok(())
}

#[test]
fn the_address_of_a_ref_leads_to_the_folder_whose_links_work() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    for (asked, location) in [("/docs/errors", "errors/"), ("/docs/errors?q=a%20b", "errors/?q=a%20b")] {
        let answer = server.ask_freely(asked, &[])?;
        assert_eq!((answer.status, answer.header("location")), (301, Some(location)));
    }
    Ok(())
}

#[test]
fn every_file_has_its_type_and_may_load_what_lies_beside_it() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    for (file, media_type, text) in [
        ("index.html", "text/html; charset=utf-8", "<h1>All error codes</h1>"),
        (
            "filesystem/fs-001.html",
            "text/html; charset=utf-8",
            "<title>FS-001: File Not Found · MCP error codes</title>",
        ),
        ("super-mcp/-32602.html", "text/html; charset=utf-8", "<title>super-mcp:-32602: "),
        ("system-filesystem.html", "text/html; charset=utf-8", "<h1>MCP Filesystem Server</h1>"),
        ("assets/style.css", "text/css; charset=utf-8", ":root"),
        ("assets/page.js", "text/javascript; charset=utf-8", "\"use strict\";"),
        ("assets/icon.svg", "image/svg+xml", "<svg "),
    ] {
        let answer = server.ask_freely(&format!("/docs/errors/{file}"), &[])?;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(media_type)), "{file}");
        let policy = "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";
        assert_eq!(answer.header("content-security-policy"), Some(policy), "{file}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{file}");
        assert!(answer.body.contains(text), "{file}");
    }
    Ok(())
}

#[test]
fn a_page_that_there_is_not_is_an_error_with_a_code() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    for path in ["fs-001.html", "filesystem", "filesystem/FS-001.html", "..%2f..%2fetc%2fpasswd"] {
        let answer = server.ask_freely(&format!("/docs/errors/{path}"), &[])?;
        assert_eq!((answer.status, answer.header("content-type")), (404, Some("application/problem+json")), "{path}");
        let problem: Value = serde_json::from_str(&answer.body)?;
        assert_eq!((&problem["system"], &problem["code"]), (&"scrum-mcp".into(), &"NOT_FOUND".into()), "{path}");
    }
    Ok(())
}
