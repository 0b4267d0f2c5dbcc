use std::sync::Arc;

use rmcp::model::{JsonObject, Tool};
use serde_json::Value;

/// Simplifies the schemas of a tool so that all clients read them the same way.
///
/// Optional members are never null, so `null` is removed: models would send it, and some services reject a list of types. The
/// formats of Rust's integers are not standardized, and clients warn about them. Line ends in a description come from the source
/// file and become spaces.
pub(crate) fn simplify(tool: &mut Tool) {
    simplify_object(Arc::make_mut(&mut tool.input_schema));
    if let Some(schema) = &mut tool.output_schema {
        simplify_object(Arc::make_mut(schema));
    }
}

fn simplify_object(schema: &mut JsonObject) {
    if schema.get("format").and_then(Value::as_str).is_some_and(is_rust_format) {
        schema.remove("format");
    }
    if schema.get("default").is_some_and(Value::is_null) {
        schema.remove("default");
    }
    let alternatives = schema.get_mut("anyOf").and_then(Value::as_array_mut);
    if let Some(alternatives) = alternatives
        && let [Value::Object(only), null] = alternatives.as_mut_slice()
        && null["type"] == "null"
    {
        let only = std::mem::take(only);
        schema.remove("anyOf");
        schema.extend(only);
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = description.replace('\n', " ");
    }
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    schema.values_mut().for_each(simplify_value);
}

fn simplify_value(value: &mut Value) {
    match value {
        Value::Object(schema) => simplify_object(schema),
        Value::Array(values) => values.iter_mut().for_each(simplify_value),
        _ => {}
    }
}

fn is_rust_format(format: &str) -> bool {
    ["int", "uint"]
        .iter()
        .any(|kind| format.strip_prefix(kind).is_some_and(|bits| bits.is_empty() || bits.parse::<u8>().is_ok()))
}
