//! One scan for everything that can announce a secret.
//!
//! Each prefix of a shape and each stem of a name starts with a few known groups of four bytes. A set of their hashes
//! shows, for each position in a string, whether one of them can start there, for the cost of a multiplication and a lookup
//! in 24 KiB. An index by the same bytes then returns the entries to compare.

use super::command::{BARE, literal};
use super::shape::{Row, Shape};
use super::shapes::{ROWS, SHAPES};
use super::stems::{Begins, STEMS};

/// A set of groups of four bytes, by two hashes.
#[derive(Clone)]
pub(super) struct Grams {
    /// A bit for each hash of a group of the set. It covers a part of the fourth byte, so that the many bytes that can follow
    /// a short word have few hashes.
    first: [u64; 1024],
    /// A bit for each hash of a group of the set. It is looked up only for a group that the first hash does not rule out.
    second: [u64; 2048],
}

/// The known shapes and stems, as a set.
pub(super) static GRAMS: Grams = {
    let mut grams = Grams { first: [0; 1024], second: [0; 2048] };
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

/// Returns the first hash of four bytes, ignoring the case of letters. Eight of them are computed with the same instructions.
#[inline]
const fn first_hash(low: u16, high: u16) -> u16 {
    (low | 0x2020).wrapping_mul(0x9E35) ^ ((high | 0x2020) & 0x58FF).wrapping_mul(0x79B1)
}

/// Returns the second hash of four bytes, ignoring the case of letters.
const fn second_hash(gram: [u8; 4]) -> usize {
    (folded(u32::from_le_bytes(gram)).wrapping_mul(0x91B0_86FB) >> 15) as usize
}

const fn add(grams: &mut Grams, gram: [u8; 4]) {
    let [a, b, c, d] = gram;
    let first = first_hash(u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d])) as usize;
    grams.first[first >> 6] |= 1 << (first & 63);
    let second = second_hash(gram);
    grams.second[second >> 6] |= 1 << (second & 63);
}

