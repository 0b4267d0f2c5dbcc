//! The members of the record object, including its details. Failures in the details are record objects too.

use std::fmt::Display;
use std::time::Duration;

use mcp_error_codes_core::json_string::quoted;
use mcp_error_codes_core::record_object::{Description, Members, RetryAdvice, write_occurrence};
use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use crate::McpError;
use crate::error::details::Pairs;
use crate::setup::in_effect::docs_base;
use crate::wire::render::write_value;

/// The details of an error as its peer receives them: the details, and the failures as the list `errors`.
///
/// It serialises to an object. The failures are written as record objects, at the position where the last of them was
/// added. If there is also a detail named `errors`, its items come first in the list.
///
/// ```
/// use mcp_error_codes::{filesystem, wire::Details};
///
/// let error = filesystem::batch_operation_failed("1 of 2 operations failed")
///     .with_failure(filesystem::file_not_found("a.txt"));
/// let details = serde_json::to_value(Details::new(&error).ok_or("no details")?)?;
/// assert_eq!(details["details"], "1 of 2 operations failed");
/// assert_eq!(details["errors"][0]["message"], "File not found: a.txt");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Details<'a> {
    error: &'a McpError,
}

/// The value of one detail.
#[derive(Clone, Copy)]
pub(crate) enum Detail<'a> {
    One(&'a Value),
    Errors { before: &'a [Value], failures: &'a [McpError] },
}

/// The key of the failures.
pub(crate) const ERRORS: &str = "errors";

impl<'a> Details<'a> {
    /// Returns the details of an error, or `None` if it has neither details nor failures.
    #[must_use]
    pub fn new(error: &'a McpError) -> Option<Self> {
        let more = error.more()?;
        (!more.details.is_empty() || !more.failures.is_empty()).then_some(Self { error })
    }

    pub(crate) fn iter(self) -> DetailMembers<'a> {
        let (details, failures) = (self.error.detail_pairs(), self.error.failures());
        let at = self.error.more().map_or(0, |more| more.failures_at);
        let own = self.error.detail(ERRORS);
        let before = own.map_or(&[][..], |own| own.as_array().map_or(std::slice::from_ref(own), Vec::as_slice));
        // A detail named `errors` is merged with the failures, so it is not counted.
        let own_at = details.clone().take(at).filter(|(name, _)| *name == ERRORS).count();
        DetailMembers {
            details,
            errors: (!failures.is_empty()).then_some(Detail::Errors { before, failures }),
            has_errors: !failures.is_empty(),
            before_errors: at - own_at,
        }
    }

    /// Appends the JSON to a buffer.
    pub(crate) fn write(self, out: &mut Vec<u8>) {
        let mut before = b'{';
        for (name, detail) in self.iter() {
            out.push(before);
            before = b',';
            quoted(name, out);
            out.push(b':');
            match detail {
                Detail::One(Value::String(text)) => quoted(text, out),
                other => write_value(&other, out),
            }
        }
        out.push(b'}');
    }
}

/// The members of [`Details`], in the order in which they are written.
pub(crate) struct DetailMembers<'a> {
    details: Pairs<'a>,
    /// The failures, until they are returned.
    errors: Option<Detail<'a>>,
    has_errors: bool,
    /// The number of details before the failures.
    before_errors: usize,
}

impl<'a> Iterator for DetailMembers<'a> {
    type Item = (&'a str, Detail<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.before_errors == 0
            && let Some(errors) = self.errors.take()
        {
            return Some((ERRORS, errors));
        }
        for (name, value) in self.details.by_ref() {
            if !self.has_errors || name != ERRORS {
                self.before_errors = self.before_errors.saturating_sub(1);
                return Some((name, Detail::One(value)));
            }
        }
        self.errors.take().map(|errors| (ERRORS, errors))
    }
}

impl Serialize for Details<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, detail) in self.iter() {
            map.serialize_entry(name, &detail)?;
        }
        map.end()
    }
}

impl Serialize for Detail<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(value) => value.serialize(serializer),
            Self::Errors { before, failures } => {
                let mut list = serializer.serialize_seq(Some(before.len() + failures.len()))?;
                for value in *before {
                    list.serialize_element(value)?;
                }
                for failure in *failures {
                    // Written as a value, so its members have the same order as those of every other detail.
                    let object = serde_json::to_value(Object(failure)).map_err(S::Error::custom)?;
                    list.serialize_element(&object)?;
                }
                list.end()
            }
        }
    }
}

/// The record object.
pub(crate) struct Object<'a>(pub(crate) &'a McpError);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let error = self.0.as_sent();
        let message = error.message();
        serialize_members(&error, &describe(&error, Some(&message)), &mut map)?;
        map.end()
    }
}

/// Describes the record object of an error. Problem details have neither `message` nor `ref`.
pub(crate) fn describe<'a>(error: &'a McpError, message: Option<&'a str>) -> Description<'a> {
    Description {
        record: error.brief(),
        system: error.system_name(),
        code: error.bare_code(),
        kind: error.kind_text(),
        message,
        hint: error.hint(),
        retry: advice(error),
        is_known: error.is_known(),
        docs_base: message.and_then(|_| docs_base(error.brief())),
    }
}

pub(crate) fn advice(error: &McpError) -> RetryAdvice {
    let milliseconds = |wait: Duration| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
    RetryAdvice { class: error.retry().class, after_ms: error.retry_after().map(milliseconds) }
}

/// Writes members to a serializer.
struct SerdeMembers<'a, M> {
    map: &'a mut M,
    details: Option<Details<'a>>,
}

/// Writes the members of an error's record object, starting with those of `description`.
pub(crate) fn serialize_members<M: SerializeMap>(
    error: &McpError,
    description: &Description<'_>,
    map: &mut M,
) -> Result<(), M::Error> {
    let mut members = SerdeMembers { map, details: Details::new(error) };
    description.write(&mut members)?;
    write_occurrence(error.error_id(), &mut members)
}

impl<M: SerializeMap> Members for SerdeMembers<'_, M> {
    type Error = M::Error;

    fn text(&mut self, name: &'static str, value: &str) -> Result<(), M::Error> {
        self.map.serialize_entry(name, value)
    }

    fn display(&mut self, name: &'static str, value: &dyn Display) -> Result<(), M::Error> {
        self.map.serialize_entry(name, &value.to_string())
    }

    fn flag(&mut self, name: &'static str, value: bool) -> Result<(), M::Error> {
        self.map.serialize_entry(name, &value)
    }

    fn number(&mut self, name: &'static str, value: u64) -> Result<(), M::Error> {
        self.map.serialize_entry(name, &value)
    }

    fn retry(&mut self, name: &'static str, value: RetryAdvice) -> Result<(), M::Error> {
        self.map.serialize_entry(name, &Advice(value))
    }

    fn details(&mut self, name: &'static str) -> Result<(), M::Error> {
        self.details.map_or(Ok(()), |details| self.map.serialize_entry(name, &details))
    }
}

/// The retry advice as a value.
pub(crate) struct Advice(pub(crate) RetryAdvice);

impl Serialize for Advice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.0.write(&mut SerdeMembers { map: &mut map, details: None })?;
        map.end()
    }
}
