//! The page of a system: what its document says of all codes, and of each family.

use maud::{Markup, html};
use mcp_error_codes::System;
use mcp_error_codes::record::Family;

use super::badge;
use super::catalogue::{Catalogue, family_anchor};
use super::layout::{Page, SITE};
use super::parts::{commands, sections};
use super::prose::prose;
use super::words;

/// Writes the page.
pub(super) fn html(catalogue: &Catalogue, system: &System) -> String {
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
            @for family in system.families { (self::family(catalogue, system, family)) }
            @if !system.sections.is_empty() {
                section.whole {
                    h2 #all { "What holds for all of its codes" }
                    (sections(3, system.sections))
                }
            }
            section.provenance {
                h2 #provenance { "Where this comes from" }
                p { (prose(system.reference)) ". In this registry since " (system.since) "." }
            }
        }
    };
    let title = format!("{} · {SITE}", system.title);
    Page { title: &title, description: system.summary, root: "", is_index: false }.html(&main)
}

fn family(catalogue: &Catalogue, system: &System, family: &Family) -> Markup {
    let entries = catalogue.in_family(system, family);
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
            (sections(3, family.sections))
            (commands(&html! { h3 { "Diagnostics" } }, family.diagnostics))
            (commands(&html! { h3 { "Recovery" } }, family.recovery))
        }
    }
}
