//! What the name of a value says of it: the table of names.

use super::Redactor;

/// How sure a name is that its value is a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Other things have the name too: the value must not be a plain word.
    Likely,
    /// The name is that of a secret, save in a sentence: `token: expired`.
    Usual,
    /// The name is that of a secret.
    Sure,
}

use Strength::{Likely, Sure, Usual};

/// Names whose value is a secret wherever a name ends with them: `DB_PASSWORD`, `userPassword`, `pgpassword`.
#[rustfmt::skip]
const SURE: &[&str] = &[
    "password", "passwords", "passwd", "passphrase", "passphrases", "passcode", "passwort", "kennwort", "pasword",
    "apikey", "apikeys", "apitoken", "apisecret", "accesstoken", "accesskey", "secretkey", "secretaccesskey", "authtoken",
    "authkey", "authpassword", "refreshtoken", "clientsecret", "privatekey", "privkey", "signingkey", "encryptionkey", "masterkey",
    "appsecret", "appkey", "sharedkey", "sharedsecret", "sharedaccesskey", "accountkey", "sessiontoken", "sessionkey", "bearertoken", "usertoken",
    "bottoken", "jwtsecret", "webhooksecret", "consumersecret", "requirepass", "masterauth", "sshpass", "userpass",
    "dbpass", "dbpassword", "keypass", "storepass", "rootpw", "dbpw", "bindpw", "rootpass", "adminpass", "proxypass", "smtppass", "becomepass",
    "connectionstring", "psk", "presharedkey", "wpapsk", "integrationkey", "ingestionkey", "licensekey", "deploykey", "unsealkey",
    "subscriptionkey", "functionskey", "writekey", "secretstring", "secrettext", "totpsecret", "otpsecret", "passwordstring",
    "contraseña", "contrasena", "senha", "clave", "hasło", "haslo", "wachtwoord", "parola", "şifre", "sifre", "пароль", "密码", "密碼", "口令",
    "rocommunity", "rwcommunity", "securestring", "artapi",
    "パスワード", "비밀번호", "motdepasse", "令牌", "密钥", "salasana", "lösenord", "losenord", "heslo", "jelszó", "mật khẩu",
];

/// Names whose value is a secret, save that they have other meanings alone.
#[rustfmt::skip]
const USUAL: &[&str] = &[
    "token", "secret", "secrets", "cookie", "cookies", "pwd", "pw", "pass", "authorization", "credentials",
    "credential", "creds", "cred", "csrftoken", "xsrftoken", "jsessionid", "phpsessid", "sessid", "ticket", "authorizationcode", "authcode",
];

/// Names whose value is a secret if it does not look like anything else.
#[rustfmt::skip]
const LIKELY: &[&str] = &[
    "auth", "authentication", "session", "sessionid", "sid", "ssid", "pin", "otp", "totp", "salt", "signature", "sig", "hmac", "mac",
    "jwt", "jwk", "jwks", "pat", "bearer", "dsn", "pem", "pfx", "pkcs12", "pkcs8", "p12", "seed", "mnemonic", "certificate", "community", "login", "ticket", "samlresponse", "assertion", "aspxauth", "tokens", "keyfile", "keystore", "truststore", "p8", "asc", "webhook", "keypair",
    "cookies", "antiforgery", "oobcode", "passkey", "pepper", "userpass", "basicauth", "upass", "pswd", "passw", "pword", "authenticity", "verifier",
];

/// Words before `key` that make it a secret.
#[rustfmt::skip]
const SECRET_KEYS: &[&str] = &[
    "api", "private", "secret", "access", "encryption", "signing", "master", "admin", "auth", "account", "storage", "shared",
    "server", "service", "write", "app", "application", "license", "ingestion", "ingest", "integration", "webhook", "session", "consumer",
    "client", "symmetric", "crypto", "hmac", "aes", "rsa", "dsa", "ecdsa", "ed25519", "pgp", "gpg", "ssh", "deploy", "unseal", "recovery",
    "global", "preshared", "subscription", "functions", "function", "authorization", "bearer", "token", "jwt", "read", "query", "push", "user",
    "personal", "developer", "dev", "live", "prod", "production", "test", "sandbox", "pre", "wg", "tls", "ssl", "data", "transit", "kms",
    "hook", "merchant", "bot", "sender", "device", "enrollment", "activation", "product", "serial", "backup", "decryption", "cipher", "des", "psk",
    "management", "publisher", "salt", "hash", "install", "maintenance", "owner", "root", "machine", "code", "rest", "javascript",
];

