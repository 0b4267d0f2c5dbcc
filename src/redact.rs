//! Keeps secrets out of text.
//!
//! This module maps text to text and uses no error type. [`text`] replaces credentials with `[redacted]` and cuts long
//! text. A [`Redactor`] does the same with your own settings.
//!
//! `docs/redaction.md` says what this module promises and what it does not.

mod address;
mod alphabet;
mod command;
mod ending;
mod escape;
mod label;
mod name;
mod opaque;
mod plain;
mod run;
mod scan;
mod scheme;
mod shape;
mod shapes;
mod sql;
mod stems;
mod token;
mod trace;
mod unseen;
mod value;
mod word;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;

pub use self::alphabet::Alphabet;
pub use self::plain::REDACTED;
pub use self::shape::OwnShape;
pub use self::trace::find_stack_trace;
pub(crate) use self::value::numbered;
pub use self::value::{Keys, drop_stack_traces};
pub use mcp_error_codes_core::secret_name::names_stack_trace;
use name::Names;
use scan::{Grams, Known};
use shapes::PREFIXES;
use stems::Begins;

/// The number of characters after which a string is cut, unless a [`Redactor`] sets another limit.
pub const DEFAULT_LIMIT: usize = 1_000;

/// The number of bytes around the given position that are read to decide whether a secret is announced there.
const MAX_REACH: usize = 384;

/// The number of bytes in which the parts of a record are searched for: the columns and values of a statement, the data
/// of a Kubernetes secret.
const MAX_RECORD: usize = 4_096;

/// The maximum number of passes over a string.
const MAX_PASSES: usize = 8;

/// Replaces secrets: those with known shapes and names, and those that a program adds.
#[derive(Clone)]
pub struct Redactor {
    limit: usize,
    shapes: Vec<OwnShape>,
    names: Names,
    /// The starts of all known shapes and names, if a program has added some.
    own_grams: Option<Arc<Grams>>,
}

/// The redactor with only the known shapes and names.
pub(crate) static DEFAULT: Redactor = Redactor::new();

impl PartialEq for Redactor {
    /// Returns whether two redactors have the same settings.
    fn eq(&self, other: &Self) -> bool {
        let settings = |own: &'_ Self| (own.limit, own.shapes.clone(), own.names.clone());
        settings(self) == settings(other)
    }
}

impl Eq for Redactor {}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor")
            .field("limit", &self.limit)
            .field("shapes", &self.shapes)
            .field("names", &self.names.secret)
            .field("harmless_names", &self.names.harmless)
            .finish()
    }
}

impl Default for Redactor {
    fn default() -> Self {
        Self::new()
    }
}

