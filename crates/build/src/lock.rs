use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use mcp_error_codes_core::{JsonRpcNumber, ProtocolVersion, Record, RetryClass, Surface};

use crate::difference::Difference;
use crate::problem::{Collector, Place, Problems};

/// What a registry has published: for each code the facts that programs of others rely on.
///
/// Its file is `registry.lock`, which is committed beside the registry. Lines that begin with `#` and empty lines are comments;
/// every other line is a code, see [`LockEntry`]. Wording is not in it: titles, messages, hints, names and aliases may be
/// improved, and the lock does not notice.
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

/// A line of a [`Lock`]: a code with the facts that must not change under those who use it.
///
/// `Display` prints the line, six words: `filesystem:FS-001 33001 tool 404 do-not-retry active`. A number that does not hold in
/// every protocol version has its versions behind it, both inclusive:
/// `super-mcp:-32001 -32001@..2025-11-25,-33001@2026-07-28.. protocol 404 retry-after-change active`.
///
/// ```
/// use mcp_error_codes_build::{Lock, RetryClass, Surface};
///
/// let line = "mcp:-32042 -32042@2025-11-25..2025-11-25 protocol 400 retry-after-change deprecated";
/// let lock = Lock::parse("registry.lock", line)?;
/// let entry = &lock.entries()[0];
/// assert_eq!((entry.system.as_str(), entry.code.as_str(), entry.http_status), ("mcp", "-32042", 400));
/// assert_eq!((entry.surface, entry.retry_class), (Surface::Protocol, RetryClass::RetryAfterChange));
/// assert_eq!(entry.numbers[0].number, -32042);
/// assert!(entry.is_deprecated);
/// assert_eq!(entry.to_string(), line);
/// # Ok::<(), mcp_error_codes_build::Problems>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LockEntry {
    /// The system of the code.
    pub system: String,
    /// The text of the code.
    pub code: String,
    /// The JSON-RPC numbers, by protocol version; in a registry's order, in which the first is the preferred one.
    pub numbers: Vec<JsonRpcNumber>,
    /// Where MCP carries it.
    pub surface: Surface,
    /// The HTTP status of a plain REST answer.
    pub http_status: u16,
    /// Whether and when a caller may try again.
    pub retry_class: RetryClass,
    /// Whether the code is deprecated or retired.
    pub is_deprecated: bool,
}

impl Lock {
    /// Reads the text of a file. The name of the file only serves the messages. The order of the lines makes no difference.
    ///
    /// # Errors
    /// Every line that is no entry, and every second line of a code, sorted by place.
    ///
    /// ```
    /// use mcp_error_codes_build::Lock;
    ///
    /// let problems = Lock::parse("registry.lock", "# codes\nacme:A-001 50001 tool 404 never active").unwrap_err();
    /// assert_eq!(
    ///     problems.to_string(),
    ///     "registry.lock:2: retry class \"never\" is not one of: retry-now-safe, retry-after-delay, retry-after-change, \
    ///      do-not-retry, re-auth-then-retry"
    /// );
    /// ```
    pub fn parse(file: &str, text: &str) -> Result<Self, Problems> {
        let mut problems = Collector::new(vec![file.to_owned()]);
        let mut entries = Vec::new();
        let mut places: BTreeMap<String, Place> = BTreeMap::new();
        for (at, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let place = Place { file: 0, line: at + 1 };
            let Some(entry) = entry(line, place, &mut problems) else { continue };
            let name = entry.full_name();
            match places.get(&name) {
                Some(first) => {
                    let first = problems.name(*first);
                    problems.report(place, format!("code {name:?} stands twice; first at {first}"));
                }
                None => {
                    places.insert(name, place);
                    entries.push(entry);
                }
            }
        }
        problems.finish(Self::new(entries))
    }

    /// Makes a lock of entries in any order.
    fn new(mut entries: Vec<LockEntry>) -> Self {
        entries.sort_by(|a, b| (&a.system, &a.code).cmp(&(&b.system, &b.code)));
        Self { entries }
    }

    /// Makes the lock that holds exactly these records.
    pub(crate) fn of<'r>(records: impl IntoIterator<Item = &'r Record>) -> Self {
        Self::new(records.into_iter().map(LockEntry::of).collect())
    }

    /// Returns the entries, sorted by system and code.
    #[must_use]
    pub fn entries(&self) -> &[LockEntry] {
        &self.entries
    }

    /// Compares with a newer lock; returns what differs, sorted by system and code.
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