const fn add_shape(grams: &mut Grams, shape: &Shape) {
    match shape.prefix.as_bytes() {
        [a, b, c, d, ..] => add(grams, [*a, *b, *c, *d]),
        [a, b, c] => add_followed(grams, shape, [*a, *b, *c]),
        [a, b] => {
            let mut third = b'!';
            while third < 128 {
                if may_follow(shape, third) {
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
    while fourth < 128 {
        if may_follow(shape, fourth) {
            add(grams, [a, b, c, fourth]);
        }
        fourth += 1;
    }
}

/// Returns whether one of the bytes that have the same hash as this one can follow a shape. The other one does not have its bit for
/// case, so the compiler adds half of the groups.
const fn may_follow(shape: &Shape, byte: u8) -> bool {
    byte & 0x20 != 0 && (byte < 127 && shape.can_follow(byte) || byte >= 0x60 && shape.can_follow(byte ^ 0x20))
}

/// Adds the start of a word. No letter follows a word shorter than four bytes, unless it is in capitals.
pub(super) const fn add_word(grams: &mut Grams, word: &[u8]) {
    match word {
        [a, b, c, d, ..] => add(grams, [*a, *b, *c, *d]),
        [a, b, c] => {
            // Another wide letter may follow a wide letter.
            let last = if a.is_ascii() { 127 } else { 255 };
            let mut fourth = 0_u8;
            loop {
                if !fourth.is_ascii_alphabetic() || !a.is_ascii_alphabetic() {
                    add(grams, [*a, *b, *c, fourth]);
                }
                if fourth == last {
                    break;
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
    /// A bit for each position before `at` that the first hash does not rule out and that has not been returned. The last
    /// bit is the position before `at`.
    passed: u64,
}

/// The number of positions that are looked up together.
const WIDTH: usize = 16;

/// The number of bytes at these positions and in the groups that start there.
const PART: usize = WIDTH + 3;

impl<'a> Watched<'a> {
    pub(super) fn new(grams: &'a Grams, bytes: &'a [u8], from: usize) -> Self {
        Self { grams, bytes, at: from, passed: 0 }
    }

    /// Looks up the next positions, at most 64 of them. Returns whether there are any.
    #[inline]
    fn look(&mut self) -> bool {
        let (mut passed, mut count) = (0, 0);
        while count <= 64 - WIDTH {
            let at = self.at + count;
            let part = self.bytes.get(at..at + PART).and_then(<[u8]>::first_chunk);
            if let Some(part) = part {
                passed = passed << WIDTH | self.look_at(part);
                count += WIDTH;
                continue;
            }
            // The last positions, together with some that were looked up before.
            let ahead = self.bytes.len().saturating_sub(at + 3);
            let last = match self.bytes.last_chunk() {
                _ if ahead == 0 => break,
                Some(part) => self.look_at(part),
                None => {
                    let mut part = [0; PART];
                    part[PART - self.bytes.len()..].copy_from_slice(self.bytes);
                    self.look_at(&part)
                }
            };
            passed = passed << ahead | last & ((1 << ahead) - 1);
            count += ahead;
            break;
        }
        self.at += count;
        self.passed = passed;
        count > 0
    }

    /// Returns a bit for each of the first positions in a part that the first hash does not rule out.
    #[inline]
    fn look_at(&self, part: &[u8; PART]) -> u64 {
        let pair = |at: usize| u16::from_le_bytes([part[at], part[at + 1]]);
        let mut hashes = [0; WIDTH];
        // Eight at a time, so that each step is one instruction.
        let (even, odd) = hashes.split_at_mut(WIDTH / 2);
        for (at, own) in even.iter_mut().enumerate() {
            *own = first_hash(pair(2 * at), pair(2 * at + 2));
        }
        for (at, own) in odd.iter_mut().enumerate() {
            *own = first_hash(pair(2 * at + 1), pair(2 * at + 3));
        }
        let bit = |hash: u16| self.grams.first[usize::from(hash >> 6)] >> (hash & 63) & 1;
        let add = |passed: u64, hash: u16| 2 * passed + bit(hash);
        (0..WIDTH / 2).fold(0, |passed, at| add(add(passed, hashes[at]), hashes[WIDTH / 2 + at]))
    }

    /// Returns whether the second hash does not rule out a position either.
    fn second(&self, at: usize) -> bool {
        let gram = self.bytes.get(at..at + 4).and_then(<[u8]>::first_chunk);
        gram.is_some_and(|gram| {
            let hash = second_hash(*gram);
            self.grams.second[hash >> 6] >> (hash & 63) & 1 == 1
        })
    }
}

impl Iterator for Watched<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        loop {
            while self.passed != 0 {
                let before = self.passed.leading_zeros() as usize;
                self.passed ^= 1 << 63 >> before;
                let at = self.at + before - 64;
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
    /// The first eight bytes of each entry, so that most entries are ruled out without a look at the tables. Letters of stems are
    /// lower-case, and the bytes after the end of a shorter entry are zero.
    heads: [u64; ENTRIES],
    /// The number of these bytes.
    lengths: [u8; ENTRIES],
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

/// Returns the first eight bytes of an entry, and their number.
const fn head(place: usize) -> (u64, u8) {
    let bytes = beginning(place);
    assert!(bytes.len() >= 2, "a prefix has at least two bytes");
    let (mut head, mut at) = (0, 0);
    while at < bytes.len() && at < 8 {
        let byte = if place < SHAPES.len() { bytes[at] } else { bytes[at].to_ascii_lowercase() };
        head |= (byte as u64) << (8 * at);
        at += 1;
    }
    (head, at as u8)
}

/// Returns the group of an entry.
const fn group_of((head, length): (u64, u8)) -> usize {
    group(folded(head as u32) & mask(length) as u32)
}

/// Returns the bits of eight bytes that an entry covers.
const fn mask(length: u8) -> u64 {
    u64::MAX >> (64 - 8 * length as u32)
}

/// Returns the bits that distinguish the two cases of the letters among eight bytes.
fn cases(head: u64) -> u64 {
    u64::from_le_bytes(head.to_le_bytes().map(|byte| if byte.is_ascii_alphabetic() { 0x20 } else { 0 }))
}

static INDEX: Index = {
    let mut index = Index { starts: [0; GROUPS + 1], heads: [0; ENTRIES], lengths: [0; ENTRIES], places: [0; ENTRIES] };
    let (mut heads, mut place) = ([(0, 0); ENTRIES], 0);
    while place < ENTRIES {
        heads[place] = head(place);
        index.starts[group_of(heads[place]) + 1] += 1;
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
        let own = &mut next[group_of(heads[place])];
        (index.heads[*own as usize], index.lengths[*own as usize]) = heads[place];
        index.places[*own as usize] = place as u16;
        *own += 1;
        place += 1;
    }
    index
};

/// Calls a function with the position in the index of each entry whose first eight bytes start at a position: longer ones
/// first, then in the order of the tables. Returns the first result.
#[inline]
fn find_entry<T>(rest: &[u8], mut find: impl FnMut(usize) -> Option<T>) -> Option<T> {
    let head = rest.first_chunk().copied().unwrap_or_else(|| {
        let mut head = [0; 8];
        head[..rest.len()].copy_from_slice(rest);
        head
    });
    let head = u64::from_le_bytes(head);
    for (covered, bits) in [4, 3, 2].into_iter().zip(MASKS) {
        let own = group(folded(head as u32) & bits);
        for place in usize::from(INDEX.starts[own])..usize::from(INDEX.starts[own + 1]) {
            let (entry, length) = (INDEX.heads[place], INDEX.lengths[place]);
            let difference = (head ^ entry) & mask(length);
            if difference & !u64::from_le_bytes([0x20; 8]) == 0
                && length.min(4) == covered
                && (difference == 0 || is_stem(place) && difference & !cases(entry) == 0)
                && let Some(found) = find(place)
            {
                return Some(found);
            }
        }
    }
    None
}

/// Returns whether an entry of the index is a stem or a command, and not a shape.
fn is_stem(place: usize) -> bool {
    usize::from(INDEX.places[place]) >= SHAPES.len()
}

/// Returns whether an entry may start at a position.
pub(super) fn may_begin(bytes: &[u8], at: usize) -> bool {
    find_entry(&bytes[at..], |_| Some(())).is_some()
}

/// An entry of the tables that may start at a position.
pub(super) enum Known {
    Shape(&'static Row),
    Stem(Begins),
    Command(&'static str),
}

/// Returns the first result for the entries that start at a position: longer ones first, then in the order of the tables.
pub(super) fn find_known<T>(bytes: &[u8], at: usize, mut find: impl FnMut(Known) -> Option<T>) -> Option<T> {
    let rest = &bytes[at..];
    find_entry(rest, |entry| {
        let place = usize::from(INDEX.places[entry]);
        let known = match ROWS.get(place) {
            Some(shape) => Some(Known::Shape(shape)),
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

/// Returns whether a string that has the first eight bytes of a stem starts with the stem, ignoring case. No letter follows a
/// stem of three letters.
#[inline]
fn begins_with_stem(rest: &[u8], stem: &[u8]) -> bool {
    let is_same = stem.len() <= 8 || rest.get(8..stem.len()).is_some_and(|own| own.eq_ignore_ascii_case(&stem[8..]));
    let is_cut = stem.len() == 3
        && stem[0].is_ascii_alphabetic()
        && rest.get(2..4).is_some_and(|own| own.iter().all(u8::is_ascii_alphabetic));
    is_same && !is_cut
}
