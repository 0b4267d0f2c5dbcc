//! The spellings of a registry, for suggestions.

use alloc::string::String;
use alloc::vec::Vec;

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
    text: String,
    words: Vec<Word>,
    /// The length of the longest spelling.
    longest: usize,
}

struct Word {
    start: u32,
    length: u8,
    /// The number of leading bytes shared with the previous word.
    shared: u8,
    record: &'static Record,
}

/// A search for the words at one distance.
pub(crate) struct Search<'a> {
    wanted: &'a [u8],
    distance: usize,
    /// The number of prefixes that may still be compared.
    work: &'a mut usize,
    /// The distance between each prefix of the current word and each prefix of the text.
    rows: Vec<[u8; MAX_COMPARED + 1]>,
}

impl Dictionary {
    fn of(records: &'static [Record], extensions: &'static [Extension]) -> Self {
        let mut texts: Vec<(Vec<u8>, &'static Record)> = Vec::new();
        let mut add = |text: &str, record: &'static Record| {
            let spelling: Vec<u8> = __spelling(text).collect();
            if spelling.len() <= MAX_COMPARED + MAX_DISTANCE {
                texts.push((spelling, record));
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
        texts.sort_by(|(a, _), (b, _)| a.cmp(b));
        texts.dedup_by(|(a, record), (b, other)| a == b && core::ptr::eq(*record, *other));
        let mut dictionary = Self { text: String::new(), words: Vec::new(), longest: 0 };
        let mut before: &[u8] = &[];
        for (spelling, record) in &texts {
            let shared = before.iter().zip(spelling).take_while(|(a, b)| a == b).count();
            let start = dictionary.text.len() as u32;
            // All bytes of a character are kept or dropped together, so the text is valid UTF-8.
            dictionary.text.push_str(core::str::from_utf8(spelling).unwrap_or_default());
            dictionary.words.push(Word { start, length: spelling.len() as u8, shared: shared as u8, record });
            dictionary.longest = dictionary.longest.max(spelling.len());
            before = spelling;
        }
        dictionary
    }

    fn spelling(&self, word: &Word) -> &str {
        self.text.get(word.start as usize..word.start as usize + usize::from(word.length)).unwrap_or_default()
    }

    /// Adds the words at the distance that the search looks for.
    pub(crate) fn near(
        &self,
        search: &mut Search<'_>,
        is_wanted: &impl Fn(&Record) -> bool,
        near: &mut Vec<(String, &'static Record)>,
    ) {
        if search.wanted.len() > self.longest + search.distance {
            return;
        }
        let mut found = 0;
        // The lengths of the prefix whose rows are known and of the prefix that is too far away.
        let (mut known, mut too_far) = (0, usize::MAX);
        search.start();
        for word in &self.words {
            let shared = usize::from(word.shared);
            if shared >= too_far {
                continue;
            }
            (known, too_far) = (known.min(shared), usize::MAX);
            let bytes = self.spelling(word).as_bytes();
            if bytes.len().abs_diff(search.wanted.len()) > search.distance {
                continue;
            }
            while known < bytes.len() {
                if *search.work == 0 {
                    return;
                }
                *search.work -= 1;
                let nearest = search.row(bytes, known);
                known += 1;
                if nearest > search.distance {
                    too_far = known;
                    break;
                }
            }
            let is_near = too_far == usize::MAX && search.last(bytes.len()) == search.distance;
            if is_near && is_wanted(word.record) {
                near.push((String::from(self.spelling(word)), word.record));
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

impl<'a> Search<'a> {
    pub(crate) const fn new(wanted: &'a [u8], distance: usize, work: &'a mut usize) -> Self {
        Self { wanted, distance, work, rows: Vec::new() }
    }

    /// Sets the row of the empty prefix.
    fn start(&mut self) {
        let mut first = [u8::MAX; MAX_COMPARED + 1];
        for (at, cell) in first.iter_mut().enumerate() {
            *cell = at as u8;
        }
        self.rows.clear();
        self.rows.push(first);
    }

    /// Computes the row for the next byte of a word. Only cells near the diagonal can be within the distance. Returns
    /// the smallest distance in the row.
    fn row(&mut self, word: &[u8], length: usize) -> usize {
        self.rows.truncate(length + 1);
        let far = u8::MAX - 1;
        let mut row = [far; MAX_COMPARED + 1];
        let (from, to) =
            ((length + 1).saturating_sub(self.distance), (length + 1 + self.distance).min(self.wanted.len()));
        let last = &self.rows[length];
        let mut smallest = far;
        if from == 0 {
            row[0] = (length + 1) as u8;
            smallest = row[0];
        }
        let byte = word[length];
        for at in from.max(1)..=to {
            let wanted = self.wanted[at - 1];
            let mut fewest =
                (last[at - 1] + u8::from(byte != wanted)).min(last[at].saturating_add(1)).min(row[at - 1] + 1);
            if at > 1 && length > 0 && byte == self.wanted[at - 2] && word[length - 1] == wanted {
                fewest = fewest.min(self.rows[length - 1][at - 2] + 1);
            }
            row[at] = fewest.min(far);
            smallest = smallest.min(fewest);
        }
        self.rows.push(row);
        usize::from(smallest)
    }

    /// Returns the distance of the whole text from a word of this length.
    fn last(&self, length: usize) -> usize {
        self.rows.get(length).map_or(usize::MAX, |row| usize::from(row[self.wanted.len()]))
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

    use super::Dictionary;
    use crate::codes::extension::Extension;

    /// The dictionary of a registry, built when the first unknown text is looked up.
    pub(crate) struct Kept(OnceCell<Dictionary>);

    impl Kept {
        pub(crate) const fn new() -> Self {
            Self(OnceCell::new())
        }

        pub(crate) fn of(
            &'static self,
            records: &'static [Record],
            extensions: &'static [Extension],
        ) -> &'static Dictionary {
            self.0.get_or_init(|| Dictionary::of(records, extensions))
        }
    }
}

/// Without the feature `std`, a dictionary is built for each unknown text.
#[cfg(not(feature = "std"))]
mod made {
    use alloc::boxed::Box;

    use mcp_error_codes_core::Record;

    use super::Dictionary;
    use crate::codes::extension::Extension;

    pub(crate) struct Kept(());

    impl Kept {
        pub(crate) const fn new() -> Self {
            Self(())
        }

        pub(crate) fn of(
            &'static self,
            records: &'static [Record],
            extensions: &'static [Extension],
        ) -> Box<Dictionary> {
            Box::new(Dictionary::of(records, extensions))
        }
    }
}
