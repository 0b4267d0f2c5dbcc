//! Finds the codes that a text means: a code, a name, a number, a message, a log line or a response.

use mcp_error_codes::wire::Decoder;
use mcp_error_codes::{
    Code, MessageMatch, NumberRange, Record, UnknownCode, by_number, find, find_all, match_message, specification_code,
};

use crate::reading::{self, Reading, number_note};

/// The answer to a query.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The query, or the part of it that names the code.
    pub(crate) query: String,
    /// Every record that the query may mean, the likeliest first. There is at least one.
    pub(crate) records: Vec<&'static Record>,
    /// Whether it is unclear which of several records is meant.
    pub(crate) is_ambiguous: bool,
    /// Remarks on the query.
    pub(crate) notes: Vec<String>,
}

/// Returns the meanings of a text: of a code, name, alias or number; otherwise of a response or a batch; otherwise, line by line,
/// of a log entry, a line that contains a response or codes, or a message. Each code is answered once.
///
/// # Errors
/// [`UnknownCode`] if the text is none of these: for the code of a body or a reserved code in the text, or else for the text.
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

/// Finds the unknown code in a longer text: the code of a body, or a word in a reserved range.
fn unknown_within(text: &str) -> Option<UnknownCode> {
    let read = |body| reading::read(Decoder::new(), body).map(|readings| readings.errors).unwrap_or_default();
    let mut codes = std::iter::once(text).chain(text.lines().flat_map(bodies)).flat_map(read);
    if let Some(code) = codes.find_map(|reading| reading.unknown_code()) {
        return find(&code).err();
    }
    // Only a negative number or a code can be reserved. Looking for similar codes is slow, so other words are skipped.
    let may_be_reserved = |word: &&str| {
        word.starts_with(|c: char| c == '-' || c.is_ascii_alphabetic()) && word.contains(|c: char| c.is_ascii_digit())
    };
    let words = words(text).flat_map(|word| word.split(':')).filter(may_be_reserved).take(MAX_WORDS);
    let mut unknown = words.filter_map(|word| find(word).err());
    unknown.find(|unknown| unknown.reserved().is_some() || unknown.number_range().is_some())
}

impl Answer {
    /// Returns the record that is meant, or `None` if that is unclear.
    pub(crate) fn record(&self) -> Option<&'static Record> {
        self.records.first().copied().filter(|_| !self.is_ambiguous)
    }

    fn has_records_of(&self, other: &Self) -> bool {
        self.records.len() == other.records.len()
            && self.records.iter().zip(&other.records).all(|(own, other)| std::ptr::eq(*own, *other))
    }

    /// Adds the successor of a deprecated code.
    fn with_state(mut self) -> Self {
        if let Some(record) = self.record()
            && let (Some(version), Some(successor)) = (record.deprecated_since, record.superseded_by)
        {
            self.notes.push(format!("{} is deprecated since {version}; use {successor} instead", record.code));
        }
        self
    }
}

/// Finds a code, a name, an alias or a number in any spelling, with or without its system.
fn by_name(text: &str) -> Option<Answer> {
    let mut records: Vec<&'static Record> = find_all(text).collect();
    let number: Option<i64> = text.parse().ok();
    records.extend(number.into_iter().flat_map(by_number));
    let records = each_once(records);
    let first = *records.first()?;
    let likeness = |record| Likeness::of(text, record);
    let is_first_likelier = records.get(1).is_none_or(|second| likeness(first) < likeness(second));
    // A number without a system means what the specification assigns to it.
    let is_specified = number.and_then(specification_code).is_some_and(|code| !code.record().is_deprecated());
    let is_ambiguous = !is_specified && !is_first_likelier;
    let mut notes = Vec::new();
    if likeness(first) == Likeness::Alias && !is_ambiguous {
        notes.push(format!("{text:?} is an alias of {}", first.code));
    }
    notes.extend(number.and_then(note_on_number));
    Some(Answer { query: text.to_owned(), records, is_ambiguous, notes }.with_state())
}

/// What matched in a record, from the likeliest to the least likely.
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

