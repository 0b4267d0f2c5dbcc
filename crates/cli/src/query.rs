//! What the registry knows of a text that a person has: a code, a name, a number, a message, a line of a log, a response.

use mcp_error_codes::wire::Decoder;
use mcp_error_codes::{
    Code, MessageMatch, NumberRange, Record, UnknownCode, by_number, find, find_all, match_message, specification_code,
};

use crate::reading::{self, Reading};

/// What was found for a query.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The query, or the part of it that says which code is meant.
    pub(crate) query: String,
    /// Every record that may be meant, the likeliest first; there is at least one.
    pub(crate) records: Vec<&'static Record>,
    /// Whether nothing says which of several records is meant.
    pub(crate) is_ambiguous: bool,
    /// What to know beside the records.
    pub(crate) notes: Vec<String>,
}

/// Finds out what a text means: a code, name, alias or number; else a response or a batch; else, line by line, an entry of a
/// log, a line that holds a response or codes, or a bare message. A code that occurs twice is answered once.
///
/// # Errors
/// [`UnknownCode`] where it is none of these: of the code of a body or a reserved word in the text, else of the text itself.
pub(crate) fn answers(text: &str) -> Result<Vec<Answer>, UnknownCode> {
    let text = text.trim();
    let unknown = match find(text) {
        Ok(_) => return Ok(by_name(text).into_iter().collect()),
        Err(unknown) => unknown,
    };
    let is_json = text.starts_with(['{', '[']);
    let mut found = if is_json { by_body(text) } else { Vec::new() };
    if found.is_empty() {
        found = text.lines().flat_map(|line| by_line(line.trim())).collect();
    }
    let mut answers: Vec<Answer> = Vec::new();
    for answer in found {
        if !answers.iter().any(|known| known.has_records_of(&answer)) {
            answers.push(answer);
        }
    }
    if answers.is_empty() { Err(unknown_within(text).unwrap_or(unknown)) } else { Ok(answers) }
}

/// Finds what is not known in a longer text: the code of a body, or a word that lies in a range which a document reserves.
fn unknown_within(text: &str) -> Option<UnknownCode> {
    let read = |body| reading::read(Decoder::new(), body).map(|readings| readings.errors).unwrap_or_default();
    let mut codes = std::iter::once(text).chain(text.lines().flat_map(bodies)).flat_map(read);
    if let Some(code) = codes.find_map(|reading| reading.unknown_code()) {
        return find(&code).err();
    }
    // Only a negative number or a code can be reserved. To look for its neighbours takes long, so that not every word is asked.
    let may_be_reserved = |word: &&str| {
        word.starts_with(|c: char| c == '-' || c.is_ascii_alphabetic()) && word.contains(|c: char| c.is_ascii_digit())
    };
    let words = words(text).flat_map(|word| word.split(':')).filter(may_be_reserved).take(MOST_WORDS);
    let mut unknown = words.filter_map(|word| find(word).err());
    unknown.find(|unknown| unknown.reserved().is_some() || unknown.number_range().is_some())
}

impl Answer {
    /// Returns the record that is meant; none where that is not certain.
    pub(crate) fn record(&self) -> Option<&'static Record> {
        self.records.first().copied().filter(|_| !self.is_ambiguous)
    }

    fn has_records_of(&self, other: &Self) -> bool {
        self.records.len() == other.records.len()
            && self.records.iter().zip(&other.records).all(|(own, other)| std::ptr::eq(*own, *other))
    }

    /// Adds what to use in the place of a code that is deprecated.
    fn with_state(mut self) -> Self {
        if let Some(record) = self.record()
            && let (Some(version), Some(successor)) = (record.deprecated_since, record.superseded_by)
        {
            self.notes.push(format!("{} is deprecated since {version}; {successor} takes its place", record.code));
        }
        self
    }
}

/// Answers a code, a name, an alias or a number in any spelling, with or without its system.
fn by_name(text: &str) -> Option<Answer> {
    let mut records: Vec<&'static Record> = find_all(text).collect();
    let number: Option<i64> = text.parse().ok();
    records.extend(number.into_iter().flat_map(by_number));
    let records = each_once(records);
    let first = *records.first()?;
    let likeness = |record| Likeness::of(text, record);
    let is_first_likelier = records.get(1).is_none_or(|second| likeness(first) < likeness(second));
    // A bare number means what the specification says of it, if it says something.
    let is_specified = number.and_then(specification_code).is_some_and(|code| !code.record().is_deprecated());
    let is_ambiguous = !is_specified && !is_first_likelier;
    let mut notes = Vec::new();
    if likeness(first) == Likeness::Alias && !is_ambiguous {
        notes.push(format!("{text:?} is another name of {}", first.code));
    }
    notes.extend(number.and_then(note_on_number));
    Some(Answer { query: text.to_owned(), records, is_ambiguous, notes }.with_state())
}

/// By what a record is found, from the likeliest to the least likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Code,
    Name,
    Alias,
    Number,
}

impl Likeness {
    fn of(text: &str, record: &Record) -> Self {
        let spelling = |text: &str| -> String {
            let is_letter = |c: &char| !matches!(c, '-' | '_') && !c.is_whitespace();
            text.chars().filter(is_letter).flat_map(char::to_lowercase).collect()
        };
        let text = spelling(text.split_once(':').map_or(text, |(_, text)| text));
        match () {
            () if spelling(record.code) == text => Self::Code,
            () if spelling(record.name) == text => Self::Name,
            () if record.aliases.iter().any(|alias| spelling(alias) == text) => Self::Alias,
            () => Self::Number,
        }
    }
}

