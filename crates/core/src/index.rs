//! Exact lookup of a text or a number in a generated table.
//!
//! How a text is found:
//!
//! 1. A text shorter or longer than every key is a miss at once, so a megabyte costs as little as an empty text.
//! 2. The first and the last eight bytes become two integers, its [`Ends`]. From four bytes up this
//!    is the same work for every length: a branch on the length costs more than all the rest,
//!    because keys of mixed lengths make it unpredictable.
//! 3. One multiplication hashes the ends. The hash picks a *shift*, and hash plus shift is the slot.
//!    The generator has chosen the shifts so that every key has its own slot.
//! 4. The slot is compared with the text. Up to sixteen bytes, the ends and the length are the whole
//!    text; for a longer one, the words in the middle are compared too.
//!
//! A number is found in the same way, without steps 1 and 2. The generator calls the functions
//! below, so the two sides cannot drift apart. Everything is `const` and allocates nothing.
//!
//! Declare an index as a `const` whose slices are `static`s. The compiler then folds its fields into every place that searches it,
//! in other crates too, instead of loading them one by one, and each table exists once. This is why `find` is `inline(always)`:
//! otherwise the compiler may share one copy of it between several indexes, at nearly twice the cost.

/// A text of up to this many bytes is fully described by its ends and its length.
const COVERED_BY_ENDS: usize = 16;

/// The golden ratio as an odd number: a factor that spreads small differences over a whole word.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Finds the value of a text.
#[derive(Clone, Copy, Debug)]
pub struct TextIndex {
    pub seed: u64,
    /// The length of the shortest key. Above `longest` if there are no keys.
    pub shortest: usize,
    /// The length of the longest key.
    pub longest: usize,
    /// Whether the middle is hashed too, because two long keys differ only there.
    pub hash_middle: bool,
    /// How many slots further a key may be: 0, unless the generator found no perfect table.
    pub reach: usize,
    /// Their number is a power of two, at least 2.
    pub shifts: &'static [u16],
    /// Their number is a power of two.
    pub slots: &'static [TextSlot],
    /// The middle words of the long keys, concatenated.
    pub middles: &'static [u64],
}

impl TextIndex {
    /// The index without keys.
    pub const EMPTY: Self = Self {
        seed: 1,
        shortest: 1,
        longest: 0,
        hash_middle: false,
        reach: 0,
        shifts: &[0, 0],
        slots: &[],
        middles: &[],
    };
}

/// One key and its value.
#[derive(Clone, Copy, Debug)]
pub struct TextSlot {
    pub head: u64,
    pub tail: u64,
    /// Where the middle words of this key start in [`TextIndex::middles`].
    pub middle: u32,
    pub length: u16,
    pub value: u16,
}

impl TextIndex {
    /// Returns the value of the key that is exactly `text`.
    #[inline(always)]
    pub const fn find(&self, text: &str) -> Option<u16> {
        self.find_bytes(text.as_bytes())
    }

    /// Returns the value of the key with exactly these bytes.
    #[inline(always)]
    pub const fn find_bytes(&self, text: &[u8]) -> Option<u16> {
        if text.len() < self.shortest || text.len() > self.longest {
            return None;
        }
        let ends = Ends::of(text);
        let first = first_slot(hash_text(ends, text, self.seed, self.hash_middle), self.shifts);
        let mut step = 0;
        while step <= self.reach {
            let slot = &self.slots[(first + step) & (self.slots.len() - 1)];
            if slot.has(ends) && (text.len() <= COVERED_BY_ENDS || self.has_middle(slot, text)) {
                return Some(slot.value);
            }
            step += 1;
        }
        None
    }

    /// Returns whether the middle of the key in `slot` is that of `text`, which has the same length.
    #[inline(always)]
    const fn has_middle(&self, slot: &TextSlot, text: &[u8]) -> bool {
        let (_, mut stored) = self.middles.split_at(slot.middle as usize);
        let mut middle = Middle::of(text);
        while let Some(word) = middle.next() {
            match stored.split_first() {
                Some((same, rest)) if *same == word => stored = rest,
                _ => return false,
            }
        }
        true
    }
}

/// Finds the records that a normalised spelling may mean.
#[derive(Clone, Copy, Debug)]
pub struct SpellingIndex {
    /// The spellings, each with its number.
    pub texts: TextIndex,
    /// Where the records of each spelling begin in `records`, and the end.
    pub starts: &'static [u32],
    /// The positions of the records, grouped by spelling.
    pub records: &'static [u16],
}

