//! Messages without a code: a message made of a template is matched as its own code, each match of any text is also found in its own
//! system, and its values are in the text.
#![no_main]

use arbitrary::{Result, Unstructured};
use fuzz::{change, draw};
use libfuzzer_sys::fuzz_target;
use mcp_error_codes::{in_system, match_message};

fn written(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let record = draw::record(u)?;
    let text = draw::filled(u, record.message.unwrap_or(record.title))?;
    change::some(u, text.into_bytes())
}

/// Makes a message of a template, with words that are no part of it, and matches it.
fn check_made(u: &mut Unstructured<'_>) -> Result<()> {
    let record = draw::record(u)?;
    let Some(template) = record.message else { return Ok(()) };
    let text = draw::filled_with(u, template, draw::letters)?;
    let matches = in_system(record.system.name).match_message(&text);
    assert!(matches.iter().any(|found| found.record.code == record.code), "{record} is missing: {text:?}");
    Ok(())
}

fuzz_target!(|input: &[u8]| {
    // Too few bytes for a message are no fault.
    let _ = check_made(&mut Unstructured::new(input));
    let text = fuzz::text(input, written);
    let text = String::from_utf8_lossy(&text);
    let matches = match_message(&text);
    for found in &matches {
        let of_system = in_system(found.record.system.name).match_message(&text);
        assert!(
            of_system.iter().any(|own| own.record.full_name() == found.record.full_name()),
            "{} is missing",
            found.record
        );
        for (name, value) in &found.params {
            assert!(text.contains(&**value) && !name.is_empty(), "{value:?} is not in the text");
        }
    }
});