/// Says what a number means to the specification, where the records do not say it themselves.
fn note_on_number(number: i64) -> Option<String> {
    match (specification_code(number), NumberRange::of(number)) {
        (Some(code), _) => code.record().deprecated_since.map(|version| {
            format!(
                "the MCP specification retired {number} with protocol {version}: receivers still accept it, and nobody may \
                 use it for anything else"
            )
        }),
        (None, range @ NumberRange::Legacy) => {
            Some(format!("{number} lies in {range}: that depends on who sent it"))
        }
        _ => None,
    }
}

/// Answers the errors of a body, or of an entry of a log.
fn by_body(text: &str) -> Vec<Answer> {
    let errors = reading::read(Decoder::new(), text).map(|readings| readings.errors).unwrap_or_default();
    errors.iter().filter_map(by_error).collect()
}

fn by_error(reading: &Reading) -> Option<Answer> {
    let message = reading.error.message();
    let note = format!("read as: {}; message: {message:?}", reading.form);
    if let Some(record) = reading.record() {
        let query = reading.error.code_text().into_owned();
        return Some(Answer { query, records: vec![record], is_ambiguous: false, notes: vec![note] }.with_state());
    }
    if let Some((number, _)) = reading.unknown_number() {
        let records = each_once(reading.candidates());
        let is_ambiguous = records.len() > 1;
        let notes = [Some(note), note_on_number(number)].into_iter().flatten().collect();
        let answer = Answer { query: number.to_string(), records, is_ambiguous, notes };
        return Some(answer).filter(|answer| !answer.records.is_empty());
    }
    by_codes(&message).into_iter().next().or_else(|| by_message(&message))
}

/// Answers a line: an entry of a log, a response within other text, the codes that it names, or a bare message.
fn by_line(line: &str) -> Vec<Answer> {
    let readings = bodies(line).map(by_body);
    let found = readings.chain(std::iter::once_with(|| by_codes(line))).find(|found| !found.is_empty());
    found.unwrap_or_else(|| by_message(line).into_iter().collect())
}

/// Returns what of a line may be a body: the line, and the object within it.
fn bodies(line: &str) -> impl Iterator<Item = &str> {
    let object = line.find('{').zip(line.rfind('}')).and_then(|(start, end)| line.get(start..=end));
    [Some(line), object].into_iter().flatten()
}

/// Tells whether a code stands in a text, which [`answers`] would find.
pub(crate) fn has_code(text: &str) -> bool {
    words(text).any(|word| !codes(word).is_empty())
}

/// Answers the codes that stand in a text, to the letter; those that hold a digit also in lower case.
fn by_codes(text: &str) -> Vec<Answer> {
    words(text).flat_map(codes).filter_map(|code| by_name(&code)).collect()
}

/// Splits a text where no code goes on. A system and its code are one word.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':');
    text.split(move |c| !is_part(c)).map(|word| word.trim_matches(':')).filter(|word| !word.is_empty())
}

/// Returns the code that a word is, or the codes between its colons: `code:FS-001` has a label, and no system.
fn codes(word: &str) -> Vec<String> {
    let known = |word: &str| {
        let upper = word.contains(|c: char| c.is_ascii_digit()).then(|| word.to_ascii_uppercase());
        [Some(word.to_owned()), upper].into_iter().flatten().find(|word| Code::lookup(word).is_some())
    };
    known(word).map_or_else(|| word.split(':').filter_map(known).collect(), |code| vec![code])
}

/// Answers a bare message, also behind a label such as `Error: `.
fn by_message(text: &str) -> Option<Answer> {
    if text.len() > LONGEST_MESSAGE {
        return None;
    }
    let behind = text.match_indices(": ").map(|(at, colon)| &text[at + colon.len()..]).take(MOST_LABELS);
    let matches = std::iter::once(text).chain(behind).map(|message| (message, match_message(message)));
    let (message, found) = matches.into_iter().find(|(_, found)| !found.is_empty())?;
    let literal =
        |found: &MessageMatch<'_>| message.len() - found.params.iter().map(|(_, value)| value.len()).sum::<usize>();
    let records = each_once(found.iter().map(|found| found.record).collect());
    // The template that says the most of the message itself is the likeliest.
    let is_ambiguous = records.len() > 1 && literal(&found[1]) >= literal(&found[0]);
    let mut notes = Vec::new();
    if !is_ambiguous {
        notes.extend(found[0].scenario.map(|case| format!("this is the message of the scenario {:?}", case.title)));
        notes.extend(found[0].params.iter().map(|(name, value)| format!("`{name}` is {value:?}")));
    }
    Some(Answer { query: message.to_owned(), records, is_ambiguous, notes }.with_state())
}

/// So many words of a text without an answer are looked at for one that is reserved.
const MOST_WORDS: usize = 200;
/// A longer line is not the message of an error.
const LONGEST_MESSAGE: usize = 2_000;
/// A message stands behind so many labels at the most: `app: Error: File not found: a.txt` has two.
const MOST_LABELS: usize = 4;

fn each_once(records: Vec<&'static Record>) -> Vec<&'static Record> {
    let mut once: Vec<&'static Record> = Vec::new();
    for record in records {
        if !once.iter().any(|known| std::ptr::eq(*known, record)) {
            once.push(record);
        }
    }
    once
}
