use alloc::string::ToString;
use core::fmt;

use super::facts::FactLine;
use crate::{Command, Param, Record, Related, Target};

/// A paragraph, or an item of a list.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Text<'a> {
    /// Prose of the registry; code is between backticks, as in Markdown.
    Prose(&'a str),
    /// Names the code to use instead.
    Successor(&'a str),
    /// A fact of a record.
    Fact(FactLine<'a>),
    /// A placeholder of a message.
    Param(&'a Param),
    /// A command and its description.
    Command(&'a Command),
    /// A code with its title, and whether it is the preferred code of its kind.
    Record(&'a Record),
    /// A code or a document, with the reason to read it.
    Link(&'a Related),
    /// Who is alerted about a code, and when.
    Alert(&'a Record),
}

/// Writes a text piece by piece, in the markup of a format.
pub trait Pen {
    /// Writes words, which have no markup.
    ///
    /// # Errors
    /// Returns an error if the words cannot be written.
    fn words(&mut self, words: fmt::Arguments<'_>) -> fmt::Result;

    /// Writes code within a sentence.
    ///
    /// # Errors
    /// Returns an error if the code cannot be written.
    fn code(&mut self, code: &str) -> fmt::Result;
}

impl Text<'_> {
    /// Writes the text with a pen.
    ///
    /// # Errors
    /// Returns the error of the pen.
    #[inline]
    pub fn write(self, pen: &mut dyn Pen) -> fmt::Result {
        match self {
            Self::Prose(text) => prose(text, pen),
            Self::Successor(code) => pen.words(format_args!("Use {code} instead.")),
            Self::Fact(line) => pen.words(format_args!("{line}")),
            Self::Param(param) => {
                pen.code(param.name)?;
                pen.words(format_args!(" ({}): ", param.ty))?;
                prose(param.description, pen)
            }
            Self::Command(command) => {
                pen.code(command.command)?;
                pen.words(format_args!(": "))?;
                prose(command.description, pen)
            }
            Self::Record(record) => {
                pen.code(&record.full_name().to_string())?;
                pen.words(format_args!(": {}{}", record.title, if record.preferred { " (preferred)" } else { "" }))
            }
            Self::Alert(record) => {
                let alert = record.alert_or_default();
                pen.words(format_args!("The alert goes to the route "))?;
                pen.code(alert.route)?;
                match (alert.threshold, alert.window) {
                    (Some(threshold), Some(window)) => pen.words(format_args!(": {threshold} for {window}."))?,
                    (Some(threshold), None) => pen.words(format_args!(": {threshold}."))?,
                    _ => pen.words(format_args!("."))?,
                }
                let origin = if record.alert.is_some() {
                    " The code sets this alert."
                } else {
                    " This is the default of its severity."
                };
                pen.words(format_args!("{origin}"))
            }
            Self::Link(link) => {
                match link.target {
                    Target::Code(code) => pen.words(format_args!("{code}"))?,
                    Target::Document(document) => pen.code(document)?,
                }
                pen.words(format_args!(": "))?;
                prose(link.description, pen)
            }
        }
    }
}

/// Writes prose. As in Markdown, code ends with as many backticks as it starts with, and unpaired backticks are text.
#[inline]
fn prose(mut rest: &str, pen: &mut dyn Pen) -> fmt::Result {
    let mut searched = 0;
    while let Some(start) = rest[searched..].find('`').map(|at| searched + at) {
        let fence = backticks(&rest[start..]);
        let inside = &rest[start + fence..];
        let Some(length) = closing(inside, fence) else {
            searched = start + fence;
            continue;
        };
        if start > 0 {
            pen.words(format_args!("{}", &rest[..start]))?;
        }
        pen.code(unpadded(&inside[..length]))?;
        rest = &inside[length + fence..];
        searched = 0;
    }
    if rest.is_empty() { Ok(()) } else { pen.words(format_args!("{rest}")) }
}

#[inline]
fn backticks(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// Returns the position of the first run of exactly this many backticks.
#[inline]
fn closing(text: &str, fence: usize) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].find('`').map(|at| from + at) {
        let run = backticks(&text[at..]);
        if run == fence {
            return Some(at);
        }
        from = at + run;
    }
    None
}

/// Removes the space between a backtick at either end of the code and the backticks around the code.
#[inline]
fn unpadded(code: &str) -> &str {
    let inner = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
    inner.filter(|inner| !inner.trim().is_empty()).unwrap_or(code)
}

/// `Display` prints the code between backticks: one more than its longest run of backticks. A backtick at either end of the code is
/// separated by a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InlineCode<'a>(pub &'a str);

impl fmt::Display for InlineCode<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fence = longest_run(self.0) + 1;
        let pad = if self.0.starts_with('`') || self.0.ends_with('`') { " " } else { "" };
        write!(f, "{:`<fence$}{pad}{}{pad}{:`<fence$}", "", self.0, "")
    }
}

/// Returns the length of the longest run of backticks.
#[inline]
pub(super) fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Writes plain text, with code between backticks.
pub(super) struct PlainPen<'a, 'f>(pub(super) &'a mut fmt::Formatter<'f>);

impl Pen for PlainPen<'_, '_> {
    #[inline]
    fn words(&mut self, words: fmt::Arguments<'_>) -> fmt::Result {
        self.0.write_fmt(words)
    }

    #[inline]
    fn code(&mut self, code: &str) -> fmt::Result {
        write!(self.0, "{}", InlineCode(code))
    }
}

impl fmt::Display for Text<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(&mut PlainPen(f))
    }
}
