//! The registry describes codes in whole sentences, without leftover placeholders.

use std::collections::BTreeSet;

use mcp_error_codes::{REGISTRY, Record};

#[test]
fn every_record_has_its_prose() {
    for record in REGISTRY.records() {
        let code = record.code;
        for (field, text) in [("title", record.title), ("summary", record.summary), ("hint", record.hint)] {
            assert!(!text.trim().is_empty() && text.trim() == text, "{code}: {field} {text:?}");
        }
        assert!(!record.reference.is_empty() && !record.since.is_empty(), "{code}");
        assert!(record.hint.ends_with('.') && record.hint.lines().count() == 1, "{code}: {:?}", record.hint);
        assert!(record.hint.chars().count() <= 160, "{code}: {:?}", record.hint);
        assert!(record.hint.starts_with(|c: char| c.is_uppercase()), "{code}: {:?}", record.hint);
        assert!((400..600).contains(&record.http_status), "{code}");
    }
}

#[test]
fn causes_and_resolution_are_there_wherever_the_document_has_them() {
    let none = |has_none: fn(&Record) -> bool| -> BTreeSet<String> {
        // No document defines the codes of `common`.
        let documented = REGISTRY.records().iter().filter(|record| record.system.name != "common");
        documented.filter(|record| has_none(record)).map(|record| record.full_name().to_string()).collect()
    };
    // The document gives the R family no causes. SCRUM gives them by scenario.
    let without_causes: Vec<String> = (1..=8).map(|number| format!("task-orchestrator:R{number:03}")).collect();
    let by_scenario = ["CONFLICT", "VALIDATION_ERROR", "FORBIDDEN"].map(|code| format!("scrum-mcp:{code}"));
    let business = ["scrum-mcp:NO_ACTIVE_CLAIMS".to_owned()];
    let expected = without_causes.iter().chain(&by_scenario).chain(&business);
    assert_eq!(none(|record| record.causes.is_empty()), expected.cloned().collect());

    let specification = ["-32700", "-32600", "-32603", "-32002"].map(|code| format!("mcp:{code}"));
    let expected: BTreeSet<String> = by_scenario.into_iter().chain(specification).collect();
    assert_eq!(none(|record| record.resolution.is_empty()), expected);
}

/// Returns every sentence of a record, with the name of its field.
fn sentences(record: &'static Record) -> impl Iterator<Item = (&'static str, &'static str)> {
    let list = |name, items: &'static [&'static str]| items.iter().map(move |item| (name, *item));
    let scenarios = record.scenarios.iter().flat_map(move |case| {
        let lists = list("scenario causes", case.causes).chain(list("scenario resolution", case.resolution));
        lists.chain(list("prevention", case.prevention)).chain(case.summary.map(|text| ("scenario summary", text)))
    });
    [("summary", record.summary), ("hint", record.hint)]
        .into_iter()
        .chain(record.context.map(|text| ("context", text)))
        .chain(list("causes", record.causes))
        .chain(list("resolution", record.resolution))
        .chain(scenarios)
}

#[test]
fn every_sentence_ends_with_a_stop_and_stands_on_one_line() {
    for record in REGISTRY.records() {
        for (field, text) in sentences(record) {
            assert!(text.ends_with('.'), "{}: {field}: {text:?}", record.code);
            assert_eq!(text.lines().count(), 1, "{}: {field}: {text:?}", record.code);
        }
    }
}

#[test]
fn no_sentence_holds_a_placeholder_outside_of_quoted_code() {
    for record in REGISTRY.records() {
        for (field, text) in sentences(record) {
            let prose: String = text.split('`').step_by(2).collect();
            assert!(!prose.contains(['{', '}']), "{}: {field}: {text:?}", record.code);
        }
        assert!(!record.hint.contains(['{', '}']) && !record.title.contains(['{', '}']), "{}", record.code);
    }
}

/// Returns the placeholders of a template, in order.
fn placeholders(template: &str) -> Vec<&str> {
    template.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default()).collect()
}

