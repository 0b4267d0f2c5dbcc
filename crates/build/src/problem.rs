use std::fmt;

/// A line of a file. Files are counted in the order of their names, lines from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) file: usize,
    pub(crate) line: usize,
}

/// A mistake in a registry or in its lock, told the way a compiler would: place, colon, sentence.
///
/// `Display` prints `registry/filesystem.toml:17: code "FS-001" is defined twice; first at registry/filesystem.toml:5`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as the path was given.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, then what was expected.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Why a registry or a lock cannot be taken: every mistake found in one run, sorted by place.
///
/// `Display` prints one problem a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Returns the mistakes, sorted by place.
    #[must_use]
    pub fn as_slice(&self) -> &[Problem] {
        &self.0
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(index, problem)| {
            f.write_str(if index == 0 { "" } else { "\n" })?;
            problem.fmt(f)
        })
    }
}

impl std::error::Error for Problems {}

/// Collects mistakes while files are read and checked.
#[derive(Debug)]
pub(crate) struct Collector {
    files: Vec<String>,
    found: Vec<(Place, String)>,
}

impl Collector {
    pub(crate) fn new(files: Vec<String>) -> Self {
        Self { files, found: Vec::new() }
    }

    pub(crate) fn report(&mut self, place: Place, message: impl Into<String>) {
        self.found.push((place, message.into()));
    }

    /// Prints a place as a message names it.
    pub(crate) fn name(&self, place: Place) -> String {
        format!("{}:{}", self.files[place.file], place.line)
    }

    /// Returns what a check made, or every mistake if there is one.
    pub(crate) fn finish<T>(self, made: T) -> Result<T, Problems> {
        if self.found.is_empty() {
            return Ok(made);
        }
        let Self { files, mut found } = self;
        found.sort();
        found.dedup();
        let problem =
            |(place, message): (Place, String)| Problem { file: files[place.file].clone(), line: place.line, message };
        Err(Problems(found.into_iter().map(problem).collect()))
    }
}
