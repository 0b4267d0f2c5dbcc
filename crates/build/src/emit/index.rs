//! Creates the tables of the library's `TextIndex` and `NumberIndex`, and writes them as Rust source.
//!
//! The same keys in the same order give the same tables on every machine. The search is bounded: each table size is tried with a
//! few seeds. If no seed gives every key its own slot, keys move to the next empty slot and the index remembers how far (its
//! `reach`), which always succeeds.

use std::cmp::Reverse;
use std::fmt::{self, Display, Formatter};

use std::collections::BTreeMap;

use mcp_error_codes_core::index::{
    self, Ends, Middle, NumberIndex, NumberSlot, PackedSlots, SpellingIndex, TextIndex, TextSlot,
};

/// How many seeds are tried for each table size before the size doubles.
const SEEDS_PER_SIZE: u32 = 32;

/// How many table sizes are tried.
const SIZES: u32 = 3;

/// The average number of keys that share a shift. A larger number saves a little memory and makes full tables harder to find.
const KEYS_PER_SHIFT: usize = 2;

/// The fields of a `TextIndex`.
#[derive(Clone, Debug)]
pub struct TextTables {
    seed: u64,
    shortest: usize,
    longest: usize,
    hash_middle: bool,
    reach: usize,
    shifts: Vec<u16>,
    /// As in [`PackedSlots`].
    ends: Vec<u8>,
    slots: Vec<(u16, u16)>,
    middles: Vec<u64>,
}

impl TextTables {
    /// Creates the tables for distinct texts and their values.
    pub fn new(keys: &[(&str, u16)]) -> Self {
        Self::with_seeds(keys, SEEDS_PER_SIZE)
    }

    /// Does the same as [`new`](Self::new) with a given number of seeds. With 0, it uses the fallback.
    fn with_seeds(keys: &[(&str, u16)], seeds: u32) -> Self {
        let texts: Vec<&[u8]> = keys.iter().map(|(text, _)| text.as_bytes()).collect();
        let ends: Vec<Ends> = texts.iter().map(|text| Ends::of(text)).collect();
        let hash_middle = has_repeated(&ends);
        let layout =
            Layout::search(keys.len(), seeds, |key, seed| index::hash_text(ends[key], texts[key], seed, hash_middle));

        let (mut packed, mut slots, mut middles) = (Vec::new(), Vec::new(), Vec::new());
        for owner in &layout.owners {
            let Some(key) = *owner else {
                slots.push((TextSlot::EMPTY.length, TextSlot::EMPTY.value));
                continue;
            };
            slots.push((texts[key].len() as u16, keys[key].1));
            packed.extend(ends[key].head.to_le_bytes().into_iter().chain(ends[key].tail.to_le_bytes()));
            let mut words = Middle::of(texts[key]);
            while let Some(word) = words.next() {
                middles.push(word);
            }
        }
        Self {
            seed: layout.seed,
            shortest: texts.iter().map(|text| text.len()).min().unwrap_or(1),
            longest: texts.iter().map(|text| text.len()).max().unwrap_or(0),
            hash_middle,
            reach: layout.reach,
            shifts: layout.shifts,
            ends: packed,
            slots: if keys.is_empty() { Vec::new() } else { slots },
            middles,
        }
    }

    /// Returns the index. Its tables are never freed.
    pub fn into_index(self) -> TextIndex {
        let Self { seed, shortest, longest, hash_middle, reach, shifts, ends, slots: packed, middles } = self;
        let mut slots = vec![TextSlot::EMPTY; packed.len()];
        PackedSlots { ends: &ends, slots: &packed }.unpack(&mut slots);
        let (shifts, slots, middles) = (shifts.leak(), slots.leak(), middles.leak());
        TextIndex { seed, shortest, longest, hash_middle, reach, shifts, slots, middles }
    }
}

impl TextTables {
    /// Prints the items that contain the tables of the index with this name. The types of the library must be in scope.
    pub(crate) fn named<'t>(&'t self, name: &'t str) -> impl Display + 't {
        Named { tables: self, name }
    }
}

