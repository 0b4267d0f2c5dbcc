//! The facts of a lock: the columns of its lines, and what a change to each means for users.

/// A column of a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column {
    /// The name in the first line of the file.
    pub(crate) name: &'static str,
    /// The name in messages.
    pub(crate) what: &'static str,
    /// The separator of the items of a list.
    pub(crate) separator: Option<char>,
    /// The class of a change to the fact, with the rule for lists in words: for `registry/README.md`.
    pub(crate) rule: Rule,
}

/// The class of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The entry is that of another code.
    Name,
    /// Any change breaks programs.
    Major,
    /// Programs keep working, and may say or do something else.
    Minor,
    /// Additions are compatible. Anything missing or different breaks programs.
    Additions,
    /// A code may become deprecated, but not active again.
    State,
}

/// Every column, in the order of a line.
pub(crate) const COLUMNS: &[Column] = &[
    column("system:code", "name", Rule::Name),
    column("number", "number", Rule::Major),
    column("surface", "surface", Rule::Major),
    column("http_status", "http_status", Rule::Major),
    column("retry_class", "retry class", Rule::Major),
    column("kind", "kind", Rule::Major),
    column("name", "name", Rule::Major),
    column("module", "module", Rule::Major),
    column("family", "family", Rule::Minor),
    column("severity", "severity", Rule::Minor),
    column("category", "category", Rule::Minor),
    column("recoverable", "recoverable", Rule::Major),
    column("retry_schedule", "retry schedule", Rule::Minor),
    list("params", ',', Rule::Major),
    list("scenarios", ';', Rule::Additions),
    list("aliases", ',', Rule::Additions),
    column("state", "state", Rule::State),
];

const fn column(name: &'static str, what: &'static str, rule: Rule) -> Column {
    Column { name, what, separator: None, rule }
}

const fn list(name: &'static str, separator: char, rule: Rule) -> Column {
    Column { name, what: name, separator: Some(separator), rule }
}

/// The columns of lines that were written before the first line named the columns.
pub(crate) const FIRST_COLUMNS: &[&str] = &["system:code", "number", "surface", "http_status", "retry_class", "state"];
/// The columns of lines that were written before names were part of a lock.
pub(crate) const NAMELESS_COLUMNS: &[&str] =
    &["system:code", "number", "surface", "http_status", "retry_class", "kind", "state"];
