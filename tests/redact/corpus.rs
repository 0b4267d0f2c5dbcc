//! Redaction removes a corpus of secrets and keeps a corpus of harmless texts, in every form of an error.
#![cfg(feature = "std")]

use std::borrow::Cow;
use std::io;
use std::time::SystemTime;

use mcp_error_codes::wire::{Envelope, RecordObject, ScrumBody, ScrumConflict, StandardResponse};
use mcp_error_codes::{McpError, filesystem, hyper_bun, scrum};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

const REDACTED: &str = "[redacted]";

/// Returns the lines of a file of the corpus; see its README.
fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with("# "))
}

/// Expands the recipes in a text of the corpus.
fn built(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('⟨') {
        let (recipe, behind) = after.split_once('⟩').expect("a recipe is closed");
        let (kind, length) = recipe.split_once(' ').expect("a recipe has a kind and a length");
        let alphabet = match kind {
            "alnum" => "a1B2c3D4e5F6g7H8",
            "word" => "a1B2-c3D4_e5F6g7",
            "upper" => "A1B2C3D4E5F6G7H8",
            "hex" => "0a1b2c3d4e5f6789",
            "digit" => "1234567890",
            "base64" => "a1B2/c3D4+e5F6g7",
            other => panic!("unknown kind {other:?}"),
        };
        text.push_str(before);
        text.extend(alphabet.chars().cycle().take(length.parse().expect("a length is a number")));
        rest = behind;
    }
    text.push_str(rest);
    text.replace('⏎', "\n").replace('·', "")
}

/// A text with secrets.
struct Sample {
    text: String,
    secrets: Vec<String>,
    /// The text as it is shown.
    shown: String,
}

fn samples() -> Vec<Sample> {
    let sample = |line: &str| {
        let text = built(line);
        let (mut shown, mut secrets, mut rest) = (String::new(), Vec::new(), text.as_str());
        while let Some((before, after)) = rest.split_once('«') {
            let (secret, behind) = after.split_once('»').expect("a mark is closed");
            shown.extend([before, REDACTED]);
            secrets.push(secret.to_owned());
            rest = behind;
        }
        shown.push_str(rest);
        assert!(!secrets.is_empty(), "no secret is marked in {line}");
        Sample { text: text.replace(['«', '»'], ""), secrets, shown }
    };
    lines(include_str!("corpus/secrets.txt")).map(sample).collect()
}

fn bare() -> McpError {
    McpError::new(hyper_bun::TOOL_EXECUTION_FAILED)
}

/// Returns errors with a text in each place that can have one.
fn errors(text: &str) -> Vec<(&'static str, McpError)> {
    let own = || text.to_owned();
    let failure = io::Error::other(own());
    vec![
        ("detail", bare().with_detail("note", text)),
        ("allowed detail", bare().with_trusted_detail("note", text)),
        ("nested detail", bare().with_detail("note", json!({"deep": {"deeper": [{"a": text}]}}))),
        ("list", bare().with_detail("note", ["one", text, "two"])),
        ("key", bare().with_detail(own(), 1)),
        ("nested key", bare().with_detail("note", json!({ text: 1 }))),
        ("message", bare().with_message(own())),
        ("template", filesystem::file_not_found(text)),
        ("template of two", scrum::not_found("Task", text)),
        ("template of a list", scrum::file_claim_conflict([text, "agent-2"])),
        ("internal", bare().with_internal("note", text)),
        ("key of the internal", bare().with_internal(own(), 1)),
        ("nested internal", bare().with_internal("note", json!([{"a": text}]))),
        ("source", bare().with_source(failure)),
        ("error id", bare().with_error_id(own())),
        ("cause", bare().with_failure(bare().with_message(own()).with_detail("note", text))),
        ("cause of a cause", bare().with_failure(bare().with_failure(filesystem::file_not_found(text)))),
    ]
}

