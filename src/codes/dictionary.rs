//! The spellings of a registry, for suggestions.

use alloc::vec;
use alloc::vec::Vec;

use mcp_error_codes_core::index::SpellingIndex;
use mcp_error_codes_core::{__spelling, Record};

use crate::codes::extension::Extension;

/// The maximum length of a string that gets suggestions.
pub(crate) const MAX_COMPARED: usize = 80;

/// The maximum number of mistakes in a string that gets suggestions.
pub(crate) const MAX_DISTANCE: usize = 4;

/// The maximum number of words returned for one distance.
const MAX_FOUND: usize = 6;

/// The spellings of a registry's codes, names and aliases, sorted, so that those with the same prefix are compared together.
pub(crate) struct Dictionary {
    /// The spellings, one after another, in any order.
    text: Vec<u8>,
    words: Vec<Word>,
    /// How many of the first bytes of each word are those of the word before.
    shared: Vec<u8>,
    /// The length of each word.
    lengths: Vec<u8>,
}

struct Word {
    start: usize,
    record: &'static Record,
}

/// How many words are skipped with one look, if none of them has the right length or beginning.
const BLOCK: usize = 32;

/// The distances of one prefix of a word from each prefix of the text. The distance from the first `n` bytes is at `n + 1`, between
/// two places that are too far.
type Row = [u8; MAX_COMPARED + 3];

/// A distance that is greater than any other.
const FAR: u8 = 200;

/// A search for the words at one distance.
pub(crate) struct Search<'a> {
    wanted: &'a [u8],
    distance: usize,
    /// The number of prefixes that may still be compared.
    work: &'a mut usize,
    /// The row of each prefix of the current word, that of the empty prefix first.
    rows: Vec<Row>,
}

impl Dictionary {
    #[inline]
    fn of(records: &'static [Record], extensions: &'static [Extension], spellings: &'static [SpellingIndex]) -> Self {
        let mut text = Vec::new();
        let mut words: Vec<(usize, usize, usize, &'static Record)> = Vec::new();
        let mut add = |spelt: &str, record: &'static Record| {
            let start = text.len();
            text.extend(__spelling(spelt));
            if text.len() - start > MAX_COMPARED + MAX_DISTANCE {
                text.truncate(start);
            } else {
                words.push((place(spellings, &text[start..]), start, text.len(), record));
            }
        };
        for record in records {
            core::iter::once(&record.code)
                .chain([&record.name])
                .chain(record.aliases)
                .for_each(|text| add(text, record));
        }
        for extension in extensions {
            extension.aliases.iter().for_each(|alias| add(alias, extension.record));
        }
        // The sort is stable: of records with the same spelling, the earlier one comes first.
        words.sort_by_key(|word| word.0);
        words.dedup_by(|a, b| a.0 == b.0 && core::ptr::eq(a.3, b.3));
        let mut before: &[u8] = &[];
        let (mut shared, mut lengths) = (Vec::new(), Vec::new());
        for (_, start, end, _) in &words {
            let spelling = &text[*start..*end];
            shared.push(before.iter().zip(spelling).take_while(|(a, b)| a == b).count() as u8);
            lengths.push(spelling.len() as u8);
            before = spelling;
        }
        let words = words.into_iter().map(|(_, start, _, record)| Word { start, record }).collect();
        Self { text, words, shared, lengths }
    }

