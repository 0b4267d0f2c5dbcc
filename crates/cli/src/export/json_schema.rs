//! The schema of the JSON export, with the schema of the record object in `$defs`.
//!
//! The export has no other fields than these. The record object may have more, because a peer may be newer.

use serde_json::{Map, Value, json};

use super::origin::origin;
use super::shape::{Field, Shape, Type, export, record_object, retry_advice, shapes, vocabularies};
use crate::catalogue;

/// Returns the schema.
pub(crate) fn schema() -> Value {
    let mut definitions = Map::new();
    for vocabulary in vocabularies() {
        let schema = json!({"description": vocabulary.about, "type": "string", "enum": vocabulary.words});
        definitions.insert(vocabulary.name.to_owned(), schema);
    }
    for shape in shapes() {
        definitions.insert(shape.name.to_owned(), object(&shape, true));
    }
    let advice = retry_advice();
    definitions.insert(advice.name.to_owned(), object(&advice, false));
    let shape = record_object();
    let mut definition = object(&shape, false);
    definition["oneOf"] = codes_by_system();
    definitions.insert(shape.name.to_owned(), definition);

    let export = export();
    let mut schema = object(&export, true);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["$comment"] = origin("json-schema").into();
    schema["title"] = export.name.into();
    schema["$defs"] = definitions.into();
    schema
}

fn object(shape: &Shape, is_closed: bool) -> Value {
    let property = |field: &Field| {
        let mut schema = of_type(&field.ty);
        if let Some(about) = field.about {
            schema["description"] = about.into();
        }
        (field.name.to_owned(), schema)
    };
    let properties: Map<_, _> = shape.fields.iter().map(property).collect();
    let required: Vec<_> = shape.fields.iter().filter(|field| !field.is_optional).map(|field| field.name).collect();
    let mut schema =
        json!({"description": shape.about, "type": "object", "properties": properties, "required": required});
    if is_closed {
        schema["additionalProperties"] = false.into();
    }
    schema
}

fn of_type(ty: &Type) -> Value {
    match ty {
        Type::Text => json!({"type": "string"}),
        Type::Integer => json!({"type": "integer"}),
        Type::Flag => json!({"type": "boolean"}),
        Type::Anything => json!({"type": "object"}),
        Type::Named(name) => json!({"$ref": format!("#/$defs/{name}")}),
        Type::List(item) => json!({"type": "array", "items": of_type(item)}),
    }
}

/// Pairs each system with its own codes.
fn codes_by_system() -> Value {
    let pair = |system: &str| {
        let records = catalogue::records().filter(|record| record.system.name == system);
        let codes: Vec<_> = records.map(|record| record.code).collect();
        json!({"properties": {"system": {"const": system}, "code": {"enum": codes}}})
    };
    catalogue::systems().map(|system| pair(system.name)).collect()
}