impl LockEntry {
    /// Returns the unmistakable name of the code: `filesystem:FS-001`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}:{}", self.system, self.code)
    }

    fn of(record: &Record) -> Self {
        Self {
            system: record.system.name.to_owned(),
            code: record.code.to_owned(),
            numbers: record.json_rpc.to_vec(),
            surface: record.surface,
            http_status: record.http_status,
            retry_class: record.retry.class,
            is_deprecated: record.is_deprecated(),
        }
    }
}

impl Display for Lock {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        self.entries.iter().try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

const HEADER: &str = "\
# What this registry has published. Its test calls mcp_error_codes_build::check_lock(), which holds the registry to it.
# A code may be added or turn deprecated: `UPDATE_LOCK=1 cargo test` writes that. Nothing else here may change.
#
# system:code number surface http_status retry_class state
";

impl Display for LockEntry {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} ", self.system, self.code)?;
        for (at, own) in self.numbers.iter().enumerate() {
            write!(f, "{}{}", if at == 0 { "" } else { "," }, own.number)?;
            if own.since.is_some() || own.until.is_some() {
                let [since, until] =
                    [own.since, own.until].map(|version| version.map_or("", |version| version.as_str()));
                write!(f, "@{since}..{until}")?;
            }
        }
        let state = if self.is_deprecated { DEPRECATED } else { ACTIVE };
        write!(f, " {} {} {} {state}", self.surface, self.http_status, self.retry_class)
    }
}

const ACTIVE: &str = "active";
const DEPRECATED: &str = "deprecated";

/// Reads a line; reports everything that is wrong with it.
fn entry(line: &str, place: Place, problems: &mut Collector) -> Option<LockEntry> {
    let words: Vec<_> = line.split_whitespace().collect();
    let &[name, number, surface, status, retry_class, state] = words.as_slice() else {
        let expected = "expected 6: system:code number surface http_status retry_class state";
        problems.report(place, format!("line has {} words; {expected}", words.len()));
        return None;
    };
    let parts = name.split_once(':').filter(|(system, code)| !system.is_empty() && !code.is_empty());
    if parts.is_none() {
        problems.report(place, format!("{name:?} names no code; expected \"system:code\""));
    }
    let numbers: Option<Vec<_>> = number.split(',').map(numbered).collect();
    if numbers.is_none() {
        let expected = "33001 or, by protocol version, -32001@..2025-11-25,-33001@2026-07-28..";
        problems.report(place, format!("number {number:?} is none; expected one like {expected}"));
    }
    let http_status = status.parse().ok().filter(|status| (400..=599).contains(status));
    if http_status.is_none() {
        problems.report(place, format!("http_status {status:?} is not a number between 400 and 599"));
    }
    let surface = word("surface", surface, Surface::ALL, place, problems);
    let retry_class = word("retry class", retry_class, RetryClass::ALL, place, problems);
    let state = word("state", state, &[ACTIVE, DEPRECATED], place, problems);
    let (system, code) = parts?;
    Some(LockEntry {
        system: system.to_owned(),
        code: code.to_owned(),
        numbers: numbers?,
        surface: surface?,
        http_status: http_status?,
        retry_class: retry_class?,
        is_deprecated: state? == DEPRECATED,
    })
}

/// Reads a number with its protocol versions, if there are any: `-33001@2026-07-28..`.
fn numbered(text: &str) -> Option<JsonRpcNumber> {
    let Some((number, versions)) = text.split_once('@') else {
        return Some(JsonRpcNumber::__new(text.parse().ok()?, None, None));
    };
    let (since, until) = versions.split_once("..")?;
    let version = |word: &str| match word {
        "" => Some(None),
        word => ProtocolVersion::from_word(word).map(Some),
    };
    Some(JsonRpcNumber::__new(number.parse().ok()?, version(since)?, version(until)?))
}

/// Finds a word of a closed vocabulary.
fn word<T: Copy + Display>(what: &str, word: &str, all: &[T], place: Place, problems: &mut Collector) -> Option<T> {
    let found = all.iter().copied().find(|known| known.to_string() == word);
    if found.is_none() {
        let words: Vec<_> = all.iter().map(ToString::to_string).collect();
        problems.report(place, format!("{what} {word:?} is not one of: {}", words.join(", ")));
    }
    found
}
