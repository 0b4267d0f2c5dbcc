//! Secrets that are recognized by their structure rather than by a prefix and a length: JSON Web Tokens, bot tokens,
//! private keys.

use std::ops::Range;

use super::alphabet::Alphabet::{self, Alnum, Dotted, Token, Upper, Word};
use super::escape::{begins, past_escape};
use super::run::{leading, trailing};

/// The maximum number of bytes that are read to distinguish a token from other text with the same start.
const MAX_HEAD: usize = 4_096;

/// The minimum length after the prefix of a token whose issuer is not in the table.
const MIN_PREFIXED: usize = 30;

/// The same, if a dash follows the prefix.
const MIN_DASHED: usize = 40;

/// The maximum length of the name of an environment variable.
const MAX_VARIABLE: usize = 64;

/// The maximum length of a prefix.
const MAX_PREFIX: usize = 24;

/// A structure of secrets, each with a function that finds it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Structure {
    JsonWebToken,
    TelegramBot,
    OnePassword,
    Graphic,
    Sealed,
    GroupedKey,
    Marked,
    AfterPath,
    Clickup,
    Salesforce,
    PrivateKey,
    Ssh2Key,
    PuttyKey,
    BareKey,
}

impl Structure {
    /// Finds the secret, given the position of its prefix. Nothing before `floor` belongs to it.
    pub(super) fn find(self, text: &str, floor: usize, at: usize) -> Option<Range<usize>> {
        match self {
            Self::JsonWebToken => json_web_token(text, at),
            Self::TelegramBot => telegram_bot(text, floor, at),
            Self::OnePassword => one_password(text, at),
            Self::Graphic => graphic(text, at),
            Self::Sealed => sealed(text, at),
            Self::GroupedKey => grouped_key(text, at),
            Self::Marked => marked(text, floor, at),
            Self::AfterPath => after_path(text, at),
            Self::Clickup => clickup(text, at),
            Self::Salesforce => salesforce(text, at),
            Self::PrivateKey => private_key(text, floor, at),
            Self::Ssh2Key => ssh2_key(text, at),
            Self::PuttyKey => putty_key(text, at),
            Self::BareKey => bare_key(text, at),
        }
    }
}

/// A JSON Web Token: a header in base64, and at least a second part.
fn json_web_token(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let header = Word.count(&bytes[at..], MAX_HEAD);
    let body = bytes[at + header..].strip_prefix(b".").filter(|_| header >= 12)?;
    let length = trimmed(body, Token.count(body, usize::MAX));
    (length >= 10).then_some(at..at + header + 1 + length)
}

/// Returns a length without trailing periods.
fn trimmed(bytes: &[u8], mut length: usize) -> usize {
    while length > 0 && bytes[length - 1] == b'.' {
        length -= 1;
    }
    length
}

/// A Telegram bot token: a number, a colon and a key that starts with `AA`.
fn telegram_bot(text: &str, floor: usize, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let number = Alphabet::Digits.count_back(&bytes[floor.min(at)..at], 13);
    let key = Word.count(bytes.get(at + 3..)?, 64);
    ((6..=12).contains(&number) && key >= 30).then_some(at - number..at + 3 + key)
}

/// The secret key of a 1Password account: groups of capitals and digits.
fn one_password(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let length = begins(bytes, at).then(|| Word.count(&bytes[at..], 48))?;
    let groups: Vec<&str> = text[at..at + length].split('-').skip(1).collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let fits = matches!(lengths[..], [6, 6, 5, 5, 5, 5] | [6, 11, 5, 5, 5])
        && groups.iter().all(|group| group.bytes().all(|byte| Upper.has(byte)));
    fits.then_some(at..at + length)
}

/// A long run of characters of all kinds: the hash of a Kerberos ticket with its user name, a generated key.
fn graphic(text: &str, at: usize) -> Option<Range<usize>> {
    let length =
        leading(&text.as_bytes()[at..], usize::MAX, |byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\''));
    (length >= 60).then_some(at..at + length)
}

/// A sealed cookie: groups of letters and digits, separated by `*`.
fn sealed(text: &str, at: usize) -> Option<Range<usize>> {
    let part = |byte: &u8| Dotted.has(*byte) || *byte == b'*';
    let length = leading(&text.as_bytes()[at..], usize::MAX, |byte| part(byte));
    (length >= 80).then_some(at..at + length)
}

