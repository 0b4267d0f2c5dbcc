//! Describes why a value does not match a type or a schema, and where, without the value itself.

use std::fmt::Display;

use crate::{McpError, filesystem};

/// Why a value does not match.
#[derive(Debug)]
pub(crate) enum Misfit {
    /// The member with this name is missing.
    Missing(String),
    /// The type is wrong. Both fields are JSON Schema type names.
    Type { expected: String, actual: String },
    /// The type is right, but the value is not. The text says what was expected.
    Value(String),
}

impl Misfit {
    /// Returns the error for this location. An empty location means the arguments as a whole.
    pub(crate) fn into_error(self, place: &str) -> McpError {
        self.documented(place).in_own_code()
    }

    /// Returns the error with the documented code.
    fn documented(self, place: &str) -> McpError {
        match (self, place) {
            (Self::Missing(name), "") => filesystem::missing_required_parameter(name),
            (Self::Missing(name), _) => filesystem::missing_required_parameter(format_args!("{place}.{name}")),
            (Self::Type { expected, actual }, "") => filesystem::invalid_parameter_type(expected, actual),
            (Self::Type { expected, actual }, _) => {
                let error = filesystem::invalid_parameter_type(expected, actual);
                // The template has no parameter for the location, and some clients only show the message to the model.
                let message = format!("{} in `{place}`", error.message());
                error.with_message(message).with_detail("parameter", place)
            }
            (Self::Value(text), "") => filesystem::invalid_parameter_value(text),
            (Self::Value(text), _) => {
                filesystem::invalid_parameter_value(format_args!("`{place}`: {text}")).with_detail("parameter", place)
            }
        }
    }
}

/// One step of the path to a value.
#[derive(Debug)]
pub(crate) enum Step {
    Member(String),
    Item(usize),
}

/// Formats a path, outermost step first: `edits[0].newText`. Returns an empty string if there are no steps.
pub(crate) fn place<'a>(steps: impl IntoIterator<Item = &'a Step>) -> String {
    let mut place = String::new();
    for step in steps {
        match step {
            Step::Item(index) => place.push_str(&format!("[{index}]")),
            Step::Member(name) => {
                place.push_str(if place.is_empty() { "" } else { "." });
                place.push_str(name);
            }
        }
    }
    place
}

/// Joins words as a choice: a, b or c.
pub(crate) fn choice<T: Display>(words: impl ExactSizeIterator<Item = T>) -> String {
    let count = words.len();
    let mut choice = String::new();
    for (at, word) in words.enumerate() {
        choice.push_str(match at {
            0 => "",
            at if at + 1 == count => " or ",
            _ => ", ",
        });
        choice.push_str(&word.to_string());
    }
    choice
}

/// Joins names as a choice: `a`, `b` or `c`.
pub(crate) fn choice_of_names<T: Display>(names: impl ExactSizeIterator<Item = T>) -> String {
    match names.len() {
        0 => "nothing".to_owned(),
        _ => choice(names.map(|name| format!("`{name}`"))),
    }
}
