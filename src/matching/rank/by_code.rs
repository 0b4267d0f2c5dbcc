use alloc::vec::Vec;

use mcp_error_codes_core::Record;

use crate::Certainty;
use crate::matching::candidate::{CodePlace, Ground, Origin, SDK, STEP, is_distinctive};
use crate::matching::rank::Ranking;
use crate::matching::words::says_title;

impl<'a> Ranking<'_, 'a> {
    /// Adds the codes that the text names.
    #[inline]
    pub(super) fn code(&mut self) {
        let of_text = self.parts.code.map(|(text, place)| self.records_with(text, place, self.parts.system));
        let is_of_data = of_text.is_none();
        let Some((place, code, records)) = of_text.or_else(|| self.records_of_data()) else { return };
        let own = records.iter().filter(|record| is_of_program(record, code)).count();
        for record in records {
            // In the data, a word such as `NOT_FOUND` is any program's, even beside a message of that form.
            let has_message = (!is_of_data || is_distinctive(code)) && self.has_message_of(record, Some(code));
            let (certainty, ground) = match place {
                CodePlace::RecordObject => (Certainty::Certain, Ground::RecordObject),
                CodePlace::FullName => (Certainty::Certain, Ground::FullName),
                _ if has_message => (Certainty::Certain, Ground::CodeAndMessage),
                CodePlace::OfSdk if record.system.name == SDK => (Certainty::Certain, Ground::Code),
                CodePlace::OwnForm if is_distinctive(code) => (Certainty::Certain, Ground::OwnForm),
                CodePlace::Alone if is_distinctive(code) => (Certainty::Certain, Ground::CodeAlone),
                CodePlace::Member | CodePlace::Label if is_distinctive(code) && self.is_meant(record) => {
                    (Certainty::Likely, Ground::Code)
                }
                // The program has added its registry, and none of its other registries has the code.
                CodePlace::OwnForm | CodePlace::Alone | CodePlace::Member | CodePlace::Label
                    if own == 1 && is_of_program(record, code) =>
                {
                    (Certainty::Likely, Ground::Code)
                }
                _ => (Certainty::Possible, Ground::Code),
            };
            let hit = self.hit_of(record).map(|(hit, at)| (hit.params.clone(), hit.phrase.sources[at]));
            // A code in the data that proves nothing does not compete with the message.
            let weight = if is_of_data && certainty == Certainty::Possible { 0 } else { 5 * STEP };
            let candidate = self.add(record, certainty, ground, weight);
            if let Some((params, source)) = hit {
                candidate.params = params;
                candidate.scenario = source.scenario;
                candidate.signature = source.signature;
            }
        }
    }

    /// Returns the records that have the string as their code, else those that have it as an alias, in all systems or in one. A string with
    /// a colon is the name of a system and a code, unless it is the whole code.
    #[inline]
    fn records_with<'t>(
        &self,
        text: &'t str,
        place: CodePlace,
        system: Option<&str>,
    ) -> (CodePlace, &'t str, Vec<&'static Record>) {
        let known = self.known;
        let of_system = |records: &[&'static Record], system: Option<&str>| -> Vec<&'static Record> {
            records.iter().copied().filter(|record| system.is_none_or(|name| record.system.name == name)).collect()
        };
        if let (CodePlace::FullName | CodePlace::RecordObject, Some((name, code))) = (place, text.split_once(':')) {
            for records in [known.by_code(code), known.by_alias(code)] {
                let records = of_system(records, Some(name));
                if !records.is_empty() {
                    return (place, code, records);
                }
            }
        }
        let place = match place {
            CodePlace::FullName | CodePlace::RecordObject => CodePlace::Member,
            place => place,
        };
        let records = of_system(known.by_code(text), system);
        let or_alias = if records.is_empty() { of_system(known.by_alias(text), system) } else { records };
        (place, text, or_alias)
    }

    /// Returns the records with the code in the data of a JSON-RPC error: `{"code": "FS-001"}`, perhaps next to its system.
    #[inline]
    fn records_of_data(&self) -> Option<(CodePlace, &'a str, Vec<&'static Record>)> {
        let data = self.parts.data?.as_object()?;
        let text = |names: &[&str]| names.iter().find_map(|name| data.get(*name)?.as_str());
        let code = text(&["code", "errorCode", "error_code"])?;
        let system = text(&["system"]);
        let (place, code, records) = self.records_with(code, CodePlace::FullName, system.or(self.parts.system));
        Some((if system.is_some() { CodePlace::RecordObject } else { place }, code, records))
    }

    /// Returns whether a distinctive code is meant, rather than a ticket or an article with such a number: it has two hyphens, it was
    /// received as an error, or the message agrees with it in a text about MCP.
    #[inline]
    fn is_meant(&self, record: &'static Record) -> bool {
        let has_two_hyphens = record.code.matches('-').count() > 1;
        let is_of_mcp = self.parts.surroundings.is_of_mcp;
        let agrees = || self.parts.message.is_none_or(|message| is_of_mcp && says_title(message, record));
        self.parts.origin != Origin::Anyone || has_two_hyphens || is_own(record) || agrees()
    }
}

/// Returns whether a registry that `setup` has added gives a record this code or alias.
#[inline]
fn is_of_program(record: &'static Record, code: &str) -> bool {
    let original = record.__original();
    is_own(record) || original.code != code && !original.aliases.contains(&code)
}

/// Returns whether a record belongs to a registry that `setup` has added.
#[inline]
pub(super) fn is_own(record: &'static Record) -> bool {
    crate::Code::from_record(record).is_none()
}
