//! Times as logs and options write them. A time without an offset is UTC.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, SpanRelativeTo, Timestamp};

/// Milliseconds since 1970-01-01 00:00 UTC, as the store and the documented queries count them.
pub(crate) type Millis = i64;

/// Reads an RFC 3339 time, a time without an offset, or a date.
pub(crate) fn parse(text: &str) -> Option<Millis> {
    let text = text.trim();
    if !text.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    let local = |time: DateTime| TimeZone::UTC.to_timestamp(time).ok();
    let time = text.parse::<Timestamp>().ok();
    let time = time.or_else(|| local(text.parse::<DateTime>().ok()?));
    Some(time.or_else(|| local(text.parse::<Date>().ok()?.into()))?.as_millisecond())
}

/// Reads a member of a JSON entry: a text as [`parse`] does, or a number of seconds, milliseconds, microseconds or nanoseconds.
pub(crate) fn parse_json(value: &serde_json::Value) -> Option<Millis> {
    match value {
        serde_json::Value::String(text) => parse(text),
        serde_json::Value::Number(number) => from_number(number.as_f64()?),
        _ => None,
    }
}

/// Reads a cell of a table: a time as [`parse`] does, or a number as [`parse_json`] does.
pub(crate) fn parse_cell(text: &str) -> Option<Millis> {
    text.trim().parse().ok().and_then(from_number).or_else(|| parse(text))
}

/// Reads the argument of an option.
pub(crate) fn parse_argument(text: &str) -> Result<Millis, String> {
    parse(text).ok_or_else(|| "expected a time such as 2025-01-15T14:23:45Z, or a date".to_owned())
}

/// Tells the unit of a number by its size, which is clear for the years from 1973 to 5138.
fn from_number(number: f64) -> Option<Millis> {
    let millis = match number.abs() {
        ..1e8 => return None,
        ..1e11 => number * 1e3,
        ..1e14 => number,
        ..1e17 => number / 1e3,
        _ => number / 1e6,
    };
    Some(Timestamp::from_millisecond(millis.round() as i64).ok()?.as_millisecond())
}

/// Writes a time as RFC 3339, in UTC, to the millisecond.
pub(crate) fn rfc_3339(time: Millis) -> String {
    strftime(time, "%Y-%m-%dT%H:%M:%S%.3fZ")
}

/// Writes a time as the first column of a table shows it.
pub(crate) fn short(time: Millis) -> String {
    strftime(time, "%Y-%m-%d %H:%M:%S")
}

fn strftime(time: Millis, format: &str) -> String {
    Timestamp::from_millisecond(time).map(|time| time.strftime(format).to_string()).unwrap_or_default()
}

/// Returns the present time.
pub(crate) fn now() -> Millis {
    Timestamp::now().as_millisecond()
}

/// A length of time: `15m`, `1h 30m`, `2d`, `5s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Length(pub(crate) Millis);

impl Length {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let span = text.trim().parse::<Span>().ok();
        let days_have_24_hours = SpanRelativeTo::days_are_24_hours();
        let length = span.and_then(|span| span.to_duration(days_have_24_hours).ok());
        let millis = length.map(|length| length.as_millis()).and_then(|millis| i64::try_from(millis).ok());
        millis
            .filter(|millis| *millis > 0)
            .map(Self)
            .ok_or_else(|| "expected a length of time such as 15m, 1h or 30d".to_owned())
    }
}

/// A moment: `15m` (that long ago; a minus sign in front is allowed), or a time or date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    Ago(Length),
    At(Millis),
}

impl Moment {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if let Some(time) = parse(text) {
            return Ok(Self::At(time));
        }
        let length = text.trim().strip_prefix('-').unwrap_or(text);
        let expected =
            |_| "expected a length of time such as 15m, 1h or 30d, or a time such as 2025-01-15T14:23:45Z".to_owned();
        Length::parse(length).map(Self::Ago).map_err(expected)
    }

    pub(crate) fn before(self, now: Millis) -> Millis {
        match self {
            Self::Ago(Length(length)) => now.saturating_sub(length),
            Self::At(time) => time,
        }
    }
}
