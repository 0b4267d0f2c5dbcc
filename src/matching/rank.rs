use alloc::vec::Vec;
use core::cmp::Reverse;
use core::ops::Range;

use mcp_error_codes_core::{Claim, Kind, NumberRange, Record, Scenario, Signature, Surface};
use serde_json::Value;

use crate::codes::code::is_same_code;
use crate::matching::fit::Params;
use crate::matching::known::Known;
use crate::matching::phrases::Hit;
use crate::matching::shape;
use crate::matching::surroundings::{Surroundings, has_notion};
use crate::matching::words::{has_word_of, says_all_of, says_title, spells};
use crate::{Certainty, by_number, specification_code};

/// The parts of an error other than its message, which the [`Hit`]s cover.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parts<'a> {
    /// The system that the caller named: only its codes are candidates.
    pub(crate) system: Option<&'a str>,
    /// A string that may be a code, and where it was found.
    pub(crate) code: Option<(&'a str, CodePlace)>,
    pub(crate) number: Option<i64>,
    pub(crate) message: Option<&'a str>,
    pub(crate) data: Option<&'a Value>,
    pub(crate) http_status: Option<u16>,
    /// Whether the status is that of the response, rather than a number in the text.
    pub(crate) is_status_given: bool,
    pub(crate) origin: Origin,
    pub(crate) surroundings: Surroundings<'a>,
    /// Whether only the best candidate is needed.
    pub(crate) is_brief: bool,
}

/// Which programs may have sent an error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A peer or an SDK of MCP: the error is in a form of MCP, after the label of an SDK, or the caller says so.
    #[default]
    Mcp,
    /// Any user of JSON-RPC.
    JsonRpc,
    /// Any program.
    Anyone,
}

/// Where the text of a code was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodePlace {
    /// In a record object, together with the system.
    RecordObject,
    /// With its system: `filesystem:FS-001`.
    FullName,
    /// In the position of the code in a log entry or a form of this crate.
    OwnForm,
    /// Alone.
    Alone,
    /// As the value of a member `code`.
    Member,
    /// Before a colon and a message.
    Label,
    /// Before a colon and a message, after the name of an error type that has such codes.
    OfSdk,
    /// Anywhere else in the text.
    Prose,
}

/// One possible meaning of an error.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Meaning {
    Record(&'static Record),
    Claim(&'static Claim),
}

/// The evidence for a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    RecordObject,
    FullName,
    OwnForm,
    CodeAndMessage,
    CodeAlone,
    Code,
    SpecificationTitle,
    SpecificationSignature,
    SpecificationNumber,
    NumberAndMessage,
    NumberAndData,
    NumberAndStatus,
    NumberOfOneRegistry,
    Number,
    MessageAndStatus,
    Message,
    Words,
    Status,
    Claim,
}

/// A candidate, with its evidence.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) meaning: Meaning,
    pub(crate) scenario: Option<&'static Scenario>,
    pub(crate) signature: Option<&'static Signature>,
    pub(crate) certainty: Certainty,
    pub(crate) ground: Ground,
    pub(crate) params: Params,
    pub(crate) range: Option<Range<usize>>,
    weight: usize,
}

/// The weight of better evidence. It exceeds the length of any message.
const STEP: usize = 10_000;
/// The minimum number of literal words for a template to be enough evidence.
const ENOUGH_WORDS: usize = 3;
/// The minimum number of literal words that only the programs of one kind put in this order.
const SENTENCE: usize = 6;

/// Ranks the candidates for an error, best first.
pub(crate) fn rank(known: &Known, parts: &Parts<'_>, hits: &[Hit<'_>]) -> Vec<Candidate> {
    let mut ranking = Ranking { known, parts, hits, found: Vec::with_capacity(5) };
    ranking.code();
    if parts.is_brief && ranking.found.iter().any(|candidate| candidate.certainty == Certainty::Certain) {
        // No other evidence outweighs a code.
        return ranking.finish();
    }
    ranking.messages();
    ranking.data();
    ranking.number();
    ranking.status();
    ranking.claims();
    ranking.finish()
}

