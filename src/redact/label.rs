//! Values that a name announces: `password=..`, `"token": ".."`, `<secret>..</secret>`, `--api-key ..`.

use std::ops::Range;

use super::ending::{Setting, end_of_line, group, open_quote, plain, quoted};
use super::escape::{UNSEEN, Unit, escaped_letters, unit};
use super::name::{MAX_NAME, Strength, is_header, is_one_of, known_name, strength, strength_of_two};
use super::plain::{
    SCHEMES, is_code, is_complaint, is_measure, is_opaque, is_placeholder, is_word, starts_as_placeholder, words_only,
};
use super::{REDACTED, Redactor};

/// Words that belong to the name behind them: `API key`, `access token`.
const LEADS: &[&str] = &[
    "api",
    "access",
    "auth",
    "secret",
    "private",
    "refresh",
    "client",
    "bearer",
    "session",
    "signing",
    "encryption",
    "master",
    "admin",
    "license",
    "oauth",
    "subscription",
    "account",
    "shared",
    "csrf",
    "id",
];

/// Words that belong to the name before them, or part it from its value.
const TAILS: &[&str] = &[
    "key",
    "keys",
    "token",
    "id",
    "secret",
    "phrase",
    "code",
    "string",
    "value",
    "header",
    "provided",
    "given",
    "used",
    "was",
    "is",
    "received",
    "supplied",
    "invalid",
    "rejected",
    "expired",
    "not",
    "found",
    "for",
    "user",
    "incorrect",
    "sent",
    "got",
];

/// Words of a sentence about a flag.
const FLAG_WORDS: &[&str] = &[
    "option",
    "flag",
    "argument",
    "arg",
    "parameter",
    "switch",
    "is",
    "and",
    "or",
    "must",
    "requires",
    "string",
    "value",
    "for",
    "to",
    "with",
    "was",
    "not",
    "cannot",
    "has",
    "in",
    "on",
    "are",
    "may",
    "should",
    "needs",
    "takes",
    "if",
    "when",
    "strings",
    "stringarray",
    "text",
];

/// Wrappers that programs write around a value.
const WRAPPERS: &[&str] = &[
    "some",
    "ok",
    "just",
    "optional",
    "string",
    "secret",
    "secretstr",
    "secretstring",
    "secretbox",
    "password",
    "token",
    "bytestring",
    "sensitive",
    "value",
    "box",
    "redacted",
    "str",
    "text",
    "buffer",
    "wrapped",
    "right",
    "left",
    "new",
    "apikey",
    "protected",
    "hidden",
    "masked",
    "plain",
    "utf8string",
    "bytes",
    "nsstring",
    "option",
    "vec",
    "convertto-securestring",
    "quote",
    "base64decode",
    "unquote",
    "varchar",
    "nvarchar",
];

/// What stands between a name and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Colon,
    Equals,
    /// `=>`, `->`
    Arrow,
    /// The end of a tag.
    Tag,
    /// A comma between quoted texts.
    Comma,
    /// A space, or the edge of a cell.
    Space,
    /// `name(`
    Call,
}

/// A name in a text, and what stands around it.
#[derive(Debug, Clone, Copy)]
struct Label<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    strength: Strength,
    /// How many dashes stand before the name.
    dashes: usize,
    /// The quote directly before the name.
    quote: Option<Unit>,
    is_header: bool,
    /// Whether the name is one that programs make up, of several words.
    is_identifier: bool,
}

/// Finds the value that the name at a place announces.
pub(super) fn find(redactor: &Redactor, text: &str, floor: usize, at: usize) -> Option<Range<usize>> {
    let label = Label::at(redactor, text, floor, at)?;
    let bytes = text.as_bytes();
    let (sign, sign_at, from, is_closed) = label.sign()?;
    let found = label.value(sign, sign_at, from, is_closed)?;
    let found = found.start..found.end.min(bytes.len());
    let value = text.get(found.clone())?;
    (!value.trim().is_empty() && value.trim() != REDACTED && found.start >= floor).then_some(found)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || byte >= 0x80
}

impl<'t> Label<'t> {
    /// Reads the name around a place.
    fn at(redactor: &Redactor, text: &'t str, floor: usize, at: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        let low = floor.max(at.saturating_sub(MAX_NAME));
        let mut start = at;
        while start > low && is_name(bytes[start - 1]) && unit(bytes, start - 1).is_some_and(|own| own.byte != b'%') {
            if bytes[start - 1] >= 0x80 && is_wide_end(bytes, start) {
                break;
            }
            start -= 1;
        }
        // `\npassword`, `%20password`, and the colour of `[33mpassword`.
        if let Some(skipped) = (start + 1..=(start + 6).min(at)).rev().find(|place| {
            let letters = escaped_letters(bytes, *place);
            letters > 0 && place - letters <= start
        }) {
            start = skipped;
        }
        let (mut dashes, outer) = (0, start);
        while start < at && matches!(bytes[start], b'-' | b'.' | b'_') {
            dashes += usize::from(bytes[start] == b'-');
            start += 1;
        }
        let mut end = at;
        while end < bytes.len() && end - at <= MAX_NAME && is_name(bytes[end]) {
            let own = unit(bytes, end)?;
            if bytes[end] >= 0x80 && own.byte != 0 {
                break;
            }
            end += own.length;
        }
        while end > at && matches!(bytes[end - 1], b'-' | b'.') {
            // `->`
            end -= 1;
        }
        let name = text.get(start..end)?;
        if name.len() > MAX_NAME || name.is_empty() {
            return None;
        }
        let before = outer;
        let lead = word_before(text, floor, before);
        let (own, mut name_strength) = judged(redactor, name, lead)?;
        if !own && dashes == 0 && start > 0 && bytes[start - 1] == b'.' {
            name_strength = name_strength.min(Strength::Usual);
        }
        if dashes >= 1
            && matches!(
                bytes.get(before.wrapping_sub(1)),
                None | Some(b' ' | b'"' | b'\'' | b'[' | b',' | b'(' | b'\t' | b'\n' | b'`')
            )
            && name_strength == Strength::Usual
        {
            name_strength = Strength::Sure;
        }
        let quote = quote_before(bytes, before);
        let is_identifier = name.contains(['_', '-'])
            || name.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
        Some(Self {
            text,
            start,
            end,
            strength: name_strength,
            dashes,
            quote,
            is_header: is_header(name),
            is_identifier,
        })
    }

    fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    fn name(&self) -> &'t str {
        &self.text[self.start..self.end]
    }

    /// Reads up to the sign that parts the name from its value; returns the sign, its place and the place behind it, and
    /// whether the name is in quotes.
    fn sign(&self) -> Option<(Sign, usize, usize, bool)> {
        let bytes = self.bytes();
        let (mut at, mut spaces, mut is_closed, mut is_tab) = (self.end, 0, false, false);
        let mut words = 0;
        loop {
            let own = unit(bytes, at)?;
            let next = at + own.length;
            match own.byte {
                UNSEEN => {}
                b' ' | b'\t' => {
                    is_tab |= own.byte == b'\t';
                    spaces += 1;
                    if spaces > 64 {
                        return None;
                    }
                    // Words of the name, or between it and its sign.
                    let length = bytes[next..].iter().take(12).take_while(|byte| byte.is_ascii_alphabetic()).count();
                    if length > 0
                        && words < 3
                        && !is_closed
                        && self.dashes == 0
                        && (self.strength > Strength::Likely
                            || is_one_of(self.name(), &["session", "signature", "jwt", "auth"]))
                        && is_one_of(&self.text[next..next + length], TAILS)
                    {
                        let after = bytes.get(next + length);
                        if matches!(after, Some(b' ' | b':' | b'=' | b'\n' | b'"' | b'%')) {
                            at = next + length;
                            words += 1;
                            spaces = 0;
                            continue;
                        }
                    }
                }
                b'"' | b'\'' | b'`' if !is_closed && spaces == 0 && words == 0 => {
                    is_closed = true;
                    if self.quote.is_none() {
                        // `password "abc"`, without a space
                        return None;
                    }
                }
                b']' | b')' | b'?' | b'!' | b'*' if spaces == 0 => {}
                b':' => {
                    let after = unit(bytes, next);
                    return match after.map(|unit| unit.byte) {
                        Some(b':') => None,
                        Some(b'=') => Some((Sign::Equals, at, next + 1, is_closed)),
                        _ if self.typed(next).is_some() => self.typed(next).map(|from| (Sign::Equals, at, from, false)),
                        _ => Some((Sign::Colon, at, next, is_closed)),
                    };
                }
                b'=' => {
                    let after = unit(bytes, next).map(|unit| (unit.byte, unit.length));
                    let before = bytes[..at].last();
                    return match after {
                        Some((b'>', length)) => Some((Sign::Arrow, at, next + length, is_closed)),
                        Some((b'=' | b'~', _)) => None,
                        _ if matches!(before, Some(b'!' | b'<' | b'>')) => None,
                        _ => Some((Sign::Equals, at, next, is_closed)),
                    };
                }
                b'-' if bytes.get(next) == Some(&b'>') => return Some((Sign::Arrow, at, next + 1, is_closed)),
                b'>' if spaces > 0 && self.end_of_tag().is_some() => return Some((Sign::Tag, at, next, false)),
                b'>' if bytes.get(at.wrapping_sub(1)) != Some(&b'-') => {
                    return (spaces == 0 || own.length == 3).then_some((
                        if own.length == 3 { Sign::Arrow } else { Sign::Tag },
                        at,
                        next,
                        is_closed,
                    ));
                }
                b'/' if is_closed || bytes.get(next) == Some(&b'>') => return None,
                b',' | b'\n' | b'\r' if self.pair_after(at).is_some() => {
                    return self.pair_after(at).map(|(sign, from)| (sign, at, from, true));
                }
                b'\n' | b'\r' if is_closed && self.is_form() => {
                    let skipped = bytes[at..].iter().take(8).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
                    return Some((Sign::Equals, at, at + skipped, true));
                }
                b',' if !is_closed
                    && spaces == 0
                    && self.text[..self.start].ends_with(['{', '('])
                    && matches!(bytes.get(next), Some(b'"' | b'\'')) =>
                {
                    return Some((Sign::Comma, at, next, false));
                }
                b',' if is_closed || self.text[..self.start].ends_with(':') => {
                    return Some((Sign::Comma, at, next, is_closed));
                }
                b'|' if spaces > 0 || is_closed => return Some((Sign::Space, at, next, is_closed)),
                b'(' if spaces == 0 && !is_closed => return Some((Sign::Call, at, next, false)),
                b'+' if spaces == 0 && words == 0 => return Some((Sign::Space, at, next, false)),
                b'#' if spaces == 0 => return Some((Sign::Space, at, next, false)),
                b'<' => return self.tag_after(at).map(|from| (Sign::Tag, at, from, is_closed)),
                _ if words == 0 && (spaces > 0 || is_closed) => {
                    if is_closed && let Some((sign, from)) = self.pair_after(at) {
                        return Some((sign, at, from, true));
                    }
                    if !is_closed && let Some(from) = self.end_of_tag() {
                        return Some((Sign::Tag, at, from, false));
                    }
                    let _ = is_tab;
                    return (spaces > 0).then_some((Sign::Space, at - 1, at, is_closed));
                }
                _ if spaces > 0 && words > 0 => return Some((Sign::Space, at - 1, at, false)),
                _ => return None,
            }
            at = next;
        }
    }

    /// Returns where the tag ends whose name this is, if it is one that opens an element.
    fn end_of_tag(&self) -> Option<usize> {
        let before = self.text[..self.start].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == ':');
        before.ends_with('<').then_some(())?;
        let rest = &self.bytes()[self.end..];
        let end = rest.iter().take(256).position(|byte| matches!(byte, b'>' | b'\n' | b'<'))?;
        (rest[end] == b'>' && (end == 0 || rest[end - 1] != b'/')).then_some(self.end + end + 1)
    }

    /// Reads `</name><value>` and `</b>:` behind a name; returns where the value begins.
    fn tag_after(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let end = rest.bytes().take(MAX_NAME).position(|byte| byte == b'>')? + 1;
        if !rest.starts_with("</") {
            return None;
        }
        let after = &rest[end..];
        let trimmed = after.trim_start();
        let from = at + end + after.len() - trimmed.len();
        if trimmed.starts_with([':', '=']) {
            return Some(from + 1);
        }
        let tag = trimmed.strip_prefix('<')?;
        let length = tag.bytes().take(24).take_while(u8::is_ascii_alphanumeric).count();
        let known = ["value", "string", "val", "data", "text", "td", "dd", "code", "span", "literal"];
        is_one_of(&tag[..length], &known).then_some(())?;
        let close = tag.bytes().take(MAX_NAME).position(|byte| byte == b'>')?;
        Some(from + 1 + close + 1)
    }

    /// Returns whether the name is that of a part of a form: `form-data; name="password"`.
    fn is_form(&self) -> bool {
        let line = self.text[..self.start].rsplit('\n').next().unwrap_or("");
        line.contains("form-data")
    }

    /// Reads a type between a name and its value, `: string = "`; returns the place behind the equals sign.
    fn typed(&self, from: usize) -> Option<usize> {
        let rest = self.bytes().get(from..)?;
        let length = rest
            .iter()
            .take(40)
            .take_while(|byte| {
                byte.is_ascii_alphanumeric()
                    || matches!(byte, b' ' | b'_' | b'<' | b'>' | b'[' | b']' | b'|' | b'&' | b'.' | b'?' | b'\'')
            })
            .count();
        let after = &rest[length..];
        (length > 2
            && rest[length - 1] == b' '
            && after.first() == Some(&b'=')
            && after.get(1..).is_some_and(|after| {
                after.trim_ascii_start().starts_with(b"\"") || after.trim_ascii_start().starts_with(b"'")
            }))
        .then_some(from + length + 1)
    }

    /// Reads `, "value": ` and ` value="` behind a quoted name.
    fn pair_after(&self, at: usize) -> Option<(Sign, usize)> {
        let bytes = self.bytes();
        let mut place = at;
        while let Some(own) = unit(bytes, place)
            && matches!(own.byte, b' ' | b'\n' | b'\r' | b'\t' | b'"' | b'\'' | b',')
            && place - at < 24
        {
            place += own.length;
        }
        let length = bytes[place..].iter().take(20).take_while(|byte| byte.is_ascii_alphabetic()).count();
        is_one_of(
            &self.text[place..place + length],
            &["value", "val", "data", "content", "parametervalue", "stringvalue"],
        )
        .then_some(())?;
        place += length;
        while let Some(own) = unit(bytes, place)
            && matches!(own.byte, b' ' | b'"' | b'\'')
        {
            place += own.length;
        }
        match unit(bytes, place)? {
            Unit { byte: b'=' | b':', length } => Some((Sign::Equals, place + length)),
            _ => None,
        }
    }

    /// Reads the value behind a sign.
    fn value(&self, sign: Sign, sign_at: usize, from: usize, is_closed: bool) -> Option<Range<usize>> {
        let bytes = self.bytes();
        if sign == Sign::Comma {
            return self.after_comma(from);
        }
        let (mut at, mut lines) = (from, 0);
        while let Some(own) = unit(bytes, at)
            && matches!(own.byte, b' ' | b'\t' | b'\n' | b'\r' | UNSEEN)
        {
            lines += usize::from(own.byte == b'\n' && bytes[at] != b'\r');
            if lines > 0 && !matches!(sign, Sign::Colon | Sign::Equals | Sign::Arrow | Sign::Tag) || lines > 2 {
                return None;
            }
            at += own.length;
        }
        if sign == Sign::Tag {
            return self.element(at, is_closed);
        }
        let is_spaced = at > from || bytes.get(sign_at.wrapping_sub(1)) == Some(&b' ');
        let at = self.past_wrappers(at);
        let own = unit(bytes, at)?;
        if lines > 0 && sign == Sign::Colon && !self.is_header && own.byte != b'[' {
            return self.next_line(at);
        }
        if self.is_header
            && matches!(sign, Sign::Colon | Sign::Equals | Sign::Arrow)
            && own.byte != b'['
            && own.byte != b'{'
            && own.byte != b'('
            && own.byte != b'<'
        {
            if let Some(found) = self.header(at, is_closed, sign) {
                return Some(found);
            }
            // `sid=<value>; Path=/`
            if has_cookie(self.name())
                && self.text[at..end_of_line(bytes, at)]
                    .split(['"', '\'', '&', ' ', '\n'])
                    .next()
                    .is_some_and(|value| value.contains('='))
            {
                return None;
            }
            if has_cookie(self.name())
                && matches!(own.byte, b'"' | b'\'')
                && quoted(bytes, at).is_some_and(|(found, _)| self.text[found].contains('='))
            {
                return None;
            }
        }
        match own.byte {
            b'"' | b'\'' | b'`' => self.in_quotes(sign, at, is_closed),
            b'[' | b'{' | b'(' => self.in_brackets(sign, at, is_closed, is_spaced),
            b'|' | b'>' if sign == Sign::Colon => block(bytes, at, self.start),
            b'<' => in_angles(self.text, at, self.strength),
            _ => self.without_quotes(sign, from, at, is_spaced, is_closed),
        }
    }

    /// Reads a text in quotes behind a comma: `"--token", "abc"`.
    fn after_comma(&self, from: usize) -> Option<Range<usize>> {
        let bytes = self.bytes();
        let mut at = from;
        while let Some(own) = unit(bytes, at)
            && matches!(own.byte, b' ' | b'\n' | b'\t')
        {
            at += own.length;
        }
        let at = self.past_wrappers(at);
        matches!(unit(bytes, at)?.byte, b'"' | b'\'').then_some(())?;
        let (found, next) = quoted(bytes, at)?;
        let value = self.text.get(found.clone())?;
        let is_flag = self.dashes >= 1;
        let fits = match is_flag {
            true => !value.starts_with('-') && !is_placeholder(value),
            false if unit(bytes, next).is_some_and(|own| own.byte == b':') => false,
            false => is_opaque(value) && !starts_as_placeholder(value) && !is_placeholder(value) && !is_code(value),
        };
        fits.then_some(found)
    }

    /// Skips `Some(`, `string(8) `, `b`, `!!binary ` before a quote.
    fn past_wrappers(&self, at: usize) -> usize {
        let bytes = self.bytes();
        let mut place = at;
        for _ in 0..4 {
            let rest = &bytes[place..];
            let length = rest
                .iter()
                .take(24)
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'!' | b'-' | b'_'))
                .count();
            let name = self.text.get(place..place + length).unwrap_or("").trim_start_matches('!');
            let name = name.rsplit('.').next().unwrap_or(name);
            let mut after = place + length;
            match bytes.get(after) {
                Some(b'(') if is_one_of(name, WRAPPERS) => {
                    after += 1;
                    let digits = bytes[after..].iter().take(8).take_while(|byte| byte.is_ascii_digit()).count();
                    if digits > 0 && bytes.get(after + digits) == Some(&b')') {
                        after += digits + 1;
                    }
                }
                Some(b' ') if is_one_of(name, &["binary", "convertto-securestring", "str"]) => after += 1,
                Some(b'"' | b'\'') if matches!(name, "b" | "u" | "r" | "f" | "B" | "N" | "br" | "rb" | "E") => {
                    return after;
                }
                Some(b'@' | b'#') if length == 0 && bytes.get(after + 1) == Some(&b'"') => return after + 1,
                _ => break,
            }
            while let Some(own) = unit(bytes, after)
                && matches!(own.byte, b' ' | b'\n' | b'\t')
            {
                after += own.length;
            }
            // Something quoted, or a further wrapper, is within.
            let inner = bytes.get(after).copied().unwrap_or(0);
            if !(matches!(inner, b'"' | b'\'' | b'\\' | b'&' | b'%' | b'b' | b'`')
                || inner.is_ascii_alphabetic()
                    && is_opaque(self.text[after..].split([')', ' ', ',']).next().unwrap_or("")))
                && !self.text[after..].starts_with(|c: char| c.is_ascii_uppercase())
            {
                break;
            }
            place = after;
        }
        place
    }

    fn in_quotes(&self, sign: Sign, at: usize, is_closed: bool) -> Option<Range<usize>> {
        let bytes = self.bytes();
        let (found, next) = quoted(bytes, at)?;
        let value = self.text.get(found.clone())?;
        let is_sure = self.strength == Strength::Sure
            || (self.strength == Strength::Usual && (is_closed || matches!(sign, Sign::Equals | Sign::Arrow)));
        let fits = match () {
            () if is_placeholder(value) || is_complaint(value) => false,
            () if sign == Sign::Space => (is_opaque(value) || self.dashes > 0) && !starts_as_placeholder(value),
            () if sign == Sign::Call => self.can_call() && !words_only(value),
            () if is_sure => !(value == self.name()),
            () if self.strength == Strength::Usual => {
                is_opaque(value)
                    || (is_word(value) && !value.contains(' ') && value.len() >= 6 && !value.ends_with(':'))
            }
            () => is_opaque(value) && !is_code(value),
        };
        if !fits {
            return None;
        }
        // `token = "old" -> "new"`
        if let Some(rest) = self.text.get(next..)
            && let Some(after) = rest.strip_prefix(" -> \"")
            && let Some(end) = after.find('"')
            && !is_placeholder(&after[..end])
        {
            return Some(found.start..next + 5 + end);
        }
        Some(found)
    }

    /// Returns whether a call with this name is given a secret: `setPassword("..")`.
    fn can_call(&self) -> bool {
        let name = self.name().rsplit('.').next().unwrap_or("");
        let starts = |start: &str| name.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
        starts("set")
            || starts("with")
            || is_one_of(
                name,
                &[
                    "password",
                    "passwd",
                    "secret",
                    "apikey",
                    "api_key",
                    "token",
                    "bearer",
                    "passphrase",
                    "bearer_auth",
                    "basic_auth",
                ],
            )
    }

    fn in_brackets(&self, sign: Sign, at: usize, is_closed: bool, is_spaced: bool) -> Option<Range<usize>> {
        let bytes = self.bytes();
        let Some(end) = group(bytes, at) else {
            return self.without_quotes(sign, at, at, is_spaced, is_closed);
        };
        let inner = self.text.get(at + 1..end - 1)?;
        if matches!(sign, Sign::Space | Sign::Call)
            || is_placeholder(&self.text[at..end])
            || is_placeholder(inner)
            || self.text[at..end].starts_with("[redacted")
        {
            return None;
        }
        if bytes[at] == b'(' {
            return (sign == Sign::Equals
                && !is_spaced
                && (self.strength == Strength::Sure || is_opaque(inner))
                && !inner.contains('('))
            .then_some(at + 1..end - 1);
        }
        let is_whole = self.strength == Strength::Sure || self.strength == Strength::Usual;
        if !is_whole && !(bytes[at] == b'[' && inner.contains("earer ")) {
            return None;
        }
        // A value that goes on behind the bracket: `password={abc}x`.
        if bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            return self.without_quotes(sign, at, at, is_spaced, is_closed);
        }
        let has_value = match bytes[at] {
            b'{' => !is_description(inner),
            _ => list_has_secret(inner, self.strength),
        };
        has_value.then_some(at..end)
    }

    /// Reads the value of a header, to the end of its line or its quote.
    fn header(&self, at: usize, is_closed: bool, sign: Sign) -> Option<Range<usize>> {
        let bytes = self.bytes();
        let own = unit(bytes, at)?;
        let found = match own.byte {
            b'"' | b'\'' | b'`' => quoted(bytes, at)?.0,
            _ if is_closed => return None,
            _ => {
                let line = end_of_line(bytes, at);
                let quote = open_quote(bytes, self.start);
                let end = (at..line).find(|place| {
                    let byte = bytes[*place];
                    Some(byte) == quote
                        || byte == b'&' && sign == Sign::Equals
                        || byte == b'%' && bytes[*place..].starts_with(b"%0")
                        || byte == b'%' && sign == Sign::Equals && bytes[*place..].starts_with(b"%26")
                        || quote.is_none() && matches!(byte, b'}' | b']') && *place + 1 == line
                });
                at..end.unwrap_or(line)
            }
        };
        let value = self.text.get(found.clone())?.trim_end();
        let found = found.start..found.start + value.len();
        let name = self.name();
        if has_cookie(name) {
            return cookie_has_secret(value).then_some(found);
        }
        let (scheme, credentials) = scheme(value);
        if scheme.is_empty() {
            // A key without a scheme is one word, and no word of a language.
            let is_own = name.contains('-') && is_word(value) && !value.contains(' ') && !is_placeholder(value);
            return (is_own || !value.contains(' ') && is_opaque(value) && !is_code(value) && !is_placeholder(value))
                .then_some(found);
        }
        let credentials = credentials.trim_matches(['"', '\'', '`']);
        let is_real = !is_placeholder(credentials)
            && !credentials.is_empty()
            && !starts_as_placeholder(credentials)
            && !is_complaint(credentials)
            && !(words_only(credentials) && credentials.contains(' '));
        is_real.then_some(found)
    }

    /// Reads the content of an element.
    fn element(&self, at: usize, is_attribute: bool) -> Option<Range<usize>> {
        let bytes = self.bytes();
        // The end of an element is none.
        if self.text[..self.start].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == ':').ends_with("</") {
            return None;
        }
        let before =
            self.text[..self.start].bytes().rev().take(96).find(|byte| matches!(byte, b'<' | b'>' | b';' | b'\n'));
        if !matches!(before, Some(b'<' | b';' | b'>')) {
            return None;
        }
        let mut at = at;
        let rest = &self.text[at..];
        if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let end = data.find("]]>").unwrap_or(data.len());
            return Some(at + 9..at + 9 + end);
        }
        if let Some(tag) = rest.strip_prefix('<') {
            let length = tag.bytes().take(24).take_while(u8::is_ascii_alphanumeric).count();
            is_one_of(&tag[..length], &["value", "string", "val", "text", "b", "span", "code"]).then_some(())?;
            at += 1 + tag.bytes().take(MAX_NAME).position(|byte| byte == b'>')? + 1;
            while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                at += 1;
            }
        }
        let mut end = at;
        while let Some(own) = unit(bytes, end)
            && own.byte != b'<'
        {
            end += own.length;
        }
        let value = self.text.get(at..end)?.trim_end();
        let is_closed = self.text[end..].starts_with("</") || unit(bytes, end).is_some_and(|own| own.length > 1);
        let fits = is_closed
            && !(is_attribute && words_only(value))
            && !value.is_empty()
            && !is_placeholder(value)
            && (self.strength == Strength::Sure && !(value.contains(' ') && words_only(value))
                || is_opaque(value)
                || self.strength == Strength::Usual && !value.contains(' ') && value.len() >= 6);
        fits.then_some(at..at + value.len())
    }

    /// Reads a value on the line behind its name, as YAML has it.
    fn next_line(&self, at: usize) -> Option<Range<usize>> {
        let bytes = self.bytes();
        let indent = |place: usize| {
            let line = bytes[..place].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            (line, bytes[line..place].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count())
        };
        let (at, is_item) = match self.text[at..].strip_prefix("- ") {
            Some(_) => (at + 2, true),
            None => (at, false),
        };
        let (own, value) = (indent(self.start).1, indent(at).1);
        if value <= own && !is_item {
            return None;
        }
        if matches!(unit(bytes, at)?.byte, b'"' | b'\'') {
            let (found, next) = quoted(bytes, at)?;
            let value = self.text.get(found.clone())?;
            return (bytes.get(next) != Some(&b':') && !is_placeholder(value)).then_some(found);
        }
        let line = end_of_line(bytes, at);
        let value = self.text.get(at..line)?.trim_end();
        let is_value = !value.contains(": ")
            && !value.ends_with(':')
            && !value.contains(' ')
            && !is_placeholder(value)
            && is_opaque(value)
            && !is_code(value);
        is_value.then_some(at..at + value.len())
    }

    fn without_quotes(
        &self,
        sign: Sign,
        from: usize,
        at: usize,
        is_spaced: bool,
        is_closed: bool,
    ) -> Option<Range<usize>> {
        let bytes = self.bytes();
        let before = self.text[..self.start].trim_end();
        let lead = self.start - self.dashes.min(self.start);
        let sign_byte = bytes[from.saturating_sub(1)];
        let is_encoded = from >= 3 && bytes[from - 3] == b'%' && !sign_byte.is_ascii_punctuation();
        let mut setting = Setting {
            quote: open_quote(bytes, self.start),
            is_encoded,
            is_connection: false,
            is_query: sign == Sign::Equals && (self.text[..lead].ends_with(['?', '&', '#']) || is_encoded),
            closing: None,
        };
        if sign == Sign::Equals
            && (before.ends_with(';')
                || self.text[..self.start]
                    .rsplit(['\n', '"', '\''])
                    .next()
                    .is_some_and(|line| line.contains(';') && line.contains('=')))
        {
            setting.is_connection = before.ends_with(';') || setting.is_connection;
            setting.is_connection |= before.rfind(';').is_some_and(|at| !before[at..].contains(' '));
        }
        if self.text[..lead].ends_with(['(', '[', '{']) || before.ends_with(['(', '[', '{', ',']) {
            setting.closing = match before.rfind(['(', '[', '{']).map(|at| before.as_bytes()[at]) {
                Some(b'(') => Some(b')'),
                Some(b'[') => Some(b']'),
                Some(_) => Some(b'}'),
                None => None,
            };
        }
        let mut end = plain(bytes, at, setting);
        let mut value = self.text.get(at..end)?;
        if value.ends_with(['.', ',', ';', ':']) && sign != Sign::Equals {
            value = value.trim_end_matches([',', ';', '.']);
            end = at + value.len();
        }
        if setting.is_connection {
            value = value.trim_end();
            end = at + value.len();
        }
        if value.is_empty() {
            return None;
        }
        // `token: bearer abc`
        let (own_scheme, _) = scheme(&self.text[at..]);
        if is_one_of(
            own_scheme,
            &[
                "bearer",
                "basic",
                "token",
                "digest",
                "apikey",
                "api-key",
                "negotiate",
                "ntlm",
                "oauth",
                "ssws",
                "dpop",
                "jwt",
            ],
        ) && own_scheme.len() == value.len()
            && !matches!(sign, Sign::Space | Sign::Call)
        {
            let start = at + own_scheme.len();
            let start =
                start + self.text[start..].len() - self.text[start..].trim_start_matches([' ', '"', '\'']).len();
            let end = plain(bytes, start, setting);
            let credentials = self.text.get(start..end)?;
            let fits = !is_placeholder(credentials)
                && (!is_word(credentials) || self.strength != Strength::Likely && self.rest_of_line(end).is_empty());
            return fits.then_some(at..end);
        }
        let rest = self.rest_of_line(end);
        let is_code = is_code(value)
            && (sign != Sign::Equals || is_spaced || value.contains('(') || is_code_path(value))
            && !setting.is_query;
        if is_placeholder(value) || is_code || value == self.name() {
            return None;
        }
        let is_more = !rest.is_empty();
        // `passphrase: correct horse battery staple`
        if sign == Sign::Colon
            && is_more
            && ends_with(self.name(), "passphrase")
            && rest.split(' ').count() >= 3
            && words_only(rest)
            && !rest.contains(':')
            && !is_complaint(&self.text[at..])
        {
            return Some(at..end_of_line(bytes, at));
        }
        let fits = match sign {
            Sign::Space => self.fits_space(value, rest, sign_byte),
            Sign::Call => false,
            Sign::Equals | Sign::Arrow if !is_spaced || setting.is_connection || self.dashes > 0 => match self.strength
            {
                Strength::Sure | Strength::Usual => {
                    !(is_word(value) && value.ends_with(':')) && !is_path(self.name(), value)
                }
                Strength::Likely => is_opaque(value),
            },
            Sign::Equals | Sign::Arrow => match self.strength {
                Strength::Likely => is_opaque(value),
                _ => !(is_word(value) && is_more) && !is_path(self.name(), value),
            },
            Sign::Colon => match self.strength {
                _ if value.ends_with(':') && (is_more || is_word(value)) => false,
                _ if value.starts_with(['/', '~', '.']) && is_word(value) => false,
                Strength::Usual | Strength::Likely if !is_spaced && self.text[..self.start].ends_with(':') => false,
                Strength::Sure if is_closed || !is_spaced => !(is_word(value) && is_more),
                Strength::Sure => {
                    !(is_more && (is_word(value) || is_measure(value))) && !is_type(value) && !value.contains("://")
                }
                Strength::Usual if is_closed => {
                    is_opaque(value) || value.len() >= 4 && value.bytes().all(|byte| byte.is_ascii_digit())
                }
                Strength::Usual => {
                    is_opaque(value)
                        || is_word(value)
                            && !is_more
                            && self.is_key()
                            && value.len() >= 8
                            && value.bytes().all(|byte| byte.is_ascii_lowercase())
                }
                Strength::Likely => is_opaque(value) && (!is_more || value.len() >= 12),
            },
            Sign::Tag | Sign::Comma => false,
        };
        fits.then_some(at..end)
    }

    /// Returns what follows on the line, save for a remark and a further pair.
    fn rest_of_line(&self, end: usize) -> &'t str {
        let line = end_of_line(self.bytes(), end);
        let is_quote = self.text[end..line].starts_with(['"', '\'', '`']);
        let rest = self.text[end..line].trim();
        let is_remark = is_quote
            || rest.starts_with(['#', ',', ';', ')', '}', ']', '|', '&', '<'])
            || rest.starts_with("//")
            || rest.starts_with("--");
        let first = rest.split(' ').next().unwrap_or("");
        let is_pair = first.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        });
        match is_remark || is_pair {
            true => "",
            false => rest,
        }
    }

    /// Returns whether the name is the first of its line, in lower case.
    fn is_key(&self) -> bool {
        let before = self.text[..self.start].trim_end_matches([' ', '-', '\t', '+']);
        (before.is_empty() || before.ends_with('\n'))
            && self.name().bytes().next().is_some_and(|byte| byte.is_ascii_lowercase())
    }

    /// Judges a value that only a space parts from its name.
    fn fits_space(&self, value: &str, rest: &str, sign: u8) -> bool {
        let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
        if self.dashes > 0 && self.text[..self.start].ends_with('-') {
            // `--password string   Password of ..` explains a flag.
            return !value.starts_with(['-', '|'])
                && known_name(value).is_none()
                && !is_one_of(value, FLAG_WORDS)
                && !(is_word(value)
                    && (rest.len() > 24 || self.strength != Strength::Sure || self.text.contains("Usage")))
                && !(self.strength == Strength::Likely && !is_opaque(value));
        }
        let is_long = value.len() >= 16;
        let is_secret = is_opaque(value)
            && has_digit
            && !is_code(value)
            && !starts_as_placeholder(value)
            && !value.contains(['(', '<', '=', '/', ':', '"', ',']);
        let is_short = is_opaque(value) && !value.contains(['(', '<', '=', ':', ',', '"']);
        match self.strength {
            Strength::Sure
                if self.is_identifier
                    || is_one_of(self.name(), &["requirepass", "masterauth", "rocommunity", "rwcommunity"]) =>
            {
                is_short && (has_digit || is_long)
            }
            Strength::Sure => is_secret && value.len() >= 6 && has_letter_between(value),
            Strength::Usual => is_secret && value.len() >= 10 && has_letter_between(value),
            Strength::Likely => {
                matches!(sign, b'#' | b'+') && is_secret
                    || is_secret
                        && is_long
                        && (self.is_identifier || is_one_of(self.name(), &["bearer", "session", "jwt", "sid"]))
            }
        }
    }
}

