//! Reads each format of a field from a registry file.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use mcp_error_codes_core::schema::{Block, CodeOrDocument, CodeText, Plain, Rows, Sparse, SystemName, Within};
use mcp_error_codes_core::{
    Alert, Backoff, Category, Claim, Command, Example, ExampleType, Fact, Family, JsonRpcNumber, Kind, Param,
    ParamType, ProtocolVersion, Record, Related, ReservedRange, Retry, RetryClass, Scenario, Section, Severity,
    Signature, Surface, System, Target, UnknownWord,
};

use crate::nearest::nearest;
use crate::problem::Collector;
use crate::read::fields::Fields;
use crate::read::toml::{Node, Value};

/// A format for fields of type `T`.
pub(crate) trait Read<T> {
    /// The value of a part's field that is absent or has a mistake. If it is `None`, the part is omitted.
    const INSTEAD: Option<T>;

    /// Takes the field. Returns `None` if it is absent or has a mistake.
    fn read(fields: &mut Fields<'_>, name: &'static str, is_required: bool, problems: &mut Collector) -> Option<T>;
}

/// A type that is read from one TOML value.
pub(crate) trait FromNode: Sized + 'static {
    /// The same as [`Read::INSTEAD`].
    const INSTEAD: Option<Self>;

    /// Parses the value, and returns it with its fields if it is a table. Reports a mistake.
    fn from_node<'a>(what: What, node: &'a Node, problems: &mut Collector) -> Option<(Self, Fields<'a>)>;
}

/// The name of the type in messages.
#[derive(Debug, Clone, Copy)]
pub(crate) enum What {
    Field(&'static str),
    Item(&'static str),
    Cell(&'static str),
}

impl What {
    /// The name of the field.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Field(name) | Self::Item(name) | Self::Cell(name) => name,
        }
    }
}

impl Display for What {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => write!(f, "field {name:?}"),
            Self::Item(name) => write!(f, "an item of {name:?}"),
            Self::Cell(name) => write!(f, "a cell of {name:?}"),
        }
    }
}

impl<T: FromNode> Read<T> for Plain {
    const INSTEAD: Option<T> = T::INSTEAD;

    fn read(fields: &mut Fields<'_>, name: &'static str, is_required: bool, problems: &mut Collector) -> Option<T> {
        if is_required {
            fields.require(name);
        }
        let (value, child) = T::from_node(What::Field(name), fields.take(name)?, problems)?;
        fields.keep(name, child);
        Some(value)
    }
}

impl<T: FromNode> Read<Option<T>> for Plain {
    const INSTEAD: Option<Option<T>> = Some(None);

    fn read(
        fields: &mut Fields<'_>,
        name: &'static str,
        is_required: bool,
        problems: &mut Collector,
    ) -> Option<Option<T>> {
        <Self as Read<T>>::read(fields, name, is_required, problems).map(Some)
    }
}

impl<T: FromNode> Read<&'static [T]> for Plain {
    const INSTEAD: Option<&'static [T]> = Some(&[]);

    fn read(
        fields: &mut Fields<'_>,
        name: &'static str,
        is_required: bool,
        problems: &mut Collector,
    ) -> Option<&'static [T]> {
        if is_required {
            fields.require_items(name, problems);
        }
        let mut values = Vec::new();
        for node in list(What::Field(name), fields.take(name)?, problems)? {
            if let Some((value, child)) = T::from_node(What::Item(name), node, problems) {
                fields.keep(name, child);
                values.push(value);
            }
        }
        Some(values.leak())
    }
}

impl<T: FromNode> Read<&'static [T]> for Sparse {
    const INSTEAD: Option<&'static [T]> = Some(&[]);

    fn read(
        fields: &mut Fields<'_>,
        name: &'static str,
        is_required: bool,
        problems: &mut Collector,
    ) -> Option<&'static [T]> {
        Plain::read(fields, name, is_required, problems)
    }
}

impl Read<&'static [&'static [&'static str]]> for Rows {
    const INSTEAD: Option<&'static [&'static [&'static str]]> = Some(&[]);

    fn read(
        fields: &mut Fields<'_>,
        name: &'static str,
        _: bool,
        problems: &mut Collector,
    ) -> Option<&'static [&'static [&'static str]]> {
        let mut rows: Vec<&'static [&'static str]> = Vec::new();
        for row in list(What::Field(name), fields.take(name)?, problems)? {
            let Value::List(cells) = &row.value else {
                wrong_type::<()>(What::Item(name), "a list of strings", row, problems);
                continue;
            };
            let cell = |cell: &Node| match &cell.value {
                Value::String(text) => leak(text),
                _ => wrong_type(What::Cell(name), "a string", cell, problems).unwrap_or_default(),
            };
            rows.push(cells.iter().map(cell).collect::<Vec<_>>().leak());
            fields.keep(name, Fields::leaf(row.place));
        }
        Some(rows.leak())
    }
}

