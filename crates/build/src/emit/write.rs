use std::fmt;

/// A value that the generator does not know how to write.
///
/// `Display` prints what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unwritable(pub(crate) String);

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The `Debug` implementation of a value returned an error.
impl From<fmt::Error> for Unwritable {
    fn from(_: fmt::Error) -> Self {
        Self("a value whose Debug implementation fails".to_owned())
    }
}

/// The result of writing.
pub(crate) type Written = Result<(), Unwritable>;
