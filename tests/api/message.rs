//! Messages without a code: which code, scenario and parameters they match.

use mcp_error_codes::record::{Param, ParamType, Scenario};
use mcp_error_codes::{MessageMatch, REGISTRY, Record, filesystem, in_system, match_message, scrum};
use proptest::prelude::*;

/// Returns every template of a code or a scenario. A former name has no template.
fn templates() -> Vec<(&'static Record, Option<&'static Scenario>, &'static str, &'static [Param])> {
    let mut all = Vec::new();
    for record in REGISTRY.records() {
        let is_former_name = record.superseded_by.is_some() && record.family.name == "NX";
        if !is_former_name {
            all.push((record, None, record.message.unwrap_or(record.title), record.params));
            let own =
                record.scenarios.iter().filter_map(move |case| Some((record, Some(case), case.message?, case.params)));
            all.extend(own);
        }
    }
    all
}

fn filled(template: &str, params: &[Param], values: &[String]) -> String {
    params
        .iter()
        .zip(values)
        .fold(template.to_owned(), |text, (param, value)| text.replacen(&format!("{{{}}}", param.name), value, 1))
}

fn literal_length(template: &str) -> usize {
    template
        .split('{')
        .enumerate()
        .map(|(at, part)| match at {
            0 => part.chars().count(),
            _ => part.split_once('}').map_or(0, |(_, literal)| literal.chars().count()),
        })
        .sum()
}