/// Words before `key` with which it is none, or a public one.
#[rustfmt::skip]
const HARMLESS_KEYS: &[&str] = &[
    "public", "pub", "websocket", "socket", "primary", "foreign", "unique", "cache", "partition", "sort", "routing", "row", "idempotency", "object", "map",
    "host", "registry", "translation", "i18n", "message", "group", "lookup", "issue", "project", "hot", "shift", "meta", "config", "error",
    "publishable", "site", "dedup", "deduplication", "index", "candidate", "composite", "natural", "surrogate", "ref", "reference", "hash",
    "range", "shard", "bucket", "column", "dict", "hmap", "redis", "s3", "image", "file", "feature", "flag", "locale", "label", "query",
    "react", "item", "list", "sorting", "order", "parent", "child", "ssh_host", "extra", "unknown", "missing", "invalid", "duplicate",
    "bad", "wrong", "no", "the", "a", "this", "that", "any", "each", "every", "by", "for", "of", "with", "on", "in", "is", "press", "any",
    "arrow", "enter", "return", "escape", "esc", "tab", "space", "control", "ctrl", "alt", "function", "modifier", "media", "answer", "low",
    "sync", "tokens", "token", "users", "constraint", "storage", "state", "context", "json", "yaml", "toml", "setting", "settings", "property",
    "attribute", "header", "field", "param", "parameter", "event", "metric", "log", "trace", "span", "tag", "first", "last", "next", "prev", "previous",
];

/// Words behind a secret's word that make the whole something about the secret, and no secret: `tokenCount`.
#[rustfmt::skip]
const ABOUT: &[&str] = &[
    "id", "ids", "identifier", "name", "names", "url", "urls", "uri", "uris", "path", "paths", "file", "files", "filename", "dir", "directory", "count", "counts",
    "limit", "limits", "type", "types", "length", "len", "size", "expires", "expired", "expiry", "expiration", "exp", "at", "on", "by", "ttl", "age",
    "maxage", "policy", "policies", "required", "requirements", "requirement", "field", "fields", "enabled", "disabled", "enable", "mode", "status", "state",
    "ref", "refs", "reference", "arn", "version", "versions", "index", "offset", "position", "pos", "kind", "usage", "budget", "endpoint", "issuer",
    "audience", "scope", "scopes", "algorithm", "alg", "format", "domain", "hint", "hints", "label", "prompt", "strength", "reset", "resets", "min", "max",
    "minimum", "maximum", "updated", "created", "rotated", "changed", "date", "time", "timestamp", "duration", "lifetime", "window", "bucket", "provider",
    "providers", "manager", "store", "source", "service", "server", "handler", "method", "methods", "rule", "rules", "rotation", "consent",
    "stdin", "confirm", "attempts", "attempt", "failures", "retries", "generator", "validator", "parser", "mismatch", "missing", "invalid", "error",
    "errors", "exception", "notfound", "found", "failed", "failure", "denied", "present", "valid", "verified", "matches", "match", "change", "history",
    "complexity", "entropy", "bits", "bytes", "chars", "characters", "per", "rate", "ratio", "cost", "price", "symbol", "address", "env", "var", "variable",
    "column", "table", "schema", "model", "class", "interface", "protocol", "realm", "subject", "claims", "claim", "headers", "cookiename", "flow",
    "grant", "response", "request", "requests", "page", "pages", "form", "input", "inputs", "output", "outputs", "view", "screen", "dialog", "button", "placeholder", "title",
    "description", "desc", "help", "docs", "example", "banner", "samesite", "secure", "httponly", "ing", "izer", "s3", "engine", "backend", "plugin",
    "module", "package", "lib", "library", "client", "user", "username", "owner", "group", "role", "roles", "permission", "permissions", "level", "levels",
    "config", "configuration", "settings", "options", "option", "preset", "fingerprint", "thumbprint", "checksum", "exists", "unset", "used", "remaining", "left", "total",
    "location", "regex", "pattern", "prefix", "suffix", "separator", "delimiter", "info", "metadata", "meta", "tag", "tags", "note", "notes", "check", "checks", "test", "tests",
];

