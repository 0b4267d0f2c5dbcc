use std::fmt;

use serde::de::{self, Expected, Unexpected};

use crate::McpError;
use crate::arguments::misfit::{Misfit, Step, choice_of_names, place};

/// A serde error that records the location but not the value.
#[derive(Debug)]
pub(crate) struct Mismatch {
    misfit: Misfit,
    /// Innermost step first.
    path: Vec<Step>,
}

impl Mismatch {
    const fn new(misfit: Misfit) -> Self {
        Self { misfit, path: Vec::new() }
    }

    /// Adds the next outer step of the path.
    pub(crate) fn under(mut self, step: Step) -> Self {
        self.path.push(step);
        self
    }

    /// Returns whether `serde_json` reported the same kind of mistake. The two may differ if a type deserializes
    /// differently from the two formats.
    pub(crate) fn agrees_with(&self, said: &serde_json::Error) -> bool {
        let said = said.to_string();
        let is_missing = said.starts_with("missing field");
        let is_type = said.starts_with("invalid type");
        match self.misfit {
            Misfit::Missing(_) => is_missing,
            Misfit::Type { .. } => is_type,
            Misfit::Value(_) => !is_missing && !is_type,
        }
    }

    /// Returns the location, such as `edits[0].newText`. It is empty for the arguments as a whole.
    fn place(&self) -> String {
        place(self.path.iter().rev())
    }

    /// Returns the error for this mismatch.
    pub(crate) fn into_error(self) -> McpError {
        let place = self.place();
        self.misfit.into_error(&place)
    }
}

impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(Misfit::Value(message.to_string()))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(Misfit::Missing(field.to_owned()))
    }

    fn invalid_type(actual: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(Misfit::Type { expected: expected_type(&expected.to_string()), actual: actual_type(actual) })
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(Misfit::Value(format!("expected {}", expected_value(&expected.to_string()))))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Misfit::Value(format!("expected {}", choice_of_names(expected.iter()))))
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        // The name is the last step of the path.
        Self::new(Misfit::Value(format!("unknown member, expected {}", choice_of_names(expected.iter()))))
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} in {:?}", self.misfit, self.place())
    }
}

impl std::error::Error for Mismatch {}

/// Returns the JSON Schema type name of a value.
fn actual_type(actual: Unexpected<'_>) -> String {
    let word = match actual {
        Unexpected::Bool(_) => "boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "integer",
        Unexpected::Float(_) => "number",
        Unexpected::Char(_) | Unexpected::Str(_) | Unexpected::Bytes(_) | Unexpected::UnitVariant => "string",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "array",
        Unexpected::Map
        | Unexpected::NewtypeStruct
        | Unexpected::Enum
        | Unexpected::NewtypeVariant
        | Unexpected::TupleVariant
        | Unexpected::StructVariant => "object",
        Unexpected::Other(text) => text,
    };
    word.to_owned()
}

/// Returns the JSON Schema type name of what a visitor expects, or the text itself if there is none.
pub(crate) fn expected_type(expected: &str) -> String {
    let word = match expected {
        "a boolean" => "boolean",
        "a string" | "a borrowed string" | "a character" | "path string" => "string",
        "f32" | "f64" => "number",
        "a sequence" => "array",
        "a map" => "object",
        "unit" => "null",
        _ if is_integer(expected) || expected.starts_with("a nonzero ") => "integer",
        _ if expected.starts_with("struct ") || expected.starts_with("internally tagged enum ") => "object",
        _ if ["a tuple ", "tuple ", "an array ", "a set"].iter().any(|begin| expected.starts_with(begin)) => "array",
        _ => expected,
    };
    word.to_owned()
}

/// Returns the range of a Rust integer type, or the text itself for anything else.
pub(crate) fn expected_value(expected: &str) -> String {
    let range = |min: &dyn fmt::Display, max: &dyn fmt::Display| format!("an integer from {min} to {max}");
    match expected {
        "i8" => range(&i8::MIN, &i8::MAX),
        "i16" => range(&i16::MIN, &i16::MAX),
        "i32" => range(&i32::MIN, &i32::MAX),
        "i64" | "isize" => range(&i64::MIN, &i64::MAX),
        "u8" => range(&0, &u8::MAX),
        "u16" => range(&0, &u16::MAX),
        "u32" => range(&0, &u32::MAX),
        "u64" | "usize" => range(&0, &u64::MAX),
        _ if expected.starts_with("a nonzero ") => "a nonzero integer in range".to_owned(),
        _ => expected.to_owned(),
    }
}

fn is_integer(expected: &str) -> bool {
    matches!(
        expected,
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize"
    )
}
