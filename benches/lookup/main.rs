//! How fast is lookup, compared with alternatives and with the minimum?
//!
//! ```text
//! cargo bench --package benches --bench lookup                    the times; only their ratios carry over
//! cargo bench --package benches --bench lookup -- instructions    the instructions of one exact lookup; needs valgrind
//! ```
//!
//! The times are medians of rounds in which all contestants take turns. A slow result is not a failure.

mod instructions;
mod keys;
mod listing;
mod measure;
mod peers;

use std::collections::HashMap;

use mcp_error_codes::{Code, find};
use rustc_hash::FxHashMap;

use keys::{Key, TEXTS, TextKey};
use measure::{Contestant, compare};
use report::Target::{Faster, Nanoseconds, Within, WithinBest};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--bench"] => {
            exact_hits();
            misses();
            numbers();
            forgiving();
            large_registries();
        }
        ["instructions", "--bench"] => instructions::compare(),
        [instructions::RUN, contestant, passes] => instructions::run(contestant, passes),
        // `cargo test --benches` measures nothing.
        _ => println!("usage: cargo bench --package benches --bench lookup [-- instructions]"),
    }
}

/// What does it cost to find a code by its exact text, in random order?
fn exact_hits() {
    let targets = [Faster("phf", 5.0), Faster("hashify", 1.3), Within("limit", 1.7)];
    let question = format!("exact lookup, hits, {} texts", TEXTS.len());
    compare(&question, &hits(), &text_contestants(), &targets);
}

/// What does a miss cost, and does a long text cost more?
fn misses() {
    for (length, name) in [(0, "empty text"), (1_000, "1 KB"), (1_000_000, "1 MB")] {
        let strings: Vec<TextKey<Code>> = (0..4).map(|_| Key::new("E".repeat(length), 0, None)).collect();
        let question = format!("exact lookup, miss, {name}");
        compare(&question, &keys::shuffled(&strings), &text_contestants(), &[Nanoseconds(1.0)]);
    }
    let near: Vec<TextKey<Code>> = (TEXTS.iter().enumerate())
        .map(|(place, text)| Key::new(format!("{}?", &text[..text.len() - 1]), place, None))
        .collect();
    compare("exact lookup, miss by the last character", &keys::shuffled(&near), &text_contestants(), &[]);
}

/// What does it cost to find the code of a JSON-RPC number?
fn numbers() {
    let numbers = keys::numbers();
    let places = numbers.iter().enumerate();
    let all: Vec<Key<i64, Code>> =
        places.map(|(place, &(key, answer))| Key { key, place, answer: Some(answer) }).collect();
    let fx: FxHashMap<i64, Code> = numbers.iter().copied().collect();
    let phf = peers::phf_map(&numbers);
    let contestants = [
        Contestant::new("ours", |key: &Key<i64, Code>| peers::our_number(key.key)),
        Contestant::new("limit", |key| peers::number_limit(&numbers[key.place], key.key)),
        Contestant::new("FxHashMap", |key| peers::hash_map(&fx, key.key)),
        Contestant::new("phf", |key| peers::phf_number(&phf, key.key)),
    ];
    let question = format!("number to code, {} numbers", numbers.len());
    compare(&question, &keys::shuffled(&all), &contestants, &[Within("limit", 1.4)]);
}

/// What does `find` cost, which accepts other spellings? There is no target.
fn forgiving() {
    let records: Vec<(&str, *const mcp_error_codes::Record)> =
        TEXTS.iter().filter_map(|text| Some((*text, std::ptr::from_ref(find(text).ok()?)))).collect();
    let contestants = [
        Contestant::new("find", |key: &TextKey<_>| find(key.key).ok().map(std::ptr::from_ref)),
        Contestant::new("Code::lookup", |key| Code::lookup(key.key).map(|code| std::ptr::from_ref(code.record()))),
    ];
    compare("find, exact spelling", &keys::lookups(&records), &contestants, &[]);

    let lower: Vec<String> = records.iter().map(|(text, _)| text.to_lowercase()).collect();
    let records: Vec<_> = lower.iter().zip(&records).map(|(text, (_, record))| (text.as_str(), *record)).collect();
    compare("find, lower case", &keys::lookups(&records), &contestants[..1], &[]);
}

/// Does lookup stay fast in a registry of thousands of codes?
fn large_registries() {
    for count in [1_000, 10_000, 60_000] {
        let texts = keys::synthetic(count);
        let entries: Vec<(&str, u16)> = texts.iter().copied().zip(0..).collect();
        let index = peers::text_index(&entries);
        let fx: FxHashMap<&str, u16> = entries.iter().copied().collect();
        let phf = peers::phf_map(&entries);
        let mut contestants = vec![
            Contestant::new("ours", |key: &TextKey<u16>| peers::index(&index, key.key)),
            Contestant::new("limit", |key| peers::limit(texts[key.place], key.key, key.answer)),
            Contestant::new("FxHashMap", |key| peers::hash_map(&fx, key.key)),
            Contestant::new("phf", |key| peers::phf_text(&phf, key.key)),
        ];
        if count == 1_000 {
            contestants.push(Contestant::new("hashify", |key| peers::hashify_synthetic(key.key)));
        }
        let question = format!("exact lookup, hits, {count} texts");
        compare(&question, &keys::lookups(&entries), &contestants, &[WithinBest(1.2)]);
    }
}

/// Lookups of every text of this crate's registry.
fn hits() -> Vec<TextKey<Code>> {
    let texts: Vec<(&str, Code)> = TEXTS.iter().filter_map(|text| Some((*text, Code::lookup(text)?))).collect();
    keys::lookups(&texts)
}

/// Every way to find a code by its exact text, ours first.
fn text_contestants() -> Vec<Contestant<'static, &'static str, Code>> {
    let entries: Vec<(&'static str, Code)> =
        TEXTS.iter().filter_map(|text| Some((*text, Code::lookup(text)?))).collect();
    let fx: FxHashMap<&str, Code> = entries.iter().copied().collect();
    let std: HashMap<&str, Code> = entries.iter().copied().collect();
    let phf = peers::phf_map(&entries);
    vec![
        Contestant::new("ours", |key: &TextKey<Code>| peers::ours(key.key)),
        Contestant::new("limit", |key| peers::limit(TEXTS[key.place], key.key, key.answer)),
        Contestant::new("hashify", |key| peers::hashify(key.key)),
        Contestant::new("FxHashMap", move |key| peers::hash_map(&fx, key.key)),
        Contestant::new("match", |key| peers::match_text(key.key)),
        Contestant::new("phf", move |key| peers::phf_text(&phf, key.key)),
        Contestant::new("std HashMap", move |key| peers::hash_map(&std, key.key)),
    ]
}