/// Words before `token` that make it a part of a grammar, a place in a list, or the mark of a progress.
#[rustfmt::skip]
const HARMLESS_BEFORE_TOKEN: &[&str] = &[
    "unexpected", "expected", "illegal", "lexer", "next", "page", "progress", "stray", "syntax", "unknown", "unrecognized", "unrecognised",
    "continuation", "eos", "bos", "pad", "unk", "sep", "cls", "mask", "special", "cancellation", "cancel", "parse", "parser", "last", "stop", "first",
    "found", "current", "previous", "prev", "lookahead", "sync", "erc", "erc20", "native", "governance", "start", "end", "eof", "eol", "near", "toplevel",
    "concurrency", "semaphore", "fencing", "layout", "design", "css", "color", "colour", "lexical", "keyword", "operator", "max", "min", "per", "input",
    "output", "prompt", "completion", "total", "cached", "resume", "paging", "iteration", "change", "delta", "marker",
];

/// Words at the beginning of a name that make it a question, or the name of a failure.
#[rustfmt::skip]
const QUESTIONS: &[&str] = &[
    "is", "has", "have", "had", "no", "needs", "need", "requires", "require", "should", "can", "must", "use", "uses", "using", "allow", "allows", "show", "hide", "on",
    "max", "min", "num", "number", "total", "count", "missing", "without", "supports", "support", "skip", "disable", "enable", "validate", "verify", "check", "forgot", "was", "are",
];

/// Words at the beginning of a type's name that make it the name of a failure: `InvalidToken`, `ErrSecretNotFound`.
#[rustfmt::skip]
const FAILURES: &[&str] = &[
    "invalid", "bad", "wrong", "missing", "unknown", "expired", "incorrect", "unexpected", "err", "error", "malformed", "revoked", "no", "e", "erc",
    "unsupported", "weak", "empty", "mismatched", "duplicate", "illegal", "unauthorized", "exposed", "leaked", "get", "create", "list", "delete", "update", "rotate", "new", "find",
];

/// Words behind a secret's word that change nothing: `tokenValue`, `secret_base64`.
#[rustfmt::skip]
const SAME: &[&str] = &[
    "value", "val", "string", "str", "text", "data", "plain", "plaintext", "raw", "base64", "b64", "encoded", "enc", "encrypted", "new", "old", "current", "default", "content",
    "contents", "body", "base", "prod", "production", "dev", "development", "test", "staging", "live", "main", "primary", "secondary", "1", "2", "backup", "hex", "cleartext", "x", "a", "b", "confirmation", "header", "jar", "pem", "der", "hash", "again", "repeat", "verify",
];

/// The lists, each with the bit that its words have in the table.
const LISTS: [(&[&str], u16); 10] = [
    (SURE, SURE_WORD),
    (USUAL, USUAL_WORD),
    (LIKELY, LIKELY_WORD),
    (SECRET_KEYS, SECRET_KEYS_WORD),
    (HARMLESS_KEYS, HARMLESS_KEYS_WORD),
    (ABOUT, ABOUT_WORD),
    (HARMLESS_BEFORE_TOKEN, HARMLESS_BEFORE_TOKEN_WORD),
    (QUESTIONS, QUESTIONS_WORD),
    (FAILURES, FAILURES_WORD),
    (SAME, SAME_WORD),
];
const SURE_WORD: u16 = 1;
const USUAL_WORD: u16 = 1 << 1;
const LIKELY_WORD: u16 = 1 << 2;
const SECRET_KEYS_WORD: u16 = 1 << 3;
const HARMLESS_KEYS_WORD: u16 = 1 << 4;
const ABOUT_WORD: u16 = 1 << 5;
const HARMLESS_BEFORE_TOKEN_WORD: u16 = 1 << 6;
const QUESTIONS_WORD: u16 = 1 << 7;
const FAILURES_WORD: u16 = 1 << 8;
const SAME_WORD: u16 = 1 << 9;

