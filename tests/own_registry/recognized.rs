//! The texts of own codes are recognized, although they contain slashes and colons.
#![cfg(feature = "recognize")]

use mcp_error_codes::{Certainty, Recognition, recognize, setup};

use crate::generated::{Code, REGISTRY, depot};

const CODES: [Code; 4] = [depot::INVALID_TOKEN, depot::DATABASE_ACCESS_DENIED, depot::NO_SUCH_BUCKET, depot::BAD_NONCE];

fn read(text: &str) -> Recognition {
    assert_eq!(setup().registries([&REGISTRY]).apply(), Ok(()));
    recognize(text)
}

/// Asserts the answer to a text that is a code, and that no part of the text is a message.
fn assert_answer(text: &str, code: Code, certainty: Certainty) {
    let recognition = read(text);
    let error = recognition.errors.first().unwrap_or_else(|| panic!("{text}: {:?}", recognition.none));
    let answer = error.answer().map(|finding| (finding.record().map(|record| record.code), finding.certainty()));
    assert_eq!((answer, error.message()), (Some((Some(code.as_str()), certainty)), None), "{text}");
}

#[test]
fn a_code_alone_is_not_a_message() {
    for code in CODES {
        assert_answer(code.as_str(), code, Certainty::Likely);
    }
}

#[test]
fn a_full_name_alone_is_certain() {
    for code in CODES {
        assert_answer(&format!("depot:{}", code.as_str()), code, Certainty::Certain);
    }
}

#[test]
fn a_code_in_a_log_line_is_found() {
    for code in CODES.map(|code| code.as_str()) {
        for line in [format!("2026-01-01 ERROR [{code}] it broke"), format!("the call failed with {code}, twice")] {
            let recognition = read(&line);
            let mut findings = recognition.errors.iter().flat_map(|error| &error.findings);
            assert!(findings.any(|finding| finding.record().is_some_and(|record| record.code == code)), "{line}");
        }
    }
}
