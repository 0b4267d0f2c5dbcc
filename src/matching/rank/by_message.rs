use mcp_error_codes_core::{Record, Surface};

use crate::matching::candidate::{Ground, Origin, SDK, SPECIFICATION, STEP, is_same};
use crate::matching::phrases::Hit;
use crate::matching::rank::{ENOUGH_WORDS, Ranking};
use crate::matching::shape;
use crate::matching::surroundings::has_notion;
use crate::matching::words::says_all_of;
use crate::{Certainty, by_number, specification_code};

/// The minimum number of literal words in a message that unrelated programs do not share.
const SENTENCE: usize = 6;

/// The sender of messages that web pages of all kinds log.
const ANY_PROGRAM: &str = "any JavaScript program";

impl Ranking<'_, '_> {
    /// Adds the codes whose message was found, whatever the number.
    #[inline]
    pub(super) fn messages(&mut self) {
        let number = self.parts.number;
        let is_specified = number.and_then(specification_code).is_some_and(|code| !code.record().is_deprecated());
        for hit in self.hits {
            for (at, source) in hit.phrase.sources.iter().enumerate() {
                if source.signature.is_some_and(|signature| {
                    matches!((signature.data, self.parts.data), (Some(shape), Some(data)) if !shape::fits(shape, data))
                }) {
                    continue;
                }
                let is_enough = hit.phrase.words >= ENOUGH_WORDS
                    || hit.phrase.words + 1 == ENOUGH_WORDS
                        && hit.is_whole
                        && self.parts.surroundings.is_of_mcp
                        && has_notion(hit.phrase.template.text);
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
                    (Some(number), Some(signature)) => match own_number {
                        Some(own) => own != number,
                        // A local error without a number never has one, so this is an error of somebody else.
                        None => {
                            let is_local = source.record.surface == Surface::Local && !signature.wire;
                            is_local && self.is_taken(number, source.record)
                        }
                    },
                };
                let is_sdk = source.record.system.name == SDK;
                let is_about_mcp = status_fits || self.is_about_mcp(hit, source.record);
                let (certainty, weight) = match () {
                    () if contradicts && (is_specified || !is_sdk) => (Certainty::Possible, 250),
                    // A few words are common. A sentence outweighs the number, which some senders choose freely.
                    () if contradicts && hit.phrase.words >= SENTENCE && is_about_mcp => (Certainty::Likely, STEP),
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

    /// Returns whether other codes or senders use a number, and this code never has it.
    #[inline]
    fn is_taken(&self, number: i64, record: &'static Record) -> bool {
        let is_own = self.known.with_number(number).any(|(own, _)| is_same(own, record));
        let is_used = || {
            by_number(number).next().is_some()
                || self.known.with_number(number).next().is_some()
                || !self.known.claims_of(number).is_empty()
        };
        !is_own && is_used()
    }

    /// Returns whether a message without other evidence is an error of MCP, rather than of any program that has the same words for a
    /// failure of its own.
    ///
    /// It is if its text says so, or the text around it. Otherwise the code must say no more than the message, or the message must be
    /// a whole sentence, and no sentence before it may say that it is a part of something else.
    #[inline]
    fn is_about_mcp(&self, hit: &Hit<'_>, record: &Record) -> bool {
        let around = self.parts.surroundings;
        let is_of_project = ![SDK, SPECIFICATION].contains(&record.system.name);
        if is_of_project && hit.takes_rest() && hit.phrase.words <= ENOUGH_WORDS && !self.is_in_system(record) {
            // Servers of all kinds begin so.
            return false;
        }
        if self.parts.origin != Origin::Anyone || around.is_of_mcp || self.is_in_system(record) {
            return true;
        }
        if hit.phrase.sources.iter().any(|source| source.signature.is_some_and(|own| own.sender == ANY_PROGRAM)) {
            return false;
        }
        let message = around.text.get(hit.range.clone()).unwrap_or_default();
        // What a peer sends arrives in a form of MCP, unlike the text of a local error or of a tool.
        let is_sent = [SDK, SPECIFICATION].contains(&record.system.name) && record.surface != Surface::Local;
        let says_all = || !is_sent && !hit.takes_rest() && says_all_of(message, record);
        let is_sentence = hit.has_plausible_ids(message) && (hit.phrase.words >= SENTENCE || says_all());
        let is_alone = || hit.params.is_empty() && around.are_empty(&hit.range);
        is_alone() || has_notion(hit.phrase.template.text) || (is_sentence && around.are_labels(&hit.range))
    }
}
