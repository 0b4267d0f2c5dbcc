//! One scan for everything that can announce a secret.
//!
//! Every prefix of a shape and every stem of a name begins with some four bytes. A set of those, by hash, tells at each
//! place of a text whether any begins there, at the cost of a multiplication and a look into 8 KiB. A chain of the shapes
//! that begin with the same two bytes then says which.

use super::shape::Shape;
use super::shapes::SHAPES;

/// The words of which a secret's name has one, in lower case, and the letters that announce an address or a command.
#[rustfmt::skip]
const STEMS: &[&str] = &[
    // Names.
    "pass", "pasw", "pwd", "pswd", "wort", "secr", "toke", "key", "auth", "cook", "cred", "sess", "sid", "_pw", "-pw", "bpw", "tpw", "dpw", " pw",
    "pat", "psk", "pin", "otp", "salt", "sig", "jwt", "jwk", "pem", "cert", "login", "dsn", "code=", "code%", "hmac", "muni", "bearer",
    "seed", "mnem", "saml", "pkcs", "webh", "priv", "nects", "nnect", "crypt", "pfx", "tick", "nonc", "csrf", "xsrf", "senh", "clav",
    "ontr", "hasl", "wachtw", "parola", "sifr", "aspx", "forg", "sign", "hash", "serti", "licens", "paro", "motd", "salas", "hesl",
    "пар", "密", "口令", "パス", "비밀", "şifr", "令牌", "hasł",
    // Schemes of a header.
    "basic", "digest", "negot", "ntlm", "ssws", "dpop", "hawk", "splunk", "genie", "apik", "api-k",
    // Addresses and entries of password files.
    "*:*:", ":543", ":330", ":143", ":152", ":270", ":637",
    // Flags, commands and protocols.
    " -p", " -P", " -u", " -U", " -a", " -w", " -k", " -K", " -A", " -X", " -c", " -t", " -W", " -b", " -x", " -y", " /p", " /rp", " --b", "<<< ",
    "rclone", "cargo ", "wrangl", "npm c", "ngrok", "trav", "compos", "heroku", "vault ", "tails", "snyk", "surge", "doppl", "wandb", "pip c", "nuget", "poetr",
    "ansib", "vncp", "echo ", "printf ", "identified", "334 ", "expect ", "send ", "roxy=", "roxy ", "roxy:", "logon", "ad line", "secures", "remem", "logged_", "credentials",
    // Records.
    "' for", "\" * \"", "'-p'", "\"-p\"", "'-u'", "\"-u\"", "'-a'", "\"-a\"", "'-P'", "\"-P\"", "'-w'", "\"-w\"", "'-t'", "\"-t\"", "'-U'", "\"-U\"",
    "insert into", "row contains", "rs: (", "rs: {", "rs: [", "kind:", "kind\"", "kind\\", "on >", " -- ",
    "\"d\":", "\"p\":", "\"q\":", "\"k\":", "\"dp\"", "\"dq\"", "\"qi\"",
];

/// The bits of the set.
pub(super) type Grams = [u64; 1024];

/// The known shapes and stems, as a set.
pub(super) static GRAMS: Grams = {
    let mut grams = [0; 1024];
    let mut at = 0;
    while at < SHAPES.len() {
        add_shape(&mut grams, &SHAPES[at]);
        at += 1;
    }
    at = 0;
    while at < STEMS.len() {
        add_word(&mut grams, STEMS[at].as_bytes());
        at += 1;
    }
    // An address, behind whatever.
    let mut byte = 32;
    while byte < 127 {
        add(&mut grams, [b':', b'/', b'/', byte]);
        byte += 1;
    }
    // The numbers that the token of a bot of Discord begins with, three digits at a time, in base64.
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut number = 0;
    while number < 1_000 {
        let bits = (number / 100 + 48) << 16 | (number / 10 % 10 + 48) << 8 | (number % 10 + 48);
        add(&mut grams, [
            letters[bits >> 18 & 63],
            letters[bits >> 12 & 63],
            letters[bits >> 6 & 63],
            letters[bits & 63],
        ]);
        number += 1;
    }
    grams
};