impl SpellingIndex {
    /// Returns the positions of the records with a spelling, the preferred one first.
    #[inline(always)]
    pub fn find(&self, spelling: &[u8]) -> Option<&'static [u16]> {
        let at = usize::from(self.texts.find_bytes(spelling)?);
        self.records.get(*self.starts.get(at)? as usize..*self.starts.get(at + 1)? as usize)
    }
}

impl TextSlot {
    /// A slot without a key. No key is as long.
    pub const EMPTY: Self = Self { head: 0, tail: 0, middle: 0, length: u16::MAX, value: 0 };

    #[inline]
    const fn has(&self, ends: Ends) -> bool {
        (self.head == ends.head) & (self.tail == ends.tail) & (self.length as usize == ends.length)
    }
}

/// Finds the value of a number.
#[derive(Clone, Copy, Debug)]
pub struct NumberIndex {
    pub seed: u64,
    /// As in [`TextIndex::reach`].
    pub reach: usize,
    /// Their number is a power of two, at least 2.
    pub shifts: &'static [u16],
    /// Empty, or of a length that is a power of two.
    pub slots: &'static [NumberSlot],
}

impl NumberIndex {
    /// The index without keys.
    pub const EMPTY: Self = Self { seed: 1, reach: 0, shifts: &[0, 0], slots: &[] };
}

/// A number, its value, and the index of its key. An empty slot repeats another one.
#[derive(Clone, Copy, Debug)]
pub struct NumberSlot {
    pub number: i64,
    pub value: u16,
    pub place: u16,
}

impl NumberSlot {
    /// Creates the slots from their parts. Generated code calls it in a `static`.
    #[must_use]
    pub const fn unpacked<const N: usize>(parts: [(i64, u16, u16); N]) -> [Self; N] {
        let mut slots = [Self { number: 0, value: 0, place: 0 }; N];
        let mut at = 0;
        while at < N {
            let (number, value, place) = parts[at];
            slots[at] = Self { number, value, place };
            at += 1;
        }
        slots
    }
}

impl NumberIndex {
    /// Returns the slot of `number`.
    #[inline(always)]
    pub const fn find(&self, number: i64) -> Option<&'static NumberSlot> {
        if self.slots.is_empty() {
            return None;
        }
        let first = first_slot(hash_number(number, self.seed), self.shifts);
        let mut step = 0;
        while step <= self.reach {
            let slot = &self.slots[(first + step) & (self.slots.len() - 1)];
            if slot.number == number {
                return Some(slot);
            }
            step += 1;
        }
        None
    }
}

/// The first and the last eight bytes of a text, and its length.
///
/// For four to seven bytes, `head` and `tail` both contain the first and the last four, which overlap. For fewer, `head`
/// contains them all. Together with the length, texts of up to sixteen bytes have unique ends.
/// The slots of a table as generated code contains them. One byte string costs a compiler far less than two large numbers for each key.
#[derive(Clone, Copy, Debug)]
pub struct PackedSlots<'a> {
    /// The heads and tails of the keys in the order of their slots, without the empty ones. Most of them are readable.
    pub ends: &'a [u8],
    /// The length and the value of the key in each slot.
    pub slots: &'a [(u16, u16)],
}

