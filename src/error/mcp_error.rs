use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::iter::successors;
use std::mem::take;
use std::sync::Arc;
use std::time::Duration;

use mcp_error_codes_core::{Kind, Record, Retry, RetryClass, Scenario, Surface};
use serde::Serialize;
use serde_json::{Number, Value};

use crate::codes::builtin::{brief, whole};
use crate::codes::code::is_same_code;
use crate::codes::registries::extended;
use crate::codes::unknown::UNKNOWN;
use crate::error::details::{Details, Pairs, depth, number, to_value};
use crate::error::error_id;
use crate::error::received::Received;
use crate::error::recorded::Recorded;
use crate::error::retry_after;
use crate::error::wording::{Wording, fill};
use crate::redact::{self, Keys, Redactor};
use crate::setup::forgotten;
use crate::setup::in_effect::{self, redactor};
use crate::{Code, RegistryCode, common};

/// One occurrence of a code: the value a tool returns when it fails.
///
/// It is created from a code ([`McpError::new`], or `From`), by the generated constructors in the modules of the systems, or
/// by [`decode`](crate::decode) from what a peer sent. It is 16 bytes, and a bare code needs no allocation.
///
/// The peer receives the code, the message, the hint, the details, the retry advice and the error id. It never receives
/// internal context and sources, which only `Debug` and [`source`](Error::source) show. Details and messages are redacted
/// when they are set: the value of a key such as `password`, `token` or `authorization`, and every string with the shape of a
/// known kind of secret, becomes `[redacted]`; a string over 1,000 characters is cut; a stack trace becomes internal.
///
/// `Display` prints `CODE: message` on one line: a line end is printed as `\n`. `Debug` adds everything else, including
/// internal context and the chain of sources.
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
    /// That of this crate's own code is the brief one.
    record: &'static Record,
    more: Option<Box<More>>,
}

/// The data of an occurrence beyond its code.
#[derive(Clone, Default)]
pub(crate) struct More {
    pub(crate) message: Option<Cow<'static, str>>,
    pub(crate) hint: Option<Cow<'static, str>>,
    pub(crate) scenario: Option<u16>,
    /// The word of the kind, if it differs from that of the record and the scenario.
    pub(crate) kind: Option<Cow<'static, str>>,
    pub(crate) details: Details,
    pub(crate) internal: Details,
    pub(crate) source: Option<Arc<dyn Error + Send + Sync>>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) error_id: Option<Cow<'static, str>>,
    text_limit: Option<usize>,
    pub(crate) surface: Option<Surface>,
    pub(crate) failures: Vec<McpError>,
    /// The number of details when the last failure was added, which is the position of the failures among them.
    pub(crate) failures_at: usize,
    /// The nesting depth of the record objects of the failures.
    failures_depth: usize,
    pub(crate) received: Option<Received>,
    pub(crate) recorded: Recorded,
}

impl McpError {
    // Constructors.

    /// Creates an error with a code from any registry.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// let error = McpError::new(hyper_bun::SERVER_UNAVAILABLE);
    /// assert_eq!(error.to_string(), "NX-MCP-030: MCP Server Unavailable");
    /// ```
    pub fn new(code: impl RegistryCode) -> Self {
        forgotten::notice(&code);
        Self::from_record(code.__brief())
    }

    /// Creates an error with the code that a record describes, from any registry.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, filesystem, find};
    ///
    /// let error = McpError::from_record(find("file not found")?);
    /// assert!(error.is(filesystem::FILE_NOT_FOUND));
    /// # Ok::<(), mcp_error_codes::UnknownCode>(())
    /// ```
    #[inline]
    pub fn from_record(record: &'static Record) -> Self {
        // The only place where an error gets its record, which `setup` may have extended.
        Self { record: extended(brief(record)), more: None }
    }

    /// Creates an error with the preferred code of a kind: the one that [`setup`](crate::setup) or a registry added
    /// there names, else that of this crate's [`REGISTRY`](crate::REGISTRY). Errors with this crate's codes then have
    /// the surface of the kind: a tool result, except for a malformed message.
    ///
    /// ```
    /// use mcp_error_codes::{Kind, McpError, common};
    ///
    /// let error = McpError::of_kind(Kind::Conflict).with_message("the page was changed by somebody else");
    /// assert!(error.is(common::CONFLICT));
    /// assert_eq!(error.kind(), Kind::Conflict);
    /// ```
    pub fn of_kind(kind: Kind) -> Self {
        let own = || Self::new(Code::of_kind(kind).unwrap_or(common::OPERATION_FAILED));
        let error = in_effect::preferred(kind).map_or_else(own, Self::from_record);
        // A specification code has the protocol surface, but a tool may fail in the same way.
        let is_of_tool = kind.surface() == Surface::Tool && error.code().is_some();
        let error = if is_of_tool { error.on_tool_surface() } else { error };
        error.with_kind_word(kind.as_str().into())
    }