/// The words of all lists by their hash, each with the bits of its lists.
static WORDS: [(&str, u16); 4096] = {
    let mut table = [("", 0); 4096];
    let mut list = 0;
    while list < LISTS.len() {
        let (words, bit) = LISTS[list];
        let mut word = 0;
        while word < words.len() {
            let bytes = words[word].as_bytes();
            let mut slot = hash(bytes);
            while table[slot].1 != 0 && !is_same(table[slot].0.as_bytes(), bytes) {
                slot = (slot + 1) % table.len();
            }
            table[slot] = (words[word], table[slot].1 | bit);
            word += 1;
        }
        list += 1;
    }
    table
};

const fn hash(word: &[u8]) -> usize {
    let (mut hash, mut at) = (word.len() as u32, 0);
    while at < word.len() {
        hash = (hash ^ (word[at] | 0x20) as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    (hash ^ hash >> 15) as usize % 4096
}

/// Returns whether two words are one, whatever their case.
const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at].to_ascii_lowercase() == other[at].to_ascii_lowercase() {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// Returns whether a list has a word.
fn is_in(word: &str, bit: u16) -> bool {
    let mut slot = hash(word.as_bytes());
    while WORDS[slot].1 != 0 {
        if WORDS[slot].0.eq_ignore_ascii_case(word) {
            return WORDS[slot].1 & bit != 0;
        }
        slot = (slot + 1) % WORDS.len();
    }
    false
}

/// A longer name is none.
pub(super) const MAX_NAME: usize = 64;

/// More words of a name are not read.
const MAX_WORDS: usize = 12;

/// The words of a name, split at case and separators.
#[derive(Debug, Clone, Copy)]
struct Words<'a> {
    words: [&'a str; MAX_WORDS],
    count: usize,
}

impl<'a> Words<'a> {
    fn of(name: &'a str) -> Self {
        let mut own = Self { words: [""; MAX_WORDS], count: 0 };
        for part in name.split(['_', '-', '.', ' ', ':', '/', '$', '[', ']']) {
            let bytes = part.as_bytes();
            let mut start = 0;
            for at in 1..bytes.len() {
                let ends = match (bytes[at - 1], bytes[at]) {
                    (b'a'..=b'z' | b'0'..=b'9', b'A'..=b'Z') => true,
                    (b'A'..=b'Z', b'A'..=b'Z') => {
                        bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase) && bytes.get(at + 1..) != Some(b"s")
                    }
                    _ => false,
                };
                if ends {
                    own.push(&part[start..at]);
                    start = at;
                }
            }
            own.push(&part[start..]);
        }
        own
    }

    fn push(&mut self, word: &'a str) {
        if !word.is_empty() && self.count < MAX_WORDS {
            self.words[self.count] = word;
            self.count += 1;
        }
    }

    fn all(&self) -> &[&'a str] {
        &self.words[..self.count]
    }
}

pub(super) fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|own| own.eq_ignore_ascii_case(word))
}

fn ends_with(word: &str, ending: &str) -> bool {
    word.len() >= ending.len() && word.as_bytes()[word.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
}

/// Returns how sure a name is that its value is a secret.
pub(super) fn strength(redactor: &Redactor, name: &str) -> Option<Strength> {
    let own = |list: &[String]| list.iter().any(|own| same_name(own, name));
    if own(&redactor.harmless_names) {
        return None;
    }
    if own(&redactor.names) {
        return Some(Sure);
    }
    if name.len() > MAX_NAME {
        return None;
    }
    known_name(name)
}

/// Returns how sure a name of two words is, which a space parts.
pub(super) fn strength_of_two(redactor: &Redactor, first: &str, second: &str) -> Option<Strength> {
    let mut buffer = [0; MAX_NAME];
    strength(redactor, joined(&mut buffer, [first, " ", second])?)
}

/// Writes words one behind the other.
fn joined<'b>(buffer: &'b mut [u8; MAX_NAME], words: [&str; 3]) -> Option<&'b str> {
    let mut length = 0;
    for word in words {
        buffer.get_mut(length..length + word.len())?.copy_from_slice(word.as_bytes());
        length += word.len();
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

/// Returns whether two names are one, however they are spelt.
fn same_name(one: &str, other: &str) -> bool {
    let letters = |name: &'_ str| -> Vec<u8> {
        name.bytes()
            .filter(|byte| !matches!(byte, b'_' | b'-' | b'.' | b' '))
            .map(|byte| byte.to_ascii_lowercase())
            .collect()
    };
    letters(one) == letters(other)
}

