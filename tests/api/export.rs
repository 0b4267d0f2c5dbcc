//! The JSON export has the field names of the registry files, in their order, and holds everything.
#![cfg(feature = "std")]

use mcp_error_codes::{Code, REGISTRY, Record};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

/// Every field of a code, in the order of the export. Those with a question mark may be absent.
const CODE: &[&str] = &[
    "code",
    "system",
    "family",
    "name",
    "title",
    "summary",
    "context?",
    "causes",
    "resolution",
    "hint",
    "message?",
    "params",
    "http_status",
    "severity",
    "category",
    "recoverable",
    "retry",
    "surface",
    "json_rpc",
    "aliases",
    "shares_with",
    "superseded_by?",
    "since",
    "deprecated_since?",
    "reference",
    "security_layer?",
    "scenarios",
    "diagnostics",
    "recovery",
    "examples",
    "related",
    "sections",
    "stated",
];
const SYSTEM: &[&str] = &["name", "module", "title", "summary", "since", "reference", "sections", "families"];
const FAMILY: &[&str] = &["name", "title", "summary", "reserved", "diagnostics", "recovery", "sections"];
const SECTION: &[&str] = &["title", "text?", "items?", "columns?", "rows?", "code?"];
const SCENARIO: &[&str] =
    &["name", "title", "summary?", "message?", "params", "causes", "resolution", "prevention", "notes"];
const RETRY: &[&str] = &["class", "backoff?", "attempts?", "initial_ms?", "max_ms?"];
const NUMBER: &[&str] = &["number", "since?", "until?"];
const RELATED: &[&str] = &["code?", "document?", "description"];

/// The export as text, and as JSON.
fn export() -> (String, Value) {
    let text = serde_json::to_string(&REGISTRY).expect("the registry serialises");
    let value = serde_json::from_str(&text).expect("what was written is JSON");
    (text, value)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_else(|| panic!("{key} is no list in {value}"))
}

/// Asserts that an object has these fields and no other, and no null.
fn has_fields(value: &Value, fields: &[&str]) {
    let object = value.as_object().expect("an object");
    for field in fields.iter().filter(|field| !field.ends_with('?')) {
        assert!(object.contains_key(*field), "{field} is missing in {value}");
    }
    for (key, item) in object {
        assert!(fields.iter().any(|field| field.trim_end_matches('?') == key), "{key} is unknown in {value}");
        assert!(!item.is_null(), "{key} is null in {value}");
    }
}

#[test]
fn the_fields_are_those_of_the_registry_files() {
    let (_, export) = export();
    has_fields(&export, &["systems", "codes"]);
    let sections = |value: &Value| list(value, "sections").iter().for_each(|section| has_fields(section, SECTION));
    let commands =
        |value: &Value, key| list(value, key).iter().for_each(|item| has_fields(item, &["command", "description"]));
    let params = |value: &Value| {
        list(value, "params").iter().for_each(|param| has_fields(param, &["name", "type", "description"]));
    };
    for system in list(&export, "systems") {
        has_fields(system, SYSTEM);
        sections(system);
        for family in list(system, "families") {
            has_fields(family, FAMILY);
            sections(family);
            commands(family, "diagnostics");
            commands(family, "recovery");
            list(family, "reserved").iter().for_each(|range| has_fields(range, &["first", "last"]));
        }
    }
    for code in list(&export, "codes") {
        has_fields(code, CODE);
        has_fields(&code["retry"], RETRY);
        sections(code);
        commands(code, "diagnostics");
        commands(code, "recovery");
        params(code);
        list(code, "json_rpc").iter().for_each(|number| has_fields(number, NUMBER));
        list(code, "examples").iter().for_each(|item| has_fields(item, &["type", "description", "text"]));
        list(code, "related").iter().for_each(|link| {
            has_fields(link, RELATED);
            assert_ne!(link["code"].is_null(), link["document"].is_null(), "{link}: one target");
        });
        for scenario in list(code, "scenarios") {
            has_fields(scenario, SCENARIO);
            params(scenario);
        }
    }
}

#[test]
fn every_optional_field_occurs() {
    let (_, export) = export();
    let codes = list(&export, "codes");
    let lists = |key: &'static str| codes.iter().flat_map(move |code| list(code, key));
    let occurs = |field: &str, mut values: Box<dyn Iterator<Item = &Value> + '_>| {
        assert!(values.any(|value| !value[field].is_null()), "{field}");
    };
    for field in CODE.iter().filter_map(|field| field.strip_suffix('?')) {
        occurs(field, Box::new(codes.iter()));
    }
    for field in SECTION.iter().filter_map(|field| field.strip_suffix('?')) {
        occurs(field, Box::new(lists("sections")));
    }
    for field in SCENARIO.iter().filter_map(|field| field.strip_suffix('?')) {
        occurs(field, Box::new(lists("scenarios")));
    }
    for field in NUMBER.iter().filter_map(|field| field.strip_suffix('?')) {
        occurs(field, Box::new(lists("json_rpc")));
    }
    for field in RETRY.iter().filter_map(|field| field.strip_suffix('?')) {
        occurs(field, Box::new(codes.iter().map(|code| &code["retry"])));
    }
}

/// The keys of a JSON object, in the order in which they are written.
struct Keys(Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Keys;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, _)) = map.next_entry::<String, IgnoredAny>()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

