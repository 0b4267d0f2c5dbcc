//! The registry contains everything that the source documents define: every code, with its names, numbers and facts.

use std::collections::BTreeSet;

use mcp_error_codes::{Code, ProtocolVersion, REGISTRY, Record, Surface, find};

/// The system, the family, the number of codes, and the start of the block of JSON-RPC numbers allocated to the family.
const FAMILIES: [(&str, &str, usize, Option<i64>); 26] = [
    ("common", "COMMON", 20, None),
    ("filesystem", "SEC", 12, Some(31_000)),
    ("filesystem", "VAL", 5, Some(32_000)),
    ("filesystem", "FS", 11, Some(33_000)),
    ("filesystem", "OP", 8, Some(34_000)),
    ("hyper-bun", "NX-MCP", 12, Some(41_000)),
    ("hyper-bun", "NX", 5, None),
    ("mcp", "JSON-RPC", 5, None),
    ("mcp", "MCP", 6, None),
    ("scrum-mcp", "SCRUM", 8, None),
    ("scrum-mcp", "SCRUM-BUSINESS", 11, None),
    ("sdk", "CONNECTION", 9, None),
    ("sdk", "REQUEST", 9, None),
    ("sdk", "SESSION", 4, None),
    ("sdk", "HTTP", 7, None),
    ("sdk", "CLIENT-HTTP", 6, None),
    ("sdk", "NEGOTIATION", 6, None),
    ("sdk", "RESULT", 6, None),
    ("sdk", "TOOL", 4, None),
    ("sdk", "HANDLER", 4, None),
    ("super-mcp", "SUPER-MCP", 10, None),
    ("task-orchestrator", "E", 16, Some(11_000)),
    ("task-orchestrator", "R", 8, Some(12_000)),
    ("task-orchestrator", "T", 5, Some(13_000)),
    ("task-orchestrator", "D", 4, Some(14_000)),
    ("task-orchestrator", "C", 4, Some(15_000)),
];

fn record(text: &str) -> &'static Record {
    Code::lookup(text).unwrap_or_else(|| panic!("no code {text:?}")).record()
}

fn texts(system: &str, family: &str) -> BTreeSet<&'static str> {
    Code::in_family(system, family).map(Code::as_str).collect()
}

#[test]
fn the_five_documents_define_108_codes() {
    let documented = |code: &Code| {
        let record = code.record();
        !["common", "mcp", "sdk"].contains(&record.system.name) && record.family.name != "SCRUM-BUSINESS"
    };
    assert_eq!(Code::all().filter(documented).count(), 108);
    let count = |system| Code::in_system(system).count();
    assert_eq!(count("task-orchestrator"), 37);
    assert_eq!(count("super-mcp"), 10);
    assert_eq!(count("scrum-mcp"), 8 + 11);
    assert_eq!(count("filesystem"), 36);
    assert_eq!(count("hyper-bun"), 17);
    assert_eq!(count("mcp"), 11);
    assert_eq!(count("common"), 20);
    assert_eq!(count("sdk"), 55);
    assert_eq!(Code::all().len(), 108 + 11 + 11 + 20 + 55);
    assert_eq!(REGISTRY.records().len(), Code::all().len());
}

#[test]
fn every_family_has_its_codes_and_there_is_no_other_family() {
    for (system, family, count, _) in FAMILIES {
        assert_eq!(Code::in_family(system, family).count(), count, "{system} {family}");
    }
    let listed: Vec<_> = FAMILIES.map(|(system, family, ..)| (system, family)).to_vec();
    let of_system =
        |system: &'static mcp_error_codes::System| system.families.iter().map(move |family| (system.name, family.name));
    let own: Vec<_> = REGISTRY.systems().iter().flat_map(of_system).collect();
    assert_eq!(own, listed);
}

