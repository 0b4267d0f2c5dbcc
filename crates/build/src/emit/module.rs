//! The module of a system: its constants and constructors.

use std::fmt::Write;

use mcp_error_codes_core::{__Escaped, ParamType, Record, Scenario, System};

use crate::emit::options::Options;
use crate::emit::write::{Unwritable, Written};
use crate::name;
use crate::order::Ordered;

/// Writes the module of a system.
pub(crate) fn write(out: &mut String, registry: &Ordered<'_>, system: &System, options: &Options) -> Written {
    out.push_str("#[rustfmt::skip]\n");
    out.push_str("#[allow(dead_code, unreachable_pub, unused_imports, clippy::all, clippy::pedantic)]\n");
    writeln!(out, "pub mod {} {{", system.module)?;
    // The table is inside the module, so that its links find the constants.
    writeln!(out, "    #![doc = {:?}]\n    use super::{{__mcp_error_codes, Code}};", contents(registry, system)?)?;
    for entry in registry.entries.iter().filter(|entry| entry.record.system.name == system.name) {
        let record = &entry.record;
        let constant = name::constant(record.name);
        let doc = if registry.entries.len() <= MAX_WITH_PAGES { page(record) } else { extract(record) };
        writeln!(out, "    #[doc = {doc:?}]")?;
        deprecation(out, record)?;
        writeln!(out, "    pub const {constant}: Code = Code({});", record.__index())?;
    }
    if options.constructors {
        constructors(out, registry, system)?;
    }
    out.push_str("}\n");
    Ok(())
}

/// Writes the constructors of a system. Without its feature `std`, the library removes them itself, so the generated source does
/// not depend on the feature.
fn constructors(out: &mut String, registry: &Ordered<'_>, system: &System) -> Written {
    out.push_str("    __mcp_error_codes::__with_std! {\n");
    out.push_str("    use ::core::fmt::Display;\n    use __mcp_error_codes::McpError;\n");
    for entry in registry.entries.iter().filter(|entry| entry.record.system.name == system.name) {
        let record = &entry.record;
        constructor(out, record, None)?;
        if !entry.is_former_name {
            for (at, scenario) in record.scenarios.iter().enumerate().filter(|(_, case)| case.message.is_some()) {
                constructor(out, record, Some((at, scenario)))?;
            }
        }
    }
    out.push_str("    }\n");
    Ok(())
}

/// Returns the documentation of the module: the families with their codes.
fn contents(registry: &Ordered<'_>, system: &System) -> Result<String, Unwritable> {
    let (title, summary) = (__Escaped(system.title), __Escaped(system.summary));
    let mut doc = format!("Codes of the system `{}`: {title}.\n\n{summary}\n", system.name);
    for family in system.families {
        let (name, title) = (__Escaped(family.name), __Escaped(family.title));
        write!(doc, "\n# {name}: {title}\n\n{}\n", __Escaped(family.summary))?;
        doc.push_str("\n| code | constant | title |\n|---|---|---|\n");
        let records = registry.entries.iter().map(|entry| &entry.record);
        for record in records.filter(|record| record.system.name == system.name && record.family.name == family.name) {
            let constant = name::constant(record.name);
            writeln!(doc, "| `{}` | [`{constant}`] | {} |", record.code, __Escaped(record.title))?;
        }
    }
    Ok(doc)
}

/// Returns the documentation of a constant: the whole record.
fn page(record: &Record) -> String {
    let page = record.explain().markdown().record_only().to_string();
    // The heading of the page becomes the first line of the documentation.
    let body = page.trim_start().split_once('\n').map_or("", |(_, body)| body);
    format!("`{}`: {}.\n{body}", record.code, __Escaped(record.title.trim_end_matches('.')))
}

/// A registry with more codes than this documents its constants with an extract of each record, because the full pages are a third
/// of the source. `explain` prints the pages.
const MAX_WITH_PAGES: usize = 1_000;

/// Returns the documentation of a constant in a large registry.
fn extract(record: &Record) -> String {
    let title = __Escaped(record.title.trim_end_matches('.'));
    let (summary, hint) = (__Escaped(record.summary), __Escaped(record.hint));
    format!("`{}`: {title}.\n\n{summary}\n\nHint: {hint}\n", record.code)
}

/// Writes the attribute of a deprecated code.
fn deprecation(out: &mut String, record: &Record) -> Written {
    if let Some(since) = record.deprecated_since {
        let instead = record.superseded_by.map(|code| format!("; use {code} instead")).unwrap_or_default();
        writeln!(out, "    #[deprecated(note = {:?})]", format!("since {since}{instead}"))?;
    }
    Ok(())
}

/// Writes a function that creates an error: of the code, or of one of its scenarios.
fn constructor(out: &mut String, record: &Record, scenario: Option<(usize, &Scenario)>) -> Written {
    let (own_name, message, params) = match scenario {
        Some((_, case)) => (case.name, case.message, case.params),
        None => (record.name, record.message, record.params),
    };
    let mut doc = format!("Creates the error `{}`", record.code);
    if let Some((_, case)) = scenario {
        write!(doc, " of the scenario \"{}\"", __Escaped(case.title))?;
    }
    write!(doc, ".\n\nThe message is `{}`.\n", message.unwrap_or(record.title))?;
    for param in params {
        write!(doc, "\n- `{}`: {}", name::function(param.name), __Escaped(param.description))?;
    }
    writeln!(out, "    #[doc = {doc:?}]")?;
    deprecation(out, record)?;
    // A function of this kind is compiled only where it is called.
    write!(out, "    #[inline]\n    pub fn {}(", name::function(own_name))?;
    for (at, param) in params.iter().enumerate() {
        let (ty, _) = argument(param.ty)?;
        write!(out, "{}{}: {ty}", if at == 0 { "" } else { ", " }, name::function(param.name))?;
    }
    out.push_str(") -> McpError {\n");
    write!(out, "        McpError::new(Code({}))", record.__index())?;
    if let Some((at, _)) = scenario {
        write!(out, ".__scenario({at})")?;
    }
    for param in params {
        let (_, method) = argument(param.ty)?;
        write!(out, ".{method}({:?}, {})", param.name, name::function(param.name))?;
    }
    out.push_str("\n    }\n");
    Ok(())
}

/// Returns the Rust type of an argument, and the method that sets it.
fn argument(ty: ParamType) -> Result<(&'static str, &'static str), Unwritable> {
    Ok(match ty {
        ParamType::String => ("impl Display", "__text"),
        ParamType::Integer => ("impl ::core::convert::Into<__mcp_error_codes::__private::Number>", "__integer"),
        ParamType::Boolean => ("bool", "__boolean"),
        ParamType::Number => ("impl ::core::convert::Into<f64>", "__number"),
        ParamType::List => ("impl ::core::iter::IntoIterator<Item = impl Display>", "__list"),
        other => return Err(Unwritable(format!("an argument of the type {other}"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_a_param_is_an_argument() {
        for ty in ParamType::ALL {
            assert!(argument(*ty).is_ok(), "{ty}");
        }
    }
}
