//! JSON values, judged by their keys and their content.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::name::strength;
use super::opaque::{is_number, is_opaque, is_phrase, is_random};
use super::plain::is_placeholder;
use super::trace::find_stack_trace;
use super::{REDACTED, Redactor};
use mcp_error_codes_core::secret_name::{Lists, Strength, announces, is_header, names_stack_trace};

/// The maximum nesting depth. A deeper value is left out.
const MAX_DEPTH: usize = 64;

/// Whether keys are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// The value of a key that names a secret is a secret.
    Judged,
    /// Only the value itself is checked.
    Trusted,
}

fn redacted() -> Value {
    Value::String(REDACTED.to_owned())
}

impl Redactor {
    /// Returns a value that can be shown under a key.
    ///
    /// Secrets are replaced in every string in the value. If keys are judged, so is the whole value of a key that names a
    /// secret, except for `null`. Values nested deeper than 64 levels are replaced with a note. If two keys become the
    /// same after redaction, the second one gets a number.
    #[must_use]
    pub fn value(&self, key: &str, mut value: Value, keys: Keys) -> Value {
        if keys == Keys::Judged && self.is_secret(key, &value) {
            return redacted();
        }
        self.clean(&mut value, keys, 0);
        value
    }

    /// Returns whether a value is a secret because of its key.
    fn is_secret(&self, key: &str, value: &Value) -> bool {
        if value.is_null() {
            return false;
        }
        // A key may contain a value itself: `password=abc`.
        match strength(&self.names, key.split(['=', ':']).next().unwrap_or(key)) {
            None => false,
            Some(Strength::Sure | Strength::Usual) => true,
            Some(Strength::Likely) => match value {
                // The secrets in it were replaced before.
                Value::String(own) if own.contains(REDACTED) => false,
                Value::String(own) => {
                    (is_opaque(own) || is_random(own)) && !is_placeholder(own)
                        || is_number(own) && announces(key, Lists::NUMBERS)
                        || is_phrase(own) && announces(key, Lists::PHRASES)
                }
                Value::Number(own) => announces(key, Lists::NUMBERS) && is_number(&own.to_string()),
                Value::Array(items) => {
                    items.iter().any(|item| item.as_str().is_some_and(|own| is_opaque(own) && !own.contains(REDACTED)))
                }
                _ => false,
            },
        }
    }

    fn clean(&self, value: &mut Value, keys: Keys, depth: usize) {
        if depth > MAX_DEPTH {
            *value = Value::String("[nested too deeply]".to_owned());
            return;
        }
        match value {
            Value::String(own) => {
                if let Cow::Owned(cleaned) = self.text(own) {
                    *own = cleaned;
                }
            }
            Value::Array(items) => {
                self.redact_arguments(items);
                redact_key_lines(items);
                items.iter_mut().for_each(|item| self.clean(item, keys, depth + 1));
            }
            Value::Object(map) => {
                self.redact_keys(map);
                if keys == Keys::Judged {
                    self.redact_pair(map);
                }
                for (key, item) in map.iter_mut() {
                    match keys == Keys::Judged && self.is_secret(key, item) {
                        true => *item = redacted(),
                        false => self.clean(item, keys, depth + 1),
                    }
                }
            }
            _ => {}
        }
    }

    /// Redacts keys that contain a secret. Each keeps its value.
    fn redact_keys(&self, map: &mut Map<String, Value>) {
        if !map.keys().any(|key| matches!(self.text(key), Cow::Owned(_))) {
            return;
        }
        let keys: Vec<_> = map.keys().map(|key| self.text(key).into_owned()).collect();
        let kept: HashSet<_> =
            map.keys().zip(&keys).filter(|(key, shown)| key == shown).map(|(key, _)| key.clone()).collect();
        let mut counts = HashMap::new();
        for ((key, item), shown) in std::mem::take(map).into_iter().zip(keys) {
            let shown = if key == shown { shown } else { free_name(shown, &mut counts, |name| kept.contains(name)) };
            map.insert(shown, item);
        }
    }

