//! Redaction takes any text, does nothing the second time, keeps to its limit, and its work grows with the length of the text: the
//! fuzzer stops at an input that takes too long, and some are hundreds of kilobytes of the same piece.
#![no_main]

use arbitrary::{Result, Unstructured};
use fuzz::{change, draw, error};
use libfuzzer_sys::fuzz_target;
use mcp_error_codes::redact::{self, Keys, Redactor};

/// The length of a text that repeats a piece.
const LONG: usize = 1 << 17;

fn written(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let text = draw::pieces(u)?;
    let text = change::some(u, text)?;
    let text = change::wrapped(u, text)?;
    Ok(match u.ratio(1, 16)? {
        true => text.repeat(LONG / text.len().max(1)),
        false => text,
    })
}

fn check(redactor: &Redactor, text: &str) {
    let once = redactor.text(text);
    let twice = redactor.text(&once);
    assert_eq!(once, twice, "the second time changes something");
    // What follows the cut says how much is missing.
    assert!(once.chars().count() <= redactor.limit() + 40, "{} characters", once.chars().count());
}

fuzz_target!(|input: &[u8]| {
    let text = fuzz::text(input, written);
    let text = String::from_utf8_lossy(&text);
    check(&Redactor::new(), &text);
    check(&Redactor::new().with_limit(LONG * 2), &text);
    if let Some(choices) = input.get(..input.len().min(256))
        && let Ok(value) = error::value(&mut Unstructured::new(choices), 4)
    {
        let name = text.get(..text.len().min(32)).unwrap_or_default();
        let once = redact::value(name, value, Keys::Judged);
        assert_eq!(redact::value(name, once.clone(), Keys::Judged), once);
    }
    let _ = redact::find_stack_trace(&text);
});