/// Returns every form in which an error is shown, to a peer or in a log.
fn forms(error: &McpError) -> Vec<(&'static str, String)> {
    let json = |form: &dyn erased::Json| form.json();
    let mut written = Vec::new();
    error.json_rpc_response(1).write_to(&mut written);
    error.tool_result().write_to(&mut written);
    RecordObject::new(error).write_to(&mut written);
    vec![
        ("JSON-RPC error", json(&error.json_rpc_error())),
        ("JSON-RPC response", json(&error.json_rpc_response(1))),
        ("tool result", json(&error.tool_result())),
        ("tool text", error.tool_text()),
        ("record object", json(&RecordObject::new(error))),
        ("written", String::from_utf8(written).expect("it is UTF-8")),
        ("problem", json(&error.problem())),
        ("standard response", json(&StandardResponse::new(error))),
        ("envelope", json(&Envelope::new(error))),
        ("SCRUM body", json(&ScrumBody::new(error))),
        ("SCRUM conflict", json(&ScrumConflict::new(error))),
        ("log entry", error.log_entry("Server", SystemTime::UNIX_EPOCH).to_string()),
        ("Display", error.to_string()),
        ("Debug", format!("{error:?}")),
        ("alternate Debug", format!("{error:#?}")),
    ]
}

/// Returns the JSON of any form, by `Serialize` and by `Display`.
mod erased {
    pub(super) trait Json {
        fn json(&self) -> String;
    }

    impl<T: super::Serialize + std::fmt::Display> Json for T {
        fn json(&self) -> String {
            format!("{self}\n{}", serde_json::to_string(self).expect("a form serialises"))
        }
    }
}

/// Returns the longest piece of a secret without line ends and quotes, which the forms write differently.
fn core(secret: &str) -> &str {
    let pieces = secret.split(|c: char| !c.is_ascii_alphanumeric());
    pieces.max_by_key(|piece| piece.len()).expect("a secret has a piece")
}

/// Returns a text as a detail shows it.
fn shown(text: &str) -> String {
    bare().with_detail("note", text).detail("note").and_then(Value::as_str).expect("a text stays a text").to_owned()
}

#[test]
fn every_secret_is_redacted_and_what_stands_around_it_stays() {
    let samples = samples();
    let secrets: usize = samples.iter().map(|sample| sample.secrets.len()).sum();
    let mut missed = Vec::new();
    for sample in &samples {
        let shown = shown(&sample.text);
        if shown != sample.shown {
            missed.push(format!("{}\n  shown    {shown}\n  expected {}", sample.text, sample.shown));
        }
    }
    let keys: Vec<_> = lines(include_str!("corpus/secret_keys.txt")).collect();
    let missed_keys: Vec<_> =
        keys.iter().filter(|key| bare().with_detail(**key, "x").detail(key) != Some(&json!(REDACTED))).collect();
    let (all, found) = (secrets + keys.len(), secrets + keys.len() - missed.len() - missed_keys.len());
    eprintln!("redaction: recall {found}/{all}");
    assert!(missed.is_empty() && missed_keys.is_empty(), "{}\n{missed_keys:?}", missed.join("\n"));
}

#[test]
fn no_secret_is_in_any_form_of_an_error() {
    for sample in samples() {
        for (place, error) in errors(&sample.text) {
            for (form, text) in forms(&error) {
                for secret in &sample.secrets {
                    let core = core(secret);
                    assert!(!text.contains(core), "{core} is in the {form} with the {place}: {text}");
                }
            }
        }
    }
}

#[test]
fn the_value_of_a_secret_s_key_is_in_no_form_of_an_error() {
    let value = "swordfish";
    for key in lines(include_str!("corpus/secret_keys.txt")) {
        let pair = json!({"name": key, "value": value});
        let errors = [
            bare().with_detail(key, value),
            bare().with_detail(key, json!({"a": [value]})),
            bare().with_detail("request", json!({"headers": {key: value}, "list": [{key: [value]}]})),
            bare().with_detail("env", [pair]),
            bare().with_internal(key, value),
            bare().with_internal("request", json!([{ key: {"a": value} }])),
            bare().with_failure(bare().with_detail(key, value).with_internal(key, value)),
        ];
        let flag = format!("--{}", key.replace([' ', '.'], "-"));
        let arguments = bare().with_detail("args", ["tool", flag.as_str(), value]);
        for error in errors.iter().chain([&arguments]) {
            for (form, text) in forms(error) {
                assert!(!text.contains(value), "the value of {key} is in the {form}: {text}");
            }
        }
    }
}