struct Ranking<'r, 'a> {
    known: &'r Known,
    parts: &'r Parts<'a>,
    hits: &'r [Hit<'r>],
    found: Vec<Candidate>,
}

impl<'r> Ranking<'r, '_> {
    fn add(&mut self, record: &'static Record, certainty: Certainty, ground: Ground, weight: usize) -> &mut Candidate {
        self.push(Candidate {
            meaning: Meaning::Record(record),
            scenario: None,
            signature: None,
            certainty,
            ground,
            params: Params::new(),
            range: None,
            weight,
        })
    }

    fn push(&mut self, candidate: Candidate) -> &mut Candidate {
        self.found.push(candidate);
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Adds the evidence of a hit for a code.
    fn add_hit(&mut self, hit: &Hit<'_>, at: usize, certainty: Certainty, ground: Ground, weight: usize) {
        let source = hit.phrase.sources[at];
        let is_brief = self.parts.is_brief;
        let candidate = self.add(source.record, certainty, ground, weight + hit.phrase.length);
        candidate.scenario = source.scenario;
        candidate.signature = source.signature;
        if !is_brief {
            candidate.params.clone_from(&hit.params);
        }
        candidate.range = Some(hit.range.clone());
    }

    /// Returns whether candidates that are only possible are no longer needed.
    fn is_answered(&self) -> bool {
        self.parts.is_brief && self.found.iter().any(|candidate| candidate.certainty > Certainty::Possible)
    }

    fn is_in_system(&self, record: &Record) -> bool {
        self.parts.system.is_some_and(|system| record.system.name == system)
    }

    /// Returns whether the message belongs to the code: it is its template, its title or its hint.
    fn has_message_of(&self, record: &'static Record) -> bool {
        let has_hint = |message: &str| {
            let is_possible = !record.hint.is_empty() && message.len() >= record.hint.len();
            is_possible && message.contains(record.hint)
        };
        let is_title = |message: &str| {
            let message = message.trim_end_matches('.');
            // A title that only repeats the code says nothing about its system.
            let is_code = self.parts.code.is_some_and(|(code, _)| message == code || spells(record.title, code));
            (message.eq_ignore_ascii_case(record.title) && !is_code) || has_hint(message)
        };
        self.hit_of(record).is_some() || self.parts.message.is_some_and(is_title)
    }

    /// Returns whether a distinctive code is meant, rather than a ticket or an article with such a number: it has two hyphens, it was
    /// received as an error, or the message agrees with it in a text about MCP.
    fn is_meant(&self, record: &'static Record) -> bool {
        let has_two_hyphens = record.code.matches('-').count() > 1;
        let is_of_mcp = self.parts.surroundings.is_of_mcp;
        let agrees = || self.parts.message.is_none_or(|message| is_of_mcp && says_title(message, record));
        self.parts.origin != Origin::Anyone || has_two_hyphens || is_own(record) || agrees()
    }

    /// Returns whether nothing in an error contradicts a number with at least five digits.
    fn is_undisputed(&self, record: &'static Record) -> bool {
        match (self.parts.origin, self.parts.message) {
            _ if is_own(record) => true,
            (Origin::Mcp, _) | (Origin::JsonRpc, None) => true,
            (Origin::JsonRpc, Some(message)) => has_word_of(message, record),
            // Only the code's own message is enough.
            (Origin::Anyone, _) => false,
        }
    }

    /// Returns the longest whole hit of a code, with the position of its source.
    fn hit_of(&self, record: &'static Record) -> Option<(&'r Hit<'r>, usize)> {
        let hits: &'r [Hit<'r>] = self.hits;
        let of_record = hits.iter().filter(|hit| hit.is_whole).filter_map(|hit| {
            let at = hit.phrase.sources.iter().position(|source| is_same(source.record, record))?;
            Some((hit, at))
        });
        of_record.max_by_key(|(hit, _)| hit.phrase.length)
    }

    fn code(&mut self) {
        let Some((text, place)) = self.parts.code else { return };
        let (place, code, records) = self.records_with(text, place);
        let own = records.iter().filter(|record| is_own(record)).count();
        for record in records {
            let has_message = self.has_message_of(record);
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
                    if own == 1 && is_own(record) =>
                {
                    (Certainty::Likely, Ground::Code)
                }
                _ => (Certainty::Possible, Ground::Code),
            };
            let hit = self.hit_of(record).map(|(hit, at)| (hit.params.clone(), hit.phrase.sources[at]));
            let weight = 5 * STEP + usize::from(own == 1 && is_own(record));
            let candidate = self.add(record, certainty, ground, weight);
            if let Some((params, source)) = hit {
                candidate.params = params;
                candidate.scenario = source.scenario;
                candidate.signature = source.signature;
            }
        }
    }

    /// Returns the records that have the string as their code, else those that have it as an alias. A string with a colon is the name of a
    /// system and a code, unless it is the whole code.
    fn records_with<'t>(&self, text: &'t str, place: CodePlace) -> (CodePlace, &'t str, Vec<&'static Record>) {
        let known = self.known;
        let of_system = |records: &[&'static Record], system: Option<&str>| -> Vec<&'static Record> {
            records.iter().copied().filter(|record| system.is_none_or(|name| record.system.name == name)).collect()
        };
        if let (CodePlace::FullName, Some((system, code))) = (place, text.split_once(':')) {
            let records = of_system(known.by_code(code), Some(system));
            if !records.is_empty() {
                return (place, code, records);
            }
        }
        let place = if place == CodePlace::FullName { CodePlace::Member } else { place };
        let records = of_system(known.by_code(text), self.parts.system);
        let or_alias = if records.is_empty() { of_system(known.by_alias(text), self.parts.system) } else { records };
        (place, text, or_alias)
    }

    fn number(&mut self) {
        let Some(number) = self.parts.number else { return };
        self.number_signatures(number);
        let title_fits = |record: &Record| {
            self.parts.message.is_some_and(|message| message.trim_end_matches('.').eq_ignore_ascii_case(record.title))
        };
        let owners: Vec<_> = by_number(number).filter(|record| record.system.name != SPECIFICATION).collect();
        if let Some(record) = specification_code(number).map(|code| code.record()) {
            let is_crowded = !owners.is_empty()
                || !self.known.claims_of(number).is_empty()
                || NumberRange::of(number) == NumberRange::Free;
            let (certainty, ground, weight) = match (title_fits(record), record.is_deprecated() && is_crowded) {
                (true, _) => (Certainty::Certain, Ground::SpecificationTitle, 3 * STEP),
                (false, false) => (Certainty::Likely, Ground::SpecificationNumber, 500),
                (false, true) => (Certainty::Possible, Ground::Number, 400),
            };
            self.add(record, certainty, ground, weight);
        }
        // A former name shares the number of its successor.
        let current = owners.iter().filter(|record| record.superseded_by.is_none()).count();
        let is_code = self.parts.code.is_some_and(|(text, _)| text.parse() == Ok(number));
        let is_contested = current > 1 || is_code || !self.known.claims_of(number).is_empty();
        // A number with at least five digits, in no reserved range.
        let is_distinctive = !(-9_999..=9_999).contains(&number) && NumberRange::of(number) == NumberRange::Free;
        let others = self.hits.iter().any(|hit| {
            hit.is_whole
                && hit.phrase.words >= ENOUGH_WORDS
                && !hit.phrase.sources.iter().any(|source| owners.iter().any(|owner| is_same(owner, source.record)))
        });
        for record in owners {
            let hit = self.hit_of(record);
            let is_own = self.has_message_of(record);
            let is_current = record.superseded_by.is_none() || current == 0;
            let certainty = match () {
                () if !is_current => Certainty::Possible,
                // A number with a matching signature is weaker evidence than the code's own message.
                () if hit.is_some_and(|(hit, at)| hit.phrase.sources[at].signature.is_some()) => Certainty::Likely,
                () if is_distinctive && !is_contested && (is_own || (!others && self.is_undisputed(record))) => {
                    Certainty::Certain
                }
                () if is_own => Certainty::Likely,
                () => Certainty::Possible,
            };
            let ground = match (is_own, certainty) {
                (true, _) => Ground::NumberAndMessage,
                (false, Certainty::Certain) => Ground::NumberOfOneRegistry,
                _ => Ground::Number,
            };
            let weight = if is_own { 3 * STEP } else { 200 };
            match hit {
                Some((hit, at)) => self.add_hit(hit, at, certainty, ground, weight),
                None => {
                    self.add(record, certainty, ground, weight);
                }
            }
        }
    }

    /// Adds the codes with a signature that has the number.
    fn number_signatures(&mut self, number: i64) {
        let mut with_status: Vec<&'static Record> = Vec::new();
        for (record, signature) in self.known.with_number(number) {
            if let (Some(shape), Some(data)) = (signature.data, self.parts.data)
                && !shape::fits(shape, data)
            {
                continue;
            }
            let has_data = signature.data.is_some() && self.parts.data.is_some();
            let status_fits = signature.http_status.is_some() && signature.http_status == self.parts.http_status;
            let is_specification = record.system.name == SPECIFICATION && signature.sender == SPECIFICATION_SENDER;
            let hits: &'r [Hit<'r>] = self.hits;
            let hit = signature
                .message
                .and_then(|message| hits.iter().find(|hit| hit.is_whole && hit.phrase.template.text == message));
            match (signature.message, signature.data) {
                (Some(_), _) if hit.is_some() => {
                    let (certainty, ground) = match is_specification && (has_data || signature.data.is_none()) {
                        true => (Certainty::Certain, Ground::SpecificationSignature),
                        false => (Certainty::Likely, Ground::NumberAndMessage),
                    };
                    let weight = 3 * STEP + 2_000 * usize::from(has_data) + 1_000 * usize::from(status_fits);
                    if let Some(hit) = hit {
                        let at = hit
                            .phrase
                            .sources
                            .iter()
                            .position(|source| source.signature.is_some_and(|own| core::ptr::eq(own, signature)));
                        self.add_hit(hit, at.unwrap_or_default(), certainty, ground, weight);
                    }
                }
                (None, Some(_)) if has_data => {
                    let (certainty, ground) = match is_specification {
                        true => (Certainty::Certain, Ground::SpecificationSignature),
                        false => (Certainty::Likely, Ground::NumberAndData),
                    };
                    self.add(record, certainty, ground, 3 * STEP + 2_000).signature = Some(signature);
                }
                (None, Some(_)) => {}
                _ if self.is_answered() => {}
                _ => {
                    if status_fits && !with_status.iter().any(|known| is_same(known, record)) {
                        with_status.push(record);
                    }
                    let weight = if signature.message.is_none() { 350 } else { 300 };
                    self.add(record, Certainty::Possible, Ground::Number, weight).signature = Some(signature);
                }
            }
        }
        if let [record] = with_status[..]
            && self.parts.http_status.is_some_and(|status| (401..500).contains(&status))
        {
            self.add(record, Certainty::Likely, Ground::NumberAndStatus, STEP);
        }
    }

    /// Adds the codes whose messages contain data of a specific shape.
    fn data(&mut self) {
        let Some(data) = self.parts.data else { return };
        for (record, signature) in self.known.of_data() {
            if signature.data.is_some_and(|shape| shape::fits(shape, data)) {
                let is_of_mcp = self.parts.origin != Origin::Anyone || self.parts.surroundings.is_of_mcp;
                let certainty = if is_of_mcp { Certainty::Likely } else { Certainty::Possible };
                self.add(record, certainty, Ground::NumberAndData, 2 * STEP + 2_000).signature = Some(signature);
            }
        }
    }

    /// Adds the codes whose message was found, whatever the number.
    fn messages(&mut self) {
        let number = self.parts.number;
        let is_specified = number.and_then(specification_code).is_some_and(|code| !code.record().is_deprecated());
        for hit in self.hits {
            for (at, source) in hit.phrase.sources.iter().enumerate() {
                if source.signature.is_some_and(|signature| {
                    matches!((signature.data, self.parts.data), (Some(shape), Some(data)) if !shape::fits(shape, data))
                }) {
                    continue;
                }
                let is_enough = hit.phrase.words >= ENOUGH_WORDS;
                if !hit.is_whole {
                    if number.is_none() && is_enough {
                        self.add_hit(hit, at, Certainty::Possible, Ground::Words, 100);
                    }
                    continue;
                }
                let own_number = source.signature.and_then(|signature| signature.number);
                let status = source.signature.and_then(|signature| signature.http_status);
                let status_fits = status.is_some() && status == self.parts.http_status && self.parts.is_status_given;
                let contradicts = match (number, source.signature) {
                    (None, _) => false,
                    // The template belongs to a code with other numbers.
                    (Some(number), None) => !by_number(number).any(|record| is_same(record, source.record)),
                    (Some(number), Some(_)) => own_number.is_some_and(|own| own != number),
                };
                let is_sdk = source.record.system.name == SDK;
                let is_about_mcp = status_fits || self.is_about_mcp(hit, source.record);
                let (certainty, weight) = match () {
                    () if contradicts && (is_specified || !is_sdk) => (Certainty::Possible, 250),
                    () if contradicts && is_enough && is_about_mcp => (Certainty::Likely, STEP),
                    () if contradicts => (Certainty::Possible, 260),
                    () if status_fits => (Certainty::Likely, 2 * STEP + 1_000),
                    () if is_enough && is_about_mcp => (Certainty::Likely, 2 * STEP),
                    // It still is a rival of another code with the same message.
                    () if is_enough => (Certainty::Possible, 2 * STEP),
                    () => (Certainty::Possible, STEP),
                };
                let ground = if status_fits { Ground::MessageAndStatus } else { Ground::Message };
                self.add_hit(hit, at, certainty, ground, weight);
            }
        }
    }

    /// Returns whether a message without other evidence is an error of MCP, rather than of any program that has the same words for a
    /// failure of its own.
    ///
    /// It is if its text says so, or the text around it. Otherwise the code must say no more than the message, or the message must be
    /// a whole sentence, and no sentence before it may say that it is a part of something else.
    fn is_about_mcp(&self, hit: &Hit<'_>, record: &Record) -> bool {
        let around = self.parts.surroundings;
        if self.parts.origin != Origin::Anyone || around.is_of_mcp || self.is_in_system(record) {
            return true;
        }
        let message = around.text.get(hit.range.clone()).unwrap_or_default();
        // What a peer sends arrives in a form of MCP, unlike the text of a local error or of a tool.
        let is_sent = [SDK, SPECIFICATION].contains(&record.system.name) && record.surface != Surface::Local;
        let says_all = || !is_sent && !hit.takes_rest() && says_all_of(message, record);
        let is_sentence = hit.has_plausible_ids(message) && (hit.phrase.words >= SENTENCE || says_all());
        has_notion(hit.phrase.template.text) || (is_sentence && around.are_labels(&hit.range))
    }

    /// Adds the codes that an HTTP status may mean, if nothing better was found.
    ///
    /// The status of a response determines only the kind of the failure: the answer is the code that belongs to the
    /// status itself, or else the code of the system `common` for the kind.
    fn status(&mut self) {
        let Some(status) = self.parts.http_status.filter(|status| (400..600).contains(status)) else { return };
        if self.found.iter().any(|candidate| candidate.certainty > Certainty::Possible) {
            return;
        }
        let mut records: Vec<&'static Record> = Vec::new();
        let mut of_http = None;
        for (record, signature) in self.known.with_status(status) {
            if record.system.name == SDK && !records.iter().any(|known| is_same(known, record)) {
                records.push(record);
                let is_of_http = signature.number.is_none() && signature.sender == HTTP_SENDER;
                of_http = of_http.or(is_of_http.then_some(record));
            }
        }
        // A number is stronger evidence than a status, which many errors have.
        let is_answer = self.parts.is_status_given && self.parts.number.is_none();
        let kind = Kind::of_http_status(status);
        let of_http = of_http.filter(|record: &&Record| Some(record.kind) == kind);
        let answer = of_http.or_else(|| self.known.common(kind?)).filter(|_| is_answer);
        if let Some(answer) = answer {
            self.add(answer, Certainty::Likely, Ground::Status, 150);
        }
        for record in records {
            self.add(record, Certainty::Possible, Ground::Status, 150);
        }
    }

    fn claims(&mut self) {
        if self.is_answered() {
            return;
        }
        let known = self.known;
        let of_number = self.parts.number.map_or(&[][..], |number| known.claims_of(number)).iter().copied();
        let of_code = self.parts.code.into_iter().flat_map(|(code, _)| known.claims_to(code));
        for claim in of_number.chain(of_code) {
            let means_it = self.parts.message.is_some_and(|message| {
                let message = message.to_ascii_lowercase();
                claim.meaning.to_ascii_lowercase().contains(message.trim_end_matches('.')) && message.len() > 3
            });
            self.push(Candidate {
                meaning: Meaning::Claim(claim),
                scenario: None,
                signature: None,
                certainty: Certainty::Possible,
                ground: Ground::Claim,
                params: Params::new(),
                range: None,
                weight: 100 + usize::from(means_it) * 100,
            });
        }
    }

    fn finish(mut self) -> Vec<Candidate> {
        let system = self.parts.system;
        if system.is_some() {
            let fits: Vec<bool> = self
                .found
                .iter()
                .map(|candidate| matches!(candidate.meaning, Meaning::Record(record) if self.is_in_system(record)))
                .collect();
            let any_fits = fits.iter().any(|fits| *fits);
            let mut fits = fits.into_iter();
            // If the system does not have the code, codes of the specification and of SDKs are considered, but not
            // those of other systems.
            self.found.retain(|candidate| {
                let fits = fits.next().unwrap_or(false);
                let is_general = matches!(candidate.meaning, Meaning::Record(record) if [SDK, SPECIFICATION].contains(&record.system.name));
                if any_fits { fits } else { is_general }
            });
            if any_fits {
                for candidate in &mut self.found {
                    candidate.certainty = Certainty::Certain;
                }
            }
        }
        if self.parts.is_brief
            && let Some(best) = self.only_answer()
        {
            return alloc::vec![self.found.swap_remove(best)];
        }
        self.found.sort_by_key(|candidate| Reverse((candidate.certainty, candidate.weight)));
        let mut once: Vec<Candidate> = Vec::new();
        for candidate in self.found {
            let is_known = once.iter().any(|known| match (known.meaning, candidate.meaning) {
                (Meaning::Record(a), Meaning::Record(b)) => is_same(a, b),
                (Meaning::Claim(a), Meaning::Claim(b)) => core::ptr::eq(a, b),
                _ => false,
            });
            if !is_known {
                once.push(candidate);
            }
        }
        settle(&mut once, system.is_some());
        once
    }
}

