use std::fmt;

/// A line of a file. Files are counted in the order of their names, lines from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) file: usize,
    pub(crate) line: usize,
}

/// A mistake in a registry or its lock, reported as a compiler does: place, colon, sentence, and the check that found it.
///
/// `Display` prints
/// `registry/filesystem.toml:17: code "FS-001" is defined twice; first at registry/filesystem.toml:5 [duplicate-code]`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The path of the file, as it was given.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, then what was expected.
    pub message: String,
    /// The id of the check that found the mistake: `duplicate-code`.
    pub check: &'static str,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} [{}]", self.file, self.line, self.message, self.check)
    }
}

/// Why a registry or a lock is invalid: every mistake found in one run, sorted by place.
///
/// `Display` prints one problem per line, at most 50 of them, then how many more there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

/// The maximum number of problems printed: the first ones often cause the others.
const MAX_PRINTED: usize = 50;

impl Problems {
    /// Returns the mistakes, sorted by place.
    #[must_use]
    pub fn as_slice(&self) -> &[Problem] {
        &self.0
    }

    /// A mistake without a place.
    pub(crate) fn of_message(message: &str) -> Self {
        let message = message.to_owned();
        Self(vec![Problem { file: "registry".to_owned(), line: 1, message, check: "unreadable" }])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take(MAX_PRINTED).enumerate().try_for_each(|(index, problem)| {
            f.write_str(if index == 0 { "" } else { "\n" })?;
            problem.fmt(f)
        })?;
        match self.0.len().saturating_sub(MAX_PRINTED) {
            0 => Ok(()),
            1 => f.write_str("\n... and 1 more mistake"),
            more => write!(f, "\n... and {more} more mistakes"),
        }
    }
}

impl std::error::Error for Problems {}

/// Collects mistakes while files are read and checked.
#[derive(Debug)]
pub(crate) struct Collector {
    files: Vec<String>,
    found: Vec<Found>,
    warnings: Vec<Found>,
}

/// The messages of a place, with the id of the check.
type Found = (Place, String, &'static str);

impl Collector {
    pub(crate) fn new(files: Vec<String>) -> Self {
        Self { files, found: Vec::new(), warnings: Vec::new() }
    }

    pub(crate) fn report(&mut self, place: Place, check: &'static str, message: impl Into<String>) {
        self.found.push((place, message.into(), check));
    }

    /// Reports a warning.
    pub(crate) fn warn(&mut self, place: Place, check: &'static str, message: impl Into<String>) {
        self.warnings.push((place, message.into(), check));
    }

    /// Prints a place for a message.
    pub(crate) fn name(&self, place: Place) -> String {
        format!("{}:{}", self.file(place), place.line)
    }

    /// Returns the warnings, or every mistake if there is one.
    pub(crate) fn finish(mut self) -> Result<Vec<Problem>, Problems> {
        if self.found.is_empty() {
            let warnings = std::mem::take(&mut self.warnings);
            return Ok(self.problems(warnings));
        }
        Err(self.into_problems())
    }

    /// Returns the mistakes.
    pub(crate) fn into_problems(mut self) -> Problems {
        let found = std::mem::take(&mut self.found);
        Problems(self.problems(found))
    }

    fn problems(&self, mut found: Vec<Found>) -> Vec<Problem> {
        found.sort();
        found.dedup();
        let problem =
            |(place, message, check): Found| Problem { file: self.file(place), line: place.line, message, check };
        found.into_iter().map(problem).collect()
    }

    fn file(&self, place: Place) -> String {
        self.files.get(place.file).cloned().unwrap_or_else(|| "registry".to_owned())
    }
}