struct Named<'t> {
    tables: &'t TextTables,
    name: &'t str,
}

impl Display for Named<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let name = self.name;
        let TextTables { seed, shortest, longest, hash_middle, reach, shifts, ends, slots, middles } = self.tables;
        writeln!(f, "pub(super) const {name}: TextIndex = TextIndex {{")?;
        writeln!(f, "        seed: {seed:#x}, shortest: {shortest}, longest: {longest}, hash_middle: {hash_middle},")?;
        writeln!(
            f,
            "        reach: {reach}, shifts: &{name}_SHIFTS, slots: &{name}_SLOTS, middles: &{name}_MIDDLES,\n    }};"
        )?;
        writeln!(f, "    static {name}_SHIFTS: [u16; {}] = {shifts:?};", shifts.len())?;
        writeln!(f, "    static {name}_MIDDLES: [u64; {}] = {middles:?};", middles.len())?;
        writeln!(f, "    static {name}_SLOTS: [TextSlot; {}] = PackedSlots {{", slots.len())?;
        write!(f, "        ends: b\"{}\",\n        slots: &[", ends.escape_ascii())?;
        for (at, (length, value)) in slots.iter().enumerate() {
            write!(f, "({length},{value}),{}", if at % 16 == 15 { "\n" } else { "" })?;
        }
        write!(f, "],\n    }}.unpacked();")
    }
}

/// The fields of a `SpellingIndex`.
#[derive(Clone, Debug)]
pub(crate) struct SpellingTables {
    texts: TextTables,
    starts: Vec<u32>,
    records: Vec<u16>,
}

impl SpellingTables {
    /// How many spellings a table can number.
    const MAX: usize = u16::MAX as usize;

    /// Creates the tables for spellings, each with the positions of its records. Only a registry with very many spellings needs
    /// more than one table.
    pub(crate) fn new(meanings: &BTreeMap<String, Vec<u16>>) -> Vec<Self> {
        let all: Vec<_> = meanings.iter().collect();
        all.chunks(Self::MAX).map(Self::of).collect()
    }

    fn of(meanings: &[(&String, &Vec<u16>)]) -> Self {
        let keys: Vec<_> = meanings.iter().zip(0..).map(|((spelling, _), at)| (spelling.as_str(), at)).collect();
        let (mut starts, mut records) = (vec![0], Vec::new());
        for (_, own) in meanings {
            records.extend_from_slice(own);
            starts.push(records.len() as u32);
        }
        Self { texts: TextTables::new(&keys), starts, records }
    }

    /// Returns the index. Its tables are never freed.
    pub(crate) fn into_index(self) -> SpellingIndex {
        let Self { texts, starts, records } = self;
        SpellingIndex { texts: texts.into_index(), starts: starts.leak(), records: records.leak() }
    }
}

impl Display for SpellingTables {
    /// Prints the items that contain the tables. The types of the library must be in scope.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { texts, starts, records } = self;
        writeln!(f, "{}", texts.named("TEXTS"))?;
        writeln!(f, "    static STARTS: [u32; {}] = {starts:?};", starts.len())?;
        writeln!(f, "    static MEANT: [u16; {}] = {records:?};", records.len())?;
        write!(f, "    pub(in super::super) const INDEX: SpellingIndex = ")?;
        write!(f, "SpellingIndex {{ texts: TEXTS, starts: &STARTS, records: &MEANT }};")
    }
}

/// The fields of a `NumberIndex`.
#[derive(Clone, Debug)]
pub(crate) struct NumberTables {
    seed: u64,
    reach: usize,
    shifts: Vec<u16>,
    slots: Vec<NumberSlot>,
}

impl NumberTables {
    /// Creates the tables for distinct numbers and their values.
    pub(crate) fn new(numbers: &[(i64, u16)]) -> Self {
        Self::with_seeds(numbers, SEEDS_PER_SIZE)
    }

