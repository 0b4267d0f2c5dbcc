//! Exact lookup: a code is found only by its exact text.

use std::collections::{BTreeSet, HashSet};

use mcp_error_codes::{Code, REGISTRY, filesystem, hyper_bun, mcp, orchestrator, scrum, super_mcp};

const MISSING: Option<Code> = Code::lookup("FS-001");
const NONE: Option<Code> = Code::lookup("FS-999");
const FULL: Option<Code> = Code::lookup("super-mcp:-32602");

/// Returns every text that finds a code.
fn keys() -> BTreeSet<String> {
    Code::all().flat_map(|code| [code.as_str().to_owned(), full_name(code)]).collect()
}

fn full_name(code: Code) -> String {
    code.record().full_name().to_string()
}

#[test]
fn every_code_is_found_by_its_full_name_and_by_what_it_prints() {
    for code in Code::all() {
        assert_eq!(Code::lookup(&full_name(code)), Some(code));
        assert_eq!(Code::lookup(&code.to_string()), Some(code));
        assert_eq!(REGISTRY.lookup(&full_name(code)), Some(code.record()));
        assert_eq!(format!("{code:?}"), full_name(code));
    }
}

#[test]
fn every_code_is_found_by_its_text_unless_another_system_s_code_is_meant() {
    let ambiguous: Vec<String> =
        Code::all().filter(|code| Code::lookup(code.as_str()) != Some(*code)).map(full_name).collect();
    assert_eq!(ambiguous, ["mcp:-32002", "super-mcp:-32602", "super-mcp:-32603"]);
    for code in Code::all() {
        let is_ambiguous = ambiguous.contains(&full_name(code));
        assert_eq!(code.record().is_ambiguous(), is_ambiguous, "{code:?}");
        let printed = if is_ambiguous { full_name(code) } else { code.as_str().to_owned() };
        assert_eq!(code.to_string(), printed);
    }
}

#[test]
fn a_shared_text_means_the_active_specification_then_a_documented_system_then_a_retired_code() {
    assert_eq!(Code::lookup("-32602"), Some(mcp::INVALID_PARAMS));
    assert_eq!(Code::lookup("-32603"), Some(mcp::INTERNAL_ERROR));
    assert_eq!(Code::lookup("-32002"), Some(super_mcp::TOOL_NOT_FOUND));
    assert_eq!(Code::lookup("super-mcp:-32602"), Some(super_mcp::INVALID_PARAMS));
    assert_eq!(Code::lookup("super-mcp:-32603"), Some(super_mcp::INTERNAL_ERROR));
    assert_eq!(Code::lookup("super-mcp:-32002"), Some(super_mcp::TOOL_NOT_FOUND));
    let retired = Code::lookup("mcp:-32002").map(Code::record);
    assert_eq!(retired.map(|record| (record.system.name, record.name)), Some(("mcp", "RESOURCE_NOT_FOUND")));
    assert_eq!(Code::lookup("-32042").map(|code| code.record().system.name), Some("mcp"));
}

#[test]
fn lookup_works_in_constants_and_patterns() {
    assert_eq!(MISSING, Some(filesystem::FILE_NOT_FOUND));
    assert_eq!(NONE, None);
    assert_eq!(FULL, Some(super_mcp::INVALID_PARAMS));
    const TITLE: &str = filesystem::FILE_NOT_FOUND.record().title;
    assert_eq!(TITLE, "File Not Found");
    let family = |text| match Code::lookup(text) {
        Some(filesystem::FILE_NOT_FOUND | filesystem::DIRECTORY_NOT_FOUND) => "missing",
        Some(hyper_bun::TOOL_NOT_FOUND) => "tool",
        Some(_) => "other",
        None => "none",
    };
    assert_eq!(["FS-002", "NX-MCP-010", "E001", "FS-01"].map(family), ["missing", "tool", "other", "none"]);
}

#[test]
fn a_code_is_two_bytes_wide() {
    assert_eq!(size_of::<Code>(), 2);
    assert_eq!(size_of::<Option<Code>>(), 4);
    assert_eq!(size_of::<&'static mcp_error_codes::Record>(), size_of::<usize>());
}

#[test]
fn codes_are_ordered_by_text_and_then_by_system() {
    let codes: Vec<Code> = Code::all().collect();
    let key = |code: &Code| (code.as_str(), code.record().system.name);
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1] && key(&pair[0]) < key(&pair[1])));
    let mut backwards: Vec<Code> = Code::all().rev().collect();
    backwards.sort();
    assert_eq!(backwards, codes);
    assert_eq!(codes.iter().collect::<HashSet<_>>().len(), codes.len());
}

#[test]
fn a_code_and_its_record_lead_to_each_other() {
    for code in Code::all() {
        assert_eq!(Code::from_record(code.record()), Some(code));
        // A program may contain the registry twice.
        let copy = Box::leak(Box::new(code.record().clone()));
        assert_eq!(Code::from_record(copy), Some(code), "a registry and a full name identify a code");
    }
}

#[test]
fn iteration_by_system_and_family_reaches_every_code_once() {
    let of_families: Vec<Code> = REGISTRY
        .systems()
        .iter()
        .flat_map(|system| system.families.iter().map(move |family| (system.name, family.name)))
        .flat_map(|(system, family)| Code::in_family(system, family))
        .collect();
    assert_eq!(of_families.len(), Code::all().len());
    assert_eq!(of_families.into_iter().collect::<BTreeSet<_>>(), Code::all().collect());
    for nothing in ["", "Filesystem", "filesystem ", "fs"] {
        assert_eq!(Code::in_system(nothing).count(), 0, "{nothing:?}");
    }
    assert_eq!(Code::in_family("filesystem", "NX").count(), 0);
}

