//! Parses the text of a file into values with their lines. Invalid TOML is the only mistake that it reports.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::problem::{Collector, Place};

/// A value of a registry file, with the line it starts on.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) value: Value,
}

#[derive(Debug)]
pub(crate) enum Value {
    String(String),
    Integer(i64),
    Boolean(bool),
    List(Vec<Node>),
    Table(Table),
    /// A value of a type that no field has: the name of the type.
    Other(&'static str),
}

/// The fields of a table, each with the line of its key, in the order of the file.
pub(crate) type Table = Vec<(String, Place, Node)>;

impl Value {
    /// Returns the name of the type for messages.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Integer(_) => "an integer",
            Self::Boolean(_) => "a boolean",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Other(name) => name,
        }
    }
}

/// Parses one file. If it has a syntax error, no other mistake of the file is reported.
pub(crate) fn parse(file: usize, text: &str, problems: &mut Collector) -> Option<Table> {
    let lines = Lines::new(file, text);
    match DeTable::parse(text) {
        Ok(table) => Some(lines.table(table.get_ref())),
        Err(error) => {
            let span = error.span().unwrap_or_default();
            let message = error.message().replace('\n', "; ");
            let found = text.get(span.clone()).and_then(|found| found.lines().next()).unwrap_or_default();
            let found = if found.is_empty() { String::new() } else { format!("; found {found:?}") };
            // The parser guesses from the first letter of a word without quotes.
            let is_guess = message.starts_with("invalid boolean") || message.starts_with("invalid float");
            let remedy = if is_guess { "; a string needs quotes" } else { "" };
            problems.report(lines.place(span.start), "syntax-error", message + &found + remedy);
            None
        }
    }
}

/// Converts byte offsets of a file to lines.
struct Lines {
    file: usize,
    starts: Vec<usize>,
}

impl Lines {
    fn new(file: usize, text: &str) -> Self {
        let after_newline = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { file, starts: std::iter::once(0).chain(after_newline).collect() }
    }

    fn place(&self, offset: usize) -> Place {
        Place { file: self.file, line: self.starts.partition_point(|start| *start <= offset) }
    }

    fn table(&self, table: &DeTable<'_>) -> Table {
        let mut fields: Vec<_> = table.iter().collect();
        fields.sort_by_key(|(key, _)| key.span().start);
        let field = |(key, value): (&Spanned<_>, &Spanned<_>)| {
            let name: &std::borrow::Cow<'_, str> = key.get_ref();
            (name.to_string(), self.place(key.span().start), self.node(value))
        };
        fields.into_iter().map(field).collect()
    }

    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let place = self.place(value.span().start);
        let value = match value.get_ref() {
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Integer(digits) => match i64::from_str_radix(digits.as_str(), digits.radix()) {
                Ok(number) => Value::Integer(number),
                Err(_) => Value::Other("an integer beyond 64 bits"),
            },
            DeValue::Boolean(truth) => Value::Boolean(*truth),
            DeValue::Array(items) => Value::List(items.iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => Value::Table(self.table(table)),
            DeValue::Float(_) => Value::Other("a float"),
            DeValue::Datetime(_) => Value::Other("a date"),
        };
        Node { place, value }
    }
}
