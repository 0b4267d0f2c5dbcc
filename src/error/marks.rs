use std::num::NonZeroU64;

/// What telemetry has done with an error, so that it does it once. A clone has the marks of its original; nothing that is
/// sent, shown or compared has them.
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
