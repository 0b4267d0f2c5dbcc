//! Hostile input: any input gives an answer or a typed error, in bounded space.
#![cfg(feature = "std")]

use std::collections::BTreeMap;
use std::time::Duration;

use mcp_error_codes::wire::RecordObject;
use mcp_error_codes::{
    Code, McpError, NumberRange, by_number, decode, filesystem, find, find_all, in_system, match_message, scrum,
    specification_code,
};
use proptest::prelude::*;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// Texts that have broken other programs.
fn hostile_texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        " ",
        "\0",
        "\n",
        "\r\n",
        "\t",
        "\u{1b}[31mred\u{1b}[0m",
        "\u{7f}\u{80}\u{9f}",
        "\u{202e}txet",
        "\u{feff}",
        "\u{fffd}",
        "\u{2028}\u{2029}",
        "e\u{301}",
        "🦀",
        "👨‍👩‍👧‍👦",
        "İ",
        "ß",
        "\u{10ffff}",
        "{",
        "}",
        "{}",
        "{path}",
        "{{path}}",
        "{path",
        "%s%n",
        "$(reboot)",
        "'; DROP TABLE codes; --",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "\\\\?\\C:\\",
        "-",
        "--",
        "-0",
        "+1",
        "0x10",
        "1e999",
        "NaN",
        "-9223372036854775808",
        "9223372036854775808",
        "-99999999999999999999999999",
        "٣٣٠٠١",
        ":",
        "::::",
        "mcp:",
        "\"",
        "\\",
        "\\u0000",
        "\\ud800",
        "… [18446744073709551615 more]",
        "… [99999999999999999999 more]",
        "[redacted]",
    ]
    .map(str::to_owned)
    .into();
    for piece in [
        "x",
        "é",
        "-",
        ":",
        " ",
        "{",
        "\0",
        "FS-001",
        "password=",
        "token: \"",
        "a-",
        "://",
        "://a:b@",
        "\\\"",
        "-----BEGIN ",
        "Bearer ",
        "sk-",
        "… [1 more]",
    ] {
        texts.push(piece.repeat(1_000_000 / piece.len()));
    }
    texts
}

/// Returns every form of an error. None panics, and each has a bounded length.
fn show(error: &McpError, most: usize) {
    let forms = [
        error.to_string(),
        error.tool_text(),
        error.json_rpc_response(7).to_string(),
        error.tool_result().to_string(),
        RecordObject::new(error).to_string(),
    ];
    for form in &forms {
        assert!(form.len() <= most, "{} bytes", form.len());
    }
    for json in &forms[2..] {
        assert!(serde_json::from_str::<Value>(json).is_ok(), "{json}");
        assert_eq!(decode(json).expect("it is an error").message(), error.message());
    }
    assert!(format!("{error:?}").contains("McpError"));
}

#[test]
fn lookups_take_any_text() {
    for text in hostile_texts() {
        assert_eq!(Code::lookup(&text), None);
        let unknown = find(&text).expect_err("it is no code");
        assert!(unknown.text().chars().count() <= 200);
        assert_eq!(unknown.length(), text.chars().count());
        assert!(unknown.to_string().len() < 3_000 && format!("{unknown:?}").len() < 3_000_000);
        assert_eq!(find_all(&text).count(), 0);
        assert_eq!(Code::in_system(&text).count() + Code::in_family(&text, &text).count(), 0);
        assert_eq!(in_system(&text).by_number(-32_602).next(), None);
        assert!(in_system(&text).match_message(&text).is_empty());
        let _ = match_message(&text);
    }
}

#[test]
fn constructors_and_rendering_take_any_text() {
    // A character takes at most six bytes of JSON, and each text occurs a few times in each form.
    let most = 100_000;
    for text in hostile_texts() {
        show(&filesystem::file_not_found(&text), most);
        show(&scrum::not_found(&text, &text), most);
        show(&McpError::new(filesystem::DISK_FULL).with_message(text.clone()), most);
        show(
            &McpError::new(filesystem::DISK_FULL).with_detail(text.clone(), &text).with_internal(text.clone(), &text),
            most,
        );
        show(&McpError::new(filesystem::DISK_FULL).with_trusted_detail("note", json!({ text.clone(): [text] })), most);
    }
    for text in hostile_texts().into_iter().filter(|text| text.len() < 100) {
        let error = filesystem::disk_full().with_error_id(text.clone()).with_source(text.clone());
        assert_eq!(error.error_id(), Some(text.as_str()));
        show(&error, most);
        assert_eq!(decode(error.tool_result().to_string()).expect("an error").error_id(), Some(text.as_str()));
    }
}

