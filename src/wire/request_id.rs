use std::borrow::Cow;

use serde::ser::{Serialize, Serializer};
use serde_json::Value;

/// The id of the request to which a response belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RequestId<'a> {
    /// A number.
    Number(i64),
    /// A string.
    Text(Cow<'a, str>),
    /// No id, because the request could not be read: `null` in JSON.
    Unknown,
}

impl RequestId<'static> {
    /// Reads the id of a response. Returns `None` if it is neither a number nor a string.
    pub(crate) fn of(id: &Value) -> Option<Self> {
        match id {
            Value::Number(number) => number.as_i64().map(Self::Number),
            Value::String(text) => Some(Self::Text(Cow::Owned(text.clone()))),
            _ => None,
        }
    }
}

impl Serialize for RequestId<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Unknown => serializer.serialize_unit(),
        }
    }
}

impl From<i64> for RequestId<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl<'a> From<&'a str> for RequestId<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for RequestId<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}
