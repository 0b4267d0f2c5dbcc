use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::iter::successors;
use std::sync::Arc;
use std::time::Duration;

use mcp_error_codes_core::{Record, Scenario, Surface};
use serde::Serialize;
use serde_json::{Number, Value};

use crate::ErrorCode;
use crate::codes::install::extended;
use crate::error::details::{Details, to_value};
use crate::error::recorded::Recorded;
use crate::error::wording::{Wording, fill};
use crate::redact::{self, Keys};

/// One occurrence of a code: what a tool returns when it fails.
///
/// It is made from a code (`McpError::new`, or `From`), by the generated constructors in the modules of the systems, or
/// by [`decode`](crate::decode) from what a peer sent. It is 16 bytes wide, and a bare code takes no allocation.
///
/// What goes to the peer: the code, the message, details, retry advice, the error id. What never does: internal context and
/// sources, which only `Debug` and [`source`](Error::source) show. Details and messages are redacted when they are set:
/// the value of a key such as `password`, `token` or `authorization`, and whatever has the shape of a known kind of secret,
/// becomes `[redacted]`; a text over 1,000 characters is cut; a stack trace becomes internal.
///
/// `Display` prints `CODE: message`. `Debug` adds everything, internal context and the chain of sources included.
///
/// ```
/// use mcp_error_codes::{McpError, filesystem};
///
/// let error = filesystem::file_not_found("notes.txt").with_detail("workspace", "home");
/// assert_eq!(error.to_string(), "FS-001: File not found: notes.txt");
/// assert!(error.is(filesystem::FILE_NOT_FOUND));
///
/// match error.code() {
///     Some(filesystem::FILE_NOT_FOUND) => {}
///     other => panic!("{other:?}"),
/// }
/// ```
#[derive(Clone)]
#[must_use = "an error does nothing until it is returned"]
pub struct McpError {
    record: &'static Record,
    more: Option<Box<More>>,
}

/// What an occurrence adds to its code.
#[derive(Clone, Default)]
struct More {
    message: Option<Cow<'static, str>>,
    scenario: Option<u16>,
    details: Details,
    internal: Details,
    source: Option<Arc<dyn Error + Send + Sync>>,
    retry_after: Option<Duration>,
    error_id: Option<Cow<'static, str>>,
    surface: Option<Surface>,
    causes: Vec<McpError>,
    received: Option<Received>,
    recorded: Recorded,
}

/// What a decoded error was on the wire, where our record does not say it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Received {
    pub(crate) system: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) number: Option<i64>,
    pub(crate) data: Option<Value>,
}

impl McpError {
    /// Makes the error of a code, of this crate's registry or of another.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// let error = McpError::new(hyper_bun::SERVER_UNAVAILABLE);
    /// assert_eq!(error.to_string(), "NX-MCP-030: MCP Server Unavailable");
    /// ```
    pub fn new(code: impl ErrorCode) -> Self {
        Self::of(code.record())
    }

    /// The one place where an error takes its record, which an installed registry may have extended.
    #[inline]
    pub(crate) fn of(record: &'static Record) -> Self {
        Self { record: extended(record), more: None }
    }

    // What it is.

    /// Returns the code, as the type that the comparison or the pattern wants; none where the code belongs to another
    /// registry.
    #[must_use]
    pub fn code<C: ErrorCode>(&self) -> Option<C> {
        C::from_record(self.record.__original())
    }

    /// Tells whether this is an error of the code.
    #[must_use]
    pub fn is(&self, code: impl ErrorCode) -> bool {
        core::ptr::eq(self.record.__original(), code.record().__original())
    }

