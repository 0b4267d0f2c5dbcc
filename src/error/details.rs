use std::borrow::Cow;
use std::fmt::Display;
use std::{io, slice};

use serde::Serialize;
use serde_json::ser::Formatter;
use serde_json::{Number, Value};
use smallvec::SmallVec;

use crate::redact::{Keys, Redactor, numbered};

/// Named values in the order in which they were added. Each name is unique.
///
/// Up to two values are stored without an allocation.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Details(SmallVec<[(Cow<'static, str>, Value); 2]>);

impl Details {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// Sets a value. An existing value with the name is replaced and keeps its position.
    pub(crate) fn set(&mut self, name: Cow<'static, str>, value: Value) {
        match self.0.iter_mut().find(|(own, _)| *own == name) {
            Some((_, own)) => *own = value,
            None => self.0.push((name, value)),
        }
    }

    /// Sets a value under its name, both redacted.
    pub(crate) fn add(&mut self, redactor: &Redactor, name: Cow<'static, str>, value: Value, keys: Keys) {
        let value = redactor.value(&name, value, keys);
        let shown = redactor.kept_text(name.clone());
        match name == shown {
            true => self.set(shown, value),
            // Another name may look the same.
            false => self.set_beside(shown, value),
        }
    }

    /// Sets a value beside the one with the same name, if there is one: a number is appended to the name.
    pub(crate) fn set_beside(&mut self, name: Cow<'static, str>, value: Value) {
        if self.get(&name).is_none() {
            return self.0.push((name, value));
        }
        let first = 1 + self.0.iter().filter(|(own, _)| own.starts_with(&*name)).count();
        let free = (first..).map(|count| numbered(&name, count)).find(|name| self.get(name).is_none());
        self.set(free.map_or(name, Cow::Owned), value);
    }

    pub(crate) fn iter(&self) -> Pairs<'_> {
        Pairs(self.0.iter())
    }
}

/// The names and values of details. The type has a name, so that the code that reads them is compiled once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pairs<'a>(slice::Iter<'a, (Cow<'static, str>, Value)>);

impl<'a> Iterator for Pairs<'a> {
    type Item = (&'a str, &'a Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (name.as_ref(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

/// Returns the nesting depth of a value.
pub(crate) fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Returns the text that replaces a value that cannot be serialised.
fn not_serialisable(reason: impl Display) -> String {
    format!("[not serialisable: {reason}]")
}

/// Converts a value to JSON. A value that cannot be serialised, or is nested so deeply that reading it might overflow
/// the stack, becomes a string that says so, so the error itself is not lost.
pub(crate) fn to_value(value: impl Serialize) -> Value {
    let measured = value.serialize(&mut serde_json::Serializer::with_formatter(io::sink(), Depth(0)));
    let made = measured.and_then(|()| serde_json::to_value(value));
    made.unwrap_or_else(|error| Value::String(not_serialisable(error)))
}

/// Writes JSON, and fails if it is nested deeper than `MAX_DEPTH`.
struct Depth(usize);

/// The depth that `serde_json` reads.
const MAX_DEPTH: usize = 127;

impl Depth {
    fn enter(&mut self) -> io::Result<()> {
        self.0 += 1;
        match self.0 > MAX_DEPTH {
            true => Err(io::Error::other(format!("nested deeper than {MAX_DEPTH} levels"))),
            false => Ok(()),
        }
    }
}

impl Formatter for Depth {
    fn begin_array<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.enter()
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.0 -= 1;
        Ok(())
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.enter()
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.0 -= 1;
        Ok(())
    }
}

/// Converts a number to JSON. A whole number stays whole. A number that JSON does not support is kept as text.
pub(crate) fn number(value: f64) -> Value {
    /// Whole numbers below this are exact as `f64`.
    const MAX_WHOLE: f64 = 9_007_199_254_740_992.0;
    let is_whole = value.fract() == 0.0 && value.abs() < MAX_WHOLE;
    let number = if is_whole { Some(Number::from(value as i64)) } else { Number::from_f64(value) };
    number.map_or_else(|| Value::String(value.to_string()), Value::Number)
}
