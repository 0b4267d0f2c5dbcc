//! Every example in the data is recognized as its own code.

use mcp_error_codes::record::ExampleType;
use mcp_error_codes::{REGISTRY, Recognizer, Record};

/// What peers and logs say of each code. A former name has the examples of its successor, and a call, a configuration or a situation
/// leads to an error without being one.
fn examples() -> impl Iterator<Item = (&'static Record, ExampleType, &'static str)> {
    let records = REGISTRY.records().iter().filter(|record| record.superseded_by.is_none());
    let all = records.flat_map(|record| record.examples.iter().map(move |example| (record, example.ty, example.text)));
    all.filter(|(_, ty, _)| matches!(ty, ExampleType::Message | ExampleType::Log | ExampleType::Response))
}

#[test]
fn every_example_is_recognized_as_its_own_code() {
    let mut missed = Vec::new();
    for (record, ty, text) in examples() {
        let found = Recognizer::new().in_system(record.system.name).recognize(text);
        let is_own = found.errors.iter().any(|error| {
            error.findings.iter().any(|own| own.record().is_some_and(|own| own.full_name() == record.full_name()))
        });
        if !is_own {
            missed.push(format!("{} {ty}: {text:?}", record.full_name()));
        }
    }
    assert!(missed.is_empty(), "{} of {}\n{}", missed.len(), examples().count(), missed.join("\n"));
}
