use mcp_error_codes_core::Record;

/// Words of titles that messages of any program contain.
const COMMON: [&str; 12] =
    ["error", "failed", "failure", "code", "with", "that", "this", "from", "your", "server", "request", "again"];
/// Starts of words that report a failure. The title of a ticket rarely has one.
const OF_FAILURE: [&str; 16] = [
    "not",
    "no",
    "cannot",
    "can't",
    "denied",
    "fail",
    "invalid",
    "missing",
    "exceed",
    "outside",
    "unable",
    "error",
    "refused",
    "forbidden",
    "too",
    "timed",
];
/// The minimum length of a word that counts.
const MIN_WORD: usize = 3;

/// Returns whether a message says what the title of a code says: it contains all of its words, or half of them and a word that reports a
/// failure.
#[inline]
pub(crate) fn says_title(message: &str, record: &Record) -> bool {
    let (mut all, mut found) = (0, 0);
    for word in words(record.title) {
        all += 1;
        found += usize::from(has_word(message, word));
    }
    found > 0 && (found == all || (found * 2 >= all && reports_failure(message)))
}

/// Returns whether a message contains every word of a code's title, or the name of its kind and one word of the title. The code is then
/// right, whoever wrote the message.
#[inline]
pub(crate) fn says_all_of(message: &str, record: &Record) -> bool {
    let (mut all, mut found) = (0, 0);
    for word in words(record.title) {
        all += 1;
        found += usize::from(has_word(message, word));
    }
    let has_kind = || has_word(message, record.kind.as_str());
    found > 0 && (found == all || has_kind())
}

#[inline]
fn reports_failure(message: &str) -> bool {
    let is_of_failure = |word: &str| {
        OF_FAILURE.iter().any(|own| match own.len() {
            4.. => word.get(..own.len()).is_some_and(|start| start.eq_ignore_ascii_case(own)),
            _ => word.eq_ignore_ascii_case(own),
        })
    };
    message.split(|c: char| !(c.is_alphanumeric() || c == '\'')).any(is_of_failure)
}

/// Returns whether a message has any telling word in common with a code.
#[inline]
pub(crate) fn has_word_of(message: &str, record: &Record) -> bool {
    let texts = [record.title, record.message.unwrap_or_default(), record.hint, record.kind.as_str()];
    let is_telling =
        |word: &&str| word.len() > MIN_WORD && !COMMON.iter().any(|common| word.eq_ignore_ascii_case(common));
    texts.into_iter().flat_map(words).filter(is_telling).any(|word| has_word(message, word))
}

/// Returns whether a title only spells the code: `Not Found` for `NOT_FOUND`.
#[inline]
pub(crate) fn spells(title: &str, code: &str) -> bool {
    #[inline]
    fn letters(text: &str) -> impl Iterator<Item = u8> + '_ {
        text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
    }
    letters(title).eq(letters(code))
}

#[inline]
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= MIN_WORD)
}

/// Returns whether a text contains a word, in any case. A final `s` does not matter.
#[inline]
fn has_word(text: &str, word: &str) -> bool {
    let stem = |word: &'_ str| word.len() - usize::from(word.len() > MIN_WORD && word.ends_with(['s', 'S']));
    words(text).any(|own| own[..stem(own)].eq_ignore_ascii_case(&word[..stem(word)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filesystem;

    #[test]
    fn a_title_is_said_in_other_words() {
        let not_found = filesystem::FILE_NOT_FOUND.record();
        assert!(says_title("the file was not there", not_found));
        assert!(!says_title("Redesign the file upload", not_found));
        assert!(!says_title("Found a file in the attic", not_found));
        assert!(has_word_of("no such files", not_found));
        assert!(!has_word_of("Customer asks for a quote", not_found));
    }

    #[test]
    fn a_title_may_spell_its_code() {
        assert!(spells("Not Found", "NOT_FOUND"));
        assert!(!spells("File Not Found", "FS-001"));
    }
}
