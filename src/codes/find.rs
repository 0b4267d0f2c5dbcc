use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use mcp_error_codes_core::{__spelling, NumberRange, Record, ReservedRange, System};

use crate::codes::registry::Registry;

/// Finds the record that a person means by a text: a code, a name, an alias or a number, in any spelling.
///
/// Case, the separators `-`, `_` and space, and space around the text do not count; `system:text` narrows the search to a
/// system. Where several records fit, a code comes before a name, a name before an alias, an alias before a number, and
/// the specification's active code before another's; [`find_all`] gives every one. Installed registries are searched too.
///
/// A superseded code is found as itself: `superseded_by` of its record names the successor.
///
/// # Errors
/// [`UnknownCode`], which keeps the text and suggests codes that are spelt nearly like it.
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
    find_all(text).next().ok_or_else(|| UnknownCode::new(text))
}

/// Finds every record that a person may mean by a text, the likeliest first; see [`find`].
///
/// ```
/// use mcp_error_codes::find_all;
///
/// let systems: Vec<_> = find_all("-32002").map(|record| record.system.name).collect();
/// assert_eq!(systems, ["super-mcp", "mcp"]);
/// ```
pub fn find_all(text: &str) -> impl Iterator<Item = &'static Record> {
    let spelling = Spelling::new(text);
    registries().flat_map(move |registry| registry.by_spelling(spelling.as_str())).map(extended)
}

#[cfg(feature = "std")]
pub(crate) use crate::codes::install::{extended, registries};

/// This crate's registry, the only one there is without the feature `std`.
#[cfg(not(feature = "std"))]
pub(crate) fn registries() -> impl Iterator<Item = &'static Registry> + Clone {
    core::iter::once(&crate::REGISTRY)
}

/// The record itself: without the feature `std`, nothing extends it.
#[cfg(not(feature = "std"))]
pub(crate) const fn extended(record: &'static Record) -> &'static Record {
    record
}

/// A text as `find` compares it, without any allocation.
#[derive(Clone, Copy)]
struct Spelling {
    bytes: [u8; Self::LONGEST],
    length: usize,
}

impl Spelling {
    /// No spelling of a code is longer: a system, a colon, and a code or a name.
    const LONGEST: usize = 136;

    /// Spells a text. One that is too long for any code, or cut within a character, spells nothing.
    fn new(text: &str) -> Self {
        let mut spelling = Self { bytes: [0; Self::LONGEST], length: 0 };
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
/// `Display` prints the text, and what the registry knows of its neighbourhood: a range that a document reserves, or the
/// nearest code.
#[derive(Clone, PartialEq)]
pub struct UnknownCode {
    text: String,
    length: usize,
    reserved: Option<(&'static System, ReservedRange)>,
    range: Option<NumberRange>,
    suggestions: Vec<&'static Record>,
}

impl UnknownCode {
    /// The text is kept up to this many characters.
    const KEPT: usize = 200;
    /// How many codes are suggested at the most.
    const SUGGESTIONS: usize = 3;

    pub(crate) fn new(text: &str) -> Self {
        let kept = text.char_indices().nth(Self::KEPT).map_or(text, |(end, _)| &text[..end]);
        let is_whole = kept.len() == text.len();
        let length = kept.chars().count() + text[kept.len()..].chars().count();
        let number = kept.trim().parse().ok().filter(|_| is_whole).map(NumberRange::of);
        Self {
            text: kept.into(),
            length,
            reserved: if is_whole { reserved(kept.trim()) } else { None },
            range: number.filter(|range| *range != NumberRange::Free),
            suggestions: if is_whole { suggestions(kept) } else { Vec::new() },
        }
    }

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

    /// Returns the range that a document reserves and the text lies in, with its system.
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

    /// Returns the part of the JSON-RPC number line that the text lies in, if it is a number that is not free.
    #[must_use]
    pub fn number_range(&self) -> Option<NumberRange> {
        self.range
    }

    /// Returns the records of the codes whose spelling is nearest, the nearest first; at most three.
    #[must_use]
    pub fn suggestions(&self) -> &[&'static Record] {
        &self.suggestions
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown error code {:?}", self.text)?;
        if self.length > Self::KEPT {
            write!(f, " and {} more characters", self.length - Self::KEPT)?;
        }
        if let Some((system, range)) = self.reserved {
            return write!(f, "; {system} reserves {range} and has not assigned it");
        }
        match self.range {
            Some(NumberRange::Mcp) => {
                return f.write_str("; the MCP specification reserves -32099 to -32020 for itself");
            }
            Some(NumberRange::Legacy) => {
                return f.write_str("; -32019 to -32000 is the legacy block, which has no set meaning");
            }
            Some(NumberRange::JsonRpc) => return f.write_str("; JSON-RPC reserves -32768 to -32100 for itself"),
            _ => {}
        }
        match self.suggestions.first() {
            Some(nearest) => write!(f, "; did you mean {:?} ({})?", nearest.code, nearest.title),
            None => Ok(()),
        }
    }
}

/// Names the system and the suggested codes, whose whole records would fill a screen.
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

/// Finds the codes whose spelling is nearest, by the number of letters to change, add, drop or swap.
fn suggestions(text: &str) -> Vec<&'static Record> {
    let spelling = Spelling::new(text);
    let wanted = spelling.as_str().as_bytes();
    if wanted.len() < 2 || wanted.len() > LONGEST_COMPARED {
        return Vec::new();
    }
    let farthest = (wanted.len() / 4).max(1);
    let mut near: Vec<(usize, &'static str, &'static Record)> = Vec::new();
    for (spelling, record) in registries().flat_map(Registry::spellings) {
        if spelling.len().abs_diff(wanted.len()) <= farthest
            && let Some(distance) = distance(wanted, spelling.as_bytes(), farthest)
        {
            near.push((distance, spelling, record));
        }
    }
    near.sort_by_key(|(distance, spelling, _)| (*distance, *spelling));
    let mut records: Vec<&'static Record> = Vec::new();
    for (_, _, record) in near.into_iter().map(|(distance, spelling, record)| (distance, spelling, extended(record))) {
        if records.len() < UnknownCode::SUGGESTIONS && !records.iter().any(|known| core::ptr::eq(*known, record)) {
            records.push(record);
        }
    }
    records
}

/// A longer text is compared with nothing.
const LONGEST_COMPARED: usize = 80;

/// Counts the letters to change, add, drop or swap with a neighbour; none where there are more than `farthest`.
fn distance(a: &[u8], b: &[u8], farthest: usize) -> Option<usize> {
    let mut rows = [[0; LONGEST_COMPARED * 2]; 3];
    if b.len() >= rows[0].len() {
        return None;
    }
    for (at, cell) in rows[1].iter_mut().enumerate() {
        *cell = at;
    }
    for (i, from) in a.iter().enumerate() {
        // The rows turn: the row before the last is not needed any more.
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
