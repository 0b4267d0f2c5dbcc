//! Attacks by a peer that controls everything it sends.

use std::time::{Instant, SystemTime};

use mcp_error_codes::{McpError, decode, filesystem};
use serde_json::{Value, json};

/// Returns every form, with `Display` and `Debug`.
fn forms(error: &McpError) -> Vec<String> {
    vec![
        error.to_string(),
        format!("{error:?}"),
        format!("{error:#?}"),
        error.log_entry("m", SystemTime::UNIX_EPOCH).to_string(),
        error.tool_text(),
        error.tool_result().to_string(),
        error.json_rpc_error().to_string(),
        error.problem().to_string(),
        mcp_error_codes::wire::StandardResponse::new(error).to_string(),
        mcp_error_codes::wire::Envelope::new(error).to_string(),
    ]
}

/// Returns the text for people who read a log.
fn for_a_log(error: &McpError) -> [String; 3] {
    [error.to_string(), format!("{error:?}"), error.log_entry("m", SystemTime::UNIX_EPOCH).to_string()]
}

fn sent(message: &str, details: &Value) -> McpError {
    let object = json!({"system": "filesystem", "code": "FS-001", "message": message, "details": details});
    decode(object.to_string()).expect("it is a record object")
}

#[test]
fn display_and_debug_stay_on_one_line() {
    let forged =
        "gone\n2025-01-15 14:23:45.123 | ERROR | FS-001 | Auth | Permission denied\r\nx\u{85}y\u{2028}z\u{b}\u{c}";
    let error = sent(forged, &json!({"a\nb": forged})).with_hint(forged);
    for shown in [error.to_string(), format!("{error:?}")] {
        assert_eq!(shown.lines().count(), 1, "{shown}");
        assert!(!shown.contains(['\r', '\u{85}', '\u{2028}', '\u{b}', '\u{c}']), "{shown}");
    }
    assert!(error.to_string().contains(r"gone\n2025-01-15"), "{error}");
}

#[test]
fn what_is_not_seen_is_escaped_in_a_log() {
    for hidden in [
        '\u{202e}',
        '\u{2066}',
        '\u{200b}',
        '\u{feff}',
        '\u{e0041}',
        '\u{e0101}',
        '\u{fe01}',
        '\u{3164}',
        '\u{1b}',
        '\u{9b}',
    ] {
        let text = format!("a{hidden}b");
        let name = format!("n{hidden}m");
        for error in [
            sent(&text, &json!({ name.clone(): [text.clone(), {name.clone(): text.clone()}] })),
            sent("x", &json!({ "errors": [{"system": "filesystem", "code": "FS-001", "message": text}] })),
            McpError::new(filesystem::DISK_FULL).with_internal(name.clone(), text.clone()).with_error_id(text.clone()),
            decode(json!({"code": 7, "message": text, "data": {name.clone(): text}}).to_string())
                .expect("it is an error"),
        ] {
            for shown in for_a_log(&error) {
                assert!(!shown.contains(hidden), "{shown}");
            }
        }
    }
}

#[test]
fn characters_without_a_width_hide_no_secret() {
    let secret = "a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6";
    for hidden in
        ['\u{200b}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}', '\u{202e}', '\u{e0041}', '\u{fe01}', '\u{34f}']
    {
        let split: String = secret.chars().flat_map(|c| [c, hidden]).collect();
        let half = format!("{}{hidden}{}", &secret[..18], &secret[18..]);
        for text in [
            format!("ghp_{half}"),
            format!("g{hidden}h{hidden}p{hidden}_{split}"),
            format!("password={half}"),
            format!("password={split}"),
            format!("pass{hidden}word={secret}"),
            format!("to{hidden}ken: \"{split}\""),
            format!("postgres://app:{half}@db/prod"),
            format!("Authorization: Bea{hidden}rer {half}"),
        ] {
            let error = sent(&text, &json!({"note": text, (format!("api{hidden}Key")): half}));
            for shown in forms(&error) {
                assert!(!shown.contains(&secret[..18]) && !shown.contains(&secret[18..]), "{text:?}: {shown}");
                let seen: String = shown.chars().filter(|c| *c != hidden).collect();
                assert!(!seen.contains(&secret[..18]) && !seen.contains(&secret[18..]), "{text:?}: {seen}");
            }
        }
    }
    // A text without a secret is unchanged, including emoji and other scripts.
    let family = "no space left \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{2764}\u{fe0f} می\u{200c}خواهم";
    assert_eq!(McpError::new(filesystem::DISK_FULL).with_message(family).message(), family);
}

