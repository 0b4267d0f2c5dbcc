use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use mcp_error_codes_core::{__is_word, __spelling, NumberRange, Record, ReservedRange, System};

use crate::codes::builtin::spelt;
use crate::codes::code::is_same_code;
use crate::codes::number::{by_number, specified};
use crate::codes::registries::{extended, own_registries, registries};
use crate::codes::spelling::Spelling;
use crate::codes::suggestion::suggestions;

/// Finds the record for text that a person wrote: a code, a name, an alias or a number, in any spelling.
///
/// Case, the separators `-`, `_` and space, and space around the text do not matter. `system:text` narrows the search to a
/// system, as [`in_system`](crate::in_system()) does. The registries that [`setup`](crate::setup()) added are searched too.
/// If several records match, the code with exactly this text comes first, whichever registry has it, then a plain word, such as
/// `NOT_FOUND`, that is a code of one added registry. Within a registry, a code
/// comes before a name, a name before an alias, an alias before a number, and the specification's active code before another's;
/// [`find_all`] returns all of them.
///
/// A number from -32768 to -32000 is found only if it is an active number of the specification, because others use the rest of
/// that range for different things. The error then lists the records that use it; `system:number` names one of them.
///
/// For a superseded code, the result is its own record, whose `superseded_by` names the successor.
///
/// # Errors
/// Returns [`UnknownCode`], which keeps the text and suggests codes with a similar spelling.
///
/// ```
/// use mcp_error_codes::find;
///
/// assert_eq!(find("fs 001")?.name, "FILE_NOT_FOUND");
/// assert_eq!(find("file not found")?.code, "FS-001");
/// assert_eq!(find("hyper-bun:tool-not-found")?.code, "NX-MCP-010");
/// assert_eq!(find("33001")?.code, "FS-001");
///
/// let unknown = find("FS-O01").unwrap_err();
/// assert_eq!(unknown.suggestions()[0].code, "FS-001");
/// # Ok::<(), mcp_error_codes::UnknownCode>(())
/// ```
#[inline]
pub fn find(text: &str) -> Result<&'static Record, UnknownCode> {
    let mut spelling = Spelling::EMPTY;
    spelling.read(text);
    // Most texts are a code or a name of this crate's registry, and most programs have no other.
    if own_registries().is_empty()
        && spelling.number().is_none()
        && let Some(record) = spelt(spelling.as_bytes())
    {
        return Ok(record);
    }
    find_any(text, &spelling)
}

/// Does what [`find`] does, for any text. It is not inlined into `find`, but compiled only in programs that call it.
#[cold]
#[inline]
fn find_any(text: &str, spelling: &Spelling) -> Result<&'static Record, UnknownCode> {
    // A number in the specification's ranges that it does not assign means something different for every sender.
    if let Some(number) = spelling.number()
        && NumberRange::of(number) != NumberRange::Free
    {
        let active = specified(number).filter(|record| !record.is_deprecated());
        return active.map(extended).ok_or_else(|| UnknownCode::of_number(text, number));
    }
    let of_registry = || registries().find_map(|registry| registry.first_by_spelling(spelling));
    own(text, spelling).or_else(of_registry).map(extended).ok_or_else(|| UnknownCode::new(text, None))
}

/// The error for a plain word that is a code in several registries.
#[derive(Debug)]
pub(crate) struct Contested;

/// Finds the code that is exactly this plain word in the program's own registries.
///
/// # Errors
/// Returns [`Contested`] if several of the registries have it.
#[inline]
pub(crate) fn own_word(word: &str) -> Result<Option<&'static Record>, Contested> {
    if own_registries().is_empty() || !__is_word(word) {
        return Ok(None);
    }
    let mut found = own_registries().iter().filter_map(|registry| registry.lookup(word));
    match (found.next(), found.next()) {
        (record, None) => Ok(record),
        _ => Err(Contested),
    }
}

/// Finds every record that a string may mean, most likely first; see [`find`].
///
/// ```
/// use mcp_error_codes::find_all;
///
/// let systems: Vec<_> = find_all("-32002").map(|record| record.system.name).collect();
/// assert_eq!(systems, ["super-mcp", "mcp"]);
/// ```
#[inline]
pub fn find_all(text: &str) -> impl Iterator<Item = &'static Record> + use<> {
    let spelling = Spelling::new(text);
    let first = own(text, &spelling).map(extended);
    let others = registries().flat_map(move |registry| registry.by_spelling(spelling)).map(extended);
    let is_other = move |record: &&'static Record| first.is_none_or(|first| !is_same_code(first, record));
    first.into_iter().chain(others.filter(is_other))
}

