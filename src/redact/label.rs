//! Secrets that are known by the name before them: `password=..`, `"token": ".."`, `Cookie: ..`, `--api-key ..`.

use std::ops::Range;

use super::REDACTED;
use super::name::{is_header, is_name, is_one_of, is_one_word, makes_token_harmless, names_password, names_secret};
use super::prose::{is_code, is_placeholder, is_prose, is_sentence, starts_with_placeholder};
use super::structure::private_key;

/// A longer name is none.
const LONGEST_NAME: usize = 64;

/// The schemes behind which credentials follow after a space.
const SCHEMES: [&str; 6] = ["apikey", "basic", "bearer", "digest", "negotiate", "token"];

/// Finds the secret behind a colon, an equals sign or the end of a tag, with which `rest` begins.
pub(super) fn secret_behind(before: &str, rest: &str) -> Option<Range<usize>> {
    let found = match (rest.as_bytes(), before.as_bytes().last()) {
        ([b':', b'/', b'/', ..], _) => return user_info(rest),
        ([b'>', ..], _) => return element(before, rest),
        // A path, a comparison and the colon of `:=`.
        ([b':', b':' | b'=', ..], _) | ([b':', ..], Some(b':')) => return None,
        ([b'=', b'=', ..], _) | ([b'=', ..], Some(b'=' | b'!' | b'<' | b'>')) => return None,
        ([b'=', b'>', ..], _) => Label::before(before)?.value(rest, "=>"),
        ([b'=', ..], Some(b':')) => Label::before(&before[..before.len() - 1])?.value(rest, "="),
        ([b'=', ..], _) => Label::before(before)?.value(rest, "="),
        _ => Label::before(before)?.value(rest, ":"),
    };
    found.filter(|secret| !is_placeholder(&rest[secret.clone()]))
}

/// A name that says that what follows is a secret.
struct Label<'a> {
    /// The name, without the quotes around it.
    name: &'a str,
    /// What stands before the name and its quotes.
    lead: &'a str,
    /// The quote that opens directly before the name.
    quote: Option<char>,
    /// Whether the quote closes behind the name.
    is_quoted: bool,
}

impl<'a> Label<'a> {
    /// Reads the name at the end of a text.
    fn before(text: &'a str) -> Option<Self> {
        let trimmed = text.trim_end_matches([' ', '"', '\'', '`', '\\', ']']);
        let is_quoted = text[trimmed.len()..].contains(['"', '\'', '`']);
        let bytes = trimmed.bytes().rev().take(LONGEST_NAME + 1);
        let length = bytes.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
        if length == 0 || length > LONGEST_NAME || text.len() - trimmed.len() > LONGEST_NAME {
            return None;
        }
        let (mut lead, mut name) = trimmed.split_at(trimmed.len() - length);
        if lead.ends_with('%') && name.len() > 2 && name.bytes().take(2).all(|byte| byte.is_ascii_hexdigit()) {
            // `%20password`
            (lead, name) = trimmed.split_at(trimmed.len() - length + 2);
        }
        let quote = lead.chars().last().filter(|c| matches!(c, '"' | '\'' | '`'));
        let label = Self { name, lead, quote, is_quoted };
        label.is_secret().then_some(label)
    }

    fn is_secret(&self) -> bool {
        if is_one_of(self.name, &["key", "keys"]) {
            // `API key: ..`
            return self.word_before().is_some_and(|word| is_one_of(word, &["api", "private"]));
        }
        if self.name.eq_ignore_ascii_case("token") {
            // `unexpected token: ..`
            return !self.word_before().is_some_and(makes_token_harmless);
        }
        names_secret(self.name) || (self.is_connection() && self.name.eq_ignore_ascii_case("pwd"))
    }