impl Ranking<'_, '_> {
    /// Returns the index of the answer, or `None` if there is none or another candidate is equally good.
    fn only_answer(&self) -> Option<usize> {
        let strength = |at: &usize| (self.found[*at].certainty, self.found[*at].weight);
        let best = (0..self.found.len()).rev().max_by_key(strength)?;
        let Meaning::Record(record) = self.found[best].meaning else { return None };
        let is_rival = |other: &Candidate| {
            let is_other = !matches!(other.meaning, Meaning::Record(own) if is_same(own, record));
            is_other && self.found[best].is_equalled_by(other)
        };
        let is_answer = self.found[best].certainty > Certainty::Possible && !self.found.iter().any(is_rival);
        is_answer.then_some(best)
    }
}

/// Ensures that there is at most one answer: candidates with less weight than the best become only possible, and so do
/// several with equal weight.
fn settle(found: &mut [Candidate], is_in_system: bool) {
    let Some((best, others)) = found.split_first() else { return };
    if best.certainty > Certainty::Possible {
        let is_open = !is_in_system && others.iter().any(|other| best.is_equalled_by(other));
        for candidate in found.iter_mut().skip(usize::from(!is_open)) {
            candidate.certainty = Certainty::Possible;
        }
    }
    let answers = found.iter().take_while(|candidate| candidate.certainty > Certainty::Possible).count();
    found[answers..].sort_by_key(Candidate::place);
}

