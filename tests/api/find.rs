//! `find` accepts any spelling of a code, a name, an alias or a number, and its errors are helpful.

use mcp_error_codes::{
    Code, NumberRange, REGISTRY, Record, UnknownCode, find, find_all, in_system, of_shape, specification_code,
};
use proptest::prelude::*;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() }
}

/// Returns the full name of the record that is found.
fn found(text: &str) -> Option<String> {
    find(text).ok().map(full_name)
}

fn full_name(record: &Record) -> String {
    record.full_name().to_string()
}

fn miss(text: &str) -> UnknownCode {
    match find(text) {
        Err(unknown) => unknown,
        Ok(record) => panic!("{text:?} finds {record}"),
    }
}

/// Returns a text as people may write it: in another case, with other separators, or with spaces around it. The sign of a number is
/// kept.
fn spellings(text: &str) -> Vec<String> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let replaced = |separator: &str| format!("{sign}{}", rest.replace(['-', '_'], separator));
    let own = [text.to_owned(), replaced(""), replaced(" "), replaced("-"), replaced("_"), replaced("- _")];
    let cased = own.iter().flat_map(|text| [text.clone(), text.to_lowercase(), text.to_uppercase()]);
    cased.flat_map(|text| [format!("  {text}\t"), text]).collect()
}

#[test]
fn every_code_name_alias_and_number_is_found_in_every_spelling() {
    for code in Code::all() {
        let record = code.record();
        let numbers: Vec<String> = record.json_rpc.iter().map(|entry| entry.number.to_string()).collect();
        let texts = [record.code, record.name].into_iter().chain(record.aliases.iter().copied());
        for text in texts.chain(numbers.iter().map(String::as_str)) {
            for spelling in spellings(text) {
                let all: Vec<_> = find_all(&spelling).collect();
                assert!(all.contains(&record), "{spelling:?} does not find {code:?}");
                match spelling.trim().parse::<i64>() {
                    // In the reserved ranges, only a number that the specification assigns now has one meaning.
                    Ok(number) if NumberRange::of(number) != NumberRange::Free => {
                        let active = specification_code(number).filter(|code| !code.record().is_deprecated());
                        assert_eq!(find(&spelling).ok(), active.map(|code| code.record()), "{spelling:?}");
                    }
                    _ => assert_eq!(find(&spelling), Ok(all[0])),
                }
                let narrowed = format!("{}:{spelling}", record.system.name);
                let in_system: Vec<_> = find_all(&narrowed).collect();
                assert!(in_system.contains(&record), "{narrowed:?} does not find {code:?}");
                assert!(in_system.iter().all(|other| other.system == record.system), "{narrowed:?}");
            }
        }
    }
}

#[test]
fn every_full_name_finds_its_own_record_first() {
    for code in Code::all() {
        for spelling in spellings(code.as_str()) {
            let text = format!("{}:{spelling}", code.record().system.name);
            assert_eq!(find(&text), Ok(code.record()), "{text:?}");
        }
    }
}

