//! A section has content, and its table is complete.

use mcp_error_codes_core::Section;

use crate::read::fields::Fields;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "section-content", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for file in scope.systems() {
        if let Some(head) = &file.head {
            sections(file.system.sections, head, report);
        }
        for (family, fields) in file.system.families.iter().zip(&file.families) {
            sections(family.sections, fields, report);
        }
    }
    for entry in scope.full_entries() {
        sections(entry.record.sections, &entry.fields, report);
    }
}

fn sections(sections: &[Section], fields: &Fields<'_>, report: &mut Report<'_>) {
    for (section, fields) in sections.iter().zip(fields.items("sections")) {
        let columns = section.columns.len();
        for (at, row) in section.rows.iter().enumerate().filter(|(_, row)| row.len() != columns) {
            let cells = row.len();
            let message = format!("row has {cells} cells; expected {columns}, one for each column");
            report.at(fields.place_of_item("rows", at), message);
        }
        if fields.has("columns") && !fields.has("rows") {
            report.at(fields.place_of("columns"), "section has columns but no rows");
        }
        if !["text", "items", "columns", "rows", "code"].into_iter().any(|name| fields.has(name)) {
            let expected = "expected text, items, columns and rows, or code";
            report.at(fields.place(), format!("section has only a title; {expected}"));
        }
    }
}
