use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use crate::outcome::Failure;
use crate::style;

/// When to use colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// Standard output and standard error, with the colors and the width to use.
#[derive(Debug)]
pub(crate) struct Terminal {
    color: ColorChoice,
    width: Option<usize>,
}

impl Terminal {
    /// The maximum width of a line of prose that is still easy to read.
    const MAX_PROSE_WIDTH: usize = 100;

    pub(crate) fn new(color: Color, width: Option<usize>) -> Self {
        let color = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { color, width }
    }

    /// Returns whether a person reads the output: it goes to a terminal, or the caller asked for a width.
    pub(crate) fn is_read_by_a_person(&self) -> bool {
        self.width.is_some() || io::stdout().is_terminal()
    }

    /// Returns the width for prose, or `None` if lines are not wrapped.
    pub(crate) fn prose_width(&self) -> Option<usize> {
        self.width.or_else(|| self.table_width().map(|width| width.min(Self::MAX_PROSE_WIDTH)))
    }

    /// Returns the width for a table, or `None` if lines are not wrapped.
    pub(crate) fn table_width(&self) -> Option<usize> {
        let of_terminal = || {
            let (terminal_size::Width(width), _) = terminal_size::terminal_size_of(io::stdout())?;
            Some(usize::from(width.max(20)))
        };
        self.width.or_else(of_terminal)
    }

    /// Prints text to standard output, without colors if it does not support them.
    ///
    /// # Errors
    /// [`Failure::ClosedPipe`] if the reader has closed the output, [`Failure::Io`] if it cannot be written.
    pub(crate) fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = AutoStream::new(io::stdout().lock(), self.color);
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        written.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::Io { what: "standard output".to_owned(), error },
        })
    }

    /// Prints a warning to standard error. Does nothing if standard error is closed.
    pub(crate) fn warn(&self, text: &str) {
        let mut out = AutoStream::new(io::stderr().lock(), self.color);
        let label = style::WARNING;
        let _ = writeln!(out, "{label}warning:{label:#} {text}");
    }

    /// Prints what to do next to standard error. Does nothing if standard error is closed.
    pub(crate) fn note(&self, text: &str) {
        let mut out = AutoStream::new(io::stderr().lock(), self.color);
        let label = style::NOTE;
        let _ = writeln!(out, "{label}note:{label:#} {text}");
    }

    /// Prints an error message to standard error. Does nothing if standard error is closed.
    pub(crate) fn complain(&self, text: &str) {
        let mut out = AutoStream::new(io::stderr().lock(), self.color);
        let label = style::FAILURE;
        let _ = writeln!(out, "{label}error:{label:#} {text}");
    }
}