impl Read<&'static str> for Block {
    const INSTEAD: Option<&'static str> = Some("");

    fn read(
        fields: &mut Fields<'_>,
        name: &'static str,
        is_required: bool,
        problems: &mut Collector,
    ) -> Option<&'static str> {
        if is_required {
            fields.require(name);
        }
        let node = fields.take(name)?;
        match &node.value {
            // Only trailing line ends are removed.
            Value::String(text) if !text.trim().is_empty() => Some(leak(text.trim_end())),
            Value::String(_) => {
                problems.report(node.place, "empty-value", format!("{} is empty", What::Field(name)));
                None
            }
            _ => wrong_type(What::Field(name), "a string", node, problems),
        }
    }
}

impl Read<Option<&'static str>> for Block {
    const INSTEAD: Option<Option<&'static str>> = Some(None);

    fn read(
        fields: &mut Fields<'_>,
        name: &'static str,
        is_required: bool,
        problems: &mut Collector,
    ) -> Option<Option<&'static str>> {
        <Self as Read<&'static str>>::read(fields, name, is_required, problems).map(Some)
    }
}

/// Implements a format that is read in the same way as [`Plain`].
macro_rules! as_plain {
    ($($format:ty: $($ty:ty),+;)+) => {
        $($(impl Read<$ty> for $format {
            const INSTEAD: Option<$ty> = <Plain as Read<$ty>>::INSTEAD;

            fn read(
                fields: &mut Fields<'_>,
                name: &'static str,
                is_required: bool,
                problems: &mut Collector,
            ) -> Option<$ty> {
                Plain::read(fields, name, is_required, problems)
            }
        })+)+
    };
}

as_plain! {
    CodeText: &'static str, Option<&'static str>;
    SystemName: &'static str;
}

/// Implements reading for integer types.
macro_rules! integers {
    ($($ty:ty),+) => {
        $(
            impl<const LOW: i64, const HIGH: i64> Read<$ty> for Within<LOW, HIGH> {
                const INSTEAD: Option<$ty> = None;

                fn read(
                    fields: &mut Fields<'_>,
                    name: &'static str,
                    is_required: bool,
                    problems: &mut Collector,
                ) -> Option<$ty> {
                    if is_required {
                        fields.require(name);
                    }
                    within(name, fields.take(name)?, (LOW, HIGH), problems)
                }
            }

            impl<const LOW: i64, const HIGH: i64> Read<Option<$ty>> for Within<LOW, HIGH> {
                const INSTEAD: Option<Option<$ty>> = Some(None);

                fn read(
                    fields: &mut Fields<'_>,
                    name: &'static str,
                    is_required: bool,
                    problems: &mut Collector,
                ) -> Option<Option<$ty>> {
                    <Self as Read<$ty>>::read(fields, name, is_required, problems).map(Some)
                }
            }
        )+
    };
}

integers!(u8, u16, u32, u64, i32, i64);

fn within<T: TryFrom<i64>>(name: &str, node: &Node, (low, high): (i64, i64), problems: &mut Collector) -> Option<T> {
    let Value::Integer(number) = node.value else {
        let message = format!("field {name:?} is {}; expected an integer", node.value.type_name());
        problems.report(node.place, "wrong-type", message);
        return None;
    };
    let value = if (low..=high).contains(&number) { number.try_into().ok() } else { None };
    if value.is_none() {
        problems.report(node.place, "out-of-bounds", format!("{name} {number} is not between {low} and {high}"));
    }
    value
}

impl Read<Target> for CodeOrDocument {
    const INSTEAD: Option<Target> = None;

    fn read(fields: &mut Fields<'_>, _: &'static str, _: bool, problems: &mut Collector) -> Option<Target> {
        let code = Plain::read(fields, "code", false, problems).map(Target::Code);
        let document = Plain::read(fields, "document", false, problems).map(Target::Document);
        if fields.has("code") == fields.has("document") {
            let message = "related has both or neither of code and document; expected exactly one";
            problems.report(fields.place(), "related-target", message);
        }
        code.or(document)
    }
}

