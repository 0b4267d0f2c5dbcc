use alloc::vec::Vec;
use core::ops::Range;
use std::collections::HashMap;

use mcp_error_codes_core::{Record, Scenario, Signature};

use crate::codes::registries::{extended, registries};
use crate::matching::fit::{Params, Template};

/// All messages of the registries, without duplicates.
#[derive(Debug)]
pub(crate) struct Phrases {
    phrases: Vec<Phrase>,
}

/// A message template, and the codes with this message.
#[derive(Debug)]
pub(crate) struct Phrase {
    pub(crate) template: Template,
    /// The number of words in its literal text.
    pub(crate) words: usize,
    /// The number of bytes of its literal text.
    pub(crate) length: usize,
    pub(crate) sources: Vec<Source>,
}

/// A code with a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source {
    pub(crate) record: &'static Record,
    pub(crate) scenario: Option<&'static Scenario>,
    /// The signature that has the message. `None` if it is the template of the code or of its scenario.
    pub(crate) signature: Option<&'static Signature>,
}

/// A phrase that was found. Ranges refer to the searched text.
#[derive(Debug, Clone)]
pub(crate) struct Hit<'p> {
    pub(crate) phrase: &'p Phrase,
    pub(crate) params: Params,
    pub(crate) range: Range<usize>,
    /// Whether it is the whole message, or only a part of it.
    pub(crate) is_whole: bool,
}

impl Phrases {
    /// Collects the messages of the current registries.
    #[inline]
    pub(crate) fn collect(signatures: &[(&'static Record, &'static Signature)]) -> Self {
        let mut phrases: Vec<Phrase> = Vec::new();
        let mut places: HashMap<&'static str, usize> = HashMap::new();
        let mut add = |template: &'static str, source: Source| {
            let place = *places.entry(template).or_insert_with(|| {
                let template = Template::new(template);
                let (words, length) = (template.words(), template.length());
                phrases.push(Phrase { template, words, length, sources: Vec::new() });
                phrases.len() - 1
            });
            phrases[place].sources.push(source);
        };
        for (record, scenario) in registries().flat_map(|registry| registry.templates()) {
            let scenario = scenario.and_then(|at| record.scenarios.get(at));
            let own = scenario.and_then(|case| case.message).or(record.message);
            // A title without a template does not count as a message, because other programs may use the same words.
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

    #[inline]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Phrase> {
        self.phrases.iter()
    }

    #[inline]
    pub(crate) fn get(&self, at: usize) -> Option<&Phrase> {
        self.phrases.get(at)
    }

    /// Finds the phrases that match a whole message. A final period is ignored.
    #[inline]
    pub(crate) fn fits(&self, message: &str) -> Vec<Hit<'_>> {
        let found = self.phrases.iter().filter_map(|phrase| {
            let params = phrase.fit(message)?;
            Some(Hit { phrase, params, range: 0..message.len(), is_whole: true })
        });
        found.collect()
    }
}

impl Hit<'_> {
    /// Returns whether the template leaves a part of the message open.
    #[inline]
    pub(crate) fn takes_rest(&self) -> bool {
        self.params.iter().any(|(name, value)| *name == "rest" && !value.is_empty())
    }

    /// Returns whether every value that should be an identifier, by the name of its placeholder, is one word without slashes. `message` is
    /// the text of the hit.
    #[inline]
    pub(crate) fn has_plausible_ids(&self, message: &str) -> bool {
        let is_id = |name: &str| name.ends_with("Id") || name.ends_with("_id");
        let is_word = |value: &str| !value.contains([' ', '/', '<']);
        self.params.iter().filter(|(name, _)| is_id(name)).all(|(_, value)| {
            let own = value.start.checked_sub(self.range.start).zip(value.end.checked_sub(self.range.start));
            own.is_none_or(|(start, end)| message.get(start..end).is_none_or(is_word))
        })
    }
}

impl Phrase {
    /// Matches a whole message. A final period is ignored.
    #[inline]
    pub(crate) fn fit(&self, message: &str) -> Option<Params> {
        self.template.fit(message).or_else(|| self.template.fit(message.strip_suffix('.')?))
    }
}
