//! Judges by the name of a value whether the value is a secret. Redaction does this for details, and the generator for parameters.

mod words;

use words::ends_with_one_of;
pub use words::{Lists, is_one_of, lists};

/// How certainly a name means that its value is a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// The name also has harmless meanings: a plain word is not a secret.
    Likely,
    /// The name is that of a secret, except in a sentence: `token: expired`.
    Usual,
    /// The name is that of a secret.
    Sure,
}

use Strength::{Likely, Sure, Usual};

/// A longer name is not that of a secret.
pub const MAX_NAME: usize = 64;

/// Further words of a name are ignored.
const MAX_WORDS: usize = 12;

/// A word of a name, and the lists that contain it.
#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    lists: Lists,
}

impl<'a> Word<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, lists: lists(text) }
    }

    fn is(self, words: &[&str]) -> bool {
        is_one_of(self.text, words)
    }

    /// Returns the word without trailing digits, unless it consists of digits.
    fn without_number(self) -> Self {
        let shorter = self.text.trim_end_matches(|c: char| c.is_ascii_digit());
        if shorter.is_empty() || shorter.len() == self.text.len() { self } else { Self::new(shorter) }
    }
}

/// The words of a name, split at case and separators. Each is a range of the name.
#[derive(Debug, Clone, Copy)]
struct Words<'a> {
    name: &'a str,
    ranges: [(u8, u8); MAX_WORDS],
    count: usize,
}

impl<'a> Words<'a> {
    fn of(name: &'a str) -> Self {
        let mut own = Self { name, ranges: [(0, 0); MAX_WORDS], count: 0 };
        let bytes = name.as_bytes();
        let mut start = 0;
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                // Most bytes.
                b'a'..=b'z' => {}
                b'_' | b'-' | b'.' | b' ' | b':' | b'/' | b'$' | b'[' | b']' => {
                    own.push(start, at);
                    start = at + 1;
                }
                b'A'..=b'Z' if at > start && is_hump(bytes[at - 1], &bytes[at + 1..]) => {
                    own.push(start, at);
                    start = at;
                }
                _ => {}
            }
        }
        own.push(start, bytes.len());
        own
    }

    /// Adds a word. A name whose length is not that of a name has no words beyond its first 255 bytes.
    fn push(&mut self, start: usize, end: usize) {
        if start < end
            && self.count < MAX_WORDS
            && let (Ok(start), Ok(end)) = (u8::try_from(start), u8::try_from(end))
        {
            self.ranges[self.count] = (start, end);
            self.count += 1;
        }
    }

    fn get(&self, at: usize) -> Option<Word<'a>> {
        (at < self.count).then(|| {
            let (start, end) = self.ranges[at];
            Word::new(&self.name[usize::from(start)..usize::from(end)])
        })
    }

    fn first(&self) -> Option<Word<'a>> {
        self.get(0)
    }

    fn last(&self) -> Option<Word<'a>> {
        self.get(self.count.checked_sub(1)?)
    }

    fn before_last(&self) -> Option<Word<'a>> {
        self.get(self.count.checked_sub(2)?)
    }

    fn iter(&self) -> impl Iterator<Item = Word<'a>> {
        (0..self.count).filter_map(|at| self.get(at))
    }
}

/// Returns whether a capital letter begins a word: `apiKey`, `APIKey`, but not `APIs`.
fn is_hump(before: u8, after: &[u8]) -> bool {
    match before {
        b'a'..=b'z' | b'0'..=b'9' => true,
        b'A'..=b'Z' => after.first().is_some_and(u8::is_ascii_lowercase) && !is_plural(after),
        _ => false,
    }
}

/// Returns whether a word is a number or a version: `1`, `v3`.
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix(['v', 'V']).unwrap_or(word);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_plural(after: &[u8]) -> bool {
    matches!(after, [b's'] | [b's', b'_' | b'-' | b'.' | b' ' | b':' | b'/' | b'$' | b'[' | b']', ..])
}

fn ends_with(word: &str, ending: &str) -> bool {
    word.len() >= ending.len() && word.as_bytes()[word.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
}

/// Joins words.
#[must_use]
pub fn joined<'b>(buffer: &'b mut [u8; MAX_NAME], words: [&str; 3]) -> Option<&'b str> {
    let mut length = 0;
    for word in words {
        buffer.get_mut(length..length + word.len())?.copy_from_slice(word.as_bytes());
        length += word.len();
    }
    core::str::from_utf8(&buffer[..length]).ok()
}

