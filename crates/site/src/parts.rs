//! Renders the blocks of a page as HTML.

use maud::{Markup, html};
use mcp_error_codes::Record;
use mcp_error_codes::page::{Block, Title};
use mcp_error_codes::record::{Command, Param, Related, Target};

use crate::catalogue::Catalogue;
use crate::prose::{block, inline, message_block, prose};
use crate::words;

/// A page of the site that shows blocks.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) catalogue: &'a Catalogue,
    /// The code that the page is about. Links of the blocks are relative to its system.
    pub(crate) record: Option<&'a Record>,
    /// The path from the page to the root of the site: empty or `../`.
    pub(crate) root: &'a str,
}

/// A part of a page: a heading of the first or second level, and the blocks below it.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) title: Title<'a>,
    pub(crate) blocks: &'a [Block<'a>],
}

/// Splits a page at the headings of the first and second level.
pub(crate) fn parts<'a>(page: &'a [Block<'a>]) -> impl Iterator<Item = Part<'a>> {
    let chunks = page.chunk_by(|_, next| !matches!(next, Block::Heading(..=2, _)));
    chunks.filter_map(|chunk| match chunk {
        [Block::Heading(_, title), blocks @ ..] => Some(Part { title: *title, blocks }),
        _ => None,
    })
}

impl Part<'_> {
    fn is_scenario(&self) -> bool {
        matches!(self.title, Title::Scenario(_))
    }

    fn is_example(&self) -> bool {
        matches!(self.title, Title::Example(_))
    }
}

impl Place<'_> {
    /// Renders parts as sections with headings of the second level. Scenarios are in one section, and so are examples.
    pub(crate) fn sections(self, parts: &[Part<'_>]) -> Markup {
        let is_together = |part: &Part<'_>, next: &Part<'_>| {
            part.is_scenario() && next.is_scenario() || part.is_example() && next.is_example()
        };
        html! {
            @for parts in parts.chunk_by(is_together) {
                @if parts[0].is_scenario() {
                    section { h2 #scenarios { "Scenarios" } @for part in parts { (self.scenario(part)) } }
                } @else if parts[0].is_example() {
                    section { h2 #examples { "Examples" } @for part in parts { (self.example(part)) } }
                } @else {
                    (self.section(&parts[0], 2))
                }
            }
        }
    }

    /// Renders a part as a section with a heading of a level from 2 to 4.
    pub(crate) fn section(self, part: &Part<'_>, level: usize) -> Markup {
        let (class, id) = match part.title {
            Title::Hint => (Some("callout"), Some("hint")),
            Title::Message => (None, Some("message")),
            Title::Causes => (None, Some("causes")),
            Title::Resolution => (None, Some("resolution")),
            Title::Diagnostics if level == 2 => (None, Some("diagnostics")),
            Title::Recovery if level == 2 => (None, Some("recovery")),
            Title::Related => (None, Some("related")),
            Title::Text(_) => (Some("extra"), None),
            _ => (None, None),
        };
        html! {
            section class=[class] aria-labelledby=[id.filter(|_| class == Some("callout"))] {
                (heading(level, part.title, id))
                (self.blocks(&part.title.to_string(), part.blocks, level - 2))
            }
        }
    }

    fn scenario(self, part: &Part<'_>) -> Markup {
        let Title::Scenario(case) = part.title else { return html! {} };
        html! {
            article.scenario {
                h3 { (prose(case.title)) }
                p.constant { code { (case.name) } }
                (self.blocks(&format!("Message of {}", case.title), part.blocks, 1))
            }
        }
    }

    fn example(self, part: &Part<'_>) -> Markup {
        let (Title::Example(example), [Block::Paragraph(text), blocks @ ..]) = (part.title, part.blocks) else {
            return html! {};
        };
        html! {
            div.example {
                p { span.kind { (words::capitalized(example.ty.as_str())) } " " (inline(*text)) }
                (self.blocks(&part.title.to_string(), blocks, 0))
            }
        }
    }

    /// Renders blocks, with headings lowered by some levels. The label names the code for the copy button.
    pub(crate) fn blocks(self, label: &str, blocks: &[Block<'_>], below: usize) -> Markup {
        html! { @for block in blocks { (self.block(label, *block, below)) } }
    }

    fn block(self, label: &str, content: Block<'_>, below: usize) -> Markup {
        html! {
            @match content {
                Block::Heading(level, title) => (heading(level + below, title, None)),
                Block::Paragraph(text) => p { (inline(text)) },
                Block::Message(message) => (message_block(label, message)),
                Block::Params(params) => (self::params(params)),
                Block::Commands(commands) => (self::commands(commands)),
                Block::Table { columns, rows } => (table(label, columns, rows)),
                Block::Code(code) => (block(label, code)),
                Block::Links(links) => ul.related { @for link in links { li { (self.target(link)) } } },
                Block::Records(records) => ul.brief { @for record in records { li { (self.record_link(record)) } } },
                Block::Steps(_) => ol.steps { @for item in content.items() { li { (inline(item)) } } },
                _ => ul { @for item in content.items() { li { (inline(item)) } } },
            }
        }
    }

    fn target(self, link: &Related) -> Markup {
        html! {
            @match link.target {
                Target::Code(text) => (self.code_link(text)),
                Target::Document(document) => code { (document) },
                _ => {}
            }
            p { (prose(link.description)) }
        }
    }

    /// Links to a code, and marks the preferred code of its kind.
    fn record_link(self, record: &Record) -> Markup {
        html! {
            (self.link_from(record, record.code))
            " " span.note { (record.system.title) @if record.preferred { ", preferred" } }
        }
    }

    /// Links to a code by the text that the record of the page uses. A code that is not in the catalogue is shown without a link.
    pub(crate) fn code_link(self, text: &str) -> Markup {
        match self.record {
            Some(record) => self.link_from(record, text),
            None => html! { code { (text) } },
        }
    }

    fn link_from(self, record: &Record, text: &str) -> Markup {
        html! {
            @match self.catalogue.find(record, text) {
                Some(found) => a href={ (self.root) (found.path) } { code.code { (text) } " " (found.record.title) },
                None => code { (text) },
            }
        }
    }
}

fn heading(level: usize, title: Title<'_>, id: Option<&str>) -> Markup {
    let title = prose(&title.to_string());
    html! {
        @match level {
            ..=2 => h2 id=[id] { (title) },
            3 => h3 id=[id] { (title) },
            _ => h4 id=[id] { (title) },
        }
    }
}

fn params(params: &[Param]) -> Markup {
    html! {
        dl.params {
            @for param in params {
                dt { var { "{" (param.name) "}" } " " span.note { (param.ty) } }
                dd { (prose(param.description)) }
            }
        }
    }
}

fn commands(commands: &[Command]) -> Markup {
    html! {
        @for command in commands {
            div.command {
                p { (prose(command.description)) }
                (block(command.command, command.command))
            }
        }
    }
}

fn table(label: &str, columns: &[&str], rows: &[&[&str]]) -> Markup {
    html! {
        div.table tabindex="0" role="group" aria-label=(label) {
            table {
                thead { tr { @for column in columns { th scope="col" { (prose(column)) } } } }
                tbody { @for row in rows { tr { @for cell in *row { td { (prose(cell)) } } } } }
            }
        }
    }
}
