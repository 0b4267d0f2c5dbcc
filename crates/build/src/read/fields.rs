//! The fields of one table, and their lines.

use std::collections::BTreeMap;

use crate::nearest::nearest;
use crate::problem::{Collector, Place};
use crate::read::toml::{Node, Value};

/// The fields of a table. Reading a field removes it.
#[derive(Debug, Clone)]
pub(crate) struct Fields<'a> {
    /// The name of the table in messages: `code`.
    thing: &'static str,
    place: Place,
    table: &'a [(String, Place, Node)],
    /// The names of the fields that were requested, including absent ones.
    known: Vec<&'static str>,
    /// The names of the required fields that are absent.
    missing: Vec<&'static str>,
    /// The allowed fields, if not every field of the type is allowed.
    only: Option<&'static [&'static str]>,
    /// The values of each field that was read: one, or one for each item of a list.
    children: BTreeMap<&'static str, Vec<Fields<'a>>>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(thing: &'static str, place: Place, table: &'a [(String, Place, Node)]) -> Self {
        Self { thing, place, table, known: Vec::new(), missing: Vec::new(), only: None, children: BTreeMap::new() }
    }

    /// Returns empty fields, for a value that is not a table.
    pub(crate) fn leaf(place: Place) -> Self {
        Self::new("", place, &[])
    }

    /// Sets the name of the table in messages, and the allowed fields.
    pub(crate) fn restrict(&mut self, thing: &'static str, only: &'static [&'static str]) {
        self.thing = thing;
        self.only = Some(only);
    }

    /// Returns whether the table may have a field.
    pub(crate) fn expects(&self, name: &str) -> bool {
        self.only.is_none_or(|only| only.contains(&name))
    }

    /// Returns whether a field is present.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.table.iter().any(|(key, ..)| key == name)
    }

    /// Returns whether the table has a field other than this one.
    pub(crate) fn has_other_than(&self, name: &str) -> bool {
        self.table.iter().any(|(key, ..)| key != name)
    }

    /// Returns whether a field is present and is not an empty list.
    pub(crate) fn has_items(&self, name: &str) -> bool {
        let is_empty = |node: &Node| matches!(&node.value, Value::List(items) if items.is_empty());
        self.table.iter().any(|(key, _, node)| key == name && !is_empty(node))
    }

    /// Returns a text without removing it.
    pub(crate) fn peek(&self, name: &str) -> Option<&'a str> {
        self.table.iter().find(|(key, ..)| key == name).and_then(|(.., node)| match &node.value {
            Value::String(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// Returns the line that the table starts on.
    pub(crate) fn place(&self) -> Place {
        self.place
    }

    /// Returns the line of a field, or of the table if the field is absent.
    pub(crate) fn place_of(&self, name: &str) -> Place {
        self.table.iter().find(|(key, ..)| key == name).map_or(self.place, |(_, place, _)| *place)
    }

    /// Returns the line of the field that identifies the table, such as `code`.
    pub(crate) fn own_place(&self) -> Place {
        let own = ["code", "name", "number"].into_iter().find(|name| self.has(name));
        own.map_or(self.place, |name| self.place_of(name))
    }

    /// Returns the line of a value that was read from a list.
    pub(crate) fn place_of_item(&self, name: &str, at: usize) -> Place {
        self.items(name).get(at).map_or_else(|| self.place_of(name), Fields::own_place)
    }

    /// Returns the fields of every value that was read from a field, in order.
    pub(crate) fn items(&self, name: &str) -> &[Self] {
        self.children.get(name).map_or(&[], Vec::as_slice)
    }

    /// Returns the fields of the table that was read from a field.
    pub(crate) fn table(&self, name: &str) -> Option<&Self> {
        self.items(name).first()
    }

    /// Returns a copy that reads the same table again, with only some fields allowed.
    pub(crate) fn again(&self, thing: &'static str, only: &'static [&'static str]) -> Self {
        Self { only: Some(only), ..Self::new(thing, self.place, self.table) }
    }

    /// Removes a field from the table and returns its value.
    pub(crate) fn take(&mut self, name: &'static str) -> Option<&'a Node> {
        if !self.known.contains(&name) {
            self.known.push(name);
        }
        self.table.iter().find(|(key, ..)| key == name).map(|(.., node)| node)
    }

    /// Stores the fields of a value that was read from a field.
    pub(crate) fn keep(&mut self, name: &'static str, child: Self) {
        self.children.entry(name).or_default().push(child);
    }

    /// Returns whether every item of a list was read without a mistake.
    pub(crate) fn is_whole(&self, name: &str) -> bool {
        let items = self.items(name);
        self.table.iter().find(|(key, ..)| key == name).is_none_or(|(.., node)| match &node.value {
            Value::List(nodes) => nodes.len() == items.len() && items.iter().all(Self::is_correct),
            _ => false,
        })
    }

    /// Returns whether the table has all required fields and no unknown one.
    fn is_correct(&self) -> bool {
        self.missing.is_empty() && self.unknown().next().is_none()
    }

    /// Requires a field. [`finish`](Self::finish) reports it if it is missing.
    pub(crate) fn require(&mut self, name: &'static str) {
        if !self.has(name) {
            self.missing.push(name);
        }
    }

    /// Requires a list that is not empty.
    pub(crate) fn require_items(&mut self, name: &'static str, problems: &mut Collector) {
        self.require(name);
        self.refuse_empty(name, problems);
    }

    /// Reports an empty list.
    pub(crate) fn refuse_empty(&self, name: &str, problems: &mut Collector) {
        if self.has(name) && !self.has_items(name) {
            problems.report(self.place_of(name), "empty-value", format!("field {name:?} is empty"));
        }
    }

    /// Reports the missing and the unknown fields, after every field was read.
    pub(crate) fn finish(&self, problems: &mut Collector) {
        self.missing.iter().for_each(|name| self.report_missing(name, problems));
        for (name, place, meant) in self.unknown() {
            let hint = match meant {
                Some(near) => format!("did you mean {near:?}?"),
                None => format!("its fields are: {}", self.known.join(", ")),
            };
            problems.report(place, "unknown-field", format!("{} has no field {name:?}; {hint}", self.thing));
        }
    }

    /// Reports a required field if it is absent and was not mistyped, after every field was read.
    pub(crate) fn report_missing(&self, name: &str, problems: &mut Collector) {
        if !self.has(name) && !self.unknown().any(|(.., meant)| meant == Some(name)) {
            let message = format!("{} has no field {name:?}, which is required", self.thing);
            problems.report(self.place, "missing-field", message);
        }
    }

    /// Returns the unknown fields, each with its place and the field that was probably meant.
    fn unknown(&self) -> impl Iterator<Item = (&'a str, Place, Option<&'static str>)> {
        let unknown = self.table.iter().filter(|(name, ..)| !self.known.contains(&name.as_str()));
        unknown.map(|(name, place, _)| (name.as_str(), *place, nearest(name, &self.known)))
    }
}
