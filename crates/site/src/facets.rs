//! The filters of the index.

use maud::{Markup, html};
use mcp_error_codes::{Kind, Record, RetryClass, Severity, Surface};

use crate::catalogue::{Catalogue, Entry};
use crate::words;

/// A filter with a few options. Every code matches one of them.
struct Facet {
    /// The name of the filter in addresses and, as `data-name`, in the attribute of a row.
    name: &'static str,
    legend: &'static str,
    /// Whether the options are open when the page loads.
    is_open: bool,
    options: Vec<Choice>,
}

/// An option.
struct Choice {
    value: String,
    label: String,
    /// An explanation of the label.
    note: String,
    count: usize,
}

/// Renders all filters, each option with the number of its codes.
pub(crate) fn facets(catalogue: &Catalogue) -> Markup {
    html! {
        @for facet in all(catalogue) {
            details.facet open[facet.is_open] {
                summary { span { (facet.legend) } span.chosen {} }
                fieldset data-facet=(facet.name) {
                    legend.unseen { (facet.legend) }
                    @for Choice { value, label, note, count } in &facet.options {
                        label.choice {
                            input type="checkbox" name=(facet.name) value=(value);
                            span.label { (label) @if !note.is_empty() { " " span.note { (note) } } }
                            span.count { span.unseen { ", " } (count) span.unseen { (if *count == 1 { " code" } else { " codes" }) } }
                        }
                    }
                }
            }
        }
    }
}

fn all(catalogue: &Catalogue) -> [Facet; 9] {
    let facet = |name, legend, is_open, options: Vec<(String, String, String)>, value: fn(&Record) -> String| {
        let counted = options.into_iter().map(|(option, label, note)| {
            let count = catalogue.entries().iter().filter(|entry| value(entry.record) == option).count();
            Choice { value: option, label, note, count }
        });
        Facet { name, legend, is_open, options: counted.filter(|choice| choice.count > 0).collect() }
    };
    let plain = |value: &str, label: &str| (value.to_owned(), label.to_owned(), String::new());

    let systems = catalogue.systems();
    let system = systems.iter().map(|system| plain(system.name, system.title)).collect();
    let families = systems.iter().flat_map(|system| system.families.iter().map(move |family| (system, family)));
    let family = families
        .map(|(system, family)| {
            (format!("{}/{}", system.name, family.name), family.name.to_owned(), family.title.to_owned())
        })
        .collect();
    let kind = Kind::ALL.iter().map(|kind| plain(kind.as_str(), &words::kind(*kind))).collect();
    let severity = Severity::ALL.iter().rev().map(|value| plain(value.as_str(), words::severity(*value))).collect();
    let surface = Surface::ALL.iter().map(|value| plain(value.as_str(), words::surface(*value))).collect();
    let retry = RetryClass::ALL.iter().map(|value| plain(value.as_str(), words::retry(*value))).collect();
    let statuses = statuses(catalogue.entries());
    let status = statuses
        .iter()
        .map(|status| (status.to_string(), status.to_string(), words::status(*status).to_owned()))
        .collect();
    let recoverable = vec![plain("yes", "Recoverable"), plain("no", "Not recoverable")];
    let state = vec![plain("active", "Active"), plain("deprecated", "Deprecated")];
    [
        facet("system", "System", true, system, |record| record.system.name.to_owned()),
        facet("family", "Family", false, family, family_value),
        facet("kind", "Kind", false, kind, |record| record.kind.to_string()),
        facet("severity", "Severity", true, severity, |record| record.severity.to_string()),
        facet("surface", "Surface", true, surface, |record| record.surface.to_string()),
        facet("retry", "Retry", true, retry, |record| record.retry.class.to_string()),
        facet("status", "HTTP status", false, status, |record| record.http_status.to_string()),
        facet("recoverable", "Recoverable", false, recoverable, |record| recoverable_value(record).to_owned()),
        facet("state", "State", false, state, |record| state_value(record).to_owned()),
    ]
}

fn statuses(entries: &[Entry]) -> Vec<u16> {
    let mut statuses: Vec<u16> = entries.iter().map(|entry| entry.record.http_status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    statuses
}

pub(crate) fn family_value(record: &Record) -> String {
    format!("{}/{}", record.system.name, record.family.name)
}

pub(crate) fn recoverable_value(record: &Record) -> &'static str {
    if record.recoverable { "yes" } else { "no" }
}

pub(crate) fn state_value(record: &Record) -> &'static str {
    if record.is_deprecated() { "deprecated" } else { "active" }
}
