//! The texts of own codes are recognized, although they contain slashes and colons.
#![cfg(feature = "recognize")]

use mcp_error_codes::{Certainty, Finding, recognize, setup};

use crate::generated::{Code, REGISTRY, depot};

const CODES: [Code; 4] =
    [depot::INVALID_TOKEN, depot::DATABASE_ACCESS_DENIED, depot::NO_SUCH_BUCKET, depot::BAD_NONCE];

/// Returns the answer to a text, with its certainty and its message.
fn answer(text: &str, check: impl FnOnce(&Finding)) {
    assert_eq!(setup().registries([&REGISTRY]).apply(), Ok(()));
    let errors = recognize(text);
    let answer = errors.first().and_then(|error| error.answer());
    check(answer.unwrap_or_else(|| panic!("{text}: no answer")));
}

#[test]
fn a_code_alone_is_not_a_message() {
    for code in CODES {
        answer(code.as_str(), |finding| {
            assert_eq!(finding.record().map(|record| record.code), Some(code.as_str()));
            assert_eq!((finding.certainty(), finding.message()), (Certainty::Likely, None), "{code}");
        });
    }
}

#[test]
fn a_full_name_alone_is_certain() {
    for code in CODES {
        let name = format!("depot:{}", code.as_str());
        answer(&name, |finding| {
            assert_eq!(finding.record().map(|record| record.code), Some(code.as_str()));
            assert_eq!((finding.certainty(), finding.message()), (Certainty::Certain, None), "{name}");
        });
    }
}

#[test]
fn a_code_in_a_log_line_is_found() {
    assert_eq!(setup().registries([&REGISTRY]).apply(), Ok(()));
    for code in CODES {
        let code = code.as_str();
        for line in [format!("2026-01-01 ERROR [{code}] it broke"), format!("the call failed with {code}, twice")] {
            let errors = recognize(&line);
            let codes: Vec<_> =
                errors.iter().flat_map(|error| error.findings()).filter_map(|finding| finding.record()).collect();
            assert!(codes.iter().any(|record| record.code == code), "{line}");
        }
    }
}