#[test]
fn a_secret_s_key_is_known_in_a_text_too() {
    for key in lines(include_str!("corpus/secret_keys.txt")).filter(|key| !key.contains(' ')) {
        let texts = [
            format!("{key}=«swordfish»"),
            format!("a=b&{key}=«swordfish»&c=d"),
            format!("{key} = \"«sword fish»\""),
            format!("{{\"{key}\":\"«swordfish»\",\"n\":1}}"),
            format!("{{\\\"{key}\\\":\\\"«swordfish»\\\",\\\"n\\\":1}}"),
            format!("{{'{key}': '«swordfish»'}}"),
            format!("first: 1\n{key}: «swordfish1»\nlast: 2"),
        ];
        for marked in texts {
            let (before, after) = marked.split_once('«').expect("a secret is marked");
            let (_, after) = after.split_once('»').expect("the mark is closed");
            assert_eq!(shown(&marked.replace(['«', '»'], "")), format!("{before}{REDACTED}{after}"));
        }
    }
}

#[test]
fn harmless_text_comes_through_unchanged() {
    let texts: Vec<String> = lines(include_str!("corpus/harmless.txt")).map(built).collect();
    let keys: Vec<_> = lines(include_str!("corpus/harmless_keys.txt")).collect();
    let registry = registry_texts();
    // A stack trace is only for the log.
    let text_kept =
        |text: &&str| shown(text) == text[..mcp_error_codes::redact::find_stack_trace(text).unwrap_or(text.len())];
    let all_texts = texts.iter().chain(&registry).map(String::as_str);
    let changed: Vec<_> = all_texts.clone().filter(|text| !text_kept(text)).map(|text| (text, shown(text))).collect();
    let changed_keys: Vec<_> =
        keys.iter().filter(|key| bare().with_detail(**key, "x").detail(key) != Some(&json!("x"))).collect();
    let all = all_texts.count() + keys.len();
    eprintln!("redaction: precision {}/{all}", all - changed.len() - changed_keys.len());
    assert!(changed.is_empty() && changed_keys.is_empty(), "{changed:#?}\n{changed_keys:?}");
}

#[test]
fn harmless_text_is_the_same_in_every_place() {
    for text in lines(include_str!("corpus/harmless.txt")).map(built) {
        let error = filesystem::file_not_found(&text).with_internal("note", &text).with_detail("list", [{ &text }]);
        assert_eq!(error.message(), format!("File not found: {text}"));
        assert_eq!(error.detail("path"), Some(&json!(text)));
        assert_eq!(error.detail("list"), Some(&json!([text])));
        assert_eq!(error.internal().next(), Some(("note", &json!(text))));
        assert_eq!(bare().with_message(text.clone()).message(), text);
        assert_eq!(bare().with_error_id(text.clone()).error_id(), Some(text.as_str()));
        assert_eq!(bare().with_detail(text.clone(), 1).details().next().map(|(name, _)| name), Some(text.as_str()));
    }
}

