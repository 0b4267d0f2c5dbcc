use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::Path;

/// The result of a subcommand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Found,
    NotFound,
}

/// Why a subcommand failed.
///
/// `Display` prints the reason.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The reader of the output has closed it.
    ClosedPipe,
    /// The arguments contradict each other.
    Usage(String),
    /// A file cannot be read or written.
    Io { what: String, error: io::Error },
    /// A file has invalid content.
    File(String),
}

impl Failure {
    pub(crate) fn file(path: &Path, error: io::Error) -> Self {
        Self::Io { what: path.display().to_string(), error }
    }

    /// The output cannot be produced, for example because memory is exhausted.
    pub(crate) fn writing(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Io { what: "the output".to_owned(), error: io::Error::other(error) }
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
