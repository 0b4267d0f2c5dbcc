//! Text that shows an error rather than reports one: a row of a table, a line of a program or of a diff.

/// The maximum length of a line before and after an error, and of the text in which the header of a diff is searched for.
const MAX_LOOK: usize = 1 << 12;

/// Words that a statement or a declaration of a usual programming language starts with.
const STATEMENTS: [&str; 21] = [
    "assert", "case", "class", "const", "def", "elif", "else", "enum", "export", "fn", "func", "function", "if", "let",
    "private", "public", "raise", "return", "static", "throw", "var",
];

/// Returns whether the line of a text that contains this position is of a table, a program or a diff.
///
/// An error in it is an example, a constant or a comparison. It is not known whether it ever occurred.
pub(crate) fn is_reference(text: &str, at: usize) -> bool {
    let before = end_of(&text[..at]);
    let after = &text[at..];
    let start = at - before.rfind('\n').map_or(before.len(), |end| before.len() - end - 1);
    let end = at + memchr::memchr(b'\n', &after.as_bytes()[..after.len().min(MAX_LOOK)]).unwrap_or(after.len());
    if at - start >= MAX_LOOK - 3 || end - at > MAX_LOOK {
        return false;
    }
    let line = text[start..end].trim();
    is_row(line) || is_statement(line) || (is_change(line) && is_in_diff(&text[..start]))
}

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
    fn the_words_are_sorted() {
        assert!(STATEMENTS.is_sorted());
    }
}