impl FromNode for &'static str {
    const INSTEAD: Option<Self> = Some("");

    /// Takes a one-line text. An empty text, or one with surrounding white space, is a mistake.
    fn from_node<'a>(what: What, node: &'a Node, problems: &mut Collector) -> Option<(Self, Fields<'a>)> {
        let Value::String(text) = &node.value else {
            return wrong_type(what, "a string", node, problems);
        };
        if text.trim().is_empty() {
            problems.report(node.place, "empty-value", format!("{what} is empty"));
            return None;
        }
        if text.contains(char::is_control) {
            let message = format!("{what} has a line break or another control character: {text:?}");
            problems.report(node.place, "malformed-text", message);
            return None;
        }
        if text.trim() != text {
            problems.report(node.place, "malformed-text", format!("{what} has white space around its text: {text:?}"));
        }
        Some((leak(text), Fields::leaf(node.place)))
    }
}

impl FromNode for bool {
    const INSTEAD: Option<Self> = Some(false);

    fn from_node<'a>(what: What, node: &'a Node, problems: &mut Collector) -> Option<(Self, Fields<'a>)> {
        match node.value {
            Value::Boolean(truth) => Some((truth, Fields::leaf(node.place))),
            _ => wrong_type(what, "a boolean", node, problems),
        }
    }
}

/// Implements reading for vocabularies.
macro_rules! words {
    ($($ty:ident)+) => {
        $(impl FromNode for $ty {
            const INSTEAD: Option<Self> = Self::ALL.first().copied();

            fn from_node<'a>(what: What, node: &'a Node, problems: &mut Collector) -> Option<(Self, Fields<'a>)> {
                Some((word(what, node, problems)?, Fields::leaf(node.place)))
            }
        })+
    };
}

mcp_error_codes_core::__vocabularies!(words);

fn word<T: FromStr<Err = UnknownWord>>(what: What, node: &Node, problems: &mut Collector) -> Option<T> {
    let Value::String(text) = &node.value else {
        return wrong_type(what, "a string", node, problems);
    };
    text.parse()
        .map_err(|unknown: UnknownWord| {
            let words: Vec<_> = unknown.expected().collect();
            let hint = nearest(text, &words).map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
            let message = format!("{} {text:?} is not one of: {}{hint}", what.name(), words.join(", "));
            problems.report(node.place, "unknown-word", message);
        })
        .ok()
}

/// Reads a field as its row in the table declares.
macro_rules! row {
    (required $format:ty, $ty:ty, $fields:expr, $key:expr, $problems:expr) => {
        <$format as Read<$ty>>::read($fields, $key, true, $problems)
    };
    (optional $format:ty, $ty:ty, $fields:expr, $key:expr, $problems:expr) => {
        <$format as Read<$ty>>::read($fields, $key, false, $problems)
    };
    // If the field is absent, the value follows from the kind.
    (of_kind $format:ty, $ty:ty, $fields:expr, $key:expr, $problems:expr) => {
        <$format as Read<$ty>>::read($fields, $key, false, $problems)
    };
    // The caller resolves it.
    (resolved $format:ty, $ty:ty, $fields:expr, $key:expr, $problems:expr) => {{
        $fields.take($key);
        None::<$ty>
    }};
    // The value comes from outside the table.
    (given $format:ty, $ty:ty, $fields:expr, $key:expr, $problems:expr) => {
        None::<$ty>
    };
}

/// Returns the value of a field of a part that was not read.
macro_rules! instead {
    (given $format:ty, $ty:ty) => {
        Some(&[])
    };
    ($need:ident $format:ty, $ty:ty) => {
        <$format as Read<$ty>>::INSTEAD
    };
}

/// Marks the fields of a part that are not in its value; the caller reads them.
fn beside(part: &str, fields: &mut Fields<'_>) {
    if ["System", "Family"].contains(&part) {
        fields.take(DEFAULTS);
    }
}

/// The table of the defaults of a system or a family.
pub(crate) const DEFAULTS: &str = "defaults";

