use std::num::NonZeroU64;

/// Which telemetry has already recorded this error. A clone has the marks of its original; no form contains them, and
/// comparisons ignore them.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Marks {
    /// The event of the error was emitted.
    pub traced: bool,
    /// The error was counted.
    pub counted: bool,
    /// The span that has the attributes of the error.
    pub span: Option<NonZeroU64>,
}
