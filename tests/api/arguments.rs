//! How arguments that do not fit are reported, for every kind of type in serde.
#![cfg(feature = "std")]

use std::collections::HashMap;
use std::num::NonZeroU8;

use mcp_error_codes::arguments;
use serde::Deserialize;
use serde::de::Error;
use serde_json::{Value, json};

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
struct Everything {
    flag: bool,
    small: u8,
    signed: i16,
    real: f64,
    nonzero: Option<NonZeroU8>,
    letter: char,
    map: HashMap<u32, bool>,
    pair: Option<(u8, u8)>,
    list: Vec<Edit>,
    id: Option<Id>,
    plain: Option<Plain>,
    external: Option<External>,
    internal: Option<Internal>,
    untagged: Option<Untagged>,
    checked: Option<Checked>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Edit {
    #[serde(rename = "newText")]
    new_text: String,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Id(String);

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Plain {
    One,
    Two,
    Three,
}

#[derive(Debug, Deserialize, PartialEq)]
enum External {
    Unit,
    Newtype(u8),
    Struct { x: u8 },
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(tag = "op")]
enum Internal {
    Read { path: String },
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Untagged {
    Number(u8),
    Struct { b: bool },
}

/// Fails with a custom error.
#[derive(Debug, PartialEq)]
struct Checked;

impl<'de> Deserialize<'de> for Checked {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "good" => Ok(Self),
            _ => Err(D::Error::custom("only good is good, not password=hunter2")),
        }
    }
}

fn parse(arguments: Value) -> Result<Everything, String> {
    let arguments = arguments.as_object().cloned();
    arguments::parse(arguments).map_err(|error| error.to_string())
}

#[test]
fn what_serde_json_takes_is_taken() {
    let fits = [
        json!({}),
        json!({"map": {"1": true}, "pair": [1, 2], "real": 1, "letter": "a", "nonzero": 3, "id": "x"}),
        json!({"plain": "two", "external": "Unit", "internal": {"op": "Read", "path": "a"}}),
        json!({"external": {"Newtype": 3}, "untagged": 3, "checked": "good", "nonzero": null}),
        json!({"external": {"Struct": {"x": 1}}, "untagged": {"b": true}}),
    ];
    for arguments in fits {
        let expected = serde_json::from_value::<Everything>(arguments.clone()).map_err(|error| error.to_string());
        assert_eq!(parse(arguments), expected);
    }
    assert_eq!(arguments::parse::<Everything>(None).ok(), Some(Everything::default()));
}

#[test]
fn what_is_missing_is_named_with_its_place() {
    let place =
        |arguments| parse(arguments).expect_err("it does not fit").replace("VAL-001: Missing required parameter: ", "");
    assert_eq!(place(json!({"list": [{"newText": ""}, {}]})), "list[1].newText");
    assert_eq!(place(json!({"internal": {"op": "Read"}})), "internal.path");
    assert_eq!(place(json!({"internal": {"path": "a"}})), "internal.op");
    assert_eq!(place(json!({"external": {"Struct": {}}})), "external.Struct.x");
}

#[test]
fn a_wrong_type_is_told_in_the_words_of_json_schema() {
    let cases = [
        (json!({"flag": "true"}), "expected boolean, got string in `flag`"),
        (json!({"flag": null}), "expected boolean, got null in `flag`"),
        (json!({"small": 1.5}), "expected integer, got number in `small`"),
        (json!({"small": [1]}), "expected integer, got array in `small`"),
        (json!({"nonzero": "1"}), "expected integer, got string in `nonzero`"),
        (json!({"real": {}}), "expected number, got object in `real`"),
        (json!({"letter": 1}), "expected string, got integer in `letter`"),
        (json!({"map": []}), "expected object, got array in `map`"),
        (json!({"map": {"1": "x"}}), "expected boolean, got string in `map.1`"),
        (json!({"pair": 1}), "expected array, got integer in `pair`"),
        (json!({"list": {}}), "expected array, got object in `list`"),
        (json!({"list": [true]}), "expected object, got boolean in `list[0]`"),
        (json!({"list": [{"newText": 1}]}), "expected string, got integer in `list[0].newText`"),
        (json!({"id": -1}), "expected string, got integer in `id`"),
        (json!({"plain": 1}), "expected string or object, got integer in `plain`"),
        (json!({"plain": 1.5}), "expected string or object, got number in `plain`"),
        (json!({"external": {"Newtype": "x"}}), "expected integer, got string in `external.Newtype`"),
    ];
    for (arguments, text) in cases {
        let expected = format!("VAL-002: Invalid parameter type: {text}");
        assert_eq!(parse(arguments.clone()), Err(expected), "{arguments}");
    }
}

#[test]
fn a_wrong_value_is_told_without_the_value() {
    let cases = [
        (json!({"small": 300}), "`small`: expected an integer from 0 to 255"),
        (json!({"signed": -40000}), "`signed`: expected an integer from -32768 to 32767"),
        (json!({"nonzero": 0}), "`nonzero`: expected a nonzero integer in range"),
        (json!({"plain": "four"}), "`plain`: expected `one`, `two` or `three`"),
        (json!({"external": "Other"}), "`external`: expected `Unit`, `Newtype` or `Struct`"),
        (json!({"internal": {"op": "Write"}}), "`internal.op`: expected `Read`"),
        (json!({"pair": [1]}), "`pair`: invalid length 1, expected a tuple of size 2"),
        (json!({"pair": [1, 256]}), "`pair[1]`: expected an integer from 0 to 255"),
        (json!({"letter": "ab"}), "`letter`: expected a character"),
        (json!({"untagged": "x"}), "`untagged`: data did not match any variant of untagged enum Untagged"),
        (json!({"checked": "bad"}), "`checked`: only good is good, not password=[redacted]"),
    ];
    for (arguments, text) in cases {
        let expected = format!("VAL-003: Invalid parameter value: {text}");
        assert_eq!(parse(arguments.clone()), Err(expected), "{arguments}");
    }
    let unknown = parse(json!({"nope": 1})).expect_err("it does not fit");
    assert!(
        unknown.starts_with("VAL-003: Invalid parameter value: `nope`: unknown member, expected `flag`, "),
        "{unknown}"
    );
}

#[test]
fn no_value_is_ever_repeated() {
    let values = [json!("hunter2"), json!(["hunter2"]), json!({"x": "hunter2"}), json!(-86753099), json!(86753099.5)];
    let members = [
        "flag", "small", "signed", "real", "nonzero", "letter", "map", "pair", "list", "id", "plain", "external",
        "internal", "untagged", "checked",
    ];
    let mut failures = 0;
    for member in members {
        for value in &values {
            let Err(text) = parse(json!({member: value})) else { continue };
            failures += 1;
            assert!(!text.contains("hunter2") && !text.contains("86753099"), "{text}");
        }
    }
    assert!(failures > 60, "{failures}");
}

#[test]
fn a_type_that_the_second_run_cannot_explain_is_still_refused() {
    /// Fails only the first time it is deserialized.
    #[derive(Debug)]
    struct Once;

    impl<'de> Deserialize<'de> for Once {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            serde::de::IgnoredAny::deserialize(deserializer)?;
            match std::any::type_name::<D>().contains("serde_json") {
                true => Err(D::Error::custom("hunter2")),
                false => Ok(Self),
            }
        }
    }

    let error = arguments::parse::<Once>(None).expect_err("it is refused");
    assert_eq!(error.to_string(), "VAL-003: Invalid parameter value: the arguments do not match the input schema");
    // The log has the text of `serde_json`.
    assert_eq!(std::error::Error::source(&error).map(ToString::to_string).as_deref(), Some("hunter2"));
}

#[test]
fn a_name_cannot_pass_for_what_serde_expected() {
    let text = |said: &str| arguments::from_serde_text(said).message().into_owned();
    let unknown = "Invalid parameter value: unknown member, expected nothing";
    assert_eq!(text("unknown field `a`, there are no fields"), unknown);
    assert_eq!(text("unknown field `a, expected hunter2`, there are no fields at line 1 column 9"), unknown);
    let variant = "unknown variant `a, expected hunter2`, there are no variants";
    assert_eq!(text(variant), "Invalid parameter value: expected nothing");
}
