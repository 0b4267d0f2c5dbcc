use std::fmt::{self, Display, Formatter};

use crate::lock::column::{COLUMNS, Column, Rule};
use crate::lock::entry::LockEntry;
use crate::lock::word::items;

/// The part of the version number that a change to a registry raises, by the rules of semantic versioning.
///
/// `Display` prints `patch`, `minor` or `major`.
///
/// ```
/// use mcp_error_codes_build::{ChangeClass, Lock};
///
/// let old = Lock::parse("old.lock", "acme:A-001 50001 tool 404 do-not-retry active")?;
/// let new = Lock::parse("new.lock", "acme:A-001 50001 tool 410 do-not-retry active")?;
/// assert_eq!(ChangeClass::of(&old.differences(&new)), ChangeClass::Major);
/// assert_eq!(ChangeClass::of(&old.differences(&old)), ChangeClass::Patch);
/// assert_eq!(ChangeClass::Major.to_string(), "major");
/// # Ok::<(), mcp_error_codes_build::Problems>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ChangeClass {
    /// At most the wording has changed, which is not in a lock.
    Patch,
    /// A code was added or has become deprecated, has a new alias or scenario, or a different family, severity, category or retry
    /// schedule.
    Minor,
    /// A code was removed, is no longer deprecated, has lost an alias or a scenario, or has a different number, surface, HTTP status,
    /// retry class, kind, name, module or recoverability, or other parameters.
    Major,
}

impl ChangeClass {
    /// Returns the class of several differences together, or [`Patch`](Self::Patch) if there are none.
    #[must_use]
    pub fn of(differences: &[Difference]) -> Self {
        differences.iter().map(Difference::class).max().unwrap_or(Self::Patch)
    }
}

impl Display for ChangeClass {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// A code that differs between two locks, or that only one of them has.
///
/// `Display` prints the class and what has changed, then the old line after `- ` and the new one after `+ `:
///
/// ```
/// use mcp_error_codes_build::{ChangeClass, Lock};
///
/// let old = Lock::parse("old.lock", "acme:A-001 50001 tool 404 do-not-retry active")?;
/// let new = Lock::parse("new.lock", "acme:A-001 50009 protocol 404 do-not-retry active")?;
/// let difference = &old.differences(&new)[0];
/// assert_eq!(difference.class(), ChangeClass::Major);
/// assert_eq!(difference.older().map(|entry| entry.numbers[0].number), Some(50001));
/// assert_eq!(difference.newer().map(|entry| entry.numbers[0].number), Some(50009));
/// assert_eq!(
///     difference.to_string(),
///     "major: acme:A-001 has a different number, surface\n\
///      - acme:A-001 50001 tool 404 do-not-retry active\n\
///      + acme:A-001 50009 protocol 404 do-not-retry active"
/// );
/// # Ok::<(), mcp_error_codes_build::Problems>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference(Sides);

/// The entries of a difference: at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sides {
    Added(Box<LockEntry>),
    Removed(Box<LockEntry>),
    Changed(Box<LockEntry>, Box<LockEntry>),
}

impl Difference {
    /// Compares the entries of a code in two locks.
    pub(crate) fn between(old: Option<&LockEntry>, new: Option<&LockEntry>) -> Option<Self> {
        match (old, new) {
            (Some(old), Some(new)) => changes(old, new).next().map(|_| Sides::Changed(boxed(old), boxed(new))),
            (Some(old), None) => Some(Sides::Removed(boxed(old))),
            (None, new) => new.map(|new| Sides::Added(boxed(new))),
        }
        .map(Self)
    }

    /// Returns the entry of the older lock, or `None` if the code was added.
    #[must_use]
    pub fn older(&self) -> Option<&LockEntry> {
        match &self.0 {
            Sides::Removed(old) | Sides::Changed(old, _) => Some(old),
            Sides::Added(_) => None,
        }
    }

    /// Returns the entry of the newer lock, or `None` if the code was removed.
    #[must_use]
    pub fn newer(&self) -> Option<&LockEntry> {
        match &self.0 {
            Sides::Added(new) | Sides::Changed(_, new) => Some(new),
            Sides::Removed(_) => None,
        }
    }

