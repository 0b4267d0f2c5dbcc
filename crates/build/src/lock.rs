//! What a registry has published, and which changes to it are allowed.

pub(crate) mod column;
pub(crate) mod difference;
pub(crate) mod entry;
pub(crate) mod file;
pub(crate) mod param;
mod word;

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use mcp_error_codes_core::Record;

use crate::lock::column::{COLUMNS, Rule};
use crate::lock::difference::Difference;
use crate::lock::entry::LockEntry;
use crate::problem::{Collector, Place, Problems};

/// What a registry has published: for each code the facts that other programs rely on.
///
/// It is stored in `registry.lock`, which is committed beside the registry. The first line names the columns. Other lines that
/// begin with `#` and empty lines are comments; every other line is a code, see [`LockEntry`]. Wording is not part of it: titles,
/// summaries, messages and hints may change.
///
/// `Display` prints the file.
///
/// ```
/// use mcp_error_codes_build::Lock;
///
/// let old = Lock::parse("registry.lock", "acme:A-001 50001 tool 404 do-not-retry active")?;
/// let new = Lock::parse("registry.lock", "acme:A-001 50001 tool 404 do-not-retry deprecated")?;
/// assert_eq!(old.entries()[0].code, "A-001");
/// assert_eq!(Lock::parse("registry.lock", &old.to_string())?, old);
///
/// let differences = old.differences(&new);
/// assert_eq!(
///     differences[0].to_string(),
///     "minor: acme:A-001 is deprecated\n\
///      - acme:A-001 50001 tool 404 do-not-retry active\n\
///      + acme:A-001 50001 tool 404 do-not-retry deprecated"
/// );
/// # Ok::<(), mcp_error_codes_build::Problems>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    entries: Vec<LockEntry>,
}

impl Lock {
    /// Parses the text of a file. The name of the file is only used in messages. The lines may be in any order.
    ///
    /// # Errors
    /// Every line that is not an entry, and every repeated line of a code, sorted by place.
    ///
    /// ```
    /// use mcp_error_codes_build::Lock;
    ///
    /// let problems = Lock::parse("registry.lock", "# codes\nacme:A-001 50001 tool 404 never active").unwrap_err();
    /// assert_eq!(
    ///     problems.to_string(),
    ///     "registry.lock:2: retry class \"never\" is not one of: retry-now-safe, retry-after-delay, retry-after-change, \
    ///      do-not-retry, re-auth-then-retry [lock-entry]"
    /// );
    /// ```
    pub fn parse(file: &str, text: &str) -> Result<Self, Problems> {
        let mut problems = Collector::new(vec![file.to_owned()]);
        let mut entries = Vec::new();
        let mut places: BTreeMap<String, Place> = BTreeMap::new();
        let mut columns: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
        for (at, line) in text.lines().enumerate() {
            let place = Place { file: 0, line: at + 1 };
            if line.starts_with(COLUMNS_START) {
                columns = line.trim_start_matches('#').split_whitespace().collect();
                let is_known = |name: &&str| COLUMNS.iter().any(|column| column.name == *name);
                for name in columns.iter().filter(|name| !is_known(name)) {
                    let message = format!("column {name:?} is unknown; a newer version may have written the file");
                    problems.report(place, "lock-columns", message);
                }
                continue;
            }
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let Some(entry) = LockEntry::parse(line, &columns, place, &mut problems) else { continue };
            let name = entry.full_name();
            match places.get(&name) {
                Some(first) => {
                    let first = problems.name(*first);
                    problems.report(place, "lock-duplicate", format!("code {name:?} occurs twice; first at {first}"));
                }
                None => {
                    places.insert(name, place);
                    entries.push(entry);
                }
            }
        }
        problems.finish()?;
        Ok(Self::new(entries))
    }

    /// Creates a lock from entries in any order.
    fn new(mut entries: Vec<LockEntry>) -> Self {
        entries.sort_by(|a, b| (&a.system, &a.code).cmp(&(&b.system, &b.code)));
        Self { entries }
    }

    /// Creates the lock of these records.
    pub(crate) fn of<'r>(records: impl IntoIterator<Item = &'r Record>) -> Self {
        Self::new(records.into_iter().map(LockEntry::of).collect())
    }

    /// Returns the names of the columns, in the order of a line, each with the class of a change to the fact: `major`, `minor`, or
    /// `minor if it only adds, else major`.
    ///
    /// ```
    /// let (name, change) = mcp_error_codes_build::Lock::columns().nth(1).expect("there are columns");
    /// assert_eq!((name, change), ("number", "major"));
    /// ```
    pub fn columns() -> impl Iterator<Item = (&'static str, &'static str)> {
        COLUMNS.iter().map(|column| {
            let change = match column.rule {
                Rule::Name => "minor if it is new, major if it is missing",
                Rule::Major => "major",
                Rule::Minor => "minor",
                Rule::Additions => "minor if it only adds, else major",
                Rule::State => "minor if the code becomes deprecated, else major",
            };
            (column.name, change)
        })
    }

    /// Returns the entries, sorted by system and code.
    #[must_use]
    pub fn entries(&self) -> &[LockEntry] {
        &self.entries
    }

    /// Returns the differences from this lock to a newer one, sorted by system and code.
    ///
    /// ```
    /// use mcp_error_codes_build::{ChangeClass, Lock};
    ///
    /// let old = Lock::parse("old.lock", "acme:A-001 50001 tool 404 do-not-retry active")?;
    /// let new = Lock::parse("new.lock", "acme:A-002 50002 tool 404 do-not-retry active")?;
    /// let classes: Vec<_> = old.differences(&new).iter().map(|difference| difference.class()).collect();
    /// assert_eq!(classes, [ChangeClass::Major, ChangeClass::Minor]);
    /// assert_eq!(old.differences(&old), []);
    /// # Ok::<(), mcp_error_codes_build::Problems>(())
    /// ```
    #[must_use]
    pub fn differences(&self, newer: &Self) -> Vec<Difference> {
        let mut pairs: BTreeMap<(&str, &str), [Option<&LockEntry>; 2]> = BTreeMap::new();
        for (at, lock) in [self, newer].into_iter().enumerate() {
            for entry in &lock.entries {
                pairs.entry((&entry.system, &entry.code)).or_default()[at] = Some(entry);
            }
        }
        pairs.into_values().filter_map(|[old, new]| Difference::between(old, new)).collect()
    }
}

impl Display for Lock {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let columns: Vec<_> = COLUMNS.iter().map(|column| column.name).collect();
        writeln!(f, "# {}", columns.join(" "))?;
        f.write_str(HEADER)?;
        self.entries.iter().try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

/// How the line that names the columns begins.
const COLUMNS_START: &str = "# system:code ";

const HEADER: &str = "\
# What this registry has published. A test calls mcp_error_codes_build::check_lock(), which compares the registry with it.
# A code may be added or become deprecated: `UPDATE_LOCK=1 cargo test` writes that, and other minor changes.
";