    /// Does the same as [`new`](Self::new) with a given number of seeds. With 0, it uses the fallback.
    fn with_seeds(numbers: &[(i64, u16)], seeds: u32) -> Self {
        let layout = Layout::search(numbers.len(), seeds, |key, seed| index::hash_number(numbers[key].0, seed));
        let entries: Vec<NumberSlot> =
            numbers.iter().zip(0..).map(|(&(number, value), place)| NumberSlot { number, value, place }).collect();
        let slots = layout.fill(&entries);
        Self { seed: layout.seed, reach: layout.reach, shifts: layout.shifts, slots }
    }

    /// Returns the index. Its tables are never freed.
    pub(crate) fn into_index(self) -> NumberIndex {
        let Self { seed, reach, shifts, slots } = self;
        NumberIndex { seed, reach, shifts: shifts.leak(), slots: slots.leak() }
    }
}

impl Display for NumberTables {
    /// Prints the items that contain the tables. The types of the library must be in scope.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { seed, reach, shifts, slots } = self;
        writeln!(f, "pub(super) const NUMBERS: NumberIndex = NumberIndex {{")?;
        writeln!(f, "        seed: {seed:#x}, reach: {reach}, shifts: &NUMBER_SHIFTS, slots: &NUMBER_SLOTS,\n    }};")?;
        writeln!(f, "    static NUMBER_SHIFTS: [u16; {}] = {shifts:?};", shifts.len())?;
        writeln!(f, "    static NUMBER_SLOTS: [NumberSlot; {}] = NumberSlot::unpacked([", slots.len())?;
        for NumberSlot { number, value, place } in slots {
            writeln!(f, "({number},{value},{place}),")?;
        }
        write!(f, "    ]);")
    }
}

/// The slot of each key.
struct Layout {
    seed: u64,
    reach: usize,
    shifts: Vec<u16>,
    owners: Vec<Option<usize>>,
}

impl Layout {
    /// Finds a layout for keys 0 to `count`. The function returns the hash of a key for a seed.
    fn search(count: usize, seeds: u32, hash: impl Fn(usize, u64) -> u128) -> Self {
        let hashes = |seed| (0..count).map(|key| hash(key, seed)).collect::<Vec<_>>();
        let mut random = 0;
        let mut slots = count.next_power_of_two();
        for _ in 0..SIZES {
            for _ in 0..seeds {
                let seed = next_seed(&mut random);
                if let Some(layout) = Self::perfect(seed, slots, &hashes(seed)) {
                    return layout;
                }
            }
            slots *= 2;
        }
        let seed = next_seed(&mut random);
        Self::probing(&mut random, slots, &hashes(seed), seed)
    }

    /// Tries to give each key its own slot. Groups of keys that share a shift are placed from the largest to the smallest, each
    /// with the first shift that puts all of its keys into empty slots.
    fn perfect(seed: u64, slots: usize, hashes: &[u128]) -> Option<Self> {
        let count = shift_count(hashes.len());
        let mut groups = vec![Vec::new(); count];
        for (key, &hash) in hashes.iter().enumerate() {
            groups[index::which_shift(hash, count)].push(key);
        }
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|&group| Reverse(groups[group].len()));

