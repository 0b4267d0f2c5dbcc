//! Errors show no secrets, payloads or stack traces, and keep everything harmless.
#![cfg(feature = "std")]

use mcp_error_codes::wire::RecordObject;
use mcp_error_codes::{McpError, decode, filesystem, hyper_bun};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const REDACTED: &str = "[redacted]";

fn bare() -> McpError {
    McpError::new(hyper_bun::TOOL_EXECUTION_FAILED)
}

/// Returns a text as a detail shows it. Every other place shows it the same way.
fn shown(text: &str) -> String {
    let error = bare().with_detail("note", text);
    let detail = error.detail("note").and_then(Value::as_str).expect("a text stays a text").to_owned();
    assert_eq!(bare().with_message(text.to_owned()).message(), detail);
    assert_eq!(bare().with_detail("note", json!({"deep": [text]})).detail("note"), Some(&json!({"deep": [detail]})));
    assert_eq!(bare().with_internal("note", text).internal().next(), Some(("note", &json!(detail))));
    assert_eq!(bare().with_trusted_detail("note", text).detail("note"), Some(&json!(detail)));
    detail
}

/// Prefixes of keys. The rest of each key is generated, so this file contains no secret.
fn secrets() -> Vec<String> {
    let alnum = |length: usize| "a1B2c3D4e5".chars().cycle().take(length).collect::<String>();
    let upper = |length: usize| "A1B2C3D4E5".chars().cycle().take(length).collect::<String>();
    let prefixes = [
        ("AIza", 35),
        ("ya29.", 40),
        ("ghp_", 36),
        ("gho_", 36),
        ("ghu_", 36),
        ("ghs_", 36),
        ("ghr_", 36),
        ("github_pat_", 40),
        ("glpat-", 20),
        ("xoxb-", 24),
        ("xoxp-", 24),
        ("xapp-", 24),
        ("sk-", 40),
        ("sk-proj-", 40),
        ("sk-ant-api03-", 40),
        ("sk_live_", 24),
        ("sk_test_", 24),
        ("rk_live_", 24),
        ("whsec_", 32),
        ("npm_", 36),
        ("pypi-", 60),
        ("hf_", 34),
        ("SG.", 60),
        ("dop_v1_", 64),
    ];
    let mut secrets: Vec<String> =
        prefixes.iter().map(|(prefix, length)| format!("{prefix}{}", alnum(*length))).collect();
    secrets.extend(["AKIA", "ASIA"].map(|prefix| format!("{prefix}{}", upper(16))));
    secrets.push(format!("eyJ{}.eyJ{}.{}", alnum(20), alnum(30), alnum(40)));
    secrets
}

#[test]
fn the_value_of_a_secret_s_key_is_redacted_in_any_spelling() {
    let keys = [
        "password",
        "Password",
        "PASSWORD",
        "userPassword",
        "user_password",
        "db.password",
        "passwd",
        "passphrase",
        "secret",
        "client_secret",
        "clientSecret",
        "CLIENT-SECRET",
        "token",
        "accessToken",
        "access_token",
        "ACCESS_TOKEN",
        "refresh token",
        "idToken",
        "csrf-token",
        "tokenValue",
        "authorization",
        "Authorization",
        "Proxy-Authorization",
        "apiKey",
        "api_key",
        "API_KEY",
        "apikey",
        "APIKey",
        "x-api-key",
        "X-API-Key",
        "openai.api.key",
        "cookie",
        "Set-Cookie",
        "sessionCookie",
        "privateKey",
        "private_key",
        "PRIVATE-KEY",
        "sshPrivateKey",
        "private key",
    ];
    for key in keys {
        for value in [json!("short"), json!(12_345), json!(["a", "b"]), json!({"a": "b"}), json!(true), json!("")] {
            let error = bare().with_detail(key, &value).with_internal(key, &value);
            assert_eq!(error.detail(key), Some(&json!(REDACTED)), "{key}");
            assert_eq!(error.internal().collect::<Vec<_>>(), [(key, &json!(REDACTED))]);
            let nested = bare().with_detail("request", json!({"headers": [{ key: value }]}));
            assert_eq!(nested.detail("request"), Some(&json!({"headers": [{ key: REDACTED }]})), "{key}");
        }
        assert_eq!(bare().with_detail(key, Value::Null).detail(key), Some(&Value::Null), "nothing is no secret");
        let allowed = bare().with_trusted_detail(key, "fine");
        assert_eq!(allowed.detail(key), Some(&json!("fine")), "the author vouches for {key}");
    }
}

