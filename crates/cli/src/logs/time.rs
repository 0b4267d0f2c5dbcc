//! Times in logs and options. A time without an offset is UTC.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, SpanRelativeTo, Timestamp};

/// Milliseconds since 1970-01-01 00:00 UTC, as in the store and the documented queries.
pub(crate) type Millis = i64;

/// Reads an RFC 3339 time, a time without an offset, or a date.
pub(crate) fn parse(text: &str) -> Option<Millis> {
    let text = text.trim();
    if !text.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    if let Some(time) = usual(text) {
        return Some(time);
    }
    // In logs, words follow the time. In a time, only the name of a time zone has letters, and it is in brackets.
    let is_of_word = |byte: u8| byte.is_ascii_alphabetic() && !matches!(byte, b'T' | b't' | b'Z' | b'z');
    if text.bytes().any(is_of_word) && !text.contains('[') {
        return None;
    }
    let local = |time: DateTime| TimeZone::UTC.to_timestamp(time).ok();
    let time = text.parse::<Timestamp>().ok();
    let time = time.or_else(|| local(text.parse::<DateTime>().ok()?));
    Some(time.or_else(|| local(text.parse::<Date>().ok()?.into()))?.as_millisecond())
}

/// Reads the two usual ways to write a time in UTC: `2025-01-15 14:23:45.123` and `2025-01-15T14:23:45Z`.
fn usual(text: &str) -> Option<Millis> {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| {
        bytes
            .get(from..to)?
            .iter()
            .try_fold(0, |value: i64, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))
    };
    let has = |at: usize, mark: u8| bytes.get(at) == Some(&mark);
    if !(has(4, b'-') && has(7, b'-') && (has(10, b' ') || has(10, b'T')) && has(13, b':') && has(16, b':')) {
        return None;
    }
    let (year, month, day) = (digits(0, 4)?, digits(5, 7)?, digits(8, 10)?);
    let (hour, minute, second) = (digits(11, 13)?, digits(14, 16)?, digits(17, 19)?);
    let rest = text.get(19..)?;
    let fraction = rest.strip_suffix('Z').unwrap_or(rest);
    let millis = match fraction.len() {
        0 => 0,
        4 if fraction.starts_with('.') => digits(20, 23)?,
        _ => return None,
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days_of_month = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    // A leap second is left to the parser that supports it.
    if !(1..=days_of_month).contains(&day) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    // Years that begin in March have their leap day at the end.
    let (march_year, march_month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = march_year * 365 + march_year.div_euclid(4) - march_year.div_euclid(100)
        + march_year.div_euclid(400)
        + (153 * march_month + 2) / 5
        + day
        - 719_469;
    Some((((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millis)
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

/// Detects the unit of a number from its size, which is unambiguous for the years 1973 to 5138. `NaN` is not a time, and
/// neither is a number outside the range of [`Timestamp`].
fn from_number(number: f64) -> Option<Millis> {
    let millis = match number.abs() {
        size if !size.is_finite() => return None,
        ..1e8 => return None,
        ..1e11 => number * 1e3,
        ..1e14 => number,
        ..1e17 => number / 1e3,
        _ => number / 1e6,
    };
    Some(Timestamp::from_millisecond(millis.round() as i64).ok()?.as_millisecond())
}

/// Formats a time as RFC 3339, in UTC, with milliseconds.
pub(crate) fn rfc_3339(time: Millis) -> String {
    strftime(time, "%Y-%m-%dT%H:%M:%S%.3fZ")
}

/// Formats a time for the first column of a table.
pub(crate) fn short(time: Millis) -> String {
    strftime(time, "%Y-%m-%d %H:%M:%S")
}

fn strftime(time: Millis, format: &str) -> String {
    Timestamp::from_millisecond(time).map(|time| time.strftime(format).to_string()).unwrap_or_default()
}

/// Returns the current time.
pub(crate) fn now() -> Millis {
    Timestamp::now().as_millisecond()
}

/// A duration: `15m`, `1h 30m`, `2d`, `5s`.
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
            .ok_or_else(|| "expected a duration such as 15m, 1h or 30d".to_owned())
    }
}

/// A point in time: `15m` (that long ago; a minus sign in front is allowed), or a time or date.
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
            |_| "expected a duration such as 15m, 1h or 30d, or a time such as 2025-01-15T14:23:45Z".to_owned();
        Length::parse(length).map(Self::Ago).map_err(expected)
    }

    pub(crate) fn before(self, now: Millis) -> Millis {
        match self {
            Self::Ago(Length(length)) => now.saturating_sub(length),
            Self::At(time) => time,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_times_are_read_as_the_parser_of_all_times_reads_them() {
        let mut time: i64 = -62_000_000_000_000;
        while time < 250_000_000_000_000 {
            for text in [rfc_3339(time), short(time), rfc_3339(time).replace('T', " ")] {
                let zoned = if text.ends_with('Z') { text.clone() } else { format!("{text}Z") };
                let expected = zoned.parse::<Timestamp>().map(|time| time.as_millisecond()).ok();
                assert_eq!(parse(&text), expected, "{text}");
            }
            time += 86_400_000 * 13 + 7_654_321;
        }
        for text in [
            "2025-02-29 00:00:00",
            "2025-13-01T00:00:00Z",
            "2025-01-15 14:23:45 ERROR",
            "2025-01-15 24:00:00",
            "2025-01-15 1",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse("2025-01-15T14:23:45+01:00"), parse("2025-01-15 13:23:45"));
        assert_eq!(parse("2025-01-15 14:23:45.5"), parse("2025-01-15T14:23:45.500Z"));
        assert_eq!(parse("2025-01-15"), parse("2025-01-15 00:00:00"));
    }

    #[test]
    fn a_number_that_is_not_finite_or_out_of_range_is_not_a_time() {
        for cell in
            ["NaN", "nan", "-NaN", "inf", "-inf", "infinity", "+Infinity", "1e300", "-1e300", "1e400", "9e22", "-9e22"]
        {
            assert_eq!(parse_cell(cell), None, "{cell}");
        }
        assert_eq!(parse_json(&serde_json::json!(1e300)), None);
        assert_eq!(parse_cell("1736950000"), Some(1_736_950_000_000));
        assert_eq!(parse_cell("-1736950000"), Some(-1_736_950_000_000));
    }
}
