//! Keeps secrets out of text.
//!
//! This module maps text to text and uses no error type. [`text`] replaces credentials with `[redacted]` and cuts long
//! text. A [`Redactor`] does the same with settings of its own.
//!
//! `docs/redaction.md` says what is promised and what is not.

mod address;
mod alphabet;
mod command;
mod ending;
mod escape;
mod label;
mod name;
mod opaque;
mod plain;
mod scan;
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
use stems::Begins;

/// A text is cut after this many characters, unless a [`Redactor`] says otherwise.
pub const DEFAULT_LIMIT: usize = 1_000;

/// The number of bytes around a place that are read to find out whether a secret is announced there.
const MAX_REACH: usize = 384;

/// The number of bytes in which the parts of a record are searched: the columns and the values of a statement, the data of a
/// Kubernetes secret.
const MAX_RECORD: usize = 4_096;

/// The number of passes over a text.
const MAX_PASSES: usize = 8;

/// Replaces secrets, with the known shapes and names and those that a program adds.
#[derive(Clone)]
pub struct Redactor {
    limit: usize,
    shapes: Vec<OwnShape>,
    names: Names,
    /// The beginnings of all that is known, if that is more than the table has.
    own_grams: Option<Arc<Grams>>,
}

/// The known shapes and names, and nothing else.
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
    /// Creates a redactor with the known shapes and names, and the limit of [`DEFAULT_LIMIT`] characters.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: DEFAULT_LIMIT,
            shapes: Vec::new(),
            names: Names { secret: Vec::new(), harmless: Vec::new() },
            own_grams: None,
        }
    }

    /// Cuts a text after this many characters.
    #[must_use]
    pub fn with_limit(mut self, characters: usize) -> Self {
        self.limit = characters;
        self
    }

    /// Returns the limit of characters.
    #[must_use]
    pub const fn limit(&self) -> usize {
        self.limit
    }

    /// Adds a kind of secret.
    #[must_use]
    pub fn with_shape(mut self, shape: OwnShape) -> Self {
        scan::add_word(self.grams_mut(), shape.prefix.as_bytes());
        self.shapes.push(shape);
        self
    }

    /// Adds the name of a secret. Case, `_`, `-`, `.` and spaces make no difference.
    ///
    /// A name of fewer than three bytes is found as a key, and not within a text.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        // Another spelling has a separator within the first four bytes.
        let letters: Vec<u8> = name.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b'.' | b' ')).collect();
        scan::add_word(self.grams_mut(), name.as_bytes());
        scan::add_word(self.grams_mut(), &letters);
        for at in 1..letters.len().min(4) {
            for separator in *b"_-. " {
                let mut spelt = letters.clone();
                spelt.insert(at, separator);
                scan::add_word(self.grams_mut(), &spelt);
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
        self.own_grams.as_deref().unwrap_or(&scan::GRAMS)
    }

    fn grams_mut(&mut self) -> &mut Grams {
        Arc::make_mut(self.own_grams.get_or_insert_with(|| Arc::new(scan::GRAMS)))
    }

    /// Returns whether a key with this name has a secret as its value.
    #[must_use]
    pub fn names_secret(&self, name: &str) -> bool {
        name::strength(&self.names, name).is_some_and(|own| own >= mcp_error_codes_core::secret_name::Strength::Usual)
    }

    /// Returns a text that can be shown: secrets are replaced, and long text is cut.
    ///
    /// Returns clean text unchanged; applying it twice changes nothing. After the cut, only as much is read as is needed to
    /// find the end of a secret.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        // A reader joins what is on both sides of a character without a width.
        if let Cow::Owned(visible) = unseen::visible(text)
            && let Cow::Owned(cleaned) = self.cleaned(&visible)
        {
            return Cow::Owned(cleaned);
        }
        self.cleaned(text)
    }

    /// Replaces and cuts until there is nothing to do.
    fn cleaned<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(mut cleaned) = self.cleaned_once(text) else { return Cow::Borrowed(text) };
        // Replacing or cutting can change how the rest is read.
        for _ in 0..MAX_PASSES {
            let Some(next) = self.cleaned_once(&cleaned) else { break };
            cleaned = next;
        }
        Cow::Owned(cleaned)
    }

    /// Does the same as [`text`](Self::text) for a text that is kept.
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

    /// Replaces the secrets of a text and cuts it; `None` if there is nothing to do.
    fn cleaned_once(&self, text: &str) -> Option<String> {
        let (body, left_out) = without_mark(text);
        let mut cleaned = String::new();
        // How far the body is in `cleaned`, and how many characters that shows.
        let (mut taken, mut shown) = (0, 0);
        // The next token with a prefix that is in no table, and how far it was looked for.
        let (mut prefixed, mut seen): (Option<Range<usize>>, usize) = (None, 0);
        let cut = loop {
            let room = taken + end_of(&body[taken..], self.limit - shown);
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
            taken = secret.end;
            shown = length;
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
            // The mark that the text had.
            None => cleaned.push_str(&text[body.len()..]),
        }
        Some(cleaned)
    }

    /// Finds the first secret that is announced between two places.
    fn next_secret(&self, body: &str, floor: usize, room: usize) -> Option<Range<usize>> {
        let bytes = body.as_bytes();
        // The last bytes alone announce nothing.
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

    /// Finds the secret that is announced at a place.
    ///
    /// What is near the place decides, so that the work for a place is bounded. A secret that reaches further is followed to
    /// its end.
    fn secret_at(&self, body: &str, floor: usize, at: usize, judged: &mut Range<usize>) -> Option<Range<usize>> {
        if !body.is_char_boundary(at) {
            return None;
        }
        let start = (at.saturating_sub(MAX_REACH)..=at).find(|place| body.is_char_boundary(*place))?;
        let end =
            (at..=at.saturating_add(MAX_REACH).min(body.len())).rev().find(|place| body.is_char_boundary(*place))?;
        if sql::is_record(&body[at..]) {
            // The parts of a record are far from each other.
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

    /// Finds the secret that is announced at a place of a text, however much of the text that reads. The names in `judged`
    /// have no value.
    fn secret_in(&self, body: &str, floor: usize, at: usize, judged: &mut Range<usize>) -> Option<Range<usize>> {
        let bytes = body.as_bytes();
        let own_shape = || self.shapes.iter().find_map(|shape| shape.find(body, at));
        let discord = || matches!(bytes[at], b'M'..=b'O').then(|| token::discord_bot(body, at)).flatten();
        if let Some(found) = own_shape().or_else(discord) {
            return Some(found);
        }
        let known = scan::find_known(bytes, at, |known| match known {
            Known::Shape(shape) => shape.find(body, floor, at),
            Known::Stem(begins) => self.stem(begins, body, floor, at, judged),
            Known::Command(words) => command::bare(body, at, words),
        });
        let own_name =
            || (!self.names.secret.is_empty()).then(|| label::find(&self.names, body, floor, at, judged)).flatten();
        known.or_else(own_name)
    }

    /// Finds the secret that a stem at a place announces.
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
            Begins::Scheme => command::credentials(body, at),
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
    /// Finds the secret of a record that starts at a place, in which values have no names beside them.
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

/// Returns a text that can be shown: secrets are replaced by `[redacted]`, and long text is cut.
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

/// Does the same as [`text`] for a text that is kept.
#[must_use]
pub fn kept_text(own: Cow<'static, str>) -> Cow<'static, str> {
    DEFAULT.kept_text(own)
}

/// Returns a value that can be shown under a key, as [`Redactor::value`] does.
#[must_use]
pub fn value(key: &str, value: Value, keys: Keys) -> Value {
    DEFAULT.value(key, value, keys)
}

/// Returns where so many characters end, or the text.
fn end_of(text: &str, characters: usize) -> usize {
    match text.len() <= characters {
        true => text.len(),
        false => text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at),
    }
}

/// Splits a text that was cut before from the mark that says how much was left out.
fn without_mark(text: &str) -> (&str, Option<usize>) {
    let marked = text.strip_suffix(" more]").and_then(|text| text.rsplit_once("… ["));
    match marked.and_then(|(body, count)| Some((body, count.parse().ok()?))) {
        Some((body, left_out)) => (body, Some(left_out)),
        None => (text, None),
    }
}
