//! One scan for everything that can announce a secret.
//!
//! Every prefix of a shape and every stem of a name begins with some four bytes. A set of those, by hash, tells at each
//! place of a text whether any begins there, at the cost of a multiplication and a look into 16 KiB. A chain of the shapes
//! that begin with the same two bytes then says which.

use super::shape::Shape;
use super::shapes::SHAPES;

/// What can begin at a place, besides a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    /// A part of the name of a secret.
    Name,
    /// The name of a parameter of an address.
    Parameter,
    /// The scheme of a header.
    Scheme,
    /// A word behind which a user and a password follow.
    Pair,
    /// A command of which an argument is a secret.
    Command,
    /// A record in which values have no names beside them.
    Record,
    /// The second field of an entry of a password file.
    Entry,
    /// A flag, behind a space.
    Flag,
    /// A remark of a statement.
    Remark,
    /// A quoted flag, or the end of a quoted value.
    Quote,
    /// A text that a shell gives to a command.
    HereString,
    /// The part of a Go data source behind its password.
    GoAddress,
    /// The part of an address behind its scheme.
    Address,
}

/// What announces a secret that is none of the shapes. Case makes no difference.
#[rustfmt::skip]
static STEMS: &[(Begins, &str)] = &[
    (Begins::Name, "pass"),
    (Begins::Name, "pasw"),
    (Begins::Name, "pwd"),
    (Begins::Name, "pswd"),
    (Begins::Name, "wort"),
    (Begins::Name, "secr"),
    (Begins::Name, "toke"),
    (Begins::Name, "key"),
    (Begins::Name, "keys"),
    (Begins::Name, "auth"),
    (Begins::Name, "cook"),
    (Begins::Name, "cred"),
    (Begins::Name, "sess"),
    (Begins::Name, "sid"),
    (Begins::Name, "_pw"),
    (Begins::Name, "-pw"),
    (Begins::Name, "bpw"),
    (Begins::Name, "tpw"),
    (Begins::Name, "dpw"),
    (Begins::Name, "pat"),
    (Begins::Name, "psk"),
    (Begins::Name, "pin"),
    (Begins::Name, "otp"),
    (Begins::Name, "salt"),
    (Begins::Name, "sig"),
    (Begins::Name, "jwt"),
    (Begins::Name, "jwk"),
    (Begins::Name, "pem"),
    (Begins::Name, "cert"),
    (Begins::Name, "login"),
    (Begins::Name, "dsn"),
    (Begins::Name, "hmac"),
    (Begins::Name, "muni"),
    (Begins::Name, "bearer"),
    (Begins::Name, "seed"),
    (Begins::Name, "mnem"),
    (Begins::Name, "saml"),
    (Begins::Name, "pkcs"),
    (Begins::Name, "webh"),
    (Begins::Name, "priv"),
    (Begins::Name, "ionst"),
    (Begins::Name, "ion_st"),
    (Begins::Name, "ion-st"),
    (Begins::Name, "crypt"),
    (Begins::Name, "pfx"),
    (Begins::Name, "tick"),
    (Begins::Name, "csrf"),
    (Begins::Name, "xsrf"),
    (Begins::Name, "senh"),
    (Begins::Name, "clav"),
    (Begins::Name, "ntrase"),
    (Begins::Name, "hasl"),
    (Begins::Name, "wachtw"),
    (Begins::Name, "parola"),
    (Begins::Name, "sifr"),
    (Begins::Name, "aspx"),
    (Begins::Name, "forg"),
    (Begins::Name, "sign"),
    (Begins::Name, "hash"),
    (Begins::Name, "serti"),
    (Begins::Name, "licens"),
    (Begins::Name, "paro"),
    (Begins::Name, "motd"),
    (Begins::Name, "salas"),
    (Begins::Name, "hesl"),
    (Begins::Name, "remem"),
    (Begins::Name, "logged_"),
    (Begins::Name, "apik"),
    (Begins::Name, "api-k"),
    (Begins::Name, "secures"),
    (Begins::Name, "пар"),
    (Begins::Name, "密"),
    (Begins::Name, "口令"),
    (Begins::Name, "パス"),
    (Begins::Name, "비밀"),
    (Begins::Name, "şifr"),
    (Begins::Name, "令牌"),
    (Begins::Name, "hasł"),
    (Begins::Name, " pw"),
    (Begins::Parameter, "code="),
    (Begins::Parameter, "code%"),
    (Begins::Parameter, "sig="),
    (Begins::Parameter, "sig%"),
    (Begins::Parameter, "signature"),
    (Begins::Parameter, "hmac="),
    (Begins::Parameter, "hash="),
    (Begins::Parameter, "sign="),
    (Begins::Parameter, "otp="),
    (Begins::Parameter, "pin="),
    (Begins::Parameter, "key="),
    (Begins::Parameter, "key%"),
    (Begins::Parameter, "jwt="),
    (Begins::Parameter, "sid="),
    (Begins::Parameter, "auth="),
    (Begins::Parameter, "pass"),
    (Begins::Parameter, "st="),
    (Begins::Parameter, "&t="),
    (Begins::Parameter, "?t="),
    (Begins::Parameter, "&s="),
    (Begins::Parameter, "?k="),
    (Begins::Parameter, "hdnt"),
    (Begins::Parameter, "ticket="),
    (Begins::Parameter, "md5="),
    (Begins::Parameter, "wstoken"),
    (Begins::Parameter, "magic="),
    (Begins::Parameter, "invite="),
    (Begins::Parameter, "verify="),
    (Begins::Parameter, "assertion"),
    (Begins::Parameter, "samlr"),
    (Begins::Parameter, "policy="),
    (Begins::Parameter, "access"),
    (Begins::Parameter, "apik"),
    (Begins::Parameter, "session"),
    (Begins::Parameter, "appid="),
    (Begins::Parameter, "relay"),
    (Begins::Parameter, "nonce="),
    (Begins::Scheme, "bearer"),
    (Begins::Scheme, "basic"),
    (Begins::Scheme, "digest"),
    (Begins::Scheme, "negotiate"),
    (Begins::Scheme, "ntlm"),
    (Begins::Scheme, "ssws"),
    (Begins::Scheme, "dpop"),
    (Begins::Scheme, "hawk "),
    (Begins::Scheme, "splunk "),
    (Begins::Scheme, "genie"),
    (Begins::Scheme, "apikey"),
    (Begins::Scheme, "api-key"),
    (Begins::Scheme, "token"),
    (Begins::Scheme, "private-t"),
    (Begins::Scheme, "jwt "),
    (Begins::Scheme, "kerberos "),
    (Begins::Scheme, "bot "),
    (Begins::Pair, "sqlplus"),
    (Begins::Pair, "thin:"),
    (Begins::GoAddress, "@tcp("),
    (Begins::GoAddress, "@unix("),
    (Begins::Pair, "roxy="),
    (Begins::Pair, "roxy "),
    (Begins::Pair, "roxy:"),
    (Begins::Pair, "login"),
    (Begins::Pair, "logon"),
    (Begins::Pair, "ad line"),
    (Begins::Pair, "credentials"),
    (Begins::Pair, "creds "),
    (Begins::Pair, "auth "),
    (Begins::Pair, "auth:"),
    (Begins::Pair, "user "),
    (Begins::Pair, "account "),
    (Begins::Command, "rclone"),
    (Begins::Command, "cargo "),
    (Begins::Command, "wrangl"),
    (Begins::Command, "npm c"),
    (Begins::Command, "ngrok"),
    (Begins::Command, "travis"),
    (Begins::Command, "compos"),
    (Begins::Command, "heroku"),
    (Begins::Command, "vault l"),
    (Begins::Command, "tailsc"),
    (Begins::Command, "snyk"),
    (Begins::Command, "surge"),
    (Begins::Command, "doppl"),
    (Begins::Command, "wandb"),
    (Begins::Command, "pip c"),
    (Begins::Command, "nuget"),
    (Begins::Command, "poetr"),
    (Begins::Command, "ansib"),
    (Begins::Command, "vncp"),
    (Begins::Command, "echo "),
    (Begins::Command, "printf "),
    (Begins::Command, "identified"),
    (Begins::Command, "334 "),
    (Begins::Command, "expect "),
    (Begins::Command, "send "),
    (Begins::Command, "auth plain"),
    (Begins::Command, "auth login"),
    (Begins::Command, "auth xo"),
    (Begins::Command, "PASS "),
    (Begins::Command, "netlify l"),
    (Begins::Command, "railway l"),
    (Begins::Command, "pulumi l"),
    (Begins::Command, "op sign"),
    (Begins::Command, "huggingf"),
    (Begins::Command, "gcloud c"),
    (Begins::Command, "bundle c"),
    (Begins::Command, "dotnet n"),
    (Begins::Command, "luaroc"),
    (Begins::Command, "twine"),
    (Begins::Command, "hub conf"),
    (Begins::Command, "kubeadm"),
    (Begins::Command, "passwd -"),
    (Begins::Command, "fly auth"),
    (Begins::Command, "ghcr l"),
    (Begins::Command, "sentry-cli"),
    (Begins::Command, "stripe l"),
    (Begins::Command, "rails c"),
    (Begins::Command, "dvc rem"),
    (Begins::Command, "algolia p"),
    (Begins::Command, "cloudfl"),
    (Begins::Record, "insert into"),
    (Begins::Record, "row contains"),
    (Begins::Record, "rs: ("),
    (Begins::Record, "rs: {"),
    (Begins::Record, "rs: ["),
    (Begins::Record, "kind:"),
    (Begins::Record, "kind\""),
    (Begins::Record, "kind\\"),
    (Begins::Record, "on >"),
    (Begins::Record, "securestr"),
    (Begins::Entry, "*:*:"),
    (Begins::Entry, ":543"),
    (Begins::Entry, ":330"),
    (Begins::Entry, ":143"),
    (Begins::Entry, ":152"),
    (Begins::Entry, ":270"),
    (Begins::Entry, ":637"),
    (Begins::Flag, " -p"),
    (Begins::Flag, " -P"),
    (Begins::Flag, " -u"),
    (Begins::Flag, " -U"),
    (Begins::Flag, " -a"),
    (Begins::Flag, " -w"),
    (Begins::Flag, " -k"),
    (Begins::Flag, " -K"),
    (Begins::Flag, " -A"),
    (Begins::Flag, " -X"),
    (Begins::Flag, " -c"),
    (Begins::Flag, " -t"),
    (Begins::Flag, " -W"),
    (Begins::Flag, " -b"),
    (Begins::Flag, " -x"),
    (Begins::Flag, " -y"),
    (Begins::Flag, " /p"),
    (Begins::Flag, " /rp"),
    (Begins::Flag, " --b"),
    (Begins::Remark, " -- "),
    (Begins::Quote, "' for"),
    (Begins::Quote, "\" * \""),
    (Begins::Quote, "'-p'"),
    (Begins::Quote, "\"-p\""),
    (Begins::Quote, "'-u'"),
    (Begins::Quote, "\"-u\""),
    (Begins::Quote, "'-a'"),
    (Begins::Quote, "\"-a\""),
    (Begins::Quote, "'-P'"),
    (Begins::Quote, "\"-P\""),
    (Begins::Quote, "'-w'"),
    (Begins::Quote, "\"-w\""),
    (Begins::Quote, "'-t'"),
    (Begins::Quote, "\"-t\""),
    (Begins::Quote, "'-U'"),
    (Begins::Quote, "\"-U\""),
    (Begins::Quote, "\"d\":"),
    (Begins::Quote, "\"p\":"),
    (Begins::Quote, "\"q\":"),
    (Begins::Quote, "\"k\":"),
    (Begins::Quote, "\"dp\""),
    (Begins::Quote, "\"dq\""),
    (Begins::Quote, "\"qi\""),
    (Begins::HereString, "<<<"),
    (Begins::Address, "://"),
];

