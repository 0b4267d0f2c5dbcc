use std::borrow::Cow;
use std::io;

use serde::Serialize;
use serde::ser::SerializeMap;
use serde_json::Value;
use serde_json::ser::Formatter;
use smallvec::SmallVec;

/// Named values in the order in which they were added; a name stands once.
///
/// Two fit without any allocation of the list.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Details(SmallVec<[(Cow<'static, str>, Value); 2]>);

impl Details {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// Sets a value. One that has the name already is replaced where it stands.
    pub(crate) fn set(&mut self, name: Cow<'static, str>, value: Value) {
        match self.0.iter_mut().find(|(own, _)| *own == name) {
            Some((_, own)) => *own = value,
            None => self.0.push((name, value)),
        }
    }

    /// Takes a value away.
    pub(crate) fn remove(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|(own, _)| own == name)?;
        Some(self.0.remove(at).1)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }
}

impl Serialize for Details {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// Turns a value into JSON. One that does not serialise, or is nested so deep that reading it might exhaust the stack,
/// becomes a text that says so, so that the error itself is not lost.
pub(crate) fn to_value(value: impl Serialize) -> Value {
    let measured = value.serialize(&mut serde_json::Serializer::with_formatter(io::sink(), Depth(0)));
    let made = measured.and_then(|()| serde_json::to_value(value));
    made.unwrap_or_else(|error| Value::String(format!("[not serialisable: {error}]")))
}

/// Writes JSON, and fails where it is nested deeper than `DEEPEST`.
struct Depth(usize);

/// As deep as `serde_json` reads.
const DEEPEST: usize = 127;

impl Depth {
    fn enter(&mut self) -> io::Result<()> {
        self.0 += 1;
        match self.0 > DEEPEST {
            true => Err(io::Error::other(format!("nested deeper than {DEEPEST} levels"))),
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