    // Getters.

    /// Returns the code, or `None` if it belongs to another registry: see [`code_in`](Self::code_in).
    ///
    /// ```
    /// use mcp_error_codes::{McpError, decode, mcp};
    ///
    /// assert_eq!(McpError::new(mcp::INVALID_PARAMS).code(), Some(mcp::INVALID_PARAMS));
    /// assert_eq!(decode(r#"{"code":1234,"message":"out of paper"}"#)?.code(), None);
    /// # Ok::<(), mcp_error_codes::wire::DecodeError>(())
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<Code> {
        self.code_in()
    }

    /// Returns the code as a code of the registry whose `Code` type is `C`, or `None` if it belongs to another registry.
    #[must_use]
    pub fn code_in<C: RegistryCode>(&self) -> Option<C> {
        C::from_record(self.record)
    }

    /// Returns whether the error has this code.
    #[must_use]
    pub fn is(&self, code: impl RegistryCode) -> bool {
        is_same_code(self.record, code.__brief())
    }

    /// Returns whether the error has the code that a record describes.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, filesystem, find};
    ///
    /// assert!(McpError::new(filesystem::FILE_NOT_FOUND).is_of(find("FS-001")?));
    /// # Ok::<(), mcp_error_codes::UnknownCode>(())
    /// ```
    #[must_use]
    pub fn is_of(&self, record: &'static Record) -> bool {
        is_same_code(self.record, brief(record))
    }

    /// Returns whether the code belongs to a known registry. Only [`decode`](crate::decode) creates errors with an
    /// unknown code.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, decode, filesystem};
    ///
    /// assert!(McpError::new(filesystem::DISK_FULL).is_known());
    /// assert!(!decode(r#"{"code":1234,"message":"out of paper"}"#)?.is_known());
    /// # Ok::<(), mcp_error_codes::wire::DecodeError>(())
    /// ```
    #[must_use]
    pub fn is_known(&self) -> bool {
        !std::ptr::eq(self.record, &UNKNOWN)
    }