/// The bits of the set, by two hashes. The second is looked at where the first has a bit.
pub(super) type Grams = [[u64; 2048]; 2];

/// The known shapes and stems, as a set.
pub(super) static GRAMS: Grams = {
    let mut grams = [[0; 2048]; 2];
    let mut at = 0;
    while at < SHAPES.len() {
        add_shape(&mut grams, &SHAPES[at]);
        at += 1;
    }
    at = 0;
    while at < STEMS.len() {
        add_word(&mut grams, STEMS[at].1.as_bytes());
        at += 1;
    }
    // The numbers that the token of a bot of Discord begins with, three digits at a time, in base64.
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut number = 0;
    while number < 1_000 {
        let bits = (number / 100 + 48) << 16 | (number / 10 % 10 + 48) << 8 | (number % 10 + 48);
        add(
            &mut grams,
            [letters[bits >> 18 & 63], letters[bits >> 12 & 63], letters[bits >> 6 & 63], letters[bits & 63]],
        );
        number += 1;
    }
    grams
};

/// Returns the hashes of four bytes. Letters of either case fall together.
const fn hashes(gram: u32) -> [usize; 2] {
    let product = (gram | 0x2020_2020).wrapping_mul(0x9E37_79B1);
    [(product >> 15) as usize, (product.wrapping_mul(0x85EB_CA6B) >> 15) as usize]
}