impl Redactor {
    /// Creates a redactor with the known shapes and names, and a limit of [`DEFAULT_LIMIT`] characters.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: DEFAULT_LIMIT,
            shapes: Vec::new(),
            names: Names { secret: Vec::new(), harmless: Vec::new() },
            own_grams: None,
        }
    }

    /// Sets the number of characters after which a string is cut.
    #[must_use]
    pub fn with_limit(mut self, characters: usize) -> Self {
        self.limit = characters;
        self
    }

    /// Returns the number of characters after which a string is cut.
    #[must_use]
    pub const fn limit(&self) -> usize {
        self.limit
    }

    /// Adds a kind of secret.
    #[must_use]
    pub fn with_shape(mut self, shape: OwnShape) -> Self {
        self.grams_mut().add_word(shape.prefix.as_bytes());
        self.shapes.push(shape);
        self
    }

    /// Adds the name of a secret. Case, `_`, `-`, `.` and spaces make no difference.
    ///
    /// A name shorter than three bytes matches only a key, not a word in a string.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        // Other spellings have a separator within the first four bytes.
        let letters: Vec<u8> = name.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b'.' | b' ')).collect();
        self.grams_mut().add_word(name.as_bytes());
        self.grams_mut().add_word(&letters);
        for at in 1..letters.len().min(4) {
            for separator in *b"_-. " {
                let mut spelt = letters.clone();
                spelt.insert(at, separator);
                self.grams_mut().add_word(&spelt);
            }
        }
        self.names.secret.push(name);
        self
    }

    /// Removes a name from the known names of secrets.
    #[must_use]
    pub fn without_name(mut self, name: impl Into<String>) -> Self {
        self.names.harmless.push(name.into());
        self
    }

    fn grams(&self) -> &Grams {
        self.own_grams.as_deref().unwrap_or_else(|| &scan::index().grams)
    }

    fn grams_mut(&mut self) -> &mut Grams {
        Arc::make_mut(self.own_grams.get_or_insert_with(|| Arc::new(scan::index().grams.clone())))
    }

    /// Returns whether a key with this name has a secret as its value.
    #[must_use]
    pub fn names_secret(&self, name: &str) -> bool {
        name::strength(&self.names, name).is_some_and(|own| own >= mcp_error_codes_core::secret_name::Strength::Usual)
    }

    /// Returns a string that can be shown: secrets are replaced, and long text is cut.
    ///
    /// Returns clean text unchanged; applying it twice changes nothing. Beyond the cut, it reads only as far as needed
    /// to find the end of a secret.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        // A reader sees the text on both sides of a zero-width character as one word.
        if let Cow::Owned(visible) = unseen::visible(text)
            && let Cow::Owned(cleaned) = self.cleaned(&visible)
        {
            return Cow::Owned(cleaned);
        }
        self.cleaned(text)
    }

    /// Replaces and cuts until nothing changes.
    fn cleaned<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(mut cleaned) = self.cleaned_once(text) else { return Cow::Borrowed(text) };
        // Replacing or cutting may change the meaning of the remaining text.
        for _ in 0..MAX_PASSES {
            match self.cleaned_once(&cleaned) {
                Some(next) if next != cleaned => cleaned = next,
                _ => return Cow::Owned(cleaned),
            }
        }
        // Only a text that was made to do so still changes. What changes is left out.
        let next = self.cleaned_once(&cleaned).unwrap_or_default();
        let same = cleaned.char_indices().zip(next.chars()).find(|((_, own), other)| own != other);
        let (body, left_out) = without_mark(&cleaned);
        let stable = same.map_or(0, |((at, _), _)| at.min(body.len()));
        let more = body[stable..].chars().count().saturating_add(left_out.unwrap_or(0));
        let kept = format!("{}… [{more} more]", &cleaned[..stable]);
        Cow::Owned(if self.cleaned_once(&kept).is_none() { kept } else { REDACTED.to_owned() })
    }

    /// Does the same as [`text`](Self::text) for a `Cow`, and returns it if it is clean.
    #[must_use]
    pub fn kept_text(&self, own: Cow<'static, str>) -> Cow<'static, str> {
        match own {
            Cow::Borrowed(own) => self.text(own),
            Cow::Owned(own) => match self.text(&own) {
                Cow::Owned(cleaned) => Cow::Owned(cleaned),
                Cow::Borrowed(_) => Cow::Owned(own),
            },
        }
    }

    /// Replaces the secrets in a string and cuts it. Returns `None` if nothing changes.
    fn cleaned_once(&self, text: &str) -> Option<String> {
        let (body, left_out) = without_mark(text);
        let mut cleaned = String::new();
        // The end of the processed part of the body, and the number of characters written for it.
        let (mut taken, mut shown) = (0, 0);
        // The next token whose prefix is in no table, and how far the search for it went.
        let (mut prefixed, mut seen): (Option<Range<usize>>, usize) = (None, 0);
        // The end of what may still be shown, and the number of characters up to there, once it is needed.
        let (mut room, mut ahead) = (end_of(body, self.limit), None);
        let cut = loop {
            if prefixed.as_ref().is_none_or(|own| own.start < taken) {
                prefixed = token::prefixed(body, seen.max(taken), room);
                seen = prefixed.as_ref().map_or(room, |own| own.end);
            }
            let announced = self.next_secret(body, taken, room);
            let secret = match (announced, &prefixed) {
                (Some(announced), Some(own)) if own.start < announced.start => Some(own.clone()),
                (None, own) => own.clone(),
                (announced, _) => announced,
            };
            let Some(secret) = secret else {
                break Some(room).filter(|cut| *cut < body.len());
            };
            let before = &body[taken..secret.start.min(room)];
            let length = shown + before.chars().count() + REDACTED.len();
            if secret.start > room || length > self.limit {
                break Some(taken + before.len());
            }
            cleaned.push_str(before);
            cleaned.push_str(REDACTED);
            let known = ahead.unwrap_or_else(|| body[taken..room].chars().count());
            let left = known - body[taken..secret.end.min(room)].chars().count();
            taken = secret.end;
            shown = length;
            let (end, count) = moved(body, room.max(taken), left, self.limit - shown);
            (room, ahead) = (end, Some(count));
        };
        if cut.is_none() && cleaned.is_empty() {
            return None;
        }
        cleaned.push_str(&body[taken..cut.unwrap_or(body.len())]);
        match cut {
            Some(cut) => {
                let more = body[cut..].chars().count().saturating_add(left_out.unwrap_or(0));
                cleaned.push_str(&format!("… [{more} more]"));
            }
            // Keep the mark of an earlier cut.
            None => cleaned.push_str(&text[body.len()..]),
        }
        Some(cleaned)
    }

    /// Finds the first secret that is announced in a range.
    fn next_secret(&self, body: &str, floor: usize, room: usize) -> Option<Range<usize>> {
        let bytes = body.as_bytes();
        // The last bytes cannot announce anything.
        let mut watched = scan::Watched::new(self.grams(), &bytes[..bytes.len().min(room + 3)], floor);
        let mut judged = 0..0;
        watched.find_map(|at| {
            self.secret_at(body, floor, at, &mut judged).filter(|secret| {
                secret.start >= floor
                    && secret.start < secret.end
                    && body.get(secret.clone()).is_some_and(|own| own != REDACTED)
            })
        })
    }

    /// Finds the secret that is announced at the given position.
    ///
    /// Only the text near the position decides, so the work for each position is bounded. A secret that extends further is
    /// followed to its end.
    fn secret_at(&self, body: &str, floor: usize, at: usize, judged: &mut Range<usize>) -> Option<Range<usize>> {
        let bytes = body.as_bytes();
        let may_begin = self.own_grams.is_some() || matches!(bytes[at], b'M'..=b'O') || scan::may_begin(bytes, at);
        if !may_begin || !body.is_char_boundary(at) {
            return None;
        }
        let start = (at.saturating_sub(MAX_REACH)..=at).find(|place| body.is_char_boundary(*place))?;
        let end =
            (at..=at.saturating_add(MAX_REACH).min(body.len())).rev().find(|place| body.is_char_boundary(*place))?;
        if sql::is_record(&body[at..]) {
            // The parts of a record may be far apart.
            let end = (at..=at.saturating_add(MAX_RECORD).min(body.len()))
                .rev()
                .find(|place| body.is_char_boundary(*place))?;
            let found = self.secret_in(&body[start..end], floor.saturating_sub(start), at - start, &mut (0..0))?;
            return Some(found.start + start..found.end + start);
        }
        let (near_floor, near_at) = (floor.saturating_sub(start), at - start);
        let mut near_judged = judged.start.saturating_sub(start)..judged.end.saturating_sub(start);
        let near = self.secret_in(&body[start..end], near_floor, near_at, &mut near_judged);
        *judged = near_judged.start + start..near_judged.end + start;
        let near = near?;
        let found = match near.end == end - start && end < body.len() {
            true => self.secret_in(&body[start..], near_floor, near_at, &mut (0..0)).unwrap_or(near),
            false => near,
        };
        Some(found.start + start..found.end + start)
    }

    /// Finds the secret that is announced at the given position, without a limit on how much is read. The names in `judged` have
    /// no value.
    fn secret_in(&self, body: &str, floor: usize, at: usize, judged: &mut Range<usize>) -> Option<Range<usize>> {
        let bytes = body.as_bytes();
        let own_shape = || self.shapes.iter().find_map(|shape| shape.find(body, at));
        let discord = || matches!(bytes[at], b'M'..=b'O').then(|| token::discord_bot(body, at)).flatten();
        if let Some(found) = own_shape().or_else(discord) {
            return Some(found);
        }
        let known = scan::find_known(bytes, at, |known| match known {
            Known::Shape(shape) => shape.find(&PREFIXES, body, floor, at),
            Known::Stem(begins, _) => self.stem(begins, body, floor, at, judged),
            Known::Command(words) => command::bare(body, at, words),
        });
        let own_name =
            || (!self.names.secret.is_empty()).then(|| label::find(&self.names, body, floor, at, judged)).flatten();
        known.or_else(own_name)
    }

    /// Finds the secret that a stem at the given position announces.
    fn stem(
        &self,
        begins: Begins,
        body: &str,
        floor: usize,
        at: usize,
        judged: &mut Range<usize>,
    ) -> Option<Range<usize>> {
        match begins {
            Begins::Name => label::find(&self.names, body, floor, at, judged),
            Begins::Parameter => address::parameter(body, floor, at),
            Begins::Scheme => scheme::credentials(body, at),
            Begins::Pair => address::labelled_pair(body, at),
            Begins::Command => command::command(body, at),
            Begins::Record => self.record(body, at),
            Begins::Entry => address::entry(body, floor, at),
            Begins::Flag => command::flag(body, at + 1),
            Begins::Remark => sql::before_remark(&self.names, body, floor, at),
            Begins::Quote => sql::before_name(&self.names, body, floor, at)
                .or_else(|| sql::chap(body, at))
                .or_else(|| command::quoted_flag(body, at))
                .or_else(|| sql::key_part(body, at)),
            Begins::HereString => command::here_string(body, at),
            Begins::GoAddress => address::go_address(body, floor, at),
            Begins::Address => address::user_info(body, at),
        }
    }
}

