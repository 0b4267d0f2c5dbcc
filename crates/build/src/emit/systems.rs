//! The tables of systems, and where a record's system is in them.

use std::borrow::Borrow;
use std::fmt::Write;

use mcp_error_codes_core::{Record, System};

use crate::emit::value::Source;
use crate::emit::write::Written;

/// Writes a table of systems.
pub(crate) fn systems<S: Borrow<System>>(out: &mut String, name: &str, systems: &[S]) -> Written {
    writeln!(out, "    pub(super) static {name}: [System; {}] = [", systems.len())?;
    for system in systems {
        out.push_str("        ");
        system.borrow().write(out)?;
        out.push_str(",\n");
    }
    out.push_str("    ];\n");
    Ok(())
}

/// Returns the position of a record's system, and of its family in the system.
pub(crate) fn place(systems: &[&System], record: &Record) -> (usize, usize) {
    let system = systems.iter().take_while(|system| system.name != record.system.name).count();
    let family = record.system.families.iter().take_while(|family| family.name != record.family.name).count();
    (system, family)
}
