use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::wire::limits;

/// The input from which forms are recognised and read.
pub(crate) enum Input<'a> {
    /// A JSON object.
    Object(Cow<'a, Map<String, Value>>),
    /// Text that is not JSON.
    Text(&'a str),
}

impl Input<'_> {
    /// Returns the object, or `None` if the input is text.
    #[inline]
    pub(crate) fn object(&self) -> Option<&Map<String, Value>> {
        match self {
            Self::Object(object) => Some(object),
            Self::Text(_) => None,
        }
    }

    /// Returns the object, or an empty one if the input is text.
    #[inline]
    pub(crate) fn into_object(self) -> Map<String, Value> {
        match self {
            Self::Object(object) => object.into_owned(),
            Self::Text(_) => Map::new(),
        }
    }
}

impl From<Map<String, Value>> for Input<'_> {
    /// Everything that is read passes through here, so this is where the limits are applied.
    #[inline]
    fn from(mut object: Map<String, Value>) -> Self {
        limits::bound(&mut object);
        Self::Object(Cow::Owned(object))
    }
}
