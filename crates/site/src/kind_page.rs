//! The page of a kind: what it means, what to do, and its codes.

use maud::html;
use mcp_error_codes::Kind;
use mcp_error_codes::page::{Block, Text};

use crate::catalogue::Catalogue;
use crate::layout::Page;
use crate::parts::{Place, parts};
use crate::prose::{inline, prose};
use crate::words;

/// Returns the page.
pub(crate) fn html(catalogue: &Catalogue, kind: Kind) -> String {
    let records = catalogue.of_kind(kind);
    let blocks: Vec<Block<'_>> = kind.page(&records).collect();
    let mut parts = parts(&blocks);
    let intro = parts.next().map_or(&[][..], |part| part.blocks);
    let place = Place { catalogue, record: None, root: "" };
    let main = html! {
        article.system-page {
            nav.crumbs aria-label="Breadcrumb" { ol { li { a href="index.html" { "All codes" } } } }
            header {
                h1 { (words::kind(kind)) }
                p.lead { (prose(kind.definition())) }
            }
            p.note { code { (kind) } " · " (words::count(records.len(), "code")) }
            @for block in intro.iter().skip(1) {
                @if let Block::Paragraph(text @ Text::Prose(_)) = block { p.context { (inline(*text)) } }
            }
            @for part in parts { (place.section(&part, 2)) }
        }
    };
    let imprint = &catalogue.imprint;
    let title = format!("{} · {}", words::kind(kind), imprint.title());
    Page {
        title: &title,
        description: kind.definition(),
        root: "",
        is_index: false,
        path: &crate::catalogue::kind_path(kind),
        imprint,
    }
    .html(&main)
}
