//! The page of a system: its description, its families and their codes.

use maud::{Markup, html};
use mcp_error_codes::System;
use mcp_error_codes::page::{Block, Title};
use mcp_error_codes::record::Family;

use crate::badge;
use crate::catalogue::{Catalogue, family_anchor, system_path};
use crate::layout::Page;
use crate::parts::{Part, Place, parts};
use crate::prose::prose;
use crate::words;

/// Returns the page.
pub(crate) fn html(catalogue: &Catalogue, system: &System) -> String {
    let place = Place { catalogue, record: None, root: "" };
    let main = html! {
        article.system-page {
            nav.crumbs aria-label="Breadcrumb" { ol { li { a href="index.html" { "All codes" } } } }
            header {
                h1 { (system.title) }
                p.lead { (prose(system.summary)) }
            }
            nav.contents aria-label="Families" {
                ul {
                    @for family in system.families {
                        li { a href={ "#" (family_anchor(family)) } { (family.title) } }
                    }
                }
            }
            @for family in system.families { (self::family(place, system, family)) }
            @if !system.sections.is_empty() {
                section.whole {
                    h2 #all { "All codes of the system" }
                    (below_the_summary(place, &system.page().collect::<Vec<_>>()))
                }
            }
            @if !system.reference.is_empty() || !system.since.is_empty() {
                section.provenance {
                    h2 #provenance { "Source" }
                    p {
                        @if !system.reference.is_empty() { (prose(system.reference)) ". " }
                        @if !system.since.is_empty() { "In this registry since " (system.since) "." }
                    }
                }
            }
        }
    };
    let imprint = &catalogue.imprint;
    let title = format!("{} · {}", system.title, imprint.title());
    Page { title: &title, description: system.summary, root: "", is_index: false, path: &system_path(system), imprint }
        .html(&main)
}

/// Renders the parts of a page after its title and summary.
fn below_the_summary(place: Place<'_>, page: &[Block<'_>]) -> Markup {
    html! { @for part in parts(page).skip(1) { (place.section(&part, 3)) } }
}

fn family(place: Place<'_>, system: &System, family: &Family) -> Markup {
    let entries = place.catalogue.in_family(system, family);
    let commands = [(Title::Diagnostics, family.diagnostics), (Title::Recovery, family.recovery)];
    html! {
        section.family {
            h2 id=(family_anchor(family)) { (family.title) }
            p.note { code { (family.name) } " · " (words::count(entries.len(), "code")) }
            p { (prose(family.summary)) }
            @if !family.reserved.is_empty() {
                p.note { "Reserved and not assigned: " (family.reserved.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) "." }
            }
            ul.brief {
                @for entry in entries {
                    li {
                        a href=(entry.path) { code.code { (entry.record.code) } " " (entry.record.title) }
                        " " (badge::severity(entry.record.severity))
                    }
                }
            }
            (below_the_summary(place, &family.page().collect::<Vec<_>>()))
            @for (title, commands) in commands {
                @if !commands.is_empty() { (place.section(&Part { title, blocks: &[Block::Commands(commands)] }, 3)) }
            }
        }
    }
}
