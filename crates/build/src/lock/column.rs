//! The facts of a lock: the columns of its lines, and what a change to each means for users.

use mcp_error_codes_core::{ParamType, Retry};

use crate::lock::difference::ChangeClass;
use crate::lock::entry::{LockEntry, LockParam, LockScenario};

/// A column of a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column {
    /// The name in the first line of the file.
    pub(crate) name: &'static str,
    /// The name in messages.
    pub(crate) what: &'static str,
    /// Whether it is a list, for the grammar of messages.
    pub(crate) is_list: bool,
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
    list("params", Rule::Major),
    list("scenarios", Rule::Additions),
    list("aliases", Rule::Additions),
    column("state", "state", Rule::State),
];

const fn column(name: &'static str, what: &'static str, rule: Rule) -> Column {
    Column { name, what, is_list: false, rule }
}

const fn list(name: &'static str, rule: Rule) -> Column {
    Column { name, what: name, is_list: true, rule }
}

/// The columns of lines that were written before the first line named the columns.
pub(crate) const FIRST_COLUMNS: &[&str] = &["system:code", "number", "surface", "http_status", "retry_class", "state"];
/// The columns of lines that were written before names were part of a lock.
pub(crate) const NAMELESS_COLUMNS: &[&str] =
    &["system:code", "number", "surface", "http_status", "retry_class", "kind", "state"];

impl Column {
    /// Returns the class of the change of this fact between two entries of a code, or `None` if it is the same. A fact that an old
    /// line lacks counts as unchanged.
    pub(crate) fn change(&self, old: &LockEntry, new: &LockEntry) -> Option<ChangeClass> {
        let differs = match self.name {
            "number" => old.numbers != new.numbers,
            "surface" => old.surface != new.surface,
            "http_status" => old.http_status != new.http_status,
            "retry_class" => old.retry_class != new.retry_class,
            "kind" => differ(&old.kind, &new.kind),
            "name" => differ(&old.name, &new.name),
            "module" => differ(&old.module, &new.module),
            "family" => differ(&old.family, &new.family),
            "severity" => differ(&old.severity, &new.severity),
            "category" => differ(&old.category, &new.category),
            "recoverable" => differ(&old.recoverable, &new.recoverable),
            "retry_schedule" => differ(&old.retry_schedule, &new.retry_schedule),
            "params" => differ(&old.params, &new.params),
            "scenarios" => differ(&old.scenarios, &new.scenarios),
            "aliases" => differ(&old.aliases, &new.aliases),
            "state" => old.is_deprecated != new.is_deprecated,
            _ => false,
        };
        let class = match self.rule {
            Rule::Name | Rule::Major => ChangeClass::Major,
            Rule::Minor => ChangeClass::Minor,
            Rule::Additions if self.only_adds(old, new) => ChangeClass::Minor,
            Rule::State if new.is_deprecated => ChangeClass::Minor,
            Rule::Additions | Rule::State => ChangeClass::Major,
        };
        differs.then_some(class)
    }

    /// Returns whether everything in the old list is in the new one.
    fn only_adds(&self, old: &LockEntry, new: &LockEntry) -> bool {
        match self.name {
            "scenarios" => has_all(&old.scenarios, &new.scenarios),
            _ => has_all(&old.aliases, &new.aliases),
        }
    }
}

fn differ<T: PartialEq>(old: &Option<T>, new: &Option<T>) -> bool {
    old.is_some() && new.is_some() && old != new
}

fn has_all<T: PartialEq>(old: &Option<Vec<T>>, new: &Option<Vec<T>>) -> bool {
    let (old, new) = (old.as_deref().unwrap_or_default(), new.as_deref().unwrap_or_default());
    old.iter().all(|item| new.contains(item))
}

/// The word for an absent value.
pub(crate) const NOTHING: &str = "-";

/// Writes a list as one word.
pub(crate) fn word_of(items: impl IntoIterator<Item = String>, separator: &str) -> String {
    let items: Vec<_> = items.into_iter().collect();
    if items.is_empty() { NOTHING.to_owned() } else { items.join(separator) }
}

/// Splits the word of a list.
pub(crate) fn items(word: &str, separator: char) -> impl Iterator<Item = &str> {
    word.split(separator).filter(move |_| word != NOTHING)
}

/// Escapes a text so that it can be part of a word: separators of words and items become `%` and two digits, as in URLs.
pub(crate) fn escaped(text: &str) -> String {
    let mut word = String::new();
    for c in text.chars() {
        let is_separator = c.is_whitespace() || c.is_control() || "%,;():".contains(c);
        match is_separator || text == NOTHING {
            true => c.to_string().bytes().for_each(|byte| word += &format!("%{byte:02X}")),
            false => word.push(c),
        }
    }
    word
}

/// Reverses [`escaped`].
pub(crate) fn unescaped(word: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = word.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, after) = rest.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

/// Writes params: `number:integer,ids:list`.
pub(crate) fn params_word(params: &[LockParam]) -> String {
    word_of(params.iter().map(|param| format!("{}:{}", escaped(&param.name), param.ty)), ",")
}

/// Reads params.
pub(crate) fn params(word: &str) -> Option<Vec<LockParam>> {
    let param = |item: &str| {
        let (name, ty) = item.split_once(':')?;
        Some(LockParam { name: unescaped(name)?, ty: ty.parse::<ParamType>().ok()? })
    };
    items(word, ',').map(param).collect()
}

/// Writes scenarios: `DISK_FULL(disk:string);READ_ONLY`.
pub(crate) fn scenarios_word(scenarios: &[LockScenario]) -> String {
    let scenario = |case: &LockScenario| match &case.params {
        Some(params) => format!("{}({})", escaped(&case.name), params_word(params)),
        None => escaped(&case.name),
    };
    word_of(scenarios.iter().map(scenario), ";")
}

/// Reads scenarios.
pub(crate) fn scenarios(word: &str) -> Option<Vec<LockScenario>> {
    let scenario = |item: &str| match item.split_once('(') {
        Some((name, rest)) => {
            Some(LockScenario { name: unescaped(name)?, params: Some(params(rest.strip_suffix(')')?)?) })
        }
        None => Some(LockScenario { name: unescaped(item)?, params: None }),
    };
    items(word, ';').map(scenario).collect()
}

/// Writes a retry schedule: `exponential/5/100/5000` is the backoff, the attempts, and the first and the longest wait.
pub(crate) fn schedule_word(retry: Retry) -> String {
    let (Some(backoff), Some(initial), Some(max)) = (retry.backoff, retry.initial_ms, retry.max_ms) else {
        return NOTHING.to_owned();
    };
    let attempts = retry.attempts.map_or(NOTHING.to_owned(), |attempts| attempts.to_string());
    format!("{backoff}/{attempts}/{initial}/{max}")
}