/// Judges a name by the words that it contains.
#[must_use]
pub fn known_name(name: &str) -> Option<Strength> {
    let mut words = Words::of(name);
    let mut last = words.last()?;
    // `UNSEAL_KEY_1`, `token_value`.
    while words.count > 1 && (last.lists.has(Lists::SAME) || is_number(last.text)) {
        words.count -= 1;
        last = words.last()?;
    }
    let Some(before) = words.before_last() else {
        return alone(last.without_number()).or_else(|| last.lists.has(Lists::LIKELY).then_some(Likely));
    };
    let strength = pair(before, last.without_number(), &words)?;
    let first = words.first()?;
    let is_type = first.text.starts_with(|c: char| c.is_ascii_uppercase()) && !name.contains(['_', '-', ' ', '.']);
    if is_type && first.text.bytes().any(|byte| byte.is_ascii_lowercase()) && first.lists.has(Lists::FAILURES) {
        return None;
    }
    if first.lists.has(Lists::QUESTIONS) {
        return Some(Likely);
    }
    Some(strength)
}

/// Judges a name of one word.
fn alone(word: Word) -> Option<Strength> {
    if word.lists.has(Lists::SURE) {
        return Some(Sure);
    }
    // `pgpassword`
    if word.text.len() > 6 && ends_with_one_of(word.text, Lists::SURE, 6) {
        return Some(Sure);
    }
    if word.lists.has(Lists::USUAL) {
        return Some(Usual);
    }
    if word.lists.has(Lists::LIKELY) {
        return Some(Likely);
    }
    // `AUTHPASS`, but not `compass`.
    let is_pass = word.text.len() >= 6 && ends_with(word.text, "pass") && !word.lists.has(Lists::HARMLESS_PASS);
    if is_pass || ends_with(word.text, "pwd") {
        return Some(Usual);
    }
    // `authtoken`, `mysecret`, `MYSECRETKEY`.
    let glued = ["token", "secret", "cookie", "secretkey", "sessid", "sessionid"];
    // `usersession`
    let harmless = ["obsession", "possession", "intersession"];
    if word.text.len() > 8 && ends_with(word.text, "session") && !word.is(&harmless) {
        return Some(Likely);
    }
    let is_glued = glued.iter().any(|own| word.text.len() > own.len() + 1 && ends_with(word.text, own));
    is_glued.then_some(Usual)
}

/// Judges a name by its last words.
fn pair(before: Word, last: Word, words: &Words) -> Option<Strength> {
    if last.is(&["key", "keys"]) {
        if before.lists.has(Lists::SECRET_KEYS) || before.without_number().lists.has(Lists::SECRET_KEYS) {
            return Some(if before.lists.has(Lists::LIKELY_KEYS) { Likely } else { Sure });
        }
        // `LOGGED_IN_KEY` of WordPress.
        if before.is(&["in"]) && words.iter().any(|own| own.is(&["logged"])) {
            return Some(Sure);
        }
        // `COSMOS_PRIMARY_KEY` is one of two secret keys, `primary_key` is the key of a table.
        let is_one_of_two = words.count > 2 && before.is(&["primary", "secondary"]);
        return (is_one_of_two || !before.lists.has(Lists::HARMLESS_KEYS)).then_some(Likely);
    }
    if last.is(&["id"]) {
        // Session ids, and ids that are one half of a pair of credentials.
        let is_secret = before.is(&["session", "secret", "sess"])
            || before.is(&["key"]) && words.iter().any(|own| own.is(&["private"]));
        return is_secret.then_some(Likely);
    }
    // `QINIU_SK`, but not the `SK` of a table; `SLACK_SIGNING`, `JWT_PRIVATE`.
    if last.is(&["sk", "signing", "private"]) {
        return Some(Likely);
    }
    if last.is(&["url", "uri"]) && before.is(&["webhook", "hook", "incoming"]) {
        return Some(Usual);
    }
    let mut buffer = [0; MAX_NAME];
    let joined = joined(&mut buffer, [before.text, last.text, ""]).map_or(Lists::NONE, lists);
    // `SAMLResponse` is not the response to something.
    if last.lists.has(Lists::ABOUT) && !joined.has(Lists::LIKELY) {
        return None;
    }
    if last.is(&["token", "tokens"]) && before.lists.has(Lists::HARMLESS_BEFORE_TOKEN) {
        return None;
    }
    let both = alone(last);
    if joined.has(Lists::SURE) {
        return Some(Sure);
    }
    if joined.has(Lists::USUAL) {
        return both.max(Some(Usual));
    }
    if joined.has(Lists::LIKELY) {
        return both.max(Some(Likely));
    }
    let Some(both) = both else {
        // `SECRET_PROD`, `password_root`, `remember_web_59ba`.
        // A cookie: `wp_woocommerce_session_9f2c`.
        let is_secret = |own: &Word| {
            own.lists.has(Lists::SURE.or(Lists::USUAL))
                || own.is(&["remember", "loggedin", "session", "shibsession", "sessionhash"])
        };
        let joined = words.iter().zip(words.iter().skip(1)).any(|(one, next)| {
            one.is(&["logged", "api", "private", "secret", "access", "account", "encryption", "signing"])
                && next.is(&["in", "key"])
        });
        return (words.iter().any(|own| is_secret(&own)) || joined).then_some(Likely);
    };
    // `existingSecret`, `imagePullSecret` of Kubernetes name a secret.
    if last.is(&["secret", "secrets"]) && before.is(&["existing", "pull"]) {
        return Some(Likely);
    }
    match both {
        Sure => Some(Sure),
        // A plural of tokens is a count, except for tokens that grant something.
        Likely if last.is(&["tokens"]) => {
            before.is(&["access", "api", "auth", "bearer", "refresh", "session", "oauth"]).then_some(Usual)
        }
        Likely if last.is(&["certificate"]) => before.is(&["app", "client"]).then_some(Likely),
        Usual
            if last.is(&["token", "secret"])
                && before.is(&["id", "csrf", "xsrf", "device", "sync", "verification", "reset"]) =>
        {
            Some(Usual)
        }
        Usual if last.is(&["token", "secret", "pwd", "pw", "pass", "creds", "credentials"]) => Some(Sure),
        other => Some(other),
    }
}

