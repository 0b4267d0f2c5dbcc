//! Any bytes get an answer: places within the input, and findings that can be shown.
#![no_main]

use arbitrary::{Result, Unstructured};
use fuzz::form::Form;
use fuzz::{change, draw, error};
use libfuzzer_sys::fuzz_target;
use mcp_error_codes::recognize;

/// Texts and errors, each wrapped and changed, one after the other.
fn written(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    for _ in 0..u.int_in_range(1..=3)? {
        let text = match u.arbitrary()? {
            true => u.choose(&Form::ALL)?.write(&error::error(u, 1)?).into_bytes(),
            false => draw::pieces(u)?,
        };
        let text = change::some(u, text)?;
        all.extend(change::wrapped(u, text)?);
        all.push(b'\n');
    }
    Ok(all)
}

fuzz_target!(|input: &[u8]| {
    let bytes = fuzz::text(input, written);
    let recognition = recognize(&bytes);
    assert_eq!(recognition.errors.is_empty(), recognition.none.is_some());
    for error in recognition.errors.iter().chain(&recognition.unknown) {
        let span = error.span();
        assert!(span.start <= span.end && span.end <= bytes.len(), "{span:?} of {}", bytes.len());
        for finding in &error.findings {
            let span = finding.span();
            assert!(span.start <= span.end && span.end <= bytes.len(), "{span:?} of {}", bytes.len());
            let _ = (finding.values(), finding.reason(), finding.confirmed_by(), finding.to_string());
            if let Some(error) = finding.to_error() {
                let _ = error.tool_result().to_string();
            }
        }
        let _ = (error.values(), error.answer().is_some());
    }
});