/// Returns every text of the registry: titles, templates, sentences, examples.
fn registry_texts() -> Vec<String> {
    fn collect(value: Value, texts: &mut Vec<String>) {
        match value {
            Value::String(text) => texts.push(text),
            Value::Array(items) => items.into_iter().for_each(|item| collect(item, texts)),
            Value::Object(map) => map.into_iter().for_each(|(_, item)| collect(item, texts)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    collect(serde_json::to_value(&mcp_error_codes::REGISTRY).expect("the registry serialises"), &mut texts);
    // A text that is too long is checked paragraph by paragraph.
    let is_long = |text: &String| text.chars().count() > 1_000;
    let paragraphs: Vec<_> = texts.extract_if(.., |text| is_long(text)).collect();
    texts.extend(paragraphs.iter().flat_map(|text| text.split("\n\n")).map(str::to_owned));
    texts.sort();
    texts.dedup();
    assert!(texts.len() > 2_000, "{}", texts.len());
    texts
}

/// Secrets that are recognized by their form alone.
fn shapes() -> Vec<String> {
    let whole = |sample: &Sample| sample.shown == REDACTED && !sample.text.contains(['=', ' ', '\n']);
    samples().into_iter().filter(whole).map(|sample| sample.text).collect()
}

/// Fragments of texts with and without secrets.
fn piece() -> impl Strategy<Value = Cow<'static, str>> {
    #[rustfmt::skip]
    let marks = [
        "password", "token", "Cookie", "Authorization", "api key", "--password ", "unexpected token", "Bearer ",
        "Basic ", "=", ":", ": ", " = ", "=>", ":=", "==", "\"", "'", "`", "\\", "\\\"", "{", "}", "[", "]", "<", ">",
        "$", "%", "(", ")", "://", "@", "/", ";", "&", ",", "\n", " ", "-", "--", "Some(", "b'", "Pwd",
        "-----BEGIN PRIVATE KEY-----", "-----END ", "-----", "must", "required", "null", "hunter2", "[redacted]",
        "[redacted", "… [5 more]", "eyJ", "é",
    ];
    prop_oneof![
        4 => prop::sample::select(marks.to_vec()).prop_map(Cow::Borrowed),
        1 => prop::sample::select(samples().into_iter().map(|sample| sample.text).collect::<Vec<_>>()).prop_map(Cow::Owned),
        1 => any::<String>().prop_map(Cow::Owned),
        1 => (1..400_usize).prop_map(|length| Cow::Owned("x".repeat(length))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_redacted_once_stays_as_it_is(pieces in prop::collection::vec(piece(), 0..24)) {
        let once = shown(&pieces.concat());
        prop_assert_eq!(shown(&once), once);
    }

    #[test]
    fn a_secret_is_found_in_any_text(
        before in ".{0,40}",
        secret in prop::sample::select(shapes()),
        after in ".{0,40}",
        left in "[^0-9A-Za-z_]",
        right in "[ \n,;)\"'!]",
    ) {
        let text = shown(&format!("{before}{left}{secret}{right}{after}"));
        prop_assert!(!text.contains(core(&secret)), "{}", text);
    }
}

#[test]
fn harmless_text_costs_no_allocation() {
    // The first redaction in a process creates the tables.
    let _ = shown("token: the disk is full");
    for text in lines(include_str!("corpus/harmless.txt")).map(built) {
        // One allocation is for the additions to a bare error.
        let own: &'static str = text.leak();
        let cost = allocation_counter::measure(|| drop(bare().with_message(own))).count_total;
        assert_eq!(cost, 1, "{own}");
    }
}

#[test]
fn a_text_of_a_megabyte_is_cut_whatever_it_repeats() {
    #[rustfmt::skip]
    let pieces = [
        "token:", "token: [a ", "token: <a ", "token=\"{", "token: f(", "password=a,", "Cookie: the ", "<password>",
        "<token>>>>>", "://a:", "://a:b@", "-----BEGIN ", "-----BEGIN PRIVATE KEY----- ", "Bearer ", "Basic a", "eyJ",
        "a-", "--token a", "token%3D", "%22token%22%3A", "=", ":", "\\\"", "token=\\\\\"", "12345678:AA", "sk-", "M.",
        "é:", "'token': ",
    ];
    for piece in pieces {
        let shown = shown(&piece.repeat(1_000_000 / piece.len()));
        assert!(shown.len() <= 2_000 + REDACTED.len(), "{piece}: {}", shown.len());
    }
}