#[test]
fn the_modules_are_named_for_the_systems() {
    let modules: Vec<_> = REGISTRY.systems().iter().map(|system| (system.name, system.module)).collect();
    assert_eq!(
        modules,
        [
            ("common", "common"),
            ("filesystem", "filesystem"),
            ("hyper-bun", "hyper_bun"),
            ("mcp", "mcp"),
            ("scrum-mcp", "scrum"),
            ("sdk", "sdk"),
            ("super-mcp", "super_mcp"),
            ("task-orchestrator", "orchestrator"),
        ]
    );
}

#[test]
fn the_texts_of_numbered_families_are_those_that_the_documents_define() {
    let numbered = |prefix: &str, numbers: &[u32]| -> BTreeSet<String> {
        numbers.iter().map(|number| format!("{prefix}{number:03}")).collect()
    };
    let all = |last: u32| -> Vec<u32> { (1..=last).collect() };
    let e: Vec<u32> = (1..=8).chain(11..=15).chain(21..=23).collect();
    let expected = [
        ("task-orchestrator", "E", numbered("E", &e)),
        ("task-orchestrator", "R", numbered("R", &all(8))),
        ("task-orchestrator", "T", numbered("T", &all(5))),
        ("task-orchestrator", "D", numbered("D", &all(4))),
        ("task-orchestrator", "C", numbered("C", &all(4))),
        ("filesystem", "SEC", numbered("SEC-", &all(12))),
        ("filesystem", "VAL", numbered("VAL-", &all(5))),
        ("filesystem", "FS", numbered("FS-", &all(11))),
        ("filesystem", "OP", numbered("OP-", &all(8))),
        ("hyper-bun", "NX-MCP", numbered("NX-MCP-", &[1, 2, 3, 10, 11, 12, 20, 21, 22, 30, 31, 32])),
        ("hyper-bun", "NX", numbered("NX-", &[800, 801, 802, 803, 804])),
    ];
    for (system, family, wanted) in expected {
        assert_eq!(texts(system, family), wanted.iter().map(String::as_str).collect(), "{system} {family}");
    }
}

#[test]
fn an_allocated_number_is_its_block_and_the_code_s_own_number() {
    for (system, family, _, block) in FAMILIES {
        let Some(block) = block else { continue };
        for code in Code::in_family(system, family) {
            let digits = code.as_str().trim_start_matches(|c: char| !c.is_ascii_digit());
            let own: i64 = digits.parse().expect("the code ends with its number");
            let numbers: Vec<_> =
                code.record().json_rpc.iter().map(|entry| (entry.number, entry.since, entry.until)).collect();
            assert_eq!(numbers, [(block + own, None, None)], "{code}");
            assert_eq!(code.record().json_rpc_number(), block + own);
        }
    }
}

#[test]
fn scrum_codes_are_numbered_in_the_document_s_order() {
    let documented = [
        "NOT_FOUND",
        "CONFLICT",
        "VALIDATION_ERROR",
        "UNAUTHORIZED",
        "FORBIDDEN",
        "ScrumError",
        "NO_INTENT",
        "NO_EVIDENCE",
    ];
    let business = [
        "SELF_DEPENDENCY",
        "CIRCULAR_DEPENDENCY",
        "BLOCKED_BY_DEPENDENCIES",
        "WIP_LIMIT_EXCEEDED",
        "INVALID_WIP_STATUS",
        "INVALID_WIP_VALUE",
        "GATE_COMMAND_NOT_ALLOWED",
        "UNKNOWN_GATE",
        "WEBHOOK_URL_NOT_ALLOWED",
        "NO_ACTIVE_CLAIMS",
        "DATABASE_CONNECTION_FAILED",
    ];
    for (block, codes) in [(21_000, &documented[..]), (22_000, &business[..])] {
        for (number, code) in (block + 1..).zip(codes) {
            assert_eq!(record(code).json_rpc_number(), number, "{code}");
        }
    }
    assert_eq!(texts("scrum-mcp", "SCRUM"), documented.into());
    assert_eq!(texts("scrum-mcp", "SCRUM-BUSINESS"), business.into());
}