    /// Returns what the registry says of the code: the record as it was extended by what was [installed](crate::install) when the
    /// error was made. Compare codes rather than records.
    #[must_use]
    pub const fn record(&self) -> &'static Record {
        self.record
    }

    /// Returns the scenario of the code, if the error was made from one.
    #[must_use]
    pub fn scenario(&self) -> Option<&'static Scenario> {
        let at = self.more.as_ref()?.scenario?;
        self.record.scenarios.get(usize::from(at))
    }

    /// Returns the text that stands for the code in logs and on the wire: the code, or `system:code` where the code alone
    /// means another system's. Of a decoded error whose code is unknown, it is the text that was received.
    #[must_use]
    pub fn code_text(&self) -> Cow<'_, str> {
        match self.received() {
            Some(Received { code: Some(code), .. }) => Cow::Borrowed(code),
            _ if self.record.is_ambiguous() => Cow::Owned(self.record.code_text().to_string()),
            _ => Cow::Borrowed(self.record.code),
        }
    }

    /// Returns the message: the text that was set, else the template filled from the details, else the title.
    #[must_use]
    pub fn message(&self) -> Cow<'_, str> {
        match self.wording() {
            Wording::Text(text) => Cow::Borrowed(text),
            Wording::Template { template, title, details } => {
                let mut filled = String::new();
                match fill(template, details, &mut |piece| filled.push_str(piece)) {
                    // A secret can also arise where a value meets the text around it.
                    Some(()) => Cow::Owned(redact::text(&filled).into_owned()),
                    None => Cow::Borrowed(title),
                }
            }
        }
    }

    /// What the message is made of.
    pub(crate) fn wording(&self) -> Wording<'_> {
        let Some(more) = &self.more else { return Wording::Text(self.record.__bare_message()) };
        if let Some(message) = &more.message {
            return Wording::Text(message);
        }
        let scenario = self.scenario();
        let title = scenario.map_or(self.record.title, |case| case.title);
        let (template, params) = match scenario.and_then(|case| Some((case.message?, case.params))) {
            Some((template, params)) => (Some(template), params),
            None => (self.record.message, self.record.params),
        };
        match template {
            Some(template) if params.is_empty() => Wording::Text(template),
            Some(template) => Wording::Template { template, title, details: &more.details },
            None => Wording::Text(title),
        }
    }

    /// Returns the value of a detail.
    #[must_use]
    pub fn detail(&self, name: &str) -> Option<&Value> {
        self.more.as_ref()?.details.get(name)
    }

    /// Returns the details, which go to the peer, in the order in which they were added.
    pub fn details(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.more.iter().flat_map(|more| more.details.iter())
    }

    /// Returns the internal context, which never goes to the peer, in the order in which it was added.
    pub fn internal(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.more.iter().flat_map(|more| more.internal.iter())
    }

    /// Returns what came beside the message of a decoded error, and has no place in ours: the `data` of a JSON-RPC error of
    /// another server, or the members of an object whose code is unknown here. It is not sent on.
    ///
    /// ```
    /// use mcp_error_codes::{decode, mcp};
    ///
    /// let sent = r#"{"code":-32022,"message":"no","data":{"supported":["2026-07-28"],"requested":"1999-01-01"}}"#;
    /// let error = decode(sent)?;
    /// assert!(error.is(mcp::UNSUPPORTED_PROTOCOL_VERSION));
    /// assert_eq!(error.received_data().map(|data| &data["supported"][0]), Some(&"2026-07-28".into()));
    /// # Ok::<(), mcp_error_codes::DecodeError>(())
    /// ```
    #[must_use]
    pub fn received_data(&self) -> Option<&Value> {
        self.received()?.data.as_ref()
    }

    /// Returns the errors that were added by [`with_failure`](Self::with_failure), in order.
    pub fn failures(&self) -> &[Self] {
        self.more.as_ref().map_or(&[], |more| &more.causes)
    }

    /// Returns the id that ties what the peer sees to the log.
    #[must_use]
    pub fn error_id(&self) -> Option<&str> {
        self.more.as_ref()?.error_id.as_deref()
    }

    /// Returns where MCP carries the error: the surface that was set, else that of the record.
    #[must_use]
    pub fn surface(&self) -> Surface {
        self.more.as_ref().and_then(|more| more.surface).unwrap_or(self.record.surface)
    }

    /// The wait that was set.
    pub(crate) fn own_retry_after(&self) -> Option<Duration> {
        self.more.as_ref()?.retry_after
    }

    // What it is changed to.

    /// Sets the message, as it stands: braces in it mean nothing. Secrets in it are redacted.
    pub fn with_message(mut self, message: impl Into<Cow<'static, str>>) -> Self {
        self.more().message = Some(redact::kept_text(message.into()));
        self
    }

    /// Adds a detail, which goes to the peer and fills the placeholder of its name. A name that is there already gets the
    /// new value.
    ///
    /// A secret is redacted, by its name or by its shape. A stack trace becomes internal context; one within the value is
    /// dropped. A value that does not serialise becomes a text that says so.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// let error = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED)
    ///     .with_detail("toolName", "checksum")
    ///     .with_detail("apiKey", "abc");
    /// assert_eq!(error.detail("toolName"), Some(&"checksum".into()));
    /// assert_eq!(error.detail("apiKey"), Some(&"[redacted]".into()));
    /// ```
    pub fn with_detail(mut self, name: impl Into<Cow<'static, str>>, value: impl Serialize) -> Self {
        let name = name.into();
        if redact::names_stack_trace(&name) {
            return self.with_internal(name, value);
        }
        let mut value = to_value(value);
        redact::drop_stack_traces(&mut value);
        self.set_detail(name, value, Keys::Judged);
        self
    }

    /// Adds a detail whose name the author vouches for: it is not redacted by its name, and a stack trace stays.
    ///
    /// Whatever has the shape of a secret is redacted all the same.
    pub fn with_trusted_detail(mut self, name: impl Into<Cow<'static, str>>, value: impl Serialize) -> Self {
        self.set_detail(name.into(), to_value(value), Keys::Trusted);
        self
    }

    /// Adds context for logs, which never goes to a peer. Secrets are redacted in it too.
    pub fn with_internal(mut self, name: impl Into<Cow<'static, str>>, value: impl Serialize) -> Self {
        let name = name.into();
        let value = redact::value(&name, to_value(value), Keys::Judged);
        self.more().internal.set(redact::kept_text(name), value);
        self
    }

    /// Sets the cause, for logs only: [`source`](Error::source) returns it, `Debug` prints it, and it never goes to a peer.
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.more().source = Some(Arc::from(source.into()));
        self
    }

    /// Sets how long the peer should wait before it tries again. It wins over the record's schedule.
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.more().retry_after = Some(wait);
        self
    }

    /// Sets the id that ties what the peer sees to the log. A secret in it is redacted.
    pub fn with_error_id(mut self, id: impl Into<Cow<'static, str>>) -> Self {
        self.more().error_id = Some(redact::kept_text(id.into()));
        self
    }

    /// Sets where MCP carries the error, in the place of the record's default.
    pub fn with_surface(mut self, surface: Surface) -> Self {
        self.more().surface = Some(surface);
        self
    }

    // What generated constructors and the decoder use.

    #[doc(hidden)]
    pub fn __scenario(mut self, at: u16) -> Self {
        self.more().scenario = Some(at);
        self
    }

    #[doc(hidden)]
    pub fn __text(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.set_param(name, Value::String(value.to_string()));
        self
    }

    #[doc(hidden)]
    pub fn __integer(mut self, name: &'static str, value: impl Into<Number>) -> Self {
        self.set_param(name, Value::Number(value.into()));
        self
    }

    #[doc(hidden)]
    pub fn __list(mut self, name: &'static str, values: impl IntoIterator<Item = impl fmt::Display>) -> Self {
        let values = values.into_iter().map(|value| Value::String(value.to_string())).collect();
        self.set_param(name, Value::Array(values));
        self
    }

    // What telemetry has done with it.

    /// Returns which telemetry has already recorded the error.
    #[must_use]
    pub fn recorded(&self) -> Recorded {
        self.more.as_ref().map_or_else(Recorded::default, |more| more.recorded)
    }

    /// Sets which telemetry has already recorded the error.
    pub fn set_recorded(&mut self, recorded: Recorded) {
        if self.recorded() != recorded {
            self.more().recorded = recorded;
        }
    }

    /// Adds one of several failures, with what the peer may see of it.
    pub(crate) fn add_failure(mut self, cause: Self, object: Value) -> Self {
        let more = self.more();
        let mut errors = match more.details.remove("errors") {
            Some(Value::Array(errors)) => errors,
            Some(other) => vec![other],
            None => Vec::new(),
        };
        errors.push(object);
        more.details.set(Cow::Borrowed("errors"), Value::Array(errors));
        more.causes.push(cause);
        self
    }

    pub(crate) fn with_received(mut self, received: Received) -> Self {
        self.more().received = Some(received);
        self
    }

    /// Tells whether there is nothing but the code.
    pub(crate) const fn is_bare(&self) -> bool {
        self.more.is_none()
    }

    pub(crate) fn received(&self) -> Option<&Received> {
        self.more.as_ref()?.received.as_ref()
    }

    /// What the causes say, the nearest first: redacted, and so many at the most that an error which is its own cause does no
    /// harm.
    pub(crate) fn source_texts(&self) -> impl Iterator<Item = String> {
        let sources = successors(self.source(), |error| (*error).source());
        sources.take(MOST_SOURCES).map(|error| redact::text(&error.to_string()).into_owned())
    }

    /// The system of the code, or the one that was received.
    pub(crate) fn system_text(&self) -> &str {
        self.received().and_then(|received| received.system.as_deref()).unwrap_or(self.record.system.name)
    }

    /// The code without its system, or the one that was received.
    pub(crate) fn bare_code(&self) -> &str {
        self.received().and_then(|received| received.code.as_deref()).unwrap_or(self.record.code)
    }

    pub(crate) fn details_object(&self) -> Option<&Details> {
        self.more.as_ref().map(|more| &more.details).filter(|details| !details.is_empty())
    }

    /// Sets the detail of a placeholder, whose name is the registry's own.
    fn set_param(&mut self, name: &'static str, value: Value) {
        let value = redact::value(name, value, Keys::Judged);
        self.more().details.set(Cow::Borrowed(name), value);
    }

    fn set_detail(&mut self, name: Cow<'static, str>, value: Value, keys: Keys) {
        let value = redact::value(&name, value, keys);
        self.more().details.set(redact::kept_text(name), value);
    }

    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }
}

