use core::fmt;
use core::ops::Deref;

use mcp_error_codes_core::index::{NumberIndex, SpellingIndex, TextIndex};
use mcp_error_codes_core::{Claim, Kind, Record, System};

use crate::Extension;
use crate::codes::dictionary::{Dictionary, Kept};
use crate::codes::spelling::{Spelling, number};

/// A set of systems compiled together: this crate's [`REGISTRY`](crate::REGISTRY), or your own.
///
/// ```
/// use mcp_error_codes::REGISTRY;
///
/// assert!(REGISTRY.systems().iter().any(|system| system.name == "filesystem"));
/// let record = REGISTRY.lookup("FS-001").ok_or("no such code")?;
/// assert_eq!(record.title, "File Not Found");
/// # Ok::<(), &str>(())
/// ```
pub struct Registry {
    name: &'static str,
    systems: &'static [System],
    records: &'static [Record],
    texts: &'static TextIndex,
    numbers: &'static NumberIndex,
    claims: &'static [&'static [u16]],
    spellings: &'static [SpellingIndex],
    templates: &'static [(u16, Option<u16>)],
    extensions: &'static [Extension],
    preferred: &'static [(Kind, u16)],
    claims_of_others: &'static [Claim],
    /// The positions of the systems by name. A registry read at run time has no map.
    system_names: Option<&'static phf::Map<&'static str, u16>>,
    dictionary: Kept,
}

