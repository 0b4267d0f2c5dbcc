//! The words that the fuzzer puts into its inputs, drawn from the registry. `cargo xtask bless` writes `fuzz/dictionary.txt`.

// Only then the registry has its signatures.
#![cfg(feature = "recognize")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::{env, fs, io};

use mcp_error_codes::schema::Object;
use mcp_error_codes::{REGISTRY, Record};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/dictionary.txt");
/// What libFuzzer keeps of a word.
const MAX_LENGTH: usize = 64;

/// Returns the parts of a template between its placeholders.
fn literals(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').enumerate().map(|(at, part)| match part.split_once('}') {
        Some((_, literal)) if at > 0 => literal,
        _ => part,
    })
}

fn words(record: &'static Record) -> Vec<String> {
    let numbers =
        record.json_rpc.iter().map(|own| own.number).chain(record.signatures.iter().filter_map(|own| own.number));
    let templates = record.message.into_iter().chain(record.signatures.iter().filter_map(|own| own.message));
    let texts = [record.code, record.name, record.title].into_iter().chain(record.aliases.iter().copied());
    let texts = texts.chain(templates.flat_map(literals)).map(str::to_owned);
    texts.chain(numbers.map(|number| number.to_string())).collect()
}

fn drawn() -> String {
    let of_records = REGISTRY.records().iter().flat_map(words);
    let systems = REGISTRY.systems().iter().map(|system| format!("{}:", system.name));
    // The keys of a registry in TOML, which are the members of the record object too.
    let members = Object::ALL.iter().flat_map(|object| object.fields()).map(|field| format!("{} = ", field.name));
    let words: BTreeSet<String> = of_records.chain(systems).chain(members).collect();
    let mut text = "# The words of the registry, for libFuzzer. `cargo xtask bless` writes this file.\n".to_owned();
    for word in words.iter().filter(|word| (2..=MAX_LENGTH).contains(&word.len())) {
        text.push('"');
        for byte in word.bytes() {
            match byte {
                b'"' | b'\\' => text.extend(['\\', char::from(byte)]),
                b' '..=b'~' => text.push(char::from(byte)),
                _ => drop(write!(text, "\\x{byte:02x}")),
            }
        }
        text.push_str("\"\n");
    }
    text
}

#[test]
fn the_dictionary_of_the_fuzzer_has_the_words_of_the_registry() -> io::Result<()> {
    let text = drawn();
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(FILE, &text)?;
    }
    assert_eq!(fs::read_to_string(FILE)?, text, "cargo xtask bless writes it");
    assert!(text.lines().count() > 500);
    Ok(())
}
