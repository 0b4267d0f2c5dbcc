use alloc::format;
use alloc::string::{String, ToString};

use crate::json_string::quoted;
use crate::record_object::{Description, JsonMembers};
use crate::{__ProtocolMessage, Record};

/// Writes the text of a [`JsonText`](crate::JsonText), the bare error of a record, and returns it with the places in it.
#[must_use]
pub fn bare_json(record: &Record) -> (String, [u32; 8]) {
    let description = Description::of(record);
    let mut out = format!(",\"error\":{{\"code\":{}", record.json_rpc_number()).into_bytes();
    let number_end = out.len();
    out.extend_from_slice(b",\"message\":");
    let message = description.message.unwrap_or_default();
    let message = __ProtocolMessage { message, after_ms: description.retry.after_ms };
    quoted(&message.to_string(), &mut out);
    out.extend_from_slice(b",\"data\":");
    let object = out.len();
    let mut members = JsonMembers::open(&mut out);
    let Ok(()) = description.write(&mut members);
    let [[message, message_end], [hint, hint_end], [retry, retry_end]] = members.places;
    members.close();
    out.extend_from_slice(b"}}");
    let places = [number_end, object, message, message_end, hint, hint_end, retry, retry_end];
    // A record is far smaller than 2^32 bytes, because its file is.
    (String::from_utf8_lossy(&out).into_owned(), places.map(|place| place as u32))
}