#[test]
fn depth_and_size_make_no_work_without_bounds() {
    let nested = |depth: usize| {
        (0..depth).fold(json!({"system": "filesystem", "code": "FS-001", "message": "m"}), |inner, _| {
            json!({"system": "filesystem", "code": "FS-001", "message": "m", "details": {"errors": [inner.clone(), inner]}})
        })
    };
    let strings = (0..12).fold("m".to_owned(), |text, _| {
        json!({"isError": true, "content": [{"type": "text", "text": text}]}).to_string()
    });
    let inputs = [
        nested(8).to_string(),
        strings,
        "[".repeat(1 << 20),
        "{\"error\":".repeat(100_000),
        format!("{{\"code\":-32050,\"message\":\"{}\"}}", "\\u200b".repeat(50_000)),
        format!("{{\"code\":-32050,\"message\":\"{}\"}}", "token: \\\"".repeat(10_000)),
        format!("{{\"code\":-32050,\"message\":\"{}\"}}", "a_".repeat(50_000)),
        format!("{{\"code\":-32050,\"message\":\"m\",\"data\":{{\"{}\":1}}}}", "k".repeat(1 << 20)),
        json!({"code": -32050, "message": "m", "data": vec![vec![1; 1_000]; 1_000]}).to_string(),
    ];
    for input in inputs {
        let start = Instant::now();
        if let Ok(error) = decode(&input) {
            for shown in forms(&error) {
                assert!(shown.len() < 8 << 20, "{} bytes of {}", shown.len(), input.len());
            }
        }
        assert!(start.elapsed().as_secs() < 20, "{:?} for {:?}", start.elapsed(), input.get(..60));
    }
}

#[test]
fn numbers_at_their_limits_are_taken() {
    let numbers = [json!(-1), json!(1e308), json!(u64::MAX), json!(i64::MIN), json!("1e999"), json!(null), json!(0.1)];
    for number in numbers {
        for object in [
            json!({"system": "filesystem", "code": "FS-001", "message": "m", "retry": {"class": "transient", "after_ms": number}}),
            json!({"code": number, "message": "m", "data": {"retryAfter": number, "retry_after": number, "retryAfterMs": number}}),
            json!({"type": "about:blank", "title": "m", "status": number, "detail": "m"}),
            json!({"jsonrpc": "2.0", "id": number, "error": {"code": number, "message": "m"}}),
            json!({"isError": true, "content": [{"type": "text", "text": "m"}], "_meta": {"status": number}}),
        ] {
            if let Ok(error) = decode(object.to_string()) {
                forms(&error);
            }
        }
    }
}

#[test]
fn what_is_no_error_is_not_repeated_in_full() {
    let secret = format!("ghp_{}", "a1B2c3D4e5F6".repeat(3));
    for input in [secret.clone(), format!("{{\"token\": \"{secret}\""), format!("{}{secret}", "x".repeat(1 << 20))] {
        if let Err(failure) = decode(&input) {
            let shown = format!("{failure} {failure:?}");
            assert!(!shown.contains(&secret), "{}", &shown[..200.min(shown.len())]);
            assert!(shown.len() < 8_192, "{}", shown.len());
        }
    }
}

#[test]
fn a_secret_in_parts_of_a_structure_is_found() {
    let secret = "hunter2Qx91";
    let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7";
    let columns: Vec<String> = (0..60).map(|at| format!("column_{at}")).collect();
    let values: Vec<String> = (0..60).map(|at| format!("'value {at}'")).collect();
    let insert =
        format!("INSERT INTO users ({}, password) VALUES ({}, '{secret}')", columns.join(", "), values.join(", "));
    let labels: String = (0..40).map(|at| format!("    label-{at}: value\n")).collect();
    let manifest = format!("kind: Secret\nmetadata:\n  labels:\n{labels}data:\n  a: {secret}\n");
    let error = McpError::new(filesystem::DISK_FULL).with_text_limit(10_000);
    let error = error
        .with_detail("lines", json!(["-----BEGIN PRIVATE KEY-----", line, line, "-----END PRIVATE KEY-----", "kept"]))
        .with_detail("issues", json!([{"path": ["user", "password"], "message": "too short", "received": secret}]))
        .with_detail("errors2", json!({"loc": ["body", "api_key"], "msg": "m", "input": secret, "type": "t"}))
        .with_detail("statement", insert)
        .with_detail("manifest", manifest);
    for shown in forms(&error) {
        assert!(!shown.contains(secret) && !shown.contains(line), "{shown}");
    }
    let sent = error.json_rpc_error().to_string();
    assert!(sent.contains("kept") && sent.contains("too short"), "{sent}");
}