#[test]
fn super_mcp_has_its_names_and_moves_its_numbers_with_the_protocol() {
    let names = [
        (1, "PACKAGE_NOT_FOUND"),
        (2, "TOOL_NOT_FOUND"),
        (3, "ARG_VALIDATION_FAILED"),
        (4, "PACKAGE_UNAVAILABLE"),
        (5, "AUTH_REQUIRED"),
        (6, "AUTH_INCOMPLETE"),
        (7, "DOWNSTREAM_ERROR"),
        (8, "TOOL_BLOCKED"),
    ];
    for (number, name) in names {
        let record = record(&format!("super-mcp:{}", -32_000 - number));
        assert_eq!(record.name, name);
        assert_eq!(record.json_rpc_number(), -32_000 - number);
        for &version in ProtocolVersion::ALL {
            let base = if version < ProtocolVersion::V2026_07_28 { -32_000 } else { -33_000 };
            assert_eq!(record.json_rpc_number_in(version), Some(base - number), "{name} {version}");
        }
    }
    for (text, name) in [("super-mcp:-32602", "INVALID_PARAMS"), ("super-mcp:-32603", "INTERNAL_ERROR")] {
        let record = record(text);
        assert_eq!(record.name, name);
        assert!(ProtocolVersion::ALL.iter().all(|&v| record.json_rpc_number_in(v) == Some(record.json_rpc_number())));
    }
}

#[test]
fn the_numbers_of_the_specification_hold_in_their_versions() {
    use ProtocolVersion::{V2024_11_05 as First, V2025_11_25 as Before, V2026_07_28 as Latest};
    let always = [
        ("-32700", "PARSE_ERROR"),
        ("-32600", "INVALID_REQUEST"),
        ("-32601", "METHOD_NOT_FOUND"),
        ("-32602", "INVALID_PARAMS"),
        ("-32603", "INTERNAL_ERROR"),
    ];
    for (text, name) in always {
        let record = record(&format!("mcp:{text}"));
        assert_eq!((record.name, record.deprecated_since), (name, None));
        assert!(
            ProtocolVersion::ALL.iter().all(|&v| record.json_rpc_number_in(v).is_some_and(|n| n.to_string() == text))
        );
    }
    let new = [
        ("-32020", "HEADER_MISMATCH"),
        ("-32021", "MISSING_REQUIRED_CLIENT_CAPABILITY"),
        ("-32022", "UNSUPPORTED_PROTOCOL_VERSION"),
    ];
    for (text, name) in new {
        let record = record(text);
        assert_eq!((record.name, record.http_status, record.deprecated_since), (name, 400, None));
        assert_eq!(record.json_rpc_number_in(Before), None);
        assert_eq!(record.json_rpc_number_in(Latest), Some(record.json_rpc_number()));
    }
    let resource = record("mcp:-32002");
    assert_eq!((resource.name, resource.deprecated_since), ("RESOURCE_NOT_FOUND", Some("2026-07-28")));
    assert_eq!(resource.json_rpc_number_in(First), Some(-32_002));
    assert_eq!(resource.json_rpc_number_in(Before), Some(-32_002));
    assert_eq!(resource.json_rpc_number_in(Latest), Some(-32_602));
    let elicitation = record("-32042");
    assert_eq!((elicitation.name, elicitation.deprecated_since), ("URL_ELICITATION_REQUIRED", Some("2026-07-28")));
    let held: Vec<_> = ProtocolVersion::ALL.iter().filter(|&&v| elicitation.json_rpc_number_in(v).is_some()).collect();
    assert_eq!(held, [&Before]);
}

