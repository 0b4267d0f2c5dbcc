//! A reserved range is valid and does not overlap another range of its system.

use mcp_error_codes_core::ReservedRange;

use crate::problem::Place;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "reserved-range", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for file in scope.systems() {
        let mut ranges: Vec<(ReservedRange, Place)> = Vec::new();
        for (family, fields) in file.system.families.iter().zip(&file.families) {
            for (at, range) in family.reserved.iter().enumerate() {
                if !range.first.is_empty() && !range.last.is_empty() {
                    ranges.push((*range, fields.place_of_item("reserved", at)));
                }
            }
        }
        for (at, &(range, place)) in ranges.iter().enumerate() {
            if !range.contains(range.first) || !range.contains(range.last) {
                let ends = format!("{:?} to {:?}", range.first, range.last);
                let expected = "expected the same prefix, the same number of digits, and the lower end first";
                report.at(place, format!("{ends} is not a range; {expected}"));
            }
            let overlaps =
                |(other, _): &&(ReservedRange, Place)| range.contains(other.first) || other.contains(range.first);
            if let Some((other, first)) = ranges[..at].iter().find(overlaps) {
                let first = report.name(*first);
                report.at(place, format!("range {range} overlaps the range {other}; first at {first}"));
            }
        }
    }
}