    /// Adds the words at the distance that the search looks for, in the order of their spellings.
    #[inline]
    pub(crate) fn near(
        &self,
        search: &mut Search<'_>,
        is_wanted: &impl Fn(&Record) -> bool,
        near: &mut Vec<(Vec<u8>, &'static Record)>,
    ) {
        let (wanted, distance) = (search.wanted.len(), search.distance);
        let fits = |length: u8| usize::from(length).abs_diff(wanted) <= distance;
        let mut found = 0;
        // The lengths of the prefix whose rows are known and of the prefix that is too far away.
        let (mut known, mut too_far) = (0, usize::MAX);
        search.start();
        let blocks = self.words.chunks(BLOCK).zip(self.shared.chunks(BLOCK)).zip(self.lengths.chunks(BLOCK));
        for ((words, shared), lengths) in blocks {
            let fewest = usize::from(shared.iter().copied().fold(u8::MAX, u8::min));
            if fewest >= too_far {
                continue;
            }
            if !lengths.iter().fold(false, |any, length| any | fits(*length)) {
                (known, too_far) = (known.min(fewest), usize::MAX);
                continue;
            }
            for ((word, shared), length) in words.iter().zip(shared).zip(lengths) {
                let shared = usize::from(*shared);
                if shared >= too_far {
                    continue;
                }
                (known, too_far) = (known.min(shared), usize::MAX);
                if !fits(*length) {
                    continue;
                }
                let Some(bytes) = self.text.get(word.start..word.start + usize::from(*length)) else { continue };
                while known < bytes.len() {
                    if *search.work == 0 {
                        return;
                    }
                    *search.work -= 1;
                    let nearest = search.row(bytes, known);
                    known += 1;
                    if nearest > distance {
                        too_far = known;
                        break;
                    }
                }
                let is_near = too_far == usize::MAX && search.last(bytes.len()) == distance;
                if is_near && is_wanted(word.record) {
                    let place = near.partition_point(|(known, _)| known.as_slice() <= bytes);
                    near.insert(place, (bytes.to_vec(), word.record));
                    found += 1;
                    // The results are sorted by spelling, so later words would be cut off anyway. A record may have several
                    // spellings.
                    if found == MAX_FOUND {
                        return;
                    }
                }
            }
        }
    }
}

/// Returns the place of a spelling among those of a registry in order. The generator has sorted them, and numbers are faster to sort.
#[inline]
fn place(spellings: &[SpellingIndex], spelling: &[u8]) -> usize {
    let numbers = spellings.iter().map(|index| index.texts.find_bytes(spelling));
    let found = numbers.enumerate().find_map(|(at, number)| Some((at << 16) + usize::from(number?)));
    found.unwrap_or(usize::MAX)
}

impl<'a> Search<'a> {
    #[inline]
    pub(crate) fn new(wanted: &'a [u8], distance: usize, work: &'a mut usize) -> Self {
        Self { wanted, distance, work, rows: vec![[FAR; MAX_COMPARED + 3]; wanted.len() + distance + 1] }
    }

    /// Sets the row of the empty prefix.
    #[inline]
    fn start(&mut self) {
        let cells = self.rows.first_mut().into_iter().flatten().skip(1).take(self.wanted.len() + 1);
        cells.zip(0..).for_each(|(cell, distance)| *cell = distance);
    }

    /// Computes the row for the next byte of a word. Only cells near the diagonal can be within the distance. Returns
    /// the smallest distance in the row.
    #[inline]
    fn row(&mut self, word: &[u8], length: usize) -> usize {
        let (done, rest) = self.rows.split_at_mut(length + 1);
        let ([before @ .., last], [row, ..]) = (done, rest) else { return usize::from(FAR) };
        let (from, to) =
            ((length + 1).saturating_sub(self.distance), (length + 1 + self.distance).min(self.wanted.len()));
        let byte = word[length];
        // Two letters that are swapped end here.
        let swapped = before.last().map(|before| (before, word[length - 1]));
        let mut left = if from == 0 { length as u8 + 1 } else { FAR };
        row[from.max(1)] = left;
        let mut smallest = left;
        for at in from.max(1)..=to {
            let wanted = self.wanted[at - 1];
            let mut fewest = (last[at] + u8::from(byte != wanted)).min(last[at + 1] + 1).min(left + 1);
            if let Some((before, previous)) = swapped
                && previous == wanted
                && at > 1
                && byte == self.wanted[at - 2]
            {
                fewest = fewest.min(before[at - 1] + 1);
            }
            left = fewest.min(FAR);
            row[at + 1] = left;
            smallest = smallest.min(left);
        }
        row[to + 2] = FAR;
        usize::from(smallest)
    }

