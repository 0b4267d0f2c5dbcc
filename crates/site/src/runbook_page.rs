//! The runbook of a code whose alert pages somebody.

use maud::html;
use mcp_error_codes::page::{Block, Title};

use crate::catalogue::{Catalogue, Entry, runbook_path, system_path};
use crate::layout::Page;
use crate::parts::{Part, Place, parts};
use crate::prose::{breakable, inline, prose};

/// The path from the page to the root of the site.
const ROOT: &str = "../";

/// Returns the page.
pub(crate) fn html(catalogue: &Catalogue, entry: &Entry) -> String {
    let record = entry.record;
    let blocks: Vec<Block<'_>> = record.runbook().collect();
    let parts: Vec<Part<'_>> = parts(&blocks).collect();
    let (intro, sections) = parts.split_first().map_or((&[][..], &[][..]), |(first, rest)| (first.blocks, rest));
    let place = Place { catalogue, record: Some(record), root: ROOT };
    let main = html! {
        article.system-page {
            nav.crumbs aria-label="Breadcrumb" {
                ol {
                    li { a href={ (ROOT) "index.html" } { "All codes" } }
                    li { a href={ (ROOT) (system_path(record.system)) } { (record.system.title) } }
                    li { a href={ (ROOT) (entry.path) } { (breakable(record.code)) } }
                }
            }
            header {
                h1 { "Runbook: " code.code { (breakable(record.code)) } " " span.title { (record.title) } }
                p.lead { (prose(record.summary)) }
            }
            @for block in intro.iter().skip(1) {
                @if let Block::Paragraph(text) = block { p.context { (inline(*text)) } }
            }
            @for part in sections { (place.section(part, 2)) }
        }
    };
    let imprint = &catalogue.imprint;
    let title = format!("{} · {}", Title::Runbook(record), imprint.title());
    let path = runbook_path(&entry.path);
    Page { title: &title, description: record.summary, root: ROOT, is_index: false, path: &path, imprint }.html(&main)
}
