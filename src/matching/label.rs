/// A number after the label of an SDK: `MCP error -32602: Invalid cursor`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Numbered {
    pub(crate) number: i64,
    /// Where the label starts.
    pub(crate) start: usize,
    /// Where the message starts.
    pub(crate) message: usize,
    /// Whether only SDKs write the label.
    pub(crate) is_of_sdk: bool,
}

/// Finds the last number of a line that follows an SDK's label. The innermost error comes last.
#[inline]
pub(crate) fn last_number(line: &str) -> Option<Numbered> {
    let bytes = line.as_bytes();
    let mut last = None;
    let mut at = 0;
    while at < bytes.len() {
        if !(bytes[at].is_ascii_digit() || bytes[at] == b'-') {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while bytes.get(at).is_some_and(|byte| byte.is_ascii_digit()) {
            at += 1;
        }
        let is_whole =
            start == 0 || !(bytes[start - 1].is_ascii_alphanumeric() || matches!(bytes[start - 1], b'-' | b'.' | b'_'));
        if let Ok(number) = line[start..at].parse()
            && is_whole
            && let Some(label) = label_before(&line[..start], number)
            && let Some(message) = message_after(line, at, label.kind)
        {
            last = Some(Numbered { number, start: label.start, message, is_of_sdk: label.kind == LabelKind::Sdk });
            if let Some(inner) = leading_number(&line[message..]) {
                at = message + inner.message;
                last = last.map(|own| Numbered { number: inner.number, message: at, ..own });
            }
        }
    }
    last
}

/// Finds a JSON-RPC number at the start of a message, as in the text of a tool result: `-32601: Method not found`.
///
/// Of several in a row, the last counts: each belongs to a sender that wraps the next.
#[inline]
pub(crate) fn leading_number(message: &str) -> Option<Numbered> {
    let mut found = None;
    let mut at = 0;
    while let Some((number, rest)) = message[at..].split_once(": ")
        && let Ok(number) = number.parse()
        && (-32_768..=-32_000).contains(&number)
    {
        at = message.len() - rest.trim_start_matches(' ').len();
        found = Some(Numbered { number, start: 0, message: at, is_of_sdk: false });
    }
    found
}

/// The names of the error types of SDKs, in lower case. A name may have a path before it.
pub(crate) const TYPES: [&str; 14] = [
    "mcperror",
    "mcpexception",
    "mcpservererror",
    "mcpserverexception",
    "mcpclienterror",
    "mcpclientexception",
    "mcpprotocolexception",
    "mcptransportexception",
    "mcptransporterror",
    "fastmcperror",
    "toolerror",
    "toolexception",
    "resourceerror",
    "prompterror",
];
/// Those of them that programs without MCP have too. They count only with the path of an SDK, or in a text about MCP.
const COMMON_TYPES: [&str; 4] = ["toolerror", "toolexception", "resourceerror", "prompterror"];

/// An error type of an SDK and its message: `io.modelcontextprotocol.spec.McpError: Invalid cursor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Typed {
    /// Where the path of the type starts.
    pub(crate) start: usize,
    /// Where the message starts.
    pub(crate) message: usize,
}

/// Finds the last error type of an SDK in a line that a message follows.
#[inline]
pub(crate) fn last_type(line: &str, is_of_mcp: bool) -> Option<Typed> {
    let ends = line.match_indices(": ").map(|(end, mark)| (end, end + mark.len()));
    let typed = |(end, message): (usize, usize)| {
        let is_path = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b':' | b'$');
        let length = line.as_bytes()[..end].iter().rev().take_while(|byte| is_path(byte)).count();
        let path = &line[end - length..end];
        let name = path.rsplit(['.', ':', '$']).next().unwrap_or_default();
        let is = |names: &[&str]| names.iter().any(|own| name.eq_ignore_ascii_case(own));
        let is_capital = name.starts_with(|c: char| c.is_ascii_uppercase());
        let is_of_sdk = || is_of_mcp || path.to_ascii_lowercase().contains("mcp");
        let is_typed = is_capital && is(&TYPES) && (!is(&COMMON_TYPES) || is_of_sdk());
        (is_typed && !line[message..].trim().is_empty()).then_some(Typed { start: end - length, message })
    };
    ends.filter_map(typed).last()
}

