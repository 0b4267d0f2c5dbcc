use mcp_error_codes_core::Related;
use mcp_error_codes_core::schema::Plain;

use crate::problem::{Collector, Place};
use crate::read::fields::Fields;
use crate::read::value::Read;

/// One `[[extends]]` table: what a registry adds to a code of another registry.
#[derive(Debug, Clone)]
pub(crate) struct Extension<'a> {
    /// The code, as it is written in the file: `system:code`.
    pub(crate) code: &'static str,
    pub(crate) aliases: &'static [&'static str],
    pub(crate) hint: Option<&'static str>,
    pub(crate) resolution: &'static [&'static str],
    pub(crate) related: &'static [Related],
    /// The path of the module that includes the registry of the code, if it is not the library.
    pub(crate) path: Option<String>,
    pub(crate) fields: Fields<'a>,
}

impl Extension<'_> {
    /// Returns the line of `code = ..`.
    pub(crate) fn place(&self) -> Place {
        self.fields.own_place()
    }
}

/// Takes the fields of a table.
pub(crate) fn extension<'a>(mut fields: Fields<'a>, problems: &mut Collector) -> Extension<'a> {
    let code = Plain::read(&mut fields, "code", true, problems).unwrap_or_default();
    let aliases = Plain::read(&mut fields, "aliases", false, problems).unwrap_or_default();
    let hint = Plain::read(&mut fields, "hint", false, problems);
    let resolution = Plain::read(&mut fields, "resolution", false, problems).unwrap_or_default();
    let related = Plain::read(&mut fields, "related", false, problems).unwrap_or_default();
    fields.finish(problems);
    Extension { code, aliases, hint, resolution, related, path: None, fields }
}
