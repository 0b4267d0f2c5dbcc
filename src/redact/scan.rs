//! One scan for everything that can announce a secret.
//!
//! Each prefix of a shape and each stem of a name starts with a few known groups of four bytes. A set of their hashes
//! shows, for each position in a string, whether one of them can start there, for the cost of a multiplication and a lookup
//! in 16 KiB. An index by the same bytes then returns the entries to compare.

use super::command::{BARE, literal};
use super::shape::Shape;
use super::shapes::SHAPES;
use super::stems::{Begins, STEMS};

/// The bits of the set, by two hashes. The second hash is checked only if the first one matches.
pub(super) type Grams = [[u64; 2048]; 2];

/// The known shapes and stems, as a set.
pub(super) static GRAMS: Grams = {
    let mut grams = [[0; 2048]; 2];
    let mut at = 0;
    while at < SHAPES.len() {
        add_shape(&mut grams, &SHAPES[at]);
        at += 1;
    }
    at = 0;
    while at < STEMS.len() {
        add_word(&mut grams, STEMS[at].1.as_bytes());
        at += 1;
    }
    at = 0;
    while at < BARE.len() {
        add_word(&mut grams, literal(BARE[at]));
        at += 1;
    }
    // The number at the start of a Discord bot token, three digits at a time, in base64.
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut number = 0;
    while number < 1_000 {
        let bits = (number / 100 + 48) << 16 | (number / 10 % 10 + 48) << 8 | (number % 10 + 48);
        add(
            &mut grams,
            [letters[bits >> 18 & 63], letters[bits >> 12 & 63], letters[bits >> 6 & 63], letters[bits & 63]],
        );
        number += 1;
    }
    grams
};

/// Returns the hashes of four bytes, ignoring the case of letters.
const fn hashes(gram: u32) -> [usize; 2] {
    let product = folded(gram).wrapping_mul(FACTOR);
    [(product >> 15) as usize, (product.wrapping_mul(0x85EB_CA6B) >> 15) as usize]
}

const FACTOR: u32 = 0x9E37_79B1;

const fn add(grams: &mut Grams, gram: [u8; 4]) {
    let [first, second] = hashes(u32::from_le_bytes(gram));
    grams[0][first >> 6] |= 1 << (first & 63);
    grams[1][second >> 6] |= 1 << (second & 63);
}

const fn add_shape(grams: &mut Grams, shape: &Shape) {
    match shape.prefix.as_bytes() {
        [a, b, c, d, ..] => add(grams, [*a, *b, *c, *d]),
        [a, b, c] => add_followed(grams, shape, [*a, *b, *c]),
        [a, b] => {
            let mut third = b'!';
            while third < 127 {
                if shape.can_follow(third) {
                    add_followed(grams, shape, [*a, *b, third]);
                }
                third += 1;
            }
        }
        _ => panic!("a prefix has at least two bytes"),
    }
}

/// Adds three bytes, followed by each byte that can come next.
const fn add_followed(grams: &mut Grams, shape: &Shape, [a, b, c]: [u8; 3]) {
    let mut fourth = b'!';
    while fourth < 127 {
        if shape.can_follow(fourth) {
            add(grams, [a, b, c, fourth]);
        }
        fourth += 1;
    }
}

/// Adds the start of a word. No letter follows a word shorter than four bytes, unless it is in capitals.
pub(super) const fn add_word(grams: &mut Grams, word: &[u8]) {
    match word {
        [a, b, c, d, ..] => add(grams, [*a, *b, *c, *d]),
        [a, b, c] => {
            let mut fourth = 0_u8;
            while fourth < 128 {
                if !fourth.is_ascii_alphabetic() || !word[0].is_ascii_alphabetic() {
                    add(grams, [*a, *b, *c, fourth]);
                }
                fourth += 1;
            }
        }
        _ => {}
    }
}

/// The positions in a string at which a secret can be announced, in order.
pub(super) struct Watched<'a> {
    grams: &'a Grams,
    bytes: &'a [u8],
    /// The next position to check.
    at: usize,
    /// A bit for each position before `at` that passed the first hash and has not been returned. The last bit is the position
    /// before `at`.
    passed: u32,
}

impl<'a> Watched<'a> {
    /// The number of positions that are checked together.
    const WIDTH: usize = 8;

    pub(super) fn new(grams: &'a Grams, bytes: &'a [u8], from: usize) -> Self {
        Self { grams, bytes, at: from, passed: 0 }
    }

