//! The facts of a code that a program reads, and where they come from.

use maud::{Markup, html};
use mcp_error_codes::Record;
use mcp_error_codes::record::Fact;

use super::catalogue::{family_anchor, system_path};
use super::prose::{breakable, prose};
use super::{badge, words};

/// Shows the facts in a column beside the page.
pub(super) fn facts(record: &Record, root: &str) -> Markup {
    let system = system_path(record.system);
    html! {
        aside.facts-panel aria-label="Facts" {
            dl {
                dt { "System" }
                dd { a href={ (root) (system) } { (record.system.title) } }
                dt { "Family" }
                dd { a href={ (root) (system) "#" (family_anchor(record.family)) } { (record.family.name) } " " span.note { (record.family.title) } }
                dt { "Name" }
                dd { code { (breakable(record.name)) } }
                dt { "In Rust" }
                dd { code { "code!(\"" (record.code_text()) "\")" } }
                (numbers(record))
                dt { "HTTP status" }
                dd { (record.http_status) " " span.note { (words::status(record.http_status)) } (source(record, Fact::HttpStatus)) }
                dt { "Severity" }
                dd { (badge::severity(record.severity)) (source(record, Fact::Severity)) }
                dt { "Category" }
                dd { (words::category(record.category)) (source(record, Fact::Category)) }
                dt { "Recoverable" }
                dd { @if record.recoverable { "Yes" } @else { "No" } (source(record, Fact::Recoverable)) }
                dt { "Retry" }
                dd { (words::retry(record.retry.class)) (source(record, Fact::Retry)) }
                dt { "Surface" }
                dd { (words::surface(record.surface)) " " span.note { "by default" } }
                @if let Some(layer) = record.security_layer {
                    dt { "Security layer" }
                    dd { (layer) }
                }
                (texts("Also written", record.aliases))
                (texts("Shares its text or number with", record.shares_with))
                dt { "Since" }
                dd { (record.since) }
                @if let Some(version) = record.deprecated_since {
                    dt { "Deprecated since" }
                    dd { (version) }
                }
            }
        }
    }
}

fn numbers(record: &Record) -> Markup {
    html! {
        dt { "JSON-RPC number" }
        @for entry in record.json_rpc {
            dd {
                code { (entry.number) }
                @if entry.since.is_some() || entry.until.is_some() { " " span.note { "protocol " (words::versions(*entry)) } }
            }
        }
    }
}

fn texts(title: &str, texts: &[&str]) -> Markup {
    html! {
        @if !texts.is_empty() {
            dt { (title) }
            @for text in texts { dd { code { (text) } } }
        }
    }
}

/// Marks a fact that is this registry's judgement.
fn source(record: &Record, fact: Fact) -> Markup {
    html! { @if !record.states(fact) { " " span.judged { "judged" } } }
}

/// Tells where the facts come from.
pub(super) fn provenance(record: &Record) -> Markup {
    let (stated, judged): (Vec<Fact>, Vec<Fact>) = Fact::ALL.iter().partition(|fact| record.states(**fact));
    let names = |facts: &[Fact]| words::list(&facts.iter().map(|fact| words::fact(*fact)).collect::<Vec<_>>());
    html! {
        section.provenance {
            h2 #provenance { "Where this comes from" }
            p { (prose(record.reference)) "." }
            @if !stated.is_empty() { p { "The document states " (names(&stated)) "." } }
            @if !judged.is_empty() { p { "This registry judged " (names(&judged)) "; the document does not say." } }
            p { "Code, title, message, commands and examples stand as the document has them. All other sentences are this registry's own." }
        }
    }
}