impl Registry {
    #[doc(hidden)]
    #[must_use]
    #[allow(clippy::too_many_arguments)]
    #[inline]
    pub const fn __new(
        name: &'static str,
        systems: &'static [System],
        records: &'static [Record],
        texts: &'static TextIndex,
        numbers: &'static NumberIndex,
        claims: &'static [&'static [u16]],
        spellings: &'static [SpellingIndex],
        templates: &'static [(u16, Option<u16>)],
        extensions: &'static [Extension],
    ) -> Self {
        Self {
            name,
            systems,
            records,
            texts,
            numbers,
            claims,
            spellings,
            templates,
            extensions,
            preferred: &[],
            claims_of_others: &[],
            system_names: None,
            dictionary: Kept::new(),
        }
    }

    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub const fn __with_preferred(mut self, preferred: &'static [(Kind, u16)]) -> Self {
        self.preferred = preferred;
        self
    }

    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub const fn __with_claims(mut self, claims: &'static [Claim]) -> Self {
        self.claims_of_others = claims;
        self
    }

    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub const fn __with_system_names(mut self, names: &'static phf::Map<&'static str, u16>) -> Self {
        self.system_names = Some(names);
        self
    }

    /// Returns the name of the package that contains the registry.
    #[must_use]
    #[inline]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the systems, in the order of their files.
    #[must_use]
    #[inline]
    pub const fn systems(&self) -> &'static [System] {
        self.systems
    }

    /// Finds the system with exactly this name.
    ///
    /// ```
    /// use mcp_error_codes::REGISTRY;
    ///
    /// assert_eq!(REGISTRY.system("hyper-bun").map(|system| system.module), Some("hyper_bun"));
    /// assert!(REGISTRY.system("hyper_bun").is_none());
    /// ```
    #[must_use]
    #[inline]
    pub fn system(&self, name: &str) -> Option<&'static System> {
        match self.system_names {
            Some(names) => self.systems.get(usize::from(*names.get(name)?)),
            None => self.systems.iter().find(|system| system.name == name),
        }
    }

    /// Returns the records, in the order of their codes.
    #[must_use]
    #[inline]
    pub const fn records(&self) -> &'static [Record] {
        self.records
    }

    /// Returns what the registry adds to codes of the library, in the order of their systems and codes.
    #[must_use]
    #[inline]
    pub const fn extensions(&self) -> &'static [Extension] {
        self.extensions
    }

    /// Returns the documented uses of numbers and codes by others. Without the feature `recognize`, this crate's own registry
    /// has none.
    #[must_use]
    #[inline]
    pub const fn claims(&self) -> &'static [Claim] {
        self.claims_of_others
    }

    /// Finds the record of the code with exactly this text, as `Code::lookup` of the registry does. A plain word means this
    /// registry's code.
    #[must_use]
    #[inline]
    pub const fn lookup(&self, text: &str) -> Option<&'static Record> {
        match self.texts.find(text) {
            Some(number) => Some(&self.records[number as usize]),
            None => None,
        }
    }

    /// Returns the preferred record of a kind, or `None` if the registry names none.
    ///
    /// ```
    /// use mcp_error_codes::{Kind, REGISTRY};
    ///
    /// assert_eq!(REGISTRY.preferred(Kind::InvalidArgument).map(|record| record.code), Some("VAL-003"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn preferred(&self, kind: Kind) -> Option<&'static Record> {
        match preferred(self.preferred, kind) {
            Some(index) => Some(&self.records[index as usize]),
            None => None,
        }
    }

    /// Returns the records that claim a JSON-RPC number, the preferred one first.
    #[inline]
    pub(crate) fn by_number(&self, number: i64) -> impl Iterator<Item = &'static Record> + Clone + use<> {
        let claims: &'static [u16] = match self.numbers.find(number) {
            Some(slot) => self.claims[usize::from(slot.place)],
            None => &[],
        };
        self.records_of(claims)
    }

    /// Returns the records that match a normalised spelling, the preferred one first: a code before a name, a name
    /// before an alias, an alias before a number. The part before a colon is the name of a system, unless the whole
    /// spelling matches.
    #[inline]
    pub(crate) fn by_spelling(
        &'static self,
        spelling: Spelling,
    ) -> impl Iterator<Item = &'static Record> + Clone + use<> {
        let whole = self.spelt(spelling.as_bytes());
        let of_whole = whole.iter().filter_map(|index| self.at(*index));
        let numbered = spelling.number().into_iter().flat_map(|number| self.by_number(number));
        // A code may be spelled as its own number.
        let numbered = numbered.filter(move |record| !whole.contains(&record.__index()));
        let rest = spelling.full_name().map_or(&[][..], |(_, rest)| rest);
        let part = if rest.is_empty() { &[] } else { self.spelt(rest) };
        let of_part = part.iter().filter_map(|index| self.at(*index));
        let part_numbered = number(rest).into_iter().flat_map(|number| self.by_number(number));
        let part_numbered = part_numbered.filter(move |record| !part.contains(&record.__index()));
        let of_system = of_part.chain(part_numbered).filter(move |record| {
            spelling.full_name().is_some_and(|(system, _)| Spelling::new(record.system.name).as_bytes() == system)
        });
        of_whole.chain(numbered).chain(of_system)
    }

    /// Returns the first record that matches a normalised spelling; see [`by_spelling`](Self::by_spelling).
    #[inline]
    pub(crate) fn first_by_spelling(&'static self, spelling: &Spelling) -> Option<&'static Record> {
        let whole = self.spelt(spelling.as_bytes()).first().and_then(|index| self.at(*index));
        whole.or_else(|| self.by_number(spelling.number()?).next()).or_else(|| {
            let (system, rest) = spelling.full_name()?;
            let is_of_system = |record: &&'static Record| Spelling::new(record.system.name).as_bytes() == system;
            let spelt = self.spelt(rest).iter().filter_map(|index| self.at(*index)).find(is_of_system);
            spelt.or_else(|| self.by_number(number(rest)?).find(is_of_system))
        })
    }

    /// Returns the positions of the records with a spelling.
    #[inline]
    fn spelt(&self, spelling: &[u8]) -> &'static [u16] {
        self.spellings.iter().find_map(|index| index.find(spelling)).unwrap_or_default()
    }

    /// Returns the record at a position. Positions after the last record belong to extensions, whose aliases refer to
    /// the extended record.
    #[inline]
    fn at(&self, position: u16) -> Option<&'static Record> {
        let position = usize::from(position);
        let extended = || self.extensions.get(position - self.records.len()).map(|extension| extension.record);
        self.records.get(position).or_else(extended)
    }

    /// Returns the spellings for suggestions.
    #[inline]
    pub(crate) fn dictionary(&'static self) -> impl Deref<Target = Dictionary> {
        self.dictionary.of(self.records, self.extensions, self.spellings)
    }

    /// Returns the records, each with the index of a scenario or `None`, in the order in which messages are matched.
    #[inline]
    pub(crate) fn templates(&self) -> impl Iterator<Item = (&'static Record, Option<usize>)> + use<> {
        let records = self.records;
        self.templates.iter().map(move |(index, scenario)| (&records[usize::from(*index)], scenario.map(usize::from)))
    }

    #[inline]
    fn records_of(&self, indexes: &'static [u16]) -> impl Iterator<Item = &'static Record> + Clone + use<> {
        let records = self.records;
        indexes.iter().map(move |index| &records[usize::from(*index)])
    }
}

/// Finds the index of the preferred record of a kind.
#[inline]
pub const fn preferred(preferred: &[(Kind, u16)], kind: Kind) -> Option<u16> {
    let mut at = 0;
    while at < preferred.len() {
        if preferred[at].0 as u8 == kind as u8 {
            return Some(preferred[at].1);
        }
        at += 1;
    }
    None
}

impl fmt::Debug for Registry {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registry")
            .field("name", &self.name)
            .field("systems", &self.systems.len())
            .field("records", &self.records.len())
            .finish()
    }
}
