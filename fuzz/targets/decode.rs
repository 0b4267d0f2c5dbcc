//! Any bytes decode to an error that can be sent on, or to none; and what a form says of an error is read back.
#![no_main]

use arbitrary::{Result, Unstructured};
use fuzz::form::Form;
use fuzz::{change, error};
use libfuzzer_sys::fuzz_target;
use mcp_error_codes::wire::{Decoder, FormName};
use mcp_error_codes::{McpError, decode};

/// Returns whether an error is read back from a form as itself. What the limits of a form cut is not.
fn check(error: &McpError) {
    for form in Form::ALL {
        let written = form.write(error);
        let read = decode(&written);
        if form.is_exact() {
            let read = read.unwrap_or_else(|problem| panic!("{form:?} is not read: {problem}\n{written}"));
            assert_eq!(read.full_text(), as_sent(error), "{form:?}\n{written}");
        }
    }
}

trait FullText {
    fn full_text(&self) -> (String, String);
}

impl FullText for McpError {
    fn full_text(&self) -> (String, String) {
        (format!("{}:{}", self.system_name(), self.bare_code()), self.message().into_owned())
    }
}

/// Returns the code and the message that a form writes, which are another's if the code is never sent.
fn as_sent(error: &McpError) -> (String, String) {
    if error.record().is_sent() {
        return error.full_text();
    }
    let preferred = McpError::of_kind(error.kind());
    (preferred.full_text().0, error.message().into_owned())
}

fn written(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let error = error::error(u, 2)?;
    if u.ratio(1, 4)? {
        check(&error);
    }
    let form = *u.choose(&Form::ALL)?;
    let text = change::some(u, form.write(&error).into_bytes())?;
    change::wrapped(u, text)
}

fuzz_target!(|input: &[u8]| {
    let bytes = fuzz::text(input, written);
    let _ = FormName::of(&bytes);
    let _ = Decoder::new().decode_batch(&bytes);
    let _ = Decoder::new().in_system("filesystem").decode(&bytes);
    match decode(&bytes) {
        Ok(error) => check(&error),
        Err(problem) => assert!(problem.to_string().len() < 4_000, "{} bytes", problem.to_string().len()),
    }
});
