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
static NAMES: Words<16> = Words::new([
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
    // Cursor writes this in the log of a server.
    "client error for command",
    // Visual Studio Code writes this in the log of a server, for each line that is no message.
    "warning] failed to parse message: \"",
]);
/// Words of the protocol and of its SDKs. A message that contains one says by itself that it is about MCP or about something like it.
static NOTIONS: Words<15> = Words::new([
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
    "recv for",
    "csp request",
    "transport send",
    "client must accept",
    "input validation error",
]);
/// Methods of the Language Server Protocol, which MCP has none of.
static METHODS_OF_LSP: Words<13> = Words::new([
    "textdocument/",
    "workspace/did",
    "workspace/configuration",
    "workspace/executecommand",
    "workspace/symbol",
    "workspace/applyedit",
    "workspace/workspacefolders",
    "workspace/diagnostic",
    "workspace/semantictokens",
    "window/workdoneprogress",
    "window/showmessage",
    "window/logmessage",
    "client/registercapability",
]);
/// What else tells that a text is about a language server or a debug adapter.
static OTHER_PROTOCOLS: Words<7> =
    Words::new(["lsp[", "lsp:", "[lsp", "lsp error", "language server", "language client", "debug adapter"]);
/// Words of failures that are none of a request: of a session, of who the caller is, and of how often it calls.
static OTHER_FAILURES: Words<16> = Words::new([
    "invalid session",
    "unknown session",
    "session not",
    "session has",
    "session does",
    "no session",
    "expired",
    "unauthorized",
    "unauthenticated",
    "authentication",
    "authenticated",
    "not authorized",
    "access token",
    "forbidden",
    "rate limit",
    "too many requests",
]);
/// The maximum number of words in a label such as `Error`, `bash` or `Caused by`.
const LABEL: usize = 2;

/// Returns whether a text names MCP.
#[inline]
pub(crate) fn names_mcp(text: &str) -> bool {
    NAMES.occur_in(text)
}

/// Returns whether a text contains a word of the protocol.
#[inline]
pub(crate) fn has_notion(text: &str) -> bool {
    names_mcp(text) || NOTIONS.occur_in(text)
}

/// Returns whether a text contains a method of the Language Server Protocol.
#[inline]
pub(crate) fn names_method_of_lsp(text: &str) -> bool {
    METHODS_OF_LSP.occur_in(text)
}

/// Returns whether a message reports a failure that is not one of the request itself, whatever number it has.
#[inline]
pub(crate) fn reports_other_failure(message: &str) -> bool {
    OTHER_FAILURES.occur_in(message)
}

/// Returns whether a text names another protocol that has the numbers of JSON-RPC, and not MCP.
#[inline]
pub(crate) fn names_other_protocol(text: &str) -> bool {
    (METHODS_OF_LSP.occur_in(text) || OTHER_PROTOCOLS.occur_in(text)) && !names_mcp(text)
}

impl Surroundings<'_> {
    /// Returns whether a message is all that there is, except for an HTTP status before it.
    #[inline]
    pub(crate) fn are_empty(&self, message: &Range<usize>) -> bool {
        let before = self.text.get(..message.start).unwrap_or_default().trim();
        let after = self.text.get(message.end..).unwrap_or_default().trim();
        let is_status = || before.strip_prefix("HTTP ").is_some_and(|rest| rest.len() == "404:".len());
        after.is_empty() && (before.is_empty() || is_status())
    }

    /// Returns whether nothing in the line before a message is a sentence: only labels such as `app: Error: `.
    ///
    /// A sentence says what failed, and the message is only a part of that. `Error response from daemon: no such thing` comes
    /// from Docker.
    #[inline]
    pub(crate) fn are_labels(&self, message: &Range<usize>) -> bool {
        let before = self.text.get(self.start..message.start).unwrap_or_default();
        let words = |piece: &str| {
            piece.split_ascii_whitespace().filter(|word| word.bytes().any(|byte| byte.is_ascii_alphabetic())).count()
        };
        before.split([':', '\n']).all(|piece| words(piece) <= LABEL) || has_notion(before)
    }
}

/// Words to search for, in lower case: at most 16.
struct Words<const N: usize> {
    words: [&'static str; N],
    /// The words that start with a byte, one bit each, and those whose second byte it is. Letters count in any case.
    first: [u16; 256],
    second: [u16; 256],
}

impl<const N: usize> Words<N> {
    #[inline]
    const fn new(words: [&'static str; N]) -> Self {
        let (mut first, mut second, mut at) = ([0; 256], [0; 256], 0);
        while at < N {
            let bytes = words[at].as_bytes();
            first[bytes[0] as usize] |= 1 << at;
            first[bytes[0].to_ascii_uppercase() as usize] |= 1 << at;
            second[bytes[1] as usize] |= 1 << at;
            second[bytes[1].to_ascii_uppercase() as usize] |= 1 << at;
            at += 1;
        }
        Self { words, first, second }
    }

    /// Returns whether a text contains one of the words, in any case.
    #[inline]
    fn occur_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut started = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let mut found = started & self.second[usize::from(*byte)];
            started = self.first[usize::from(*byte)];
            while found != 0 {
                let word = self.words[found.trailing_zeros() as usize].as_bytes();
                if bytes.get(at - 1..at - 1 + word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word)) {
                    return true;
                }
                found &= found - 1;
            }
        }
        false
    }
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
        assert!(names_other_protocol("LSP[x]: Error") && names_other_protocol("Request textDocument/hover failed"));
        assert!(!names_other_protocol("MCP language server") && !names_other_protocol("workspace/src/a.rs"));
    }
}