#[test]
fn what_stands_in_several_places_is_found_in_a_set_order() {
    // A code comes before a name, and the specification's active code before other codes.
    assert_eq!(found("-32602").as_deref(), Some("mcp:-32602"));
    assert_eq!(found("-32002"), None);
    assert_eq!(
        find("-32002").expect_err("several use it").to_string(),
        "unknown error code \"-32002\"; it is in the legacy block, -32019 to -32000, which has no set meaning; it is used by \
         super-mcp:-32002, mcp:-32002"
    );
    // A number may be written with separators, as a code may. With zeros before it, it is no number of the specification.
    assert_eq!(found("-32_002"), None);
    assert_eq!(
        find("-32 002").expect_err("several use it").to_string(),
        "unknown error code \"-32 002\"; it is in the legacy block, -32019 to -32000, which has no set meaning; it is used by \
         super-mcp:-32002, mcp:-32002"
    );
    assert_eq!(found("-32_603").as_deref(), Some("mcp:-32603"));
    assert_eq!((found("-032603"), find_all("-032603").count()), (None, 0));
    assert_eq!(found("NOT_FOUND").as_deref(), Some("scrum-mcp:NOT_FOUND"));
    assert_eq!(found("invalid params").as_deref(), Some("mcp:-32602"));
    let all = |text| find_all(text).map(full_name).collect::<Vec<_>>();
    assert_eq!(all("-32602"), ["mcp:-32602", "super-mcp:-32602", "mcp:-32002"]);
    assert_eq!(all("-32002"), ["super-mcp:-32002", "mcp:-32002"]);
    assert_eq!(all("tool not found"), ["super-mcp:-32002", "hyper-bun:NX-MCP-010"]);
    assert_eq!(all("rollback-failed"), ["task-orchestrator:E022", "filesystem:OP-002"]);
    assert_eq!(all("41001"), ["hyper-bun:NX-MCP-001", "hyper-bun:NX-800"]);
}

#[test]
fn the_sign_of_a_number_counts() {
    assert_eq!(found("32002").as_deref(), Some("filesystem:VAL-002"));
    assert_eq!(found("-33001").as_deref(), Some("super-mcp:-32001"));
    assert_eq!(found("33001").as_deref(), Some("filesystem:FS-001"));
    assert_eq!(found("super-mcp:-33001").as_deref(), Some("super-mcp:-32001"));
    assert_eq!(found("super-mcp:33001"), None);
    assert_eq!(found("32602"), None);
}

#[test]
fn a_superseded_code_is_found_as_itself() {
    let record = find("nx 800").expect("the legacy code is known");
    assert_eq!((record.code, record.superseded_by), ("NX-800", Some("NX-MCP-001")));
}

#[test]
fn a_part_of_a_code_and_another_system_s_code_are_not_found() {
    let texts =
        ["", " ", "-", ":", "FS", "001", "FS-", "FS-01", "FS-0001", "filesystem:", ":FS-001", "mcp:FS-001", "x:FS-001"];
    for text in texts {
        assert_eq!(found(text), None, "{text:?}");
    }
    assert_eq!(found("SEC001").as_deref(), Some("filesystem:SEC-001"));
    assert_eq!(found("c001").as_deref(), Some("task-orchestrator:C001"));
}

#[test]
fn a_typo_suggests_the_nearest_code() {
    let nearest = |text| miss(text).suggestions().first().map(|record| record.code);
    assert_eq!(nearest("FS-O01"), Some("FS-001"));
    assert_eq!(nearest("NX-MCP-01O"), Some("NX-MCP-010"));
    assert_eq!(nearest("file not fuond"), Some("FS-001"));
    assert_eq!(nearest("VALIDATON_ERROR"), Some("VALIDATION_ERROR"));
    assert_eq!(nearest("filesystem:FS-O01"), Some("FS-001"));
    assert_eq!(nearest("entirely something else"), None);
    assert_eq!(nearest("x"), None);
    let suggested = miss("FS-01");
    assert_eq!(suggested.suggestions().len(), 3);
}

/// Returns whether two texts differ by one letter that is changed, added or dropped, or by two that are swapped.
fn is_one_mistake(one: &str, other: &str) -> bool {
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    let ends = |skipped: usize, dropped: usize| one.len() >= skipped && one.get(skipped..) == other.get(dropped..);
    let is_swapped = one.len() > 1 && other.len() > 1 && one[..1] == other[1..2] && one[1..2] == other[..1];
    ends(1, 1) || ends(1, 0) || ends(0, 1) || is_swapped && ends(2, 2)
}