/// Returns whether a value has a letter behind a digit, or two cases: no ordinal, no size.
fn has_letter_between(value: &str) -> bool {
    let bytes = value.as_bytes();
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    letters >= 3
}

/// Judges a name, and the word before it where both are one name; returns whether they are.
fn judged(redactor: &Redactor, name: &str, lead: &str) -> Option<(bool, Strength)> {
    if is_one_of(lead, LEADS) && !name.contains(['_', '-', '.']) {
        return strength_of_two(redactor, lead, name).map(|own| (true, own));
    }
    if is_one_of(name, &["token", "tokens", "key"]) && !lead.is_empty() {
        return strength_of_two(redactor, lead, name).map(|own| (false, own.min(Strength::Usual)));
    }
    strength(redactor, name).map(|own| (false, own))
}

/// Returns whether a value is the name of a type: `PathBuf`.
fn is_type(value: &str) -> bool {
    let humps =
        value.as_bytes().windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()).count();
    value.starts_with(|c: char| c.is_ascii_uppercase()) && humps > 0 && is_word(value)
}

fn ends_with(name: &str, ending: &str) -> bool {
    name.len() >= ending.len() && name.as_bytes()[name.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
}

/// Returns whether a name has the word `cookie`.
fn has_cookie(name: &str) -> bool {
    name.as_bytes().windows(6).any(|part| part.eq_ignore_ascii_case(b"cookie"))
}

/// Returns the word that a space parts from a place.
fn word_before(text: &str, floor: usize, at: usize) -> &str {
    let Some(lead) = text.get(floor..at).and_then(|lead| lead.strip_suffix(' ')) else { return "" };
    let length = lead.bytes().rev().take(24).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    &lead[lead.len() - length..]
}

/// Returns the quote that is directly before a place.
fn quote_before(bytes: &[u8], at: usize) -> Option<Unit> {
    (1..=8.min(at))
        .filter_map(|back| {
            let own = unit(bytes, at - back)?;
            (own.length == back && matches!(own.byte, b'"' | b'\'' | b'`')).then_some(own)
        })
        .last()
}

fn is_wide_end(bytes: &[u8], end: usize) -> bool {
    (2..=3.min(end)).any(|back| unit(bytes, end - back).is_some_and(|own| own.length == back && own.byte != 0))
}

/// Splits a header's value into a scheme and credentials; the scheme is empty if there is none.
pub(super) fn scheme(value: &str) -> (&str, &str) {
    let length =
        value.bytes().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    let (own, rest) = value.split_at(length);
    let after = rest.trim_start_matches(['%', '+', ' ', '\t', ':', '=']);
    match is_one_of(own, SCHEMES) && after.len() < rest.len() {
        true => (own, after.strip_prefix("20").filter(|_| rest.starts_with('%')).unwrap_or(after)),
        false => ("", value),
    }
}

/// Returns whether the value of a cookie's header has a secret: a pair that is no attribute, with a value.
fn cookie_has_secret(value: &str) -> bool {
    const ATTRIBUTES: &[&str] =
        &["path", "domain", "expires", "max-age", "samesite", "version", "priority", "partitioned"];
    let pairs = value.split([';', ',']).filter_map(|pair| pair.split_once('='));
    let mut pairs = pairs.filter(|(name, _)| !name.trim().contains(' ') && !name.trim().is_empty());
    pairs.any(|(name, value)| {
        !is_one_of(name.trim(), ATTRIBUTES)
            && !is_placeholder(value)
            && !is_placeholder(value.trim_end_matches(['"', '\'']))
    })
}

/// Reads a block of lines behind `|` or `>`.
fn block(bytes: &[u8], at: usize, name: usize) -> Option<Range<usize>> {
    let line = end_of_line(bytes, at);
    (line - at <= 4 && bytes.get(line).is_some_and(|byte| matches!(byte, b'\n' | b'\r'))).then_some(())?;
    let start_of = bytes[..name].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let indent = |from: usize| bytes[from..].iter().take_while(|byte| **byte == b' ').count();
    let own = indent(start_of);
    let start = line + 1 + usize::from(bytes[line] == b'\r');
    let mut end = start;
    while end < bytes.len() {
        let next = bytes[end..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |next| end + next);
        let is_blank = bytes[end..next].iter().all(u8::is_ascii_whitespace);
        if !is_blank && indent(end) <= own {
            break;
        }
        end = (next + 1).min(bytes.len());
    }
    let first = start + indent(start.min(bytes.len()));
    let last = bytes[..end].iter().rposition(|byte| !byte.is_ascii_whitespace())? + 1;
    (last > first).then_some(first..last)
}

/// Reads a value in angle brackets that is no placeholder.
fn in_angles(text: &str, at: usize, strength: Strength) -> Option<Range<usize>> {
    let inner = text[at..].strip_prefix('<')?;
    let end = inner.bytes().take(512).position(|byte| byte == b'>')?;
    let fits = is_opaque(&inner[..end])
        && inner[..end].bytes().any(|byte| byte.is_ascii_digit())
        && !inner[..end].contains([' ', '/', '='])
        && strength >= Strength::Likely
        && end >= 8;
    fits.then_some(at + 1..at + 1 + end)
}

/// Returns whether an object says something about a secret: it names a type, a place, a policy.
fn is_description(inner: &str) -> bool {
    const KEYS: &[&str] = &[
        "type",
        "name",
        "namespace",
        "format",
        "mode",
        "enabled",
        "required",
        "minlength",
        "maxlength",
        "min_length",
        "max_length",
        "max_age",
        "http_only",
        "same_site",
        "secret_key_ref",
        "value_from",
        "minimum",
        "maximum",
        "pattern",
        "description",
        "secure",
        "httponly",
        "maxage",
        "path",
        "domain",
        "samesite",
        "expires",
        "key",
        "ref",
        "$ref",
        "id",
        "arn",
        "kind",
        "valuefrom",
        "secretkeyref",
        "in",
        "scheme",
        "default",
        "title",
        "example",
        "version",
        "fromsecret",
        "env",
        "file",
        "source",
        "error",
        "errors",
        "message",
        "code",
        "status",
        "count",
        "min",
        "max",
        "length",
        "policy",
        "optional",
        "nullable",
        "allownull",
        "provider",
        "vault",
        "external",
        "driver",
        "rules",
        "validate",
        "label",
        "placeholder",
        "iss",
        "alg",
        "ttl",
        "scopes",
        "scope",
    ];
    let first = inner.trim_start().trim_start_matches(['"', '\'', '\\', '`']);
    let length = first
        .bytes()
        .take(MAX_NAME)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'-'))
        .count();
    let after = first[length..].trim_start_matches(['"', '\'', '\\', ' ', '`', '?']);
    let is_key = after.starts_with([':', '=']);
    inner.trim().is_empty() || is_key && is_one_of(&first[..length], KEYS)
}