/// Asserts that a text finds a code only if it is the text of one.
fn misses_unless_a_key(text: &str, keys: &BTreeSet<String>) {
    assert_eq!(Code::lookup(text).is_some(), keys.contains(text), "{text:?}");
}

#[test]
fn a_text_that_differs_in_one_character_is_another_text() {
    let keys = keys();
    for key in &keys {
        for at in 0..key.len() {
            for c in [' ', '-', '_', '0', '1', '9', 'A', 'Z', 'a', 'e', ':', '\0', '\u{7f}', 'é'] {
                misses_unless_a_key(&format!("{}{c}{}", &key[..at], &key[at + 1..]), &keys);
                misses_unless_a_key(&format!("{}{c}{}", &key[..at], &key[at..]), &keys);
            }
            misses_unless_a_key(&format!("{}{}", &key[..at], &key[at + 1..]), &keys);
        }
    }
}

#[test]
fn a_text_that_differs_in_one_bit_is_another_text() {
    let keys = keys();
    for key in &keys {
        for at in 0..key.len() {
            for bit in 0..7 {
                let mut bytes = key.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                misses_unless_a_key(std::str::from_utf8(&bytes).expect("seven bits are ASCII"), &keys);
            }
        }
    }
}

#[test]
fn case_spaces_prefixes_and_repetitions_miss() {
    let keys = keys();
    for key in &keys {
        let changed = [
            key.to_lowercase(),
            key.to_uppercase(),
            format!(" {key}"),
            format!("{key} "),
            format!("{key}\n"),
            format!("{key}\0"),
            format!("{key}{key}"),
            format!(":{key}"),
            format!("{key}:"),
            format!("mcp:{key}"),
            key.chars().rev().collect(),
        ];
        changed.iter().for_each(|text| misses_unless_a_key(text, &keys));
        (0..key.len()).for_each(|end| misses_unless_a_key(&key[..end], &keys));
        (1..=key.len()).for_each(|start| misses_unless_a_key(&key[start..], &keys));
    }
}

#[test]
fn a_code_of_one_system_is_not_found_in_another() {
    for code in Code::all() {
        for system in REGISTRY.systems() {
            let found = Code::lookup(&format!("{}:{}", system.name, code.as_str()));
            assert!(found.is_none_or(|found| found.record().system == system && found.as_str() == code.as_str()));
            assert_eq!(found == Some(code), code.record().system == system, "{code:?} in {system}");
        }
    }
}

#[test]
fn names_aliases_and_titles_are_no_texts_of_codes() {
    assert_eq!(Code::lookup("FILE_NOT_FOUND"), None);
    assert_eq!(Code::lookup("File Not Found"), None);
    assert_eq!(Code::lookup("SCRUM_ERROR"), None);
    assert_eq!(Code::lookup("33001"), None);
    assert_eq!(Code::lookup("-33001"), None, "a later number is no text");
}

#[test]
fn a_code_within_a_longer_text_is_not_found() {
    assert_eq!(Code::lookup("C001"), Some(orchestrator::CLIENT_CONNECTION_TIMEOUT));
    assert_eq!(Code::lookup("SEC-001"), Some(filesystem::WORKSPACE_ESCAPE));
    assert_eq!(Code::lookup("SEC001"), None);
    assert_eq!(Code::lookup("NOT_FOUND"), Some(scrum::NOT_FOUND));
    assert_eq!(Code::lookup("PACKAGE_NOT_FOUND"), None);
    assert_eq!(Code::lookup("scrum-mcp:NOT_FOUND"), Some(scrum::NOT_FOUND));
}

#[test]
fn very_long_and_odd_texts_miss() {
    let long = "FS-001".repeat(200_000);
    let odd = ["", ":", "::", "mcp:", ":-32602", "mcp::-32602", "\u{feff}FS-001", "FS\u{2010}001", "FS-００1", "\0"];
    for text in odd.into_iter().chain([long.as_str(), &" ".repeat(1_000_000), &":".repeat(1_000_000)]) {
        assert_eq!(Code::lookup(text), None, "{} bytes", text.len());
    }
    assert_eq!(Code::lookup(&format!("filesystem:{}", "F".repeat(1_000_000))), None);
    assert_eq!(Code::lookup(&format!("{}:FS-001", "f".repeat(1_000_000))), None);
}

#[cfg(feature = "std")]
#[test]
fn a_code_is_parsed_from_its_text_and_the_error_keeps_the_text() {
    for code in Code::all() {
        for text in [code.to_string(), code.record().full_name().to_string()] {
            assert_eq!(text.parse(), Ok(code), "{text}");
            assert_eq!(Code::try_from(text.as_str()), Ok(code));
            assert_eq!(serde_json::from_value::<Code>(text.clone().into()).ok(), Some(code));
        }
        let json = serde_json::to_string(&code).expect("it serialises");
        assert_eq!(serde_json::from_str::<Code>(&json).ok(), Some(code), "{json}");
    }
    let unknown = "fs-001".parse::<Code>().expect_err("case counts");
    assert_eq!(unknown.text(), "fs-001");
    assert_eq!(unknown.suggestions()[0].code, "FS-001");
    let told = serde_json::from_str::<Code>(r#""FS-O01""#).expect_err("it is no code").to_string();
    assert!(told.starts_with(r#"unknown error code "FS-O01"; did you mean "FS-001""#), "{told}");
    assert!(serde_json::from_str::<Code>("1").is_err());
}
