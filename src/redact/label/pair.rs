//! Pairs whose name and value are apart: `{"name": "password", "value": ".."}`, reports of checks, comparisons.

use std::ops::Range;

use mcp_error_codes_core::secret_name::{Lists, is_one_of, lists};

use super::super::run::leading;
use super::parts::{Label, Sign};
use crate::redact::ending::{end_of_line, quoted};
use crate::redact::escape::{Unit, unit};
use crate::redact::plain::is_placeholder;

/// The number of bytes before a name that are searched for its value.
const MAX_BACK: usize = 256;

impl Label<'_> {
    /// Reads `;s:12:` after a quoted name, as PHP serializes it. Returns where the value is.
    pub(super) fn serialized(&self, at: usize) -> Option<usize> {
        let rest = self.bytes().get(at..)?.strip_prefix(b";s:")?;
        let digits = leading(rest, 8, |byte| byte.is_ascii_digit());
        rest.get(digits..)?.strip_prefix(b":")?;
        Some(at + 3 + digits + 1)
    }

    /// Reads `, "value": ` and ` value="` after a quoted name. A few other pairs may come between, as in
    /// `{"name": "password", "type": "string", "value": ".."}`.
    pub(super) fn pair_after(&self, at: usize) -> Option<(Sign, usize)> {
        const MAX_BETWEEN: usize = 3;
        let mut at = at;
        for _ in 0..MAX_BETWEEN {
            let own = self.pair_at(at);
            if own.is_some() {
                return own;
            }
            at = self.past_pair(at)?;
        }
        self.pair_at(at)
    }

    /// Skips `, "type": "string"` and ` type="text"`.
    fn past_pair(&self, at: usize) -> Option<usize> {
        let bytes = self.bytes();
        let key = leading(&bytes[at..], 8, |byte| matches!(byte, b',' | b' ' | b'\n' | b'"' | b'\''));
        let length = leading(&bytes[at + key..], 24, |byte| byte.is_ascii_alphabetic() || *byte == b'_');
        let mut place = at + key + length;
        (length > 0).then_some(())?;
        place += usize::from(matches!(bytes.get(place), Some(b'"' | b'\'')));
        matches!(bytes.get(place), Some(b':' | b'=')).then_some(())?;
        place += 1 + usize::from(bytes.get(place + 1) == Some(&b' '));
        match bytes.get(place)? {
            b'"' | b'\'' => quoted(bytes, place)
                .filter(|(value, next)| value.len() <= 128 && value.end < *next)
                .map(|(_, next)| next),
            _ => {
                let value = leading(&bytes[place..], 24, |byte| byte.is_ascii_alphanumeric() || *byte == b'.');
                (value > 0).then_some(place + value)
            }
        }
    }

    fn pair_at(&self, at: usize) -> Option<(Sign, usize)> {
        let bytes = self.bytes();
        let mut place = at;
        while let Some(own) = unit(bytes, place)
            && matches!(own.byte, b' ' | b'\n' | b'\r' | b'\t' | b'"' | b'\'' | b',')
            && place - at < 24
        {
            place += own.length;
        }
        let length = leading(&bytes[place..], 20, |byte| byte.is_ascii_alphabetic());
        lists(&self.text[place..place + length]).has(Lists::VALUES).then_some(())?;
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

    /// Skips `protected]` and `"Config":private]` in a dump of PHP, up to the bracket.
    pub(super) fn past_visibility(&self, from: usize) -> Option<usize> {
        let rest = self.bytes().get(from..)?;
        let length = rest.iter().take(80).position(|byte| *byte == b']')?;
        let own = &rest[..length];
        (own.ends_with(b"protected") || own.ends_with(b"private")).then_some(from + length)
    }

    /// Reads the second sign of a comparison with a quoted string, `== ".."`, `=== '..'`. Returns where the string is.
    pub(super) fn compared(&self, from: usize) -> Option<usize> {
        let rest = self.bytes().get(from..)?;
        let signs = leading(rest, 2, |byte| *byte == b'=');
        let spaces = leading(&rest[signs..], 4, |byte| *byte == b' ');
        matches!(rest.get(signs + spaces), Some(b'"' | b'\'')).then_some(from + signs + spaces)
    }

    /// Finds the default of a variable of Terraform, whose block is open.
    pub(super) fn default_of(&self, from: usize) -> Option<usize> {
        const MARK: &str = "default";
        self.text[..self.start].ends_with("variable \"").then_some(())?;
        let block = self.text.get(from..)?.split('}').next()?;
        let at = block.find(MARK)? + MARK.len();
        let equals = at + block[at..].find('=').filter(|skipped| block[at..at + skipped].trim().is_empty())?;
        Some(from + equals + 1)
    }

    /// Finds the value in the report of a check, on the line after the name of a field:
    /// `  String too short [type=.., input_value='..']`.
    pub(super) fn reported(&self, from: usize) -> Option<usize> {
        const MARK: &str = "input_value=";
        let starts_line = self.start == 0 || self.bytes()[self.start - 1] == b'\n';
        let line = self.text.get(from..end_of_line(self.bytes(), from))?;
        let at = line.starts_with("  ").then(|| line.find(MARK)).flatten().filter(|_| starts_line)?;
        let from = from + at + MARK.len();
        matches!(self.bytes().get(from), Some(b'"' | b'\'')).then_some(from)
    }

    /// Finds the value before the name: `{"value": "..", "name": "password"}`, `<input value=".." name="password">`.
    pub(super) fn value_before(&self) -> Option<Range<usize>> {
        self.quote?;
        let is_space = |c: char| matches!(c, '"' | '\'' | '\\' | ' ' | ',' | ':' | '=');
        let lead = self.text[..self.start].trim_end_matches(['"', '\'', '\\', ' ']);
        if !lead.ends_with([':', '=']) {
            return None;
        }
        let from = (lead.len().saturating_sub(MAX_BACK)..lead.len()).find(|at| lead.is_char_boundary(*at))?;
        let word = from + lead[from..].rfind("alue")? + "alue".len();
        let skipped = self.text[word..].len() - self.text[word..].trim_start_matches(['"', '\'', ' ', ':', '=']).len();
        let open = word + skipped.checked_sub(1)?;
        matches!(self.bytes()[open], b'"' | b'\'').then_some(())?;
        let (found, next) = quoted(self.bytes(), open)?;
        let key = lead.get(next..)?.trim_matches(is_space);
        let value = self.text.get(found.clone())?;
        (is_one_of(key, &["name", "key", "id", "field", "path"]) && !is_placeholder(value)).then_some(found)
    }
}
