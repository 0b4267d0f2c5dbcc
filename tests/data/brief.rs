//! The records with which errors are made say the same as the whole ones, without the prose.

use mcp_error_codes::__private::bare_json;
use mcp_error_codes::{Code, McpError, Record};

/// Returns the record without what no error needs.
fn without_prose(record: &Record) -> Record {
    let mut own = record.clone();
    (own.summary, own.since, own.reference) = ("", "", "");
    (own.context, own.alert, own.stated) = (None, None, &[]);
    (own.causes, own.resolution, own.aliases, own.shares_with) = (&[], &[], &[], &[]);
    (own.diagnostics, own.recovery, own.related) = (&[], &[], &[]);
    (own.examples, own.sections, own.signatures) = (&[], &[], &[]);
    (own.params, own.scenarios) = (&[], &[]);
    own
}

#[test]
fn a_brief_record_is_the_whole_one_without_prose() {
    for code in Code::all() {
        let (whole, brief) = (code.record(), McpError::new(code).brief());
        assert!(brief.__is_brief() && !whole.__is_brief(), "{code}");
        assert_eq!(serde_json::to_value(without_prose(brief)).ok(), serde_json::to_value(without_prose(whole)).ok());
        assert_eq!((brief.summary, brief.context, brief.stated), ("", None, &[][..]), "{code}");
        assert!(brief.causes.is_empty() && brief.resolution.is_empty() && brief.sections.is_empty(), "{code}");
        assert_eq!(brief.is_ambiguous(), whole.is_ambiguous(), "{code}");
        assert_eq!((brief.full_name(), brief.is_sent()), (whole.full_name(), whole.is_sent()), "{code}");
        assert_eq!(brief.__bare_message(), whole.__bare_message(), "{code}");
        assert_eq!(Code::from_record(brief), Some(code));

        let facts = |record: &Record| -> Vec<_> {
            record.params.iter().map(|param| (param.name, param.ty, param.harmless)).collect()
        };
        assert_eq!(facts(brief), facts(whole), "{code}");
        let scenarios = |record: &Record| -> Vec<_> {
            let own = record.scenarios.iter();
            own.map(|own| (own.name, own.title, own.kind, own.message, own.params.len())).collect()
        };
        assert_eq!(scenarios(brief), scenarios(whole), "{code}");
    }
}

#[test]
fn the_ready_json_is_that_of_the_whole_record() {
    for code in Code::all() {
        let brief = McpError::new(code).brief();
        let ready = brief.__json().map(|json| json.response_end());
        let expected = code.record().is_sent().then(|| bare_json(code.record()).0);
        assert_eq!(ready, expected.as_ref().map(|text| text.as_bytes()), "{code}");
    }
}

#[test]
fn every_error_of_a_code_has_the_same_brief_record() {
    for code in Code::all() {
        let one = McpError::new(code).brief();
        let threads: Vec<_> = (0..2).map(|_| std::thread::spawn(move || McpError::new(code).brief())).collect();
        for thread in threads {
            assert!(thread.join().is_ok_and(|other| std::ptr::eq(one, other)), "{code}");
        }
    }
}
