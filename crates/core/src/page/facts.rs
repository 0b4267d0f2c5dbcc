use core::fmt;

use crate::{Alert, Category, Fact, Family, JsonRpcNumber, Kind, Record, Retry, RetryClass, Severity, Surface, System};

/// A fact of a record, with its name.
///
/// `Display` prints `HTTP status: 404 (stated)`.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct FactLine<'a> {
    /// The name of the fact.
    pub name: &'static str,
    /// The value.
    pub value: Value<'a>,
    /// Whether the source document states the fact; `false` if it is this registry's judgement. `None` if neither applies.
    pub is_stated: Option<bool>,
}

/// The value of a fact.
///
/// `Display` prints it in the words of the registry.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Value<'a> {
    /// The system and the family.
    System(&'a System, &'a Family),
    /// The name of the code.
    Name(&'a str),
    /// The kind.
    Kind(Kind),
    /// An HTTP status.
    HttpStatus(u16),
    /// The severity.
    Severity(Severity),
    /// The category.
    Category(Category),
    /// Yes or no.
    Flag(bool),
    /// The retry advice.
    Retry(Retry),
    /// The default surface.
    Surface(Surface),
    /// Who is alerted, and when.
    Alert(Alert),
    /// A JSON-RPC number, with the protocol versions in which it is used.
    Number(JsonRpcNumber),
    /// A small number.
    Integer(u8),
    /// HTTP statuses, the default first.
    HttpStatuses(&'a [u16]),
    /// Retry classes, the default first.
    RetryClasses(&'a [RetryClass]),
    /// Codes or spellings of codes.
    Codes(&'a [&'a str]),
    /// A version.
    Version(&'a str),
}

/// Returns the facts of a record in the order of the page.
#[inline]
pub(super) fn facts(record: &Record) -> impl Iterator<Item = FactLine<'_>> + Clone {
    let plain = |name, value| Some(FactLine { name, value, is_stated: None });
    let has_judgements = record.has_judgements();
    let sourced = |name, value, fact| {
        let is_stated = has_judgements.then(|| record.states(fact));
        Some(FactLine { name, value, is_stated })
    };
    let codes = |name, codes: &'static [&'static str]| (!codes.is_empty()).then_some(plain(name, Value::Codes(codes))?);
    let head = [
        plain("System", Value::System(record.system, record.family)),
        plain("Name", Value::Name(record.name)),
        plain("Kind", Value::Kind(record.kind)),
        sourced("HTTP status", Value::HttpStatus(record.http_status), Fact::HttpStatus),
        sourced("Severity", Value::Severity(record.severity), Fact::Severity),
        sourced("Category", Value::Category(record.category), Fact::Category),
        sourced("Recoverable", Value::Flag(record.recoverable), Fact::Recoverable),
        sourced("Retry", Value::Retry(record.retry), Fact::Retry),
        plain("Surface", Value::Surface(record.surface)),
    ];
    let tail = [
        record.security_layer.and_then(|layer| plain("Security layer", Value::Integer(layer))),
        codes("Also written", record.aliases),
        codes("Shared with", record.shares_with),
        record.alert.and_then(|alert| plain("Alert", Value::Alert(alert))),
        Some(record.since).filter(|since| !since.is_empty()).and_then(|since| plain("Since", Value::Version(since))),
        record.deprecated_since.and_then(|version| plain("Deprecated since", Value::Version(version))),
    ];
    let numbers = record.json_rpc.iter().map(move |number| plain("JSON-RPC number", Value::Number(*number)));
    head.into_iter().chain(numbers).chain(tail).flatten()
}

impl Record {
    /// Returns whether the page says which facts the document states. Your own registry is its own source document: it states every
    /// fact unless it says otherwise.
    #[inline]
    pub(super) fn has_judgements(&self) -> bool {
        !self.__is_of_own_registry() || self.stated.len() < Fact::ALL.len()
    }
}