fn template_of(found: &MessageMatch<'_>) -> &'static str {
    found.scenario.and_then(|case| case.message).or(found.record.message).unwrap_or(found.record.title)
}

fn codes(found: &[MessageMatch<'_>]) -> Vec<&'static str> {
    found.iter().map(|found| found.record.code).collect()
}

#[test]
fn every_template_leads_back_to_its_code_and_parameters() {
    for (record, scenario, template, params) in templates() {
        let values: Vec<String> = params
            .iter()
            .enumerate()
            .map(|(at, param)| match param.ty {
                ParamType::Integer => (at as i64 - 7).to_string(),
                ParamType::List => "one, two, three".to_owned(),
                _ => format!("Value-{at}.txt"),
            })
            .collect();
        let message = filled(template, params, &values);
        for found in [in_system(record.system.name).match_message(&message), match_message(&message)] {
            let own = found.iter().find(|found| std::ptr::eq(found.record, record) && found.scenario == scenario);
            let own = own.unwrap_or_else(|| panic!("{}: {message:?} leads to {found:?}", record.code));
            let expected: Vec<_> =
                params.iter().map(|param| param.name).zip(values.iter().map(String::as_str)).collect();
            assert_eq!(own.params, expected, "{}", record.code);
        }
    }
}

#[test]
fn candidates_stand_in_the_order_of_their_literal_characters() {
    for (.., template, params) in templates() {
        let values = vec!["x".to_owned(); params.len()];
        let message = filled(template, params, &values);
        let found = match_message(&message);
        let lengths: Vec<usize> = found.iter().map(|found| literal_length(template_of(found))).collect();
        assert!(lengths.is_sorted_by(|a, b| a >= b), "{message:?}: {lengths:?}");
    }
}

#[test]
fn a_system_narrows_the_candidates_to_its_own() {
    let message = "Database connection failed";
    assert_eq!(codes(&in_system("scrum-mcp").match_message(message)), ["DATABASE_CONNECTION_FAILED"]);
    assert_eq!(codes(&in_system("filesystem").match_message(message)), [""; 0]);
    assert_eq!(codes(&in_system("nobody").match_message(message)), [""; 0]);
    for (.., template, params) in templates() {
        let text = filled(template, params, &vec!["x".to_owned(); params.len()]);
        let all = match_message(&text);
        let by_system = REGISTRY.systems().iter().flat_map(|system| in_system(system.name).match_message(&text));
        assert_eq!(by_system.count(), all.len());
        assert!(all.iter().all(|found| in_system(found.record.system.name).match_message(&text).contains(found)));
    }
}

#[test]
fn the_document_s_examples_are_recognised() {
    let scrum = |text| in_system("scrum-mcp").match_message(text);
    let claimed = scrum("Files already claimed by: agent-1, agent-2");
    assert_eq!(
        (codes(&claimed), claimed[0].scenario.map(|case| case.name)),
        (vec!["CONFLICT"], Some("FILE_CLAIM_CONFLICT"))
    );
    assert_eq!(claimed[0].params, [("agentIds", "agent-1, agent-2")]);

    let blocked = scrum("Cannot move to in_progress: task is blocked by incomplete dependencies: a, b");
    assert_eq!(
        (codes(&blocked), &blocked[0].params[..]),
        (vec!["BLOCKED_BY_DEPENDENCIES"], &[("taskIds", "a, b")][..])
    );

    let gate = scrum("Gate not found: x");
    assert_eq!((codes(&gate), &gate[0].params[..]), (vec!["NOT_FOUND"], &[("resource", "Gate"), ("id", "x")][..]));
    let gate = scrum("Unknown gateId: x");
    assert_eq!(codes(&gate), ["NOT_FOUND", "UNKNOWN_GATE"]);
    assert_eq!(gate[0].scenario.map(|case| case.name), Some("UNKNOWN_GATE_ID"));
    assert_eq!(gate[0].params, [("gateId", "x")]);

    for (text, resource) in [
        ("Task not found: abc123", "Task"),
        ("Webhook not found: hook456", "Webhook"),
        ("Dependency not found: dep123", "Dependency"),
    ] {
        let found = scrum(text);
        assert_eq!((codes(&found), found[0].params[0]), (vec!["NOT_FOUND"], ("resource", resource)));
    }
    assert_eq!(codes(&scrum("Template \"bugfix\" already exists")), ["CONFLICT"]);
    assert_eq!(scrum("Template \"bugfix\" already exists")[0].params, [("name", "bugfix")]);
    assert_eq!(scrum("Dependency already exists: a -> b")[0].params, [("taskId", "a"), ("dependsOnTaskId", "b")]);
    assert_eq!(codes(&scrum("Missing API key")), ["UNAUTHORIZED"]);
    assert_eq!(codes(&scrum("Invalid API key")), ["FORBIDDEN"]);
    assert_eq!(codes(&in_system("filesystem").match_message("Rate limit exceeded")), ["SEC-010"]);
    assert_eq!(codes(&in_system("hyper-bun").match_message("MCP Tool Not Found")), ["NX-MCP-010"]);
}

#[test]
fn a_message_example_of_a_record_leads_to_the_record() {
    let examples =
        REGISTRY.records().iter().flat_map(|record| record.examples.iter().map(move |example| (record, example)));
    let messages: Vec<_> = examples.filter(|(_, example)| example.ty.as_str() == "message").collect();
    assert!(!messages.is_empty());
    for (record, example) in messages {
        for line in example.text.lines().filter(|line| !line.trim().is_empty()) {
            let found = in_system(record.system.name).match_message(line);
            assert!(codes(&found).contains(&record.code), "{}: {line:?} leads to {:?}", record.code, codes(&found));
        }
    }
}

#[test]
fn without_a_system_the_most_literal_template_comes_first() {
    let found = match_message("File not found: a.txt");
    assert_eq!(codes(&found), ["FS-001", "NOT_FOUND"]);
    assert_eq!(found[0].record, filesystem::FILE_NOT_FOUND.record());
    assert_eq!(found[1].record, scrum::NOT_FOUND.record());
    assert_eq!(found[1].params, [("resource", "File"), ("id", "a.txt")]);
}

#[test]
fn a_message_fits_as_a_whole_or_not_at_all() {
    let none = [
        "",
        " ",
        "File not found: ",
        "File not found:",
        "not found: a",
        "File not found",
        "WIP limit exceeded for review: 4/3",
        "WIP limit exceeded for : 4/3 tasks",
        "WIP limit exceeded for review: 4/ tasks",
        "Missing API key ",
        "missing api key",
        "Missing API keys",
        "Template \"\" already exists",
        "Dependency already exists: a -> ",
    ];
    for text in none {
        let scrum_and_files =
            in_system("scrum-mcp").match_message(text).len() + in_system("filesystem").match_message(text).len();
        // A title may consist of the same words without a placeholder.
        let is_title = REGISTRY.records().iter().any(|record| record.message.is_none() && record.title == text);
        assert!(scrum_and_files == 0 || is_title, "{text:?}");
    }
}

#[test]
fn values_may_hold_anything_that_is_no_literal_of_the_template() {
    let path = "a {path} not found: b\nfile \"é\"";
    let text = format!("File not found: {path}");
    assert_eq!(in_system("filesystem").match_message(&text)[0].params, [("path", path)]);
    let found = in_system("scrum-mcp").match_message("Invalid enum value. Expected 'a' | 'b', received 'c'd'");
    assert_eq!(found[0].params, [("valid_values", "a' | 'b"), ("actual_value", "c'd")]);
}

#[test]
fn a_megabyte_of_text_is_matched_like_any_other() {
    let long = "x".repeat(1_000_000);
    assert_eq!(match_message(&long), []);
    let text = format!("File not found: {long}");
    let found = in_system("filesystem").match_message(&text);
    assert_eq!((codes(&found), found[0].params[0].1.len()), (vec!["FS-001"], 1_000_000));
    for piece in [" not found: ", ": ", "WIP limit exceeded for ", "/", "', received '", "é", "{path}"] {
        let text = piece.repeat(1_000_000 / piece.len());
        for found in match_message(&text) {
            let values: Vec<String> = found.params.iter().map(|(_, value)| (*value).to_owned()).collect();
            let params = found.scenario.map_or(found.record.params, |case| case.params);
            assert_eq!(filled(template_of(&found), params, &values), text);
        }
    }
}

#[test]
fn a_former_name_is_not_matched_beside_its_successor() {
    assert_eq!(codes(&match_message("MCP Tool Execution Failed")), ["NX-MCP-001"]);
    assert_eq!(codes(&match_message("MCP Server Unavailable")), ["NX-MCP-030"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_values_of_words_come_back(at in 0..templates().len(), words in proptest::collection::vec("[A-Za-z0-9_.é-]{1,20}", 4)) {
        let (record, scenario, template, params) = templates()[at];
        let values: Vec<String> = params.iter().zip(&words).map(|(param, word)| match param.ty {
            ParamType::Integer => word.len().to_string(),
            ParamType::List => format!("{word}, {word}"),
            _ => word.clone(),
        }).collect();
        let message = filled(template, params, &values);
        let found = in_system(record.system.name).match_message(&message);
        let own = found.iter().find(|found| std::ptr::eq(found.record, record) && found.scenario == scenario);
        prop_assert!(own.is_some(), "{} {:?}", record.code, message);
        let shown: Vec<_> = own.into_iter().flat_map(|own| own.params.iter().map(|(_, value)| *value)).collect();
        prop_assert_eq!(shown, values);
    }

    #[test]
    fn whatever_matches_makes_the_text_again(text in prop_oneof![any::<String>(), "[A-Z][a-z]{2,9} not found: .{0,20}", ".{1,9}: .{1,9}"]) {
        for found in match_message(&text) {
            let values: Vec<String> = found.params.iter().map(|(_, value)| (*value).to_owned()).collect();
            let params = found.scenario.map_or(found.record.params, |case| case.params);
            prop_assert_eq!(filled(template_of(&found), params, &values), text.clone());
            prop_assert!(values.iter().all(|value| !value.is_empty()));
        }
    }
}
