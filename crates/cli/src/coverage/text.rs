//! Sources in other languages, which are searched for whole codes.

use super::known::{Code, Known};
use super::mention::{Mentions, Use};

/// Reads a source. `is_test` says whether it is a test.
pub(super) fn read(text: &str, file: &str, is_test: bool, known: &Known, mentions: &mut Mentions) {
    let mut comment = Comment::default();
    for (line, content) in (1..).zip(text.lines()) {
        if comment.is_line(content) {
            continue;
        }
        let codes = codes_of(content, known);
        for (place, code) in &codes {
            let before = &content[..*place];
            match declared(before, content) {
                Some(name) if !is_test => {
                    mentions.add(code, Use::Declares, file, line);
                    if let Some(name) = name {
                        mentions.alias(name, code);
                    }
                }
                _ => mentions.add(code, if is_test { Use::Tests } else { Use::Raises }, file, line),
            }
        }
        for name in names(content) {
            mentions.name(name.to_owned(), if is_test { Use::Tests } else { Use::Raises }, file, line);
        }
    }
}

/// Returns whether a line is a comment, which raises nothing.
#[derive(Debug, Default)]
struct Comment {
    is_open: bool,
}

impl Comment {
    fn is_line(&mut self, line: &str) -> bool {
        let text = line.trim_start();
        if self.is_open {
            self.is_open = !text.contains("*/");
            return true;
        }
        if text.starts_with("/*") {
            self.is_open = !text.contains("*/");
            return true;
        }
        ["//", "#", "--", ";;", "* "].iter().any(|mark| text.starts_with(mark)) && !text.starts_with("#define")
    }
}

/// Returns the codes in a line with their positions.
fn codes_of(line: &str, known: &Known) -> Vec<(usize, Code)> {
    let is_inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':');
    let mut codes = Vec::new();
    let mut at = 0;
    for word in line.split_inclusive(|c| !is_inside(c)) {
        let start = at;
        at += word.len();
        let word = word.trim_end_matches(|c| !is_inside(c)).trim_end_matches(':');
        let own = word.trim_start_matches(':');
        let start = start + word.len() - own.len();
        let is_quoted =
            line[..start].ends_with(['"', '\'', '`']) && line[start + own.len()..].starts_with(['"', '\'', '`']);
        // `E001` may mean anything unless it is a whole string.
        let is_distinctive = own.contains('-') || own.contains(':');
        let code = known.of_text(own).filter(|_| is_distinctive || is_quoted).cloned();
        let number = || own.parse().ok().filter(|number| *number <= -32_000).and_then(|number| known.of_number(number));
        if let Some(code) = code.or_else(number) {
            codes.push((start, code));
        }
    }
    codes
}

/// Returns whether a line only names or describes the code, and the name that it gives the code.
fn declared(before: &str, line: &str) -> Option<Option<String>> {
    const WORDS: [&str; 10] =
        ["const", "static", "final", "let", "var", "val", "export", "public", "#define", "private"];
    let opening = before.trim_end_matches(['"', '\'', '`']);
    let after = &line[before.len()..];
    // The key of an object that describes the code: `"FS-001": {`.
    let value = after.split_once(':').map(|(_, value)| value.trim_start());
    if opening.trim().is_empty() && value.is_some_and(|value| value.starts_with(['{', '[']) || value.is_empty()) {
        return Some(None);
    }
    // `const GONE = "FS-001"`, `GONE = "FS-001"`, `#define GONE "FS-001"`
    let (left, is_define) = match (opening.trim_end().strip_suffix('='), opening.trim_start().starts_with("#define")) {
        (Some(left), _) => (left.trim_end_matches(':').trim_end(), false),
        (None, true) => (opening.trim_end(), true),
        (None, false) => return None,
    };
    let words: Vec<&str> = left
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '#')))
        .filter(|word| !word.is_empty())
        .collect();
    let is_name =
        |word: &&&str| word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_') && word.len() > 2;
    let name = words.iter().rev().find(is_name);
    let is_constant = is_define || words.len() == 1 || words.iter().any(|word| WORDS.contains(word));
    name.filter(|_| is_constant).map(|name| Some((*name).to_owned()))
}

/// Returns the upper-case names in a line, which may name constants.
fn names(line: &str) -> impl Iterator<Item = &str> {
    let is_name = |word: &&str| {
        word.len() > 2
            && word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
    };
    line.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(is_name)
}
