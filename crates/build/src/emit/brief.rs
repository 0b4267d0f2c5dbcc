//! What an error needs of its record: the facts that are sent, filled in or decided on, without the prose that only people read.

use std::collections::HashMap;
use std::fmt::Write;

use mcp_error_codes_core::brief::{ABSENT, Place};
use mcp_error_codes_core::{Family, JsonRpcNumber, Param, Record, Retry, Scenario, System, bare_json};

use crate::emit::systems::{place, systems};
use crate::emit::value::Source;
use crate::emit::write::{Unwritable, Written};
use crate::order::Ordered;

/// Writes the rows of a registry with this name.
pub(crate) fn write(out: &mut String, registry: &Ordered<'_>, name: &str) -> Written {
    let brief: Vec<System> = registry.systems.iter().copied().map(system).collect();
    systems(out, "BRIEF_SYSTEMS", &brief)?;
    let mut tables = Tables::default();
    writeln!(out, "    static BRIEF_ROWS: [BriefRow; {}] = [", registry.entries.len())?;
    for record in registry.entries.iter().map(|entry| &entry.record) {
        tables.row(out, record, place(&registry.systems, record))?;
    }
    out.push_str("    ];\n");
    let Tables { texts, retries, numbers, params, scenarios, .. } = tables;
    let codes: Vec<&str> = registry.entries.iter().map(|entry| entry.record.code).collect();
    writeln!(out, "    static BRIEF_CODES: [&str; {}] = {codes:?};", codes.len())?;
    writeln!(out, "    static BRIEF_MADE: [OnceCell<Made>; {}] = Brief::places();", registry.entries.len())?;
    write!(out, "    pub(super) static BRIEF: Brief = Brief::new(BriefRows {{ ")?;
    write!(
        out,
        "registry: {name:?}, codes: &BRIEF_CODES, texts: {texts:?}, rows: &BRIEF_ROWS, systems: &BRIEF_SYSTEMS, retries: "
    )?;
    retries.write(out)?;
    out.push_str(", numbers: ");
    numbers.write(out)?;
    out.push_str(", params: ");
    params.write(out)?;
    out.push_str(", scenarios: ");
    scenarios.write(out)?;
    out.push_str(" }, &BRIEF_MADE);\n");
    Ok(())
}

/// The values that rows refer to by their positions.
#[derive(Default)]
struct Tables {
    texts: String,
    places: HashMap<String, Place>,
    retries: Vec<Retry>,
    numbers: Vec<JsonRpcNumber>,
    params: Vec<Vec<Param>>,
    scenarios: Vec<Vec<Scenario>>,
}

impl Tables {
    /// Writes the row of a record, given the positions of its system and family.
    fn row(&mut self, out: &mut String, record: &Record, (system, family): (usize, usize)) -> Written {
        let (json, places) = if record.is_sent() { bare_json(record) } else { Default::default() };
        let whole = if json.is_empty() { ABSENT } else { self.place(&json)? };
        let mut texts = [ABSENT; 8];
        let own = [
            Some(record.name),
            Some(record.title),
            Some(record.hint),
            record.message,
            record.__unescaped_message(),
            record.superseded_by,
            record.deprecated_since,
        ];
        for (place, text) in texts.iter_mut().zip(own) {
            let Some(text) = text else { continue };
            *place = match json.find(text) {
                Some(at) => (whole.0 + at as u32, text.len() as u16),
                None => self.place(text)?,
            };
        }
        texts[7] = whole;
        let first = self.numbers.len() as u16;
        self.numbers.extend(record.json_rpc);
        let positions = [
            record.json_rpc.len(),
            system,
            family,
            position(&mut self.retries, record.retry),
            position(&mut self.params, params(record.params)),
            position(&mut self.scenarios, record.scenarios.iter().map(scenario).collect()),
        ];
        let mut narrow = [0; 6];
        for (to, from) in narrow.iter_mut().zip(positions) {
            *to = u8::try_from(from).map_err(|_| Unwritable(format!("a position above 255 in the row of {record}")))?;
        }
        let status = record.http_status;
        write!(out, "        BriefRow::new({texts:?}, {places:?}, {status}, {first}, {narrow:?}, (")?;
        record.kind.write(out)?;
        out.push_str(", ");
        record.severity.write(out)?;
        out.push_str(", ");
        record.category.write(out)?;
        out.push_str(", ");
        record.surface.write(out)?;
        let facts = [record.recoverable, record.preferred, record.is_ambiguous()];
        writeln!(out, "), {:?}, {facts:?}),", record.security_layer)?;
        Ok(())
    }

    /// Returns the place of a text, and adds the text unless it is there.
    fn place(&mut self, text: &str) -> Result<Place, Unwritable> {
        if let Some(place) = self.places.get(text) {
            return Ok(*place);
        }
        let length = u16::try_from(text.len()).ok().filter(|length| *length != ABSENT.1);
        let place = (self.texts.len() as u32, length.ok_or_else(|| Unwritable(format!("the long text {text:?}")))?);
        self.texts.push_str(text);
        self.places.insert(text.to_owned(), place);
        Ok(place)
    }
}

/// Returns the position of a value in a list, and adds the value unless it is there.
fn position<T: PartialEq>(values: &mut Vec<T>, value: T) -> usize {
    let known = values.iter().position(|known| *known == value);
    known.unwrap_or_else(|| {
        values.push(value);
        values.len() - 1
    })
}

/// Returns the system without its prose.
fn system(system: &System) -> System {
    let family = |family: &Family| Family::__new(family.name, "", "", &[], &[], &[], &[]);
    let families = leak_all(system.families.iter().map(family));
    System::__new(system.name, "", "", "", "", "", &[], families, system.docs_base)
}

fn scenario(scenario: &Scenario) -> Scenario {
    let mut brief = *scenario;
    brief.summary = None;
    brief.params = params(scenario.params).leak();
    (brief.causes, brief.resolution, brief.prevention, brief.notes) = (&[], &[], &[], &[]);
    brief
}

fn params(params: &[Param]) -> Vec<Param> {
    params.iter().map(|param| Param::__new(param.name, param.ty, "", param.harmless)).collect()
}

/// Leaks a list. Records contain `'static` lists, and a build script does not run for long.
fn leak_all<T>(items: impl Iterator<Item = T>) -> &'static [T] {
    items.collect::<Vec<_>>().leak()
}
