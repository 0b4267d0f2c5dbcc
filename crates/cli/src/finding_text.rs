//! Formats findings for people: an answer with its page, candidates as a list.

use std::fmt::Write;

use mcp_error_codes::{Certainty, Finding, Record, Surface};

use crate::catalogue;
use crate::findings::{Found, Occurrence, name, title};
use crate::wrap::wrap;
use crate::{page, style};

/// How findings are formatted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drawing {
    pub(crate) width: Option<usize>,
    /// Whether the page of an answer includes the descriptions of its family and system.
    pub(crate) full: bool,
}

impl Drawing {
    /// Formats every error of an input.
    pub(crate) fn found(self, found: &Found) -> String {
        let mut texts: Vec<String> = found.errors.iter().map(|occurrence| self.occurrence(occurrence)).collect();
        texts.extend(found.left_out());
        texts.join("\n")
    }

    /// Formats one error: its page, or the list of its candidates.
    pub(crate) fn occurrence(self, occurrence: &Occurrence) -> String {
        let error = &occurrence.error;
        let mut text = self.notes(occurrence);
        match error.answer().and_then(Finding::record) {
            Some(record) => {
                text += if text.is_empty() { "" } else { "\n" };
                text += &self.page(record);
                let others = error.findings.iter().skip(1);
                if others.len() > 0 {
                    let _ = writeln!(text, "\n  {}", style::paint(style::HEADING, "It may also be"));
                    others.for_each(|finding| text += &self.candidate(finding));
                }
            }
            None => {
                text += if text.is_empty() { "" } else { "\n" };
                let asked = occurrence.asked();
                text +=
                    &style::paint(style::TITLE, format_args!("{:?} may mean any of these", style::harmless(&asked)));
                text += "\n";
                error.findings.iter().for_each(|finding| text += &self.candidate(finding));
                if let Some(record) = error.findings.iter().find_map(Finding::record) {
                    let ask = style::paint(
                        style::LITERAL,
                        format_args!("{} explain {}", catalogue::get().command, record.full_name()),
                    );
                    let _ = writeln!(text, "\n  To explain one of them, use its full name: {ask}");
                }
            }
        }
        text
    }

    /// Formats the page of a record.
    pub(crate) fn page(self, record: &'static Record) -> String {
        match self.full {
            true => page::draw(record.explain().blocks(), self.width),
            false => page::draw(record.page(), self.width),
        }
    }

    /// Formats what is known besides the code: how certain it is and why, who created it, what it carries, and what wraps it.
    fn notes(self, occurrence: &Occurrence) -> String {
        let mut notes = Vec::new();
        if occurrence.count > 1 {
            notes.push(format!("it occurs {} times", occurrence.count));
        }
        if let Some(answer) = occurrence.error.answer() {
            if answer.certainty() < Certainty::Certain && occurrence.error.message().is_some() {
                notes.push(format!("{}: {}", answer.certainty(), answer.reason()));
            }
            if answer.surface() == Surface::Local {
                notes.push("your own client reported this; the server did not answer".to_owned());
            }
            if let Some(record) = answer.record()
                && let (Some(version), Some(successor)) = (record.deprecated_since, record.superseded_by)
            {
                notes.push(format!("{} has been deprecated since {version}; use {successor} instead", record.code));
            }
            notes.extend(answer.scenario().map(|case| format!("this is the message of the scenario {:?}", case.title)));
        }
        for (name, value) in occurrence.error.findings.first().map(Finding::values).unwrap_or_default() {
            let is_known = matches!(name.as_str(), "code" | "number");
            if !is_known {
                notes.push(format!("`{name}` is {value}"));
            }
        }
        if let [_, ..] = occurrence.error.chain() {
            notes.push(format!("it is wrapped by {}", occurrence.error.chain().join(" > ")));
        }
        let label = style::paint(style::NOTE, "note:");
        let line = |note: String| wrap(&format!("{label} {}", style::harmless(&note)), self.width, "", "      ") + "\n";
        notes.into_iter().map(line).collect()
    }

    fn candidate(self, finding: &Finding) -> String {
        let mut text = String::new();
        let (system, code) = name(finding);
        match finding.record() {
            Some(record) => {
                let name = style::paint(style::LITERAL, record.full_name());
                let _ = writeln!(text, "    {name}: {}", record.title);
            }
            None => {
                let name = style::paint(style::LITERAL, system);
                let _ = writeln!(text, "    {name} uses {code}: {}", title(finding));
            }
        }
        if let Some(confirmed_by) = finding.confirmed_by().filter(|_| finding.record().is_some()) {
            let _ = writeln!(text, "{}", wrap(&format!("confirmed by {confirmed_by}"), self.width, "      ", "      "));
        }
        text
    }
}

/// Lists records that a query may mean.
pub(crate) fn records(query: &str, records: &[&'static Record], width: Option<usize>) -> String {
    let mut text = style::paint(style::TITLE, format_args!("{query:?} may mean any of these")) + "\n";
    for record in records {
        let name = style::paint(style::LITERAL, record.full_name());
        let _ = writeln!(text, "    {name}: {}", record.title);
        let _ = writeln!(text, "{}", wrap(record.summary, width, "      ", "      "));
    }
    if let Some(first) = records.first() {
        let ask =
            style::paint(style::LITERAL, format_args!("{} explain {}", catalogue::get().command, first.full_name()));
        let _ = writeln!(text, "\n  To explain one of them, use its full name: {ask}");
    }
    text
}
