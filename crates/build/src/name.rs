//! Converts names of the registry to Rust names.

/// Returns the name of a constant: `ScrumError` becomes `SCRUM_ERROR`, `NOT_FOUND` stays.
pub(crate) fn constant(name: &str) -> String {
    words(name).to_uppercase()
}

/// Returns the name of a function or an argument: `FILE_NOT_FOUND` becomes `file_not_found`, `agentIds` `agent_ids`.
///
/// An underscore is appended to a keyword of Rust.
pub(crate) fn function(name: &str) -> String {
    let name = words(name).to_lowercase();
    if KEYWORDS.contains(&name.as_str()) { name + "_" } else { name }
}

/// The characters of a valid name, for messages. Rust warns about two underscores in a row.
pub(crate) const IDENTIFIER: &str = "letters, digits and single underscores, a letter first";

/// Returns whether a text is a valid name of a constant, a function or a module.
pub(crate) fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.contains("__")
}

pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Inserts an underscore between a lower-case letter or a digit and an upper-case letter.
fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut previous = '_';
    for c in name.chars() {
        if c.is_ascii_uppercase() && (previous.is_ascii_lowercase() || previous.is_ascii_digit()) {
            words.push('_');
        }
        words.push(c);
        previous = c;
    }
    words
}

/// The keywords of Rust 2024, strict and reserved, in lower case.
const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];