/// A Discord bot token: a number in base64, a time and a signature.
pub(super) fn discord_bot(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if !begins(bytes, at) {
        return None;
    }
    let length = trimmed(&bytes[at..], Dotted.count(&bytes[at..], 128));
    let mut parts = text[at..at + length].split('.');
    let (number, time, signature) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = (23..=28).contains(&number.len()) && (6..=7).contains(&time.len()) && signature.len() >= 27;
    (fits && parts.next().is_none() && decoded(number).all(|byte| byte.is_ascii_digit())).then_some(at..at + length)
}

/// A prefix followed by groups like those of a UUID, with any letters.
fn grouped_key(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let length = begins(bytes, at).then(|| Word.count(&bytes[at..], 64))?;
    let mut groups = text[at..at + length].split('-').skip(1).map(str::len);
    let fits = [8, 4, 4, 4, 12].iter().all(|group| groups.next() == Some(*group)) && groups.next().is_none();
    (fits && bytes[at..at + length].iter().any(u8::is_ascii_digit)).then_some(at..at + length)
}

/// Finds the first token that starts between two positions and has a prefix of any issuer: a short word, `_`, and at least
/// 30 upper- and lower-case letters and digits, mixed as only a generator mixes them.
///
/// Many issuers have used this form since GitHub described it in 2021. Ids are shorter, or have only one case.
pub(super) fn prefixed(text: &str, from: usize, to: usize) -> Option<Range<usize>> {
    const MIN_RUN: usize = 2 + 1 + MIN_PREFIXED;
    let bytes = text.as_bytes();
    let mut start = from;
    while start < to
        && let Some(head) = bytes.get(start..start + MIN_RUN)
    {
        // A run that is long enough starts after the last byte that belongs to none.
        if let Some(other) = head.iter().rposition(|byte| !RUN[usize::from(*byte)]) {
            start += other + 1;
            continue;
        }
        let rest = &bytes[start + MIN_RUN..];
        let end = start + MIN_RUN + leading(rest, usize::MAX, |byte| RUN[usize::from(*byte)]);
        let found = prefixed_in(bytes, start..end);
        if let Some(found) = found.filter(|found| found.start < to) {
            return Some(found);
        }
        start = end;
    }
    None
}

/// The bytes of [`Word`], as a table.
const RUN: [bool; 256] = {
    let mut own = [false; 256];
    let mut byte = 0;
    while byte < own.len() {
        own[byte] = Word.has(byte as u8);
        byte += 1;
    }
    own
};

/// Finds the token in a run of letters, digits, `_` and `-`.
fn prefixed_in(bytes: &[u8], run: Range<usize>) -> Option<Range<usize>> {
    let (mut has_upper, mut has_line) = (false, false);
    for byte in &bytes[run.clone()] {
        has_upper |= byte.is_ascii_uppercase();
        has_line |= *byte == b'_';
    }
    let mixed = has_upper.then(|| mixed_in(bytes, run.clone())).flatten();
    let digits = || has_line.then(|| digits_in(bytes, run.clone())).flatten();
    mixed.or_else(digits).or_else(|| of_variable(bytes, run.clone()))
}

/// Finds a token of upper- and lower-case letters and digits after a prefix. A dash after the prefix may also be part of
/// base64, so the prefix must then be a word and the token longer.
fn mixed_in(bytes: &[u8], run: Range<usize>) -> Option<Range<usize>> {
    // The start of the last part that only a generator writes. The prefix comes before it.
    let parts = bytes[run.clone()].rsplit(|byte| matches!(byte, b'_' | b'-'));
    let mut end = run.end;
    let last = parts.map(|part| {
        let start = end - part.len();
        end = start.saturating_sub(1);
        start..start + part.len()
    });
    let last = last.into_iter().find(|part| is_generated(&bytes[part.clone()]))?.start;
    let keys = (run.start..last).filter(|at| match bytes[*at] {
        b'_' => run.end - at > MIN_PREFIXED,
        b'-' => run.end - at > MIN_DASHED,
        _ => false,
    });
    let first = keys.take(MAX_PREFIX).find_map(|at| {
        let start = past_escape(bytes, run.start.max(at.saturating_sub(MAX_PREFIX)), at);
        let prefix = &bytes[start..at];
        let is_prefix = (2..MAX_PREFIX).contains(&prefix.len())
            && prefix[0].is_ascii_alphabetic()
            && match bytes[at] {
                b'_' => is_one_case(prefix),
                _ => is_one_case(prefix) && prefix.iter().all(u8::is_ascii_alphabetic) && !is_public(prefix),
            };
        is_prefix.then_some(start)
    })?;
    Some(first..run.end)
}

