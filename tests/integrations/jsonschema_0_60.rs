//! Conversions of JSON Schema violations with `?`.
#![cfg(feature = "jsonschema-0_60")]

use std::error::Error;

use jsonschema::{ValidationError, validator_for};
use mcp_error_codes::{McpError, hyper_bun};
use serde_json::{Value, json};

type Checked = Result<(), Box<dyn Error>>;

fn check(schema: &Value, instance: &Value) -> Result<McpError, Box<dyn Error>> {
    fn validate(validator: &jsonschema::Validator, instance: &Value) -> Result<(), McpError> {
        Ok(validator.validate(instance)?)
    }
    let error = validate(&validator_for(schema)?, instance).err().ok_or_else(|| format!("{instance} fits {schema}"))?;
    let source = error.source().and_then(|source| source.downcast_ref::<ValidationError<'static>>());
    assert!(source.is_some(), "jsonschema's error is the source");
    Ok(error)
}

#[test]
fn what_is_missing_is_named_with_its_place() -> Checked {
    let schema = json!({
        "required": ["path"],
        "properties": {"edits": {"items": {"required": ["newText"]}}},
    });
    let error = check(&schema, &json!({}))?;
    assert_eq!(error.to_string(), "VAL-001: Missing required parameter: path");
    assert_eq!(error.detail("parameter"), Some(&json!("path")));
    let error = check(&schema, &json!({"path": "a", "edits": [{"newText": ""}, {"hunter2": "hunter2"}]}))?;
    assert_eq!(error.to_string(), "VAL-001: Missing required parameter: edits[1].newText");
    assert!(!error.tool_result().to_string().contains("hunter2"));
    Ok(())
}

#[test]
fn a_wrong_type_is_told_in_the_words_of_json_schema() -> Checked {
    let cases = [
        (json!("boolean"), json!("true"), "expected boolean, got string"),
        (json!("integer"), json!(1.5), "expected integer, got number"),
        (json!("string"), json!(1), "expected string, got integer"),
        (json!("array"), json!({}), "expected array, got object"),
        (json!("object"), json!([]), "expected object, got array"),
        (json!("number"), json!(null), "expected number, got null"),
        (json!("null"), json!(false), "expected null, got boolean"),
        (json!(["string", "null"]), json!(1), "expected null or string, got integer"),
    ];
    for (word, value, text) in cases {
        let error = check(&json!({"type": word}), &value)?;
        assert_eq!(error.to_string(), format!("VAL-002: Invalid parameter type: {text}"));
        assert_eq!(error.detail("parameter"), None);

        let error = check(&json!({"properties": {"a": {"items": {"type": word}}}}), &json!({"a": [value]}))?;
        assert_eq!(error.to_string(), format!("VAL-002: Invalid parameter type: {text} in `a[0]`"));
        assert_eq!(error.detail("parameter"), Some(&json!("a[0]")));
    }
    Ok(())
}

/// Each with a value that must not be repeated.
fn violations() -> Vec<(Value, Value, &'static str)> {
    let secret = "hunter2";
    vec![
        (json!({"enum": ["one", 2, null]}), json!(secret), "expected `one`, `2` or `null`"),
        (json!({"const": "one"}), json!(secret), "expected `one`"),
        (json!({"const": {"a": 1}}), json!(secret), "expected `{\"a\":1}`"),
        (json!({"minimum": 5}), json!(-86_753_099), "expected at least 5"),
        (json!({"maximum": 5.5}), json!(86_753_099), "expected at most 5.5"),
        (json!({"exclusiveMinimum": 5}), json!(-86_753_099), "expected more than 5"),
        (json!({"exclusiveMaximum": 5}), json!(86_753_099), "expected less than 5"),
        (json!({"multipleOf": 2}), json!(86_753_099), "expected a multiple of 2"),
        (json!({"minLength": 8}), json!(secret), "expected at least 8 characters"),
        (json!({"maxLength": 1}), json!(secret), "expected at most 1 character"),
        (json!({"pattern": "^[a-z]+$"}), json!(secret), "expected a match of `^[a-z]+$`"),
        (json!({"minItems": 2}), json!([secret]), "expected at least 2 items"),
        (json!({"maxItems": 1}), json!([secret, 1]), "expected at most 1 item"),
        (json!({"prefixItems": [true], "unevaluatedItems": false}), json!([1, secret]), "expected fewer items"),
        (json!({"uniqueItems": true}), json!([secret, secret]), "expected unique items"),
        (json!({"contains": {"type": "null"}}), json!([secret]), "expected an item that matches `contains`"),
        (json!({"minProperties": 2}), json!({"a": secret}), "expected at least 2 members"),
        (json!({"maxProperties": 1}), json!({"a": secret, "b": 1}), "expected at most 1 member"),
        (
            json!({"propertyNames": {"maxLength": 3}}),
            json!({"hunter2": 1}),
            "name of a member: expected at most 3 characters",
        ),
        (json!(false), json!(secret), "expected nothing"),
        (json!({"not": {"type": "string"}}), json!(secret), "expected a value that matches `not`"),
        (
            json!({"anyOf": [{"type": "number"}, {"type": "array"}]}),
            json!(secret),
            "expected a value that matches `anyOf`",
        ),
        (
            json!({"oneOf": [{"type": "number"}, {"type": "array"}]}),
            json!(secret),
            "expected a value that matches `oneOf`",
        ),
        (
            json!({"oneOf": [{"minLength": 1}, {"minLength": 2}]}),
            json!(secret),
            "expected a value that matches `oneOf`",
        ),
        (
            json!({"$schema": "http://json-schema.org/draft-07/schema#", "items": [true], "additionalItems": false}),
            json!([1, secret]),
            "expected at most 1 item",
        ),
        (
            json!({"$schema": "http://json-schema.org/draft-07/schema#", "contentEncoding": "base64"}),
            json!("hunter2!"),
            "expected the content encoding `base64`",
        ),
        (
            json!({"$schema": "http://json-schema.org/draft-07/schema#", "contentMediaType": "application/json"}),
            json!(secret),
            "expected the media type `application/json`",
        ),
    ]
}

#[test]
fn a_wrong_value_is_told_without_the_value() -> Checked {
    for (schema, value, text) in violations() {
        let error = check(&schema, &value)?;
        assert_eq!(error.to_string(), format!("VAL-003: Invalid parameter value: {text}"));
        assert_eq!(error.detail("parameter"), None);
        let wire = format!("{} {}", error.tool_result(), error.json_rpc_response(1));
        assert!(!wire.contains("hunter2") && !wire.contains("86753099"), "{wire}");
        assert!(format!("{error:?}").contains("source: "));
        if schema.get("$schema").is_none() {
            let error = check(&json!({"properties": {"a": schema}}), &json!({"a": value}))?;
            assert_eq!(error.to_string(), format!("VAL-003: Invalid parameter value: `a`: {text}"));
            assert_eq!(error.detail("parameter"), Some(&json!("a")));
        }
    }
    Ok(())
}

#[test]
fn an_unknown_member_is_named_and_its_value_is_not() -> Checked {
    for keyword in ["additionalProperties", "unevaluatedProperties"] {
        let schema = json!({"properties": {"a": {"properties": {"b": true}, keyword: false}}});
        let error = check(&schema, &json!({"a": {"b": 1, "nope": "hunter2"}}))?;
        assert_eq!(error.to_string(), "VAL-003: Invalid parameter value: `a.nope`: unknown member");
        assert_eq!(error.detail("parameter"), Some(&json!("a.nope")));
        assert!(!error.tool_result().to_string().contains("hunter2"));

        let (validator, several) = (validator_for(&schema)?, json!({"a": {"x": 1, "y": 2, "z or z": "hunter2"}}));
        let error = McpError::from_schema_violations(validator.iter_errors(&several)).ok_or("it fits")?;
        assert_eq!(error.to_string(), "VAL-003: Invalid parameter value: `a`: unknown members `x`, `y`, `z or z`");
        assert_eq!(error.detail("parameter"), Some(&json!("a")));
    }
    Ok(())
}

#[test]
fn of_a_choice_beside_null_the_schema_is_told() -> Checked {
    let point = json!({"required": ["x"], "properties": {"x": {"type": "integer"}}});
    for keyword in ["anyOf", "oneOf"] {
        let schema = json!({"properties": {"at": {keyword: [point, {"type": "null"}]}}});
        let error = check(&schema, &json!({"at": {"x": "hunter2"}}))?;
        assert_eq!(error.to_string(), "VAL-002: Invalid parameter type: expected integer, got string in `at.x`");
        let error = check(&schema, &json!({"at": {}}))?;
        assert_eq!(error.to_string(), "VAL-001: Missing required parameter: at.x");

        let nulls = json!({keyword: [{"type": "null"}, {"type": "null"}]});
        let error = check(&nulls, &json!(1))?;
        assert_eq!(
            error.to_string(),
            format!("VAL-003: Invalid parameter value: expected a value that matches `{keyword}`")
        );
    }
    Ok(())
}

#[test]
fn a_format_is_named() -> Checked {
    let validator = jsonschema::options().should_validate_formats(true).build(&json!({"format": "date"}))?;
    let value = json!("hunter2");
    let error = McpError::from(validator.validate(&value).err().ok_or("it fits")?);
    assert_eq!(error.to_string(), "VAL-003: Invalid parameter value: expected the format `date`");
    Ok(())
}

#[test]
fn a_place_is_written_as_a_person_writes_it() -> Checked {
    let schema = json!({"properties": {"a/b~c": {"items": {"items": {"type": "null"}}}}});
    let error = check(&schema, &json!({"a/b~c": [[], [null, 1]]}))?;
    assert_eq!(error.detail("parameter"), Some(&json!("a/b~c[1][1]")));
    Ok(())
}

#[test]
fn the_words_of_a_keyword_of_one_s_own_are_passed_on_without_secrets() {
    let error = McpError::from(ValidationError::custom("only good is good, not password=hunter2"));
    assert_eq!(error.to_string(), "VAL-003: Invalid parameter value: only good is good, not password=[redacted]");
}

#[test]
fn a_schema_that_cannot_be_tried_is_the_server_s_own_fault() -> Checked {
    let schema = json!({"pattern": "^(a|a?)+(?=b)$"});
    let validator = jsonschema::options()
        .with_pattern_options(jsonschema::PatternOptions::fancy_regex().backtrack_limit(10))
        .build(&schema)?;
    let value = json!("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    let error = McpError::from(validator.validate(&value).err().ok_or("it fits")?);
    assert!(error.is(hyper_bun::TOOL_EXECUTION_FAILED));
    assert_eq!(error.detail("errorType"), Some(&json!("schema")));
    Ok(())
}

#[test]
fn several_violations_are_one_error_that_tells_of_all() -> Checked {
    let schema = json!({
        "required": ["path"],
        "properties": {"limit": {"type": "integer"}, "mode": {"enum": ["r", "w"]}},
    });
    let validator = validator_for(&schema)?;
    let all = |instance: &Value| McpError::from_schema_violations(validator.iter_errors(instance));

    assert!(all(&json!({"path": "a"})).is_none());
    let one = all(&json!({"path": "a", "mode": "hunter2"})).ok_or("no error")?;
    assert_eq!(one.to_string(), "VAL-003: Invalid parameter value: `mode`: expected `r` or `w`");
    assert!(one.failures().is_empty() && one.source().is_some());

    let three = all(&json!({"limit": "hunter2", "mode": "hunter2"})).ok_or("no error")?;
    let mut told: Vec<_> = three.failures().iter().map(ToString::to_string).collect();
    let messages: Vec<_> = three.failures().iter().map(McpError::message).collect();
    assert_eq!(
        three.to_string(),
        format!("VAL-003: Invalid parameter value: 3 violations of the schema: {}", messages.join("; "))
    );
    told.sort();
    assert_eq!(
        told,
        [
            "VAL-001: Missing required parameter: path",
            "VAL-002: Invalid parameter type: expected integer, got string in `limit`",
            "VAL-003: Invalid parameter value: `mode`: expected `r` or `w`",
        ]
    );
    let details = serde_json::to_value(mcp_error_codes::wire::Details::new(&three))?;
    assert_eq!(details["errors"].as_array().map(Vec::len), Some(3));
    assert!(!three.tool_result().to_string().contains("hunter2"));
    assert!(three.failures().iter().all(|cause| cause.source().is_some()));
    Ok(())
}

#[test]
fn of_very_many_violations_the_first_are_told() -> Checked {
    let validator = validator_for(&json!({"items": {"type": "null"}}))?;
    for (count, begin) in [(20, "20 violations"), (21, "more than 20 violations"), (10_000, "more than 20 violations")]
    {
        let instance = Value::from(vec![1; count]);
        let error = McpError::from_schema_violations(validator.iter_errors(&instance)).ok_or("no error")?;
        assert_eq!(error.failures().len(), 20);
        assert!(error.message().starts_with(&format!("Invalid parameter value: {begin} of the schema: ")), "{error}");
    }
    Ok(())
}

#[cfg(feature = "rmcp-3")]
#[test]
fn a_server_answers_alike_whichever_way_it_checks() -> Checked {
    use mcp_error_codes::arguments::parse;

    #[derive(Debug, serde::Deserialize, rmcp::schemars::JsonSchema)]
    #[schemars(crate = "rmcp::schemars")]
    struct Arguments {
        #[serde(rename = "path")]
        _path: String,
        #[serde(default, rename = "edits")]
        _edits: Vec<Edit>,
    }
    #[derive(Debug, serde::Deserialize, rmcp::schemars::JsonSchema)]
    #[schemars(crate = "rmcp::schemars")]
    struct Edit {
        #[serde(rename = "newText")]
        _new_text: String,
        #[serde(rename = "mode")]
        _mode: Option<Mode>,
    }
    #[derive(Debug, serde::Deserialize, rmcp::schemars::JsonSchema)]
    #[schemars(crate = "rmcp::schemars")]
    #[serde(rename_all = "lowercase")]
    enum Mode {
        Insert,
        Replace,
    }
    let _ = [Mode::Insert, Mode::Replace];

    let schema = serde_json::to_value(rmcp::schemars::schema_for!(Arguments))?;
    let refused = [
        json!({}),
        json!({"path": 1}),
        json!({"path": "a", "edits": {}}),
        json!({"path": "a", "edits": [{"newText": ""}, {}]}),
        json!({"path": "a", "edits": [{"newText": ["hunter2"]}]}),
        json!({"path": "a", "edits": [{"newText": "", "mode": "hunter2"}]}),
    ];
    for arguments in refused {
        let violation = check(&schema, &arguments)?;
        let mismatch = parse::<Arguments>(arguments.as_object().cloned()).err().ok_or("it fits")?;
        assert_eq!(violation.tool_result().to_string(), mismatch.tool_result().to_string());
    }
    Ok(())
}