/// Returns what the specification says about a number, if the records do not say it.
fn note_on_number(number: i64) -> Option<String> {
    match (specification_code(number), NumberRange::of(number)) {
        (Some(code), _) => code.record().deprecated_since.map(|version| {
            format!(
                "the MCP specification retired {number} with protocol {version}: receivers still accept it, and it must not be \
                 used for anything else"
            )
        }),
        (None, range @ NumberRange::Legacy) => Some(number_note(number, range)),
        _ => None,
    }
}

/// Finds the errors of a body or of a log entry.
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

/// Finds what a line contains: a log entry, a response within other text, codes or a message.
fn by_line(line: &str) -> Vec<Answer> {
    let readings = bodies(line).map(by_body);
    let found = readings.chain(std::iter::once_with(|| by_codes(line))).find(|found| !found.is_empty());
    found.unwrap_or_else(|| by_message(line).into_iter().collect())
}

/// Returns the parts of a line that may be a body: the line and the object within it.
fn bodies(line: &str) -> impl Iterator<Item = &str> {
    let object = line.find('{').zip(line.rfind('}')).and_then(|(start, end)| line.get(start..=end));
    [Some(line), object].into_iter().flatten()
}

/// Returns whether [`answers`] finds a code in a text.
pub(crate) fn has_code(text: &str) -> bool {
    words(text).any(|word| !codes(word).is_empty())
}

/// Finds the codes in a text in their exact spelling; codes with a digit also in lower case.
fn by_codes(text: &str) -> Vec<Answer> {
    words(text).flat_map(codes).filter_map(|code| by_name(&code)).collect()
}

/// Splits a text into words that may be codes. A system and its code are one word.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':');
    text.split(move |c| !is_part(c)).map(|word| word.trim_matches(':')).filter(|word| !word.is_empty())
}

/// Returns the word if it is a code, otherwise the codes between its colons: in `code:FS-001`, `code` is a label.
fn codes(word: &str) -> Vec<String> {
    let known = |word: &str| {
        let upper = word.contains(|c: char| c.is_ascii_digit()).then(|| word.to_ascii_uppercase());
        [Some(word.to_owned()), upper].into_iter().flatten().find(|word| Code::lookup(word).is_some())
    };
    known(word).map_or_else(|| word.split(':').filter_map(known).collect(), |code| vec![code])
}

/// Finds a message, also after a label such as `Error: `.
fn by_message(text: &str) -> Option<Answer> {
    if text.len() > MAX_MESSAGE_BYTES {
        return None;
    }
    let after_labels = text.match_indices(": ").map(|(at, colon)| &text[at + colon.len()..]).take(MAX_LABELS);
    let matches = std::iter::once(text).chain(after_labels).map(|message| (message, match_message(message)));
    let (message, found) = matches.into_iter().find(|(_, found)| !found.is_empty())?;
    let literal =
        |found: &MessageMatch<'_>| message.len() - found.params.iter().map(|(_, value)| value.len()).sum::<usize>();
    let records = each_once(found.iter().map(|found| found.record).collect());
    // The likeliest template is the one with the most literal text.
    let is_ambiguous = records.len() > 1 && literal(&found[1]) >= literal(&found[0]);
    let mut notes = Vec::new();
    if !is_ambiguous {
        notes.extend(found[0].scenario.map(|case| format!("this is the message of the scenario {:?}", case.title)));
        notes.extend(found[0].params.iter().map(|(name, value)| format!("`{name}` is {value:?}")));
    }
    Some(Answer { query: message.to_owned(), records, is_ambiguous, notes }.with_state())
}

/// The most words of a text that are searched for a reserved code.
const MAX_WORDS: usize = 200;
/// The longest line that may be the message of an error.
const MAX_MESSAGE_BYTES: usize = 2_000;
/// The most labels in front of a message: `app: Error: File not found: a.txt` has two.
const MAX_LABELS: usize = 4;

fn each_once(records: Vec<&'static Record>) -> Vec<&'static Record> {
    let mut once: Vec<&'static Record> = Vec::new();
    for record in records {
        if !once.iter().any(|known| std::ptr::eq(*known, record)) {
            once.push(record);
        }
    }
    once
}
