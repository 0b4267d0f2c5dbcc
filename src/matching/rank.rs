//! Ranks the codes that an error may have, by the evidence for each.

mod by_code;
mod by_message;
mod by_number;
mod by_status;

use alloc::vec::Vec;
use core::cmp::Reverse;

use mcp_error_codes_core::Record;
use serde_json::Value;

use crate::Certainty;
use crate::matching::candidate::{Candidate, CodePlace, Ground, Meaning, Origin, SDK, SPECIFICATION, STEP, is_same};
use crate::matching::fit::Params;
use crate::matching::known::Known;
use crate::matching::phrases::Hit;
use crate::matching::shape;
use crate::matching::surroundings::Surroundings;
use crate::matching::words::spells;

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
    /// Whether the text before it names another protocol that has the numbers of JSON-RPC.
    pub(crate) is_of_other: bool,
    /// Whether only the best candidate is needed.
    pub(crate) is_brief: bool,
}

/// The minimum number of literal words for a template to be enough evidence.
const ENOUGH_WORDS: usize = 3;
/// Ranks the candidates for an error, best first.
#[inline]
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
    #[inline]
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

    #[inline]
    fn push(&mut self, candidate: Candidate) -> &mut Candidate {
        self.found.push(candidate);
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Adds the evidence of a hit for a code.
    #[inline]
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
    #[inline]
    fn is_answered(&self) -> bool {
        self.parts.is_brief && self.found.iter().any(|candidate| candidate.certainty > Certainty::Possible)
    }

    #[inline]
    fn is_in_system(&self, record: &Record) -> bool {
        self.parts.system.is_some_and(|system| record.system.name == system)
    }

    /// Returns whether the message belongs to the record: it is its template, its title or its hint. `code` is the text that names the
    /// record, if one does.
    #[inline]
    fn has_message_of(&self, record: &'static Record, code: Option<&str>) -> bool {
        let has_hint = |message: &str| {
            let is_possible = !record.hint.is_empty() && message.len() >= record.hint.len();
            is_possible && message.contains(record.hint)
        };
        let is_title = |message: &str| {
            let message = message.trim_end_matches('.');
            // A title that only repeats the code says nothing about its system.
            let is_code = code.is_some_and(|code| message == code || spells(record.title, code));
            (message.eq_ignore_ascii_case(record.title) && !is_code) || has_hint(message)
        };
        self.hit_of(record).is_some() || self.parts.message.is_some_and(is_title)
    }

    /// Returns the longest whole hit of a code, with the position of its source.
    #[inline]
    fn hit_of(&self, record: &'static Record) -> Option<(&'r Hit<'r>, usize)> {
        let hits: &'r [Hit<'r>] = self.hits;
        let of_record = hits.iter().filter(|hit| hit.is_whole).filter_map(|hit| {
            let at = hit.phrase.sources.iter().position(|source| is_same(source.record, record))?;
            Some((hit, at))
        });
        of_record.max_by_key(|(hit, _)| hit.phrase.length)
    }

    /// Adds the codes whose messages contain data of a specific shape.
    #[inline]
    fn data(&mut self) {
        let Some(data) = self.parts.data else { return };
        for (record, signature) in self.known.of_data() {
            if let Some(shape) = signature.data.filter(|shape| shape::fits(shape, data)) {
                let is_of_mcp = self.parts.origin != Origin::Anyone || self.parts.surroundings.is_of_mcp;
                let certainty = if is_of_mcp { Certainty::Likely } else { Certainty::Possible };
                // A shape that names the value of a member says more.
                let weight = 2 * STEP + 2_000 + 500 * usize::from(shape.contains('='));
                self.add(record, certainty, Ground::NumberAndData, weight).signature = Some(signature);
            }
        }
    }

    #[inline]
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

    #[inline]
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
    #[inline]
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
#[inline]
fn settle(found: &mut [Candidate], is_in_system: bool) {
    let Some((best, others)) = found.split_first() else { return };
    if best.certainty > Certainty::Possible {
        let is_open = !is_in_system && others.iter().any(|other| best.is_equalled_by(other));
        for candidate in found.iter_mut().skip(usize::from(!is_open)) {
            candidate.certainty = Certainty::Possible;
        }
    }
    let answers = found.iter().take_while(|candidate| candidate.certainty > Certainty::Possible).count();
    found[answers..].sort_by_cached_key(Candidate::place);
}