/// Returns whether a list has a text that can be a secret.
fn list_has_secret(inner: &str, strength: Strength) -> bool {
    let items =
        inner.split(',').map(|item| item.trim().trim_matches(['"', '\'', '\\', '`'])).filter(|item| !item.is_empty());
    let is_secret = |item: &str| match strength {
        _ if is_placeholder(item)
            || is_complaint(item)
            || item.contains(' ') && words_only(item) && !item.starts_with("Bearer ") =>
        {
            false
        }
        Strength::Sure | Strength::Usual => !item.starts_with('*') || item.len() > 3,
        Strength::Likely => is_opaque(item),
    };
    let is_text = inner.contains(['"', '\'']) || strength == Strength::Sure || inner.contains("earer ");
    let all = items.take(32);
    is_text && !all.clone().any(is_complaint) && all.clone().any(is_secret)
        || strength == Strength::Usual
            && inner.contains(' ')
            && !words_only(inner)
            && is_opaque(inner.split(' ').next_back().unwrap_or(""))
}

/// Returns whether a value is a path of names, as in `self.token`.
fn is_code_path(value: &str) -> bool {
    let parts = value.trim_end_matches([')', ',', ';']).split('.');
    parts.clone().count() >= 2
        && parts.clone().all(|part| !part.is_empty() && is_word(part) && !part.contains(['/', '-', '+', '=']))
        && parts.clone().next().is_some_and(|first| {
            is_one_of(
                first,
                &[
                    "self", "this", "process", "os", "env", "config", "settings", "args", "opts", "options", "req",
                    "request", "var", "local", "data", "module", "secrets", "github", "input", "inputs", "params",
                    "cfg", "ctx", "context", "import", "local", "props", "state", "conf",
                ],
            )
        })
}

/// Returns whether the value of `pwd` is a working directory.
fn is_path(name: &str, value: &str) -> bool {
    is_one_of(name, &["pwd", "oldpwd"]) && (value.starts_with(['/', '~']) || value.get(1..3) == Some(":\\"))
}
