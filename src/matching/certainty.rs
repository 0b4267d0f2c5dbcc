use core::fmt;

/// How sure it is that a finding is right.
///
/// `Display` prints the word: `certain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Certainty {
    /// One of several things that the error may be. It is never shown as the answer.
    Possible,
    /// Nothing speaks against it, and nothing else fits as well.
    Likely,
    /// Only this fits.
    Certain,
}

impl Certainty {
    /// Returns the word: `certain`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