#[test]
fn one_mistake_at_any_place_suggests_what_was_meant() {
    let texts = Code::all().flat_map(|code| [code.record().code, code.record().name]);
    for name in texts.filter(|text| text.len() > 3 && text.starts_with(|c: char| c.is_ascii_alphabetic())) {
        for at in [0, 1, name.len() / 2, name.len() - 2, name.len() - 1] {
            let (before, rest) = name.split_at(at);
            let missing = format!("{before}{}", &rest[1..]);
            let added = format!("{before}{}{rest}", &rest[..1]);
            let wrong = format!("{before}%{}", &rest[1..]);
            let swapped = rest.get(2..).map(|last| format!("{before}{}{}{last}", &rest[1..2], &rest[..1]));
            // Digits alone are a number.
            let texts = [missing, added, wrong].into_iter().chain(swapped);
            for text in texts.filter(|text| text.parse::<i64>().is_err()) {
                let Err(unknown) = find(&text) else { continue };
                let plain = |text: &str| text.replace(['_', '-', ' '], "").to_lowercase();
                let is_meant = |found: &&Record| {
                    let mut spellings = [found.code, found.name].into_iter().chain(found.aliases.iter().copied());
                    spellings.any(|spelling| is_one_mistake(&plain(spelling), &plain(&text)))
                };
                assert!(unknown.suggestions().first().is_some_and(is_meant), "{text}: {unknown}");
            }
        }
    }
}

#[test]
fn a_miss_in_a_system_suggests_only_codes_of_this_system() {
    for system in REGISTRY.systems() {
        for record in in_system(system.name).records() {
            let text = format!("{}%", record.name);
            let unknown = in_system(system.name).find(&text).expect_err("no name has this letter");
            assert!(unknown.suggestions().iter().any(|found| found.name == record.name), "{text}: {unknown}");
            assert!(unknown.suggestions().iter().all(|found| found.system.name == system.name), "{text}: {unknown}");
        }
    }
}

#[test]
fn only_a_text_that_ends_in_the_digits_of_a_family_has_its_shape() {
    for code in Code::all() {
        let code = code.as_str();
        let is_numbered = code.starts_with(|c: char| c.is_ascii_uppercase())
            && code.len() - code.trim_end_matches(|c: char| c.is_ascii_digit()).len() >= 2;
        assert_eq!(of_shape(code).is_some(), is_numbered, "{code}");
    }
}

