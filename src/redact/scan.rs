//! One scan for everything that can announce a secret.
//!
//! Every prefix of a shape and every stem of a name begins with some four bytes. A set of those, by hash, tells at each
//! place of a text whether any begins there, at the cost of a multiplication and a look into 16 KiB. A chain of the shapes
//! that begin with the same two bytes then says which.

use super::shape::Shape;
use super::shapes::SHAPES;
use super::stems::{Begins, STEMS};

/// The bits of the set, by two hashes. The second is looked at where the first has a bit.
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
    // The numbers that the token of a bot of Discord begins with, three digits at a time, in base64.
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

/// Returns the hashes of four bytes. Letters of either case fall together.
const fn hashes(gram: u32) -> [usize; 2] {
    let product = (gram | 0x2020_2020).wrapping_mul(0x9E37_79B1);
    [(product >> 15) as usize, (product.wrapping_mul(0x85EB_CA6B) >> 15) as usize]
}

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
        _ => panic!("a prefix has two bytes at the least"),
    }
}

/// Adds three bytes and each that can follow.
const fn add_followed(grams: &mut Grams, shape: &Shape, [a, b, c]: [u8; 3]) {
    let mut fourth = b'!';
    while fourth < 127 {
        if shape.can_follow(fourth) {
            add(grams, [a, b, c, fourth]);
        }
        fourth += 1;
    }
}

/// Adds the beginning of a word. What is shorter than four bytes is one that no letter follows, save for capitals.
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

/// The places of a text at which a secret can be announced, in their order.
pub(super) struct Watched<'a> {
    grams: &'a Grams,
    bytes: &'a [u8],
    /// The next place to look at.
    at: usize,
    /// A bit for each place before `at` that passed the first hash, and that has not been returned. The last bit is the
    /// place before `at`.
    passed: u32,
}

impl<'a> Watched<'a> {
    /// How many places are looked at together.
    const WIDTH: usize = 8;

    pub(super) fn new(grams: &'a Grams, bytes: &'a [u8], from: usize) -> Self {
        Self { grams, bytes, at: from, passed: 0 }
    }

    fn first(&self, gram: u64) -> u32 {
        let hash = hashes(gram as u32)[0];
        (self.grams[0][hash >> 6] >> (hash & 63)) as u32 & 1
    }

    fn second(&self, at: usize) -> bool {
        let gram = self.bytes.get(at..at + 4).and_then(<[u8]>::first_chunk);
        gram.is_some_and(|gram| {
            let hash = hashes(u32::from_le_bytes(*gram))[1];
            self.grams[1][hash >> 6] >> (hash & 63) & 1 == 1
        })
    }

    /// Looks at the next places, of which few pass.
    #[inline]
    fn look(&mut self) -> bool {
        while let Some(part) = self.bytes.get(self.at..self.at + Self::WIDTH + 3).and_then(<[u8]>::first_chunk) {
            self.passed = self.look_at(part);
            self.at += Self::WIDTH;
            if self.passed != 0 {
                return true;
            }
        }
        // The last places, together with some that were looked at before.
        let ahead = self.bytes.len().saturating_sub(self.at + 3);
        if ahead > 0 && let Some(part) = self.bytes.last_chunk() {
            self.passed = self.look_at(part) >> (Self::WIDTH - ahead) << (Self::WIDTH - ahead);
            self.at += ahead;
            return true;
        }
        // A short text.
        while let Some(gram) = self.bytes.get(self.at..self.at + 4).and_then(<[u8]>::first_chunk) {
            self.at += 1;
            if self.first(u64::from(u32::from_le_bytes(*gram))) == 1 {
                self.passed = 1 << (Self::WIDTH - 1);
                return true;
            }
        }
        false
    }

    /// Returns a bit for each of the first places of a part that passes.
    #[inline]
    fn look_at(&self, part: &[u8; 11]) -> u32 {
        let (Some(low), Some(high)) = (part.first_chunk(), part.last_chunk()) else { return 0 };
        let (low, high) = (u64::from_le_bytes(*low), u64::from_le_bytes(*high));
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

/// How many chains there are.
const CHAINS: usize = 2048;

/// The end of a chain.
const NONE: u16 = u16::MAX;

/// The shapes and behind them the stems, by what they begin with: those that begin with the same four bytes are a chain, and
/// so are those of three bytes and those of two.
struct Chains {
    first: [u16; CHAINS],
    next: [u16; SHAPES.len() + STEMS.len()],
}

/// Returns the chain of what begins with some bytes, of either case.
const fn chain(word: u32) -> usize {
    ((word | 0x2020_2020).wrapping_mul(0x9E37_79B1) >> 21) as usize
}

static ENTRIES: Chains = {
    let mut chains = Chains { first: [NONE; CHAINS], next: [NONE; SHAPES.len() + STEMS.len()] };
    let mut at = chains.next.len();
    while at > 0 {
        at -= 1;
        let word = if at < SHAPES.len() { SHAPES[at].prefix } else { STEMS[at - SHAPES.len()].1 };
        let own = match word.as_bytes() {
            [a, b, c, d, ..] => u32::from_le_bytes([*a, *b, *c, *d]),
            [a, b, c] => u32::from_le_bytes([*a, *b, *c, 0xFF]),
            [a, b] => u32::from_le_bytes([*a, *b, 0xFF, 0xFF]),
            _ => panic!("a prefix has two bytes at the least"),
        };
        let own = chain(own);
        chains.next[at] = chains.first[own];
        chains.first[own] = at as u16;
    }
    chains
};

/// What is known to begin at a place.
pub(super) enum Known {
    Shape(&'static Shape),
    Stem(Begins),
}

/// Returns what is known to begin at a place: the longer beginnings first, and then in the order of the tables.
pub(super) fn known_at(bytes: &[u8], at: usize) -> impl Iterator<Item = Known> {
    let rest = &bytes[at..];
    let gram = match rest {
        [a, b, c, d, ..] => u32::from_le_bytes([*a, *b, *c, *d]),
        _ => u32::MAX,
    };
    let mut chains = [0xFFFF_0000, 0xFF00_0000, 0].into_iter().rev().map(move |filled| ENTRIES.first[chain(gram | filled)]);
    let mut next = NONE;
    let entries = std::iter::from_fn(move || {
        while next == NONE {
            next = chains.next()?;
        }
        let own = usize::from(next);
        next = ENTRIES.next[own];
        Some(own)
    });
    entries.filter_map(move |own| match SHAPES.get(own) {
        Some(shape) => begins_with(rest, shape.prefix.as_bytes()).then_some(Known::Shape(shape)),
        None => {
            let (begins, stem) = STEMS[own - SHAPES.len()];
            begins_with_stem(rest, stem.as_bytes()).then_some(Known::Stem(begins))
        }
    })
}

/// Returns whether a text begins with a short word.
#[inline]
fn begins_with(rest: &[u8], word: &[u8]) -> bool {
    rest.len() >= word.len() && rest.iter().zip(word).all(|(own, other)| own == other)
}

/// Returns whether a text begins with a stem, of either case. No letter follows a stem of three letters.
#[inline]
fn begins_with_stem(rest: &[u8], stem: &[u8]) -> bool {
    let is_same = rest.len() >= stem.len() && rest.iter().zip(stem).all(|(own, other)| own.eq_ignore_ascii_case(other));
    let is_cut = stem.len() == 3
        && stem[0].is_ascii_alphabetic()
        && rest.get(2..4).is_some_and(|own| own.iter().all(u8::is_ascii_alphabetic));
    is_same && !is_cut
}