struct Label {
    start: usize,
    kind: LabelKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LabelKind {
    /// Words that only SDKs write.
    Sdk,
    /// Words that others write too. The number must be in the reserved range of JSON-RPC.
    Common,
    /// `[-32001] message`
    Brackets,
    /// `(code: -32602): message`
    Parentheses,
    /// `code=-32602 message='text'`
    Pair,
    /// `Code: -32602, message: text`
    Named,
}

#[inline]
fn label_before(text: &str, number: i64) -> Option<Label> {
    const SDK: [&str; 8] = [
        "mcp error",
        "mcp error code",
        "mcperror",
        "mcp error:",
        "mcperror:",
        "json-rpc error",
        "jsonrpc error",
        "json rpc error",
    ];
    const COMMON: [&str; 11] = [
        "rpc error",
        "error code",
        "error",
        "jsonrpc2: code",
        "error code:",
        "rpc error:",
        "error:",
        "mpc",
        "jsonrpc:",
        "json-rpc:",
        "jsonrpc2:",
    ];
    let is_reserved = (-32_768..=-32_000).contains(&number);
    if let Some(before) = text.strip_suffix('[') {
        // Only a label may precede it.
        let is_start = before.trim_end().is_empty()
            || before.ends_with(": ")
            || last_bytes(before, 12).to_ascii_lowercase().ends_with("mcperror ");
        return (is_start && (is_reserved || number == -1))
            .then_some(Label { start: before.len(), kind: LabelKind::Brackets });
    }
    let tail = text.trim_end_matches([' ', '(']);
    let is_in_parentheses = text.trim_end_matches(' ').ends_with('(');
    let lower = last_bytes(tail, 24).to_ascii_lowercase();
    for label in SDK {
        if lower.ends_with(label) && starts_word(tail, label.len()) {
            return Some(Label { start: tail.len() - label.len(), kind: LabelKind::Sdk });
        }
    }
    if lower.ends_with("(code:") || lower.ends_with("(code") {
        let start = tail.rfind('(')?;
        return is_reserved.then_some(Label { start, kind: LabelKind::Parentheses });
    }
    if lower.ends_with("code=") && starts_word(tail, "code=".len()) {
        return Some(Label { start: tail.len() - "code=".len(), kind: LabelKind::Pair });
    }
    if lower.ends_with("code:") && is_reserved && starts_word(tail, "code:".len()) && !lower.ends_with("error code:") {
        return Some(Label { start: tail.len() - "code:".len(), kind: LabelKind::Named });
    }
    if !is_reserved || is_in_parentheses {
        return None;
    }
    let label = COMMON.iter().find(|label| lower.ends_with(*label) && starts_word(tail, label.len()))?;
    Some(Label { start: tail.len() - label.len(), kind: LabelKind::Common })
}

/// Returns about this many bytes from the end of a string, without cutting a character.
#[inline]
fn last_bytes(text: &str, count: usize) -> &str {
    let mut start = text.len().saturating_sub(count);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

#[inline]
fn starts_word(text: &str, length: usize) -> bool {
    text[..text.len() - length].bytes().next_back().is_none_or(|byte| !byte.is_ascii_alphanumeric())
}

/// Returns where the message starts after a number, if they are separated as the label requires.
#[inline]
fn message_after(line: &str, at: usize, kind: LabelKind) -> Option<usize> {
    let rest = &line[at..];
    let length = match kind {
        LabelKind::Brackets => rest.strip_prefix(']').map(|_| 1)?,
        LabelKind::Parentheses => rest.strip_prefix("):").map(|_| 2)?,
        LabelKind::Pair => {
            const MARK: &str = "message=";
            let before = rest.bytes().take_while(|byte| matches!(byte, b' ' | b',')).count();
            let message = rest[before..].strip_prefix(MARK).filter(|_| before > 0)?;
            before + MARK.len() + usize::from(message.starts_with(['"', '\'']))
        }
        LabelKind::Named => {
            const MARK: &str = ", message:";
            // `Message: Internal error. Code: -32603`
            let is_last = rest.len() <= 4
                && rest.trim_matches(['.', ')', '"', '\'', ' ', '\r']).is_empty()
                && line[..at].to_ascii_lowercase().contains("message: ");
            let mark = rest.get(..MARK.len()).filter(|mark| mark.eq_ignore_ascii_case(MARK));
            mark.map(str::len).or(is_last.then_some(rest.len()))?
        }
        LabelKind::Sdk | LabelKind::Common => {
            let closed = usize::from(rest.starts_with(')'));
            match rest.as_bytes().get(closed) {
                Some(b':') => closed + 1,
                Some(b',') if rest[closed..].starts_with(", ") => closed + 1,
                Some(b' ') if rest.starts_with(" message: ") => " message:".len(),
                Some(b' ') if rest[closed..].starts_with(" - ") => closed + 2,
                None if kind == LabelKind::Sdk => closed,
                Some(b'\n' | b'\r') if kind == LabelKind::Sdk => closed,
                _ => return None,
            }
        }
    };
    let spaces = rest[length..].bytes().take_while(|byte| *byte == b' ').count();
    Some(at + length + spaces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_type_of_an_sdk_with_a_message_counts() {
        let found = |line: &'static str| last_type(line, false).map(|found| &line[found.start..]);
        assert_eq!(
            found("x: io.modelcontextprotocol.spec.McpError: it burns"),
            Some("io.modelcontextprotocol.spec.McpError: it burns")
        );
        assert_eq!(found("fastmcp.exceptions.ToolError: it burns"), Some("fastmcp.exceptions.ToolError: it burns"));
        assert_eq!(found("McpError: "), None);
        assert_eq!(found("ToolError: it burns"), None);
        assert_eq!(found("no mcperror: it burns"), None);
        assert_eq!(found("MyMcpError: it burns"), None);
        assert!(last_type("ToolError: it burns", true).is_some());
    }

    #[test]
    fn the_last_number_behind_a_label_counts() {
        let found = |line: &'static str| last_number(line).map(|found| (found.number, &line[found.message..]));
        assert_eq!(found("MCP error -32602: Invalid cursor"), Some((-32_602, "Invalid cursor")));
        assert_eq!(found("Mcp error: -32602: invalid cursor"), Some((-32_602, "invalid cursor")));
        assert_eq!(found("x: MCP error -32000: y: MCP error -32700: z"), Some((-32_700, "z")));
        assert_eq!(found("[-32001] Transport error: lost"), Some((-32_001, "Transport error: lost")));
        assert_eq!(found("error: RPC error -32601: The first"), Some((-32_601, "The first")));
        assert_eq!(found("MCP error -32601"), Some((-32_601, "")));
        assert_eq!(found("MCP error -32603: -32602: no such"), Some((-32_602, "no such")));
        assert_eq!(found("Message: Internal error. Code: -32603"), Some((-32_603, "")));
        assert_eq!(
            leading_number("-32603: -32002:  x").map(|found| (found.number, found.message)),
            Some((-32_002, 17))
        );
        assert_eq!(found("MCP error -32601\nat f (a.js:3)"), Some((-32_601, "\nat f (a.js:3)")));
        assert_eq!(found("the server sent error code -32601"), None);
        assert_eq!(found("the server sent error code -32601\nand stopped"), None);
        assert_eq!(found("[-1] lost"), Some((-1, "lost")));
        assert_eq!(found("answered for a request (code: -32602): no"), Some((-32_602, "no")));
        assert_eq!(
            found("x.McpException: Code: -32601, message: Method not found"),
            Some((-32_601, "Method not found"))
        );
        assert_eq!(found("jsonrpc: -32700: Parse error"), Some((-32_700, "Parse error")));
        assert_eq!(found("Error: MPC -32603: no such level"), Some((-32_603, "no such level")));
        assert_eq!(found("error code -32001, Session not found"), Some((-32_001, "Session not found")));
        assert_eq!(found("temperature offset -32001, next in 11001 ms"), None);
        assert_eq!(found("initialize response (code -32603)"), None);
        assert_eq!(found("got code -32000 with msg"), None);
        assert_eq!(found("error 404: no"), None);
        assert_eq!(found("[82957] Received error: x"), None);
    }

    #[test]
    fn a_number_at_the_start_is_one_of_json_rpc() {
        let found =
            |message: &'static str| leading_number(message).map(|found| (found.number, &message[found.message..]));
        assert_eq!(found("-32601:  Method not found"), Some((-32_601, "Method not found")));
        assert_eq!(found("-32000: lost"), Some((-32_000, "lost")));
        assert_eq!(found("-32768: lost"), Some((-32_768, "lost")));
        for other in ["-31999: lost", "-32769: lost", "0: lost", "404: lost", "32601: lost", "-32601", "x -32601: lost"]
        {
            assert_eq!(found(other), None, "{other}");
        }
    }
}
