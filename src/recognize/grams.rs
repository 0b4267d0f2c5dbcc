use std::collections::HashMap;
use std::ops::Range;

use crate::recognize::filter::HARMLESS;

/// Finds many patterns in a string, ignoring case. A found string may differ from its pattern in the same bit of other characters, such
/// as `[` and `{`; whoever uses it compares it.
///
/// Each pattern is found by one gram: four consecutive bytes that are rare elsewhere. A set of hashes excludes almost
/// every position in a string. It fits into the CPU's first-level cache, unlike an automaton for all patterns.
#[derive(Debug)]
pub(crate) struct Grams {
    /// In lower case.
    patterns: Vec<String>,
    /// Whether there is a gram with a hash: 1 or 0.
    hashes: Box<[u8; HASHES]>,
    /// The grams, by the low bits of their hash.
    buckets: Vec<Vec<Gram>>,
    /// The patterns that are shorter than a gram, by their first byte.
    short: Vec<(u8, usize)>,
}

/// The gram of a pattern.
#[derive(Debug, Clone, Copy)]
struct Gram {
    gram: u32,
    pattern: usize,
    /// The position of the gram in the pattern.
    place: usize,
}

const LENGTH: usize = 4;
/// The number of buckets: a power of two that exceeds the number of patterns of most registries.
const BUCKETS: usize = 1 << 11;
/// The base-2 logarithm of the number of hashes. One byte for each is half of the first-level cache.
const LOG_HASHES: u32 = 14;
const HASHES: usize = 1 << LOG_HASHES;

impl Grams {
    /// Prepares the search for patterns in lower case.
    pub(crate) fn new(patterns: Vec<String>) -> Self {
        let mut grams = Self {
            patterns: Vec::new(),
            hashes: Box::new([0; HASHES]),
            buckets: vec![Vec::new(); BUCKETS],
            short: Vec::new(),
        };
        let mut frequency: HashMap<u32, usize> = HashMap::new();
        for window in HARMLESS.as_bytes().windows(LENGTH) {
            *frequency.entry(gram_of(window)).or_default() += 1;
        }
        for (at, pattern) in patterns.iter().enumerate() {
            let bytes = pattern.as_bytes();
            let windows = bytes.windows(LENGTH).map(gram_of).enumerate();
            // The rarest gram is chosen, and among equally rare ones the one that occurs in the fewest patterns.
            let rarity = |gram: u32| (frequency.get(&gram).copied().unwrap_or_default(), grams.owners(gram).count());
            let best = windows.min_by_key(|(_, gram)| rarity(*gram));
            match (best, bytes.first()) {
                (Some((place, gram)), _) => {
                    let hash = hash(gram);
                    grams.hashes[hash] = 1;
                    grams.buckets[hash % BUCKETS].push(Gram { gram, pattern: at, place });
                }
                (None, Some(first)) => grams.short.push((*first, at)),
                (None, None) => {}
            }
        }
        grams.patterns = patterns;
        grams
    }

    /// Calls a function for each occurrence of each pattern.
    pub(crate) fn find(&self, text: &[u8], mut found: impl FnMut(usize, Range<usize>)) {
        const IN_A_WORD: usize = size_of::<u64>() - LENGTH + 1;
        let mut at = 0;
        // Each word of eight bytes has five grams.
        while let Some(Ok(bytes)) = text.get(at..at + size_of::<u64>()).map(<[u8; 8]>::try_from) {
            let word = u64::from_le_bytes(bytes) | 0x2020_2020_2020_2020;
            let gram = |place: usize| {
                let [a, b, c, d, ..] = (word >> (8 * place)).to_le_bytes();
                u32::from_le_bytes([a, b, c, d])
            };
            // Few grams are those of a pattern, so all five are tried before any is compared.
            let mut hits = 0_u32;
            for place in 0..IN_A_WORD {
                hits |= u32::from(self.hashes[hash(gram(place))]) << place;
            }
            while hits != 0 {
                let place = hits.trailing_zeros() as usize;
                self.compare(text, at + place, gram(place), &mut found);
                hits &= hits - 1;
            }
            at += IN_A_WORD;
        }
        for (place, window) in text[at..].windows(LENGTH).enumerate() {
            let gram = gram_of(window);
            if self.hashes[hash(gram)] != 0 {
                self.compare(text, at + place, gram, &mut found);
            }
        }
        for (first, pattern) in &self.short {
            for at in memchr::memchr2_iter(*first, first.to_ascii_uppercase(), text) {
                self.compare_at(text, at, *pattern, &mut found);
            }
        }
    }

    /// Returns the patterns that a gram finds.
    fn owners(&self, gram: u32) -> impl Iterator<Item = &Gram> {
        self.buckets[hash(gram) % BUCKETS].iter().filter(move |own| own.gram == gram)
    }

    #[inline(never)]
    fn compare(&self, text: &[u8], at: usize, gram: u32, found: &mut impl FnMut(usize, Range<usize>)) {
        for own in self.owners(gram) {
            if let Some(start) = at.checked_sub(own.place) {
                self.compare_at(text, start, own.pattern, found);
            }
        }
    }

    fn compare_at(&self, text: &[u8], start: usize, pattern: usize, found: &mut impl FnMut(usize, Range<usize>)) {
        let bytes = self.patterns[pattern].as_bytes();
        let range = start..start + bytes.len();
        if text.get(range.clone()).is_some_and(|text| is_like(text, bytes)) {
            found(pattern, range);
        }
    }
}

/// Returns whether two strings of one length are equal except for the bit that tells capitals from small letters.
fn is_like(text: &[u8], pattern: &[u8]) -> bool {
    let (words, rest) = text.as_chunks();
    let (own_words, own_rest) = pattern.as_chunks();
    let lower = |word: &[u8; 8]| u64::from_le_bytes(*word) | 0x2020_2020_2020_2020;
    let is_equal = |(word, own)| lower(word) == lower(own);
    words.iter().zip(own_words).all(is_equal) && rest.iter().zip(own_rest).all(|(byte, own)| byte | 0x20 == own | 0x20)
}

/// Returns four bytes as a number that ignores the case of letters.
fn gram_of(window: &[u8]) -> u32 {
    match window {
        [a, b, c, d] => u32::from_le_bytes([*a, *b, *c, *d]) | 0x2020_2020,
        _ => 0,
    }
}

const fn hash(gram: u32) -> usize {
    (gram.wrapping_mul(0x9E37_79B1) >> (32 - LOG_HASHES)) as usize % HASHES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_every_pattern_is_found() {
        let patterns = ["session not found", "not found", "fs-001", "-32", "[-", "x"];
        let grams = Grams::new(patterns.into_iter().map(str::to_owned).collect());
        for text in ["Session NOT found: FS-001 [-32001] x", "-32", "x", "", "[-1", "not found not found", "é-32é"] {
            let mut found = Vec::new();
            grams.find(text.as_bytes(), |pattern, range| found.push((pattern, range)));
            found.sort_unstable_by_key(|(pattern, range)| (*pattern, range.start));
            let lower = text.to_ascii_lowercase();
            let wanted: Vec<(usize, Range<usize>)> = (patterns.iter().enumerate())
                .flat_map(|(at, pattern)| {
                    lower.match_indices(pattern).map(move |(start, own)| (at, start..start + own.len()))
                })
                .collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
