use mcp_error_codes_core::__Reference as Reference;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::McpError;
use crate::error::Received;
use crate::matching::candidate::CodePlace;
use crate::matching::rank::Parts;
use crate::setup::in_effect::docs_base;
use crate::wire::form::{Form, written};
use crate::wire::identify::identified;
use crate::wire::input::Input;
use crate::wire::members::{describe, serialize_members};
use crate::wire::read::{is_alone, received_with, take_text};
use crate::wire::reader::Reader;
use crate::wire::record_object;
use crate::wire::render::write_value;

/// Problem details as RFC 9457 defines them, with the media type `application/problem+json`.
///
/// It serialises to `type` (`about:blank`, or the address of the code if [`docs_base`](crate::Setup::docs_base) is
/// set), `title`, `status` and `detail` (the message), and then, as extension members, to those of the
/// [`RecordObject`](crate::wire::RecordObject) except `message` and `ref`. The surface is lost, because it has no
/// meaning in HTTP.
///
/// `Display` prints the JSON.
#[derive(Debug, Clone, Copy)]
pub struct Problem<'a> {
    pub(crate) error: &'a McpError,
}

impl<'a> Problem<'a> {
    /// Returns the error.
    #[inline]
    pub const fn error(&self) -> &'a McpError {
        self.error
    }
}

impl Form for Problem<'_> {
    #[inline]
    fn is(input: &Input<'_>) -> bool {
        let Some(object) = input.object() else { return false };
        let is_text = |key: &str| object.get(key).is_some_and(Value::is_string);
        let has_status = object.get("status").is_some_and(Value::is_number);
        has_status && (is_text("title") || is_text("detail")) && is_alone(object)
    }

    #[inline]
    fn read(input: Input<'_>, reader: Reader<'_>) -> McpError {
        let mut object = input.into_object();
        if ["code", "system"].iter().all(|key| object.get(*key).is_some_and(Value::is_string)) {
            return record_object::read(object, "detail", None);
        }
        // The sender does not use this crate.
        let title = take_text(&mut object, "title");
        let message = take_text(&mut object, "detail").or(title).unwrap_or_default();
        let code = object.get("code").and_then(Value::as_str).map(str::to_owned);
        let status = object.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
        let mut data = Value::Object(object);
        let place = |code: &str| if code.contains(':') { CodePlace::FullName } else { CodePlace::Member };
        let parts = Parts {
            system: reader.system,
            code: code.as_deref().map(|code| (code, place(code))),
            message: Some(&message).filter(|message| !message.is_empty()).map(String::as_str),
            data: Some(&data),
            http_status: reader.http_status.or(status),
            is_status_given: true,
            ..Parts::default()
        };
        let (record, details) = match identified(&parts) {
            Some(found) => (Some(found.record), found.details),
            None => (None, Map::new()),
        };
        // An alias stays in the data; another code would not be this error's.
        if let Some(members) =
            data.as_object_mut().filter(|_| record.is_none_or(|own| Some(own.code) == code.as_deref()))
        {
            members.remove("code");
        }
        let unknown = |own: String| Some(own).filter(|_| record.is_none());
        let system = reader.system.map(str::to_owned).and_then(unknown);
        let received = Received { system, code: code.and_then(unknown), number: None, data: Some(data) };
        received_with(record, message, details, received)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        write_value(self, out);
    }
}

impl Serialize for Problem<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let error = self.error.as_sent();
        let record = error.brief();
        let mut map = serializer.serialize_map(None)?;
        match docs_base(record) {
            Some(docs_base) => map.serialize_entry("type", &Reference { docs_base, record }.to_string())?,
            None => map.serialize_entry("type", "about:blank")?,
        }
        map.serialize_entry("title", record.title)?;
        map.serialize_entry("status", &record.http_status)?;
        map.serialize_entry("detail", &error.message())?;
        serialize_members(&error, &describe(&error, None), &mut map)?;
        map.end()
    }
}

written!(Problem);
