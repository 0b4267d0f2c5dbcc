//! The members of the record object, in their order. Everything that writes the object calls these functions: the
//! generator for bare errors, and the library for every other error and for the forms that repeat the members.

use core::fmt::Display;

use alloc::string::ToString;
use alloc::vec::Vec;

use crate::json_string::{escaped, quoted};
use crate::{__Reference, Record, RetryClass};

/// A destination for the members: JSON text, or a serializer.
pub trait Members {
    /// The error if a member cannot be written.
    type Error;

    /// Writes a member whose value is a text.
    fn text(&mut self, name: &'static str, value: &str) -> Result<(), Self::Error>;

    /// Writes a member whose value is the text that `Display` prints.
    fn display(&mut self, name: &'static str, value: &dyn Display) -> Result<(), Self::Error>;

    /// Writes a member whose value is true or false.
    fn flag(&mut self, name: &'static str, value: bool) -> Result<(), Self::Error>;

    /// Writes a member whose value is a whole number.
    fn number(&mut self, name: &'static str, value: u64) -> Result<(), Self::Error>;

    /// Writes a member whose value is the retry advice.
    fn retry(&mut self, name: &'static str, value: RetryAdvice) -> Result<(), Self::Error>;

    /// Writes the details of the error as a member, if it has any.
    fn details(&mut self, name: &'static str) -> Result<(), Self::Error>;
}

/// The contents of a record object that come from the code.
#[derive(Debug, Clone, Copy)]
pub struct Description<'a> {
    /// The record of the code.
    pub record: &'a Record,
    /// The system, which a peer may have sent.
    pub system: &'a str,
    /// The code, which a peer may have sent.
    pub code: &'a str,
    /// The word of the kind, which a peer may have sent.
    pub kind: &'a str,
    /// The message. Problem details have a separate member for it.
    pub message: Option<&'a str>,
    /// The hint.
    pub hint: &'a str,
    /// The retry advice.
    pub retry: RetryAdvice,
    /// Whether the code is known. It is not known whether an error with an unknown code can be retried.
    pub is_known: bool,
    /// Where the catalogue is served, for `ref`.
    pub docs_base: Option<&'a str>,
}

impl<'a> Description<'a> {
    /// Describes the bare error of a record, without `ref`.
    #[must_use]
    pub const fn of(record: &'a Record) -> Self {
        Self {
            record,
            system: record.system.name,
            code: record.code,
            kind: record.kind.as_str(),
            message: Some(record.__bare_message()),
            hint: record.hint,
            retry: RetryAdvice { class: record.retry.class, after_ms: record.retry.initial_ms },
            is_known: true,
            docs_base: None,
        }
    }

    /// Writes the members that every error has.
    ///
    /// # Errors
    /// Returns the error of the destination.
    pub fn write<M: Members>(&self, members: &mut M) -> Result<(), M::Error> {
        members.text("system", self.system)?;
        members.text("code", self.code)?;
        members.text("name", self.record.name)?;
        members.text("kind", self.kind)?;
        if let Some(message) = self.message {
            members.text("message", message)?;
        }
        members.text("hint", self.hint)?;
        members.text("category", self.record.category.as_str())?;
        members.text("severity", self.record.severity.as_str())?;
        if self.is_known {
            members.flag("recoverable", self.record.recoverable)?;
        }
        if self.is_known || self.retry.after_ms.is_some() {
            members.retry("retry", self.retry)?;
        }
        match self.docs_base {
            Some(docs_base) => members.display("ref", &__Reference { docs_base, record: self.record }),
            None => Ok(()),
        }
    }
}

/// Writes the members that only some errors have. They come last.
///
/// # Errors
/// Returns the error of the destination.
pub fn write_occurrence<M: Members>(error_id: Option<&str>, members: &mut M) -> Result<(), M::Error> {
    if let Some(id) = error_id {
        members.text("error_id", id)?;
    }
    members.details("details")
}

/// The retry advice of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryAdvice {
    /// Whether and when to try again.
    pub class: RetryClass,
    /// How long to wait, in milliseconds.
    pub after_ms: Option<u64>,
}

impl RetryAdvice {
    /// Writes the members of the retry advice.
    ///
    /// # Errors
    /// Returns the error of the destination.
    pub fn write<M: Members>(self, members: &mut M) -> Result<(), M::Error> {
        members.text("class", self.class.as_str())?;
        self.after_ms.map_or(Ok(()), |after_ms| members.number("after_ms", after_ms))
    }
}

/// Appends the details of an error to a buffer, as JSON text.
pub type WriteDetails<'a> = &'a dyn Fn(&mut Vec<u8>);

/// Writes members as JSON text, starting with the opening brace of the object or in the middle of it.
pub struct JsonMembers<'a> {
    out: &'a mut Vec<u8>,
    before: u8,
    details: Option<WriteDetails<'a>>,
    /// The ranges of the values of `message`, `hint` and `retry`. Those of texts exclude the quotes.
    pub(crate) places: [[usize; 2]; 3],
}

impl<'a> JsonMembers<'a> {
    /// Writes the members of a new object. [`close`](Self::close) completes it.
    pub fn open(out: &'a mut Vec<u8>) -> Self {
        Self { out, before: b'{', details: None, places: [[0; 2]; 3] }
    }

    /// Writes further members of an object, with the details of the error.
    pub fn after(out: &'a mut Vec<u8>, details: Option<WriteDetails<'a>>) -> Self {
        Self { out, before: b',', details, places: [[0; 2]; 3] }
    }

    /// Ends the object.
    pub fn close(self) {
        if self.before == b'{' {
            self.out.push(b'{');
        }
        self.out.push(b'}');
    }

    fn name(&mut self, name: &'static str) {
        self.out.push(self.before);
        self.before = b',';
        quoted(name, self.out);
        self.out.push(b':');
    }

    fn note(&mut self, name: &'static str, start: usize) {
        if let Some(at) = ["message", "hint", "retry"].iter().position(|noted| *noted == name) {
            self.places[at] = [start, self.out.len()];
        }
    }
}

impl Members for JsonMembers<'_> {
    type Error = core::convert::Infallible;

    fn text(&mut self, name: &'static str, value: &str) -> Result<(), Self::Error> {
        self.name(name);
        self.out.push(b'"');
        let start = self.out.len();
        escaped(value, self.out);
        self.note(name, start);
        self.out.push(b'"');
        Ok(())
    }

    fn display(&mut self, name: &'static str, value: &dyn Display) -> Result<(), Self::Error> {
        self.text(name, &value.to_string())
    }

    fn flag(&mut self, name: &'static str, value: bool) -> Result<(), Self::Error> {
        self.name(name);
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn number(&mut self, name: &'static str, value: u64) -> Result<(), Self::Error> {
        self.name(name);
        self.out.extend_from_slice(value.to_string().as_bytes());
        Ok(())
    }

    fn retry(&mut self, name: &'static str, value: RetryAdvice) -> Result<(), Self::Error> {
        self.name(name);
        let start = self.out.len();
        let mut members = JsonMembers::open(self.out);
        value.write(&mut members)?;
        members.close();
        self.note(name, start);
        Ok(())
    }

    fn details(&mut self, name: &'static str) -> Result<(), Self::Error> {
        if let Some(write) = self.details {
            self.name(name);
            write(self.out);
        }
        Ok(())
    }
}

impl core::fmt::Debug for JsonMembers<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("JsonMembers").finish_non_exhaustive()
    }
}