const fn add(grams: &mut Grams, gram: [u8; 4]) {
    let [first, second] = hashes(u32::from_le_bytes(gram));
    grams[0][first >> 6] |= 1 << (first & 63);
    grams[1][second >> 6] |= 1 << (second & 63);
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
                if !fourth.is_ascii_alphabetic() || !word[0].is_ascii_alphabetic() {
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
    let bit = |set: &[u64; 2048], hash: usize| set[hash >> 6] >> (hash & 63) & 1;
    let first = |gram: u64| bit(&grams[0], hashes(gram as u32)[0]);
    let second = |gram: u64| bit(&grams[1], hashes(gram as u32)[1]) == 1;
    let mut at = 0;
    // Eight places at a time, of which few have a bit.
    while let Some((low, high)) =
        bytes.get(at..at + 12).and_then(|part| Some((part.first_chunk()?, part.last_chunk()?)))
    {
        let (low, high) = (u64::from_le_bytes(*low), u64::from_le_bytes(*high));
        let mut found = first(low)
            | first(low >> 8) << 1
            | first(low >> 16) << 2
            | first(low >> 24) << 3
            | first(high) << 4
            | first(high >> 8) << 5
            | first(high >> 16) << 6
            | first(high >> 24) << 7;
        while found != 0 {
            let place = found.trailing_zeros();
            if second(if place < 4 { low >> (8 * place) } else { high >> (8 * (place - 4)) }) {
                return Some(at + place as usize);
            }
            found &= found - 1;
        }
        at += 8;
    }
    let last = bytes[at..].windows(4).position(|gram| {
        let gram = u64::from(u32::from_le_bytes([gram[0], gram[1], gram[2], gram[3]]));
        first(gram) == 1 && second(gram)
    });
    last.map(|found| at + found)
}

/// How many chains there are.
const CHAINS: usize = 1024;

/// The end of a chain.
const NONE: u16 = u16::MAX;

/// Returns the chain of what begins with two bytes, of either case.
const fn chain(first: u8, second: u8) -> usize {
    ((first | 0x20) as usize * 37 ^ (second | 0x20) as usize) % CHAINS
}

/// The first of each chain, and behind each the next.
struct Chains<const N: usize> {
    first: [u16; CHAINS],
    next: [u16; N],
}

impl<const N: usize> Chains<N> {
    const EMPTY: Self = Self { first: [NONE; CHAINS], next: [NONE; N] };

    const fn add(&mut self, at: usize, word: &[u8]) {
        let own = chain(word[0], word[1]);
        self.next[at] = self.first[own];
        self.first[own] = at as u16;
    }

    /// Returns the places in the table of what can begin here.
    fn at(&self, rest: &[u8]) -> impl Iterator<Item = usize> {
        let first = match rest {
            [first, second, ..] => self.first[chain(*first, *second)],
            _ => NONE,
        };
        let some = |own: u16| Some(own).filter(|own| *own != NONE);
        std::iter::successors(some(first), move |own| some(self.next[usize::from(*own)])).map(usize::from)
    }
}

static SHAPE_CHAINS: Chains<{ SHAPES.len() }> = {
    let mut chains = Chains::EMPTY;
    let mut at = SHAPES.len();
    while at > 0 {
        at -= 1;
        chains.add(at, SHAPES[at].prefix.as_bytes());
    }
    chains
};

static STEM_CHAINS: Chains<{ STEMS.len() }> = {
    let mut chains = Chains::EMPTY;
    let mut at = STEMS.len();
    while at > 0 {
        at -= 1;
        chains.add(at, STEMS[at].1.as_bytes());
    }
    chains
};

/// Returns the shapes whose prefix is at a place, in the order of the table.
pub(super) fn shapes_at(bytes: &[u8], at: usize) -> impl Iterator<Item = &'static Shape> {
    let rest = &bytes[at..];
    SHAPE_CHAINS.at(rest).map(|own| &SHAPES[own]).filter(|shape| rest.starts_with(shape.prefix.as_bytes()))
}

/// Returns what else begins at a place, in the order of the table.
pub(super) fn stems_at(bytes: &[u8], at: usize) -> impl Iterator<Item = Begins> {
    let rest = &bytes[at..];
    // No letter follows a short word.
    let is_whole = |word: &str| {
        word.len() != 3
            || !word.as_bytes()[0].is_ascii_alphabetic()
            || !rest.get(2..4).is_some_and(|own| own.iter().all(u8::is_ascii_alphabetic))
    };
    let begins = move |word: &str| {
        rest.get(..word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word.as_bytes())) && is_whole(word)
    };
    STEM_CHAINS.at(rest).map(|own| STEMS[own]).filter(move |(_, word)| begins(word)).map(|(own, _)| own)
}
