//! One scan for everything that can announce a secret.
//!
//! Each prefix of a shape and each stem of a name starts with a few known groups of four bytes. A set of their hashes
//! shows, for each position in a string, whether one of them can start there, for the cost of a multiplication and a lookup
//! in 24 KiB. An index by the same bytes then returns the entries to compare.

use std::sync::OnceLock;

use super::command::{BARE, literal};
use super::shape::Row;
use super::shapes::{PREFIXES, ROWS};
use super::stems::{Begins, STEMS};

/// A set of groups of four bytes, by two hashes.
#[derive(Clone)]
pub(super) struct Grams {
    /// A bit for each hash of a group of the set. It covers a part of the fourth byte, so that the many bytes that can follow
    /// a short word have few hashes.
    first: Box<[u64; 1024]>,
    /// A bit for each hash of a group of the set. It is looked up only for a group that the first hash does not rule out.
    second: Box<[u64; 2048]>,
}

impl Grams {
    /// Creates the set of all entries.
    fn new(entries: &[Entry]) -> Self {
        let mut grams = Self { first: Box::new([0; 1024]), second: Box::new([0; 2048]) };
        for entry in entries {
            match entry.known {
                Known::Shape(shape) => grams.add_shape(shape),
                known => grams.add_word(known.beginning()),
            }
        }
        // The number at the start of a Discord bot token, three digits at a time, in base64.
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for number in 0..1_000 {
            let bits = (number / 100 + 48) << 16 | (number / 10 % 10 + 48) << 8 | (number % 10 + 48);
            grams.add([18, 12, 6, 0].map(|shift| letters[bits >> shift & 63]));
        }
        grams
    }

    fn add(&mut self, gram: [u8; 4]) {
        let [a, b, c, d] = gram;
        let first = usize::from(first_hash(u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d])));
        self.first[first >> 6] |= 1 << (first & 63);
        let second = second_hash(gram);
        self.second[second >> 6] |= 1 << (second & 63);
    }

    /// Adds the prefix of a shape, followed by each byte that can come next.
    fn add_shape(&mut self, shape: &Row) {
        let next = || (b'!'..128).filter(|byte| may_follow(shape, *byte));
        match *shape.prefix(&PREFIXES) {
            [a, b, c, d, ..] => self.add([a, b, c, d]),
            [a, b, c] => next().for_each(|d| self.add([a, b, c, d])),
            [a, b] => next().for_each(|c| next().for_each(|d| self.add([a, b, c, d]))),
            _ => {}
        }
    }

    /// Adds the start of a word. No letter follows a word shorter than four bytes, unless it is in capitals.
    pub(super) fn add_word(&mut self, word: &[u8]) {
        match *word {
            [a, b, c, d, ..] => self.add([a, b, c, d]),
            [a, b, c] => {
                // Another wide letter may follow a wide letter.
                let last = if a.is_ascii() { 127 } else { 255 };
                (0..=last)
                    .filter(|d: &u8| !d.is_ascii_alphabetic() || !a.is_ascii_alphabetic())
                    .for_each(|d| self.add([a, b, c, d]));
            }
            _ => {}
        }
    }
}

/// Returns the first hash of four bytes, ignoring the case of letters. Eight of them are computed with the same instructions.
#[inline]
fn first_hash(low: u16, high: u16) -> u16 {
    (low | 0x2020).wrapping_mul(0x9E35) ^ ((high | 0x2020) & 0x58FF).wrapping_mul(0x79B1)
}

/// Returns the second hash of four bytes, ignoring the case of letters.
fn second_hash(gram: [u8; 4]) -> usize {
    (folded(u32::from_le_bytes(gram)).wrapping_mul(0x91B0_86FB) >> 15) as usize
}