/// Returns whether a prefix has only lower-case letters, or only capitals, unlike the random part of a token.
fn is_one_case(prefix: &[u8]) -> bool {
    !(prefix.iter().any(u8::is_ascii_lowercase) && prefix.iter().any(u8::is_ascii_uppercase))
}

/// Finds a token of 40 or 64 hexadecimal digits, or of at least 36 lower-case letters and digits, after a prefix and `_`.
///
/// Digests have these lengths too, after a word that says so: `commit_..`. Ids of OpenAI have 48 digits.
fn digits_in(bytes: &[u8], run: Range<usize>) -> Option<Range<usize>> {
    let at = run.start + bytes[run.clone()].iter().rposition(|byte| *byte == b'_')?;
    let (prefix, body) = (&bytes[run.start..at], &bytes[at + 1..run.end]);
    let has = |is: fn(&u8) -> bool| body.iter().filter(|byte| is(byte)).count();
    let is_hex = Alphabet::Hex.count(body, usize::MAX) == body.len();
    let fits = match is_hex {
        true => matches!(body.len(), 40 | 64),
        false => body.len() >= 36 && has(u8::is_ascii_digit) >= 6,
    };
    let start = past_escape(bytes, run.start, at);
    let is_prefix = (2..MAX_PREFIX).contains(&prefix.len()) && bytes[start].is_ascii_alphabetic();
    (fits && is_prefix && Alphabet::Lower.count(body, usize::MAX) == body.len() && !is_public(prefix))
        .then_some(start..run.end)
}

/// Finds the random value of an environment variable, whatever it is called: `ACME_SERVICE_ROLE=..`. The names of public
/// values, ids and digests say that they are.
fn of_variable(bytes: &[u8], run: Range<usize>) -> Option<Range<usize>> {
    bytes[..run.start].last().is_some_and(|byte| is_sign(*byte)).then_some(())?;
    let value = run.start..run.start + Token.count(&bytes[run.start..], MAX_HEAD);
    let own = &bytes[value.clone()];
    let signs = trailing(&bytes[..run.start], 5, |byte| is_sign(*byte));
    let end = run.start - signs;
    bytes[end..run.start].iter().any(|byte| matches!(byte, b'=' | b':')).then_some(())?;
    let part = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    let length = trailing(&bytes[..end], MAX_VARIABLE, |byte| part(byte));
    let name = &bytes[end - length..end];
    let is_variable = length >= 6 && name.contains(&b'_') && begins(bytes, end - length);
    let fits = is_variable && !is_public(name) && {
        let is_hex = matches!(own.len(), 40 | 64) && Alphabet::Hex.count(own, usize::MAX) == own.len();
        is_hex || is_generated(own)
    };
    fits.then_some(value)
}

/// Returns whether a byte may come between the name of a variable and its value: `NAME="..`, `"NAME": "..`.
fn is_sign(byte: u8) -> bool {
    matches!(byte, b'=' | b':' | b'"' | b'\'' | b' ')
}

/// Returns whether a name says that its value is public, an id or a digest.
fn is_public(name: &[u8]) -> bool {
    const WORDS: &[&str] = &[
        "address",
        "asset",
        "blob",
        "block",
        "build",
        "cache",
        "challenge",
        "checksum",
        "chunk",
        "commit",
        "contract",
        "cursor",
        "digest",
        "etag",
        "file",
        "fingerprint",
        "hash",
        "id",
        "ids",
        "image",
        "img",
        "integrity",
        "layer",
        "md5",
        "nonce",
        "object",
        "page",
        "pk",
        "pub",
        "public",
        "publishable",
        "ref",
        "release",
        "request",
        "rev",
        "revision",
        "sha",
        "sha1",
        "sha224",
        "sha256",
        "sha384",
        "sha512",
        "site",
        "span",
        "state",
        "tag",
        "thumbprint",
        "trace",
        "tree",
        "tx",
        "txn",
        "uri",
        "url",
        "version",
    ];
    let words = name.split(|byte| matches!(byte, b'_' | b'-'));
    words.into_iter().any(|own| WORDS.iter().any(|word| own.eq_ignore_ascii_case(word.as_bytes())))
}

