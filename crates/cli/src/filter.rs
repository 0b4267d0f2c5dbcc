use clap::Args;
use mcp_error_codes::{Category, Kind, Record, RetryClass, Severity, Surface};

use crate::catalogue;
use crate::word::one_of;

/// Filters for codes. A code matches if it has one of the values of every filter.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Filters (for several values, repeat an option or separate them with commas)")]
pub(crate) struct Filter {
    /// Codes of this system
    #[arg(long, value_parser = one_of(systems(), |name| name), value_delimiter = ',', ignore_case = true)]
    pub(crate) system: Vec<&'static str>,

    /// Codes of this family
    #[arg(long, value_parser = one_of(families(), |name| name), value_delimiter = ',', ignore_case = true)]
    pub(crate) family: Vec<&'static str>,

    /// Codes of this kind
    #[arg(long, value_parser = one_of(Kind::ALL.iter().copied(), Kind::as_str), value_delimiter = ',', ignore_case = true)]
    pub(crate) kind: Vec<Kind>,

    /// Codes of this severity
    #[arg(long, value_parser = one_of(Severity::ALL.iter().copied(), Severity::as_str), value_delimiter = ',', ignore_case = true)]
    pub(crate) severity: Vec<Severity>,

    /// Codes of this category
    #[arg(long, value_parser = one_of(Category::ALL.iter().copied(), Category::as_str), value_delimiter = ',', ignore_case = true)]
    pub(crate) category: Vec<Category>,

    /// Codes with this HTTP status or class of statuses: 404, 5xx
    #[arg(long, value_parser = Status::parse, value_delimiter = ',', ignore_case = true)]
    pub(crate) status: Vec<Status>,

    /// Codes on this surface
    #[arg(long, value_parser = one_of(Surface::ALL.iter().copied(), Surface::as_str), value_delimiter = ',', ignore_case = true)]
    pub(crate) surface: Vec<Surface>,

    /// Codes with this retry advice
    #[arg(long, value_parser = one_of(RetryClass::ALL.iter().copied(), RetryClass::as_str), value_delimiter = ',', value_name = "CLASS", ignore_case = true)]
    pub(crate) retry: Vec<RetryClass>,

    /// Codes that are recoverable, or codes that are not
    #[arg(long, value_name = "true|false")]
    pub(crate) recoverable: Option<bool>,

    /// Codes that are deprecated or retired, or codes that are not
    #[arg(long, value_name = "true|false", num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    pub(crate) deprecated: Option<bool>,
}

/// Returns the names of all systems.
pub(crate) fn systems() -> impl Iterator<Item = &'static str> {
    catalogue::systems().map(|system| system.name)
}

/// Returns the names of all families without duplicates: two systems may have a family of the same name.
fn families() -> Vec<&'static str> {
    let mut names: Vec<_> = catalogue::systems().flat_map(|system| system.families).map(|family| family.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

impl Filter {
    /// Returns the records that match, in the order of the registry.
    pub(crate) fn records(&self) -> impl Iterator<Item = &'static Record> {
        catalogue::records().filter(|record| self.matches(record))
    }

    fn matches(&self, record: &Record) -> bool {
        has(&self.system, record.system.name)
            && has(&self.family, record.family.name)
            && has(&self.kind, record.kind)
            && has(&self.severity, record.severity)
            && has(&self.category, record.category)
            && has(&self.surface, record.surface)
            && has(&self.retry, record.retry.class)
            && (self.status.is_empty() || self.status.iter().any(|status| status.matches(record.http_status)))
            && self.recoverable.is_none_or(|wanted| wanted == record.recoverable)
            && self.deprecated.is_none_or(|wanted| wanted == record.is_deprecated())
    }
}

/// A filter without values matches everything.
fn has<T: PartialEq>(wanted: &[T], value: T) -> bool {
    wanted.is_empty() || wanted.contains(&value)
}

/// An HTTP status, or a class of statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Exactly(u16),
    Class(u16),
}

impl Status {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let class = text.strip_suffix("xx").or_else(|| text.strip_suffix("XX"));
        let status = match class {
            Some(digit) => digit.parse().ok().filter(|digit| (1..=5).contains(digit)).map(Self::Class),
            None => text.parse().ok().filter(|status| (100..=599).contains(status)).map(Self::Exactly),
        };
        status.ok_or_else(|| "expected a status such as 404, or a class such as 5xx".to_owned())
    }

    fn matches(self, status: u16) -> bool {
        match self {
            Self::Exactly(own) => status == own,
            Self::Class(digit) => status / 100 == digit,
        }
    }
}