    /// Returns the distance of the whole text from a word of this length.
    #[inline]
    fn last(&self, length: usize) -> usize {
        self.rows.get(length).map_or(usize::MAX, |row| usize::from(row[self.wanted.len() + 1]))
    }
}

#[cfg(feature = "std")]
pub(crate) use kept::Kept;
#[cfg(not(feature = "std"))]
pub(crate) use made::Kept;

#[cfg(feature = "std")]
mod kept {
    use once_cell::sync::OnceCell;

    use mcp_error_codes_core::Record;
    use mcp_error_codes_core::index::SpellingIndex;

    use super::Dictionary;
    use crate::codes::extension::Extension;

    /// The dictionary of a registry, built when the first unknown text is looked up.
    pub(crate) struct Kept(OnceCell<Dictionary>);

    impl Kept {
        #[inline]
        pub(crate) const fn new() -> Self {
            Self(OnceCell::new())
        }

        #[inline]
        pub(crate) fn of(
            &'static self,
            records: &'static [Record],
            extensions: &'static [Extension],
            spellings: &'static [SpellingIndex],
        ) -> &'static Dictionary {
            self.0.get_or_init(|| Dictionary::of(records, extensions, spellings))
        }
    }
}

/// Without the feature `std`, a dictionary is built for each unknown text.
#[cfg(not(feature = "std"))]
mod made {
    use alloc::boxed::Box;

    use mcp_error_codes_core::Record;
    use mcp_error_codes_core::index::SpellingIndex;

    use super::Dictionary;
    use crate::codes::extension::Extension;

    pub(crate) struct Kept(());

    impl Kept {
        #[inline]
        pub(crate) const fn new() -> Self {
            Self(())
        }

        #[inline]
        pub(crate) fn of(
            &'static self,
            records: &'static [Record],
            extensions: &'static [Extension],
            spellings: &'static [SpellingIndex],
        ) -> Box<Dictionary> {
            Box::new(Dictionary::of(records, extensions, spellings))
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::boxed::Box;
    use alloc::string::String;

    use super::*;
    use crate::codes::spelling::Spelling;

    /// Returns the dictionary of spellings, each of another record.
    fn dictionary(spellings: &[&str]) -> Dictionary {
        let extension = |(record, text): (&'static Record, &&str)| {
            let alias: &'static str = String::from(*text).leak();
            Extension::__new(record, Box::leak(Box::new([alias])), None, &[], &[])
        };
        let extensions: Vec<_> = crate::REGISTRY.records().iter().zip(spellings).map(extension).collect();
        Dictionary::of(&[], extensions.leak(), &[])
    }

    fn is_found(dictionary: &Dictionary, wanted: &str, distance: usize, work: &mut usize) -> bool {
        let (wanted, mut found) = (Spelling::new(wanted), Vec::new());
        dictionary.near(&mut Search::new(wanted.as_bytes(), distance, work), &|_| true, &mut found);
        !found.is_empty()
    }

    #[test]
    fn the_longest_spelling_is_found_from_the_longest_text_with_the_most_mistakes() {
        let long = "x".repeat(MAX_COMPARED + MAX_DISTANCE);
        let dictionary = dictionary(&[&long, &long.repeat(5)]);
        assert!(is_found(&dictionary, &long[..MAX_COMPARED], MAX_DISTANCE, &mut 1_000));
        assert!(!is_found(&dictionary, &long[..MAX_COMPARED], MAX_DISTANCE - 1, &mut 1_000));
    }

    #[test]
    fn a_search_ends_when_its_work_is_used_up() {
        let dictionary = dictionary(&["acme1", "acme2", "acme3"]);
        let mut work = 6;
        assert!(!is_found(&dictionary, "acme3", 0, &mut work));
        assert_eq!(work, 0);
        // The words have four letters in common, which are compared once.
        let mut work = 7;
        assert!(is_found(&dictionary, "acme3", 0, &mut work));
        assert_eq!(work, 0);
    }
}
