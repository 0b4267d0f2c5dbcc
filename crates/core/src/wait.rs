use core::fmt;

use crate::OneLine;

/// Prints a wait as a person reads it: `17 s`, `2.5 s`, `0.05 s`.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct __Wait {
    /// The wait in milliseconds.
    pub milliseconds: u64,
}

impl fmt::Display for __Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, rest) = (self.milliseconds / 1_000, self.milliseconds % 1_000);
        match rest {
            0 => write!(f, "{seconds} s"),
            _ if rest % 100 == 0 => write!(f, "{seconds}.{} s", rest / 100),
            _ if rest % 10 == 0 => write!(f, "{seconds}.{:02} s", rest / 10),
            _ => write!(f, "{seconds}.{rest:03} s"),
        }
    }
}

/// Prints the `message` of a JSON-RPC error: the message on one line, and `(retry after 17 s)` if a wait is known.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct __ProtocolMessage<'a> {
    /// The message of the error.
    pub message: &'a str,
    /// How long to wait, in milliseconds.
    pub after_ms: Option<u64>,
}

impl fmt::Display for __ProtocolMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        OneLine(self.message).fmt(f)?;
        match self.after_ms {
            Some(milliseconds) => write!(f, " (retry after {})", __Wait { milliseconds }),
            None => Ok(()),
        }
    }
}
