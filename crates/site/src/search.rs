//! The data of the search: the words of the pages and the reserved ranges.

use std::collections::{BTreeMap, BTreeSet};

use mcp_error_codes::Record;
use serde_json::json;

use crate::catalogue::Catalogue;

/// The path of the script.
pub(crate) const PATH: &str = "assets/search.js";

/// Returns the script. It is not JSON, because a page that is opened from disk can only load scripts.
pub(crate) fn script(catalogue: &Catalogue) -> String {
    let words: BTreeMap<&str, String> =
        catalogue.entries().iter().map(|entry| (entry.anchor.as_str(), words(entry.record))).collect();
    let families =
        catalogue.systems().iter().flat_map(|system| system.families.iter().map(move |family| (system, family)));
    let reserved: Vec<[&str; 3]> = families
        .flat_map(|(system, family)| family.reserved.iter().map(|range| [system.title, range.first, range.last]))
        .collect();
    format!("globalThis.searchTexts = {};\n", json!({ "reserved": reserved, "words": words }))
}

/// Returns the words of a record, sorted and without duplicates, except for those that the index shows.
fn words(record: &Record) -> String {
    let mut texts = vec![record.hint, record.reference];
    texts.extend(record.context.into_iter().chain(record.message));
    texts.extend(record.causes.iter().chain(record.resolution));
    for case in record.scenarios {
        texts.extend([case.name, case.title]);
        texts.extend(case.summary.into_iter().chain(case.message));
        texts.extend(case.causes.iter().chain(case.resolution).chain(case.prevention).chain(case.notes));
    }
    texts.extend(record.diagnostics.iter().chain(record.recovery).flat_map(|line| [line.command, line.description]));
    texts.extend(record.examples.iter().flat_map(|example| [example.description, example.text]));
    for section in record.sections {
        texts.push(section.title);
        texts.extend(section.text.into_iter().chain(section.code));
        texts.extend(section.items.iter().chain(section.columns).chain(section.rows.iter().copied().flatten()));
    }
    let letters = |text: &str| text.to_lowercase();
    let words: BTreeSet<String> = texts
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() > 1)
        .map(letters)
        .collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}
