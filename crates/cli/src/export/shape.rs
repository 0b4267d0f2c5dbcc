//! The shapes of the exported values, which the schema and the types of other languages are written from. The tables of fields
//! provide those of the records.
//!
//! A test validates the export against the schema, which allows no other fields.

use mcp_error_codes::schema;

/// An object with fields in a fixed order.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// The description, in a sentence without a full stop.
    pub(crate) about: &'static str,
    pub(crate) fields: Vec<Field>,
}

/// A field of a shape.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    /// The description, in one line.
    pub(crate) about: Option<&'static str>,
    pub(crate) ty: Type,
    pub(crate) is_optional: bool,
}

/// The type of a field.
#[derive(Debug, Clone)]
pub(crate) enum Type {
    Text,
    Integer,
    Flag,
    /// An object with any members.
    Anything,
    /// A shape or a vocabulary, by name.
    Named(&'static str),
    List(Box<Type>),
}

use Type::{Anything, Flag, Integer, List, Named, Text};

use crate::catalogue;

fn field(name: &'static str, ty: Type) -> Field {
    Field { name, about: None, ty, is_optional: false }
}

fn optional(name: &'static str, ty: Type) -> Field {
    Field { name, about: None, ty, is_optional: true }
}

/// The whole export. The shapes that it uses are in [`shapes`].
pub(crate) fn export() -> Shape {
    Shape {
        name: "Registry",
        about: "Every system and every code",
        fields: vec![
            field("systems", List(Box::new(Named("System")))),
            field("codes", List(Box::new(Named("ErrorRecord")))),
        ],
    }
}

/// The members of the record object, in every form that contains it.
pub(crate) fn record_object() -> Shape {
    Shape {
        name: "McpErrorObject",
        about: "The part of an error that programs read: in `error.data` of a JSON-RPC response, and in `_meta` of a tool result",
        fields: vec![
            field("system", Text),
            field("code", Text),
            field("name", Text),
            field("kind", Named("Kind")),
            field("message", Text),
            field("hint", Text),
            field("category", Named("Category")),
            field("severity", Named("Severity")),
            optional("recoverable", Flag),
            optional("retry", Named("RetryAdvice")),
            optional("ref", Text),
            optional("error_id", Text),
            optional("details", Anything),
        ],
    }
}

/// The retry advice within the record object.
pub(crate) fn retry_advice() -> Shape {
    Shape {
        name: "RetryAdvice",
        about: "Whether and when to send the same request again",
        fields: vec![field("class", Named("RetryClass")), optional("after_ms", Integer)],
    }
}

/// The name of a record in other languages, where `Record` is too general.
const RECORD: &str = "ErrorRecord";

/// Returns the parts of the export, each after the parts that it uses.
pub(crate) fn shapes() -> Vec<Shape> {
    let shape = |object: &schema::Object| Shape {
        name: named(object.name),
        about: object.about.trim().trim_end_matches('.'),
        fields: object.fields().into_iter().map(described).collect(),
    };
    schema::Object::ALL.iter().map(shape).collect()
}

fn named(object: &'static str) -> &'static str {
    if object == "Record" { RECORD } else { object }
}

fn described(field: schema::Field) -> Field {
    let schema::Field { name, ty, about, is_optional, .. } = field;
    Field { name, about: Some(about.trim()), ty: of(ty), is_optional }
}

fn of(ty: schema::Type) -> Type {
    match ty {
        schema::Type::Text => Text,
        schema::Type::CodeText => Named("ErrorCode"),
        schema::Type::SystemName => Named("SystemName"),
        schema::Type::Integer => Integer,
        schema::Type::Boolean => Flag,
        schema::Type::Word(name) => Named(name),
        schema::Type::Object(name) => Named(named(name)),
        schema::Type::List(item) => List(Box::new(of(*item))),
        // The library and the command have the same version; a test checks it.
        _ => Anything,
    }
}

/// A closed set of words.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    pub(crate) name: &'static str,
    /// What its words describe, in a sentence without a full stop.
    pub(crate) about: &'static str,
    pub(crate) words: Vec<&'static str>,
}

/// Returns the vocabularies of the export, beginning with the codes and the systems of the registry.
pub(crate) fn vocabularies() -> Vec<Vocabulary> {
    let mut codes: Vec<_> = catalogue::records().map(|record| record.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let systems = catalogue::systems().map(|system| system.name).collect();
    let mut vocabularies = vec![
        Vocabulary { name: "ErrorCode", about: "The text of a code; two systems may have the same", words: codes },
        Vocabulary { name: "SystemName", about: "The name of a system", words: systems },
    ];
    vocabularies.extend(schema::Vocabulary::ALL.iter().map(|vocabulary| Vocabulary {
        name: vocabulary.name,
        about: vocabulary.about.trim().trim_end_matches('.'),
        words: vocabulary.words.iter().map(|(word, _)| *word).collect(),
    }));
    vocabularies
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_known(ty: &Type) -> bool {
        match ty {
            List(item) => is_known(item),
            Anything => false,
            _ => true,
        }
    }

    #[test]
    fn every_type_of_the_tables_is_known() {
        for shape in shapes() {
            for field in shape.fields {
                assert!(is_known(&field.ty), "{}.{}", shape.name, field.name);
            }
        }
    }
}