impl Candidate {
    /// The order of candidates that are only possible: matching messages, the official SDKs, frameworks, gateways, then
    /// documented systems.
    fn place(&self) -> (u8, u8, Reverse<usize>) {
        let group = match self.meaning {
            Meaning::Record(record) if record.system.name == SDK => match self.signature {
                Some(signature) if !is_official(signature.sender) => 1,
                _ => 0,
            },
            Meaning::Claim(_) => 2,
            Meaning::Record(record) if record.system.name == SPECIFICATION => 0,
            Meaning::Record(_) => 3,
        };
        (u8::from(self.weight < STEP), group, Reverse(self.weight))
    }
}

impl Candidate {
    /// Returns whether there is as much evidence for another candidate. A message is not the answer if another code has the same
    /// message, or if the text has another code, even if that is less likely to be meant.
    fn is_equalled_by(&self, other: &Self) -> bool {
        let contradicts = self.ground == Ground::Message && matches!(other.ground, Ground::Message | Ground::Code);
        let is_as_sure = other.certainty == self.certainty || contradicts;
        is_as_sure && other.weight >= self.weight
    }

    /// Returns whether the shape of the data is the evidence.
    pub(crate) fn rests_on_data(&self) -> bool {
        self.ground == Ground::NumberAndData
    }