    /// Returns the record of the code, with the extensions that [`setup`](crate::setup) had added when the error was
    /// created. Compare codes, not records.
    #[must_use]
    pub const fn record(&self) -> &'static Record {
        whole(self.record)
    }

    /// Returns the record of the code without its prose: causes, resolution, examples and the other texts that only
    /// [`explain`](Record::explain) shows are empty if the code is one of this crate's and no registry extends it. All
    /// other facts are those of [`record`](Self::record). A program that calls only this method does not contain the prose.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, filesystem};
    ///
    /// let error = McpError::new(filesystem::DISK_FULL);
    /// assert_eq!(error.brief().http_status, error.record().http_status);
    /// assert!(error.brief().causes.is_empty() && !error.record().causes.is_empty());
    /// ```
    #[must_use]
    pub const fn brief(&self) -> &'static Record {
        self.record
    }

    /// Returns the scenario of the code, or `None` if the error was not created from one.
    #[must_use]
    pub fn scenario(&self) -> Option<&'static Scenario> {
        let at = self.more.as_ref()?.scenario?;
        self.record().scenarios.get(usize::from(at))
    }

    /// Returns the kind of the failure, as the program that created the error meant it, even if its code is unknown
    /// here.
    ///
    /// It is the kind of the scenario if that has one, else the kind of the code. A decoded error has the kind that was
    /// received. If that is missing or unknown, the result is [`OperationFailed`](Kind::OperationFailed);
    /// [`kind_text`](Self::kind_text) returns the received word.
    ///
    /// ```
    /// use mcp_error_codes::{Kind, McpError, decode, filesystem};
    ///
    /// assert_eq!(McpError::new(filesystem::DISK_FULL).kind(), Kind::Exhausted);
    ///
    /// let sent = r#"{"system":"acme","code":"ACME-9","message":"no such order","kind":"not_found"}"#;
    /// let error = decode(sent)?;
    /// assert!(!error.is_known());
    /// assert_eq!(error.kind(), Kind::NotFound);
    /// # Ok::<(), mcp_error_codes::wire::DecodeError>(())
    /// ```
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.more.as_ref().and_then(|more| more.kind.as_deref()) {
            Some(word) => word.parse().unwrap_or(Kind::OperationFailed),
            None => self.own_kind(),
        }
    }

    /// Returns the name of the [`kind`](Self::kind) on the wire. For an unknown kind, it is the text that was received.
    ///
    /// ```
    /// use mcp_error_codes::{Kind, decode};
    ///
    /// let error = decode(r#"{"system":"acme","code":"ACME-9","message":"no","kind":"bewitched"}"#)?;
    /// assert_eq!((error.kind(), error.kind_text()), (Kind::OperationFailed, "bewitched"));
    /// # Ok::<(), mcp_error_codes::wire::DecodeError>(())
    /// ```
    #[must_use]
    pub fn kind_text(&self) -> &str {
        let word = self.more.as_ref().and_then(|more| more.kind.as_deref());
        word.unwrap_or_else(|| self.own_kind().as_str())
    }

    /// Returns the text for the code in logs and on the wire: the code, or `system:code` if the bare code means another
    /// system's. For an unknown code, it is the text that was received, redacted and cut after 64 characters, with spaces,
    /// bars and control characters escaped.
    #[must_use]
    pub fn code_text(&self) -> Cow<'_, str> {
        match self.received() {
            Some(Received { code: Some(code), .. }) => Cow::Borrowed(code),
            _ if self.record.is_ambiguous() => Cow::Owned(self.record.code_text().to_string()),
            _ => Cow::Borrowed(self.record.code),
        }
    }

    /// Returns the code without its system. For an unknown code, it is the text that was received.
    #[must_use]
    pub fn bare_code(&self) -> &str {
        self.received().and_then(|received| received.code.as_deref()).unwrap_or(self.record.code)
    }

    /// Returns the name of the code's system. For an unknown code, it is the name that was received.
    #[must_use]
    pub fn system_name(&self) -> &str {
        self.received().and_then(|received| received.system.as_deref()).unwrap_or(self.record.system.name)
    }

    /// Returns the message: the text that was set, else the template filled from the details, else the title.
    #[must_use]
    pub fn message(&self) -> Cow<'_, str> {
        match self.wording() {
            Wording::Text(text) => Cow::Borrowed(text),
            Wording::Template { template, title, details } => {
                let mut filled = String::new();
                match fill(template, details, &mut |piece| filled.push_str(piece)) {
                    // A value and the text next to it can form a secret together.
                    Some(()) => Cow::Owned(self.redactor().text(&filled).into_owned()),
                    None => Cow::Borrowed(title),
                }
            }
        }
    }

    /// Returns the hint for the caller: the one that was set, else that of the record. It may be empty.
    #[must_use]
    pub fn hint(&self) -> &str {
        self.own_hint().unwrap_or(self.record.hint)
    }

    /// Returns the value of a detail.
    #[must_use]
    pub fn detail(&self, name: &str) -> Option<&Value> {
        self.more.as_ref()?.details.get(name)
    }

    /// Returns the details, which the peer receives, in the order in which they were added.
    ///
    /// Failures are not among them: [`failures`](Self::failures) returns those, and the forms write both.
    pub fn details(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.detail_pairs()
    }

    pub(crate) fn detail_pairs(&self) -> Pairs<'_> {
        self.more.as_ref().map(|more| more.details.iter()).unwrap_or_default()
    }

    /// Returns the internal context, which no peer receives, in the order in which it was added.
    pub fn internal(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.more.as_ref().map(|more| more.internal.iter()).unwrap_or_default()
    }

    /// Returns the failures that were added by [`with_failure`](Self::with_failure), in order.
    pub fn failures(&self) -> &[Self] {
        self.more.as_ref().map_or(&[], |more| &more.failures)
    }

    /// Returns the messages of the chain of sources, nearest first, redacted. It stops after 32, because an error may be
    /// its own source.
    pub fn source_texts(&self) -> impl Iterator<Item = String> {
        let sources = successors(self.source(), |error| (*error).source());
        let redactor = self.redactor().into_owned();
        sources.take(MAX_SOURCES).map(move |error| redactor.text(&error.to_string()).into_owned())
    }

    /// Returns the parts of a decoded error that have no place in an `McpError`: the `data` of another server's
    /// JSON-RPC error, or the members of an object whose code is unknown. No form contains them. Secrets in them are
    /// redacted.
    ///
    /// ```
    /// use mcp_error_codes::{decode, mcp};
    ///
    /// let sent = r#"{"code":-32022,"message":"no","data":{"supported":["2026-07-28"],"requested":"1999-01-01"}}"#;
    /// let error = decode(sent)?;
    /// assert!(error.is(mcp::UNSUPPORTED_PROTOCOL_VERSION));
    /// assert_eq!(error.received_data().map(|data| &data["supported"][0]), Some(&"2026-07-28".into()));
    /// # Ok::<(), mcp_error_codes::wire::DecodeError>(())
    /// ```
    #[must_use]
    pub fn received_data(&self) -> Option<&Value> {
        self.received()?.data.as_ref()
    }

    /// Returns the id that links what the peer sees to the log.
    #[must_use]
    pub fn error_id(&self) -> Option<&str> {
        self.more.as_ref()?.error_id.as_deref()
    }

    /// Returns where MCP carries the error: the surface that was set, else that of the record.
    #[must_use]
    pub fn surface(&self) -> Surface {
        self.more.as_ref().and_then(|more| more.surface).unwrap_or(self.record.surface)
    }

    /// Returns the retry advice. If a wait was set, but the record's class is not one for which waiting is enough, the
    /// class is `retry-after-delay`. `re-auth-then-retry` stays, because nobody gets in by waiting.
    ///
    /// ```
    /// use std::time::Duration;
    /// use mcp_error_codes::{McpError, RetryClass, filesystem, orchestrator};
    ///
    /// let wait = Duration::from_secs(60);
    /// let refused = McpError::new(filesystem::SYMLINK_ESCAPE);
    /// assert_eq!(refused.retry().class, RetryClass::DoNotRetry);
    /// assert_eq!(refused.with_retry_after(wait).retry().class, RetryClass::RetryAfterDelay);
    ///
    /// let unauthenticated = McpError::new(orchestrator::AUTHENTICATION_FAILED).with_retry_after(wait);
    /// assert_eq!(unauthenticated.retry().class, RetryClass::ReAuthThenRetry);
    /// assert_eq!(unauthenticated.retry_after(), Some(wait));
    /// ```
    #[must_use]
    pub fn retry(&self) -> Retry {
        let is_changed = !self.record.retry.is_worthwhile() && self.record.retry.class != RetryClass::ReAuthThenRetry;
        match self.own_retry_after() {
            Some(_) if is_changed => Retry::new(RetryClass::RetryAfterDelay),
            _ => self.record.retry,
        }
    }

    /// Returns how long to wait before the next try: the wait that was set, else the first of the record's schedule.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.own_retry_after().or_else(|| self.record.retry.initial_ms.map(Duration::from_millis))
    }

    /// Returns the waits between tries: those of the record's schedule, each at least as long as a wait that was set.
    /// If the record has no schedule, a wait that was set is the only one. There are none if the same request cannot
    /// succeed [without a change](Retry::is_worthwhile).
    ///
    /// ```
    /// use std::time::Duration;
    /// use mcp_error_codes::{McpError, filesystem, hyper_bun};
    ///
    /// let unavailable = McpError::new(hyper_bun::SERVER_UNAVAILABLE);
    /// let seconds: Vec<u64> = unavailable.retry_delays().map(|wait| wait.as_secs()).collect();
    /// assert_eq!(seconds, [1, 2]);
    ///
    /// let delayed = unavailable.with_retry_after(Duration::from_secs(5));
    /// assert_eq!(delayed.retry_delays().next(), Some(Duration::from_secs(5)));
    ///
    /// assert_eq!(McpError::new(filesystem::SYMLINK_ESCAPE).retry_delays().count(), 0);
    /// ```
    pub fn retry_delays(&self) -> impl Iterator<Item = Duration> + use<> {
        let own = self.own_retry_after();
        let rest = self.record.retry.delays().skip(usize::from(own.is_some()));
        let first = own.filter(|_| self.retry_after_tries(1).is_some());
        first.into_iter().chain(rest.map(move |wait| own.map_or(wait, |own| wait.max(own))))
    }

    /// Returns how long to wait after this many failed tries of a request, the last of which failed with this error, or
    /// `None` if another try is not advised. 0 counts as 1.
    ///
    /// Use it in a loop in which each try returns a new error: a wait that was set replaces the wait of the record's
    /// schedule, but the schedule still limits the number of tries. If the schedule has no limit, only the server ends
    /// the loop, so set a limit in the caller too.
    ///
    /// ```
    /// use std::time::Duration;
    /// use mcp_error_codes::{McpError, filesystem, hyper_bun};
    ///
    /// let unavailable = McpError::new(hyper_bun::SERVER_UNAVAILABLE);
    /// assert_eq!(unavailable.retry_after_tries(2), Some(Duration::from_secs(2)));
    /// assert_eq!(unavailable.retry_after_tries(3), None);
    ///
    /// let delayed = unavailable.with_retry_after(Duration::from_millis(50));
    /// assert_eq!(delayed.retry_after_tries(2), Some(Duration::from_millis(50)));
    /// assert_eq!(delayed.retry_after_tries(3), None);
    ///
    /// assert_eq!(McpError::new(filesystem::SYMLINK_ESCAPE).retry_after_tries(1), None);
    /// ```
    #[must_use]
    pub fn retry_after_tries(&self, tries: u32) -> Option<Duration> {
        let (retry, tries) = (self.record.retry, tries.max(1));
        match self.own_retry_after() {
            Some(own) => {
                let is_allowed = retry.attempts.is_none_or(|attempts| tries < attempts);
                (is_allowed && self.retry().is_worthwhile()).then_some(own)
            }
            None => retry.delays().nth(usize::try_from(tries - 1).unwrap_or(usize::MAX)),
        }
    }

    /// Returns the error as a peer receives it, as every form writes it. A code that is only for recognition, such as
    /// that of a failure on the reader's own side, is replaced by the preferred code of its kind, and the original
    /// error becomes the source.
    ///
    /// ```
    /// use mcp_error_codes::{Kind, McpError, filesystem, sdk};
    ///
    /// let error = McpError::new(filesystem::DISK_FULL);
    /// assert!(error.as_sent().is(filesystem::DISK_FULL));
    /// let timeout = McpError::new(sdk::REQUEST_TIMEOUT);
    /// assert_eq!(timeout.as_sent().system_name(), "hyper-bun");
    /// assert_eq!(timeout.as_sent().kind(), Kind::Timeout);
    /// ```
    #[must_use]
    pub fn as_sent(&self) -> Cow<'_, Self> {
        // Every code that is sent has its JSON, except in a handwritten registry.
        if self.record.__json().is_some() || self.record.is_sent() {
            return Cow::Borrowed(self);
        }
        let kind = self.kind();
        let message = self.message().into_owned();
        let mut sent = self.clone().recoded(Self::of_kind(kind).record, kind);
        let more = sent.more_mut();
        (more.message, more.received) = (Some(message.into()), None);
        Cow::Owned(sent.with_source(self.clone()))
    }

    // Setters.

    /// Sets the message. Braces in it have no meaning. Secrets in it are redacted.
    ///
    /// A stack trace in it becomes internal context under the name `stack`; if that is taken by another trace, a number
    /// is appended. If the text is nothing but a stack trace, the message does not change.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// let error = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_message("boom\n    at run (tool.js:1:2)");
    /// assert_eq!(error.message(), "boom");
    /// assert_eq!(error.internal().next(), Some(("stack", &"at run (tool.js:1:2)".into())));
    /// ```
    pub fn with_message(mut self, message: impl Into<Cow<'static, str>>) -> Self {
        let mut message = message.into();
        if redact::find_stack_trace(&message).is_some() {
            message = Cow::Owned(self.take_stack_trace("stack", message.into_owned()));
            if message.is_empty() {
                return self;
            }
        }
        let message = self.redactor().kept_text(message);
        self.more_mut().message = Some(message);
        self
    }

    /// Prefixes the message with the operation that failed: `read the calendar: ...`.
    ///
    /// ```
    /// use mcp_error_codes::McpError;
    ///
    /// let error = McpError::from_upstream_status(403).ok_or("a failure")?.with_operation("delete the event");
    /// assert_eq!(error.message(), "delete the event: the service behind this tool refused the request (status 403)");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn with_operation(self, operation: impl fmt::Display) -> Self {
        let message = format!("{operation}: {}", self.message());
        self.with_message(message)
    }

    /// Sets the maximum number of characters in each string of this error, instead of 1,000 or the limit from
    /// [`setup`](crate::setup::Setup::redactor). It applies to strings that are set afterwards.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, filesystem};
    ///
    /// let error = McpError::new(filesystem::DISK_FULL).with_text_limit(5_000).with_message("x".repeat(2_000));
    /// assert_eq!(error.message().len(), 2_000);
    /// ```
    pub fn with_text_limit(mut self, characters: usize) -> Self {
        self.more_mut().text_limit = Some(characters);
        self
    }

    /// Sets the hint for the caller in every form, instead of the record's. Secrets in it are redacted, and a stack trace becomes
    /// internal context, as in [`with_message`](Self::with_message). If the hint is empty, the text of a tool result has no hint line.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, filesystem};
    ///
    /// let error = McpError::new(filesystem::DISK_FULL).with_hint("Write less than 1 MiB.");
    /// assert!(error.tool_text().ends_with("\nHint: Write less than 1 MiB."));
    /// ```
    pub fn with_hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        let mut hint = hint.into();
        if redact::find_stack_trace(&hint).is_some() {
            hint = Cow::Owned(self.take_stack_trace("stack", hint.into_owned()));
            if hint.is_empty() {
                return self;
            }
        }
        let hint = self.redactor().kept_text(hint);
        self.more_mut().hint = Some(hint);
        self
    }

    /// Adds a detail, which the peer receives and which fills the placeholder with the same name. An existing detail
    /// with this name is replaced.
    ///
    /// A secret is redacted, by its name or by its shape. A stack trace becomes internal context; one nested inside the
    /// value is dropped. A value that cannot be serialised becomes a string that says so.
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
    pub fn with_detail(self, name: impl Into<Cow<'static, str>>, value: impl Serialize) -> Self {
        self.with_value(name.into(), to_value(value))
    }

    /// Adds a detail whose name the author trusts: it is not redacted by its name, and a stack trace stays.
    ///
    /// A value with the shape of a secret is still redacted.
    pub fn with_trusted_detail(mut self, name: impl Into<Cow<'static, str>>, value: impl Serialize) -> Self {
        self.set_detail(name.into(), to_value(value), Keys::Trusted);
        self
    }

    /// Adds context for logs, which no peer receives. Secrets in it are redacted too.
    pub fn with_internal(mut self, name: impl Into<Cow<'static, str>>, value: impl Serialize) -> Self {
        let redactor = self.redactor();
        self.more_mut().internal.add(&redactor, name.into(), to_value(value), Keys::Judged);
        self
    }

    /// Adds one of several failures that this error reports. The forms write its public part to the list
    /// `details.errors`, after the items of a detail with that name.
    ///
    /// Failures can have failures of their own. If the record object of a failure is nested deeper than 96 levels, which
    /// is a chain of about 30 failures, its failures are added beside it instead, so no failure is lost and every form
    /// can be read.
    ///
    /// ```
    /// use mcp_error_codes::filesystem;
    ///
    /// let error = filesystem::batch_operation_failed("1 of 2 operations failed")
    ///     .with_failure(filesystem::file_not_found("a.txt"));
    /// assert!(error.failures()[0].is(filesystem::FILE_NOT_FOUND));
    ///
    /// let json = serde_json::to_value(error.json_rpc_error())?;
    /// assert_eq!(json["data"]["details"]["errors"][0]["code"], "FS-001");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn with_failure(mut self, mut failure: Self) -> Self {
        // Without failures, a failure is never too deep, because redaction limits the depth of details.
        let is_too_deep = failure.depth() > MAX_FAILURE_DEPTH;
        let (mut failures, depth) = match &mut failure.more {
            Some(more) if is_too_deep => (take(&mut more.failures), take(&mut more.failures_depth)),
            _ => (Vec::new(), 0),
        };
        let depth = depth.max(failure.depth());
        failures.insert(0, failure);
        let more = self.more_mut();
        more.failures_at = more.details.len();
        more.failures_depth = more.failures_depth.max(depth);
        more.failures.append(&mut failures);
        self
    }

    /// Sets the source of the error, for logs only: [`source`](Error::source) returns it, `Debug` prints it, and no
    /// peer receives it.
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.more_mut().source = Some(Arc::from(source.into()));
        self
    }

    /// Sets how long the peer should wait before it tries again, instead of the record's schedule.
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.more_mut().retry_after = Some(wait);
        self
    }

    /// Sets how long to wait from the text of a `Retry-After` header (RFC 9110, section 10.2.3), as
    /// [`with_retry_after`](Self::with_retry_after) does: whole seconds, or an HTTP date.
    ///
    /// A date in the past is a wait of zero. Any other text changes nothing.
    ///
    /// ```
    /// use std::time::Duration;
    /// use mcp_error_codes::{McpError, filesystem};
    ///
    /// let limited = McpError::new(filesystem::RATE_LIMIT_EXCEEDED);
    /// assert_eq!(limited.clone().with_retry_after_header("30").retry_after(), Some(Duration::from_secs(30)));
    /// let past = limited.clone().with_retry_after_header("Sun, 06 Nov 1994 08:49:37 GMT");
    /// assert_eq!(past.retry_after(), Some(Duration::ZERO));
    /// assert_eq!(limited.with_retry_after_header("soon").retry_after(), None);
    /// ```
    pub fn with_retry_after_header(self, text: &str) -> Self {
        match retry_after::parse(text) {
            Some(wait) => self.with_retry_after(wait),
            None => self,
        }
    }

    /// Sets the id that links what the peer sees to the log. A secret in it is redacted.
    pub fn with_error_id(mut self, id: impl Into<Cow<'static, str>>) -> Self {
        let id = self.redactor().kept_text(id.into());
        self.more_mut().error_id = Some(id);
        self
    }

    /// Sets a new error id.
    ///
    /// It is the time in milliseconds and 64 random bits, both as hexadecimal digits, so ids sort by time. It is not a
    /// secret, and it is not meant to be hard to guess.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// let error = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_fresh_error_id();
    /// let other = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_fresh_error_id();
    /// assert_eq!(error.error_id().map(str::len), Some(29));
    /// assert_ne!(error.error_id(), other.error_id());
    /// ```
    pub fn with_fresh_error_id(self) -> Self {
        self.with_error_id(error_id::fresh())
    }

    /// Sets where MCP carries the error, instead of the record's default.
    pub fn with_surface(mut self, surface: Surface) -> Self {
        self.more_mut().surface = Some(surface);
        self
    }

    /// Replaces the code with the program's own code for its [`kind`](Self::kind), if [`setup`](crate::setup) or a
    /// registry added there names one. Everything else stays.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// let error = McpError::new(hyper_bun::TOOL_NOT_FOUND).with_detail("requestedTool", "x").in_own_code();
    /// assert!(error.is(hyper_bun::TOOL_NOT_FOUND), "this program has no code of its own");
    /// ```
    pub fn in_own_code(self) -> Self {
        let kind = self.kind();
        match in_effect::preferred(kind) {
            Some(record) => self.recoded(record, kind),
            None => self,
        }
    }

    // Used by generated constructors and by the readers of the forms.

    #[doc(hidden)]
    pub fn __scenario(mut self, at: u16) -> Self {
        self.more_mut().scenario = Some(at);
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
    pub fn __boolean(mut self, name: &'static str, value: bool) -> Self {
        self.set_param(name, Value::Bool(value));
        self
    }

    /// A whole number stays whole. A number that JSON does not support is kept as text.
    #[doc(hidden)]
    pub fn __number(mut self, name: &'static str, value: impl Into<f64>) -> Self {
        self.set_param(name, number(value.into()));
        self
    }

    #[doc(hidden)]
    pub fn __list(mut self, name: &'static str, values: impl IntoIterator<Item = impl fmt::Display>) -> Self {
        let values = values.into_iter().map(|value| Value::String(value.to_string())).collect();
        self.set_param(name, Value::Array(values));
        self
    }

    // Telemetry.

    /// Returns which telemetry has already recorded the error.
    #[must_use]
    pub fn recorded(&self) -> Recorded {
        self.more.as_ref().map_or_else(Recorded::default, |more| more.recorded)
    }

    /// Sets which telemetry has already recorded the error.
    pub fn set_recorded(&mut self, recorded: Recorded) {
        if self.recorded() != recorded {
            self.more_mut().recorded = recorded;
        }
    }

    // Used by other modules.

    /// Returns the source of the message.
    pub(crate) fn wording(&self) -> Wording<'_> {
        match self.more() {
            Some(More { message: Some(message), .. }) => Wording::Text(message),
            Some(more) => Wording::of(self.record, self.brief_scenario(), &more.details),
            None => Wording::Text(self.record.__bare_message()),
        }
    }

    /// Returns the scenario without its prose, if it is one of this crate's.
    pub(crate) fn brief_scenario(&self) -> Option<&'static Scenario> {
        let at = self.more.as_ref()?.scenario?;
        self.record.scenarios.get(usize::from(at))
    }

    pub(crate) fn more(&self) -> Option<&More> {
        self.more.as_deref()
    }

    /// Sets the surface of a failure that is part of a tool's work.
    pub(crate) fn on_tool_surface(self) -> Self {
        if self.surface() == Surface::Tool { self } else { self.with_surface(Surface::Tool) }
    }

    /// Returns whether the kind is that of the code.
    #[inline]
    pub(crate) fn has_kind_of_code(&self) -> bool {
        self.more.as_ref().is_none_or(|more| more.kind.is_none() && self.own_kind() == self.record.kind)
    }

    /// Sets the word of the kind, unless it is already that of the record or the scenario.
    pub(crate) fn with_kind_word(mut self, word: Cow<'static, str>) -> Self {
        if word != self.kind_text() {
            self.more_mut().kind = Some(redact::kept_text(word));
        }
        self
    }

    /// Replaces the code and keeps everything else, except for a message that is only the title of the old code.
    pub(crate) fn recoded(mut self, record: &'static Record, kind: Kind) -> Self {
        if is_same_code(self.record, record) {
            return self;
        }
        let message = match self.message() {
            message if message == self.record.title => None,
            message => Some(Cow::Owned(message.into_owned())),
        };
        let surface = Some(self.surface()).filter(|surface| *surface != Surface::Local);
        let mut other = Self { more: self.more.take(), ..Self::from_record(record) };
        if let Some(more) = &mut other.more {
            (more.message, more.scenario, more.kind, more.surface) = (message, None, None, None);
        } else if message.is_some() {
            other.more_mut().message = message;
        }
        match surface.filter(|surface| *surface != other.record.surface) {
            Some(surface) => other.with_surface(surface),
            None => other,
        }
        .with_kind_word(kind.as_str().into())
    }

    /// Returns whether the error contains nothing but its code.
    pub(crate) const fn is_bare(&self) -> bool {
        self.more.is_none()
    }

    /// Returns the nesting depth of the error's record object.
    pub(crate) fn depth(&self) -> usize {
        let details = self.details().map(|(_, value)| depth(value)).max().unwrap_or(0);
        let failures = self.more.as_ref().filter(|more| !more.failures.is_empty());
        // Adds the levels of the object and its details, and of the list of failures.
        2 + details.max(failures.map_or(0, |more| 1 + more.failures_depth))
    }

    /// Returns the hint that was set.
    pub(crate) fn own_hint(&self) -> Option<&str> {
        self.more.as_ref()?.hint.as_deref()
    }

    /// Returns the wait that was set.
    pub(crate) fn own_retry_after(&self) -> Option<Duration> {
        self.more.as_ref()?.retry_after
    }

    pub(crate) fn received(&self) -> Option<&Received> {
        self.more.as_ref()?.received.as_ref()
    }

    pub(crate) fn with_received(mut self, received: Received) -> Self {
        self.more_mut().received = Some(received.clean(redactor()));
        self
    }

    /// Moves the failures to another position among the details.
    pub(crate) fn with_failures_at(mut self, at: usize) -> Self {
        self.more_mut().failures_at = at;
        self
    }

    // Private methods.

    /// Returns the kind of the scenario, else that of the record.
    fn own_kind(&self) -> Kind {
        self.brief_scenario().and_then(|case| case.kind).unwrap_or(self.record.kind)
    }

    /// Sets the detail of a placeholder, whose name is the registry's own.
    fn set_param(&mut self, name: &'static str, value: Value) {
        let value = self.without_stack_traces(name, value);
        let value = self.redactor().value(name, value, self.keys_of(name));
        self.more_mut().details.set(Cow::Borrowed(name), value);
    }

    /// Returns whether a detail is redacted by its name: the registry can mark a parameter's name as harmless.
    fn keys_of(&self, name: &str) -> Keys {
        let scenarios = self.record.scenarios.iter().flat_map(|case| case.params);
        let mut params = self.record.params.iter().chain(scenarios);
        if params.any(|param| param.harmless && param.name == name) { Keys::Trusted } else { Keys::Judged }
    }

    /// Adds a detail as [`with_detail`](Self::with_detail) does. A stack trace becomes internal context.
    pub(crate) fn with_value(mut self, name: Cow<'static, str>, value: Value) -> Self {
        if redact::names_stack_trace(&name) {
            self.add_stack_trace(name, value, Keys::Judged);
            return self;
        }
        let value = self.without_stack_traces(&name, value);
        let keys = self.keys_of(&name);
        self.set_detail(name, value, keys);
        self
    }

    /// Moves the stack trace of a string to the internal context, and drops those within another value.
    fn without_stack_traces(&mut self, name: &str, mut value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.take_stack_trace(name, text)),
            _ => {
                redact::drop_stack_traces(&mut value);
                value
            }
        }
    }

    /// Moves a stack trace out of a string to the internal context.
    fn take_stack_trace(&mut self, name: &str, mut text: String) -> String {
        if let Some(at) = redact::find_stack_trace(&text) {
            let stack = Value::String(text[at..].trim_start().to_owned());
            self.add_stack_trace(name.to_owned().into(), stack, Keys::Trusted);
            text.truncate(at);
        }
        text
    }

    /// Adds a stack trace to the internal context, beside the traces and the other context that it already contains.
    fn add_stack_trace(&mut self, name: Cow<'static, str>, stack: Value, keys: Keys) {
        let redactor = self.redactor();
        let stack = redactor.value(&name, stack, keys);
        let shown = redactor.kept_text(name);
        let internal = &mut self.more_mut().internal;
        if internal.get(&shown) != Some(&stack) {
            internal.set_beside(shown, stack);
        }
    }

    fn set_detail(&mut self, name: Cow<'static, str>, value: Value, keys: Keys) {
        let redactor = self.redactor();
        self.more_mut().details.add(&redactor, name, value, keys);
    }

    /// Returns the redactor for the strings and values of this error.
    pub(crate) fn redactor(&self) -> Cow<'static, Redactor> {
        match self.more.as_ref().and_then(|more| more.text_limit) {
            Some(limit) => Cow::Owned(redactor().clone().with_limit(limit)),
            None => Cow::Borrowed(redactor()),
        }
    }

    fn more_mut(&mut self) -> &mut More {
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

/// Drops everything but the code. It is not inlined, because programs drop errors in many places, and the inlined code
/// would make up most of a small server.
#[inline(never)]
fn drop_more(more: Box<More>) {
    drop(more);
}

/// The maximum nesting depth of the record object of a failure. With the objects and lists around it in any form, it is less
/// than the depth that JSON readers accept, and it limits the recursion of `Drop`, `Clone` and `Debug`.
const MAX_FAILURE_DEPTH: usize = 96;

/// The maximum number of sources that are shown, because an error may be its own source.
const MAX_SOURCES: usize = 32;
