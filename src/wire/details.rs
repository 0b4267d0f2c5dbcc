use mcp_error_codes_core::json_string::quoted;
use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use crate::McpError;
use crate::error::details::{MAX_DEPTH, not_serialisable, too_deep};
use crate::wire::record_object::RecordObject;
use crate::wire::render::write_value;

/// The details of an error as its peer receives them: the details, and the failures as the list `errors`.
///
/// It serialises to an object. The failures, as record objects, take the position at which the last of them was added.
/// If there is also a detail named `errors`, its items come first in the list.
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

    pub(crate) fn iter(self) -> impl Iterator<Item = (&'a str, Detail<'a>)> {
        let failures = self.error.failures();
        let at = self.error.more().map_or(0, |more| more.failures_at);
        let own = self.error.detail(ERRORS);
        let before = own.map_or(&[][..], |own| own.as_array().map_or(std::slice::from_ref(own), Vec::as_slice));
        let errors = (!failures.is_empty()).then_some((ERRORS, Detail::Errors { before, failures }));
        let details = move || self.error.details().filter(move |(name, _)| errors.is_none() || *name != ERRORS);
        // A detail named `errors` is merged with the failures, so it is not counted.
        let own_at = self.error.details().take(at).filter(|(name, _)| *name == ERRORS).count();
        let at = at - own_at;
        let one = |(name, value)| (name, Detail::One(value));
        details().take(at).map(one).chain(errors).chain(details().skip(at).map(one))
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
                    match failure.depth() > MAX_DEPTH {
                        true => list.serialize_element(&not_serialisable(too_deep()))?,
                        // Written as a value, so its members have the same order as those of every other detail.
                        false => {
                            let object = serde_json::to_value(RecordObject::new(failure)).map_err(S::Error::custom)?;
                            list.serialize_element(&object)?;
                        }
                    }
                }
                list.end()
            }
        }
    }
}
