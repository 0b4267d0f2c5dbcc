//! The schema of the JSON export, and in `$defs` that of the record object.
//!
//! The export may have no other fields than these; the record object may, since a peer may be newer.

use mcp_error_codes::REGISTRY;
use serde_json::{Map, Value, json};

use crate::export::origin;
use crate::export::shape::{EXPORT, RECORD_OBJECT, RETRY_ADVICE, SHAPES, Shape, Type, vocabularies};

/// Returns the schema.
pub(crate) fn schema() -> Value {
    let mut definitions = Map::new();
    for vocabulary in vocabularies() {
        let schema = json!({"description": vocabulary.about, "type": "string", "enum": vocabulary.words});
        definitions.insert(vocabulary.name.to_owned(), schema);
    }
    for shape in SHAPES {
        definitions.insert(shape.name.to_owned(), object(shape, true));
    }
    definitions.insert(RETRY_ADVICE.name.to_owned(), object(&RETRY_ADVICE, false));
    let mut record_object = object(&RECORD_OBJECT, false);
    record_object["oneOf"] = codes_by_system();
    definitions.insert(RECORD_OBJECT.name.to_owned(), record_object);

    let mut schema = object(&EXPORT, true);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["$comment"] = origin("json-schema").into();
    schema["title"] = EXPORT.name.into();
    schema["$defs"] = definitions.into();
    schema
}

fn object(shape: &Shape, is_closed: bool) -> Value {
    let properties: Map<_, _> = shape.fields.iter().map(|field| (field.name.to_owned(), of_type(field.ty))).collect();
    let required: Vec<_> = shape.fields.iter().filter(|field| !field.is_optional).map(|field| field.name).collect();
    let mut schema =
        json!({"description": shape.about, "type": "object", "properties": properties, "required": required});
    if is_closed {
        schema["additionalProperties"] = false.into();
    }
    schema
}

fn of_type(ty: Type) -> Value {
    match ty {
        Type::Text => json!({"type": "string"}),
        Type::Integer => json!({"type": "integer"}),
        Type::Flag => json!({"type": "boolean"}),
        Type::Anything => json!({"type": "object"}),
        Type::Named(name) => json!({"$ref": format!("#/$defs/{name}")}),
        Type::List(item) => json!({"type": "array", "items": of_type(*item)}),
    }
}

/// Pairs each system with its own codes.
fn codes_by_system() -> Value {
    let pair = |system: &str| {
        let records = REGISTRY.records().iter().filter(|record| record.system.name == system);
        let codes: Vec<_> = records.map(|record| record.code).collect();
        json!({"properties": {"system": {"const": system}, "code": {"enum": codes}}})
    };
    REGISTRY.systems().iter().map(|system| pair(system.name)).collect()
}