/// Finds the code with exactly this text in any registry, if there are several, else the program's own code that is a plain word with
/// this spelling. A plain word belongs to no system, so the program's own code comes first.
#[inline]
fn own(text: &str, spelling: &Spelling) -> Option<&'static Record> {
    // The spellings of one registry have the code first.
    if own_registries().is_empty() {
        return None;
    }
    let text = text.trim();
    let exact = || registries().find_map(|registry| registry.lookup(text));
    own_word(text).ok().flatten().or_else(exact).or_else(|| {
        let is_it = |record: &&Record| __is_word(record.code) && __spelling(record.code).eq(__spelling(text));
        let mut found =
            own_registries().iter().filter_map(|registry| registry.first_by_spelling(spelling).filter(is_it));
        found.next().filter(|_| found.next().is_none())
    })
}

/// The error for a string that names no code.
///
/// `Display` prints the text, and what the registry knows about it: the range that a document reserves, or the code with the
/// most similar spelling.
#[derive(Clone, PartialEq)]
pub struct UnknownCode {
    text: String,
    length: usize,
    reserved: Option<(&'static System, ReservedRange)>,
    range: Option<NumberRange>,
    suggestions: Vec<&'static Record>,
}

impl UnknownCode {
    /// The maximum number of characters that are kept.
    const MAX_KEPT: usize = 200;

    /// Creates the error for a string, in all systems or in one.
    #[inline]
    pub(crate) fn new(text: &str, system: Option<&str>) -> Self {
        let kept = text.char_indices().nth(Self::MAX_KEPT).map_or(text, |(end, _)| &text[..end]);
        let is_whole = kept.len() == text.len();
        let length = kept.chars().count() + text[kept.len()..].chars().count();
        let number = Spelling::new(kept).number().or_else(|| kept.trim().parse().ok());
        let number = number.filter(|_| is_whole).map(NumberRange::of);
        Self {
            text: kept.into(),
            length,
            reserved: if is_whole { reserved(kept.trim()) } else { None },
            range: number.filter(|range| *range != NumberRange::Free),
            // A number is not compared with the spelling of codes.
            suggestions: if is_whole && number.is_none() { suggestions(kept, system) } else { Vec::new() },
        }
    }

    /// Creates the error for a number that several senders use, or none.
    #[inline]
    fn of_number(text: &str, number: i64) -> Self {
        Self { suggestions: by_number(number).take(Self::MAX_USERS).collect(), ..Self::new(text, None) }
    }

    /// The maximum number of records to list for a number.
    const MAX_USERS: usize = 10;

    /// Returns the text, cut to its first 200 characters.
    #[must_use]
    #[inline]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the number of characters in the whole text.
    #[must_use]
    #[inline]
    pub fn length(&self) -> usize {
        self.length
    }

    /// Returns the reserved range that contains the text, with its system.
    ///
    /// ```
    /// let unknown = mcp_error_codes::find("E010").unwrap_err();
    /// let (system, range) = unknown.reserved().ok_or("not reserved")?;
    /// assert_eq!((system.name, range.first, range.last), ("task-orchestrator", "E009", "E010"));
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn reserved(&self) -> Option<(&'static System, ReservedRange)> {
        self.reserved
    }

    /// Returns the reserved range of JSON-RPC numbers that contains the text, if the text is such a number.
    #[must_use]
    #[inline]
    pub fn number_range(&self) -> Option<NumberRange> {
        self.range
    }

    /// Returns the records of at most three codes with a similar spelling, the most similar first, or the records that use a
    /// number.
    #[must_use]
    #[inline]
    pub fn suggestions(&self) -> &[&'static Record] {
        &self.suggestions
    }
}

impl fmt::Display for UnknownCode {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown error code {:?}", self.text)?;
        if self.length > Self::MAX_KEPT {
            write!(f, " and {} more characters", self.length - Self::MAX_KEPT)?;
        }
        if let Some((system, range)) = self.reserved {
            return write!(f, "; {system} reserves {range} and has not assigned it");
        }
        if let Some(range) = self.range {
            write!(f, "; it is in {range}")?;
            for (at, record) in self.suggestions.iter().enumerate() {
                let before = if at == 0 { "; it is used by" } else { "," };
                write!(f, "{before} {}", record.full_name())?;
            }
            return Ok(());
        }
        match self.suggestions.first() {
            Some(nearest) => write!(f, "; did you mean {:?} ({})?", nearest.code, nearest.title),
            None => Ok(()),
        }
    }
}

/// Prints the names of the system and of the suggested codes, because whole records would fill a screen.
impl fmt::Debug for UnknownCode {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suggestions: Vec<String> = self.suggestions.iter().map(|record| record.code_text().to_string()).collect();
        f.debug_struct("UnknownCode")
            .field("text", &self.text)
            .field("length", &self.length)
            .field("reserved", &self.reserved.map(|(system, range)| (system.name, range)))
            .field("range", &self.range)
            .field("suggestions", &suggestions)
            .finish()
    }
}

impl core::error::Error for UnknownCode {}

#[inline]
fn reserved(text: &str) -> Option<(&'static System, ReservedRange)> {
    for registry in registries() {
        for system in registry.systems() {
            for family in system.families {
                if let Some(range) = family.reserved.iter().find(|range| range.contains(text)) {
                    return Some((system, *range));
                }
            }
        }
    }
    None
}