/// Returns whether a run consists of upper- and lower-case letters and digits, mixed as only a generator mixes them.
pub(super) fn is_generated(run: &[u8]) -> bool {
    if run.len() < 20 {
        return false;
    }
    let mut counts = [0_usize; 4];
    let (mut changes, mut before) = (0, CLASS[usize::from(run[0])]);
    for byte in run {
        let class = CLASS[usize::from(*byte)];
        counts[usize::from(class)] += 1;
        changes += usize::from(class != before);
        before = class;
    }
    let [digits, upper, lower, _] = counts;
    digits >= 2 && upper >= 2 && lower >= 2 && 12 * changes >= 5 * run.len()
}

/// The class of each byte: a digit, an upper-case letter, a lower-case letter, or another byte.
const CLASS: [u8; 256] = {
    let mut own = [3; 256];
    let mut at = 0;
    while at < own.len() {
        let byte = at as u8;
        own[at] = match byte {
            b'0'..=b'9' => 0,
            b'A'..=b'Z' => 1,
            b'a'..=b'z' => 2,
            _ => 3,
        };
        at += 1;
    }
    own
};

/// A key whose prefix says that it is one, such as `acme_live_..`, unless it is public, such as `pk_live_..`.
fn marked(text: &str, floor: usize, at: usize) -> Option<Range<usize>> {
    const MIN_KEY: usize = 20;
    let bytes = text.as_bytes();
    let mark = 2 + leading(&bytes[at + 1..], usize::MAX, |byte| byte.is_ascii_alphabetic());
    let before = Word.count_back(&bytes[floor.min(at)..at], MAX_PREFIX);
    let start = past_escape(bytes, at - before, at);
    let is_public = ["pk", "pub", "public", "publishable"].iter().any(|own| text[start..at].eq_ignore_ascii_case(own));
    let length = Word.count(&bytes[at + mark..], MAX_HEAD);
    let key = &bytes[at + mark..at + mark + length];
    let mut runs = key.split(|byte| matches!(byte, b'_' | b'-'));
    let has = |is: fn(&u8) -> bool| key.iter().filter(|byte| is(byte)).count();
    let fits = (2..MAX_PREFIX).contains(&(at - start))
        && bytes[start].is_ascii_alphabetic()
        && !is_public
        && length >= MIN_KEY
        && has(u8::is_ascii_digit) >= 3
        && has(u8::is_ascii_alphabetic) >= 3
        && runs.any(|run| run.len() >= 16);
    fits.then_some(start..at + mark + length)
}

/// The last part of the path after a host: `rpc.ankr.com/polygon/..`.
fn after_path(text: &str, at: usize) -> Option<Range<usize>> {
    let path = text[at..].find('/').map(|slash| at + slash + 1)?;
    let own = &text[path..path + Alphabet::Path.count(&text.as_bytes()[path..], 200)];
    let key = own.rsplit('/').find(|part| part.len() >= 30)?;
    let has_digit = key.bytes().any(|byte| byte.is_ascii_digit());
    let from = path + own.find(key)?;
    has_digit.then_some(from..from + key.len())
}

/// A ClickUp token: `pk_`, a user number and 32 capitals and digits.
fn clickup(text: &str, at: usize) -> Option<Range<usize>> {
    let body = text.as_bytes().get(at + 3..)?;
    let number = Alphabet::Digits.count(body, 12);
    let key = Upper.count(body.get(number..)?.strip_prefix(b"_")?, 40);
    (number >= 5 && key >= 28).then_some(at..at + 4 + number + key)
}

/// A Salesforce token: an organization id, an exclamation mark and a session.
fn salesforce(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let id = Alnum.count(&bytes[at..], 20);
    let session = bytes[at + id..].strip_prefix(b"!")?;
    let length = trimmed(session, Token.count(session, usize::MAX));
    (begins(bytes, at) && id >= 14 && length >= 40).then_some(at..at + id + 1 + length)
}

