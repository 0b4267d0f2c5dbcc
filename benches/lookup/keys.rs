//! The keys, and their order.

use mcp_error_codes::Code;

use crate::listing::with_texts;

/// How many lookups one round has. A processor learns the order of a few thousand, which favors contestants that branch on the length
/// of a text.
const LOOKUPS: usize = 1 << 17;

/// The minimum number of strings, each with its own allocation.
const STRINGS: usize = 512;

/// One lookup: the key, its index in the list of keys, and the answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key<K, V> {
    pub(crate) key: K,
    pub(crate) place: usize,
    pub(crate) answer: Option<V>,
}

/// A text to look up and its answer.
pub(crate) type TextKey<V> = Key<&'static str, V>;

impl<V> TextKey<V> {
    /// Keeps the string in place for as long as the program runs.
    pub(crate) fn new(text: String, place: usize, answer: Option<V>) -> Self {
        Self { key: text.leak(), place, answer }
    }
}

macro_rules! list_texts {
    ($($text:literal)*) => {
        /// The texts of this crate's registry.
        pub(crate) const TEXTS: &[&str] = &[$($text),*];
    };
}

with_texts!(list_texts);

/// The numbers that this crate's registry claims, and their codes.
pub(crate) fn numbers() -> Vec<(i64, Code)> {
    let claimed = Code::all().flat_map(|code| code.record().json_rpc.iter().map(|claim| claim.number));
    let allocated = Code::all().map(|code| code.record().json_rpc_number());
    let mut numbers: Vec<i64> = claimed.chain(allocated).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().filter_map(|number| Some((number, Code::by_number(number)?))).collect()
}

/// Texts of a generated registry, with families of several lengths.
pub(crate) fn synthetic(count: usize) -> Vec<&'static str> {
    const FAMILIES: [&str; 9] =
        ["E", "AUTH-", "BILLING_", "NX-MCP-", "PAYMENT_GATEWAY_TIMEOUT_", "FS-", "-3", "ORDER.STATE.", "x"];
    let family = |number: usize| FAMILIES[(number * 7 + number / 13) % FAMILIES.len()];
    (0..count).map(|number| &*format!("{}{number:03}", family(number)).leak()).collect()
}

/// Returns a long list of lookups of these texts in random order, from strings scattered in memory.
pub(crate) fn lookups<V: Copy>(texts: &[(&str, V)]) -> Vec<TextKey<V>> {
    let copies = STRINGS.div_ceil(texts.len());
    let mut strings: Vec<TextKey<V>> = (0..copies * texts.len())
        .map(|at| {
            let place = at % texts.len();
            let (text, answer) = texts[place];
            Key::new(text.to_owned(), place, Some(answer))
        })
        .collect();
    shuffle(&mut strings);
    shuffled(&strings)
}

/// Returns a long list of these keys in random order, in which all keys are about equally frequent.
pub(crate) fn shuffled<T: Copy>(keys: &[T]) -> Vec<T> {
    let mut list: Vec<T> = keys.iter().copied().cycle().take(LOOKUPS.max(keys.len())).collect();
    shuffle(&mut list);
    list
}

/// Shuffles a list, in the same order each time.
fn shuffle<T>(list: &mut [T]) {
    let mut state = 88_172_645_463_325_252_u64;
    for end in (1..list.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        list.swap(end, (state % (end as u64 + 1)) as usize);
    }
}
