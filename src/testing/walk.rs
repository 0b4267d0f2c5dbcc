use mcp_error_codes_core::Record;
use serde_json::Value;

use crate::testing::difference::{code, is_same};
use crate::testing::{Found, Outcome, expect};
use crate::{Decoder, ErrorCode, McpError};

/// A walk through the codes that a server declares, which proves that each can be raised and that no other is.
///
/// A test causes every condition it knows of, in any order, with async calls or not, and shows each outcome to the walk. The
/// causes of an error count too, in-process and in `details.errors`. The end of the walk names every code that was declared and
/// can no longer be raised, and every code that is raised and was never declared.
///
/// # Conditions that are hard to cause
/// A full disk or a connection that breaks is caused by an injected fault. What the server does to the outside goes through a
/// trait, or a small type, of the server's own, and the test makes it fail with a `std::io::Error` of the right kind. The fail
/// points of the crate `fail` do the same without a trait: `fail_point!("write", |_| Err(ErrorKind::StorageFull.into()))` in
/// the server, and `fail::cfg("write", "return")` in the test. Either way it is the server's own code that turns the fault into
/// a code, and that is what the walk proves.
///
/// ```
/// use std::io::{Error, ErrorKind};
///
/// use mcp_error_codes::testing::Walk;
/// use mcp_error_codes::{Code, McpError, filesystem};
///
/// /// What a client of this server has to expect.
/// const CODES: &[Code] = &[filesystem::FILE_NOT_FOUND, filesystem::DISK_FULL, filesystem::EMPTY_ARRAY];
///
/// trait Disk {
///     fn append(&self, path: &str, line: &str) -> std::io::Result<()>;
/// }
///
/// fn append(disk: &impl Disk, path: &str, lines: &[&str]) -> Result<(), McpError> {
///     if lines.is_empty() {
///         return Err(filesystem::empty_array("lines"));
///     }
///     for line in lines {
///         disk.append(path, line).map_err(|error| McpError::from(error).with_detail("path", path))?;
///     }
///     Ok(())
/// }
///
/// struct Broken(ErrorKind);
///
/// impl Disk for Broken {
///     fn append(&self, _path: &str, _line: &str) -> std::io::Result<()> {
///         Err(Error::from(self.0))
///     }
/// }
///
/// let mut walk = Walk::new(CODES.iter().copied());
/// walk.saw(&append(&Broken(ErrorKind::NotFound), "a.txt", &[]));
/// walk.saw(&append(&Broken(ErrorKind::NotFound), "a.txt", &["one"]));
/// assert_eq!(
///     walk.check().unwrap_err(),
///     "1 of 3 declared codes was never raised\n  never raised: filesystem:FS-006 (Disk Full)"
/// );
///
/// walk.saw(&append(&Broken(ErrorKind::StorageFull), "a.txt", &["one"]));
/// walk.finish();
/// ```
#[derive(Debug, Clone)]
#[must_use = "a walk proves nothing until it is finished"]
pub struct Walk {
    declared: Vec<&'static Record>,
    raised: Vec<&'static Record>,
    /// What has no record here, as it was received.
    unknown: Vec<String>,
}

impl Walk {
    /// Begins a walk through the codes that are declared.
    pub fn new<C: ErrorCode>(declared: impl IntoIterator<Item = C>) -> Self {
        let mut walk = Self { declared: Vec::new(), raised: Vec::new(), unknown: Vec::new() };
        walk.declare(declared);
        walk
    }

    /// Adds codes to those that are declared, such as those of another registry.
    pub fn declare<C: ErrorCode>(&mut self, codes: impl IntoIterator<Item = C>) {
        codes.into_iter().for_each(|code| add(&mut self.declared, code.record()));
    }

    /// Looks at what came of a call. What is no error counts for nothing.
    pub fn saw(&mut self, outcome: &(impl Outcome + ?Sized)) {
        if let Found::Error(error) = outcome.found() {
            self.saw_error(&error);
        }
    }

