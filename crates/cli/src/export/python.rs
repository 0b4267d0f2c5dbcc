use std::fmt::Write;

use mcp_error_codes::System;
use mcp_error_codes::wire::META_KEY;

use super::origin::origin;
use super::shape::{Field, Shape, Type, record_object, retry_advice, shapes, vocabularies};
use crate::catalogue;
use crate::outcome::Failure;

/// Returns the module, for Python 3.10 or newer.
///
/// # Errors
/// [`Failure::Io`] if a record cannot be serialized, which does not happen.
pub(crate) fn module() -> Result<String, Failure> {
    let mut out = format!("\"\"\"The registry of MCP error codes.\n\n{}\n\"\"\"\n", origin("python"));
    out += "\nfrom collections.abc import Mapping\nfrom enum import Enum\n";
    out += "from typing import Any, Final, Literal, TypedDict, TypeGuard\n";
    for vocabulary in vocabularies() {
        let words: String = vocabulary.words.iter().map(|word| format!("    {word:?},\n")).collect();
        let _ = write!(out, "\n{} = Literal[\n{words}]\n\"\"\"{}.\"\"\"\n", vocabulary.name, vocabulary.about);
    }
    let object = record_object();
    shapes().iter().chain([&retry_advice(), &object]).for_each(|shape| typed_dict(&mut out, shape));
    codes(&mut out);
    records(&mut out)?;
    let _ = write!(out, "\n\nMETA_KEY: Final = {META_KEY:?}\n");
    out += "\"\"\"The key under which `_meta` of a tool result contains the record object.\"\"\"\n";
    let check = |field: &Field| match (field.name, class_of(&field.ty)) {
        (name, class) if field.is_optional => format!("isinstance(value.get({name:?}, {class}()), {class})"),
        (name, class) => format!("isinstance(value.get({name:?}), {class})"),
    };
    let checks: Vec<_> = object.fields.iter().map(check).collect();
    out += &FUNCTIONS.replace("CHECKS", &checks.join("\n        and "));
    Ok(out)
}

/// Writes a dictionary type. Required keys are in a base class, because before Python 3.11 the keys of a class are either all
/// required or all optional. The base class uses the functional syntax, because some keys are keywords of Python.
fn typed_dict(out: &mut String, shape: &Shape) {
    let (optional, required): (Vec<&Field>, Vec<&Field>) = shape.fields.iter().partition(|field| field.is_optional);
    let fields = |fields: &[&Field]| -> String {
        let line = |field: &&Field| {
            let about = field.about.map(|about| format!("        # {about}\n")).unwrap_or_default();
            format!("{about}        {:?}: {},\n", field.name, name(&field.ty))
        };
        fields.iter().map(line).collect()
    };
    let base = if optional.is_empty() { shape.name.to_owned() } else { format!("_{}", shape.name) };
    let _ = write!(out, "\n\n{base} = TypedDict(\n    {base:?},\n    {{\n{}    }},\n)\n", fields(&required));
    if optional.is_empty() {
        let _ = writeln!(out, "\"\"\"{}.\"\"\"", shape.about);
        return;
    }
    let _ = write!(out, "\n\nclass {}({base}, total=False):\n    \"\"\"{}.\"\"\"\n\n", shape.name, shape.about);
    for field in optional {
        if let Some(about) = field.about {
            let _ = writeln!(out, "    # {about}");
        }
        let _ = writeln!(out, "    {}: {}", field.name, name(&field.ty));
    }
}

fn name(ty: &Type) -> String {
    match ty {
        Type::Text => "str".to_owned(),
        Type::Integer => "int".to_owned(),
        Type::Flag => "bool".to_owned(),
        Type::Anything => "dict[str, Any]".to_owned(),
        Type::Named(name) => (*name).to_owned(),
        Type::List(item) => format!("list[{}]", name(item)),
    }
}

/// Returns the class of a value. The words of a vocabulary are strings, because a newer peer may send new ones.
fn class_of(ty: &Type) -> &'static str {
    match ty {
        Type::Integer => "int",
        Type::Flag => "bool",
        Type::Named("RetryAdvice") | Type::Anything => "dict",
        Type::List(_) => "list",
        Type::Text | Type::Named(_) => "str",
    }
}

/// Writes an enum for each system.
fn codes(out: &mut String) {
    for system in catalogue::systems() {
        let class = class(system);
        let _ =
            write!(out, "\n\nclass {class}(str, Enum):\n    \"\"\"The codes of {}.\"\"\"\n\n", docstring(system.title));
        for record in catalogue::records().filter(|record| record.system.name == system.name) {
            let _ = writeln!(out, "    {} = {:?}", record.name, record.code);
        }
    }
}

/// Returns a text that does not end the string with three quotes around it.
fn docstring(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Returns the name of the class of a system. It ends in an underscore if the module or the language has the name already.
fn class(system: &System) -> String {
    let name: String = system.module.split('_').map(capitalized).collect();
    let of_language = ["None", "True", "False", "Any", "Enum", "Final", "Literal", "Mapping", "TypedDict", "TypeGuard"];
    let of_module = vocabularies().into_iter().map(|vocabulary| vocabulary.name);
    let of_shapes = shapes().into_iter().chain([retry_advice(), record_object()]).map(|shape| shape.name);
    match of_language.into_iter().chain(of_module).chain(of_shapes).any(|taken| taken == name) {
        true => name + "_",
        false => name,
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn records(out: &mut String) -> Result<(), Failure> {
    *out += "\n\nRECORDS: Final[Mapping[str, ErrorRecord]] = {\n";
    for record in catalogue::records() {
        let json = serde_json::to_string(record).map_err(Failure::writing)?;
        let _ = writeln!(out, "    \"{}\": {},", record.full_name(), literal(&json));
    }
    *out += "}\n\"\"\"The records by their full names: `filesystem:FS-001`.\"\"\"\n";
    Ok(())
}

/// Converts JSON to a Python literal. Strings and numbers are the same; `true`, `false` and `null` are not.
fn literal(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    // Every second piece is inside a string. Escaped quotes are replaced first, because they do not end one.
    for (at, piece) in json.replace("\\\\", "\u{1}").replace("\\\"", "\u{2}").split('"').enumerate() {
        out += if at == 0 { "" } else { "\"" };
        match at % 2 {
            0 => out += &piece.replace("true", "True").replace("false", "False").replace("null", "None"),
            _ => out += piece,
        }
    }
    out.replace('\u{2}', "\\\"").replace('\u{1}', "\\\\")
}

const FUNCTIONS: &str = r#"

def record_of(system: str, code: str) -> ErrorRecord | None:
    """Find the record of a code of a system."""
    return RECORDS.get(f"{system}:{code}")


def is_mcp_error_object(value: object) -> TypeGuard[McpErrorObject]:
    """Return whether a value is a record object."""
    return (
        isinstance(value, dict)
        and CHECKS
    )


def find_mcp_error_object(received: object) -> McpErrorObject | None:
    """Find the record object in a JSON-RPC response, its `error`, or a tool result, all as dictionaries."""

    def member(value: object, key: str) -> object:
        return value.get(key) if isinstance(value, dict) else None

    candidates = (
        received,
        member(received, "data"),
        member(member(received, "error"), "data"),
        member(member(received, "_meta"), META_KEY),
        member(member(member(received, "result"), "_meta"), META_KEY),
    )
    for candidate in candidates:
        if is_mcp_error_object(candidate):
            return candidate
    return None
"#;
