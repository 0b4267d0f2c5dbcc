use serde_json::Value;

use crate::codes::find::{Contested, own_word};
use crate::codes::registries::registries;
use crate::matching::known::Known;
use crate::wire::decode_error::DecodeError;
use crate::wire::input::Input;
use crate::{McpError, Record, in_system};

/// Reads a form from an input that has its shape.
pub(crate) type Read = fn(Input<'_>, Reader<'_>) -> McpError;

/// The context in which a form is read: what is known about the peer, and the function that reads forms inside the
/// form.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) system: Option<&'a str>,
    pub(crate) http_status: Option<u16>,
    /// Finds the reader for an input.
    reading: fn(&Input<'_>) -> Option<Read>,
    /// The number of enclosing JSON strings.
    depth: usize,
}

/// The maximum nesting depth of JSON in JSON strings.
pub(crate) const MAX_DEPTH: usize = 16;

impl<'a> Reader<'a> {
    #[inline]
    pub(crate) const fn new(
        system: Option<&'a str>,
        http_status: Option<u16>,
        reading: fn(&Input<'_>) -> Option<Read>,
    ) -> Self {
        Self { system, http_status, reading, depth: 0 }
    }

    /// Reads an error from JSON or from text.
    #[inline]
    pub(crate) fn read_bytes(self, bytes: &[u8]) -> Result<McpError, DecodeError> {
        match serde_json::from_slice(bytes) {
            Ok(value) => self.read_value(value),
            Err(source) => {
                let text = String::from_utf8_lossy(bytes);
                self.read(Input::Text(&text)).map_err(|_| DecodeError::json(&text, source))
            }
        }
    }

    /// Reads an error from parsed JSON.
    #[inline]
    pub(crate) fn read_value(self, value: Value) -> Result<McpError, DecodeError> {
        match value {
            Value::Object(object) => self
                .read(Input::from(object))
                .map_err(|input| DecodeError::not_an_error(&Value::Object(input.into_object()))),
            Value::String(text) if self.depth < MAX_DEPTH => {
                self.deeper().read_bytes(text.as_bytes()).map_err(|_| DecodeError::not_an_error(&Value::String(text)))
            }
            other => Err(DecodeError::not_an_error(&other)),
        }
    }

    /// Reads an error from an input. Returns the input if it does not have the shape of any form.
    #[inline]
    pub(crate) fn read<'i>(self, input: Input<'i>) -> Result<McpError, Input<'i>> {
        match (self.reading)(&input) {
            Some(read) => Ok(read(input, self)),
            None => Err(input),
        }
    }

    /// Reads the error of a JSON object in a string, such as `Error POSTing to endpoint (HTTP 404): {"jsonrpc":...}`,
    /// if its code is known.
    #[inline]
    pub(crate) fn read_within(self, text: &str) -> Option<McpError> {
        let start = text.find('{').filter(|_| self.depth < MAX_DEPTH)?;
        let object = serde_json::from_str(text[start..].trim_end()).ok()?;
        let error = self.deeper().read_value(Value::Object(object)).ok().filter(McpError::is_known)?;
        Some(match text[..start].trim() {
            "" => error,
            around => error.with_internal("wrappedIn", around.to_owned()),
        })
    }

    /// Finds a record by the exact text of its code or of an alias: in the peer's system if that is known, else in any
    /// registry. A plain word means the code of the program's own registry that contains it.
    #[inline]
    pub(crate) fn lookup(self, code: &str) -> Option<&'static Record> {
        let of_system = self.system.and_then(|system| in_system(system).lookup(code));
        let of_registry = || match own_word(code) {
            Ok(record) => record.or_else(|| registries().find_map(|registry| registry.lookup(code))),
            Err(Contested) => None,
        };
        of_system.or_else(of_registry).or_else(|| Known::get().alias(code, self.system))
    }

    #[inline]
    const fn deeper(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }
}
