use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use mcp_error_codes_core::{__spelling, NumberRange, Record, ReservedRange, System};

use crate::codes::number::{by_number, specification_code};
use crate::codes::registries::{extended, registries};
use crate::codes::registry::Registry;

/// Finds the record that a person means by a text: a code, a name, an alias or a number, in any spelling.
///
/// Case, the separators `-`, `_` and space, and space around the text do not matter. `system:text` narrows the search to a
/// system, as [`in_system`](crate::in_system()) does. If several records match, a code comes before a name, a name before an
/// alias, an alias before a number, and the specification's active code before another's; [`find_all`] returns all of them.
/// The registries that [`setup`](crate::setup()) made known are searched too.
///
/// A number from -32768 to -32000 is found only if it is an active number of the specification, because others use the rest of
/// that range for different things. The error then lists the records that use it; `system:number` names one of them.
///
/// A superseded code is found as itself: `superseded_by` of its record names the successor.
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
pub fn find(text: &str) -> Result<&'static Record, UnknownCode> {
    // What the specification does not assign in its own ranges means something else to every sender.
    if let Ok(number) = text.trim().parse()
        && NumberRange::of(number) != NumberRange::Free
    {
        let specified = specification_code(number).map(|code| code.record()).filter(|record| !record.is_deprecated());
        return specified.map(extended).ok_or_else(|| UnknownCode::of_number(text, number));
    }
    find_all(text).next().ok_or_else(|| UnknownCode::new(text, None))
}

/// Finds every record that a person may mean by a text, the most likely first; see [`find`].
///
/// ```
/// use mcp_error_codes::find_all;
///
/// let systems: Vec<_> = find_all("-32002").map(|record| record.system.name).collect();
/// assert_eq!(systems, ["super-mcp", "mcp"]);
/// ```
pub fn find_all(text: &str) -> impl Iterator<Item = &'static Record> + use<> {
    let spelling = Spelling::new(text);
    registries().flat_map(move |registry| registry.by_spelling(spelling.as_str())).map(extended)
}

/// A normalised text, stored without an allocation.
#[derive(Clone, Copy)]
struct Spelling {
    bytes: [u8; Self::MAX],
    length: usize,
}

impl Spelling {
    /// The length of the longest spelling of a code: a system, a colon, and a code or a name.
    const MAX: usize = 136;

    /// Normalises a text. If the text is too long for any code, the result is empty.
    fn new(text: &str) -> Self {
        let mut spelling = Self { bytes: [0; Self::MAX], length: 0 };
        for byte in __spelling(text) {
            let Some(place) = spelling.bytes.get_mut(spelling.length) else {
                return Self { length: 0, ..spelling };
            };
            *place = byte;
            spelling.length += 1;
        }
        spelling
    }