impl Drop for McpError {
    #[inline]
    fn drop(&mut self) {
        if let Some(more) = self.more.take() {
            drop_more(more);
        }
    }
}

/// Drops what an error adds to its code. Programs drop errors in many places, and inlined into each this is most of the code of a
/// small server.
#[inline(never)]
fn drop_more(more: Box<More>) {
    drop(more);
}

impl fmt::Display for McpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code_text(), self.message())
    }
}

impl fmt::Debug for McpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("McpError");
        debug.field("code", &format_args!("{}", self.record.full_name()));
        debug.field("message", &self.message());
        let Some(more) = &self.more else { return debug.finish() };
        if !more.details.is_empty() {
            debug.field("details", &Pairs(&more.details));
        }
        if !more.internal.is_empty() {
            debug.field("internal", &Pairs(&more.internal));
        }
        if let Some(id) = &more.error_id {
            debug.field("error_id", id);
        }
        if let Some(wait) = &more.retry_after {
            debug.field("retry_after", wait);
        }
        if let Some(surface) = &more.surface {
            debug.field("surface", surface);
        }
        if let Some(received) = &more.received {
            debug.field("received", received);
        }
        if !more.causes.is_empty() {
            debug.field("causes", &more.causes);
        }
        if more.source.is_some() {
            debug.field("source", &self.source_texts().collect::<Vec<_>>());
        }
        debug.finish()
    }
}

/// Prints named values as a map of JSON.
struct Pairs<'a>(&'a Details);

impl fmt::Debug for Pairs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.0.iter() {
            map.entry(&name, &format_args!("{value}"));
        }
        map.finish()
    }
}

/// How many causes are shown.
const MOST_SOURCES: usize = 32;

impl Error for McpError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let source = self.more.as_ref()?.source.as_ref()?;
        Some(source.as_ref())
    }
}
