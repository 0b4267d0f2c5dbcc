//! The JSON export has the fields of the registry files, in the same order, and is complete.
#![cfg(feature = "std")]

use std::collections::BTreeSet;

use mcp_error_codes::schema::{Object, Type, Vocabulary};
use mcp_error_codes::{Code, REGISTRY, Record};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

/// Returns the export as text and as JSON.
fn export() -> (String, Value) {
    let text = serde_json::to_string(&REGISTRY).expect("the registry serialises");
    let value = serde_json::from_str(&text).expect("what was written is JSON");
    (text, value)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_else(|| panic!("{key} is no list in {value}"))
}

/// Returns the description of an object by the name of its type.
fn object(name: &str) -> &'static Object {
    Object::ALL.iter().find(|object| object.name == name).unwrap_or_else(|| panic!("no object {name}"))
}

/// Asserts that an object has the fields of its description and no others, with the right types and in the same order. Adds every
/// field with a value to the fields found.
fn conforms(value: &Value, object: &Object, found: &mut BTreeSet<(&'static str, &'static str)>) {
    let members = value.as_object().unwrap_or_else(|| panic!("not an object: {value}"));
    let fields = object.fields();
    for key in members.keys() {
        assert!(fields.iter().any(|field| field.name == key), "{} has {key}: {value}", object.name);
    }
    for field in fields {
        match members.get(field.name) {
            None => assert!(field.is_optional, "{} is missing in {value}", field.name),
            Some(value) => {
                found.insert((object.name, field.name));
                has_type(value, field.ty, found);
            }
        }
    }
}

fn has_type(value: &Value, ty: Type, found: &mut BTreeSet<(&'static str, &'static str)>) {
    match ty {
        Type::Integer => assert!(value.is_i64(), "{value}"),
        Type::Boolean => assert!(value.is_boolean(), "{value}"),
        Type::Word(name) => {
            let vocabulary = Vocabulary::ALL.iter().find(|vocabulary| vocabulary.name == name).expect("it is listed");
            assert!(vocabulary.words.iter().any(|(word, _)| value == word), "{value}");
        }
        Type::Object(name) => conforms(value, object(name), found),
        Type::List(item) => {
            let items = value.as_array().unwrap_or_else(|| panic!("not a list: {value}"));
            items.iter().for_each(|value| has_type(value, *item, found));
        }
        _ => assert!(value.is_string(), "{value}"),
    }
}

/// Types and fields that the registry does not use yet, or that only a build with recognition contains.
const WITHOUT_DATA: [&str; 6] = ["docs_base", "Alert", "alert", "Signature", "signatures", "Claim"];

#[test]
fn the_fields_are_those_of_the_tables_and_every_one_occurs() {
    let (_, export) = export();
    let mut found = BTreeSet::new();
    list(&export, "systems").iter().for_each(|system| conforms(system, object("System"), &mut found));
    list(&export, "codes").iter().for_each(|code| conforms(code, object("Record"), &mut found));
    for link in list(&export, "codes").iter().flat_map(|code| list(code, "related")) {
        assert_ne!(link["code"].is_null(), link["document"].is_null(), "{link}: one target");
    }
    for object in Object::ALL.iter().filter(|object| !WITHOUT_DATA.contains(&object.name)) {
        for field in object.fields().into_iter().filter(|field| !WITHOUT_DATA.contains(&field.name)) {
            assert!(found.contains(&(object.name, field.name)), "no {} has {}", object.name, field.name);
        }
    }
}

/// The keys of a JSON object, in the order of the text.
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

/// Asserts that the fields of an object are in the order of its description.
fn in_order(value: &impl serde::Serialize, name: &str) {
    let keys = keys(value);
    let fields = object(name).fields().into_iter().map(|field| field.name);
    assert_eq!(keys, fields.filter(|field| keys.iter().any(|key| key == field)).collect::<Vec<_>>());
}

#[test]
fn the_fields_are_in_the_order_of_the_registry_files() {
    assert_eq!(keys(&REGISTRY), ["systems", "codes"]);
    for system in REGISTRY.systems() {
        in_order(system, "System");
        system.families.iter().for_each(|family| in_order(family, "Family"));
    }
    for record in REGISTRY.records() {
        in_order(record, "Record");
        in_order(&record.retry, "Retry");
        record.sections.iter().for_each(|section| in_order(section, "Section"));
        record.scenarios.iter().for_each(|scenario| in_order(scenario, "Scenario"));
        record.json_rpc.iter().for_each(|number| in_order(number, "JsonRpcNumber"));
        record.related.iter().for_each(|link| in_order(link, "Related"));
    }
}

#[test]
fn a_record_without_extras_is_exported_to_the_letter() {
    let record = Code::lookup("SEC-002").map(Code::record).expect("the code exists");
    let text = serde_json::to_string(record).expect("the record serialises");
    let start = r#"{"code":"SEC-002","system":"filesystem","family":"SEC","name":"PATH_TRAVERSAL","title":"Path Traversal","summary":"#;
    assert!(text.starts_with(start), "{text}");
    let facts = concat!(
        r#""message":"Path contains traversal sequences","params":[],"kind":"permission_denied","preferred":false,"http_status":403,"severity":"WARN","#,
        r#""category":"VALIDATION","recoverable":true,"retry":{"class":"do-not-retry"},"surface":"tool","#,
        r#""json_rpc":[{"number":31002}],"aliases":[],"shares_with":[],"since":"0.1.0","reference":"#,
    );
    assert!(text.contains(facts), "{text}");
    assert!(
        text.contains(r#","security_layer":3,"stated":["retry"],"#) && text.ends_with(r#","sections":[]}"#),
        "{text}"
    );
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
    assert_eq!(codes.len(), Code::all().len());
    for (code, record) in codes.iter().zip(REGISTRY.records()) {
        assert_eq!((code["code"].as_str(), code["system"].as_str()), (Some(record.code), Some(record.system.name)));
    }
}

/// Returns every text in the prose fields of a record.
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
