//! Takes typed values out of a table, and reports what is missing, unknown or of the wrong type.

use std::fmt::Display;

use crate::problem::{Collector, Place};
use crate::read::{Node, Table, Value};

/// The fields of one table that have not been taken yet.
pub(crate) struct Fields<'a> {
    /// What the table is, as messages call it: `code`.
    thing: &'static str,
    place: Place,
    left: Vec<&'a (String, Place, Node)>,
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(thing: &'static str, place: Place, table: &'a Table) -> Self {
        Self { thing, place, left: table.iter().collect(), known: Vec::new() }
    }

    /// Tells whether a field is there and has not been taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.left.iter().any(|(key, ..)| key == name)
    }

    /// The line of a field, or of the table where the field is not there.
    pub(crate) fn place_of(&self, name: &str) -> Place {
        self.left.iter().find(|(key, ..)| key == name).map_or(self.place, |(_, place, _)| *place)
    }

    fn take(&mut self, name: &'static str) -> Option<&'a Node> {
        self.known.push(name);
        let at = self.left.iter().position(|(key, ..)| key == name)?;
        Some(&self.left.remove(at).2)
    }

    fn missing(&self, name: &str, problems: &mut Collector) {
        problems.report(self.place, format!("{} has no field {name:?}, which is required", self.thing));
    }

    /// Takes a text that may be absent. An empty text, or one with space around it, is a mistake.
    pub(crate) fn optional_text(&mut self, name: &'static str, problems: &mut Collector) -> Option<&'static str> {
        text(name, self.take(name)?, problems)
    }

    /// Takes a text that must be there; after a mistake it is empty.
    pub(crate) fn text(&mut self, name: &'static str, problems: &mut Collector) -> &'static str {
        match self.take(name) {
            Some(node) => text(name, node, problems).unwrap_or_default(),
            None => {
                self.missing(name, problems);
                ""
            }
        }
    }

    /// Takes preformatted text: only trailing line ends are dropped.
    pub(crate) fn optional_block(&mut self, name: &'static str, problems: &mut Collector) -> Option<&'static str> {
        let node = self.take(name)?;
        match &node.value {
            Value::String(text) if !text.trim().is_empty() => Some(leak(text.trim_end())),
            Value::String(_) => {
                problems.report(node.place, format!("field {name:?} is empty"));
                None
            }
            other => wrong_type(name, "a string", other, node.place, problems),
        }
    }

    pub(crate) fn texts(&mut self, name: &'static str, problems: &mut Collector) -> &'static [&'static str] {
        let texts: Vec<_> = self.list(name, problems).iter().filter_map(|item| text(name, item, problems)).collect();
        texts.leak()
    }

    /// Takes a table's rows: lists of texts, of which any may be empty.
    pub(crate) fn rows(&mut self, name: &'static str, problems: &mut Collector) -> &'static [&'static [&'static str]] {
        let mut rows: Vec<&'static [&'static str]> = Vec::new();
        for row in self.list(name, problems) {
            let Value::List(cells) = &row.value else {
                let _: Option<()> = wrong_type(name, "a list of lists of strings", &row.value, row.place, problems);
                continue;
            };
            let cells: Vec<_> = cells
                .iter()
                .filter_map(|cell| match &cell.value {
                    Value::String(text) => Some(leak(text)),
                    other => wrong_type(name, "a list of lists of strings", other, cell.place, problems),
                })
                .collect();
            rows.push(cells.leak());
        }
        rows.leak()
    }

    pub(crate) fn optional_integer(&mut self, name: &'static str, problems: &mut Collector) -> Option<i64> {
        let node = self.take(name)?;
        match &node.value {
            Value::Integer(number) => Some(*number),
            other => wrong_type(name, "an integer", other, node.place, problems),
        }
    }

    pub(crate) fn integer(&mut self, name: &'static str, problems: &mut Collector) -> Option<i64> {
        if !self.has(name) {
            self.known.push(name);
            self.missing(name, problems);
        }
        self.optional_integer(name, problems)
    }

    /// Takes an integer that must lie within bounds and fit the type.
    pub(crate) fn bounded<T: TryFrom<i64> + Display>(
        &mut self,
        name: &'static str,
        low: i64,
        high: i64,
        problems: &mut Collector,
    ) -> Option<T> {
        let place = self.place_of(name);
        let number = self.optional_integer(name, problems)?;
        let bounded =
            Some(number).filter(|number| (low..=high).contains(number)).and_then(|number| number.try_into().ok());
        if bounded.is_none() {
            problems.report(place, format!("{name} {number} is not between {low} and {high}"));
        }
        bounded
    }

    pub(crate) fn boolean(&mut self, name: &'static str, problems: &mut Collector) -> bool {
        let Some(node) = self.take(name) else {
            self.missing(name, problems);
            return false;
        };
        match &node.value {
            Value::Boolean(truth) => *truth,
            other => wrong_type(name, "a boolean", other, node.place, problems).unwrap_or_default(),
        }
    }

    /// Takes a word of a closed vocabulary that may be absent.
    pub(crate) fn optional_word<T: Copy + Display>(
        &mut self,
        name: &'static str,
        all: &[T],
        problems: &mut Collector,
    ) -> Option<T> {
        word(name, self.take(name)?, all, problems)
    }

    pub(crate) fn word<T: Copy + Display>(
        &mut self,
        name: &'static str,
        all: &[T],
        problems: &mut Collector,
    ) -> Option<T> {
        if !self.has(name) {
            self.known.push(name);
            self.missing(name, problems);
        }
        self.optional_word(name, all, problems)
    }

    pub(crate) fn words<T: Copy + Display + 'static>(
        &mut self,
        name: &'static str,
        all: &[T],
        problems: &mut Collector,
    ) -> &'static [T] {
        let words: Vec<_> =
            self.list(name, problems).iter().filter_map(|node| word(name, node, all, problems)).collect();
        words.leak()
    }

    pub(crate) fn list(&mut self, name: &'static str, problems: &mut Collector) -> &'a [Node] {
        let Some(node) = self.take(name) else { return &[] };
        match &node.value {
            Value::List(items) => items,
            other => wrong_type(name, "a list", other, node.place, problems).unwrap_or_default(),
        }
    }

    pub(crate) fn required_list(&mut self, name: &'static str, problems: &mut Collector) -> &'a [Node] {
        if !self.has(name) {
            self.missing(name, problems);
        }
        let place = self.place_of(name);
        let missing = !self.has(name);
        let list = self.list(name, problems);
        if list.is_empty() && !missing {
            problems.report(place, format!("field {name:?} is empty"));
        }
        list
    }

    /// Takes a table that must be there.
    pub(crate) fn table(&mut self, name: &'static str, problems: &mut Collector) -> Option<Fields<'a>> {
        let Some(node) = self.take(name) else {
            self.missing(name, problems);
            return None;
        };
        table(name, node, problems)
    }

    /// Takes a list of tables, and makes something of each.
    pub(crate) fn tables<T: 'static>(
        &mut self,
        name: &'static str,
        problems: &mut Collector,
        mut make: impl FnMut(&mut Fields<'a>, &mut Collector) -> Option<T>,
    ) -> &'static [T] {
        let mut made = Vec::new();
        for node in self.list(name, problems) {
            if let Some(mut fields) = table(name, node, problems) {
                made.extend(make(&mut fields, problems));
                fields.finish(problems);
            }
        }
        made.leak()
    }

    pub(crate) fn place(&self) -> Place {
        self.place
    }

    /// Reports the fields that nobody took.
    pub(crate) fn finish(self, problems: &mut Collector) {
        for (name, place, _) in self.left {
            let known = self.known.join(", ");
            problems.report(*place, format!("{} has no field {name:?}; its fields are: {known}", self.thing));
        }
    }
}

/// Opens a list item or a field as a table.
pub(crate) fn table<'a>(name: &'static str, node: &'a Node, problems: &mut Collector) -> Option<Fields<'a>> {
    match &node.value {
        Value::Table(entries) => Some(Fields::new(thing(name), node.place, entries)),
        other => wrong_type(name, "a table", other, node.place, problems),
    }
}

/// What messages call an entry of a list: `codes` holds a `code`.
fn thing(list: &'static str) -> &'static str {
    match list {
        "families" => "family",
        "diagnostics" => "diagnostic",
        "reserved" => "reserved range",
        "recovery" | "related" | "system" | "retry" | "json_rpc" => list,
        plural => plural.strip_suffix('s').unwrap_or(plural),
    }
}

fn text(name: &str, node: &Node, problems: &mut Collector) -> Option<&'static str> {
    let Value::String(text) = &node.value else {
        return wrong_type(name, "a string", &node.value, node.place, problems);
    };
    if text.trim().is_empty() {
        problems.report(node.place, format!("field {name:?} is empty"));
    } else if text.trim() != text {
        problems.report(node.place, format!("field {name:?} has space around its text: {text:?}"));
    }
    Some(leak(text))
}

fn word<T: Copy + Display>(name: &str, node: &Node, all: &[T], problems: &mut Collector) -> Option<T> {
    let Value::String(text) = &node.value else {
        return wrong_type(name, "a string", &node.value, node.place, problems);
    };
    let found = all.iter().copied().find(|word| word.to_string() == *text);
    if found.is_none() {
        let words: Vec<_> = all.iter().map(ToString::to_string).collect();
        problems.report(node.place, format!("{name} {text:?} is not one of: {}", words.join(", ")));
    }
    found
}

fn wrong_type<T>(name: &str, expected: &str, found: &Value, place: Place, problems: &mut Collector) -> Option<T> {
    problems.report(place, format!("field {name:?} is {}; expected {expected}", found.type_name()));
    None
}

/// Keeps a text for as long as the generator runs. Records hold `'static` text, and a build script is short-lived.
fn leak(text: &str) -> &'static str {
    String::leak(text.to_owned())
}