    fn saw_error(&mut self, error: &McpError) {
        let record = error.record();
        if error.bare_code() == record.code {
            add(&mut self.raised, record);
        } else {
            let text = format!("{}:{} (not known here)", error.system_text(), error.bare_code());
            if !self.unknown.contains(&text) {
                self.unknown.push(text);
            }
        }
        if !error.failures().is_empty() {
            error.failures().iter().for_each(|cause| self.saw_error(cause));
        } else if let Some(Value::Array(causes)) = error.detail("errors") {
            let received = causes.iter().filter_map(|cause| Decoder::new().decode_value(cause.clone()).ok());
            received.for_each(|cause| self.saw_error(&cause));
        }
    }

    /// Tells whether every code that was declared was raised, and no other.
    ///
    /// # Errors
    /// A text that names every code that was declared and never raised, in the order of the declaration, and every code that was
    /// raised and not declared, in the order in which they were seen.
    pub fn check(&self) -> Result<(), String> {
        let missing: Vec<_> = self.declared.iter().filter(|record| !has(&self.raised, record)).collect();
        let other = self.raised.iter().filter(|record| !has(&self.declared, record)).map(|record| code(record));
        let other: Vec<_> = other.chain(self.unknown.iter().cloned()).collect();

        let (declared, never) = (self.declared.len(), missing.len());
        let counts = [
            (never, format!("{never} of {declared} declared codes {} never raised", was(never))),
            (other.len(), format!("{} raised and not declared", counted(other.len()))),
        ];
        let counts: Vec<_> = counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect();
        if counts.is_empty() {
            return Ok(());
        }
        let missing = missing.into_iter().map(|record| format!("\n  never raised: {}", code(record)));
        let other = other.into_iter().map(|text| format!("\n  not declared: {text}"));
        Err(counts.join(", and ") + &missing.chain(other).collect::<String>())
    }

    /// Ends the walk.
    ///
    /// # Panics
    /// Where [`check`](Self::check) fails, with its text.
    #[track_caller]
    pub fn finish(self) {
        if let Err(text) = self.check() {
            panic!("{text}");
        }
    }

    /// Causes the condition of each code in turn, and asserts that exactly this code comes.
    ///
    /// # Panics
    /// Where another error came, or none, for any of the codes: with a text that shows all of them.
    ///
    /// ```
    /// use std::io::{Error, ErrorKind};
    ///
    /// use mcp_error_codes::testing::Walk;
    /// use mcp_error_codes::{Code, McpError, filesystem};
    ///
    /// const CODES: [Code; 2] = [filesystem::FILE_NOT_FOUND, filesystem::DISK_FULL];
    ///
    /// fn write(fault: ErrorKind) -> Result<(), McpError> {
    ///     Err(Error::from(fault))?
    /// }
    ///
    /// Walk::each(CODES, |code| match code {
    ///     filesystem::DISK_FULL => write(ErrorKind::StorageFull),
    ///     _ => write(ErrorKind::NotFound),
    /// });
    /// ```
    #[track_caller]
    pub fn each<C: ErrorCode, O: Outcome>(declared: impl IntoIterator<Item = C>, mut cause: impl FnMut(C) -> O) {
        let failure = |code| expect(code).check(&cause(code)).err();
        let failures: Vec<String> = declared.into_iter().filter_map(failure).collect();
        if !failures.is_empty() {
            panic!("{}", failures.join("\n\n"));
        }
    }
}

fn add(list: &mut Vec<&'static Record>, record: &'static Record) {
    if !has(list, record) {
        list.push(record);
    }
}

fn has(list: &[&'static Record], record: &'static Record) -> bool {
    list.iter().any(|own| is_same(own, record))
}

fn counted(codes: usize) -> String {
    format!("{codes} {} {}", if codes == 1 { "code" } else { "codes" }, was(codes))
}

const fn was(count: usize) -> &'static str {
    if count == 1 { "was" } else { "were" }
}
