//! The records with which errors are made, in tables without pointers.
//!
//! A program is loaded at any address, so a pointer in a table takes 24 bytes more, for its relocation, and a whole record has
//! dozens of fields that no error needs. A row has the numbers of its facts, and the places of its texts in one text. A text that is
//! part of another one, as the hint is of the JSON, is in it only once.

use crate::{
    Category, JsonRpcNumber, JsonText, Kind, Param, Record, RecordBuilder, Retry, Scenario, Severity, Surface, System,
};

/// Where a text is: its first byte and its length.
pub type Place = (u32, u16);

/// The place of a text that a record does not have.
pub const ABSENT: Place = (0, u16::MAX);

/// What an error needs of a record.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The places of the name, the title, the hint, the message, the message of a bare error, the successor, the version
    /// that retired the code, and the JSON.
    starts: [u32; 8],
    lengths: [u16; 8],
    /// The places in the JSON.
    json: [u16; 8],
    http_status: u16,
    /// The position of the first JSON-RPC number.
    numbers: u16,
    /// The number of JSON-RPC numbers, and the positions of the system, its family, the retry, the parameters and the scenarios.
    positions: [u8; 6],
    kind: Kind,
    severity: Severity,
    category: Category,
    surface: Surface,
    security_layer: Option<u8>,
    /// Whether the code is recoverable, preferred and ambiguous.
    facts: [bool; 3],
}

impl Row {
    #[must_use]
    #[allow(clippy::too_many_arguments)]
    pub const fn new(
        places: [Place; 8],
        json: [u16; 8],
        http_status: u16,
        numbers: u16,
        positions: [u8; 6],
        (kind, severity, category, surface): (Kind, Severity, Category, Surface),
        security_layer: Option<u8>,
        facts: [bool; 3],
    ) -> Self {
        let (mut starts, mut lengths, mut at) = ([0; 8], [0; 8], 0);
        while at < places.len() {
            (starts[at], lengths[at]) = places[at];
            at += 1;
        }
        Self {
            starts,
            lengths,
            json,
            http_status,
            numbers,
            positions,
            kind,
            severity,
            category,
            surface,
            security_layer,
            facts,
        }
    }
}

/// The brief records of a registry.
#[derive(Debug)]
pub struct Rows {
    /// The name of the registry.
    pub registry: &'static str,
    /// The codes, which are read most often.
    pub codes: &'static [&'static str],
    /// The other texts of all rows.
    pub texts: &'static str,
    pub rows: &'static [Row],
    pub systems: &'static [System],
    pub retries: &'static [Retry],
    pub numbers: &'static [JsonRpcNumber],
    pub params: &'static [&'static [Param]],
    pub scenarios: &'static [&'static [Scenario]],
}

impl Rows {
    /// Returns one of the texts of a row.
    const fn text(&self, row: &Row, at: usize) -> Option<&'static str> {
        if row.lengths[at] == ABSENT.1 {
            return None;
        }
        let (_, rest) = self.texts.split_at(row.starts[at] as usize);
        Some(rest.split_at(row.lengths[at] as usize).0)
    }

    /// Returns the text of a code.
    #[must_use]
    #[inline]
    pub const fn code(&self, index: u16) -> &'static str {
        self.codes[index as usize]
    }

    /// Returns the system of a code.
    #[must_use]
    pub const fn system(&self, index: u16) -> &'static System {
        let [_, system, ..] = self.rows[index as usize].positions;
        &self.systems[system as usize]
    }

    /// Creates the record of a code. The registry has the whole record at the same position.
    #[must_use]
    pub fn record(&self, index: u16) -> Record {
        let row = &self.rows[usize::from(index)];
        let [count, _, family, retry, params, scenarios] = row.positions.map(usize::from);
        let system = self.system(index);
        let text = |at| self.text(row, at);
        let required = |at| text(at).unwrap_or_default();
        let numbers = usize::from(row.numbers);
        let [recoverable, preferred, text_is_ambiguous] = row.facts;
        let empty =
            RecordBuilder::new(index, self.code(index), system, &system.families[family], required(0), required(1));
        Record {
            hint: required(2),
            message: text(3),
            params: self.params[params],
            kind: row.kind,
            preferred,
            http_status: row.http_status,
            severity: row.severity,
            category: row.category,
            recoverable,
            retry: self.retries[retry],
            surface: row.surface,
            json_rpc: &self.numbers[numbers..numbers + count],
            superseded_by: text(5),
            deprecated_since: text(6),
            security_layer: row.security_layer,
            scenarios: self.scenarios[scenarios],
            registry: self.registry,
            text_is_ambiguous,
            is_brief: true,
            json: text(7).map(|json| JsonText::__new(json, row.json.map(u32::from))),
            bare_message: text(4),
            ..empty.build()
        }
    }
}
