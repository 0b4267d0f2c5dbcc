//! The codes with a spelling like that of an unknown text.

use alloc::string::String;
use alloc::vec::Vec;

use mcp_error_codes_core::{__spelling, Record};

use crate::Registry;
use crate::codes::find::UnknownCode;
use crate::codes::registries::{extended, registries};
use crate::codes::spelling::Spelling;

/// The length of the longest text for which codes are suggested.
const MAX_COMPARED: usize = 80;

/// A text with more mistakes is another text.
const MAX_DISTANCE: usize = 4;

/// How many prefixes of spellings are compared at most. The nearest spellings are searched first, so they are found in any case.
const MAX_WORK: usize = 1_500;

/// Finds the codes with the most similar spelling, by the number of letters to change, add, drop or swap, in all systems or in
/// one.
///
/// Its work does not depend on the number of codes, except for a look at each length.
pub(crate) fn suggestions(text: &str, system: Option<&str>) -> Vec<&'static Record> {
    let spelling = Spelling::new(text);
    let named = spelling.full_name().filter(|_| system.is_none());
    let (system_spelling, wanted) = named.map_or((None, spelling.as_str()), |(system, rest)| (Some(system), rest));
    let wanted = wanted.as_bytes();
    if wanted.len() < 2 || wanted.len() > MAX_COMPARED {
        return Vec::new();
    }
    let is_known =
        |name: &str| registries().flat_map(Registry::systems).any(|system| __spelling(system.name).eq(name.bytes()));
    // The name of the system may be mistyped, too.
    let of_system = system_spelling.filter(|name| is_known(name));
    let is_wanted = |record: &Record| {
        let name = record.system.name;
        system.is_none_or(|system| name == system) && of_system.is_none_or(|own| __spelling(name).eq(own.bytes()))
    };
    let mut records: Vec<&'static Record> = Vec::new();
    let mut work = MAX_WORK;
    // A text that differs only in case or separators, or in its system, has the spelling of a code.
    for distance in 0..=(wanted.len() / 4).clamp(1, MAX_DISTANCE) {
        let mut near: Vec<(String, &'static Record)> = Vec::new();
        for registry in registries() {
            let mut search = Search { wanted, distance, work: &mut work, rows: Vec::new() };
            registry.dictionary().of(registry).near(&mut search, &is_wanted, &mut near);
        }
        near.sort_by(|(a, _), (b, _)| a.cmp(b));
        for record in near.into_iter().map(|(_, record)| extended(record)) {
            if records.len() < UnknownCode::MAX_SUGGESTIONS
                && !records.iter().any(|known| core::ptr::eq(*known, record))
            {
                records.push(record);
            }
        }
        if records.len() == UnknownCode::MAX_SUGGESTIONS {
            break;
        }
    }
    records
}

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
    /// How many of the first bytes are those of the word before.
    shared: u8,
    record: &'static Record,
}

/// A search for the words at one distance.
struct Search<'a> {
    wanted: &'a [u8],
    distance: usize,
    /// How many prefixes may still be compared.
    work: &'a mut usize,
    /// The distances of each prefix of the present word from each prefix of the text.
    rows: Vec<[u8; MAX_COMPARED + 1]>,
}

impl Dictionary {
    pub(crate) fn of(registry: &'static Registry) -> Self {
        let mut texts: Vec<(Vec<u8>, &'static Record)> = Vec::new();
        let mut add = |text: &str, record: &'static Record| {
            let spelling: Vec<u8> = __spelling(text).collect();
            if spelling.len() <= MAX_COMPARED + MAX_DISTANCE {
                texts.push((spelling, record));
            }
        };
        for record in registry.records() {
            core::iter::once(&record.code)
                .chain([&record.name])
                .chain(record.aliases)
                .for_each(|text| add(text, record));
        }
        for extension in registry.extensions() {
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
            // All bytes of a character are kept or dropped together, so it is valid UTF-8.
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

    /// Adds the words at the distance of a search.
    fn near(
        &self,
        search: &mut Search<'_>,
        is_wanted: &impl Fn(&Record) -> bool,
        near: &mut Vec<(String, &'static Record)>,
    ) {
        if search.wanted.len() > self.longest + search.distance {
            return;
        }
        let mut found = 0;
        // The length of the prefix whose rows are known, and of the one that is too far.
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
                // The next words have greater spellings. A record may have several.
                if found == UnknownCode::MAX_SUGGESTIONS * 2 {
                    return;
                }
            }
        }
    }
}

impl Search<'_> {
    /// Sets the row of the empty prefix.
    fn start(&mut self) {
        let mut first = [u8::MAX; MAX_COMPARED + 1];
        for (at, cell) in first.iter_mut().enumerate() {
            *cell = at as u8;
        }
        self.rows.clear();
        self.rows.push(first);
    }

    /// Computes the row of a prefix of a word, one byte longer than the last one, near the diagonal: farther cells are beyond the
    /// distance. Returns its smallest distance.
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

    use super::Dictionary;
    use crate::Registry;

    /// The dictionary of a registry, which is made at the first unknown text.
    pub(crate) struct Kept(OnceCell<Dictionary>);

    impl Kept {
        pub(crate) const fn new() -> Self {
            Self(OnceCell::new())
        }

        pub(crate) fn of(&'static self, registry: &'static Registry) -> &'static Dictionary {
            self.0.get_or_init(|| Dictionary::of(registry))
        }
    }
}

/// Without the feature `std`, a dictionary is made for each unknown text.
#[cfg(not(feature = "std"))]
mod made {
    use alloc::boxed::Box;

    use super::Dictionary;
    use crate::Registry;

    pub(crate) struct Kept(());

    impl Kept {
        pub(crate) const fn new() -> Self {
            Self(())
        }

        pub(crate) fn of(&'static self, registry: &'static Registry) -> Box<Dictionary> {
            Box::new(Dictionary::of(registry))
        }
    }
}
