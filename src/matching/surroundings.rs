use core::ops::Range;

/// The text that a message is part of.
///
/// Programs of all kinds write `Package not found: numpy` or `context deadline exceeded`. What decides whether such a message is an
/// error of MCP is the text around it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Surroundings<'a> {
    /// The text that the ranges of hits refer to.
    pub(crate) text: &'a str,
    /// Where the line starts in it, after the prefix of a log.
    pub(crate) start: usize,
    /// Whether the text, or the text that contains it, is about MCP.
    pub(crate) is_of_mcp: bool,
}

/// Names of MCP, of its methods and transports, and the sentences by which SDKs wrap an error.
const NAMES: [&str; 14] = [
    "mcp",
    "modelcontextprotocol",
    "model context protocol",
    "tools/call",
    "tools/list",
    "resources/read",
    "prompts/get",
    "streamable http",
    "sse error",
    "request failed (remote)",
    "tool call failed",
    "executing tool",
    "calling tool",
    "error occurred invoking",
];
/// Words of the protocol and of its SDKs. A message that contains one says by itself that it is about MCP or about something like it.
const NOTIONS: [&str; 13] = [
    "json-rpc",
    "jsonrpc",
    "tool",
    "session-id",
    "protocol version",
    "elicitation",
    "sampling",
    "sse",
    "posting to endpoint",
    "expect initialize",
    "transport send",
    "client must accept",
    "input validation error",
];
/// The maximum number of words in a label such as `Error`, `bash` or `Caused by`.
const LABEL: usize = 2;

/// Returns whether a text names MCP.
pub(crate) fn names_mcp(text: &str) -> bool {
    contains_any(text, &NAMES)
}

/// Returns whether a text contains a word of the protocol.
pub(crate) fn has_notion(text: &str) -> bool {
    names_mcp(text) || contains_any(text, &NOTIONS)
}

impl Surroundings<'_> {
    /// Returns whether a message is all that there is, except for an HTTP status before it.
    pub(crate) fn are_empty(&self, message: &Range<usize>) -> bool {
        let before = self.text.get(..message.start).unwrap_or_default().trim();
        let after = self.text.get(message.end..).unwrap_or_default().trim();
        let is_status = || before.strip_prefix("HTTP ").is_some_and(|rest| rest.len() == "404:".len());
        after.is_empty() && (before.is_empty() || is_status())
    }

    /// Returns whether nothing in the line before a message is a sentence: only labels such as `app: Error: `.
    ///
    /// A sentence says what failed, and the message is only a part of that. `Error response from daemon: no such thing` is of
    /// Docker.
    pub(crate) fn are_labels(&self, message: &Range<usize>) -> bool {
        let before = self.text.get(self.start..message.start).unwrap_or_default();
        let words = |piece: &str| {
            piece.split_ascii_whitespace().filter(|word| word.bytes().any(|byte| byte.is_ascii_alphabetic())).count()
        };
        before.split([':', '\n']).all(|piece| words(piece) <= LABEL) || has_notion(before)
    }
}

/// Returns whether a text contains one of several words, which are in small letters, in any case.
fn contains_any(text: &str, words: &[&str]) -> bool {
    let bytes = text.as_bytes();
    // Two bytes tell almost every place apart.
    let starts_with = |at: usize, word: &str| {
        let word = word.as_bytes();
        bytes[at + 1].to_ascii_lowercase() == word[1]
            && bytes.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
    };
    (0..bytes.len().saturating_sub(1)).any(|at| {
        let first = bytes[at].to_ascii_lowercase();
        matches!(first, b'a'..=b'z') && words.iter().any(|word| word.as_bytes()[0] == first && starts_with(at, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_no_sentences() {
        let are_labels = |text: &str, message: &str| {
            let start = text.find(message).expect("the message is in the text");
            Surroundings { text, start: 0, is_of_mcp: false }.are_labels(&(start..text.len()))
        };
        assert!(are_labels("app: Error: File not found: a", "File"));
        assert!(are_labels("bash: line 1: uvx: command not found", "uvx"));
        assert!(are_labels("Error executing tool read: File not found: a", "File"));
        assert!(!are_labels("Error response from daemon: no route", "no route"));
    }

    #[test]
    fn a_text_may_name_mcp_in_any_case() {
        assert!(
            names_mcp("io.ModelContextProtocol.x") && names_mcp("calling \"tools/call\": x") && names_mcp("McpError")
        );
        assert!(!names_mcp("the server closed the connection") && !names_mcp("mc"));
    }
}
