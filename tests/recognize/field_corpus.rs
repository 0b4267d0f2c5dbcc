//! Error texts from public reports, and the right answer for each.

use std::collections::BTreeMap;

use mcp_error_codes::{Certainty, Finding, Recognition, Recognizer};
use serde_json::Value;

const CORPUS: &str = include_str!("field.jsonl");

/// The verdict on an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Right,
    Honest,
    None,
    /// Not what the label expects, but not wrong either.
    Missed,
    False,
}

#[test]
fn no_answer_of_the_corpus_is_false() {
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
    let mut complaints = Vec::new();
    for line in CORPUS.lines().filter(|line| !line.is_empty()) {
        let case: Value = serde_json::from_str(line).expect("each line is an object");
        let input = case["input"].as_str().expect("a text");
        let mut recognizer = Recognizer::new();
        if let Some(status) = case["status"].as_u64() {
            recognizer = recognizer.http_status(u16::try_from(status).expect("a status"));
        }
        let recognition = recognizer.recognize(input);
        for error in &recognition.errors {
            for finding in &error.findings {
                assert!(finding.span().end <= input.len(), "{}: {:?}", case["id"], finding.span());
            }
        }
        let (verdict, why) = judge(&case, &recognition);
        *counts.entry(verdict).or_default() += 1;
        if verdict >= Verdict::Missed {
            let found: Vec<Vec<String>> = recognition
                .errors
                .iter()
                .map(|error| {
                    error.findings.iter().take(4).map(|finding| format!("{finding} [{}]", finding.reason())).collect()
                })
                .collect();
            complaints.push(format!(
                "{verdict:?} {}: {why}\n    {}\n    {found:#?}",
                case["id"],
                &input[..input.len().min(160)]
            ));
        }
    }
    println!("{}", complaints.join("\n"));
    println!("{counts:?}");
    assert_eq!(counts.get(&Verdict::False), None, "{}", complaints.join("\n"));
    assert_eq!(counts.get(&Verdict::Missed).copied().unwrap_or_default(), 0, "{}", complaints.join("\n"));
}

fn judge(case: &Value, recognition: &Recognition) -> (Verdict, String) {
    let expected: Vec<&Value> = case["expect"].as_array().into_iter().flatten().collect();
    let answers: Vec<&Finding> = recognition.errors.iter().filter_map(|error| error.answer()).collect();
    for answer in &answers {
        let never = case["never"].as_array().into_iter().flatten().any(|name| *name == full_name(answer).as_str());
        if never || !expected.iter().any(|expected| is(answer, expected)) {
            return (Verdict::False, format!("{answer} is no answer"));
        }
    }
    match case["accept"].as_str() {
        Some("none") => match recognition.errors.is_empty() {
            true => (Verdict::None, String::new()),
            false => (Verdict::Missed, "there is a finding".to_owned()),
        },
        Some("candidates") => {
            if !answers.is_empty() {
                return (Verdict::Missed, "too sure".to_owned());
            }
            let findings: Vec<&Finding> = recognition.errors.iter().flat_map(|error| &error.findings).collect();
            for expected in &expected {
                let Some(found) = findings.iter().find(|finding| is(finding, expected)) else {
                    return (Verdict::Missed, format!("{expected} is missing"));
                };
                if let Some(missing) = missing_values(expected, found) {
                    return (Verdict::Missed, missing);
                }
            }
            for claim in case["claims"].as_array().into_iter().flatten() {
                if !findings.iter().any(|finding| finding.claim().is_some_and(|known| *claim == known.sender)) {
                    return (Verdict::Missed, format!("the claim {claim} is missing"));
                }
            }
            (Verdict::Honest, String::new())
        }
        _ => {
            if answers.len() < expected.len() {
                return (Verdict::Missed, format!("{} answers", answers.len()));
            }
            for (expected, answer) in expected.iter().zip(&answers) {
                if !is(answer, expected) {
                    return (Verdict::False, format!("{answer} is not {expected}"));
                }
                let is_own = expected["code"] == answer.record().map_or("", |record| record.code);
                if let Some(certainty) = expected["certainty"].as_str()
                    && is_own
                    && certainty != answer.certainty().as_str()
                {
                    return (Verdict::Missed, format!("{answer} is not {certainty}"));
                }
                if let Some(missing) = missing_values(expected, answer).filter(|_| is_own) {
                    return (Verdict::Missed, missing);
                }
            }
            (Verdict::Right, String::new())
        }
    }
}

fn full_name(finding: &Finding) -> String {
    finding.record().map(|record| format!("{}:{}", record.system.name, record.code)).unwrap_or_default()
}

fn is(finding: &Finding, expected: &Value) -> bool {
    let Some(record) = finding.record() else { return false };
    let is_code = expected["system"] == record.system.name && expected["code"] == record.code;
    is_code || expected["kind"] == record.kind.as_str()
}

fn missing_values(expected: &Value, finding: &Finding) -> Option<String> {
    let values = finding.values();
    let missing = expected["values"].as_object()?.iter().find(|(name, value)| values.get(*name) != Some(value))?;
    Some(format!("{} is {} and not {}", missing.0, values.get(missing.0).unwrap_or(&Value::Null), missing.1))
}

#[test]
fn certainty_is_ordered() {
    assert!(Certainty::Possible < Certainty::Likely && Certainty::Likely < Certainty::Certain);
}