/// Decodes base64 and skips other characters.
pub(super) fn decoded(text: &str) -> impl Iterator<Item = u8> {
    let (mut bits, mut count) = (0_u32, 0);
    text.bytes().filter_map(move |byte| {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(six)) & 0xFFFF;
        count += 6;
        if count < 8 {
            return None;
        }
        count -= 8;
        u8::try_from(bits >> count & 0xFF).ok()
    })
}

/// A private key in its PEM frame, up to the end of the frame or of the text; or the text before the end of a frame
/// whose start is missing.
fn private_key(text: &str, floor: usize, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..];
    let starts = |mark: &str| rest.get(..mark.len()).is_some_and(|own| own.eq_ignore_ascii_case(mark));
    let (is_end, label) = match () {
        () if starts("-----BEGIN ") => (false, &rest[11..]),
        () if starts("-----END ") => (true, &rest[9..]),
        () => return None,
    };
    let length = label.as_bytes()[..label.len().min(80)].windows(5).position(|mark| mark == b"-----")?;
    let is_label =
        label[..length].bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'.' | b'_'));
    let key = label[length..].strip_prefix("-----").filter(|_| is_label)?;
    if !is_secret(&label[..length]) {
        return None;
    }
    let bytes = text.as_bytes();
    if is_end {
        let lines = |byte: &u8| Alphabet::Base64.has(*byte) || matches!(byte, b'\n' | b'\r' | b'\\');
        let count = trailing(&bytes[floor.min(at)..at], MAX_HEAD, |byte| lines(byte));
        let own = bytes[at - count..at].iter().filter(|byte| byte.is_ascii_alphanumeric()).count();
        return (own >= 32).then_some(at - count..at);
    }
    // A frame without a key is prose.
    let has_key = key.bytes().take(128).any(|byte| byte.is_ascii_alphanumeric());
    has_key.then(|| at..end_of_frame(text, text.len() - key.len()))
}

/// Returns whether the label of a frame names a secret.
fn is_secret(label: &str) -> bool {
    let has = |part: &str| label.as_bytes().windows(part.len()).any(|own| own.eq_ignore_ascii_case(part.as_bytes()));
    has("KEY") && !has("PUBLIC") || has("AGE ENCRYPTED") || has("PGP MESSAGE")
}

/// Returns where a frame ends, given the start of its key.
fn end_of_frame(text: &str, start: usize) -> usize {
    let end = text[start..].find("-----").map(|found| start + found);
    let Some(end) = end else { return text.len() };
    let label = &text[end + 5..];
    match label.as_bytes()[..label.len().min(80)].windows(5).position(|mark| mark == b"-----") {
        Some(length) if !label[..length].contains('\n') => end + 5 + length + 5,
        _ => end,
    }
}

/// A private key in the format of commercial SSH.
fn ssh2_key(text: &str, at: usize) -> Option<Range<usize>> {
    let body = text[at..].strip_prefix("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----")?;
    let end = body.find("---- END").map_or(body.len(), |end| end + "---- END".len());
    Some(at..text.len() - body.len() + end)
}

/// The lines of a PuTTY private key.
fn putty_key(text: &str, at: usize) -> Option<Range<usize>> {
    let start = at + "Private-Lines:".len();
    let part = |byte: &u8| Alphabet::Base64.has(*byte) || matches!(byte, b' ' | b'\n' | b'\r' | b'\\');
    let count = leading(&text.as_bytes()[start..], usize::MAX, |byte| part(byte));
    // `Private-MAC:` follows.
    let lines = text[start..start + count].trim_end_matches("Private");
    (lines.len() >= 40).then_some(start..start + lines.len())
}

/// An OpenSSH private key in base64, without its frame.
fn bare_key(text: &str, at: usize) -> Option<Range<usize>> {
    let part = |byte: &u8| Alphabet::Base64.has(*byte) || matches!(byte, b'\n' | b'\r');
    let count = leading(&text.as_bytes()[at..], usize::MAX, |byte| part(byte));
    (count >= 60).then_some(at..at + count)
}

/// Returns whether a string is a user name and a password in base64, separated by a colon.
pub(super) fn is_basic(text: &str) -> bool {
    let is_pair = decoded(text).all(|byte| matches!(byte, b' '..=b'~')) && decoded(text).any(|byte| byte == b':');
    text.len() >= 8 && is_pair
}