/// Returns the facts of a kind in the order of its page.
#[inline]
pub(super) fn facts_of_kind<'a>(kind: Kind) -> impl Iterator<Item = FactLine<'a>> + Clone {
    let plain = |name, value| FactLine { name, value, is_stated: None };
    [
        plain("Who can act", Value::Name(kind.actor())),
        plain("HTTP status", Value::HttpStatuses(kind.http_statuses())),
        plain("Retry", Value::RetryClasses(kind.retry_classes())),
        plain("Severity", Value::Severity(kind.severity())),
        plain("Category", Value::Category(kind.category())),
        plain("Recoverable", Value::Flag(kind.is_recoverable())),
        plain("Surface", Value::Surface(kind.surface())),
    ]
    .into_iter()
}

impl fmt::Display for FactLine<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.value)?;
        match self.is_stated {
            Some(true) => f.write_str(" (stated)"),
            Some(false) => f.write_str(" (judged)"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Value<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System(system, family) => write!(f, "{system}, family {family}"),
            Self::Name(text) | Self::Version(text) => f.write_str(text),
            Self::Kind(kind) => write!(f, "{kind}"),
            Self::HttpStatus(status) => write!(f, "{status}"),
            Self::Severity(severity) => write!(f, "{severity}"),
            Self::Category(category) => write!(f, "{category}"),
            Self::Flag(true) => f.write_str("yes"),
            Self::Flag(false) => f.write_str("no"),
            Self::Retry(retry) => advice(f, *retry),
            Self::Surface(surface) => write!(f, "{surface} (default)"),
            Self::Number(number) if Versions(*number).is_every() => write!(f, "{}", number.number),
            Self::Number(number) => write!(f, "{} ({})", number.number, Versions(*number)),
            Self::Alert(alert) => routing(f, *alert),
            Self::Integer(number) => write!(f, "{number}"),
            Self::HttpStatuses(statuses) => list(f, statuses),
            Self::RetryClasses(classes) => list(f, classes),
            Self::Codes(codes) => list(f, codes),
        }
    }
}

#[inline]
fn list(f: &mut fmt::Formatter<'_>, values: &[impl fmt::Display]) -> fmt::Result {
    values.iter().enumerate().try_for_each(|(index, value)| {
        f.write_str(if index == 0 { "" } else { ", " })?;
        write!(f, "{value}")
    })
}

#[inline]
fn advice(f: &mut fmt::Formatter<'_>, retry: Retry) -> fmt::Result {
    write!(f, "{}", retry.class)?;
    if let (Some(backoff), Some(initial), Some(max)) = (retry.backoff, retry.initial_ms, retry.max_ms) {
        write!(f, ", {backoff} backoff from {initial} ms, at most {max} ms per wait")?;
    }
    match retry.attempts {
        Some(attempts) => write!(f, ", {attempts} attempts in total"),
        None => Ok(()),
    }
}

#[inline]
fn routing(f: &mut fmt::Formatter<'_>, alert: Alert) -> fmt::Result {
    f.write_str(alert.route)?;
    if let Some(threshold) = alert.threshold {
        write!(f, ", at {threshold}")?;
    }
    match alert.window {
        Some(window) => write!(f, " for {window}"),
        None => Ok(()),
    }
}

/// The protocol versions in which a JSON-RPC number is used.
///
/// `Display` prints `until protocol 2025-11-25`, and nothing for a number that is used in every version.
#[derive(Debug, Clone, Copy)]
pub struct Versions(pub JsonRpcNumber);

impl Versions {
    /// Returns whether the number is used in every version.
    #[must_use]
    #[inline]
    pub const fn is_every(&self) -> bool {
        self.0.since.is_none() && self.0.until.is_none()
    }
}

impl fmt::Display for Versions {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.since, self.0.until) {
            (None, None) => Ok(()),
            (Some(since), None) => write!(f, "from protocol {since}"),
            (None, Some(until)) => write!(f, "until protocol {until}"),
            (Some(since), Some(until)) => write!(f, "protocol {since} to {until}"),
        }
    }
}