/// Implements reading of parts from tables.
macro_rules! parts {
    ($(
        $(#[doc = $type_doc:literal])+
        $type:ident {
            $($(#[doc = $doc:literal])+ $need:ident $field:ident $(as $key:literal)?: $ty:ty $(as $format:ty)?,)+
        }
    )+) => {
        $(impl FromNode for $type {
            const INSTEAD: Option<Self> = None;

            fn from_node<'a>(what: What, node: &'a Node, problems: &mut Collector) -> Option<(Self, Fields<'a>)> {
                let fields = &mut table(what, node, problems)?;
                $(let $field = row!(
                    $need mcp_error_codes_core::__format!($($format)?), $ty,
                    fields, mcp_error_codes_core::__key!($field $($key)?), problems
                );)+
                beside(stringify!($type), fields);
                fields.finish(problems);
                $(let $field = $field.or(instead!($need mcp_error_codes_core::__format!($($format)?), $ty));)+
                Some((Self::__new($($field?),+), fields.clone()))
            }
        })+
    };
}

mcp_error_codes_core::__parts!(parts);

/// Reads the fields of a record that are in its own table.
macro_rules! record {
    (
        $(#[doc = $type_doc:literal])+
        $type:ident {
            $($(#[doc = $doc:literal])+ $need:ident $field:ident $(as $key:literal)?: $ty:ty $(as $format:ty)? $(= $default:expr)?,)+
        }
    ) => {
        /// Sets every field of a record that is present.
        pub(crate) fn read_record(record: &mut $type, fields: &mut Fields<'_>, problems: &mut Collector) {
            $(if fields.expects(mcp_error_codes_core::__key!($field $($key)?)) {
                let value = row!(
                    $need mcp_error_codes_core::__format!($($format)?), $ty,
                    fields, mcp_error_codes_core::__key!($field $($key)?), problems
                );
                if let Some(value) = value {
                    record.$field = value;
                }
            })+
        }
    };
}

mcp_error_codes_core::__record!(record);

/// Returns the tables of a list.
pub(crate) fn tables_of<'a>(fields: &mut Fields<'a>, name: &'static str, problems: &mut Collector) -> Vec<Fields<'a>> {
    let nodes = fields.take(name).and_then(|node| list(What::Field(name), node, problems)).unwrap_or_default();
    nodes.iter().filter_map(|node| table(What::Item(name), node, problems)).collect()
}

/// Returns the fields of a value that must be a table.
pub(crate) fn table<'a>(what: What, node: &'a Node, problems: &mut Collector) -> Option<Fields<'a>> {
    match &node.value {
        Value::Table(table) => Some(Fields::new(thing(what.name()), node.place, table)),
        _ => wrong_type(what, "a table", node, problems),
    }
}

/// Returns the fields of a value if it is a table.
pub(crate) fn as_table(node: &Node) -> Option<Fields<'_>> {
    match &node.value {
        Value::Table(table) => Some(Fields::new("", node.place, table)),
        _ => None,
    }
}

/// Returns the name of a field's tables in messages: `codes` is a list of tables `code`.
fn thing(field: &'static str) -> &'static str {
    match field {
        "extends" => "extension",
        "families" => "family",
        "diagnostics" => "diagnostic",
        "reserved" => "reserved range",
        "recovery" | "related" | "system" | "retry" | "json_rpc" | DEFAULTS => field,
        plural => plural.strip_suffix('s').unwrap_or(plural),
    }
}

/// The lists of tables that a file usually writes under their own headings.
const TABLES: [&str; 4] = ["families", "codes", "extends", "claims"];

/// The tables that a file usually writes under their own headings.
const SINGLE_TABLES: [&str; 2] = ["system", "preferred"];

/// Returns the items of a list.
fn list<'a>(what: What, node: &'a Node, problems: &mut Collector) -> Option<&'a [Node]> {
    match &node.value {
        Value::List(items) => Some(items),
        _ => wrong_type(what, "a list", node, problems),
    }
}

fn wrong_type<T>(what: What, expected: &str, node: &Node, problems: &mut Collector) -> Option<T> {
    let name = what.name();
    let instead = match (&node.value, expected) {
        (Value::Integer(number), _) if name == "json_rpc" => Some(format!("json_rpc = [{{ number = {number} }}]")),
        (Value::String(text), _) if name == "params" => {
            Some(format!("params = [{{ name = {text:?}, type = \"string\", description = \"..\" }}]"))
        }
        (Value::String(text), _) if name == "related" => {
            Some(format!("related = [{{ code = {text:?}, description = \"..\" }}]"))
        }
        (Value::String(_), _) if name == "retry" => Some("retry = { class = \"..\" }".to_owned()),
        (Value::Table(_), "a list") if TABLES.contains(&name) => Some(format!("[[{name}]]")),
        (Value::Table(_), "a list") => Some(format!("{name} = [{{ .. }}]")),
        (Value::String(text), "a list") => Some(format!("{name} = [{text:?}]")),
        (Value::List(_), "a table") if SINGLE_TABLES.contains(&name) => Some(format!("[{name}]")),
        _ => None,
    };
    let instead = instead.map(|form| format!(": write {form}")).unwrap_or_default();
    let message = format!("{what} is {}; expected {expected}{instead}", node.value.type_name());
    problems.report(node.place, "wrong-type", message);
    None
}

/// Leaks a text. Records contain `'static` text, and a build script is short-lived.
pub(crate) fn leak(text: &str) -> &'static str {
    String::leak(text.to_owned())
}
