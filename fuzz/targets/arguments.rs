//! The arguments of a tool, as `Parameters` reads them: they fit exactly if serde says so, and the error repeats no value.
#![no_main]

use std::collections::BTreeMap;

use arbitrary::{Result, Unstructured};
use fuzz::error;
use libfuzzer_sys::fuzz_target;
use mcp_error_codes::arguments;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Edit {
    path: String,
    #[serde(default)]
    dry_run: bool,
    edits: Vec<Change>,
    mode: Option<Mode>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Change {
    old: String,
    new: Option<char>,
    at: (u8, i16),
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    Plain,
    Named(String),
    Pair(u32, f64),
    Full { level: std::num::NonZeroU8 },
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(tag = "type", content = "of")]
enum Tagged {
    A(BTreeMap<String, i64>),
    B { b: Vec<Option<u64>> },
}

#[derive(Debug, PartialEq, Deserialize)]
struct Nested {
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
    tagged: Option<Tagged>,
    either: Option<Either>,
    unit: Option<()>,
    map: Option<BTreeMap<u16, Box<Nested>>>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(untagged)]
enum Either {
    Number(i8),
    Text(String),
    List(Vec<bool>),
}

/// The names of all members.
const NAMES: [&str; 22] = [
    "path", "dryRun", "edits", "mode", "old", "new", "at", "plain", "named", "pair", "full", "level", "type", "of",
    "A", "B", "b", "tagged", "either", "unit", "map", "rest",
];

/// What no message may repeat.
const VALUE: &str = "Zq7xK2mW9pLr4TvB";

fn value(u: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    Ok(match u.int_in_range(0..=if depth == 0 { 5 } else { 7 })? {
        0 => Value::from(VALUE),
        1 => Value::from(*u.choose(&NAMES)?),
        2 => Value::from(u.int_in_range(-300..=70_000)?),
        3 => Value::from(u.arbitrary::<i64>()?),
        4 => error::value(u, 1)?,
        5 => Value::Bool(u.arbitrary()?),
        6 => {
            let length = u.int_in_range(0..=3)?;
            Value::Array((0..length).map(|_| value(u, depth - 1)).collect::<Result<_>>()?)
        }
        _ => Value::Object(members(u, depth - 1)?),
    })
}

fn members(u: &mut Unstructured<'_>, depth: usize) -> Result<Map<String, Value>> {
    let length = u.int_in_range(0..=4)?;
    (0..length).map(|_| Ok(((*u.choose(&NAMES)?).to_owned(), value(u, depth)?))).collect()
}

fn check<T: DeserializeOwned + PartialEq + std::fmt::Debug>(received: &Map<String, Value>) {
    let expected = T::deserialize(&Value::Object(received.clone()));
    match (arguments::parse::<T>(Some(received.clone())), expected) {
        (Ok(read), Ok(expected)) => assert_eq!(read, expected),
        (Err(error), Err(_)) => {
            let sent = error.tool_result().to_string();
            assert!(!sent.contains(VALUE), "a value is repeated: {sent}");
        }
        (read, expected) => panic!("parsed as {read:?}, and by serde as {expected:?}"),
    }
}

fuzz_target!(|input: &[u8]| {
    let received = match serde_json::from_slice(input) {
        Ok(Value::Object(object)) => object,
        _ => members(&mut Unstructured::new(input), 4).unwrap_or_default(),
    };
    check::<Edit>(&received);
    check::<Change>(&received);
    check::<Tagged>(&received);
    check::<Nested>(&received);
    check::<BTreeMap<String, Mode>>(&received);
    check::<BTreeMap<String, Either>>(&received);
});