    /// Returns the names of the facts that have changed, each with the class of that change. An added or removed code has none.
    ///
    /// ```
    /// use mcp_error_codes_build::{ChangeClass, Lock};
    ///
    /// let old = Lock::parse("old.lock", "acme:A-001 50001 tool 404 do-not-retry active")?;
    /// let new = Lock::parse("new.lock", "acme:A-001 50001 tool 410 do-not-retry deprecated")?;
    /// let facts = old.differences(&new)[0].facts();
    /// assert_eq!(facts, [("http_status", ChangeClass::Major), ("state", ChangeClass::Minor)]);
    /// # Ok::<(), mcp_error_codes_build::Problems>(())
    /// ```
    #[must_use]
    pub fn facts(&self) -> Vec<(&'static str, ChangeClass)> {
        match &self.0 {
            Sides::Changed(old, new) => changes(old, new).map(|(column, class)| (column.name, class)).collect(),
            Sides::Added(_) | Sides::Removed(_) => Vec::new(),
        }
    }

    /// Returns the class of the change.
    #[must_use]
    pub fn class(&self) -> ChangeClass {
        match &self.0 {
            Sides::Added(_) => ChangeClass::Minor,
            Sides::Changed(old, new) => changes(old, new).map(|(_, class)| class).max().unwrap_or(ChangeClass::Patch),
            Sides::Removed(_) => ChangeClass::Major,
        }
    }
}

fn boxed(entry: &LockEntry) -> Box<LockEntry> {
    Box::new(entry.clone())
}

/// Returns the facts that differ, each with the class of its change.
fn changes<'e>(old: &'e LockEntry, new: &'e LockEntry) -> impl Iterator<Item = (&'static Column, ChangeClass)> + 'e {
    COLUMNS.iter().filter_map(|column| Some((column, change(column, old, new)?)))
}

/// Returns the class of the change of a fact, or `None` if it is the same. A fact that an old line lacks counts as unchanged.
fn change(column: &Column, old: &LockEntry, new: &LockEntry) -> Option<ChangeClass> {
    let (before, after) = (old.word(column.name)?, new.word(column.name)?);
    let list = |word: &'_ str| -> Vec<String> {
        column.separator.into_iter().flat_map(|separator| items(word, separator)).map(str::to_owned).collect()
    };
    let only_adds = || {
        let after = list(&after);
        list(&before).iter().all(|item| after.contains(item))
    };
    let class = match column.rule {
        Rule::Name | Rule::Major => ChangeClass::Major,
        Rule::Minor => ChangeClass::Minor,
        Rule::Additions if only_adds() => ChangeClass::Minor,
        Rule::State if new.is_deprecated => ChangeClass::Minor,
        Rule::Additions | Rule::State => ChangeClass::Major,
    };
    (before != after).then_some(class)
}

impl Display for Difference {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let class = self.class();
        match &self.0 {
            Sides::Added(new) => write!(f, "{class}: {} is added\n+ {new}", new.full_name()),
            Sides::Removed(old) => write!(f, "{class}: {} is removed\n- {old}", old.full_name()),
            Sides::Changed(old, new) => {
                let named = |is_list: bool| {
                    let facts = changes(old, new).map(|(column, _)| column).filter(|column| column.rule != Rule::State);
                    facts
                        .filter(|column| column.separator.is_some() == is_list)
                        .map(|column| column.what)
                        .collect::<Vec<_>>()
                };
                let (facts, lists) = (named(false), named(true));
                let facts = (!facts.is_empty()).then(|| format!("has a different {}", facts.join(", ")));
                let lists = (!lists.is_empty()).then(|| format!("has different {}", lists.join(", ")));
                let state = (old.is_deprecated != new.is_deprecated).then_some(match new.is_deprecated {
                    true => "is deprecated",
                    false => "is no longer deprecated",
                });
                let changes: Vec<_> = facts.as_deref().into_iter().chain(lists.as_deref()).chain(state).collect();
                write!(f, "{class}: {} {}\n- {old}\n+ {new}", new.full_name(), changes.join(" and "))
            }
        }
    }
}
