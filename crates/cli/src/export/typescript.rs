use std::fmt::Write;

use mcp_error_codes::wire::META_KEY;

use super::origin::origin;
use super::shape::{Field, Shape, Type, record_object, retry_advice, shapes, vocabularies};
use crate::catalogue;
use crate::outcome::Failure;

/// Returns the module.
///
/// # Errors
/// [`Failure::Io`] if a record cannot be serialized, which does not happen.
pub(crate) fn module() -> Result<String, Failure> {
    let mut out = format!("// {}\n", origin("typescript"));
    for vocabulary in vocabularies() {
        let words: String = vocabulary.words.iter().map(|word| format!("\n  | {word:?}")).collect();
        let _ = write!(out, "\n/** {}. */\nexport type {} ={words};\n", vocabulary.about, vocabulary.name);
    }
    let object = record_object();
    shapes().iter().chain([&retry_advice(), &object]).for_each(|shape| interface(&mut out, shape));
    codes(&mut out);
    records(&mut out)?;
    let _ = write!(out, "\n/** The key under which `_meta` of a tool result contains the record object. */\n");
    let _ = writeln!(out, "export const META_KEY = {META_KEY:?};");
    let check = |field: &Field| {
        let (name, ty) = (field.name, type_of(&field.ty));
        let null = if ty == "object" { format!(" && object[{name:?}] !== null") } else { String::new() };
        match field.is_optional {
            true => format!("(object[{name:?}] === undefined || (typeof object[{name:?}] === {ty:?}{null}))"),
            false => format!("typeof object[{name:?}] === {ty:?}{null}"),
        }
    };
    let checks: Vec<_> = object.fields.iter().map(check).collect();
    out += &FUNCTIONS.replace("CHECKS", &checks.join(" &&\n    "));
    Ok(out)
}

fn interface(out: &mut String, shape: &Shape) {
    let _ = write!(out, "\n/** {}. */\nexport interface {} {{\n", shape.about, shape.name);
    for field in &shape.fields {
        if let Some(about) = field.about {
            let _ = writeln!(out, "  /** {about} */");
        }
        let mark = if field.is_optional { "?" } else { "" };
        let _ = writeln!(out, "  readonly {}{mark}: {};", field.name, name(&field.ty));
    }
    *out += "}\n";
}

fn name(ty: &Type) -> String {
    match ty {
        Type::Text => "string".to_owned(),
        Type::Integer => "number".to_owned(),
        Type::Flag => "boolean".to_owned(),
        Type::Anything => "Readonly<Record<string, unknown>>".to_owned(),
        Type::Named(name) => (*name).to_owned(),
        Type::List(item) => format!("ReadonlyArray<{}>", name(item)),
    }
}

/// Returns the `typeof` of a value. The words of a vocabulary are strings, because a newer peer may send new ones.
fn type_of(ty: &Type) -> &'static str {
    match ty {
        Type::Integer => "number",
        Type::Flag => "boolean",
        Type::Named("RetryAdvice") | Type::Anything | Type::List(_) => "object",
        Type::Text | Type::Named(_) => "string",
    }
}

/// Writes the codes of each system by name.
fn codes(out: &mut String) {
    *out +=
        "\n/** The codes by system and name, as `code` of a record object contains them. */\nexport const codes = {\n";
    for system in catalogue::systems() {
        let _ = writeln!(out, "  {}: {{", system.module);
        for record in catalogue::records().filter(|record| record.system.name == system.name) {
            let _ = writeln!(out, "    /** {} */\n    {}: {:?},", comment(record.title), record.name, record.code);
        }
        *out += "  },\n";
    }
    *out += "} as const;\n";
}

/// Returns a text that does not end the comment around it.
fn comment(text: &str) -> String {
    text.replace("*/", "*\\/")
}

fn records(out: &mut String) -> Result<(), Failure> {
    *out += "\n/** The records by their full names: `filesystem:FS-001`. */\n";
    *out += "export const RECORDS: Readonly<Record<string, ErrorRecord>> = {\n";
    for record in catalogue::records() {
        let json = serde_json::to_string(record).map_err(Failure::writing)?;
        let _ = writeln!(out, "  \"{}\": {json},", record.full_name());
    }
    *out += "};\n";
    Ok(())
}

const FUNCTIONS: &str = r#"
/** Finds the record of a code of a system. */
export function recordOf(error: { readonly system: string; readonly code: string }): ErrorRecord | undefined {
  const key = `${error.system}:${error.code}`;
  return Object.hasOwn(RECORDS, key) ? RECORDS[key] : undefined;
}

/** Returns whether a value is a record object. */
export function isMcpErrorObject(value: unknown): value is McpErrorObject {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const object = value as Record<string, unknown>;
  return (
    CHECKS
  );
}

/** Finds the record object in a JSON-RPC response, its `error`, a tool result, or an error of an SDK that has `data`. */
export function findMcpErrorObject(received: unknown): McpErrorObject | undefined {
  const member = (value: unknown, key: string): unknown =>
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  const candidates = [
    received,
    member(received, "data"),
    member(member(received, "error"), "data"),
    member(member(received, "_meta"), META_KEY),
    member(member(member(received, "result"), "_meta"), META_KEY),
  ];
  return candidates.find(isMcpErrorObject);
}
"#;
