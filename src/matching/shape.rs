use serde_json::Value;

/// Returns whether a value has the shape that a signature names: `string`, `""`, `{a, b}` for an object with exactly these members,
/// `{a, ..}` for one with others too, `[{a, ..}]` for a list of such objects, and `[{a, ..}, ..]` for a list with one of them.
///
/// `a=text` names a member that is this text, or a list that starts with it.
#[inline]
pub(crate) fn fits(shape: &str, value: &Value) -> bool {
    match (shape, value) {
        ("string", Value::String(text)) => !text.is_empty(),
        ("\"\"", Value::String(text)) => text.is_empty(),
        (list, Value::Array(values)) => {
            let Some(element) = list.strip_prefix('[').and_then(|list| list.strip_suffix(']')) else { return false };
            match element.strip_suffix(", ..") {
                Some(element) => values.iter().any(|value| fits(element, value)),
                None => !values.is_empty() && values.iter().all(|value| fits(element, value)),
            }
        }
        (object, Value::Object(members)) => {
            let Some(names) = object.strip_prefix('{').and_then(|object| object.strip_suffix('}')) else {
                return false;
            };
            let names = names.split(',').map(str::trim);
            let is_open = names.clone().any(|name| name == "..");
            let wanted = names.filter(|name| *name != "..");
            let has = |wanted: &str| match wanted.split_once('=') {
                Some((name, text)) => members.get(name).is_some_and(|value| starts_with(value, text)),
                None => members.contains_key(wanted),
            };
            wanted.clone().all(has) && (is_open || members.len() == wanted.count())
        }
        _ => false,
    }
}

/// Returns whether a value is a text, or a list that starts with it.
#[inline]
fn starts_with(value: &Value, text: &str) -> bool {
    value.as_array().map_or(Some(value), |values| values.first()).is_some_and(|first| first == text)
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
        let issues = json!([{"code": 1, "path": ["a", "id"]}, {"code": 1, "path": ["id"]}]);
        assert!(fits("[{path=id, ..}, ..]", &issues) && !fits("[{path=id, ..}]", &issues));
        assert!(!fits("[{path=b, ..}, ..]", &issues) && fits("{path=a}", &json!({"path": "a"})));
    }
}
