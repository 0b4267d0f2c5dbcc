use alloc::vec::Vec;
use core::ops::Range;
use std::collections::HashMap;

use mcp_error_codes_core::{Record, Scenario, Signature};

use crate::codes::find::{extended, registries};
use crate::matching::fit::{Fit, fit, literal_length, literal_words};

/// Every message that the registries know of, each once.
#[derive(Debug)]
pub(crate) struct Phrases {
    phrases: Vec<Phrase>,
}

/// A message template and the codes that it is a message of.
#[derive(Debug)]
pub(crate) struct Phrase {
    pub(crate) template: &'static str,
    /// How many words its literal text has.
    pub(crate) words: usize,
    /// How many bytes its literal text has.
    pub(crate) length: usize,
    pub(crate) sources: Vec<Source>,
}

/// A code that has a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source {
    pub(crate) record: &'static Record,
    pub(crate) scenario: Option<&'static Scenario>,
    /// The signature that has the message. `None` if it is the template of the code or of its scenario.
    pub(crate) signature: Option<&'static Signature>,
}

/// A phrase that was found. Places are those of the text in which it was found.
#[derive(Debug, Clone)]
pub(crate) struct Hit<'p> {
    pub(crate) phrase: &'p Phrase,
    pub(crate) params: Vec<(&'static str, Range<usize>)>,
    pub(crate) range: Range<usize>,
    /// Whether it is the whole message, rather than words within it.
    pub(crate) is_whole: bool,
}

impl Phrases {
    /// Collects the messages of the registries that are known now.
    pub(crate) fn collect(signatures: &[(&'static Record, &'static Signature)]) -> Self {
        let mut phrases: Vec<Phrase> = Vec::new();
        let mut places: HashMap<&'static str, usize> = HashMap::new();
        let mut add = |template: &'static str, source: Source| {
            let place = *places.entry(template).or_insert_with(|| {
                let (words, length) = (literal_words(template), literal_length(template));
                phrases.push(Phrase { template, words, length, sources: Vec::new() });
                phrases.len() - 1
            });
            phrases[place].sources.push(source);
        };
        for (record, scenario) in registries().flat_map(|registry| registry.templates()) {
            let scenario = scenario.and_then(|at| record.scenarios.get(at));
            let own = scenario.and_then(|case| case.message).or(record.message);
            // A title without a template is no message: anybody may use its words.
            if let Some(template) = own {
                add(template, Source { record: extended(record), scenario, signature: None });
            }
        }
        for (record, signature) in signatures.iter().copied() {
            if let Some(template) = signature.message {
                add(template, Source { record, scenario: None, signature: Some(signature) });
            }
        }
        phrases.retain(|phrase| phrase.length > 0);
        Self { phrases }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Phrase> {
        self.phrases.iter()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Phrase> {
        self.phrases.get(at)
    }

    /// Finds the phrases that account for a whole message. A final period does not count.
    pub(crate) fn fits(&self, message: &str) -> Vec<Hit<'_>> {
        let found = self.phrases.iter().filter_map(|phrase| {
            let Fit { params } = phrase.fit(message)?;
            Some(Hit { phrase, params, range: 0..message.len(), is_whole: true })
        });
        found.collect()
    }
}

impl Phrase {
    /// Fits a whole message. A final period does not count.
    pub(crate) fn fit(&self, message: &str) -> Option<Fit> {
        let fits = |message| fit(self.template, message);
        fits(message).or_else(|| fits(message.strip_suffix('.')?))
    }
}
