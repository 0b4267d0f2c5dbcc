//! Text that shows an error rather than reports one: a row of a table, a line of a program or of a diff, a sentence that quotes it.

use crate::recognize::line::trimmed;
use crate::recognize::log_prefix::log_prefix;

/// The maximum length of a line before and after an error, and of the text in which the header of a diff is searched for.
const MAX_LOOK: usize = 1 << 12;

/// Words that a statement or a declaration of a usual programming language starts with.
const STATEMENTS: [&str; 21] = [
    "assert", "case", "class", "const", "def", "elif", "else", "enum", "export", "fn", "func", "function", "if", "let",
    "private", "public", "raise", "return", "static", "throw", "var",
];

/// Returns whether the line of a text that contains this position is of a table, a program or a diff, or quotes an error in a sentence.
///
/// An error in it is an example, a constant or a comparison. It is not known whether it ever occurred.
pub(crate) fn is_reference(text: &str, at: usize) -> bool {
    let (before, after) = text.as_bytes().split_at(at);
    let first = before.len().saturating_sub(MAX_LOOK);
    let start = memchr::memrchr(b'\n', &before[first..]).map_or(first, |end| first + end + 1);
    let end = at + memchr::memchr(b'\n', &after[..after.len().min(MAX_LOOK)]).unwrap_or(after.len());
    if at - start >= MAX_LOOK - 3 || end - at > MAX_LOOK {
        return false;
    }
    let line = &text[trimmed(text, start..end)];
    is_row(line)
        || is_statement(line)
        || is_quoted(&text[start..at], &text[at..end])
        || (is_change(line) && is_in_diff(&text[..start]))
}

/// Returns whether a sentence goes on behind an error in backticks, or behind one in other quotes in an item of a list: a changelog or
/// a document, rather than a report of a program or of the person whom the error happened to.
fn is_quoted(before: &str, after: &str) -> bool {
    // The error may be a part of what is in backticks.
    let is_open = || memchr::memchr_iter(b'`', before.as_bytes()).count() % 2 == 1;
    let opening = memchr::memrchr(b'`', before.as_bytes()).filter(|_| is_open());
    let opening = opening.or_else(|| before.len().checked_sub(1).filter(|_| before.ends_with(['"', '\''])));
    let Some(opening) = opening else { return false };
    let quote = char::from(before.as_bytes()[opening]);
    let sentence = before[..opening].trim_start();
    let is_item = ["- ", "* ", "+ ", "> "].iter().any(|mark| sentence.starts_with(mark));
    if quote != '`' && !is_item {
        return false;
    }
    let Some((_, rest)) = after.split_once(quote) else { return false };
    let words = |text: &str| {
        let is_word =
            |word: &&str| word.trim_matches([',', '.', ')', '(']).bytes().all(|byte| byte.is_ascii_alphabetic());
        text.split_ascii_whitespace().filter(is_word).count()
    };
    let is_open = sentence.is_empty() || sentence.ends_with([' ', '(']);
    let has_words = words(sentence) > 0 && words(rest) > 0;
    let is_of_person =
        || sentence.split(|c: char| !(c.is_alphanumeric() || c == '\'')).any(|word| PERSONS.contains(&word));
    is_open && has_words && log_prefix(sentence) == 0 && !is_of_person()
}

/// Words by which people report what has happened to them.
const PERSONS: [&str; 10] = ["I", "I'm", "I've", "my", "My", "me", "we", "We", "our", "Our"];

/// Returns whether a line is a row of a table, with a border at both ends.
fn is_row(line: &str) -> bool {
    let is_border = |c: char| matches!(c, '|' | '│' | '┃' | '║');
    line.starts_with(is_border) && line.ends_with(is_border) && line.matches(is_border).count() > 2
}

/// Returns whether a line is a statement or a declaration: a word that starts one, and the punctuation of a program.
fn is_statement(line: &str) -> bool {
    let code = line.trim_start_matches(['+', '-']).trim_start();
    let word = &code[..code.bytes().take_while(u8::is_ascii_alphabetic).count()];
    let rest = &code[word.len()..];
    STATEMENTS.binary_search(&word).is_ok()
        && rest.starts_with([' ', '('])
        && rest.contains(['(', '=', '{'])
        && rest.ends_with([')', ';', '{', '}', '(', ',', ':'])
}

fn is_change(line: &str) -> bool {
    line.starts_with(['+', '-'])
}

/// Returns whether the header of a diff is among the lines before.
fn is_in_diff(before: &str) -> bool {
    let headers = ["@@ ", "diff --git ", "+++ "];
    end_of(before).lines().any(|line| headers.iter().any(|header| line.starts_with(header)))
}

/// Returns the last few kilobytes of a text.
fn end_of(text: &str) -> &str {
    let mut from = text.len().saturating_sub(MAX_LOOK);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shows(text: &str) -> bool {
        is_reference(text, text.find("-32").expect("the text has a number"))
    }

    #[test]
    fn rows_statements_and_changes_are_references() {
        assert!(shows("| -32002 | Resource not found | MCP |"));
        assert!(shows("raise McpError(ErrorData(code=-32602, message=\"Invalid cursor\"))"));
        assert!(shows("export const t = { code: -32001, message: 'Request timed out' };"));
        assert!(shows("    if (error.code === -32601) {"));
        assert!(shows("--- a/x.ts\n+++ b/x.ts\n@@ -1 +1 @@\n-    code: -32001, message: 'Request timed out',"));
    }

    #[test]
    fn what_a_program_prints_is_none() {
        assert!(!shows("MCP error -32001: Request timed out"));
        assert!(!shows("return code of the call was MCP error -32001: Request timed out"));
        assert!(!shows("  code: -32001,"));
        assert!(!shows("- MCP error -32001: Request timed out"));
        assert!(!shows("2025-01-15 14:23:45.123 | ERROR | -32001 | m | gone"));
    }

    #[test]
    fn a_sentence_that_quotes_an_error_is_one() {
        let shows = |text: &str| is_reference(text, text.find("MCP").expect("the text has an error"));
        assert!(shows("- fix: retry when the server answers `MCP error -32000: Connection closed` on start"));
        assert!(shows("The docs say that `MCP error -32001: Request timed out` means a client timeout."));
        assert!(shows("* When you see \"MCP error -32000: Connection closed\" check your PATH"));
        assert!(!shows("I get `MCP error -32000: Connection closed` when I start the server"));
        assert!(!shows("the call failed with \"MCP error -32001: Request timed out\" after 3 tries"));
        assert!(!shows("ERROR the call failed: `MCP error -32001: Request timed out` after retries"));
        assert!(!shows("server says `MCP error -32001: Request timed out`"));
        assert!(!shows("msg=\"MCP error -32001: Request timed out\" server=notes at start"));
    }

    #[test]
    fn the_words_are_sorted() {
        assert!(STATEMENTS.is_sorted());
    }
}
