//! The index: all codes, with search and filters.

use maud::{Markup, html};
use mcp_error_codes::System;

use crate::catalogue::{Catalogue, Entry, system_path};
use crate::facets::{facets, family_value, recoverable_value, state_value};
use crate::layout::Page;
use crate::prose::{breakable, prose};
use crate::{badge, words};

/// Returns the index.
pub(crate) fn html(catalogue: &Catalogue) -> String {
    let (codes, systems) = (catalogue.entries().len(), catalogue.systems().len());
    let lead = format!(
        "{} of {}: what each code means, why it happens and what to do next.",
        words::count(codes, "code"),
        words::count(systems, "system")
    );
    let main = html! {
        div.hero {
            h1 { "All error codes" }
            p.lead { (lead) }
        }
        div.index {
            form.controls id="controls" role="search" hidden {
                div.search {
                    input #search type="search" name="q" placeholder="Code, name, number or words"
                        aria-label="Search codes" aria-describedby="keys" aria-keyshortcuts="/" autocomplete="off"
                        autocapitalize="off" spellcheck="false";
                    kbd aria-hidden="true" { "/" }
                }
                details.filters {
                    summary { "Filters" span.chosen {} }
                    div.facets { (facets(catalogue)) }
                }
                p.keys id="keys" {
                    kbd { "/" } " search "
                    kbd { "↓" } " " kbd { "↑" } " move "
                    kbd { "Enter" } " open "
                    kbd { "Esc" } " clear"
                }
            }
            div.listing {
                div.state hidden {
                    p #count role="status" {}
                    ul #chosen aria-label="Filters in use" {}
                    button #clear type="button" hidden { "Clear all" }
                }
                (contents(catalogue))
                section #results hidden {
                    h2.unseen { "Results" }
                    ol.rows {}
                }
                div #nothing hidden {}
                @for system in catalogue.systems() { (group(catalogue, system)) }
            }
        }
    };
    let imprint = &catalogue.imprint;
    // The address of the index is that of the site.
    Page { title: imprint.title(), description: &lead, root: "", is_index: true, path: "", imprint }.html(&main)
}

/// Renders links to the systems, for readers without scripts.
fn contents(catalogue: &Catalogue) -> Markup {
    html! {
        nav.contents aria-label="Systems" {
            ul {
                @for system in catalogue.systems() {
                    li { a href={ "#system-" (system.name) } { (system.title) } }
                }
            }
        }
    }
}

fn group(catalogue: &Catalogue, system: &System) -> Markup {
    html! {
        section.system {
            div.system-head {
                h2 id={ "system-" (system.name) } { (system.title) }
                a href=(system_path(system)) { "About this system" span.unseen { ": " (system.title) } }
            }
            @for family in system.families {
                section.family {
                    h3 { span.family-name { (family.name) } " " (family.title) }
                    ol.rows { @for entry in catalogue.in_family(system, family) { (row(entry)) } }
                }
            }
        }
    }
}

/// Renders a row for a code. The script reads the values for the filters from its attributes, and its names from the lines of
/// `data-keys`.
fn row(entry: &Entry) -> Markup {
    let record = entry.record;
    html! {
        li.row id=(entry.anchor) data-system=(record.system.name) data-family=(family_value(record))
            data-kind=(record.kind) data-severity=(record.severity) data-surface=(record.surface) data-retry=(record.retry.class)
            data-status=(record.http_status) data-recoverable=(recoverable_value(record))
            data-state=(state_value(record)) data-keys=(keys(entry))
        {
            a.open href=(entry.path) {
                code.code { (breakable(record.code)) }
                " "
                span.title { (record.title) }
            }
            p.summary { (prose(record.summary)) }
            p.hint { strong { "What to do: " } (prose(record.hint)) }
            p.facts {
                span.of-system { (record.system.title) }
                (badge::deprecated(record))
                (badge::severity(record.severity))
                span.badge { span.unseen { "HTTP " } (record.http_status) }
            }
        }
    }
}

/// Returns the other names of the code: its full name, its name, its numbers and its aliases.
fn keys(entry: &Entry) -> String {
    let record = entry.record;
    let mut keys = vec![record.full_name().to_string(), record.name.to_owned()];
    keys.extend(record.json_rpc.iter().map(|number| number.number.to_string()));
    keys.extend(record.aliases.iter().map(|alias| (*alias).to_owned()));
    keys.join("\n")
}