    /// Redacts the value of a pair that is written as `{"name": "password", "value": ..}`, or as a validation report,
    /// `{"path": ["user", "password"], "received": ..}`.
    fn redact_pair(&self, map: &mut Map<String, Value>) {
        let find =
            |names: &[&str]| map.keys().find(|key| names.iter().any(|own| own.eq_ignore_ascii_case(key))).cloned();
        let name = find(&[
            "name",
            "key",
            "parametername",
            "parameterkey",
            "header",
            "field",
            "variable",
            "path",
            "loc",
            "instancepath",
            "property",
            "param",
        ]);
        let value = find(&[
            "value",
            "parametervalue",
            "stringvalue",
            "secretvalue",
            "content",
            "data",
            "received",
            "input",
            "given",
            "actual",
            "rejectedvalue",
            "attemptedvalue",
        ]);
        if let (Some(name), Some(value)) = (name, value)
            && let Some(name) = map.get(&name).and_then(last_name).map(str::to_owned)
            && let Some(item) = map.get_mut(&value)
            && self.is_secret(&name, item)
        {
            *item = redacted();
        }
    }

    /// Redacts the value after `--password` in the arguments of a command, and the value of a header that is a list of
    /// two.
    fn redact_arguments(&self, items: &mut [Value]) {
        if let [Value::String(name), value @ Value::String(_)] = items
            && (is_header(name) || (name.contains('-') && !name.starts_with('-') && self.is_secret(name, value)))
        {
            *value = redacted();
        }
        for at in 1..items.len() {
            let is_flag = items[at - 1].as_str().and_then(|text| text.strip_prefix('-')).is_some_and(|name| {
                let name = name.trim_start_matches('-');
                name.len() > 1
                    && !name.contains(' ')
                    && strength(&self.names, name).is_some_and(|own| own >= Strength::Usual)
            });
            let is_header_name = items.len() > 2
                && items[at - 1]
                    .as_str()
                    .is_some_and(|name| name.contains('-') && !name.starts_with('-') || is_header(name));
            let is_value = items[at].as_str().is_some_and(|text| !text.starts_with('-'));
            let is_secret = is_flag
                || is_header_name
                    && items[at - 1].as_str().is_some_and(|name| self.is_secret(name, &items[at]))
                    && items[at].as_str().is_some_and(is_opaque);
            if is_secret && is_value {
                items[at] = redacted();
            }
        }
    }
}

/// Redacts the lines of a private key in a list.
fn redact_key_lines(items: &mut [Value]) {
    let mut is_within = false;
    for item in items {
        let Some(line) = item.as_str() else { continue };
        let starts = line.contains("-----BEGIN ") && line.contains("PRIVATE KEY");
        let ends = line.contains("-----END ");
        if is_within && !ends {
            *item = redacted();
        }
        is_within = (is_within || starts) && !ends;
    }
}

/// Returns the name that a value is or ends with: `"password"`, `["user", "password"]`, `"/user/password"`.
fn last_name(value: &Value) -> Option<&str> {
    match value {
        Value::String(name) => name.rsplit('/').next(),
        Value::Array(path) => path.iter().rev().find_map(Value::as_str),
        _ => None,
    }
}

/// Adds a number to the second and later names that look the same once redacted: the next one that no other name has.
///
/// The counts are those of the names so far, so that the time for many equal names is linear.
fn free_name(shown: String, counts: &mut HashMap<String, usize>, is_taken: impl Fn(&str) -> bool) -> String {
    let count = counts.entry(shown.clone()).or_insert(0);
    loop {
        *count += 1;
        let name = numbered(&shown, *count);
        if !is_taken(&name) {
            return name;
        }
    }
}

/// Adds a number to a name, unless it is the first.
pub(crate) fn numbered(shown: &str, count: usize) -> String {
    if count < 2 { shown.to_owned() } else { format!("{shown} ({count})") }
}

/// Removes the stack traces inside a value: values whose key names one, and the ends of strings.
pub fn drop_stack_traces(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(at) = find_stack_trace(text) {
                text.truncate(at);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(drop_stack_traces),
        Value::Object(map) => {
            map.retain(|key, _| !names_stack_trace(key));
            map.values_mut().for_each(drop_stack_traces);
        }
        _ => {}
    }
}
