//! Reads the codes from a record of a log, as the audit counts them.

use std::collections::HashSet;

use mcp_error_codes::{Record, RetryClass, Surface, of_shape};

use crate::logs::known_code::KnownCode;
use crate::logs::occurrence::{self, Occurrence};
use crate::logs::place::Place;
use crate::logs::time::Millis;

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Sight {
    /// A code of a registry, by its full name.
    Code(KnownCode),
    /// A text that looks like a code of a family, but is not one.
    Undefined { system: &'static str, code: String },
    /// A JSON-RPC number whose meaning is not known.
    Number(i64),
}

/// One error in a log.
#[derive(Debug, Clone)]
pub(super) struct Sighting {
    pub(super) sight: Sight,
    pub(super) time: Option<Millis>,
    pub(super) tool: Option<String>,
    pub(super) server: Option<String>,
    /// The number that was sent, if it is reserved and not assigned by the specification.
    pub(super) reserved: Option<i64>,
    /// Whether the reader's own SDK created it.
    pub(super) is_local: bool,
    /// Whether it is a failed tool call in a response with the HTTP status 200.
    pub(super) is_in_200: bool,
    /// Whether the caller is at fault, by OpenTelemetry's rule for servers.
    pub(super) is_of_client: bool,
    /// How long the caller has to wait before it retries.
    pub(super) delay: Option<Millis>,
}

/// Reads the errors of a record of a log.
pub(super) fn sightings(record: &str) -> Vec<Sighting> {
    let found = occurrence::all_occurrences(record);
    let is_entry = found.iter().any(|found| found.module.is_some());
    let mut sightings: Vec<Sighting> = found.into_iter().filter_map(Sighting::of).collect();
    // An entry with a field for its code means that code; a text means every code that it contains.
    if !is_entry {
        sightings.extend(undefined(record, &sightings));
    }
    sightings
}

impl Sighting {
    fn of(found: Occurrence) -> Option<Self> {
        let record = found.known.map(|known| known.0);
        let sent = found.sent;
        let sight = match (record, sent.number) {
            (Some(record), _) => Sight::Code(KnownCode(record)),
            (None, Some(number)) if sent.is_unknown => Sight::Number(number),
            (None, _) => {
                let system = of_shape(&found.code)?.system.name;
                Sight::Undefined { system, code: found.code }
            }
        };
        let surface = sent.surface.or_else(|| record.map(|record| record.surface));
        let is_local = surface == Some(Surface::Local);
        let number = sent.number.or_else(|| number_of(record, surface));
        Some(Self {
            reserved: sent.number.or_else(|| own_number(record)).filter(|number| !is_local && is_reserved(*number)),
            is_local,
            is_in_200: surface == Some(Surface::Tool) && sent.http_status == Some(200),
            is_of_client: surface == Some(Surface::Protocol) && number.is_some_and(is_of_client),
            delay: sent.wait.or_else(|| delay(record?)),
            sight,
            time: found.time,
            tool: found.tool_name,
            server: sent.server,
        })
    }
}

/// Returns whether a number is reserved but not assigned by the specification.
fn is_reserved(number: i64) -> bool {
    use mcp_error_codes::{NumberRange, specification_code};
    NumberRange::of(number) != NumberRange::Free && specification_code(number).is_none()
}

/// Returns the number of a code whose text is a number.
fn own_number(record: Option<&'static Record>) -> Option<i64> {
    record?.code.parse().ok()
}

/// Returns the number that a code is sent with on the protocol surface.
fn number_of(record: Option<&'static Record>, surface: Option<Surface>) -> Option<i64> {
    let record = record.filter(|_| surface == Some(Surface::Protocol))?;
    Some(record.json_rpc_number())
}

/// Returns whether a JSON-RPC error is not the server's fault, by OpenTelemetry's conventions for MCP: text that is not JSON, an
/// invalid request, an unknown method, invalid parameters, and a missing resource.
const fn is_of_client(number: i64) -> bool {
    matches!(number, -32_700 | -32_600 | -32_601 | -32_602 | -32_002)
}

/// Returns the first wait before a retry of a code.
fn delay(record: &'static Record) -> Option<Millis> {
    let waits = matches!(record.retry.class, RetryClass::RetryAfterDelay | RetryClass::RetryNowSafe);
    record.retry.initial_ms.filter(|_| waits).and_then(|wait| Millis::try_from(wait).ok())
}

/// Finds texts that look like codes of a family but are not. Only a form with a hyphen counts: `E404` can mean many things.
fn undefined(record: &str, known: &[Sighting]) -> Vec<Sighting> {
    let is_inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let mut found: Vec<Sighting> = Vec::new();
    let code_of = |seen: &Sighting| match &seen.sight {
        Sight::Undefined { code, .. } => Some(code.clone()),
        _ => None,
    };
    let mut seen: HashSet<String> = known.iter().filter_map(code_of).collect();
    let mut place = None;
    for word in record.split(|c| !is_inside(c)) {
        let fits = word.contains('-') && word.ends_with(|c: char| c.is_ascii_digit());
        let is_undefined = |word: &&str| fits && !seen.contains(*word) && occurrence::record(word).is_none();
        let Some(of_family) = Some(word).filter(is_undefined).and_then(of_shape) else {
            continue;
        };
        seen.insert(word.to_owned());
        let place = place.get_or_insert_with(|| Place::of(record));
        let line = record.lines().next().unwrap_or_default();
        found.push(Sighting {
            sight: Sight::Undefined { system: of_family.system.name, code: word.to_owned() },
            time: occurrence::time_of(line).or(place.time),
            tool: place.tool.clone(),
            server: place.server.clone(),
            reserved: None,
            is_local: false,
            is_in_200: false,
            is_of_client: false,
            delay: None,
        });
    }
    found
}