impl Redactor {
    /// Finds the secret in a record that starts at the given position. Values in a record have no names next to them.
    fn record(&self, body: &str, at: usize) -> Option<Range<usize>> {
        let starts = |start: &str| body.get(at..at + start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
        match () {
            () if starts("insert into ") => sql::insert(&self.names, body, at),
            () if starts("row contains (") => sql::row(body, at),
            () if starts("rs: ") && body[..at].ends_with("aramete") => sql::row(body, at),
            () if starts("kind") => sql::kubernetes(body, at),
            () if starts("on >") => sql::redis_rule(body, at),
            () if starts("securestring") => command::secure_string(body, at),
            () => None,
        }
    }
}

/// Returns a string that can be shown: secrets are replaced by `[redacted]`, and long text is cut.
///
/// ```
/// use mcp_error_codes::redact::text;
///
/// assert_eq!(text("postgres://app:hunter2@db/prod is down"), "postgres://app:[redacted]@db/prod is down");
/// assert_eq!(text("the password is too short"), "the password is too short");
/// ```
#[must_use]
pub fn text(text: &str) -> Cow<'_, str> {
    DEFAULT.text(text)
}

/// Does the same as [`text`] for a `Cow`, and returns it if it is clean.
#[must_use]
pub fn kept_text(own: Cow<'static, str>) -> Cow<'static, str> {
    DEFAULT.kept_text(own)
}

/// Returns a value that can be shown under a key, as [`Redactor::value`] does.
#[must_use]
pub fn value(key: &str, value: Value, keys: Keys) -> Value {
    DEFAULT.value(key, value, keys)
}

/// Returns the byte position after this many characters, or the length of a shorter text.
fn end_of(text: &str, characters: usize) -> usize {
    match text.len() <= characters {
        true => text.len(),
        false => text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at),
    }
}

/// Moves a position, which is so many characters ahead of another one, until it is as many ahead as wanted, or at the end of the text.
/// Returns it, and how many it is ahead.
fn moved(text: &str, at: usize, ahead: usize, wanted: usize) -> (usize, usize) {
    if let Some(back) = ahead.checked_sub(wanted) {
        let end = text[..at].char_indices().rev().take(back).last();
        return (end.map_or(at, |(end, _)| end), wanted);
    }
    let more = text[at..].char_indices().take(wanted - ahead);
    more.fold((at, ahead), |(_, count), (start, c)| (at + start + c.len_utf8(), count + 1))
}

/// Splits a string that was cut earlier from the mark that says how much was left out.
fn without_mark(text: &str) -> (&str, Option<usize>) {
    let marked = text.strip_suffix(" more]").and_then(|text| text.rsplit_once("… ["));
    match marked.and_then(|(body, count)| Some((body, count.parse().ok()?))) {
        Some((body, left_out)) => (body, Some(left_out)),
        None => (text, None),
    }
}
