use serde_json::Value;

/// Returns whether a value has the shape that a signature names: `string`, `""`, `{a, b}` for an object with exactly these members,
/// `{a, ..}` for one with others too, and `[{a, ..}]` for a list of such objects.
pub(crate) fn fits(shape: &str, value: &Value) -> bool {
    match (shape, value) {
        ("string", Value::String(text)) => !text.is_empty(),
        ("\"\"", Value::String(text)) => text.is_empty(),
        (list, Value::Array(values)) => {
            let element = list.strip_prefix('[').and_then(|list| list.strip_suffix(']'));
            element.is_some_and(|element| !values.is_empty() && values.iter().all(|value| fits(element, value)))
        }
        (object, Value::Object(members)) => {
            let Some(names) = object.strip_prefix('{').and_then(|object| object.strip_suffix('}')) else { return false };
            let names = names.split(',').map(str::trim);
            let is_open = names.clone().any(|name| name == "..");
            let wanted = names.filter(|name| *name != "..");
            wanted.clone().all(|name| members.contains_key(name)) && (is_open || members.len() == wanted.count())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::fits;

    #[test]
    fn a_shape_says_what_is_there() {
        assert!(fits("string", &json!("a")) && !fits("string", &json!("")) && !fits("string", &json!({})));
        assert!(fits("\"\"", &json!("")) && !fits("\"\"", &json!("a")));
        assert!(fits("{uri}", &json!({"uri": 1})) && !fits("{uri}", &json!({"uri": 1, "id": 2})));
        assert!(fits("{uri, ..}", &json!({"uri": 1, "id": 2})) && !fits("{uri, ..}", &json!({"id": 2})));
        assert!(fits("[{code, ..}]", &json!([{"code": 1, "path": []}])) && !fits("[{code, ..}]", &json!([])));
    }
}