#[test]
fn an_unknown_code_says_so_in_one_line() {
    let told = |text: &str| miss(text).to_string();
    assert_eq!(told("FS-O01"), r#"unknown error code "FS-O01"; did you mean "FS-001" (File Not Found)?"#);
    assert_eq!(told("entirely else"), r#"unknown error code "entirely else""#);
    assert_eq!(told(""), r#"unknown error code """#);
    assert_eq!(told("a\n\"b\""), r#"unknown error code "a\n\"b\"""#);
    assert_eq!(
        told("E010"),
        r#"unknown error code "E010"; task-orchestrator reserves E009 to E010 and has not assigned it"#
    );
    assert_eq!(
        told("nx_mcp 004"),
        r#"unknown error code "nx_mcp 004"; hyper-bun reserves NX-MCP-004 to NX-MCP-009 and has not assigned it"#
    );
    assert_eq!(
        told("-32050"),
        r#"unknown error code "-32050"; it is in -32099 to -32020, which the MCP specification reserves for itself"#
    );
    assert_eq!(
        told("-32019"),
        r#"unknown error code "-32019"; it is in the legacy block, -32019 to -32000, which has no set meaning"#
    );
    assert_eq!(
        told("-32768"),
        r#"unknown error code "-32768"; it is in -32768 to -32100, which JSON-RPC 2.0 reserves for itself"#
    );
    let long = told(&"y".repeat(250));
    assert_eq!(long, format!("unknown error code {:?} and 50 more characters", "y".repeat(200)));
}

#[test]
fn an_unknown_number_tells_the_part_of_the_number_line() {
    assert_eq!(miss("-32050").number_range(), Some(NumberRange::Mcp));
    assert_eq!(miss(" -32009 ").number_range(), Some(NumberRange::Legacy));
    assert_eq!(miss("-32100").number_range(), Some(NumberRange::JsonRpc));
    assert_eq!(miss("77").number_range(), None);
    assert_eq!(miss("-32769").number_range(), None);
    assert_eq!(miss(&i64::MIN.to_string()).number_range(), None);
    assert_eq!(miss("99999999999999999999").number_range(), None);
}

#[test]
fn an_unknown_text_is_kept_up_to_200_characters_with_its_length() {
    let cases =
        [("é".repeat(199), 199), ("é".repeat(200), 200), ("é".repeat(201), 201), ("é".repeat(1_000_000), 1_000_000)];
    for (text, length) in cases {
        let unknown = miss(&text);
        assert_eq!(unknown.length(), length);
        assert_eq!(unknown.text(), "é".repeat(length.min(200)));
    }
    let padded = miss(&format!("{}E010", " ".repeat(300)));
    assert_eq!((padded.reserved(), padded.number_range(), padded.suggestions()), (None, None, &[][..]));
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_is_found_or_kept(text in any::<String>()) {
        match find(&text) {
            Ok(record) => prop_assert!(find_all(&text).any(|other| other == record)),
            Err(unknown) => {
                prop_assert_eq!(unknown.text(), text.chars().take(200).collect::<String>());
                prop_assert_eq!(unknown.length(), text.chars().count());
                prop_assert!(unknown.suggestions().len() <= 3);
                let begin = format!("unknown error code {:?}", unknown.text());
                prop_assert!(unknown.to_string().starts_with(&begin));
            }
        }
    }

    #[test]
    fn any_number_is_found_by_whoever_claims_it(number in any::<i64>()) {
        let found: Vec<_> = find_all(&number.to_string()).collect();
        let claims: Vec<_> = mcp_error_codes::by_number(number).collect();
        prop_assert!(claims.iter().all(|record| found.contains(record)));
        prop_assert_eq!(found.is_empty(), claims.is_empty());
    }

    #[test]
    fn a_code_with_noise_between_its_letters_is_found(
        at in 0..Code::all().len(),
        noise in proptest::collection::vec(prop_oneof![Just(""), Just("-"), Just("_"), Just(" "), Just("\t")], 40),
    ) {
        let code = Code::all().nth(at).expect("the code exists");
        // The sign of a number is not moved.
        let (sign, rest) = code.as_str().split_at(usize::from(code.as_str().starts_with('-')));
        let noisy: String = rest.chars().zip(noise).skip(1).map(|(c, noise)| format!("{noise}{c}")).collect();
        let text = format!("{}:{sign}{}{noisy}", code.record().system.name, &rest[..1]);
        prop_assert_eq!(find(&text), Ok(code.record()), "{:?}", text);
    }

    #[test]
    fn one_wrong_letter_still_suggests(at in 0..Code::all().len(), place in any::<prop::sample::Index>()) {
        let code = Code::all().nth(at).expect("the code exists");
        let mut letters: Vec<char> = code.record().name.chars().collect();
        let place = place.index(letters.len());
        letters[place] = '%';
        let text: String = letters.into_iter().collect();
        let unknown = find(&text).expect_err("no name has this letter");
        prop_assert!(!unknown.suggestions().is_empty(), "{}", text);
    }
}

#[test]
fn debug_of_a_miss_names_the_codes_and_leaves_out_their_records() {
    let unknown = format!("{:?}", find("FS-O01").err());
    assert!(
        unknown.starts_with(
            r#"Some(UnknownCode { text: "FS-O01", length: 6, reserved: None, range: None, suggestions: ["FS-001""#
        ),
        "{unknown}"
    );
    let reserved = format!("{:?}", find("E010").err());
    assert!(reserved.contains(r#"reserved: Some(("task-orchestrator", ReservedRange"#), "{reserved}");
}
