//! The page of a code.

use maud::{Markup, html};
use mcp_error_codes::{Record, Target};

use super::badge;
use super::catalogue::{Catalogue, Entry, family_anchor, system_path};
use super::facts::{facts, provenance};
use super::layout::{Page, SITE};
use super::parts::{code_link, commands, examples, list, message, related, scenarios, sections, steps};
use super::prose::{breakable, prose};
use super::wire::wire_forms;
use super::words;

/// The way from the page to the folder of the site.
const ROOT: &str = "../";

/// Writes the page.
pub(super) fn html(catalogue: &Catalogue, entry: &Entry) -> String {
    let record = entry.record;
    let main = html! {
        article.code-page {
            (head(catalogue, entry))
            div.columns {
                div.body { (body(catalogue, entry)) }
                (facts(record, ROOT))
            }
            (neighbours(catalogue, entry))
        }
    };
    let title = format!("{}: {} · {SITE}", record.code_text(), record.title);
    Page { title: &title, description: record.summary, root: ROOT, is_index: false }.html(&main)
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
        }
    }
}

/// Tells on top what takes the place of the code.
fn notice(catalogue: &Catalogue, entry: &Entry) -> Markup {
    let record = entry.record;
    html! {
        @if let Some(version) = record.deprecated_since {
            div.notice role="note" {
                p {
                    strong { "Deprecated since " (version) "." }
                    @if let Some(successor) = record.superseded_by {
                        " Use " (code_link(catalogue, record, successor, ROOT)) " instead."
                    }
                }
            }
        }
    }
}

fn body(catalogue: &Catalogue, entry: &Entry) -> Markup {
    let record = entry.record;
    html! {
        @if let Some(context) = record.context { p.context { (prose(context)) } }
        section.callout aria-labelledby="hint" {
            h2 #hint { "What the caller should do" }
            p { (prose(record.hint)) }
        }
        @if !record.causes.is_empty() { section { (list(&html! { h2 #causes { "Causes" } }, record.causes)) } }
        @if !record.resolution.is_empty() {
            section { (steps(&html! { h2 #resolution { "Resolution" } }, record.resolution)) }
        }
        @if let Some(text) = record.message {
            section { h2 #message { "Message" } (message("Message", text, record.params)) }
        }
        (retry(record))
        (scenarios(record.scenarios))
        (commands(&html! { h2 #diagnostics { "Diagnostics" } }, record.diagnostics))
        (commands(&html! { h2 #recovery { "Recovery" } }, record.recovery))
        (wire_forms(record))
        (examples(record.examples))
        (sections(2, record.sections))
        (related(catalogue, record, ROOT))
        (predecessors(catalogue, entry))
        (provenance(record))
    }
}

/// Shows the advice on when to try again, in words and numbers.
fn retry(record: &Record) -> Markup {
    let retry = record.retry;
    let waits: Vec<String> = retry.delays().take(MOST_WAITS).map(|wait| words::duration(wait.as_millis())).collect();
    html! {
        section {
            h2 #retry { "Retry" }
            p { strong { (words::retry(retry.class)) "." } " " (words::retry_advice(retry.class)) }
            @if let Some(backoff) = retry.backoff {
                dl.schedule {
                    @if let Some(attempts) = retry.attempts {
                        dt { "Tries in all" }
                        dd { (attempts) }
                    }
                    dt { "Waits" }
                    dd { (waits.join(", ")) @if retry.delays().nth(MOST_WAITS).is_some() { ", …" } }
                    dt { "Growth" }
                    dd { (words::backoff(backoff)) }
                    @if let Some(most) = retry.max_ms {
                        dt { "Longest wait" }
                        dd { (words::duration(most.into())) }
                    }
                }
            }
        }
    }
}

/// How many waits of a schedule are shown.
const MOST_WAITS: usize = 6;

/// Shows the deprecated codes that this one has taken the place of, save for those that are related anyway.
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
                h2 #former { "Takes the place of" }
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
