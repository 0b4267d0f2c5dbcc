//! Takes typed values out of a table, and reports what is missing, unknown or of the wrong type.

use std::collections::BTreeMap;
use std::fmt::{Arguments, Display};

use crate::problem::{Collector, Place};
use crate::read::{Node, Table, Value};

/// The fields of one table, of which some have been taken.
#[derive(Debug, Clone)]
pub(crate) struct Fields<'a> {
    /// What the table is, as messages call it: `code`.
    thing: &'static str,
    place: Place,
    table: &'a Table,
    /// The fields that were asked for, there or not.
    known: Vec<&'static str>,
    /// The lines of what was made of the items of each list.
    items: BTreeMap<&'static str, Vec<Place>>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(thing: &'static str, place: Place, table: &'a Table) -> Self {
        Self { thing, place, table, known: Vec::new(), items: BTreeMap::new() }
    }

    /// Sets what messages call the table.
    pub(crate) fn call(&mut self, thing: &'static str) {
        self.thing = thing;
    }

    /// Tells whether a field is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.table.iter().any(|(key, ..)| key == name)
    }

    /// Tells whether a field is there and no empty list.
    pub(crate) fn has_items(&self, name: &str) -> bool {
        let is_empty = |node: &Node| matches!(&node.value, Value::List(items) if items.is_empty());
        self.table.iter().any(|(key, _, node)| key == name && !is_empty(node))
    }

    /// Looks at a text without taking it.
    pub(crate) fn peek(&self, name: &str) -> Option<&'a str> {
        self.table.iter().find(|(key, ..)| key == name).and_then(|(.., node)| match &node.value {
            Value::String(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// The line that the table starts on.
    pub(crate) fn place(&self) -> Place {
        self.place
    }

    /// The line of a field, or of the table where the field is not there.
    pub(crate) fn place_of(&self, name: &str) -> Place {
        self.table.iter().find(|(key, ..)| key == name).map_or(self.place, |(_, place, _)| *place)
    }

    /// The line of what was made of an item of a list.
    pub(crate) fn place_of_item(&self, name: &str, at: usize) -> Place {
        self.items.get(name).and_then(|places| places.get(at)).copied().unwrap_or(self.place_of(name))
    }

    /// The line of the field that tells this table from its neighbours.
    pub(crate) fn own_place(&self) -> Place {
        let own = ["code", "name", "number"].into_iter().find(|name| self.has(name));
        own.map_or(self.place, |name| self.place_of(name))
    }

    fn take(&mut self, name: &'static str) -> Option<&'a Node> {
        self.known.push(name);
        self.table.iter().find(|(key, ..)| key == name).map(|(.., node)| node)
    }

    /// Reports a field that is not there.
    pub(crate) fn require(&self, name: &str, problems: &mut Collector) {
        if !self.has(name) {
            problems.report(self.place, format!("{} has no field {name:?}, which is required", self.thing));
        }
    }

    /// Reports a list that is not there, or has nothing in it.
    pub(crate) fn require_items(&self, name: &str, problems: &mut Collector) {
        self.require(name, problems);
        if self.has(name) && !self.has_items(name) {
            problems.report(self.place_of(name), format!("field {name:?} is empty"));
        }
    }

    /// Takes a text that may be absent. An empty text, one with space around it, or one of several lines is a mistake.
    pub(crate) fn optional_text(&mut self, name: &'static str, problems: &mut Collector) -> Option<&'static str> {
        text(format_args!("field {name:?}"), self.take(name)?, problems)
    }

    /// Takes a text that must be there; after a mistake it is empty.
    pub(crate) fn text(&mut self, name: &'static str, problems: &mut Collector) -> &'static str {
        self.require(name, problems);
        self.optional_text(name, problems).unwrap_or_default()
    }

    /// Takes preformatted text that may be absent: only trailing line ends are dropped.
    pub(crate) fn optional_block(&mut self, name: &'static str, problems: &mut Collector) -> Option<&'static str> {
        let node = self.take(name)?;
        match &node.value {
            Value::String(text) if !text.trim().is_empty() => Some(leak(text.trim_end())),
            Value::String(_) => {
                problems.report(node.place, format!("field {name:?} is empty"));
                None
            }
            _ => wrong_type(format_args!("field {name:?}"), "a string", node, problems),
        }
    }

    /// Takes preformatted text that must be there; after a mistake it is empty.
    pub(crate) fn block(&mut self, name: &'static str, problems: &mut Collector) -> &'static str {
        self.require(name, problems);
        self.optional_block(name, problems).unwrap_or_default()
    }

    pub(crate) fn texts(&mut self, name: &'static str, problems: &mut Collector) -> &'static [&'static str] {
        let mut texts = Vec::new();
        for item in self.list(name, problems) {
            if let Some(text) = text(format_args!("an item of {name:?}"), item, problems) {
                texts.push(text);
                self.made(name, item.place);
            }
        }
        texts.leak()
    }

    /// Takes a table's rows: lists of texts, of which any may be empty.
    pub(crate) fn rows(&mut self, name: &'static str, problems: &mut Collector) -> &'static [&'static [&'static str]] {
        let mut rows: Vec<&'static [&'static str]> = Vec::new();
        for row in self.list(name, problems) {
            let Value::List(cells) = &row.value else {
                let _: Option<()> = wrong_type(format_args!("an item of {name:?}"), "a list of strings", row, problems);
                continue;
            };
            let mut cell = |cell: &Node| match &cell.value {
                Value::String(text) => leak(text),
                _ => wrong_type(format_args!("a cell of {name:?}"), "a string", cell, problems).unwrap_or_default(),
            };
            rows.push(cells.iter().map(&mut cell).collect::<Vec<_>>().leak());
            self.made(name, row.place);
        }
        rows.leak()
    }

    /// Takes an integer that may be absent, and must lie within bounds and fit the type.
    pub(crate) fn optional_bounded<T: TryFrom<i64>>(
        &mut self,
        name: &'static str,
        low: i64,
        high: i64,
        problems: &mut Collector,
    ) -> Option<T> {
        let node = self.take(name)?;
        let Value::Integer(number) = node.value else {
            return wrong_type(format_args!("field {name:?}"), "an integer", node, problems);
        };
        let bounded = if (low..=high).contains(&number) { number.try_into().ok() } else { None };
        if bounded.is_none() {
            problems.report(node.place, format!("{name} {number} is not between {low} and {high}"));
        }
        bounded
    }

    /// Takes an integer that must be there, lie within bounds and fit the type.
    pub(crate) fn bounded<T: TryFrom<i64>>(
        &mut self,
        name: &'static str,
        low: i64,
        high: i64,
        problems: &mut Collector,
    ) -> Option<T> {
        self.require(name, problems);
        self.optional_bounded(name, low, high, problems)
    }

    /// Takes a boolean that must be there; after a mistake it is false.
    pub(crate) fn boolean(&mut self, name: &'static str, problems: &mut Collector) -> bool {
        self.require(name, problems);
        match self.take(name) {
            Some(Node { value: Value::Boolean(truth), .. }) => *truth,
            Some(node) => wrong_type(format_args!("field {name:?}"), "a boolean", node, problems).unwrap_or_default(),
            None => false,
        }
    }

    /// Takes a word of a closed vocabulary that may be absent.
    pub(crate) fn optional_word<T: Copy + Display>(
        &mut self,
        name: &'static str,
        all: &[T],
        problems: &mut Collector,
    ) -> Option<T> {
        word(format_args!("field {name:?}"), name, self.take(name)?, all, problems)
    }

    /// Takes a word of a closed vocabulary that must be there.
    pub(crate) fn word<T: Copy + Display>(
        &mut self,
        name: &'static str,
        all: &[T],
        problems: &mut Collector,
    ) -> Option<T> {
        self.require(name, problems);
        self.optional_word(name, all, problems)
    }

    pub(crate) fn words<T: Copy + Display + 'static>(
        &mut self,
        name: &'static str,
        all: &[T],
        problems: &mut Collector,
    ) -> &'static [T] {
        let item = format_args!("an item of {name:?}");
        let list = self.list(name, problems).iter();
        list.filter_map(|node| word(item, name, node, all, problems)).collect::<Vec<_>>().leak()
    }

    fn list(&mut self, name: &'static str, problems: &mut Collector) -> &'a [Node] {
        let Some(node) = self.take(name) else { return &[] };
        match &node.value {
            Value::List(items) => items,
            _ => wrong_type(format_args!("field {name:?}"), "a list", node, problems).unwrap_or_default(),
        }
    }

    /// Takes a table that must be there.
    pub(crate) fn table(&mut self, name: &'static str, problems: &mut Collector) -> Option<Fields<'a>> {
        self.require(name, problems);
        self.optional_table(name, problems)
    }

    /// Takes a table that may be absent.
    pub(crate) fn optional_table(&mut self, name: &'static str, problems: &mut Collector) -> Option<Fields<'a>> {
        table(format_args!("field {name:?}"), name, self.take(name)?, problems)
    }

    /// Takes a list of tables, and makes something of each.
    pub(crate) fn each<T>(
        &mut self,
        name: &'static str,
        problems: &mut Collector,
        mut make: impl FnMut(&mut Fields<'a>, &mut Collector) -> Option<T>,
    ) -> Vec<T> {
        let mut made = Vec::new();
        for node in self.list(name, problems) {
            let Some(mut fields) = table(format_args!("an item of {name:?}"), name, node, problems) else { continue };
            if let Some(one) = make(&mut fields, problems) {
                made.push(one);
                self.made(name, fields.own_place());
            }
            fields.finish(problems);
        }
        made
    }

    /// Does the same as [`each`](Self::each) for a part of a record.
    pub(crate) fn tables<T: 'static>(
        &mut self,
        name: &'static str,
        problems: &mut Collector,
        make: impl FnMut(&mut Fields<'a>, &mut Collector) -> Option<T>,
    ) -> &'static [T] {
        self.each(name, problems, make).leak()
    }

    fn made(&mut self, name: &'static str, place: Place) {
        self.items.entry(name).or_default().push(place);
    }

    /// Reports the fields that nobody asked for.
    pub(crate) fn finish(&self, problems: &mut Collector) {
        for (name, place, _) in self.table.iter().filter(|(name, ..)| !self.known.contains(&name.as_str())) {
            let known = self.known.join(", ");
            problems.report(*place, format!("{} has no field {name:?}; its fields are: {known}", self.thing));
        }
    }
}

/// Opens a list item or a field as a table.
fn table<'a>(what: Arguments<'_>, name: &'static str, node: &'a Node, problems: &mut Collector) -> Option<Fields<'a>> {
    match &node.value {
        Value::Table(entries) => Some(Fields::new(thing(name), node.place, entries)),
        _ => wrong_type(what, "a table", node, problems),
    }
}

/// What messages call an entry of a list: `codes` holds a `code`.
fn thing(list: &'static str) -> &'static str {
    match list {
        "extends" => "extension",
        "families" => "family",
        "diagnostics" => "diagnostic",
        "reserved" => "reserved range",
        "recovery" | "related" | "system" | "retry" | "json_rpc" => list,
        plural => plural.strip_suffix('s').unwrap_or(plural),
    }
}

fn text(what: Arguments<'_>, node: &Node, problems: &mut Collector) -> Option<&'static str> {
    let Value::String(text) = &node.value else {
        return wrong_type(what, "a string", node, problems);
    };
    if text.trim().is_empty() {
        problems.report(node.place, format!("{what} is empty"));
        return None;
    }
    if text.contains(char::is_control) {
        problems.report(node.place, format!("{what} has a line break or another control character: {text:?}"));
        return None;
    }
    if text.trim() != text {
        problems.report(node.place, format!("{what} has space around its text: {text:?}"));
    }
    Some(leak(text))
}

fn word<T: Copy + Display>(
    what: Arguments<'_>,
    name: &str,
    node: &Node,
    all: &[T],
    problems: &mut Collector,
) -> Option<T> {
    let Value::String(text) = &node.value else {
        return wrong_type(what, "a string", node, problems);
    };
    let found = all.iter().copied().find(|word| word.to_string() == *text);
    if found.is_none() {
        let words: Vec<_> = all.iter().map(ToString::to_string).collect();
        problems.report(node.place, format!("{name} {text:?} is not one of: {}", words.join(", ")));
    }
    found
}

fn wrong_type<T>(what: Arguments<'_>, expected: &str, node: &Node, problems: &mut Collector) -> Option<T> {
    problems.report(node.place, format!("{what} is {}; expected {expected}", node.value.type_name()));
    None
}

/// Keeps a text for as long as the generator runs. Records hold `'static` text, and a build script is short-lived.
fn leak(text: &str) -> &'static str {
    String::leak(text.to_owned())
}