    /// The word that a space parts from the name, as in prose, or a dot.
    fn word_before(&self) -> Option<&'a str> {
        let lead = self.lead.strip_suffix([' ', '.'])?;
        let start =
            lead.rfind(|c| !is_name(c)).map_or(0, |at| at + lead[at..].chars().next().map_or(0, char::len_utf8));
        Some(&lead[start..]).filter(|word| word.ends_with(|c: char| c.is_ascii_alphabetic()))
    }

    /// Tells whether the name stands in a connection string: `Server=..;Password=..`.
    fn is_connection(&self) -> bool {
        self.lead.ends_with(';')
    }

    /// Finds the value behind the separator.
    fn value(&self, rest: &str, separator: &str) -> Option<Range<usize>> {
        let value = rest[separator.len()..].trim_start_matches([' ', '\t']);
        let start = rest.len() - value.len();
        let is_spaced = start > separator.len();
        let found = match quoted(value).or_else(|| grouped(value)) {
            Some(found) => found,
            None if separator == "=>" => return None,
            None => 0..self.plain(value, separator == ":", is_spaced)?,
        };
        Some(start + found.start..start + found.end)
    }

    /// Finds the end of a value without quotes.
    fn plain(&self, value: &str, has_colon: bool, is_spaced: bool) -> Option<usize> {
        if let Some(key) = private_key(value) {
            return Some(key.end);
        }
        let is_harmless = |text: &str| starts_with_placeholder(text) || ((has_colon || is_spaced) && is_prose(text));
        let scheme = scheme(value);
        let credentials = &value[scheme..];
        let is_code = is_spaced && scheme == 0 && is_code(self.name, first_word(value));
        let is_said =
            has_colon && scheme == 0 && !self.is_quoted && is_one_word(self.name) && !names_password(self.name);
        if is_code
            || (is_said && is_sentence(value))
            || is_harmless(value)
            || credentials.is_empty()
            || value.starts_with(REDACTED)
        {
            return None;
        }
        if scheme > 0 && (is_harmless(credentials) || names_secret(first_word(credentials))) {
            return None;
        }
        if has_colon && is_header(self.name) {
            let line = self.line(value);
            // The name of a scheme alone is none.
            return Some(line).filter(|end| !is_one_of(&value[..*end], &SCHEMES) && *end > 0);
        }
        if self.is_connection() {
            return Some(value.find([';', '"', '\'', '\n', '\r']).unwrap_or(value.len()));
        }
        if has_colon && self.name.eq_ignore_ascii_case("passphrase") {
            return Some(self.line(value));
        }
        if value.starts_with('[') {
            // `[one, two]`
            let line = self.line(value);
            return Some(value[..line].find(']').map_or(line, |end| end + 1));
        }
        let word = self.word(credentials);
        if word.is_empty() {
            return None;
        }
        let is_secret = !has_colon || self.is_told_by_colon(word, is_spaced);
        (scheme > 0 || is_secret).then_some(scheme + word.len())
    }

    /// Finds what stands before a space, or before what ends a value in most languages. A comma within a password ends it
    /// only where another pair follows.
    fn word<'v>(&self, value: &'v str) -> &'v str {
        let mut end = first_word(value).len();
        while names_password(self.name) && value[end..].starts_with(',') {
            let next = first_word(&value[end + 1..]);
            if next.is_empty() || next.contains(['=', ':']) {
                break;
            }
            end += 1 + next.len();
        }
        &value[..end]
    }

    /// Tells whether what follows a colon is a secret. A number of two digits is none. In prose the words for a secret are
    /// followed by anything: `bad token: identifier`; there a secret looks like one, save for a password.
    fn is_told_by_colon(&self, word: &str, is_spaced: bool) -> bool {
        let has_digit = word.contains(|c: char| c.is_ascii_digit());
        let is_short = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
        let is_prose = !self.is_quoted && (!is_spaced || self.lead.ends_with(' ') && self.word_before().is_some());
        let is_plain = self.lead.ends_with('/') || (is_prose && !names_password(self.name) && is_one_word(self.name));
        !is_short && (!is_plain || (has_digit && word.len() >= 6) || word.len() >= 24)
    }

    /// Finds the end of a line, or of the quotes in which the name stands too.
    fn line(&self, value: &str) -> usize {
        let end = value.find(|c| c == '\n' || c == '\r' || Some(c) == self.quote).unwrap_or(value.len());
        value[..end].trim_end_matches('\\').len()
    }
}

/// The length of the scheme with which credentials begin, and of the spaces behind it.
fn scheme(value: &str) -> usize {
    let word = &value[..value.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(value.len())];
    let credentials = value[word.len()..].trim_start_matches(' ');
    let is_parted = value.len() - credentials.len() > word.len();
    if is_parted && is_one_of(word, &SCHEMES) { value.len() - credentials.len() } else { 0 }
}

/// What stands before a space, or before what ends a value in most languages. A quote before a letter or a digit is part
/// of it: `ab'cd`.
fn first_word(value: &str) -> &str {
    let is_within = |at: usize, c: char| {
        matches!(c, '"' | '\'' | '`') && value[at + 1..].starts_with(|next: char| next.is_ascii_alphanumeric())
    };
    let end = value.char_indices().find(|(at, c)| ends_word(*c) && !is_within(*at, *c));
    &value[..end.map_or(value.len(), |(at, _)| at)]
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '&' | ',' | ';' | '"' | '\'' | '`' | ')' | '}' | ']')
}

/// Finds the value in quotes: `"value"`, `b'value'`, `Some("value")`.
fn quoted(value: &str) -> Option<Range<usize>> {
    let wrapper = value.bytes().take(LONGEST_NAME).take_while(u8::is_ascii_alphanumeric).count();
    let is_prefix = wrapper == 0 || is_one_of(&value[..wrapper], &["b", "br", "f", "l", "n", "r", "rb", "u"]);
    let inner = match value[wrapper..].strip_prefix('(') {
        Some(inner) if value.starts_with(|c: char| c.is_ascii_uppercase()) => inner,
        _ if is_prefix => &value[wrapper..],
        _ => return None,
    };
    let opening = inner.trim_start_matches('\\');
    let quote = opening.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let start = value.len() - opening.len() + 1;
    let backslashes = inner.len() - opening.len();
    let length = closing_quote(&opening[1..], quote, backslashes).unwrap_or(opening.len() - 1);
    Some(start..start + length)
}

