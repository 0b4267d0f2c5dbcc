//! Values without quotes: environment variables, flags, connection strings, tables, log lines.

use std::ops::Range;

use mcp_error_codes_core::secret_name::{Lists, Strength, announces, is_one_of, known_name};

use super::header::{is_about_credentials, scheme};
use super::parts::{Label, Sign, ends_with};
use crate::redact::ending::{Setting, end_of_line, open_quote, plain};
use crate::redact::opaque::{end_of_groups, is_measure, is_number, is_opaque};
use crate::redact::plain::{is_code, is_complaint, is_placeholder, starts_as_placeholder};
use crate::redact::word::{begins_word, is_word, words_only};

impl<'t> Label<'t> {
    pub(super) fn without_quotes(
        &self,
        sign: Sign,
        from: usize,
        at: usize,
        is_spaced: bool,
        is_closed: bool,
    ) -> Option<Range<usize>> {
        let bytes = self.bytes();
        // The sentence continues.
        if sign == Sign::Space && self.dashes == 0 && (begins_word(bytes, at) || !self.may_follow(at)) {
            return None;
        }
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
        if own_scheme.len() == value.len()
            && !matches!(sign, Sign::Space | Sign::Call)
            && is_one_of(
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
            )
        {
            let start = at + own_scheme.len();
            let start =
                start + self.text[start..].len() - self.text[start..].trim_start_matches([' ', '"', '\'']).len();
            let end = plain(bytes, start, setting);
            let credentials = self.text.get(start..end)?;
            let fits = !is_placeholder(credentials)
                && !is_about_credentials(credentials)
                && (!is_word(credentials) || self.strength != Strength::Likely && self.rest_of_line(end).is_empty());
            return fits.then_some(at..end);
        }
        if sign != Sign::Space
            && self.strength >= Strength::Usual
            && let Some(end) = end_of_groups(self.text, at)
        {
            return Some(at..end);
        }
        // `Option<String>` is a type, and `X-Api-Key` is the name of a header.
        let is_generic = bytes.get(end) == Some(&b'<') && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_generic || value.get(..2).is_some_and(|own| own.eq_ignore_ascii_case("x-")) && is_word(value) {
            return None;
        }
        let rest = self.rest_of_line(end);
        let is_harmless = || {
            let is_code = is_code(value)
                && (sign != Sign::Equals || is_spaced || value.contains('(') || is_code_path(value))
                && !setting.is_query;
            is_placeholder(value) || is_code || self.repeats(value)
        };
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
            return (!is_harmless()).then(|| at..end_of_line(bytes, at));
        }
        if sign == Sign::Space
            && let Some(found) = self.after_format(value, end)
        {
            return (!is_harmless()).then_some(found);
        }
        let fits = match sign {
            Sign::Space => self.fits_space(value, rest, sign_byte),
            Sign::Call => false,
            Sign::Equals | Sign::Arrow if !is_spaced || setting.is_connection || self.dashes > 0 => match self.strength
            {
                Strength::Sure | Strength::Usual => {
                    // `errors.token=The token is invalid.` translates a message.
                    let is_message = self.name().contains('.') && is_word(value) && rest.contains(' ');
                    !(is_path(self.name(), value) || is_word(value) && value.ends_with(':') || is_message)
                }
                Strength::Likely => is_opaque(value) || is_number(value) && announces(self.name(), Lists::NUMBERS),
            },
            Sign::Equals | Sign::Arrow => match self.strength {
                Strength::Likely => is_opaque(value) || is_number(value) && announces(self.name(), Lists::NUMBERS),
                _ => !(is_path(self.name(), value) || is_word(value) && is_more),
            },
            Sign::Colon => match self.strength {
                _ if value.ends_with(':') && (is_more || is_word(value)) => false,
                // `auth: method=oauth2`
                Strength::Usual | Strength::Likely if is_pair(value) => false,
                _ if value.starts_with(['/', '~', '.']) && is_word(value) => false,
                Strength::Usual | Strength::Likely if !is_spaced && self.text[..self.start].ends_with(':') => false,
                Strength::Sure if is_closed || !is_spaced => !(is_word(value) && is_more),
                Strength::Sure => {
                    !(is_more && (is_word(value) || is_measure(value))) && !is_type(value) && !value.contains("://")
                }
                Strength::Usual if is_number(value) && announces(self.name(), Lists::NUMBERS) => true,
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
                Strength::Likely if (is_closed || self.is_identifier && !is_more) && is_number(value) => {
                    announces(self.name(), Lists::NUMBERS)
                }
                Strength::Likely => is_opaque(value) && (!is_more || value.len() >= 12),
            },
            Sign::Tag | Sign::Comma => false,
        };
        (fits && !is_harmless()).then_some(at..end)
    }

    /// Returns whether one of the next two words can be a value that only a space separates from its name: it has a digit or
    /// is long, or the name comes first in its line.
    fn may_follow(&self, at: usize) -> bool {
        const MIN_LONG: usize = 12;
        let (mut length, mut words) = (0, 0);
        for byte in &self.bytes()[at..] {
            match byte {
                b'0'..=b'9' => return true,
                b'\n' => break,
                b' ' | b'\t' if words == 1 => break,
                b' ' | b'\t' => (length, words) = (0, words + 1),
                _ => length += 1,
            }
            if length >= MIN_LONG {
                return true;
            }
        }
        matches!(self.bytes()[..self.start].last(), None | Some(b'\n' | b' ' | b'\t'))
            && self.strength == Strength::Sure
    }

    /// Returns whether a value is the name, or its last word: `--api-key=KEY`.
    fn repeats(&self, value: &str) -> bool {
        let name = self.name();
        let is_last = ends_with(name, value)
            && matches!(name.as_bytes()[..name.len() - value.len()].last(), None | Some(b'-' | b'_'));
        value == name || is_last && value.bytes().all(|byte| byte.is_ascii_uppercase())
    }

    /// Reads the value after its format, as in the configuration of network devices: `password 7 ..`, `secret 5 ..`,
    /// `password cipher ..`.
    fn after_format(&self, format: &str, end: usize) -> Option<Range<usize>> {
        let is_format = matches!(format, "0" | "4" | "5" | "6" | "7" | "8" | "9")
            || is_one_of(
                format,
                &["plaintext", "cipher", "simple", "encrypted", "enc", "md5", "sha", "ascii", "clear"],
            );
        (is_format && self.strength >= Strength::Usual).then_some(())?;
        let value = self.text[end..end_of_line(self.bytes(), end)].trim();
        let value = value.split(' ').next().unwrap_or("").trim_matches(['"', '\'', ';']);
        let from = end + self.text[end..].find(value)?;
        (value.len() >= 6 && is_opaque(value) && has_letter_between(value)).then_some(from..from + value.len())
    }

    /// Returns the rest of the line, without a comment and without another pair.
    pub(super) fn rest_of_line(&self, end: usize) -> &'t str {
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

    /// Returns whether the name comes first in its line and is in lower case.
    pub(super) fn is_key(&self) -> bool {
        let before = self.text[..self.start].trim_end_matches([' ', '-', '\t', '+']);
        (before.is_empty() || before.ends_with('\n'))
            && self.name().bytes().next().is_some_and(|byte| byte.is_ascii_lowercase())
    }

    /// Returns whether the name comes first in its line, and the previous line has two words too.
    fn follows_settings(&self) -> bool {
        let Some((before, own)) = self.text[..self.start].rsplit_once('\n') else { return false };
        let line = before.rsplit('\n').next().unwrap_or(before).trim();
        own.trim().is_empty()
            && line.split(' ').count() == 2
            && line.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase())
            && !line.ends_with(['.', ':', ',', ';', '?', '!'])
    }

    /// Checks a value that only a space separates from its name.
    pub(super) fn fits_space(&self, value: &str, rest: &str, sign: u8) -> bool {
        let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
        if self.dashes > 0 && self.text[..self.start].ends_with('-') {
            // `--password string   Password of ..` documents a flag.
            return !value.starts_with(['-', '|'])
                && known_name(value).is_none()
                // A word that other words follow, or that follows a quoted flag, is part of a sentence.
                && !(is_word(value)
                    && (rest.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.contains(' ')
                        || matches!(self.bytes().get(self.end), Some(b'"' | b'\'' | b'`'))))
                && !(is_word(value)
                    && (rest.len() > 24 || self.strength != Strength::Sure || self.text.contains("Usage")))
                && (self.strength != Strength::Likely
                    || is_opaque(value)
                    || self.is_identifier && is_number(value) && announces(self.name(), Lists::NUMBERS));
        }
        let is_long = value.len() >= 16;
        let is_secret = is_opaque(value)
            && has_digit
            && !is_code(value)
            && !starts_as_placeholder(value)
            && (!value.contains(['(', '<', '=', '/', ':', '"', ',']) || is_base64(value));
        // A line of two words after other such lines belongs to a settings file.
        if self.strength == Strength::Sure
            && rest.is_empty()
            && value.len() >= 6
            && is_opaque(value)
            && self.follows_settings()
        {
            return true;
        }
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

/// Returns whether a value is a name and a value of its own: `method=oauth2`, `CN=web2`.
fn is_pair(value: &str) -> bool {
    value.split_once('=').is_some_and(|(name, own)| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
                && !own.trim_start_matches('=').is_empty()
            // `t=1,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e7`
            && !value.rsplit('=').next().is_some_and(|last| last.len() >= 24 && is_opaque(last))
    })
}

