//! The page of a code: the blocks of its record, and what only the site adds.

use maud::{Markup, html};
use mcp_error_codes::Record;
use mcp_error_codes::page::{Block, Text, Title};
use mcp_error_codes::record::Target;

use crate::badge;
use crate::catalogue::{Catalogue, Entry, family_anchor, runbook_path, system_path};
use crate::facts::{panel, provenance};
use crate::layout::Page;
use crate::parts::{Part, Place, parts};
use crate::prose::{breakable, inline, prose};
use crate::wire::wire_forms;
use crate::words;

/// The path from the page to the root of the site.
const ROOT: &str = "../";

/// Returns the page.
pub(crate) fn html(catalogue: &Catalogue, entry: &Entry) -> String {
    let record = entry.record;
    let main = html! {
        article.code-page {
            (head(catalogue, entry))
            div.columns {
                div.body { (body(catalogue, entry)) }
                (panel(record, ROOT))
            }
            (neighbours(catalogue, entry))
        }
    };
    let imprint = &catalogue.imprint;
    let title = format!("{}: {} · {}", record.code_text(), record.title, imprint.title());
    Page { title: &title, description: record.summary, root: ROOT, is_index: false, path: &entry.path, imprint }
        .html(&main)
}

fn head(catalogue: &Catalogue, entry: &Entry) -> Markup {
    let record = entry.record;
    let system = system_path(record.system);
    html! {
        nav.crumbs aria-label="Breadcrumb" {
            ol {
                li { a href={ (ROOT) "index.html" } { "All codes" } }
                li { a href={ (ROOT) (system) } { (record.system.title) } }
                li { a href={ (ROOT) (system) "#" (family_anchor(record.family)) } { (record.family.title) } }
            }
        }
        (notice(catalogue, entry))
        header.code-head {
            h1 { code.code { (breakable(record.code)) } " " span.title { (record.title) } }
            p.lead { (prose(record.summary)) }
            (badge::all(record))
            @if record.pages_somebody() {
                p { a href={ (ROOT) (runbook_path(&entry.path)) } { "Runbook for the engineer on call" } }
            }
        }
    }
}

/// Renders a notice about the successor of a deprecated code.
fn notice(catalogue: &Catalogue, entry: &Entry) -> Markup {
    let record = entry.record;
    html! {
        @if let Some(version) = record.deprecated_since {
            div.notice role="note" {
                p {
                    strong { "Deprecated since " (version) "." }
                    @if let Some(successor) = record.superseded_by {
                        " Use " (place(catalogue, record).code_link(successor)) " instead."
                    }
                }
            }
        }
    }
}

fn place<'a>(catalogue: &'a Catalogue, record: &'a Record) -> Place<'a> {
    Place { catalogue, record: Some(record), root: ROOT }
}

fn body(catalogue: &Catalogue, entry: &Entry) -> Markup {
    let record = entry.record;
    let place = place(catalogue, record);
    let blocks: Vec<Block<'_>> = record.page().collect();
    // The header shows the title and the summary, the panel the facts, and the last section the reference.
    let parts: Vec<Part<'_>> = parts(&blocks).filter(|part| !matches!(part.title, Title::Facts)).collect();
    let (intro, sections) = parts.split_first().map_or((&[][..], &[][..]), |(first, rest)| (first.blocks, rest));
    let (reference, sections): (Vec<Part<'_>>, Vec<Part<'_>>) =
        sections.iter().partition(|part| matches!(part.title, Title::Reference));
    let is_about_cause =
        |part: &Part<'_>| matches!(part.title, Title::Hint | Title::Message | Title::Causes | Title::Resolution);
    let is_further = |part: &Part<'_>| matches!(part.title, Title::Example(_) | Title::Text(_) | Title::Related);
    let start = sections.iter().take_while(|part| is_about_cause(part)).count();
    let end = sections.iter().position(is_further).unwrap_or(sections.len());
    let reference = html! { @for part in &reference { (place.blocks("", part.blocks, 0)) } };
    html! {
        @for block in intro.iter().skip(1) {
            @if let Block::Paragraph(text @ Text::Prose(_)) = block { p.context { (inline(*text)) } }
        }
        (place.sections(&sections[..start]))
        (retry(record))
        (place.sections(&sections[start..end.max(start)]))
        (wire_forms(record))
        (place.sections(&sections[end.max(start)..]))
        (predecessors(catalogue, entry))
        (provenance(record, &reference))
    }
}

/// Renders the retry advice with its schedule.
fn retry(record: &Record) -> Markup {
    let retry = record.retry;
    let delays: Vec<String> = retry.delays().take(MAX_DELAYS).map(|delay| words::duration(delay.as_millis())).collect();
    html! {
        section {
            h2 #retry { "Retry" }
            p { strong { (words::retry(retry.class)) "." } " " (retry.class.about()) }
            @if let Some(backoff) = retry.backoff {
                dl.schedule {
                    @if let Some(attempts) = retry.attempts {
                        dt { "Attempts in total" }
                        dd { (attempts) }
                    }
                    dt { "Delays" }
                    dd { (delays.join(", ")) @if retry.delays().nth(MAX_DELAYS).is_some() { ", …" } }
                    dt { "Backoff" }
                    dd { (backoff.about()) }
                    @if let Some(max) = retry.max_ms {
                        dt { "Longest delay" }
                        dd { (words::duration(max.into())) }
                    }
                }
            }
        }
    }
}

/// The maximum number of delays shown for a schedule.
const MAX_DELAYS: usize = 6;

/// Renders links to the deprecated codes that this code replaces, except for those in `related`.
fn predecessors(catalogue: &Catalogue, entry: &Entry) -> Markup {
    let record = entry.record;
    let is_related = |other: &Entry| {
        record.related.iter().any(|link| match link.target {
            Target::Code(text) => catalogue.find(record, text).is_some_and(|found| found.path == other.path),
            _ => false,
        })
    };
    let mut former = catalogue.predecessors(entry).filter(|other| !is_related(other)).peekable();
    html! {
        @if former.peek().is_some() {
            section {
                h2 #former { "Replaces" }
                ul.related {
                    @for other in former {
                        li { a href={ (ROOT) (other.path) } { code.code { (other.record.code) } " " (other.record.title) } }
                    }
                }
            }
        }
    }
}

fn neighbours(catalogue: &Catalogue, entry: &Entry) -> Markup {
    let (before, after) = catalogue.neighbours(entry);
    let link = |other: &Entry, relation: &str, word: &str| {
        html! {
            a class=(relation) rel=(relation) href={ (ROOT) (other.path) } {
                span.note { (word) }
                code.code { (breakable(other.record.code)) }
                span.title { (other.record.title) }
            }
        }
    };
    html! {
        @if before.is_some() || after.is_some() {
            nav.neighbours aria-label="Codes of the same family" {
                @if let Some(other) = before { (link(other, "prev", "Previous")) }
                @if let Some(other) = after { (link(other, "next", "Next")) }
            }
        }
    }
}
