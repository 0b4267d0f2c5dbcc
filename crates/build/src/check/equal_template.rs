//! No two messages of a system are the same template.

use std::collections::BTreeMap;

use mcp_error_codes_core::template::{Piece, Pieces};

use crate::read::registry::SystemFile;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "equal-template", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    // Some documents of the library have such messages.
    if !scope.is_builtin {
        let own = scope.systems().iter().filter(|file| scope.library.system(file.system.name).is_none());
        own.for_each(|file| within_system(file, report));
    }
}

fn within_system(file: &SystemFile<'_>, report: &mut Report<'_>) {
    let mut templates = BTreeMap::new();
    for entry in file.entries.iter().filter(|entry| !entry.is_former_name) {
        let cases = entry.record.scenarios.iter().zip(entry.fields.items("scenarios"));
        let own = (entry.record.message, &entry.fields);
        for (message, fields) in std::iter::once(own).chain(cases.map(|(case, fields)| (case.message, fields))) {
            let Some((message, shape)) = message.and_then(|message| Some((message, shape(message)?))) else { continue };
            let what = || {
                format!("message {message:?} is also that of another error, so the message does not identify the code")
            };
            report.twice(&mut templates, shape, fields.place_of("message"), what);
        }
    }
}

/// Returns a template in lower case and without placeholder names, because matching ignores both.
fn shape(template: &str) -> Option<String> {
    let mut shape = String::new();
    for piece in Pieces::new(template) {
        match piece.ok()? {
            Piece::Literal(text) => shape.push_str(&text.to_lowercase()),
            Piece::Placeholder(_) => shape.push('\0'),
        }
    }
    Some(shape)
}