/// Returns whether one of the bytes that have the same hash as this one can follow a shape. The other one does not have its bit for
/// case, so half of the groups are added.
fn may_follow(shape: &Row, byte: u8) -> bool {
    byte & 0x20 != 0 && (byte < 127 && shape.can_follow(byte) || byte >= 0x60 && shape.can_follow(byte ^ 0x20))
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

/// Something that announces a secret.
#[derive(Clone, Copy)]
pub(super) enum Known {
    Shape(&'static Row),
    Stem(Begins, &'static str),
    Command(&'static str),
}

impl Known {
    /// Returns all of them, in the order of the tables.
    fn all() -> Vec<Self> {
        let mut all: Vec<Self> = ROWS.iter().map(Self::Shape).collect();
        for (begins, stems) in STEMS {
            all.extend(stems.split('|').map(|stem| Self::Stem(*begins, stem)));
        }
        all.extend(BARE.split('|').map(Self::Command));
        all
    }

    /// Returns how it starts.
    fn beginning(self) -> &'static [u8] {
        match self {
            Self::Shape(shape) => shape.prefix(&PREFIXES),
            Self::Stem(_, stem) => stem.as_bytes(),
            Self::Command(words) => literal(words),
        }
    }
}

/// Something that announces a secret, and its first eight bytes, so that most entries are ruled out without a look at the tables.
struct Entry {
    /// The first eight bytes. Letters of stems and commands are lower-case, and the bytes after the end of a shorter entry are zero.
    head: u64,
    /// The number of these bytes.
    length: u8,
    known: Known,
}

impl Entry {
    fn new(known: Known) -> Self {
        let bytes = known.beginning();
        let length = bytes.len().min(8);
        let mut head = [0; 8];
        head[..length].copy_from_slice(&bytes[..length]);
        if !matches!(known, Known::Shape(_)) {
            head.make_ascii_lowercase();
        }
        Self { head: u64::from_le_bytes(head), length: length as u8, known }
    }

    fn group(&self) -> usize {
        group(folded(self.head as u32) & self.mask() as u32)
    }

    /// Returns the bits that the first eight bytes cover.
    fn mask(&self) -> u64 {
        u64::MAX >> (64 - 8 * u32::from(self.length))
    }
}

/// The number of groups.
const GROUPS: usize = 4096;

/// The shapes, stems and commands, grouped by the hash of their first four bytes, or of all their bytes if there are fewer.
///
/// It is created when a program redacts for the first time, because it would take more space in a program than the tables it is created
/// from.
pub(super) struct Index {
    pub(super) grams: Grams,
    /// Where each group starts among the entries. It ends where the next one starts.
    starts: Box<[u16; GROUPS + 1]>,
    entries: Vec<Entry>,
}

impl Index {
    fn new() -> Self {
        let mut entries: Vec<Entry> = Known::all().into_iter().map(Entry::new).collect();
        let grams = Grams::new(&entries);
        // Entries of one group stay in the order of the tables.
        entries.sort_by_key(Entry::group);
        let mut starts = Box::new([0; GROUPS + 1]);
        for entry in &entries {
            starts[entry.group() + 1] += 1;
        }
        for at in 1..=GROUPS {
            starts[at] += starts[at - 1];
        }
        Self { grams, starts, entries }
    }

    /// The entries whose first bytes have this hash.
    #[inline]
    fn group(&self, group: usize) -> &[Entry] {
        &self.entries[usize::from(self.starts[group])..usize::from(self.starts[group + 1])]
    }
}

static INDEX: OnceLock<Index> = OnceLock::new();

/// Returns the index of all known shapes, stems and commands.
#[inline]
pub(super) fn index() -> &'static Index {
    INDEX.get_or_init(Index::new)
}

/// The bits of four bytes that a word covers: a word of four or more bytes, of three, and of two.
const MASKS: [u32; 3] = [u32::MAX, 0x00FF_FFFF, 0x0000_FFFF];

/// Sets the bit that distinguishes the two cases of a letter.
fn folded(gram: u32) -> u32 {
    gram | 0x2020_2020
}

fn group(head: u32) -> usize {
    (head.wrapping_mul(0x9E37_79B1) >> 20) as usize
}

/// Returns the bits that distinguish the two cases of the letters among eight bytes.
fn cases(head: u64) -> u64 {
    u64::from_le_bytes(head.to_le_bytes().map(|byte| if byte.is_ascii_alphabetic() { 0x20 } else { 0 }))
}

/// Calls a function with each entry whose first eight bytes start at a position: longer ones first, then in the order of the
/// tables. Returns the first result.
#[inline]
fn find_entry<T>(rest: &[u8], mut find: impl FnMut(Known) -> Option<T>) -> Option<T> {
    let head = rest.first_chunk().copied().unwrap_or_else(|| {
        let mut head = [0; 8];
        head[..rest.len()].copy_from_slice(rest);
        head
    });
    let (index, head) = (index(), u64::from_le_bytes(head));
    for (covered, bits) in [4, 3, 2].into_iter().zip(MASKS) {
        for entry in index.group(group(folded(head as u32) & bits)) {
            let difference = (head ^ entry.head) & entry.mask();
            if difference & !u64::from_le_bytes([0x20; 8]) == 0
                && entry.length.min(4) == covered
                && (difference == 0 || !matches!(entry.known, Known::Shape(_)) && difference & !cases(entry.head) == 0)
                && let Some(found) = find(entry.known)
            {
                return Some(found);
            }
        }
    }
    None
}

/// Returns whether an entry may start at a position.
pub(super) fn may_begin(bytes: &[u8], at: usize) -> bool {
    find_entry(&bytes[at..], |_| Some(())).is_some()
}

/// Returns the first result for the entries that start at a position: longer ones first, then in the order of the tables.
pub(super) fn find_known<T>(bytes: &[u8], at: usize, mut find: impl FnMut(Known) -> Option<T>) -> Option<T> {
    let rest = &bytes[at..];
    find_entry(rest, |known| {
        let starts = match known {
            Known::Shape(_) => true,
            Known::Stem(_, stem) => begins_with_stem(rest, stem.as_bytes()),
            Known::Command(words) => begins_with_words(rest, words.as_bytes()),
        };
        starts.then(|| find(known)).flatten()
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

#[cfg(test)]
mod tests {
    use super::{BARE, Known, STEMS};

    #[test]
    fn everything_that_is_searched_for_has_at_least_two_bytes() {
        for known in Known::all() {
            let beginning = String::from_utf8_lossy(known.beginning());
            assert!(beginning.len() >= 2, "{beginning:?}");
        }
        // A missing separator would join two of them.
        let stems: usize = STEMS.iter().map(|(_, stems)| stems.split('|').count()).sum();
        assert_eq!((stems, BARE.split('|').count()), (308, 164));
    }
}
