use mcp_error_codes::page::markdown;
use mcp_error_codes::{McpError, System, mcp};
use rmcp::model::{ListResourcesResult, ReadResourceResult, Resource, ResourceContents, ResourceTemplate};

use super::advice;
use super::uri::{self, Place};
use crate::catalogue;

/// Returns a page of the resources: the catalogue, the systems, then every code.
///
/// # Errors
/// `-32602` for an invalid cursor.
pub(crate) fn list(cursor: Option<&str>) -> Result<ListResourcesResult, McpError> {
    let all = resources();
    let start = match cursor {
        None => 0,
        Some(cursor) => start_of(cursor, all.len()).ok_or_else(|| bad_cursor(cursor))?,
    };
    let end = all.len().min(start + PAGE);
    let mut page = ListResourcesResult::with_all_items(all[start..end].to_vec());
    page.next_cursor = (end < all.len()).then(|| end.to_string());
    Ok(page)
}

/// The number of resources on a page. Clients that only read the first page get the catalogue and the systems.
const PAGE: usize = 50;

fn start_of(cursor: &str, length: usize) -> Option<usize> {
    let start = cursor.parse::<usize>().ok().filter(|start| *start < length && start % PAGE == 0 && *start > 0)?;
    // Only the form that this server sends is valid.
    (start.to_string() == cursor).then_some(start)
}

fn bad_cursor(cursor: &str) -> McpError {
    McpError::new(mcp::INVALID_PARAMS).with_message("Invalid cursor").with_detail("cursor", cursor)
}

fn resources() -> Vec<Resource> {
    let catalogue = Resource::new(uri::CATALOGUE, "catalogue")
        .with_title("All error codes")
        .with_description("Every system and every code with all of its fields, as JSON")
        .with_mime_type(JSON);
    let systems = catalogue::systems().map(|system| {
        Resource::new(uri::of_system(system), system.name)
            .with_title(system.title)
            .with_description(system.summary)
            .with_mime_type(MARKDOWN)
    });
    let codes = catalogue::records().map(|record| {
        Resource::new(uri::of_code(record), record.code_text().to_string())
            .with_title(record.title)
            .with_description(record.summary)
            .with_mime_type(MARKDOWN)
    });
    std::iter::once(catalogue).chain(systems).chain(codes).collect()
}

pub(crate) const MARKDOWN: &str = "text/markdown";
const JSON: &str = "application/json";

pub(crate) fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new(uri::CODE_TEMPLATE, "code")
            .with_title("An error code")
            .with_description("The manual page of a code: what it means, why it happens and what to do")
            .with_mime_type(MARKDOWN),
        ResourceTemplate::new(uri::SYSTEM_TEMPLATE, "system")
            .with_title("A system")
            .with_description("The description of a system and the list of its codes")
            .with_mime_type(MARKDOWN),
    ]
}

/// Reads a resource.
///
/// # Errors
/// The specification's error for an unknown resource. Its number depends on the protocol version of the client, which
/// [`Guarded`](mcp_error_codes::rmcp_3::Guarded) applies.
pub(crate) fn read(uri: &str) -> Result<ReadResourceResult, McpError> {
    let (text, kind) = match uri::place(uri) {
        Some(Place::Catalogue) => (serde_json::to_string(&catalogue::export()).map_err(unwritten)?, JSON),
        Some(Place::System(system)) => (system_page(system), MARKDOWN),
        Some(Place::Code(record)) => (advice::page(record), MARKDOWN),
        None => return Err(not_found(uri)),
    };
    Ok(ReadResourceResult::new(vec![ResourceContents::text(text, uri).with_mime_type(kind)]))
}

// The code has been retired since 2026-07-28, but clients of earlier versions expect it.
#[expect(deprecated)]
fn not_found(uri: &str) -> McpError {
    McpError::new(mcp::RESOURCE_NOT_FOUND).with_detail("uri", uri)
}

fn unwritten(error: serde_json::Error) -> McpError {
    McpError::new(mcp::INTERNAL_ERROR).with_source(error)
}

/// Returns the page of a system with the list of its codes.
fn system_page(system: &System) -> String {
    let mut page = format!("{}\n## Codes\n\n", markdown(system.page()));
    for record in catalogue::records().filter(|record| record.system.name == system.name) {
        page += &format!("- [`{}`]({}) {}: {}\n", record.code, uri::of_code(record), record.title, record.summary);
    }
    page
}