    /// Looks up four lower-case bytes.
    fn first(&self, gram: u64) -> u32 {
        let hash = ((gram as u32).wrapping_mul(FACTOR) >> 15) as usize;
        (self.grams[0][hash >> 6] >> (hash & 63)) as u32 & 1
    }

    fn second(&self, at: usize) -> bool {
        let gram = self.bytes.get(at..at + 4).and_then(<[u8]>::first_chunk);
        gram.is_some_and(|gram| {
            let hash = hashes(u32::from_le_bytes(*gram))[1];
            self.grams[1][hash >> 6] >> (hash & 63) & 1 == 1
        })
    }

    /// Checks the next positions, few of which pass.
    #[inline]
    fn look(&mut self) -> bool {
        while let Some(part) = self.bytes.get(self.at..self.at + Self::WIDTH + 3).and_then(<[u8]>::first_chunk) {
            self.passed = self.look_at(part);
            self.at += Self::WIDTH;
            if self.passed != 0 {
                return true;
            }
        }
        // The last positions, together with some that were already checked.
        let ahead = self.bytes.len().saturating_sub(self.at + 3);
        if ahead > 0
            && let Some(part) = self.bytes.last_chunk()
        {
            self.passed = self.look_at(part) >> (Self::WIDTH - ahead) << (Self::WIDTH - ahead);
            self.at += ahead;
            return true;
        }
        // The text is short.
        while let Some(gram) = self.bytes.get(self.at..self.at + 4).and_then(<[u8]>::first_chunk) {
            self.at += 1;
            if self.first(u64::from(folded(u32::from_le_bytes(*gram)))) == 1 {
                self.passed = 1 << (Self::WIDTH - 1);
                return true;
            }
        }
        false
    }

    /// Returns a bit for each of the first positions in a part that passes.
    #[inline]
    fn look_at(&self, part: &[u8; 11]) -> u32 {
        let (Some(low), Some(high)) = (part.first_chunk(), part.last_chunk()) else { return 0 };
        let folded = |part: [u8; 8]| u64::from_le_bytes(part) | 0x2020_2020_2020_2020;
        let (low, high) = (folded(*low), folded(*high));
        self.first(low)
            | self.first(low >> 8) << 1
            | self.first(low >> 16) << 2
            | self.first(low >> 24) << 3
            | self.first(low >> 32) << 4
            | self.first(high >> 16) << 5
            | self.first(high >> 24) << 6
            | self.first(high >> 32) << 7
    }
}

impl Iterator for Watched<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        loop {
            while self.passed != 0 {
                let at = self.at + self.passed.trailing_zeros() as usize - Self::WIDTH;
                self.passed &= self.passed - 1;
                if self.second(at) {
                    return Some(at);
                }
            }
            if !self.look() {
                return None;
            }
        }
    }
}

/// The number of groups.
const GROUPS: usize = 4096;

/// The number of shapes and stems.
const ENTRIES: usize = SHAPES.len() + STEMS.len() + BARE.len();

/// Returns the start of an entry.
const fn beginning(place: usize) -> &'static [u8] {
    if place < SHAPES.len() {
        SHAPES[place].prefix.as_bytes()
    } else if place < SHAPES.len() + STEMS.len() {
        STEMS[place - SHAPES.len()].1.as_bytes()
    } else {
        literal(BARE[place - SHAPES.len() - STEMS.len()])
    }
}

/// The shapes and the stems, grouped by the hash of their first four bytes, or of all their bytes if there are fewer.
struct Index {
    /// Where each group starts among the entries. It ends where the next one starts.
    starts: [u16; GROUPS + 1],
    /// The first eight bytes of each entry in lower case, so that most are ruled out without a look at the tables. Bytes
    /// after the end of a shorter entry are zero.
    heads: [u64; ENTRIES],
    /// The bits that the first bytes of each entry cover.
    masks: [u64; ENTRIES],
    /// The index of each entry in the tables: of a shape, or of a stem after the last shape.
    places: [u16; ENTRIES],
}

/// The bits of four bytes that a word covers: a word of four or more bytes, of three, and of two.
const MASKS: [u32; 3] = [u32::MAX, 0x00FF_FFFF, 0x0000_FFFF];

/// Sets the bit that distinguishes the two cases of a letter.
const fn folded(gram: u32) -> u32 {
    gram | 0x2020_2020
}

const fn group(head: u32) -> usize {
    (head.wrapping_mul(0x9E37_79B1) >> 20) as usize
}

