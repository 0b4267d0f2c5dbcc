//! The members of an object in a log.

use serde_json::{Map, Value};

use crate::logs::time::{self, Millis};

/// Takes the time of an entry.
pub(crate) fn take_time(members: &mut Map<String, Value>) -> Option<Millis> {
    ["timestamp", "time", "@timestamp", "ts"].into_iter().find_map(|name| {
        let time = time::parse_json(members.get(name)?)?;
        members.remove(name);
        Some(time)
    })
}

/// Takes the first of the members that has a value of the type.
pub(crate) fn take<T>(
    members: &mut Map<String, Value>,
    names: &[&str],
    read: impl Fn(&Value) -> Option<T>,
) -> Option<T> {
    names.iter().find_map(|name| {
        let value = read(members.get(*name)?)?;
        members.remove(*name);
        Some(value)
    })
}

/// Returns a value as a text, or `None` if it is null.
pub(crate) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Null => None,
        other => Some(other.to_string()),
    }
}