#[test]
fn a_key_that_only_looks_like_a_secret_s_keeps_its_value() {
    let keys = [
        "tokenCount",
        "token_limit",
        "tokenType",
        "token-usage",
        "tokenBudget",
        "tokenIndex",
        "maxTokens",
        "tokens",
        "tokenizer",
        "secretary",
        "author",
        "authorId",
        "key",
        "keys",
        "publicKey",
        "private",
        "privateNotes",
        "api",
        "apiVersion",
        "keyApi",
        "path",
        "passwordless",
        "compass",
        "bypass",
        "cookiecutter",
        "toolName",
        "executionId",
        "requestId",
        "errorType",
        "",
    ];
    for key in keys {
        let error = bare().with_detail(key, "value").with_detail("outer", json!({ key: "value" }));
        assert_eq!(error.detail(key), Some(&json!("value")), "{key}");
        assert_eq!(error.detail("outer"), Some(&json!({ key: "value" })), "{key}");
    }
}

#[test]
fn a_secret_is_known_by_its_shape_wherever_it_stands() {
    for secret in secrets() {
        assert_eq!(shown(&secret), REDACTED, "{secret}");
        assert_eq!(
            shown(&format!("it said {secret}.")),
            shown(&format!("it said {secret}")) + if shown(&format!("{secret}.")) == REDACTED { "" } else { "." }
        );
        assert_eq!(shown(&format!("({secret})")), format!("({REDACTED})"), "{secret}");
        assert_eq!(shown(&format!("a,{secret},{secret},b")), format!("a,{REDACTED},{REDACTED},b"), "{secret}");
        assert_eq!(shown(&format!("é{secret}\n")), format!("é{REDACTED}\n"), "{secret}");
        let error = filesystem::file_not_found(format!("cache/{secret}/x"));
        let json = error.tool_result().to_string();
        assert!(!json.contains(&secret) && !error.to_string().contains(&secret), "{json}");
    }
}

