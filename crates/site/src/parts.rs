//! The parts of a record that have a shape of their own.

use maud::{Markup, html};
use mcp_error_codes::{Command, Example, Param, Record, Related, Scenario, Section, Target};

use super::catalogue::Catalogue;
use super::prose::{block, message_block, prose};
use super::words;

/// Shows a list below a heading; nothing where the list is empty.
pub(super) fn list(heading: &Markup, items: &[&str]) -> Markup {
    html! { @if !items.is_empty() { (heading) ul { @for item in items { li { (prose(item)) } } } } }
}

/// Shows steps below a heading; nothing where there are none.
pub(super) fn steps(heading: &Markup, items: &[&str]) -> Markup {
    html! { @if !items.is_empty() { (heading) ol.steps { @for item in items { li { (prose(item)) } } } } }
}

/// Shows a message with what its placeholders stand for.
pub(super) fn message(label: &str, message: &str, params: &[Param]) -> Markup {
    html! {
        (message_block(label, message))
        @if !params.is_empty() {
            dl.params {
                @for param in params {
                    dt { var { "{" (param.name) "}" } " " span.note { (words::param_type(param.ty)) } }
                    dd { (prose(param.description)) }
                }
            }
        }
    }
}

/// Shows the cases of a code.
pub(super) fn scenarios(scenarios: &[Scenario]) -> Markup {
    html! {
        @if !scenarios.is_empty() {
            section {
                h2 #scenarios { "Scenarios" }
                @for scenario in scenarios { (self::scenario(scenario)) }
            }
        }
    }
}

fn scenario(scenario: &Scenario) -> Markup {
    html! {
        article.scenario {
            h3 { (scenario.title) }
            p.constant { code { (scenario.name) } }
            @if let Some(summary) = scenario.summary { p { (prose(summary)) } }
            @if let Some(text) = scenario.message {
                (message(&format!("Message of {}", scenario.title), text, scenario.params))
            }
            (list(&html! { h4 { "Causes" } }, scenario.causes))
            (steps(&html! { h4 { "Resolution" } }, scenario.resolution))
            (list(&html! { h4 { "Prevention" } }, scenario.prevention))
            (list(&html! { h4 { "Notes" } }, scenario.notes))
        }
    }
}

/// Shows commands, each with what it does.
pub(super) fn commands(heading: &Markup, commands: &[Command]) -> Markup {
    html! {
        @if !commands.is_empty() {
            section {
                (heading)
                @for command in commands {
                    div.command {
                        p { (prose(command.description)) }
                        (block(command.command, command.command))
                    }
                }
            }
        }
    }
}

/// Shows examples to the letter.
pub(super) fn examples(examples: &[Example]) -> Markup {
    html! {
        @if !examples.is_empty() {
            section {
                h2 #examples { "Examples" }
                @for (at, example) in examples.iter().enumerate() {
                    div.example {
                        p { span.kind { (words::example(example.ty)) } " " (prose(example.description)) }
                        (block(&format!("Example {}", at + 1), example.text))
                    }
                }
            }
        }
    }
}

/// Shows what has no field of its own, below headings of a level from 2 to 4.
pub(super) fn sections(level: u8, sections: &[Section]) -> Markup {
    html! {
        @for section in sections {
            section.extra {
                @match level {
                    2 => h2 { (section.title) },
                    3 => h3 { (section.title) },
                    _ => h4 { (section.title) },
                }
                @if let Some(text) = section.text { p { (prose(text)) } }
                @if !section.items.is_empty() { ul { @for item in section.items { li { (prose(item)) } } } }
                (table(section))
                @if let Some(code) = section.code { (block(section.title, code)) }
            }
        }
    }
}

fn table(section: &Section) -> Markup {
    html! {
        @if !section.columns.is_empty() {
            div.table tabindex="0" role="group" aria-label=(section.title) {
                table {
                    thead { tr { @for column in section.columns { th scope="col" { (prose(column)) } } } }
                    tbody { @for row in section.rows { tr { @for cell in *row { td { (prose(cell)) } } } } }
                }
            }
        }
    }
}

/// Shows what else to read: codes as links, documents by their names.
pub(super) fn related(catalogue: &Catalogue, record: &Record, root: &str) -> Markup {
    html! {
        @if !record.related.is_empty() {
            section {
                h2 #related { "See also" }
                ul.related { @for link in record.related { li { (target(catalogue, record, link, root)) } } }
            }
        }
    }
}

fn target(catalogue: &Catalogue, record: &Record, link: &Related, root: &str) -> Markup {
    html! {
        @match link.target {
            Target::Code(text) => (code_link(catalogue, record, text, root)),
            Target::Document(document) => code { (document) },
            _ => {}
        }
        p { (prose(link.description)) }
    }
}

/// Links to the code that a record names; one that is not in the catalogue stands as text.
pub(super) fn code_link(catalogue: &Catalogue, from: &Record, text: &str, root: &str) -> Markup {
    html! {
        @match catalogue.find(from, text) {
            Some(found) => a href={ (root) (found.path) } { code.code { (text) } " " (found.record.title) },
            None => code { (text) },
        }
    }
}
