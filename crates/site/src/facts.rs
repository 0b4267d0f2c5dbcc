//! The machine-readable facts of a code.

use maud::{Markup, html};
use mcp_error_codes::Record;
use mcp_error_codes::page::{Block, FactLine, Text, Value, Versions};

use crate::catalogue::{family_anchor, kind_path, system_path};
use crate::prose::breakable;
use crate::{badge, words};

/// Renders the facts as a column beside the page.
pub(crate) fn panel(record: &Record, root: &str) -> Markup {
    let lines = lines(record);
    html! {
        aside.facts-panel aria-label="Facts" {
            dl {
                @for lines in lines.chunk_by(|line, next| line.name == next.name) {
                    dt { (lines[0].name) }
                    @for line in lines { (details(line, root)) }
                    @if let Value::Name(_) = lines[0].value {
                        dt { "In Rust" }
                        dd { code { "code!(\"" (record.code_text()) "\")" } }
                    }
                }
            }
        }
    }
}

fn lines(record: &Record) -> Vec<FactLine<'_>> {
    let lines = Block::Facts(record).items().filter_map(|item| match item {
        Text::Fact(line) => Some(line),
        _ => None,
    });
    lines.collect()
}

fn details(line: &FactLine<'_>, root: &str) -> Markup {
    let judged = html! { @if line.is_stated == Some(false) { " " span.judged { "judged" } } };
    html! {
        @match line.value {
            Value::System(system, family) => {
                dd { a href={ (root) (system_path(system)) } { (system.title) } }
                dt { "Family" }
                dd { a href={ (root) (system_path(system)) "#" (family_anchor(family)) } { (family.name) } " " span.note { (family.title) } }
            }
            Value::Name(name) => dd { code { (breakable(name)) } },
            Value::Kind(kind) => dd { a href={ (root) (kind_path(kind)) } { (words::kind(kind)) } },
            Value::HttpStatus(status) => dd { (status) " " span.note { (words::status(status)) } (judged) },
            Value::Severity(severity) => dd { (badge::severity(severity)) (judged) },
            Value::Category(category) => dd { (words::capitalized(category.as_str())) (judged) },
            Value::Flag(_) => dd { (words::capitalized(&line.value.to_string())) (judged) },
            Value::Retry(retry) => dd { (words::retry(retry.class)) (judged) },
            Value::Surface(surface) => dd { (words::surface(surface)) " " span.note { "by default" } },
            Value::Number(number) => dd {
                code { (number.number) }
                @if !Versions(number).is_every() { " " span.note { (Versions(number)) } }
            },
            Value::Codes(codes) => @for code in codes { dd { code { (code) } } },
            value => dd { (value) (judged) },
        }
    }
}

/// Renders a part about the source document: the reference, and which facts the document states. Renders nothing for a record without
/// a document.
pub(crate) fn provenance(record: &Record, reference: &Markup) -> Markup {
    if record.reference.is_empty() {
        return Markup::default();
    }
    let lines = lines(record);
    let names = |is_stated| {
        let names = lines.iter().filter(|line| line.is_stated == Some(is_stated)).map(|line| line.name);
        names.collect::<Vec<_>>().join(", ")
    };
    let (stated, judged) = (names(true), names(false));
    html! {
        section.provenance {
            h2 #provenance { "Source" }
            (reference)
            @if !stated.is_empty() { p { "Stated by the document: " (stated) "." } }
            @if record.__is_of_own_registry() {
                @if !judged.is_empty() { p { "Not stated by the document: " (judged) "." } }
            } @else {
                @if !judged.is_empty() { p { "Decided by this registry, because the document does not state it: " (judged) "." } }
                p { "Code, title, message, commands and examples are quoted from the document. All other text is this registry's own." }
            }
        }
    }
}