#[test]
fn a_secret_is_known_by_what_stands_before_it() {
    let cases = [
        ("Authorization: Bearer abc.def-123", "Authorization: [redacted]"),
        ("sent Bearer abcdefgh1234 to it", "sent Bearer [redacted] to it"),
        ("bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "bearer [redacted]"),
        ("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ== was refused", "Basic [redacted] was refused"),
        ("Cookie: a=b; c=d\nHost: x", "Cookie: [redacted]\nHost: x"),
        ("Set-Cookie: id=1; Secure", "Set-Cookie: [redacted]"),
        ("password=hunter2", "password=[redacted]"),
        ("?user=me&password=hunter2&x=1", "?user=me&password=[redacted]&x=1"),
        ("DB_PASSWORD=hunter2 DB_USER=me", "DB_PASSWORD=[redacted] DB_USER=me"),
        ("password: hunter2", "password: [redacted]"),
        (r#"{"password":"hunter2","user":"me"}"#, r#"{"password":"[redacted]","user":"me"}"#),
        (r#"{\"apiKey\":\"abc\",\"user\":\"me\"}"#, r#"{\"apiKey\":\"[redacted]\",\"user\":\"me\"}"#),
        ("token = 'abc def'", "token = '[redacted]'"),
        ("access_token=abc, next", "access_token=[redacted], next"),
        ("x-api-key: 0123abc", "x-api-key: [redacted]"),
        ("client_secret=\"a\\\"b\" rest", "client_secret=\"[redacted]\" rest"),
        ("postgres://me:hunter2@db/prod", "postgres://me:[redacted]@db/prod"),
        ("redis://:hunter2@host:6379", "redis://:[redacted]@host:6379"),
        (
            "ALTER USER jane IDENTIFIED BY 'Qx7''kd92' ACCOUNT LOCK",
            "ALTER USER jane IDENTIFIED BY '[redacted]' ACCOUNT LOCK",
        ),
        ("password: |\r\n  correct horse\r\nnext: 1", "password: |\r\n  [redacted]\r\nnext: 1"),
        (
            "INSERT INTO k VALUES (\n  'k9Qz81mmTr', -- token\n  'jane'\n)",
            "INSERT INTO k VALUES (\n  '[redacted]', -- token\n  'jane'\n)",
        ),
        ("https://a:b@c@host/x and https://d:e@host", "https://a:[redacted]@host/x and https://d:[redacted]@host"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn a_private_key_is_taken_out_as_a_whole() {
    for label in ["RSA PRIVATE KEY", "PRIVATE KEY", "OPENSSH PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"] {
        let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
        let key = format!("{begin}\nMIIBOgIBAAJBAK\nx9/+=\n{end}");
        assert_eq!(shown(&format!("read {key} from disk")), "read [redacted] from disk");
        assert_eq!(shown(&format!("{key}\n{key}")), "[redacted]\n[redacted]");
        assert_eq!(shown(&format!("cut {begin}\nMIIBOgIB")), "cut [redacted]");
        assert_eq!(shown(&format!("{begin}{}{end} after", "A".repeat(5_000))), "[redacted] after");
    }
    let public = "-----BEGIN PUBLIC KEY-----\nMIIBOgIB\n-----END PUBLIC KEY-----";
    assert_eq!(shown(public), public);
}

#[test]
fn harmless_text_is_left_alone() {
    let texts = [
        "",
        "d41d8cd98f00b204e9800998ecf8427e",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "exec-abc123 req-9f8e7d6c5b4a task-0123456789abcdefghijklmnop",
        "risk-assessment-of-the-whole-project.md",
        "/home/me/token/api_key/password.txt",
        r"C:\secrets\token.json",
        "the token has expired; ask for another token",
        "Unexpected token } in JSON at position 4",
        "token: expected a string",
        "tokenCount=512 max_tokens=1024 token_limit: 4096",
        "missing required parameter: apiKey",
        "Bearer of bad news; Basic training",
        "the cookie was refused, the password is too short",
        "https://host/path?x=1#y and https://me@host/ and a:b@c",
        "ghp_short sk-short AKIA eyJ xoxb-",
        "password=",
        "secret = $SECRET, token={token}, password=<password>",
        "日本語のテキスト 🦀",
        "aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=",
        "line one\nline two\ttab\u{7}",
    ];
    for text in texts {
        assert_eq!(shown(text), text);
    }
}

#[test]
fn a_long_text_is_cut_behind_1000_characters() {
    for c in ["x", "é", "🦀"] {
        assert_eq!(shown(&c.repeat(1_000)), c.repeat(1_000));
        assert_eq!(shown(&c.repeat(1_001)), format!("{}… [1 more]", c.repeat(1_000)));
        assert_eq!(shown(&c.repeat(250_000)), format!("{}… [249000 more]", c.repeat(1_000)));
    }
    let error = bare().with_detail("k".repeat(1_500), 1);
    let name = format!("{}… [500 more]", "k".repeat(1_000));
    assert_eq!(error.detail(&name), Some(&json!(1)));
    let nested = bare().with_detail("map", json!({ "k".repeat(1_500): 1 }));
    assert_eq!(nested.detail("map"), Some(&json!({ name: 1 })));
}

#[test]
fn a_message_that_is_filled_with_a_long_value_is_cut_once() {
    let error = filesystem::file_not_found("p".repeat(1_500));
    assert_eq!(error.message(), format!("File not found: {}… [516 more]", "p".repeat(984)));
    assert_eq!(error.detail("path"), Some(&json!(format!("{}… [500 more]", "p".repeat(1_000)))));
    let error = filesystem::file_not_found("p".repeat(984));
    assert_eq!(error.message(), format!("File not found: {}", "p".repeat(984)));
}

#[test]
fn a_text_that_was_cut_before_is_not_cut_again() {
    let cut = shown(&"x".repeat(5_000));
    assert_eq!(shown(&cut), cut);
    assert_eq!(shown(&format!("{cut}!")), format!("{}… [14 more]", "x".repeat(1_000)), "a mark within a text is text");
    let own = "see … [3 more]";
    assert_eq!(shown(own), own);
}

#[test]
fn no_part_of_a_secret_stands_before_a_cut() {
    for secret in secrets().iter().chain(&["password=hunter2hunter2hunter2hunter2".to_owned()]) {
        for before in 950..=1_000 {
            let text = format!("{} {secret}", "x".repeat(before));
            let shown = bare().with_message(text).message().into_owned();
            let tail = &shown[before.min(shown.len())..];
            assert!(!tail.contains("a1B2") && !tail.contains("A1B2") && !tail.contains("hunter"), "{before}: {tail}");
            assert!(shown.chars().count() <= 1_000 + "… [100 more]".chars().count());
        }
    }
}

#[test]
fn a_secret_that_arises_in_a_message_is_redacted_there() {
    let error = filesystem::invalid_parameter_type("Bearer", "abcdefgh12345678");
    assert_eq!(error.message(), "Invalid parameter type: expected Bearer, got abcdefgh12345678");
    let error = mcp_error_codes::scrum::not_found("password", "x").with_message("password=abc");
    assert_eq!(error.message(), "password=[redacted]");
    let error = mcp_error_codes::scrum::wip_limit_exceeded("token=abc", 4, 3);
    assert_eq!(error.message(), "WIP limit exceeded for token=[redacted]: 4/3 tasks");
}

#[test]
fn a_secret_in_a_key_is_redacted() {
    let secret = &secrets()[2];
    let error = bare().with_detail(secret.clone(), 1).with_detail("map", json!({ secret.as_str(): {"a": secret} }));
    assert_eq!(error.detail(REDACTED), Some(&json!(1)));
    assert_eq!(error.detail("map"), Some(&json!({ REDACTED: {"a": REDACTED} })));
}

#[test]
fn a_name_beside_a_value_is_its_key() {
    let environment = json!([{"name": "DB_PASSWORD", "value": "abc"}, {"key": "port", "value": 1}, {"name": "token"}]);
    let error = bare().with_detail("env", environment);
    let expected = json!([{"name": "DB_PASSWORD", "value": REDACTED}, {"key": "port", "value": 1}, {"name": "token"}]);
    assert_eq!(error.detail("env"), Some(&expected));

    let headers = json!([["Host", "a"], ["Cookie", "a=b"], ["X-Api-Key", "abc"], ["password", "userName"]]);
    let error = bare().with_detail("headers", headers);
    let expected = json!([["Host", "a"], ["Cookie", REDACTED], ["X-Api-Key", REDACTED], ["password", "userName"]]);
    assert_eq!(error.detail("headers"), Some(&expected));

    let error = bare().with_detail("args", ["--user", "me", "--password", "abc", "--token", "--verbose", "x"]);
    assert_eq!(
        error.detail("args"),
        Some(&json!(["--user", "me", "--password", REDACTED, "--token", "--verbose", "x"]))
    );
}

#[test]
fn a_source_is_redacted_where_a_log_shows_it() {
    let source = std::io::Error::other("postgres://me:hunter2@db is down");
    let error = bare().with_source(source).with_error_id("token=abc").with_internal("password=abc", 1);
    let log = error.log_entry("Server", std::time::SystemTime::UNIX_EPOCH).to_string();
    assert!(log.ends_with(
        "\n  errorId: token=[redacted]\n  password=[redacted]: [redacted]\n  cause: postgres://me:[redacted]@db is down"
    ));
    let debug = format!("{error:?}");
    assert!(debug.contains("postgres://me:[redacted]@db is down") && !debug.contains("hunter2"), "{debug}");
}

/// Nests a value in lists.
fn nested(levels: usize, inner: Value) -> Value {
    (0..levels).fold(inner, |value, _| Value::Array(vec![value]))
}

#[test]
fn a_value_that_is_nested_too_deep_is_cut() {
    assert_eq!(bare().with_detail("v", nested(64, json!(1))).detail("v"), Some(&nested(64, json!(1))));
    assert_eq!(
        bare().with_detail("v", nested(65, json!(1))).detail("v"),
        Some(&nested(65, json!("[nested too deeply]")))
    );
    assert_eq!(
        bare().with_detail("v", nested(127, json!(1))).detail("v"),
        Some(&nested(65, json!("[nested too deeply]")))
    );
    let told = json!("[not serialisable: nested deeper than 127 levels]");
    assert_eq!(bare().with_detail("v", nested(128, json!(1))).detail("v"), Some(&told));
}

#[test]
fn a_value_that_is_nested_thousands_of_levels_deep_does_no_harm() {
    let told = json!("[not serialisable: nested deeper than 127 levels]");
    let maps = (0..5_000).fold(json!(1), |value, _| Value::Object(Map::from_iter([("a".to_owned(), value)])));
    for value in [nested(5_000, json!(1)), maps] {
        let error = bare().with_detail("v", &value).with_internal("v", &value).with_trusted_detail("w", &value);
        assert_eq!((error.detail("v"), error.detail("w")), (Some(&told), Some(&told)));
        assert_eq!(error.internal().next(), Some(("v", &told)));
        // The value belongs to this test. Dropping it needs one stack frame per level.
        drop_by_level(value);
    }
}

fn drop_by_level(mut value: Value) {
    loop {
        value = match value {
            Value::Array(items) => items.into_iter().next().unwrap_or_default(),
            Value::Object(map) => map.into_iter().next().map(|(_, item)| item).unwrap_or_default(),
            _ => return,
        };
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_made_fit_stays_as_it_is(
        parts in proptest::collection::vec(prop_oneof![
            any::<String>(),
            "[a-z =:;,\"'{}@/\\\\-]{0,40}",
            prop::sample::select(secrets()),
            prop::sample::select(vec!["password=", "token: ", "\"secret\": \"", "Bearer ", "://a:", "@", "Cookie: ", "… [5 more]", "[redacted]"])
                .prop_map(str::to_owned),
            (1..600_usize).prop_map(|length| "x".repeat(length)),
        ], 0..12),
    ) {
        let once = shown(&parts.concat());
        prop_assert_eq!(shown(&once), once);
    }

    #[test]
    fn no_secret_gets_through(before in ".{0,30}", secret in prop::sample::select(secrets()), after in ".{0,30}") {
        let text = format!("{before} {secret} {after}");
        let error = bare().with_detail("note", json!([{"a": text}])).with_message(text);
        prop_assert!(!RecordObject::new(&error).to_string().contains(&secret));
        let received = decode(error.tool_result().to_string()).expect("it is an error");
        prop_assert_eq!(received.message(), error.message());
    }
}