fn keys(value: &impl serde::Serialize) -> Vec<String> {
    let text = serde_json::to_string(value).expect("the value serialises");
    serde_json::from_str::<Keys>(&text).expect("what was written is an object").0
}

/// Asserts that an object has its fields in an order, those that may be absent left out.
fn in_order(value: &impl serde::Serialize, fields: &[&str]) {
    let keys = keys(value);
    let expected =
        fields.iter().map(|field| field.trim_end_matches('?')).filter(|field| keys.iter().any(|key| key == field));
    assert_eq!(keys, expected.collect::<Vec<_>>());
}

#[test]
fn the_fields_stand_in_the_order_of_the_registry_files() {
    in_order(&REGISTRY, &["systems", "codes"]);
    for system in REGISTRY.systems() {
        in_order(system, SYSTEM);
        system.families.iter().for_each(|family| in_order(family, FAMILY));
    }
    for record in REGISTRY.records() {
        in_order(record, CODE);
        in_order(&record.retry, RETRY);
        record.sections.iter().for_each(|section| in_order(section, SECTION));
        record.scenarios.iter().for_each(|scenario| in_order(scenario, SCENARIO));
        record.json_rpc.iter().for_each(|number| in_order(number, NUMBER));
        record.related.iter().for_each(|link| in_order(link, RELATED));
    }
}

#[test]
fn a_record_without_extras_is_exported_to_the_letter() {
    let record = Code::lookup("SEC-002").map(Code::record).expect("the code exists");
    let text = serde_json::to_string(record).expect("the record serialises");
    let start = r#"{"code":"SEC-002","system":"filesystem","family":"SEC","name":"PATH_TRAVERSAL","title":"Path Traversal","summary":"#;
    assert!(text.starts_with(start), "{text}");
    let facts = concat!(
        r#""message":"Path contains traversal sequences","params":[],"http_status":403,"severity":"WARN","#,
        r#""category":"VALIDATION","recoverable":true,"retry":{"class":"do-not-retry"},"surface":"tool","#,
        r#""json_rpc":[{"number":31002}],"aliases":[],"shares_with":[],"since":"0.1.0","reference":"#,
    );
    assert!(text.contains(facts), "{text}");
    assert!(text.contains(r#","security_layer":3,"#) && text.ends_with(r#","stated":["retry"]}"#), "{text}");
    let schedule = Code::lookup("FS-007").map(Code::record).expect("the code exists");
    assert_eq!(
        serde_json::to_string(&schedule.retry).expect("the retry advice serialises"),
        r#"{"class":"retry-after-delay","backoff":"linear","attempts":3,"initial_ms":1000,"max_ms":2000}"#
    );
}

#[test]
fn systems_and_codes_are_all_there_in_their_order() {
    let (_, export) = export();
    let names: Vec<_> = list(&export, "systems").iter().map(|system| system["name"].as_str()).collect();
    assert_eq!(names, REGISTRY.systems().iter().map(|system| Some(system.name)).collect::<Vec<_>>());
    let codes = list(&export, "codes");
    assert_eq!(codes.len(), 129);
    for (code, record) in codes.iter().zip(REGISTRY.records()) {
        assert_eq!((code["code"].as_str(), code["system"].as_str()), (Some(record.code), Some(record.system.name)));
    }
}

/// Every text that a record holds in its prose fields.
fn texts(record: &Record) -> Vec<&str> {
    let lists = [record.causes, record.resolution, record.aliases, record.shares_with];
    let own = [record.title, record.summary, record.hint, record.reference, record.since, record.name];
    let optional = [record.context, record.message, record.superseded_by, record.deprecated_since];
    let mut texts: Vec<&str> = own.into_iter().chain(optional.into_iter().flatten()).collect();
    texts.extend(lists.into_iter().flatten());
    texts.extend(record.examples.iter().map(|example| example.text));
    texts.extend(record.sections.iter().filter_map(|section| section.code));
    texts.extend(record.sections.iter().flat_map(|section| section.rows).flat_map(|row| row.iter()));
    texts
}

fn collect<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(map) => map.values().for_each(|item| collect(item, found)),
        _ => {}
    }
}

#[test]
fn every_text_of_a_record_comes_back() {
    let (_, export) = export();
    for (code, record) in list(&export, "codes").iter().zip(REGISTRY.records()) {
        let mut found = Vec::new();
        collect(code, &mut found);
        let missing: Vec<_> = texts(record).into_iter().filter(|text| !found.contains(text)).collect();
        assert_eq!(missing, [""; 0], "{}", record.code);
        assert_eq!(list(code, "scenarios").len(), record.scenarios.len());
        assert_eq!(list(code, "sections").len(), record.sections.len());
        assert_eq!(list(code, "related").len(), record.related.len());
        assert_eq!(code["http_status"], record.http_status);
        assert_eq!(code["recoverable"], record.recoverable);
        let stated: Vec<_> = list(code, "stated").iter().filter_map(Value::as_str).collect();
        assert_eq!(stated, record.stated.iter().map(|fact| fact.as_str()).collect::<Vec<_>>());
    }
}

#[test]
fn the_export_has_no_nulls_and_is_the_same_each_time() {
    let (text, _) = export();
    assert!(!text.contains(":null"));
    assert_eq!(text, export().0);
}
