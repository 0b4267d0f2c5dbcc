//! What a developer writes: `find`, `lookup` and their relatives take any text, and find each record by its names.
#![no_main]

use arbitrary::{Result, Unstructured};
use fuzz::{change, draw};
use libfuzzer_sys::fuzz_target;
use mcp_error_codes::{Code, by_number, find, find_all, in_system, of_shape};

/// A code, a name, an alias or a number, in some spelling, with or without a system.
fn written(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let record = draw::record(u)?;
    let mut text = match u.int_in_range(0..=5)? {
        0 => record.code.to_owned(),
        1 => record.full_name().to_string(),
        2 => record.name.to_owned(),
        3 => format!("{}::{}", record.system.name, record.name),
        4 => record.json_rpc_number().to_string(),
        _ => u.choose(record.aliases).map_or(record.title, |alias| alias).to_owned(),
    };
    if u.arbitrary()? {
        text = text.replace(['-', '_'], u.choose(&["", " ", "-", "_", "."])?);
    }
    if u.arbitrary()? {
        text = text.to_lowercase();
    }
    change::some(u, text.into_bytes())
}

fuzz_target!(|input: &[u8]| {
    let text = fuzz::text(input, written);
    let text = String::from_utf8_lossy(&text);
    let all: Vec<_> = find_all(&text).collect();
    match find(&text) {
        Ok(record) => {
            assert!(all.iter().any(|found| found.full_name() == record.full_name()), "{text:?} is not among all");
            let full_name = record.full_name().to_string();
            assert!(
                find(&full_name).is_ok_and(|found| found.full_name() == record.full_name()),
                "{full_name:?} is another"
            );
        }
        Err(unknown) => {
            assert!(unknown.text().chars().count() <= 200, "an error keeps too much");
            assert_eq!(unknown.length(), text.chars().count());
            assert!(unknown.to_string().len() < 4_000 && unknown.suggestions().len() < 100);
        }
    }
    if let Some(code) = Code::lookup(&text) {
        assert_eq!(Code::lookup(&code.record().full_name().to_string()), Some(code));
    }
    if let Ok(number) = text.parse() {
        assert!(by_number(number).count() < 100);
    }
    let (system, rest) = text.split_once(':').unwrap_or((&text, &text));
    let _ = (in_system(system).find(rest), in_system(system).find_all(rest).count(), in_system(system).lookup(rest));
    let _ = of_shape(&text);
});