#[test]
fn legacy_codes_take_their_successor_s_number_and_facts() {
    let successors = [
        ("NX-800", "NX-MCP-001"),
        ("NX-801", "NX-MCP-010"),
        ("NX-802", "NX-MCP-020"),
        ("NX-803", "NX-MCP-030"),
        ("NX-804", "NX-MCP-003"),
    ];
    for (old, new) in successors {
        let (old, new) = (record(old), record(new));
        assert_eq!(old.name, format!("LEGACY_{}", &old.code[3..]));
        assert_eq!(old.superseded_by, Some(new.code));
        assert!(old.is_deprecated() && !new.is_deprecated());
        assert_eq!(old.json_rpc, new.json_rpc);
        assert_eq!((old.title, old.summary, old.hint), (new.title, new.summary, new.hint));
        assert_eq!((old.causes, old.resolution), (new.causes, new.resolution));
        assert_eq!((old.http_status, old.severity, old.category), (new.http_status, new.severity, new.category));
        assert_eq!((old.recoverable, old.retry, old.surface), (new.recoverable, new.retry, new.surface));
        assert!(old.explain().to_string().contains(&format!("Use {} instead.", new.code)));
        let code = Code::lookup(old.code).map(Code::current);
        assert_eq!(code, Code::lookup(new.code));
    }
    let superseded = REGISTRY.records().iter().filter(|record| record.superseded_by.is_some());
    assert_eq!(superseded.count(), successors.len() + 1, "and the specification's own -32002");
    let current: BTreeSet<Code> = Code::in_system("hyper-bun").map(Code::current).collect();
    assert_eq!(current.len(), 12, "a legacy code is not counted beside its successor");
}

#[test]
fn a_code_that_is_promised_and_not_defined_is_unknown_and_told_as_reserved() {
    let reserved = [
        ("E", 9..=10),
        ("E", 16..=20),
        ("E", 24..=30),
        ("R", 9..=10),
        ("T", 6..=10),
        ("D", 5..=10),
        ("C", 5..=10),
        ("NX-MCP-", 4..=9),
        ("NX-MCP-", 13..=19),
        ("NX-MCP-", 23..=29),
        ("NX-MCP-", 33..=39),
    ];
    for (prefix, numbers) in reserved {
        let [first, last] = [numbers.start(), numbers.end()].map(|number| format!("{prefix}{number:03}"));
        for number in numbers {
            let text = format!("{prefix}{number:03}");
            assert_eq!(Code::lookup(&text), None, "{text}");
            let unknown = find(&text).expect_err("a reserved code has no record");
            let (_, range) = unknown.reserved().expect("the range is known");
            assert_eq!((range.first, range.last), (&*first, &*last));
        }
    }
    let undefined = find("NX-MCP-999").expect_err("it is undefined on purpose");
    assert_eq!(Code::lookup("NX-MCP-999"), None);
    assert_eq!(undefined.reserved(), None);
    let ranges = REGISTRY.systems().iter().flat_map(|system| system.families).flat_map(|family| family.reserved);
    assert_eq!(ranges.count(), 11);
}

#[test]
fn names_and_aliases_are_unique_within_a_system() {
    for system in REGISTRY.systems() {
        let mut seen = BTreeSet::new();
        for record in Code::in_system(system.name).map(Code::record) {
            // A code with the same text as its name counts once.
            let own: BTreeSet<_> =
                [record.code, record.name].into_iter().chain(record.aliases.iter().copied()).collect();
            for text in own {
                assert!(seen.insert(text), "{}: {text:?} occurs twice", system.name);
            }
        }
    }
}

#[test]
fn a_text_or_number_recurs_only_where_a_record_says_so() {
    let full_name = |record: &Record| record.full_name().to_string();
    for a in REGISTRY.records() {
        for b in REGISTRY.records().iter().filter(|b| full_name(b) < full_name(a)) {
            let overlap = |x: &&mcp_error_codes::record::JsonRpcNumber| {
                b.json_rpc.iter().any(|y| x.number == y.number && x.overlaps(*y))
            };
            let is_same = a.code == b.code || a.json_rpc.iter().any(|x| overlap(&x));
            let shares =
                a.shares_with.contains(&full_name(b).as_str()) || b.shares_with.contains(&full_name(a).as_str());
            let supersedes = a.superseded_by == Some(b.code) || b.superseded_by == Some(a.code);
            // Two records that share with a third one may overlap here.
            assert!(!is_same || shares || supersedes, "{} and {}", full_name(a), full_name(b));
        }
    }
}