/// Returns the first eight bytes of an entry in lower case, and the bits that they cover.
const fn head(place: usize) -> (u64, u64) {
    let bytes = beginning(place);
    assert!(bytes.len() >= 2, "a prefix has at least two bytes");
    let (mut head, mut mask, mut at) = (0, 0, 0);
    while at < bytes.len() && at < 8 {
        head |= (bytes[at] as u64 | 0x20) << (8 * at);
        mask |= 0xFF << (8 * at);
        at += 1;
    }
    (head, mask)
}

static INDEX: Index = {
    let mut index =
        Index { starts: [0; GROUPS + 1], heads: [0; ENTRIES], masks: [0; ENTRIES], places: [0; ENTRIES] };
    let mut place = 0;
    while place < ENTRIES {
        index.starts[group(head(place).0 as u32) + 1] += 1;
        place += 1;
    }
    let mut at = 0;
    while at < GROUPS {
        index.starts[at + 1] += index.starts[at];
        at += 1;
    }
    let mut next = index.starts;
    place = 0;
    while place < ENTRIES {
        let (head, mask) = head(place);
        let own = &mut next[group(head as u32)];
        index.heads[*own as usize] = head;
        index.masks[*own as usize] = mask;
        index.places[*own as usize] = place as u16;
        *own += 1;
        place += 1;
    }
    index
};

/// Returns the positions in the index of the entries whose first eight bytes start at a position: longer ones first, then
/// in the order of the tables.
#[inline]
fn entries(rest: &[u8]) -> impl Iterator<Item = usize> {
    let head = rest.first_chunk().copied().unwrap_or_else(|| {
        let mut head = [0; 8];
        head[..rest.len()].copy_from_slice(rest);
        head
    });
    let head = u64::from_le_bytes(head) | 0x2020_2020_2020_2020;
    MASKS.into_iter().flat_map(move |mask| {
        let own = group(head as u32 & mask);
        let entries = usize::from(INDEX.starts[own])..usize::from(INDEX.starts[own + 1]);
        entries.filter(move |entry| {
            head & INDEX.masks[*entry] == INDEX.heads[*entry] && INDEX.masks[*entry] as u32 == mask
        })
    })
}

/// Returns whether an entry may start at a position.
pub(super) fn may_begin(bytes: &[u8], at: usize) -> bool {
    entries(&bytes[at..]).next().is_some()
}

/// An entry of the tables that may start at a position.
pub(super) enum Known {
    Shape(&'static Shape),
    Stem(Begins),
    Command(&'static str),
}

/// Returns the first result for the entries that start at a position: longer ones first, then in the order of the tables.
pub(super) fn find_known<T>(bytes: &[u8], at: usize, mut find: impl FnMut(Known) -> Option<T>) -> Option<T> {
    let rest = &bytes[at..];
    entries(rest).find_map(|entry| {
        let place = usize::from(INDEX.places[entry]);
        let known = match SHAPES.get(place) {
            Some(shape) => rest.starts_with(shape.prefix.as_bytes()).then_some(Known::Shape(shape)),
            None => match STEMS.get(place - SHAPES.len()) {
                Some((begins, stem)) => begins_with_stem(rest, stem.as_bytes()).then_some(Known::Stem(*begins)),
                None => {
                    let words = BARE[place - SHAPES.len() - STEMS.len()];
                    begins_with_words(rest, words.as_bytes()).then_some(Known::Command(words))
                }
            },
        };
        known.and_then(&mut find)
    })
}

/// Returns whether a string starts with the words of a command, up to the first skipped argument.
#[inline]
fn begins_with_words(rest: &[u8], words: &[u8]) -> bool {
    let mut own = rest.iter();
    words
        .iter()
        .take_while(|byte| **byte != b'*')
        .all(|byte| own.next().is_some_and(|own| own.eq_ignore_ascii_case(byte)))
}

/// Returns whether a string starts with a stem, ignoring case. No letter follows a stem of three letters.
#[inline]
fn begins_with_stem(rest: &[u8], stem: &[u8]) -> bool {
    let is_same = rest.len() >= stem.len() && rest.iter().zip(stem).all(|(own, other)| own.eq_ignore_ascii_case(other));
    let is_cut = stem.len() == 3
        && stem[0].is_ascii_alphabetic()
        && rest.get(2..4).is_some_and(|own| own.iter().all(u8::is_ascii_alphabetic));
    is_same && !is_cut
}