/// Judges a name by the known ones.
pub(super) fn known_name(name: &str) -> Option<Strength> {
    let words = Words::of(name);
    let mut words = words.all();
    // `UNSEAL_KEY_1`, `token_value`.
    while let [before @ .., last] = words
        && !before.is_empty()
        && (last.bytes().all(|byte| byte.is_ascii_digit()) || is_in(last, SAME_WORD))
    {
        words = before;
    }
    let (first, last) = (words.first()?, words.last()?);
    let last = last.trim_end_matches(|c: char| c.is_ascii_digit());
    let last = if last.is_empty() { words.last()? } else { last };
    let before = words.len().checked_sub(2).map(|at| words[at]);
    let strength = match before {
        Some(before) => pair(before, last, words)?,
        None => alone(last, words.first()?)?,
    };
    let is_type =
        words.len() > 1 && first.starts_with(|c: char| c.is_ascii_uppercase()) && !name.contains(['_', '-', ' ', '.']);
    if is_type && first.bytes().any(|byte| byte.is_ascii_lowercase()) && is_in(first, FAILURES_WORD) {
        return None;
    }
    if words.len() > 1 && is_in(first, QUESTIONS_WORD) {
        return Some(Likely);
    }
    Some(strength)
}

/// Judges a name of one word.
fn alone(last: &str, whole: &str) -> Option<Strength> {
    if is_in(last, SURE_WORD)
        || (1..last.len().saturating_sub(5))
            .any(|start| last.is_char_boundary(start) && is_in(&last[start..], SURE_WORD))
    {
        return Some(Sure);
    }
    if is_in(last, USUAL_WORD) {
        return Some(Usual);
    }
    if is_in(last, LIKELY_WORD) || is_in(whole, LIKELY_WORD) {
        return Some(Likely);
    }
    // `AUTHPASS`, and no `compass`.
    let rest = last.len().checked_sub(4).filter(|at| *at >= 2 && ends_with(last, "pass"));
    if rest.is_some()
        && !is_one_of(
            last,
            &[
                "compass",
                "bypass",
                "trespass",
                "underpass",
                "overpass",
                "surpass",
                "encompass",
                "impass",
                "onepass",
                "multipass",
                "subpass",
                "renderpass",
                "lowpass",
                "highpass",
                "bandpass",
            ],
        )
        || ends_with(last, "pwd")
    {
        return Some(Usual);
    }
    // `authtoken`, `mysecret`, `MYSECRETKEY`.
    let glued = ["token", "secret", "cookie", "secretkey", "sessid", "sessionid"];
    let is_glued = glued.iter().any(|own| last.len() > own.len() + 1 && ends_with(last, own));
    is_glued.then_some(Usual)
}