#[test]
fn numbers_keep_out_of_what_the_specifications_reserve() {
    for record in REGISTRY.records().iter().filter(|record| record.system.name != "mcp") {
        for entry in record.json_rpc {
            let is_reserved = (-32_768..=-32_000).contains(&entry.number);
            let is_former = entry.until.is_some_and(|until| until < ProtocolVersion::LATEST);
            assert!(!is_reserved || is_former || !record.shares_with.is_empty(), "{} {}", record.code, entry.number);
            assert!(entry.number < 100_000, "{}: users' registries begin there", record.code);
        }
    }
}

#[test]
fn every_record_has_a_number_in_the_newest_version_unless_it_ended() {
    let without: Vec<_> = REGISTRY
        .records()
        .iter()
        // The records of SDKs are recognized and never sent.
        .filter(|record| record.system.name != "sdk")
        .filter(|record| record.json_rpc_number_in(ProtocolVersion::LATEST).is_none())
        .map(|record| record.name)
        .collect();
    assert_eq!(without, ["USER_REJECTED_SAMPLING_REQUEST", "URL_ELICITATION_REQUIRED"]);
}

#[test]
fn every_link_leads_to_a_code() {
    for record in REGISTRY.records() {
        let targets = record.related.iter().filter_map(|link| match link.target {
            mcp_error_codes::record::Target::Code(code) => Some(code),
            _ => None,
        });
        for target in targets.chain(record.shares_with.iter().copied()).chain(record.superseded_by) {
            let full =
                if target.contains(':') { target.to_owned() } else { format!("{}:{target}", record.system.name) };
            assert!(Code::lookup(&full).is_some(), "{}: {target}", record.code);
        }
    }
}

#[test]
fn the_numbers_from_100000_up_belong_to_other_authors() {
    for code in Code::all() {
        for own in code.record().json_rpc {
            assert!(
                own.number < 100_000,
                "{code:?} has {}, which is promised to registries of other authors",
                own.number
            );
            assert!(i32::try_from(own.number).is_ok(), "{code:?} has {}, which the Rust SDK cannot send", own.number);
        }
    }
}

#[test]
fn what_a_tool_may_return_reaches_the_model() {
    // Errors that occur before or outside any tool, as in `docs/errors.md`. The codes of `sdk` are never sent as themselves.
    let outside = [
        "common:COMMON-MALFORMED",
        "hyper-bun:NX-MCP-010",
        "hyper-bun:NX-801",
        "hyper-bun:NX-MCP-031",
        "super-mcp:-32602",
        "super-mcp:-32603",
        "scrum-mcp:UNAUTHORIZED",
        "task-orchestrator:C001",
        "task-orchestrator:C002",
        "task-orchestrator:C003",
        "task-orchestrator:C004",
    ];
    let records = REGISTRY.records().iter().filter(|record| record.is_sent() && record.system.name != "mcp");
    let of_protocol = records.filter(|record| record.surface != Surface::Tool).map(Record::full_name);
    let (mut found, mut expected) = (of_protocol.map(|name| name.to_string()).collect::<Vec<_>>(), outside.to_vec());
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[cfg(feature = "std")]
#[test]
fn the_error_of_a_kind_has_its_surface() {
    use mcp_error_codes::{Kind, McpError};

    for kind in Kind::ALL {
        assert_eq!(McpError::of_kind(*kind).surface(), kind.surface(), "{kind}");
    }
}

/// The text for the model relies on it: only texts of other registries are searched for such characters.
#[test]
fn no_text_of_a_bare_error_has_a_character_that_a_reader_does_not_see() {
    for code in Code::all() {
        let record = code.record();
        for text in [record.title, record.hint].into_iter().chain(record.message) {
            assert!(!text.contains(mcp_error_codes_core::is_unseen), "{record}: {text:?}");
        }
    }
}