    fn as_str(&self) -> &str {
        core::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

/// A text that names no code.
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
    /// How many characters of the text are kept.
    const MAX_KEPT: usize = 200;
    /// How many codes are suggested at most.
    const MAX_SUGGESTIONS: usize = 3;

    /// Creates the error for a text, in all systems or in one.
    pub(crate) fn new(text: &str, system: Option<&str>) -> Self {
        let kept = text.char_indices().nth(Self::MAX_KEPT).map_or(text, |(end, _)| &text[..end]);
        let is_whole = kept.len() == text.len();
        let length = kept.chars().count() + text[kept.len()..].chars().count();
        let number = kept.trim().parse().ok().filter(|_| is_whole).map(NumberRange::of);
        Self {
            text: kept.into(),
            length,
            reserved: if is_whole { reserved(kept.trim()) } else { None },
            range: number.filter(|range| *range != NumberRange::Free),
            // A number is not compared with the spelling of codes.
            suggestions: if is_whole && number.is_none() { suggestions(kept, system) } else { Vec::new() },
        }
    }

    /// The error of a number that several senders use, or nobody.
    fn of_number(text: &str, number: i64) -> Self {
        Self { suggestions: by_number(number).take(Self::MAX_USERS).collect(), ..Self::new(text, None) }
    }

    /// How many records that use a number are listed at most.
    const MAX_USERS: usize = 10;

    /// Returns the text, at most its first 200 characters.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns how many characters the whole text has.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }

    /// Returns the reserved range of a document that contains the text, with its system.
    ///
    /// ```
    /// let unknown = mcp_error_codes::find("E010").unwrap_err();
    /// let (system, range) = unknown.reserved().ok_or("not reserved")?;
    /// assert_eq!((system.name, range.first, range.last), ("task-orchestrator", "E009", "E010"));
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn reserved(&self) -> Option<(&'static System, ReservedRange)> {
        self.reserved
    }

    /// Returns the range of JSON-RPC numbers that contains the text, if it is a number that is not free.
    #[must_use]
    pub fn number_range(&self) -> Option<NumberRange> {
        self.range
    }

    /// Returns the records of at most three codes with a similar spelling, the most similar first, or the records that use a
    /// number.
    #[must_use]
    pub fn suggestions(&self) -> &[&'static Record] {
        &self.suggestions
    }
}

impl fmt::Display for UnknownCode {
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

fn reserved(text: &str) -> Option<(&'static System, ReservedRange)> {
    let systems = registries().flat_map(|registry| registry.systems());
    let mut ranges = systems.flat_map(|system| {
        system.families.iter().flat_map(|family| family.reserved).map(move |range| (system, *range))
    });
    ranges.find(|(_, range)| range.contains(text))
}

/// Finds the codes with the most similar spelling, by the number of letters to change, add, drop or swap.
fn suggestions(text: &str, system: Option<&str>) -> Vec<&'static Record> {
    let spelling = Spelling::new(text);
    let wanted = spelling.as_str().as_bytes();
    if wanted.len() < 2 || wanted.len() > MAX_COMPARED {
        return Vec::new();
    }
    let farthest = (wanted.len() / 4).max(1);
    let mut near: Vec<(usize, &'static str, &'static Record)> = Vec::new();
    for (spelling, record) in registries().flat_map(Registry::spellings) {
        if system.is_none_or(|system| record.system.name == system)
            && spelling.len().abs_diff(wanted.len()) <= farthest
            && let Some(distance) = distance(wanted, spelling.as_bytes(), farthest)
        {
            near.push((distance, spelling, record));
        }
    }
    near.sort_by_key(|(distance, spelling, _)| (*distance, *spelling));
    let mut records: Vec<&'static Record> = Vec::new();
    for (_, _, record) in near.into_iter().map(|(distance, spelling, record)| (distance, spelling, extended(record))) {
        if records.len() < UnknownCode::MAX_SUGGESTIONS && !records.iter().any(|known| core::ptr::eq(*known, record)) {
            records.push(record);
        }
    }
    records
}

/// The length of the longest text for which codes are suggested.
const MAX_COMPARED: usize = 80;

/// Counts the letters to change, add, drop or swap with a neighbour. Returns `None` if there are more than `farthest`.
fn distance(a: &[u8], b: &[u8], farthest: usize) -> Option<usize> {
    let mut rows = [[0; MAX_COMPARED * 2]; 3];
    if b.len() >= rows[0].len() {
        return None;
    }
    for (at, cell) in rows[1].iter_mut().enumerate() {
        *cell = at;
    }
    for (i, from) in a.iter().enumerate() {
        // The three rows are reused in turn.
        let [before, last, current] = &mut rows;
        current[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = last[j] + usize::from(from != to);
            let mut fewest = changed.min(last[j + 1] + 1).min(current[j] + 1);
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                fewest = fewest.min(before[j - 1] + 1);
            }
            current[j + 1] = fewest;
        }
        rows.rotate_left(1);
    }
    Some(rows[1][b.len()]).filter(|distance| *distance <= farthest)
}
