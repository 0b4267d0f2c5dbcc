//! Numbers: the records that claim a number, and what the specifications say about it.

use std::collections::{BTreeMap, BTreeSet};

use mcp_error_codes::{Code, NumberRange, REGISTRY, Record, by_number, in_system, mcp, specification_code};

/// Numbers at and beyond the ends of every integer type and reserved range.
const EXTREMES: [i64; 18] = [
    i64::MIN,
    i64::MIN + 1,
    i32::MIN as i64 - 1,
    i32::MIN as i64,
    -65_536,
    -32_769,
    -31_999,
    -1,
    0,
    1,
    404,
    10_999,
    65_535,
    100_000,
    i32::MAX as i64,
    i32::MAX as i64 + 1,
    u32::MAX as i64,
    i64::MAX,
];

fn full_names(number: i64) -> Vec<String> {
    by_number(number).map(|record| record.full_name().to_string()).collect()
}

/// Returns every number with the records that claim it, read from the records themselves.
fn claims() -> BTreeMap<i64, BTreeSet<&'static str>> {
    let mut claims: BTreeMap<i64, BTreeSet<&'static str>> = BTreeMap::new();
    for record in REGISTRY.records() {
        for entry in record.json_rpc {
            claims.entry(entry.number).or_default().insert(record.reference);
        }
    }
    claims
}

#[test]
fn every_number_leads_to_exactly_the_records_that_claim_it() {
    let claims = claims();
    let line = (-34_000..=-31_000).chain(0..=50_000).chain(EXTREMES);
    for number in line {
        let found: Vec<&'static Record> = by_number(number).collect();
        let expected = claims.get(&number).cloned().unwrap_or_default();
        assert_eq!(found.iter().map(|record| record.reference).collect::<BTreeSet<_>>(), expected, "{number}");
        assert_eq!(found.len(), expected.len(), "{number}: each record once");
        assert_eq!(Code::by_number(number).map(Code::record), found.first().copied(), "{number}");
    }
}

#[test]
fn the_preferred_record_comes_first() {
    assert_eq!(full_names(-32_602), ["mcp:-32602", "super-mcp:-32602", "mcp:-32002"]);
    assert_eq!(full_names(-32_603), ["mcp:-32603", "super-mcp:-32603"]);
    assert_eq!(full_names(-32_002), ["super-mcp:-32002", "mcp:-32002"]);
    assert_eq!(full_names(-32_001), ["super-mcp:-32001"]);
    assert_eq!(full_names(-33_001), ["super-mcp:-32001"]);
    for (number, new, old) in [
        (41_001, "NX-MCP-001", "NX-800"),
        (41_003, "NX-MCP-003", "NX-804"),
        (41_010, "NX-MCP-010", "NX-801"),
        (41_020, "NX-MCP-020", "NX-802"),
        (41_030, "NX-MCP-030", "NX-803"),
    ] {
        assert_eq!(full_names(number), [format!("hyper-bun:{new}"), format!("hyper-bun:{old}")]);
    }
}

#[test]
fn a_number_in_a_system_is_that_system_s_code() {
    for system in REGISTRY.systems() {
        for record in Code::in_system(system.name).map(Code::record) {
            for entry in record.json_rpc {
                let found = in_system(system.name).by_number(entry.number).next().expect("the number is claimed");
                assert_eq!(found.system.name, system.name);
                assert!(found.json_rpc.iter().any(|own| own.number == entry.number));
                if !record.is_deprecated() {
                    assert_eq!(found, record, "{}", entry.number);
                }
            }
        }
    }
    assert_eq!(in_system("mcp").by_number(-32_002).next().map(|record| record.name), Some("RESOURCE_NOT_FOUND"));
    assert_eq!(in_system("super-mcp").by_number(-32_002).next().map(|record| record.name), Some("TOOL_NOT_FOUND"));
    for system in ["", "MCP", "filesystem ", "nobody"] {
        assert_eq!(in_system(system).by_number(-32_602).next(), None, "{system:?}");
    }
    assert_eq!(in_system("filesystem").by_number(-32_602).next(), None);
}

#[test]
fn the_specification_s_numbers_are_known_and_no_others() {
    let assigned = |number: i64| match number {
        -32_700 => Some(mcp::PARSE_ERROR),
        -32_600 => Some(mcp::INVALID_REQUEST),
        -32_601 => Some(mcp::METHOD_NOT_FOUND),
        -32_602 => Some(mcp::INVALID_PARAMS),
        -32_603 => Some(mcp::INTERNAL_ERROR),
        -32_020 => Some(mcp::HEADER_MISMATCH),
        -32_021 => Some(mcp::MISSING_REQUIRED_CLIENT_CAPABILITY),
        -32_022 => Some(mcp::UNSUPPORTED_PROTOCOL_VERSION),
        -32_002 | -32_042 => Code::lookup(&format!("mcp:{number}")),
        _ => None,
    };
    let mut seen = 0;
    for number in -34_000..=-31_000 {
        let found = specification_code(number);
        assert_eq!(found, assigned(number), "{number}");
        seen += usize::from(found.is_some());
        let is_retired = found.is_some_and(|code| code.record().is_deprecated());
        assert_eq!(is_retired, matches!(number, -32_002 | -32_042), "{number}");
    }
    assert_eq!(seen, 10);
    assert_eq!(specification_code(-1), Code::lookup("mcp:-1"));
    for number in EXTREMES.into_iter().filter(|number| *number != -1) {
        assert_eq!(specification_code(number), None, "{number}");
    }
}

#[test]
fn every_number_is_in_one_range() {
    for number in -34_000..=45_000 {
        let expected = match number {
            -32_768..=-32_100 => NumberRange::JsonRpc,
            -32_099..=-32_020 => NumberRange::Mcp,
            -32_019..=-32_000 => NumberRange::Legacy,
            _ => NumberRange::Free,
        };
        assert_eq!(NumberRange::of(number), expected, "{number}");
    }
    for number in EXTREMES {
        assert_eq!(NumberRange::of(number), NumberRange::Free, "{number}");
    }
    let sentences: BTreeSet<_> = NumberRange::ALL.iter().map(NumberRange::to_string).collect();
    assert_eq!(sentences.len(), NumberRange::ALL.len());
    assert_eq!(NumberRange::Legacy.to_string(), "the legacy block, -32019 to -32000, which has no set meaning");
    assert_eq!(specification_code(-1), Code::lookup("mcp:-1"));
}

#[test]
fn every_number_of_ours_that_holds_now_is_free_or_the_specification_s_own() {
    for record in REGISTRY.records().iter().filter(|record| record.system.name != "mcp") {
        let Some(number) = record.json_rpc_number_in(mcp_error_codes::ProtocolVersion::LATEST) else { continue };
        match specification_code(number) {
            Some(code) => assert_eq!((record.code, code.record().is_deprecated()), (code.as_str(), false)),
            None => assert_eq!(NumberRange::of(number), NumberRange::Free, "{record}: {number}"),
        }
    }
}
