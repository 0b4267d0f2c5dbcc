//! The contestants. None is inlined, so each costs one call.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};

use mcp_error_codes::__private::TextIndex;
use mcp_error_codes::Code;
use mcp_error_codes_build::__TextTables;

use crate::listing::{with_synthetic_texts, with_texts};

/// Returns the code with this text. A text that is not in the registry does not compile.
const fn code(text: &str) -> Code {
    match Code::lookup(text) {
        Some(code) => code,
        None => panic!("the listing has a text that is not in the registry"),
    }
}

#[inline(never)]
pub(crate) fn ours(text: &str) -> Option<Code> {
    Code::lookup(text)
}

#[inline(never)]
pub(crate) fn our_number(number: i64) -> Option<Code> {
    Code::by_number(number)
}

/// The minimum cost of an exact lookup: the index is known, and the whole text is compared.
#[inline(never)]
pub(crate) fn limit<V>(text_there: &str, text: &str, answer: Option<V>) -> Option<V> {
    if text_there == text { answer } else { None }
}

/// The minimum cost of the lookup of a number.
#[inline(never)]
pub(crate) fn number_limit(there: &(i64, Code), number: i64) -> Option<Code> {
    if there.0 == number { Some(there.1) } else { None }
}

/// Our lookup in tables that were created at run time. It loads values that are constants in generated code.
#[inline(never)]
pub(crate) fn index(index: &TextIndex, text: &str) -> Option<u16> {
    index.find(text)
}

/// Returns the tables of our lookup for these texts.
pub(crate) fn text_index(texts: &[(&str, u16)]) -> TextIndex {
    __TextTables::new(texts).into_index()
}

#[inline(never)]
pub(crate) fn hash_map<K: Eq + Hash, V: Copy, S: BuildHasher>(map: &HashMap<K, V, S>, key: K) -> Option<V> {
    map.get(&key).copied()
}

#[inline(never)]
pub(crate) fn phf_text<V: Copy>(map: &phf::Map<&'static str, V>, text: &str) -> Option<V> {
    map.get(text).copied()
}

#[inline(never)]
pub(crate) fn phf_number<V: Copy>(map: &phf::Map<i64, V>, number: i64) -> Option<V> {
    map.get(&number).copied()
}

/// Returns the map that `phf_map!` or `phf_codegen` would generate.
pub(crate) fn phf_map<K: phf::PhfHash + Copy, V: Copy>(entries: &[(K, V)]) -> phf::Map<K, V> {
    let keys: Vec<K> = entries.iter().map(|(key, _)| *key).collect();
    let state = phf_generator::generate_hash(&keys);
    let ordered: Vec<(K, V)> = state.map.iter().map(|&place| entries[place]).collect();
    phf::Map { key: state.key, disps: Vec::leak(state.disps), entries: Vec::leak(ordered) }
}

macro_rules! compile_lookups {
    ($($text:literal)*) => {
        #[inline(never)]
        pub(crate) fn hashify(text: &str) -> Option<Code> {
            hashify::map! { text.as_bytes(), Code, $($text => const { code($text) }),* }.copied()
        }

        #[inline(never)]
        pub(crate) fn match_text(text: &str) -> Option<Code> {
            match text {
                $($text => Some(const { code($text) }),)*
                _ => None,
            }
        }
    };
}

with_texts!(compile_lookups);

/// Returns the index of a synthetic text, which is in its last three digits.
const fn place(text: &str) -> u16 {
    let text = text.as_bytes();
    let mut place = 0;
    let mut at = text.len() - 3;
    while at < text.len() {
        place = place * 10 + (text[at] - b'0') as u16;
        at += 1;
    }
    place
}

macro_rules! compile_synthetic_lookup {
    ($($text:literal)*) => {
        #[inline(never)]
        pub(crate) fn hashify_synthetic(text: &str) -> Option<u16> {
            hashify::map! { text.as_bytes(), u16, $($text => const { place($text) }),* }.copied()
        }
    };
}

with_synthetic_texts!(compile_synthetic_lookup);
