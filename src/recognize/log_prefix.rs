/// Returns where the message of a log line starts: after the time, level, thread, module, process and host.
pub(crate) fn log_prefix(line: &str) -> usize {
    let bytes = line.as_bytes();
    let mut at = 0;
    let mut has_time_or_level = false;
    for _ in 0..MAX_PARTS {
        while bytes.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            at += 1;
        }
        let rest = &line[at..];
        let Some(part) = prefix_part(rest, has_time_or_level) else { break };
        has_time_or_level |= part.is_time_or_level;
        at += part.length;
    }
    // Spaces before the message belong to the prefix.
    if has_time_or_level { at } else { 0 }
}

/// The maximum number of parts in a log prefix.
const MAX_PARTS: usize = 12;

struct Part {
    length: usize,
    is_time_or_level: bool,
}

fn prefix_part(rest: &str, has_time_or_level: bool) -> Option<Part> {
    let part = |length, is_time_or_level| Some(Part { length, is_time_or_level });
    let first = rest.bytes().next()?;
    if first == b'[' || first == b'(' || first == b'<' {
        let close = match first {
            b'[' => b']',
            b'(' => b')',
            _ => b'>',
        };
        let end = memchr::memchr(close, start_of(rest))?;
        let content = &rest[1..end];
        let follows = rest.as_bytes().get(end + 1);
        let ends_well = follows.is_none_or(|byte| matches!(byte, b' ' | b':' | b'[' | b'\t'));
        // A JSON-RPC number in brackets is part of the message.
        let is_number = content.parse::<i64>().is_ok_and(|number| number < 0);
        if !ends_well || is_number || content.contains(['{', '"']) {
            return None;
        }
        let colon = usize::from(follows == Some(&b':'));
        return part(end + 1 + colon, is_level(content) || is_time(content) || first == b'[');
    }
    let word_length = memchr::memchr2(b' ', b'\t', start_of(rest)).unwrap_or(start_of(rest).len());
    let word = rest.get(..word_length)?;
    if word_length == rest.len() {
        return None;
    }
    if is_time(word) {
        return part(word_length, true);
    }
    let bare = word.trim_end_matches([':', ',']);
    if is_level(bare) {
        // `ERROR core::session: message` has a module, `ERROR:root:message` has a name inside the word.
        return part(word_length, true);
    }
    if let Some((level, rest_of_word)) = word.split_once(':')
        && is_level(level)
        && let Some((name, _)) = rest_of_word.split_once(':')
    {
        return part(level.len() + name.len() + 2, true);
    }
    if !has_time_or_level {
        return None;
    }
    if matches!(word, "-" | "--" | "|" | ":" | "---" | "::") {
        return part(word_length, false);
    }
    // A module, a host, a process or a source line, with its separator.
    let is_name = bare.bytes().all(|byte| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'.' | b'_' | b'-' | b':' | b'[' | b']' | b'/' | b'$' | b'#' | b'@')
    });
    let is_separated = word.ends_with(':') && (bare.contains(['.', '_', '[', '/']) || bare.contains("::"));
    let before_dash =
        rest[word_length..].trim_start().starts_with("- ") || rest[word_length..].trim_start().starts_with("| ");
    let is_number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    (is_name && (is_separated || before_dash || is_number))
        .then_some(Part { length: word_length, is_time_or_level: false })
}

/// Returns the start of a text, as long as the longest part.
fn start_of(text: &str) -> &[u8] {
    const LONGEST: usize = 80;
    &text.as_bytes()[..text.len().min(LONGEST)]
}

/// Returns whether a word of letters can end the prefix of a log line: a level or a month.
pub(crate) fn ends_prefix(word: &str) -> bool {
    is_level(word) || is_time(word)
}

pub(crate) fn is_level(word: &str) -> bool {
    const LEVELS: [&str; 22] = [
        "trace",
        "debug",
        "info",
        "information",
        "notice",
        "warn",
        "warning",
        "error",
        "err",
        "fatal",
        "critical",
        "crit",
        "severe",
        "alert",
        "emerg",
        "panic",
        "dbg",
        "inf",
        "wrn",
        "ftl",
        "verbose",
        "silly",
    ];
    let Some(first) = word.bytes().next().map(|byte| byte.to_ascii_lowercase()) else { return false };
    (3..=11).contains(&word.len())
        && LEVELS.iter().any(|level| level.as_bytes()[0] == first && level.eq_ignore_ascii_case(word))
}

/// Returns whether a word is a time or a date: mostly digits, with separators.
fn is_time(word: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if word.len() == 3 && MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word)) {
        return true;
    }
    if !word.starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    let mut digits = 0;
    for byte in word.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'-' | b':' | b'.' | b',' | b'/' | b'T' | b'Z' | b'+' | b' ' => {}
            _ => return false,
        }
    }
    digits >= 6 && digits < word.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_of_every_usual_logger_is_found() {
        for line in [
            "2025-03-22T17:05:16.477Z [scene] [info] *",
            "2025-05-12 15:48:10,683 - mcp.server - INFO - *",
            "[2025-08-29T12:23:35.126Z] [ERROR] [61] [main] *",
            "2026-06-24T02:33:13.356060Z ERROR core::session: *",
            "WARNING:root:*",
            "ERROR:mcp.server.lowlevel:*",
            "mcp.server.transport_security - WARNING - *",
            "[info] *",
            "[error] *",
            "INFO     *",
            "E0322 17:05:16.477123 17 file.go:12] *",
            "Nov 27 12:00:01 host app[123]: *",
            "2025/03/22 17:05:16 *",
            "2025-03-22 17:05:16.477 ERROR 1234 --- [main] com.example.Server : *",
            "error: *",
            "[2025-03-22T17:05:16Z ERROR rmcp::service] *",
        ] {
            let at = log_prefix(line);
            assert!(
                line[at..].trim_start().len() <= "mcp.server.transport_security - WARNING - *".len(),
                "{line}: {:?}",
                &line[at..]
            );
        }
        assert_eq!(log_prefix("File not found: a.txt"), 0);
        assert_eq!(log_prefix("connection closed: initialize response"), 0);
    }
}