/// Returns whether a name is that of a header whose value extends to the end of its line.
#[must_use]
pub fn is_header(name: &str) -> bool {
    is_one_of(
        name,
        &[
            "authorization",
            "proxy-authorization",
            "proxy_authorization",
            "http_authorization",
            "x-authorization",
            "x-forwarded-authorization",
            "cookie",
            "set-cookie",
            "set_cookie",
            "http_cookie",
            "cookie2",
            "set-cookie2",
        ],
    )
}

/// Returns whether the secret after a name may consist of digits, like a PIN, or of words, like a seed phrase.
#[must_use]
pub fn announces(name: &str, list: Lists) -> bool {
    let words = Words::of(name);
    let Some(last) = words.last() else { return false };
    let mut buffer = [0; MAX_NAME];
    let before = words.before_last().map_or("", |own| own.text);
    last.lists.has(list) || joined(&mut buffer, [before, last.text, ""]).is_some_and(|both| lists(both).has(list))
}

/// Returns whether a key names a stack trace: `stack`, `errorStack`, `exc_info`, `stackFrames`.
#[must_use]
pub fn names_stack_trace(key: &str) -> bool {
    let words = Words::of(key.trim_start_matches('@'));
    let Some(last) = words.last() else { return false };
    if last.is(&[
        "stacktrace",
        "stacktraces",
        "backtrace",
        "backtraces",
        "traceback",
        "tracebacks",
        "stackframes",
        "callstack",
        "errorstack",
        "excinfo",
        "threaddump",
        "stackdump",
        "goroutines",
    ]) {
        return true;
    }
    match words.before_last() {
        None => last.is(&["stack", "stacks", "trace", "exception", "frames"]),
        Some(before) => match () {
            () if last.is(&["stack", "stacks"]) => !before.is(&[
                "tech",
                "technology",
                "full",
                "cloud",
                "open",
                "network",
                "protocol",
                "undo",
                "redo",
                "navigation",
                "software",
            ]),
            () if last.is(&["trace", "traces"]) => {
                before.is(&["stack", "back", "error", "exception", "panic", "call", "full", "exc", "crash", "debug"])
            }
            () if last.is(&["frames", "frame"]) => before.is(&["stack", "call", "error", "exception"]),
            () if last.is(&["info", "text", "detail", "details", "string", "array", "lines"]) => {
                before.is(&["exc", "stack", "exception", "traceback", "stacktrace", "backtrace"])
                    // `stackTraceString`, but not the information on a distributed trace.
                    || before.is(&["trace"]) && last.is(&["text", "string", "array", "lines"])
            }
            () if last.is(&["dump"]) => before.is(&["thread", "stack", "crash"]),
            () if last.is(&["exception"]) => before.is(&["inner", "nested", "root", "original"]),
            () if last.is(&["back"]) => before.is(&["trace"]),
            () => false,
        },
    }
}