#[test]
fn the_placeholders_of_every_message_are_its_params() {
    for record in REGISTRY.records() {
        let own = (record.message, record.params);
        for (message, params) in
            std::iter::once(own).chain(record.scenarios.iter().map(|case| (case.message, case.params)))
        {
            let names: Vec<_> = params.iter().map(|param| param.name).collect();
            assert_eq!(placeholders(message.unwrap_or_default()), names, "{}", record.code);
            assert!(params.iter().all(|param| param.description.ends_with('.')), "{}: {params:?}", record.code);
        }
    }
}

/// Words that a hint must not contain: places on one server, and parts of an answer that a model does not see.
const NOT_IN_HINTS: [&str; 14] = [
    "`details`",
    "`data`",
    "the details",
    "the data of",
    "_meta",
    "structuredContent",
    "fs_",
    "--",
    ".json",
    ".toml",
    ".ts",
    "src/",
    "docs/",
    "config file",
];

#[test]
fn a_hint_is_one_sentence_that_fits_every_server() {
    let mut problems = Vec::new();
    for code in mcp_error_codes::Code::all() {
        let record = code.record();
        let of_own_server = matches!(record.system.name, "scrum-mcp" | "super-mcp");
        let faults = faults_of_hint(record.hint);
        let faults = faults.into_iter().filter(|fault| !of_own_server || !fault.starts_with("names"));
        problems.extend(faults.map(|fault| format!("{code}: {fault}")));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_hint_that_breaks_a_rule_is_reported() {
    for hint in ["Read `details`.", "Do this. Then do that.", "Run `fs_search_files`.", "Read the `data` of the error."]
    {
        assert!(!faults_of_hint(hint).is_empty(), "{hint}");
    }
    assert_eq!(faults_of_hint("Call `resources/list` and use a URI of it."), [""; 0]);
}

/// Returns the rules that a hint breaks.
pub(crate) fn faults_of_hint(hint: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let ends = hint.trim_end_matches('.').matches(". ").count();
    if ends > 0 || !hint.ends_with('.') {
        faults.push(format!("{} sentences: {hint}", ends + 1));
    }
    let named = NOT_IN_HINTS.iter().filter(|word| hint.contains(**word));
    // A quoted word is a name, unless it is a notation such as `..`.
    let quoted =
        hint.split('`').skip(1).step_by(2).filter(|word| word.contains(char::is_alphanumeric) && !is_of_protocol(word));
    let named: Vec<&str> = named.copied().chain(quoted).collect();
    if !named.is_empty() {
        faults.push(format!("names {named:?}: {hint}"));
    }
    if hint.contains("details") || hint.contains("`data`") {
        faults.push(format!("points at details or data: {hint}"));
    }
    faults
}

/// Methods of MCP, and words that the specification defines.
fn is_of_protocol(word: &str) -> bool {
    let methods =
        ["initialize", "server/", "tools/", "resources/", "prompts/", "completion/", "logging/", "tasks/", "roots/"];
    methods.iter().any(|method| word.starts_with(method))
}

#[test]
fn no_two_codes_explain_themselves_alike() {
    // A former name says what its successor says, and the codes of `common` what their kinds say.
    let records = || REGISTRY.records().iter().filter(|record| record.superseded_by.is_none());
    let mut alike = Vec::new();
    for one in records() {
        for other in records().take_while(|other| !std::ptr::eq(*other, one)) {
            let same = |field: &str, one: &str, other: &str| (one == other).then(|| field.to_owned());
            let is_same_system = one.system == other.system;
            let titles = is_same_system.then(|| same("title", one.title, other.title)).flatten();
            for field in titles.into_iter().chain(same("summary", one.summary, other.summary)) {
                alike.push(format!("{} and {}: {field}", one.full_name(), other.full_name()));
            }
            let advice = |record: &'static Record| (record.causes, record.resolution, record.hint);
            if advice(one) == advice(other) {
                alike.push(format!("{} and {}: causes, resolution and hint", one.full_name(), other.full_name()));
            }
        }
    }
    assert_eq!(alike, [""; 0]);
}