/// Returns whether a value is padded base64 that is long enough for a key.
fn is_base64(value: &str) -> bool {
    let body = value.trim_end_matches('=');
    let has = |is: fn(&u8) -> bool| body.as_bytes().iter().any(&is);
    body.len() < value.len()
        && body.len() >= 20
        && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
}

/// Returns whether a value has at least three letters, unlike an ordinal or a size.
pub(super) fn has_letter_between(value: &str) -> bool {
    let bytes = value.as_bytes();
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    letters >= 3
}

/// Returns whether a value is the name of a type: `PathBuf`.
pub(super) fn is_type(value: &str) -> bool {
    let humps =
        value.as_bytes().windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()).count();
    value.starts_with(|c: char| c.is_ascii_uppercase()) && humps > 0 && is_word(value)
}

/// Returns whether a value is a dotted path of names, such as `self.token`.
pub(super) fn is_code_path(value: &str) -> bool {
    let value = value.split(['[', '(']).next().unwrap_or(value);
    let parts = value.trim_end_matches([')', ',', ';']).split('.');
    parts.clone().count() >= 2
        && parts.clone().all(|part| !part.is_empty() && is_word(part) && !part.contains(['/', '-', '+', '=']))
        && parts.clone().next().is_some_and(|first| {
            is_one_of(
                first,
                &[
                    "self", "this", "process", "os", "env", "config", "settings", "args", "opts", "options", "req",
                    "request", "var", "local", "data", "module", "secrets", "github", "input", "inputs", "params",
                    "cfg", "ctx", "context", "import", "props", "state", "conf",
                ],
            )
        })
}

/// Returns whether the value of `pwd` is a working directory.
pub(super) fn is_path(name: &str, value: &str) -> bool {
    is_one_of(name, &["pwd", "oldpwd"]) && (value.starts_with(['/', '~']) || value.get(1..3) == Some(":\\"))
}