        let mut shifts = vec![0; count];
        let mut owners = vec![None; slots];
        let mut vacant = Vacant::new(slots);
        for group in order {
            let slot = |key: usize, shift: u16| (index::unshifted_slot(hashes[key]) + usize::from(shift)) & (slots - 1);
            let keys = &groups[group];
            let mut wanted: Vec<usize> = keys.iter().map(|&key| slot(key, 0)).collect();
            wanted.sort_unstable();
            if wanted.windows(2).any(|pair| pair[0] == pair[1]) {
                return None;
            }
            let highest = u16::try_from(slots - 1).unwrap_or(u16::MAX);
            let Some((&first, others)) = keys.split_first() else { continue };
            let mut shift = vacant.shift_of(slot(first, 0), 0, highest)?;
            while !others.iter().all(|&key| owners[slot(key, shift)].is_none()) {
                shift = vacant.shift_of(slot(first, 0), shift.checked_add(1)?, highest)?;
            }
            shifts[group] = shift;
            for &key in keys {
                owners[slot(key, shift)] = Some(key);
                vacant.take(slot(key, shift));
            }
        }
        Some(Self { seed, reach: 0, shifts, owners })
    }

    /// Gives each group a random shift, and each key the next empty slot.
    fn probing(random: &mut u64, slots: usize, hashes: &[u128], seed: u64) -> Self {
        let shifts: Vec<u16> = (0..shift_count(hashes.len())).map(|_| (next_seed(random) >> 32) as u16).collect();
        let mut owners = vec![None; slots];
        let mut reach = 0;
        for (key, &hash) in hashes.iter().enumerate() {
            let first = index::first_slot(hash, &shifts);
            let mut step = 0;
            while owners[(first + step) & (slots - 1)].is_some() {
                step += 1;
            }
            owners[(first + step) & (slots - 1)] = Some(key);
            reach = reach.max(step);
        }
        Self { seed, reach, shifts, owners }
    }

    /// Returns the slots for the numbers. An empty slot repeats the first one, which is never found there.
    fn fill<T: Copy>(&self, entries: &[T]) -> Vec<T> {
        let Some(first) = entries.first() else {
            return Vec::new();
        };
        self.owners.iter().map(|owner| owner.map_or(*first, |key| entries[key])).collect()
    }
}

/// The empty slots. Each slot points to the next empty one, or to one close to it, so a nearly full table is almost as fast to fill
/// as an empty one.
struct Vacant(Vec<usize>);

impl Vacant {
    /// Creates the list with every slot empty. There is no slot after the last one.
    fn new(slots: usize) -> Self {
        Self((0..=slots).collect())
    }

    fn take(&mut self, slot: usize) {
        self.0[slot] = slot + 1;
    }

    /// Returns the first shift, starting from a given one, that moves a slot to an empty one.
    fn shift_of(&mut self, slot: usize, from: u16, highest: u16) -> Option<u16> {
        let slots = self.0.len() - 1;
        let start = (slot + usize::from(from)) & (slots - 1);
        let steps = match self.next(start) {
            end if end == slots => slots - start + self.next(0),
            vacant => vacant - start,
        };
        u16::try_from(usize::from(from) + steps).ok().filter(|shift| *shift <= highest)
    }

    /// Returns the first empty slot, starting from a given one.
    fn next(&mut self, mut slot: usize) -> usize {
        while self.0[slot] != slot {
            let after = self.0[slot];
            self.0[slot] = self.0[after];
            slot = after;
        }
        slot
    }
}

/// Returns the number of shifts of a table.
fn shift_count(keys: usize) -> usize {
    (keys / KEYS_PER_SHIFT).next_power_of_two().max(2)
}

/// Returns whether two keys are the same.
fn has_repeated<T: Ord + Copy>(keys: &[T]) -> bool {
    let mut order = keys.to_vec();
    order.sort_unstable();
    order.windows(2).any(|pair| pair[0] == pair[1])
}