/// Finds the quote that ends a quoted text. One behind more backslashes than the opening one had is part of the text.
fn closing_quote(inner: &str, quote: char, backslashes: usize) -> Option<usize> {
    let mut run = 0;
    for (at, c) in inner.char_indices() {
        match c {
            '\\' => run += 1,
            c if c == quote && (run <= backslashes || run % 2 == 0) => return Some(at - run.min(backslashes)),
            _ => run = 0,
        }
    }
    None
}

/// Finds a list or an object that holds quoted texts: `["one", "two"]`, `{"name": "value"}`.
fn grouped(value: &str) -> Option<Range<usize>> {
    let inner = value.strip_prefix(['[', '{'])?.trim_start();
    let first = inner.trim_start_matches('\\');
    first.strip_prefix(['"', '\''])?;
    let (mut depth, mut in_quotes, mut is_escaped) = (0_usize, false, false);
    for (at, c) in value.char_indices() {
        match c {
            // In a text that is quoted as a whole, the quotes of the values are escaped.
            '\\' if first.len() == inner.len() => is_escaped = !is_escaped,
            '"' if !is_escaped => in_quotes = !in_quotes,
            '[' | '{' if !in_quotes => depth += 1,
            ']' | '}' if !in_quotes => {
                depth -= 1;
                if depth == 0 {
                    return Some(0..at + 1);
                }
            }
            _ => {}
        }
        is_escaped &= c == '\\';
    }
    Some(0..value.len())
}

/// Finds the value behind an encoded separator, as a URL holds another: `password%3Dvalue`, `%22token%22%3A%22value%22`.
pub(super) fn encoded(before: &str, rest: &str) -> Option<Range<usize>> {
    let quotes = ["%22", "%27"];
    let quote = quotes.into_iter().find(|quote| before.ends_with(quote));
    let is_separator = rest.get(..3).is_some_and(|code| match quote {
        Some(_) => is_one_of(code, &["%3A", "%3D"]),
        // `scope%3Aread` is no pair.
        None => is_one_of(code, &["%3D"]),
    });
    if !is_separator {
        return None;
    }
    Label::before(&before[..before.len() - quote.map_or(0, str::len)])?;
    let mut value = rest[3..].trim_start_matches("%20");
    value = quotes.into_iter().find_map(|quote| value.strip_prefix(quote)).unwrap_or(value);
    let ends = ["%22", "%26", "%27", "%2C", "%2c", "%7D", "%7d"];
    let is_end =
        |at: usize, c: char| ends_word(c) || (c == '%' && ends.iter().any(|code| value[at..].starts_with(code)));
    let end = value.char_indices().find(|(at, c)| is_end(*at, *c)).map_or(value.len(), |(at, _)| at);
    let start = rest.len() - value.len();
    (!is_placeholder(&value[..end])).then_some(start..start + end)
}

/// Finds the password in `://user:password@host`.
fn user_info(rest: &str) -> Option<Range<usize>> {
    let after = rest.strip_prefix("://")?;
    let is_end = |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '<' | '>' | '`');
    let authority = &after[..after.find(is_end).unwrap_or(after.len())];
    let info = &authority[..authority.rfind('@')?];
    let password = info.find(':')? + 1;
    let found = "://".len() + password.."://".len() + info.len();
    (!is_placeholder(&rest[found.clone()])).then_some(found)
}

/// Finds the text of an XML element: `<password>value</password>`.
fn element(before: &str, rest: &str) -> Option<Range<usize>> {
    let start = before.bytes().rev().take(LONGEST_NAME).position(|byte| byte == b'<')?;
    let name = &before[before.len() - start..];
    let name = name.split_once(' ').map_or(name, |(name, _)| name);
    if name.contains('>') || !names_secret(name) {
        return None;
    }
    let end = rest.find('<')?;
    let closes = rest[end..].strip_prefix("</").is_some_and(|tag| tag.starts_with(name));
    (closes && !is_placeholder(&rest[1..end])).then_some(1..end)
}

/// Finds the value behind `--password`, or what follows a name that is a flag.
pub(super) fn flag(rest: &str) -> Option<Range<usize>> {
    let flag = rest.strip_prefix("--")?;
    let bytes = flag.bytes().take(LONGEST_NAME);
    let name = &flag[..bytes.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count()];
    let value = flag[name.len()..].strip_prefix(' ')?.trim_start_matches(' ');
    let start = rest.len() - value.len();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if !is_name || value.starts_with('-') || is_prose(value) || starts_with_placeholder(value) || !names_secret(name) {
        return None;
    }
    let found = match quoted(value) {
        Some(found) => start + found.start..start + found.end,
        None => start..start + first_word(value).len(),
    };
    (!is_placeholder(&rest[found.clone()])).then_some(found)
}