/// Judges a name by its last words.
fn pair(before: &str, last: &str, words: &[&str]) -> Option<Strength> {
    if is_one_of(last, &["key", "keys"]) {
        if is_in(before, SECRET_KEYS_WORD)
            || is_one_of(before.trim_end_matches(|c: char| c.is_ascii_digit()), SECRET_KEYS)
        {
            let is_plain = is_one_of(
                before,
                &[
                    "read",
                    "query",
                    "push",
                    "user",
                    "data",
                    "test",
                    "live",
                    "service",
                    "server",
                    "client",
                    "code",
                    "rest",
                    "hook",
                    "device",
                    "root",
                    "owner",
                    "product",
                    "function",
                    "hash",
                    "install",
                    "token",
                    "javascript",
                    "session",
                    "app",
                    "application",
                    "serial",
                ],
            );
            return Some(if is_plain { Likely } else { Sure });
        }
        return (!is_in(before, HARMLESS_KEYS_WORD)).then_some(Likely);
    }
    if is_one_of(last, &["id"]) {
        // What a session is known by, and some ids that are one half of a pair.
        let is_secret = is_one_of(before, &["session", "secret", "sess"])
            || is_one_of(before, &["key"]) && words.iter().any(|own| is_one_of(own, &["private"]));
        return is_secret.then_some(Likely);
    }
    if is_one_of(last, &["url", "uri"]) && is_one_of(before, &["webhook", "hook", "incoming"]) {
        return Some(Usual);
    }
    if is_in(last, ABOUT_WORD) {
        return None;
    }
    if is_one_of(last, &["token", "tokens"]) && is_in(before, HARMLESS_BEFORE_TOKEN_WORD) {
        return None;
    }
    let both = alone(last, last);
    let mut buffer = [0; MAX_NAME];
    let joined = joined(&mut buffer, [before, last, ""]).unwrap_or("");
    if is_in(joined, SURE_WORD) {
        return Some(Sure);
    }
    if is_in(joined, USUAL_WORD) {
        return both.max(Some(Usual));
    }
    if is_in(joined, LIKELY_WORD) {
        return both.max(Some(Likely));
    }
    let Some(both) = both else {
        // `SECRET_PROD`, `password_root`, `remember_web_59ba`.
        let is_secret =
            |own: &&str| is_in(own, SURE_WORD) || is_in(own, USUAL_WORD) || is_one_of(own, &["remember", "loggedin"]);
        let joined = words.windows(2).any(|pair| {
            is_one_of(pair[0], &["logged", "api", "private", "secret", "access"]) && is_one_of(pair[1], &["in", "key"])
        });
        return (words.iter().any(|own| is_secret(&own)) || joined).then_some(Likely);
    };
    match both {
        Sure => Some(Sure),
        // Several tokens are a count, save for those that grant something.
        Likely if is_one_of(last, &["tokens"]) => {
            is_one_of(before, &["access", "api", "auth", "bearer", "refresh", "session", "oauth"]).then_some(Usual)
        }
        Likely if is_one_of(last, &["certificate"]) => is_one_of(before, &["app", "client"]).then_some(Likely),
        Likely if is_one_of(last, &["login", "community", "seed", "mac", "verifier"]) => {
            (words.len() > 1).then_some(Likely)
        }
        Usual
            if is_one_of(last, &["token", "secret"])
                && is_one_of(before, &["id", "csrf", "xsrf", "device", "sync", "verification", "reset"]) =>
        {
            Some(Usual)
        }
        Usual if is_one_of(last, &["token", "secret", "pwd", "pw", "pass", "creds", "credentials"]) => Some(Sure),
        other => Some(other),
    }
}

/// Returns whether a name is that of a header whose value reaches to the end of its line.
pub(super) fn is_header(name: &str) -> bool {
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

/// Returns whether a key names a stack trace: `stack`, `errorStack`, `exc_info`, `stackFrames`.
#[must_use]
pub fn names_stack_trace(key: &str) -> bool {
    let words = Words::of(key);
    let words = words.all();
    let Some(last) = words.last() else { return false };
    if is_one_of(
        last,
        &[
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
        ],
    ) {
        return true;
    }
    match words {
        [only] => is_one_of(only, &["stack", "stacks", "trace", "exception", "frames"]),
        [.., before, last] => match () {
            () if is_one_of(last, &["stack", "stacks"]) => !is_one_of(
                before,
                &[
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
                ],
            ),
            () if is_one_of(last, &["trace", "traces"]) => {
                is_one_of(before, &["stack", "back", "error", "exception", "panic", "call", "full", "exc", "crash"])
            }
            () if is_one_of(last, &["frames", "frame"]) => is_one_of(before, &["stack", "call", "error", "exception"]),
            () if is_one_of(last, &["info", "text", "detail", "details", "string"]) => {
                is_one_of(before, &["exc", "stack", "exception", "traceback"])
            }
            () if is_one_of(last, &["back"]) => is_one_of(before, &["trace"]),
            () => false,
        },
        [] => false,
    }
}