impl PackedSlots<'_> {
    /// Returns the slots of [`TextIndex::slots`]. Generated code calls it in a `static`.
    #[must_use]
    pub const fn unpacked<const N: usize>(&self) -> [TextSlot; N] {
        let mut slots = [TextSlot::EMPTY; N];
        self.unpack(&mut slots);
        slots
    }

    /// Writes the slots that are not empty. The compiler runs this for every key, so it does little.
    pub const fn unpack(&self, slots: &mut [TextSlot]) {
        let (ends, _) = self.ends.as_chunks();
        let (mut at, mut end, mut middle) = (0, 0, 0);
        while at < self.slots.len() {
            let (length, value) = self.slots[at];
            if length != TextSlot::EMPTY.length {
                let (head, tail) = (u64::from_le_bytes(ends[end]), u64::from_le_bytes(ends[end + 1]));
                slots[at] = TextSlot { head, tail, middle, length, value };
                end += 2;
                middle += Middle::count(length);
            }
            at += 1;
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ends {
    pub head: u64,
    pub tail: u64,
    pub length: usize,
}

impl Ends {
    /// Reads the ends of `text`.
    #[inline]
    pub const fn of(text: &[u8]) -> Self {
        let length = text.len();
        if length < 4 {
            return Self { head: pack(text), tail: 0, length };
        }
        // In this form, the compiler removes every bounds check.
        let near = if length < 8 { length } else { 8 };
        let (front, _) = text.split_at(near);
        let (_, back) = text.split_at(length - near);
        Self { head: pair(first_four(front), last_four(front)), tail: pair(first_four(back), last_four(text)), length }
    }
}

/// The words between the first and the last eight bytes of a text; the last of them may reach into the
/// tail. Up to sixteen bytes there are none.
#[derive(Debug)]
pub struct Middle<'a> {
    rest: &'a [u8],
}

impl<'a> Middle<'a> {
    /// Returns the middle of `text`.
    pub const fn of(text: &'a [u8]) -> Self {
        match text.split_at_checked(8) {
            Some((_, rest)) => Self { rest },
            None => Self { rest: &[] },
        }
    }

    /// Returns the number of words of a text of this length.
    pub const fn count(length: u16) -> u32 {
        if length as usize <= COVERED_BY_ENDS { 0 } else { (length as u32 - COVERED_BY_ENDS as u32).div_ceil(8) }
    }

    /// Returns the next word. This is not an `Iterator`, because constant functions cannot use one.
    #[allow(clippy::should_implement_trait)]
    pub const fn next(&mut self) -> Option<u64> {
        if self.rest.len() <= 8 {
            return None;
        }
        match self.rest.split_first_chunk() {
            Some((word, rest)) => {
                self.rest = rest;
                Some(u64::from_le_bytes(*word))
            }
            None => None,
        }
    }
}

/// Hashes a text by its ends, and optionally by its middle.
#[inline]
pub const fn hash_text(ends: Ends, text: &[u8], seed: u64, hash_middle: bool) -> u128 {
    let length = (ends.length as u64).wrapping_mul(seed);
    let mut hash = multiply(ends.head ^ seed, ends.tail ^ length);
    if hash_middle {
        let mut middle = Middle::of(text);
        while let Some(word) = middle.next() {
            hash = multiply(hash as u64 ^ (hash >> 64) as u64 ^ word, SPREAD);
        }
    }
    hash
}

/// Hashes a number.
#[inline]
pub const fn hash_number(number: i64, seed: u64) -> u128 {
    multiply(number as u64, seed)
}

/// Returns where the search for a hash begins; the lowest bits are the slot.
#[inline]
pub const fn first_slot(hash: u128, shifts: &[u16]) -> usize {
    unshifted_slot(hash).wrapping_add(shifts[which_shift(hash, shifts.len())] as usize)
}

/// Returns the slot of a hash before its shift: the upper half of the product, whose low bits depend on every bit of both factors.
#[inline]
pub const fn unshifted_slot(hash: u128) -> usize {
    (hash >> 64) as u32 as usize
}

/// Returns which of `count` shifts belongs to a hash: the top bits of its lower half. `count` is a power of two, at least 2.
#[inline]
pub const fn which_shift(hash: u128, count: usize) -> usize {
    (hash as u64 >> (u64::BITS - count.trailing_zeros())) as usize
}

/// Returns the full product. The bits around its middle depend on every bit of both factors.
#[inline]
const fn multiply(left: u64, right: u64) -> u128 {
    left as u128 * right as u128
}

#[inline]
const fn pair(low: u32, high: u32) -> u64 {
    low as u64 | (high as u64) << 32
}

#[inline]
const fn first_four(text: &[u8]) -> u32 {
    match text.first_chunk() {
        Some(bytes) => u32::from_le_bytes(*bytes),
        None => 0,
    }
}

#[inline]
const fn last_four(text: &[u8]) -> u32 {
    match text.last_chunk() {
        Some(bytes) => u32::from_le_bytes(*bytes),
        None => 0,
    }
}

/// Packs up to three bytes into one integer.
const fn pack(text: &[u8]) -> u64 {
    match text {
        [] => 0,
        [a] => *a as u64,
        [a, b, ..] => *a as u64 | (*b as u64) << 8 | (text[text.len() - 1] as u64) << 16,
    }
}
