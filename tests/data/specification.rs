//! The system `mcp` has the numbers of every release of the MCP specification, and no others.
//!
//! `tests/data/specification/numbers.txt` lists the numbers of the releases; `tests/data/specification/list` generates it from a
//! clone of the specification. When a new release is added to the list, this fails until the registry and `ProtocolVersion` contain
//! it.

use std::collections::{BTreeMap, BTreeSet};

use mcp_error_codes::{Code, NumberRange, ProtocolVersion};

type Numbers = BTreeMap<String, BTreeSet<(i64, String)>>;

/// The numbers and names of each version, from the releases.
fn released() -> Result<Numbers, Box<dyn std::error::Error>> {
    let mut numbers = Numbers::new();
    for line in include_str!("specification/numbers.txt").lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        let [version, number, name] = fields[..] else {
            return Err(format!("not a line of the list: {line:?}").into());
        };
        numbers.entry(version.to_owned()).or_default().insert((number.parse()?, name.to_owned()));
    }
    Ok(numbers)
}

/// Returns the same from the registry. In a version where the number of a retired code belongs to another code, the retired code
/// does not count.
fn registered() -> Numbers {
    let mut numbers = Numbers::new();
    for &version in ProtocolVersion::ALL {
        let of_version = numbers.entry(version.to_string()).or_default();
        for record in Code::in_system("mcp").map(Code::record) {
            let number = record.json_rpc_number_in(version).filter(|number| number.to_string() == record.code);
            of_version.extend(number.map(|number| (number, record.name.to_owned())));
        }
    }
    numbers
}

#[test]
fn the_registry_has_the_numbers_of_every_release() -> Result<(), Box<dyn std::error::Error>> {
    assert_eq!(registered(), released()?);
    Ok(())
}

#[test]
fn every_number_of_a_release_is_reserved_by_it_or_older_than_its_reserved_range()
-> Result<(), Box<dyn std::error::Error>> {
    let older = [("RESOURCE_NOT_FOUND", NumberRange::Legacy), ("USER_REJECTED_SAMPLING_REQUEST", NumberRange::Free)];
    for (number, name) in released()?.into_values().flatten() {
        let range = NumberRange::of(number);
        let is_older = older.contains(&(name.as_str(), range));
        assert!(is_older || matches!(range, NumberRange::JsonRpc | NumberRange::Mcp), "{number} {name}");
    }
    Ok(())
}

/// A new release of the specification first shows up as a new version of the SDK.
#[cfg(feature = "rmcp-3")]
#[test]
fn every_version_that_the_sdk_knows_is_known() {
    let known: Vec<&str> =
        rmcp::model::ProtocolVersion::KNOWN_VERSIONS.iter().map(|version| version.as_str()).collect();
    let own: Vec<&str> = ProtocolVersion::ALL.iter().map(|version| version.as_str()).collect();
    assert_eq!(own, known);
}