#[test]
fn a_list_of_hostile_texts_fills_a_message_of_bounded_length() {
    let error = scrum::file_claim_conflict(hostile_texts());
    assert!(error.message().chars().count() <= 1_020, "{}", error.message().chars().count());
    show(&error, 1_000_000);
    let many = scrum::file_claim_conflict(0..100_000);
    assert!(many.message().starts_with("Files already claimed by: 0, 1, 2") && many.message().ends_with(" more]"));
}

#[test]
fn numbers_take_any_integer() {
    for number in [i64::MIN, i64::MIN + 1, i64::from(i32::MIN) - 1, 0, 1, i64::from(u32::MAX), i64::MAX] {
        assert_eq!(by_number(number).count(), 0);
        assert_eq!(Code::by_number(number), None);
        assert_eq!((NumberRange::of(number), specification_code(number)), (NumberRange::Free, None));
        show(&filesystem::file_size_exceeded(number, number), 10_000);
        show(&McpError::new(filesystem::DISK_FULL).with_detail("number", number), 10_000);
    }
    show(&McpError::new(filesystem::DISK_FULL).with_detail("number", f64::MIN_POSITIVE), 10_000);
    show(&McpError::new(filesystem::DISK_FULL).with_retry_after(Duration::MAX), 10_000);
}

/// Serializes to a value that JSON does not support, or fails.
#[derive(Clone, Copy, Debug)]
enum Odd {
    Fails,
    FailsWithin,
    KeyIsNoText,
    TooBig,
    Deep,
    Bytes,
}

impl Serialize for Odd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Fails => Err(serde::ser::Error::custom("no\n\"way\"")),
            Self::FailsWithin => [Self::Bytes, Self::Fails].serialize(serializer),
            Self::KeyIsNoText => BTreeMap::from([(vec![1], 2)]).serialize(serializer),
            Self::TooBig => u128::MAX.serialize(serializer),
            // Endless, except for the library's limit.
            Self::Deep => [Self::Deep].serialize(serializer),
            Self::Bytes => serializer.serialize_bytes(&[0, 255]),
        }
    }
}

#[test]
fn details_that_do_not_serialise_are_told_and_the_error_is_kept() {
    for odd in [Odd::Fails, Odd::FailsWithin, Odd::KeyIsNoText, Odd::TooBig, Odd::Deep] {
        let error = filesystem::file_not_found("a")
            .with_detail("odd", odd)
            .with_internal("odd", odd)
            .with_trusted_detail("more", odd);
        let told = error.detail("odd").and_then(Value::as_str).unwrap_or_default();
        assert!(told.starts_with("[not serialisable: "), "{odd:?}: {told}");
        assert_eq!(error.detail("odd"), error.detail("more"));
        assert_eq!(error.message(), "File not found: a");
        show(&error, 10_000);
    }
    assert_eq!(filesystem::disk_full().with_detail("odd", Odd::Bytes).detail("odd"), Some(&json!([0, 255])));
}

#[test]
fn a_page_of_every_code_is_made() {
    for code in Code::all().filter(|code| code.record().is_sent()) {
        let page = code.record().explain().to_string() + &code.record().explain().markdown().to_string();
        assert!(page.len() > 1_000, "{code}");
    }
}

/// Generates any JSON value, including fractions.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop::sample::select(hostile_texts().into_iter().filter(|text| text.len() < 100).collect::<Vec<_>>())
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_value_of_a_parameter_fills_its_template(at in 0..Code::all().len(), value in any_json()) {
        let code = Code::all().nth(at).expect("the code exists");
        let error = code.record().params.iter().fold(McpError::new(code), |error, param| error.with_detail(param.name, &value));
        show(&error, 10_000_000);
    }

    #[test]
    fn any_control_characters_are_escaped(text in "[\\x00-\\x1f\\x7f\"\\\\]{1,40}") {
        let json = filesystem::file_not_found(&text).json_rpc_response("\u{0}\"").to_string();
        prop_assert!(!json.chars().any(|c| c < ' '), "{}", json);
        let value: Value = serde_json::from_str(&json).expect("it is JSON");
        prop_assert_eq!(&value["error"]["data"]["details"]["path"], &Value::from(text));
    }
}
