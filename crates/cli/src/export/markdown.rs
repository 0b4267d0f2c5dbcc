use std::fmt::Write;

use mcp_error_codes::record::Family;
use mcp_error_codes::{REGISTRY, Record, System};

use crate::export::origin;

/// Returns a reference of all codes: a contents, then every system with its families and their codes.
///
/// The anchor of a code is the one in `ref` of its errors, `fs-001`.
pub(crate) fn reference() -> String {
    let mut out = format!("<!-- {} -->\n\n# MCP error codes\n", origin("markdown"));
    contents(&mut out);
    for system in REGISTRY.systems() {
        let codes = || REGISTRY.records().iter().filter(|record| record.system.name == system.name);
        let Some(page) = codes().next().map(Parts::of) else { continue };
        let _ = write!(out, "\n<a id=\"{}\"></a>\n\n{}", system.name, below(1, &page.system));
        for family in system.families {
            let mut records = codes().filter(|record| record.family.name == family.name).peekable();
            if let Some(first) = records.peek() {
                let _ = write!(
                    out,
                    "\n<a id=\"{}\"></a>\n\n{}",
                    family_anchor(system, family),
                    below(2, &Parts::of(first).family)
                );
            }
            for record in records {
                let _ = write!(out, "\n<a id=\"{}\"></a>\n\n{}", anchor(record), below(3, &Parts::of(record).code));
            }
        }
    }
    out
}

/// Writes a table of the codes of each family.
fn contents(out: &mut String) {
    for system in REGISTRY.systems() {
        let _ = write!(out, "\n- [{}](#{})\n", system.title, system.name);
        for family in system.families {
            let _ = writeln!(out, "  - [{}](#{})", family.title, family_anchor(system, family));
            let in_family = |record: &&Record| record.system.name == system.name && record.family.name == family.name;
            for record in REGISTRY.records().iter().filter(in_family) {
                let _ = writeln!(out, "    - [`{}`](#{}) {}", record.code, anchor(record), record.title);
            }
        }
    }
}

fn anchor(record: &Record) -> String {
    record.code_text().to_string().to_lowercase()
}

fn family_anchor(system: &System, family: &Family) -> String {
    format!("{}-{}", system.name, family.name.to_lowercase())
}

/// The parts of the manual page of a code, each in Markdown.
pub(crate) struct Parts {
    code: String,
    family: String,
    pub(crate) system: String,
}

impl Parts {
    /// Takes a page apart at the headings of its family and of its system, which are as high as its own.
    pub(crate) fn of(record: &Record) -> Self {
        let code = record.explain().markdown().record_only().to_string();
        let page = record.explain().markdown().to_string();
        let mut parts = ["", "", ""].map(str::to_owned);
        let mut part = 0;
        for (line, is_heading) in lines(&page) {
            part += usize::from(is_heading && line.starts_with("# ") && !parts[part].is_empty());
            if let Some(part) = parts.get_mut(part) {
                part.extend([line, "\n"]);
            }
        }
        let [_, family, system] = parts;
        // The reference of the code stands behind its system.
        let end = system.rfind("\n## Reference\n").unwrap_or(system.len());
        Self { code, family, system: system[..end].to_owned() }
    }
}

/// Returns the sections of a page, each with its heading, which is of the second level.
pub(crate) fn sections(page: &str) -> Vec<String> {
    let mut sections: Vec<String> = Vec::new();
    for (line, is_heading) in lines(page) {
        if is_heading && line.starts_with("## ") {
            sections.push(String::new());
        }
        if let Some(section) = sections.last_mut() {
            section.extend([line, "\n"]);
        }
    }
    sections
}

/// Puts the headings of a page so many levels lower.
fn below(level: usize, page: &str) -> String {
    let mut out = String::new();
    for (line, is_heading) in lines(page) {
        let _ = writeln!(out, "{:#<1$}{line}", "", if is_heading { level } else { 0 });
    }
    out
}

/// Returns the lines of a page, each with whether it is a heading: within a fence nothing is.
fn lines(page: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut is_fenced = false;
    page.lines().map(move |line| {
        is_fenced ^= line.starts_with("```");
        (line, !is_fenced && line.starts_with('#'))
    })
}
