//! Draws a manual page, which the library writes as Markdown, on a terminal: coloured, and wrapped where there is a width.
//!
//! Without colours, without a width and but for empty lines it is the plain page of the library, word for word.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use textwrap::{WordSplitter, WrapAlgorithm};

use crate::{style, table};

/// Draws the page of a text in Markdown. It ends with a line end.
pub(crate) fn draw(markdown: &str, width: Option<usize>) -> String {
    let mut page =
        Page { out: String::new(), width, last: None, text: Text::default(), rows: Vec::new(), number: None };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        page.take(event);
    }
    page.out
}

/// Wraps a paragraph, each of its lines behind an indent.
pub(crate) fn wrap(text: &str, width: Option<usize>, first: &str, others: &str) -> String {
    let Some(width) = width else { return format!("{first}{text}") };
    // A code or an address that is too long for a line stays whole, so that it can be copied.
    let options = textwrap::Options::new(width)
        .initial_indent(first)
        .subsequent_indent(others)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::fill(text, options)
}

struct Page {
    out: String,
    width: Option<usize>,
    last: Option<Block>,
    text: Text,
    rows: Vec<Vec<String>>,
    /// The number of the next item; none where the items of the list have none.
    number: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Heading,
    Paragraph,
    Items,
    Verbatim,
    Table,
}

/// The text of the block that is being read.
#[derive(Default)]
struct Text {
    content: String,
    /// Whether what is to be written to the letter has a colour within.
    is_prose: bool,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text.content.push_str(&text),
            Event::Code(code) => {
                let fence = if code.contains('`') { ["`` ", " ``"] } else { ["`", "`"] };
                let code = [fence[0], &code, fence[1]].concat();
                let code = if self.text.is_prose { style::paint(style::LITERAL, code) } else { code };
                self.text.content.push_str(&code);
            }
            Event::SoftBreak | Event::HardBreak => self.text.content.push(' '),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.number = *first;
                self.begin(Block::Items);
            }
            Tag::Table(_) => self.rows.clear(),
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            _ => {}
        }
        self.text = Text { content: String::new(), is_prose: matches!(tag, Tag::Paragraph | Tag::Item) };
    }

    fn end(&mut self, tag: TagEnd) {
        let text = std::mem::take(&mut self.text.content);
        match tag {
            TagEnd::Heading(level) => {
                self.begin(Block::Heading);
                let (indent, style) = match level {
                    HeadingLevel::H1 => ("", style::TITLE),
                    HeadingLevel::H2 => ("  ", style::HEADING),
                    _ => ("    ", style::HEADING),
                };
                self.lines(&style::paint(style, text), indent, indent);
            }
            TagEnd::Paragraph => {
                self.begin(Block::Paragraph);
                self.lines(&text, INDENT, INDENT);
            }
            TagEnd::Item => {
                let mark = self.number.map_or("- ".to_owned(), |number| format!("{number}. "));
                self.number = self.number.map(|number| number + 1);
                self.lines(&text, &format!("{INDENT}{mark}"), &format!("{INDENT}{:1$}", "", mark.len()));
            }
            TagEnd::CodeBlock => {
                self.begin(Block::Verbatim);
                for line in text.trim_end().lines() {
                    self.out.push_str(if line.is_empty() { "" } else { "      " });
                    self.out.extend([line, "\n"]);
                }
            }
            TagEnd::TableCell => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(text);
                }
            }
            TagEnd::Table => {
                self.begin(Block::Table);
                let width = self.width.map(|width| width.saturating_sub(INDENT.len()));
                let head: Vec<&str> = self.rows.first().into_iter().flatten().map(String::as_str).collect();
                for line in table::draw(&head, self.rows.get(1..).unwrap_or_default(), width) {
                    self.out.extend([INDENT, &line, "\n"]);
                }
            }
            _ => {}
        }
    }

    /// Begins a block: an empty line stands before it, unless it goes on with what is above it.
    fn begin(&mut self, block: Block) {
        let goes_on = match self.last {
            None => true,
            Some(Block::Heading) => block != Block::Heading,
            Some(Block::Paragraph) => block == Block::Items,
            Some(_) => false,
        };
        self.out.push_str(if goes_on { "" } else { "\n" });
        self.last = Some(block);
    }

    fn lines(&mut self, text: &str, first: &str, others: &str) {
        self.out.push_str(&wrap(text, self.width, first, others));
        self.out.push('\n');
    }
}

const INDENT: &str = "    ";
