use std::fmt::{self, Display, Formatter};
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};

use crate::command::Color;
use crate::style;

/// Where answers and complaints go, with the colours and the width that they may have.
#[derive(Debug)]
pub(crate) struct Terminal {
    color: ColorChoice,
    width: Option<usize>,
}

impl Terminal {
    /// Prose is easier to read in lines that are no longer.
    const WIDEST: usize = 100;

    pub(crate) fn new(color: Color, width: Option<usize>) -> Self {
        let color = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { color, width }
    }

    /// Tells whether a person reads the answer: it goes to a terminal, or is asked for in a width.
    pub(crate) fn is_read_by_a_person(&self) -> bool {
        self.width.is_some() || io::stdout().is_terminal()
    }

    /// Returns the columns that prose may have; none where it is not to be wrapped.
    pub(crate) fn prose_width(&self) -> Option<usize> {
        self.width.or_else(|| self.table_width().map(|width| width.min(Self::WIDEST)))
    }

    /// Returns the columns that a table may have; none where it is not to be wrapped.
    pub(crate) fn table_width(&self) -> Option<usize> {
        let of_terminal = || {
            let (terminal_size::Width(width), _) = terminal_size::terminal_size_of(io::stdout())?;
            Some(usize::from(width.max(20)))
        };
        self.width.or_else(of_terminal)
    }

    /// Prints an answer, without its colours where there is no place for them.
    ///
    /// # Errors
    /// [`Failure::ClosedPipe`] where nobody reads any more, [`Failure::Io`] where it cannot be written.
    pub(crate) fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = AutoStream::new(io::stdout().lock(), self.color);
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        written.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::Io { what: "standard output".to_owned(), error },
        })
    }

    /// Prints what went wrong to standard error. Where that is closed, nobody is there to tell.
    pub(crate) fn complain(&self, text: &str) {
        let mut out = AutoStream::new(io::stderr().lock(), self.color);
        let label = style::FAILURE;
        let _ = writeln!(out, "{label}error:{label:#} {text}");
    }
}

/// Why a subcommand could not do its work.
///
/// `Display` prints what went wrong.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nobody reads the answer any more.
    ClosedPipe,
    /// The arguments do not fit together.
    Usage(String),
    /// A file cannot be read or written.
    Io { what: String, error: io::Error },
    /// A file is not what it should be.
    File(String),
}

impl Failure {
    pub(crate) fn file(path: &Path, error: io::Error) -> Self {
        Self::Io { what: path.display().to_string(), error }
    }

    /// An answer that cannot be written down, which only a full memory could be the reason for.
    pub(crate) fn writing(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Io { what: "the answer".to_owned(), error: io::Error::other(error) }
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClosedPipe => f.write_str("the output was closed"),
            Self::Usage(text) | Self::File(text) => f.write_str(text),
            Self::Io { what, error } => write!(f, "{what}: {error}"),
        }
    }
}
