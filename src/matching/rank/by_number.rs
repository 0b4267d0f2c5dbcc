use alloc::vec::Vec;

use mcp_error_codes_core::{Kind, NumberRange, Record};

use crate::matching::candidate::{Ground, Origin, SPECIFICATION, SPECIFICATION_SENDER, STEP, is_same};
use crate::matching::phrases::Hit;
use crate::matching::rank::by_code::is_own;
use crate::matching::rank::{ENOUGH_WORDS, Ranking};
use crate::matching::shape;
use crate::matching::surroundings::{names_method_of_lsp, reports_other_failure};
use crate::matching::words::has_word_of;
use crate::{Certainty, by_number, specification_code};

impl<'r> Ranking<'r, '_> {
    /// Adds the codes that have the number.
    #[inline]
    pub(super) fn number(&mut self) {
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
            let is_of_other = self.parts.is_of_other || self.parts.message.is_some_and(names_method_of_lsp);
            // An internal error may be any failure.
            let contradicts = || record.kind != Kind::Internal && self.parts.message.is_some_and(reports_other_failure);
            let (certainty, ground, weight) = match () {
                () if is_of_other => (Certainty::Possible, Ground::Number, 400),
                () if title_fits(record) => (Certainty::Certain, Ground::SpecificationTitle, 3 * STEP),
                () if contradicts() => (Certainty::Possible, Ground::Number, 400),
                () if record.is_deprecated() && is_crowded => (Certainty::Possible, Ground::Number, 400),
                () => (Certainty::Likely, Ground::SpecificationNumber, 500),
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
            let is_own = self.has_message_of(record, self.parts.code.map(|(code, _)| code));
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
    #[inline]
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
                    let weight = 3 * STEP + 2_000 * usize::from(has_data);
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

    /// Returns whether nothing in an error contradicts a number with at least five digits.
    #[inline]
    fn is_undisputed(&self, record: &'static Record) -> bool {
        match (self.parts.origin, self.parts.message) {
            _ if is_own(record) => true,
            (Origin::Mcp, _) | (Origin::JsonRpc, None) => true,
            (Origin::JsonRpc, Some(message)) => has_word_of(message, record),
            // Only the code's own message is enough.
            (Origin::Anyone, _) => false,
        }
    }
}