/// Returns the next number of the SplitMix64 sequence, made odd because an even factor would lose a bit.
fn next_seed(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) | 1
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use mcp_error_codes_core::index::NumberIndex;

    use super::*;

    /// Checks that every key is found and that similar texts are not, in a perfect table and in the fallback.
    fn every_key_is_found_and_no_other_text(keys: &[String]) {
        let pairs: Vec<_> = keys.iter().map(String::as_str).zip(0..).collect();
        let known: HashMap<_, _> = pairs.iter().copied().collect();
        for seeds in [SEEDS_PER_SIZE, 0] {
            let tables = TextTables::with_seeds(&pairs, seeds);
            assert!(tables.reach == 0 || seeds == 0, "{} keys have no perfect table", keys.len());
            let index = tables.into_index();
            let check = |text: &str| assert_eq!(index.find(text), known.get(text).copied(), "{text:?}");
            keys.iter().for_each(|key| check(key));
            // Only about two thousand keys are checked with similar texts.
            for key in keys.iter().step_by(1 + keys.len() / 2000) {
                near_misses(key).iter().for_each(|text| check(text));
            }
            ["", "\0", "\0\0\0\0", "?", &"E".repeat(1_000_000)].into_iter().for_each(check);
        }
    }

    /// Returns texts that differ from a key by a removed, added, repeated or changed character.
    fn near_misses(key: &str) -> Vec<String> {
        let mut misses = vec![key.to_owned() + key, key.to_lowercase(), format!("{key}\0"), format!("\0{key}")];
        for (at, c) in key.char_indices() {
            let (front, back) = key.split_at(at);
            let behind = &back[c.len_utf8()..];
            misses.extend([front.to_owned(), back.to_owned(), format!("{front}x{back}"), format!("{front}{behind}")]);
            let flipped = |bit: u32| char::from_u32(u32::from(c) ^ (1 << bit)).unwrap_or('?');
            misses.extend((0..7).map(|bit| format!("{front}{}{behind}", flipped(bit))));
        }
        misses
    }

    #[test]
    fn texts_of_every_length_are_found() {
        let lists: [&[&str]; 8] = [
            &[],
            &[""],
            &["", "a"],
            &["a", "b", "ab", "ba", "aa", "aab", "aaa", "é", "a\0", "\0", "\0\0", "\0\0\0", "\0\0\0\0"],
            &["E001", "E01", "E1", "FS-001", "NX-MCP-010", "-32602", "NOT_FOUND", "PACKAGE_NOT_FOUND"],
            &["READ_A_FAILURE_1", "READ_B_FAILURE_1", "READ_AB_FAILURE", "DATABASE_READ_A_FAILURE_1", "READ_A_FAILURE"],
            &["Fehler-ä", "エラー", "エラー-001", "エラー-002", "🔥"],
            &["SAME_HEAD_1_SAME_TAIL", "SAME_HEAD_2_SAME_TAIL", "SAME_HEAD_12_SAME_TAIL", "SAME_HEAD__SAME_TAIL"],
        ];
        for list in lists {
            every_key_is_found_and_no_other_text(&list.iter().map(ToString::to_string).collect::<Vec<_>>());
        }
        every_key_is_found_and_no_other_text(
            &(1..64).map(|length| "ab".repeat(length)[..length].into()).collect::<Vec<_>>(),
        );
    }

    #[test]
    fn thousands_of_texts_are_found() {
        every_key_is_found_and_no_other_text(&(0..1000).map(|at| format!("E{at:03}")).collect::<Vec<_>>());
        every_key_is_found_and_no_other_text(
            &(0..10_000).map(|at| format!("HEAD_{at:06}_THE_TAIL")).collect::<Vec<_>>(),
        );
        every_key_is_found_and_no_other_text(&(0..65_535).map(|at| at.to_string()).collect::<Vec<_>>());
    }

    #[test]
    fn every_number_is_found_and_no_other() {
        let lists: [Vec<i64>; 7] = [
            vec![],
            vec![0],
            vec![i64::MIN, i64::MAX, 0, -1, 1],
            (0..63).map(|bits| i64::MIN >> bits).collect(),
            (0..40).map(|high| high << 48).collect(),
            (-33_008..-32_000).chain(100_000..110_000).collect(),
            (0..65_535).map(|number| number * 1000 - 7_000_000).collect(),
        ];
        for numbers in &lists {
            let pairs: Vec<(i64, u16)> = numbers.iter().copied().zip(0..).collect();
            let known: HashMap<i64, u16> = pairs.iter().copied().collect();
            for seeds in [SEEDS_PER_SIZE, 0] {
                let NumberTables { seed, reach, shifts, slots } = NumberTables::with_seeds(&pairs, seeds);
                assert!(reach == 0 || seeds == 0, "{} numbers have no perfect table", numbers.len());
                let index = NumberIndex { seed, reach, shifts: shifts.leak(), slots: slots.leak() };
                for &n in numbers {
                    for near in [n, n.wrapping_add(1), n.wrapping_sub(1), n.wrapping_neg(), n ^ 1 << 31, n ^ 1 << 63] {
                        assert_eq!(index.find(near).map(|slot| slot.value), known.get(&near).copied(), "{near}");
                    }
                }
            }
        }
    }
}
