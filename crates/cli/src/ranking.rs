//! Ranks the records by how well they match some words.
//!
//! The ranking is BM25 over three fields with decreasing weights: names, short texts and all texts. Words are compared by their
//! stems. A record with all of the words ranks above one that repeats some of them.

use std::borrow::Cow;
use std::collections::HashMap;

use bm25::{Embedder, EmbedderBuilder, Scorer, Tokenizer};
use mcp_error_codes::Record;
use snowball_stemmers_rs::{Algorithm, Stemmer};

use crate::catalogue;

/// A record that matches, with its score.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) record: &'static Record,
    /// Only comparable to the scores of the same search.
    pub(crate) score: f32,
}

/// Returns the records that contain at least one of the words, the best match first. Deprecated codes and codes of `sdk` rank below
/// others.
pub(crate) fn rank(words: &str) -> Vec<Hit> {
    let mut stems = Stems { stemmer: Stemmer::create(Algorithm::English), known: HashMap::new() };
    let wanted = stems.of(words);
    let mut hits: Vec<_> = catalogue::records().map(|record| (record, 0.0, vec![false; wanted.len()])).collect();
    for (weight, texts) in FIELDS {
        let corpus: Vec<_> = hits.iter().map(|(record, ..)| stems.of(&texts(record).join("\n"))).collect();
        let field = Field::new(&corpus);
        for (at, (_, score, present)) in hits.iter_mut().enumerate() {
            *score += weight * field.score(at, &wanted);
            present.iter_mut().zip(&wanted).for_each(|(present, word)| *present |= corpus[at].contains(word));
        }
    }
    let hits = hits.into_iter().map(|(record, score, present)| {
        let share = present.iter().filter(|is_there| **is_there).count() as f32 / wanted.len() as f32;
        Hit { record, score: score * share * share * standing(record) }
    });
    let mut hits: Vec<Hit> = hits.filter(|hit| hit.score > 0.0).collect();
    // The sort is stable, so equal hits stay in the order of the registry.
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    hits
}

/// Returns the factor of a record. People search for a code to send or to look up in a document; the codes of `sdk` are only
/// recognized, by the whole text that an SDK writes.
fn standing(record: &Record) -> f32 {
    match () {
        () if record.is_deprecated() => 0.5,
        () if !record.is_sent() => 0.6,
        () => 1.0,
    }
}

/// A field of a record: its weight and its texts.
type Texts = (f32, fn(&Record) -> Vec<Cow<'_, str>>);

/// The fields of a record, by decreasing weight.
const FIELDS: [Texts; 3] = [(4.0, names), (2.0, short_texts), (1.0, all_texts)];

fn names(record: &Record) -> Vec<Cow<'_, str>> {
    let mut texts = vec![record.title, record.name, record.code];
    texts.extend(record.aliases);
    texts.into_iter().map(Cow::from).chain([record.http_status.to_string().into()]).collect()
}

fn short_texts(record: &Record) -> Vec<Cow<'_, str>> {
    let mut texts = vec![record.summary, record.hint, record.kind.definition()];
    texts.extend(record.message);
    texts.extend(record.scenarios.iter().flat_map(|case| [Some(case.title), case.summary, case.message]).flatten());
    texts.into_iter().map(Cow::from).collect()
}

fn all_texts(record: &Record) -> Vec<Cow<'_, str>> {
    let mut texts: Vec<&str> = record.context.into_iter().collect();
    texts.extend(record.causes.iter().chain(record.resolution));
    for case in record.scenarios {
        texts.extend(case.causes.iter().chain(case.resolution).chain(case.prevention).chain(case.notes));
    }
    texts.extend(record.examples.iter().map(|example| example.description));
    texts.extend([record.family.title, record.system.title]);
    texts.into_iter().map(Cow::from).collect()
}

/// One field of all records.
struct Field {
    embedder: Embedder<u32, Joined>,
    scorer: Scorer<usize, u32>,
}

impl Field {
    fn new(corpus: &[Vec<String>]) -> Self {
        let texts: Vec<String> = corpus.iter().map(|stems| stems.join(" ")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let embedder = EmbedderBuilder::<u32, _>::with_tokenizer_and_fit_to_corpus(Joined, &texts).build();
        let mut scorer = Scorer::new();
        texts.iter().enumerate().for_each(|(at, text)| scorer.upsert(&at, embedder.embed(text)));
        Self { embedder, scorer }
    }

    fn score(&self, at: usize, wanted: &[String]) -> f32 {
        self.scorer.score(&at, &self.embedder.embed(&wanted.join(" "))).unwrap_or(0.0)
    }
}

/// Splits stems that were joined with spaces.
struct Joined;

impl Tokenizer for Joined {
    fn tokenize(&self, text: &str) -> Vec<String> {
        text.split(' ').filter(|stem| !stem.is_empty()).map(str::to_owned).collect()
    }
}

/// Stems words and removes duplicates.
struct Stems {
    stemmer: Stemmer,
    known: HashMap<String, String>,
}

impl Stems {
    /// Returns the stems of the words of a text in lower case. Numbers are words too; stop words are omitted. `timed out` counts as
    /// the word `timeout`.
    fn of(&mut self, text: &str) -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
        let mut words: Vec<String> = words.filter(|word| !STOP_WORDS.contains(&word.as_str())).collect();
        while let Some(at) = words.windows(2).position(|pair| TIME.contains(&pair[0].as_str()) && pair[1] == "out") {
            words.splice(at..at + 2, ["timeout".to_owned()]);
        }
        let stem =
            |word| self.known.entry(word).or_insert_with_key(|word| self.stemmer.stem(word).into_owned()).clone();
        words.into_iter().map(stem).collect()
    }
}

/// The forms of the verb in `time out`.
const TIME: [&str; 4] = ["time", "times", "timed", "timing"];

/// Words that occur in most questions.
const STOP_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has", "have", "how", "i",
    "in", "is", "it", "my", "of", "on", "or", "that", "the", "this", "to", "was", "what", "when", "which", "why",
    "with",
];