    pub(crate) fn is_of_code(&self, code: &str) -> bool {
        match self.meaning {
            Meaning::Record(record) => record.code == code,
            Meaning::Claim(claim) => claim.code == Some(code),
        }
    }
}

fn is_official(sender: &str) -> bool {
    sender.contains("SDK") || sender == SPECIFICATION_SENDER
}

/// Returns whether two records belong to the same code. One may extend the other.
fn is_same(a: &'static Record, b: &'static Record) -> bool {
    is_same_code(a, b)
}

/// Returns whether a record belongs to a registry that `setup` has added.
fn is_own(record: &'static Record) -> bool {
    crate::Code::from_record(record).is_none()
}

/// Returns whether a code is distinctive: capitals with a hyphen and a number or another word, such as `FS-001`.
pub(crate) fn is_distinctive(code: &str) -> bool {
    let starts = code.bytes().next().is_some_and(|byte| byte.is_ascii_uppercase());
    starts && code.contains('-') && !code.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// The system of the errors that the SDKs report themselves.
const SDK: &str = "sdk";
/// The system of the specification.
const SPECIFICATION: &str = "mcp";
const SPECIFICATION_SENDER: &str = "MCP specification";
/// The sender of errors that HTTP itself defines.
const HTTP_SENDER: &str = "HTTP";