const fn hash(gram: [u8; 4]) -> usize {
    // Letters of either case fall together.
    let folded = u32::from_le_bytes(gram) | 0x2020_2020;
    (folded.wrapping_mul(0x9E37_79B1) >> 16) as usize
}

const fn add(grams: &mut Grams, gram: [u8; 4]) {
    let hash = hash(gram);
    grams[hash >> 6] |= 1 << (hash & 63);
}

const fn add_shape(grams: &mut Grams, shape: &Shape) {
    match shape.prefix.as_bytes() {
        [a, b, c, d, ..] => add(grams, [*a, *b, *c, *d]),
        [a, b, c] => add_followed(grams, shape, [*a, *b, *c]),
        [a, b] => {
            let mut third = b'!';
            while third < 127 {
                if shape.can_follow(third) {
                    add_followed(grams, shape, [*a, *b, third]);
                }
                third += 1;
            }
        }
        _ => panic!("a prefix has two bytes at the least"),
    }
}

/// Adds three bytes and each that can follow.
const fn add_followed(grams: &mut Grams, shape: &Shape, [a, b, c]: [u8; 3]) {
    let mut fourth = b'!';
    while fourth < 127 {
        if shape.can_follow(fourth) {
            add(grams, [a, b, c, fourth]);
        }
        fourth += 1;
    }
}

/// Adds the beginning of a word. What is shorter than four bytes is one that no letter follows, save for capitals.
pub(super) const fn add_word(grams: &mut Grams, word: &[u8]) {
    match word {
        [a, b, c, d, ..] => add(grams, [*a, *b, *c, *d]),
        [a, b, c] => {
            let mut fourth = 0_u8;
            while fourth < 128 {
                if !fourth.is_ascii_alphabetic() || matches!(word[0], b' ' | b':') {
                    add(grams, [*a, *b, *c, fourth]);
                }
                fourth += 1;
            }
        }
        _ => {}
    }
}

/// Finds the first place at which a secret can be announced.
pub(super) fn first_watched(grams: &Grams, bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|gram| {
        let hash = hash([gram[0], gram[1], gram[2], gram[3]]);
        grams[hash >> 6] >> (hash & 63) & 1 == 1
    })
}

/// How many chains there are.
const CHAINS: usize = 1024;

/// The end of a chain.
const NONE: u16 = u16::MAX;

const fn chain(first: u8, second: u8) -> usize {
    (first as usize * 37 ^ second as usize) % CHAINS
}

/// The first shape of each chain, and behind each shape the next.
static CHAIN: ([u16; CHAINS], [u16; SHAPES.len()]) = {
    let (mut first, mut next) = ([NONE; CHAINS], [NONE; SHAPES.len()]);
    let mut at = SHAPES.len();
    while at > 0 {
        at -= 1;
        let prefix = SHAPES[at].prefix.as_bytes();
        let own = chain(prefix[0], prefix[1]);
        next[at] = first[own];
        first[own] = at as u16;
    }
    (first, next)
};

/// Returns the shapes whose prefix is at a place, in the order of the table.
pub(super) fn shapes_at(bytes: &[u8], at: usize) -> impl Iterator<Item = &'static Shape> {
    let rest = &bytes[at..];
    let first = match rest {
        [first, second, ..] => CHAIN.0[chain(*first, *second)],
        _ => NONE,
    };
    let chain = std::iter::successors(SHAPES.get(usize::from(first)).map(|_| first), |own| {
        Some(CHAIN.1[usize::from(*own)]).filter(|next| *next != NONE)
    });
    chain.map(|own| &SHAPES[usize::from(own)]).filter(|shape| rest.starts_with(shape.prefix.as_bytes()))
}
