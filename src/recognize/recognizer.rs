use std::rc::Rc;
use std::sync::Arc;

use crate::matching::candidate::Origin;
use crate::recognize::anchors::Anchors;
use crate::recognize::finding::Recognition;
use crate::recognize::layer::Layer;
use crate::recognize::scan::{Context, Scanner};

/// Recognizes the errors in any text: a JSON body, a log line, or text that a user pasted.
///
/// It accepts any bytes and trusts none of them. The time is linear in their number, and each finding has a certainty.
///
/// ```
/// use mcp_error_codes::{Certainty, recognize};
///
/// let recognition = recognize("app: Error: File not found: a.txt");
/// let finding = &recognition.errors[0].findings[0];
/// assert_eq!(finding.record().map(|record| record.code), Some("FS-001"));
/// assert_eq!(finding.certainty(), Certainty::Likely);
/// assert_eq!(finding.values()["path"], "a.txt");
///
/// assert!(recognize("all is well").errors.is_empty());
/// ```
#[must_use]
pub fn recognize(bytes: impl AsRef<[u8]>) -> Recognition {
    Recognizer::new().recognize(bytes)
}

/// Recognizes errors as [`recognize`] does, given the peer's system and the HTTP status.
///
/// ```
/// use mcp_error_codes::{Certainty, Recognizer};
///
/// let recognition = Recognizer::new().in_system("super-mcp").recognize("-32001");
/// let finding = &recognition.errors[0].findings[0];
/// assert_eq!(finding.to_string(), "super-mcp:-32001 (certain): Package ID not in configuration");
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Recognizer<'a> {
    pub(crate) system: Option<&'a str>,
    http_status: Option<u16>,
}

impl<'a> Recognizer<'a> {
    /// Creates a recognizer that knows neither the system nor the status.
    #[must_use]
    pub const fn new() -> Self {
        Self { system: None, http_status: None }
    }

    /// Sets the peer's system. If any of its codes fits, only its codes are findings.
    #[must_use]
    pub const fn in_system(mut self, system: &'a str) -> Self {
        self.system = Some(system);
        self
    }

    /// Sets the HTTP status of the response whose body the text is.
    #[must_use]
    pub const fn http_status(mut self, status: u16) -> Self {
        self.http_status = Some(status);
        self
    }

    /// Recognizes the errors in any text; see [`recognize`].
    #[must_use]
    pub fn recognize(self, bytes: impl AsRef<[u8]>) -> Recognition {
        let bytes = bytes.as_ref();
        let anchors = Anchors::get();
        let layer = Rc::new(Layer::bottom(bytes));
        let mut scanner = Scanner::new(&anchors, self.system, bytes.len());
        scanner.whole(&layer, &self.context());
        scanner.status_alone(&layer, &self.context());
        let reason = scanner.unknown();
        let (errors, unknown) = scanner.finish_all();
        let none = errors.is_empty().then(|| reason.unwrap_or_else(|| none(layer.text())));
        Recognition { errors, unknown, none }
    }

    /// Returns the context for the whole text.
    pub(crate) fn context(self) -> Context {
        Context {
            http_status: self.http_status,
            is_status_given: self.http_status.is_some(),
            origin: Origin::Anyone,
            ..Context::default()
        }
    }
}

/// Returns why the text contains no error.
fn none(text: &str) -> String {
    match text.trim() {
        "" => "the text is empty".to_owned(),
        text if text.parse::<i64>().is_ok() => format!("no code or documented use of {text} is known"),
        _ => "the text contains no error of a known form, no code and no known message".to_owned(),
    }
}

/// Checks that the types that threads share contain no `Rc`.
const _: fn() = || {
    fn is_send<T: Send + Sync>() {}
    is_send::<Recognition>();
    is_send::<Arc<Anchors>>();
};
