use mcp_error_codes_core::Record;
use serde_json::Value;

use crate::testing::difference::{code, is_same};
use crate::testing::{Found, Outcome, expect};
use crate::wire::Decoder;
use crate::{McpError, RegistryCode};

/// Checks that a server returns every code it declares, and no others.
///
/// Trigger every condition in a test, in any order, in sync or async code, and pass each outcome to [`saw`](Self::saw).
/// The failures inside an error count as well, in the process and in `details.errors`. [`finish`](Self::finish) reports
/// every declared code that was not returned, and every returned code that was not declared.
///
/// # Conditions that are hard to cause
/// Inject a fault for a full disk or a broken connection. Let the server access the outside through a trait or a small
/// type of its own, and let the test make that call fail with a `std::io::Error` of the right kind. The crate `fail`
/// does the same without a trait: `fail_point!("write", |_| Err(ErrorKind::StorageFull.into()))` in the server, and
/// `fail::cfg("write", "return")` in the test. In both cases the server's own code converts the fault to a code.
///
/// ```
/// use std::io::{Error, ErrorKind};
///
/// use mcp_error_codes::testing::Walk;
/// use mcp_error_codes::{Code, McpError, filesystem};
///
/// /// The codes that clients of this server must handle.
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
#[must_use = "a walk checks nothing until it is finished"]
pub struct Walk {
    declared: Vec<&'static Record>,
    raised: Vec<&'static Record>,
    /// Unknown codes, as they were received.
    unknown: Vec<String>,
}

impl Walk {
    /// Starts a walk with the codes that the server declares.
    pub fn new<C: RegistryCode>(declared: impl IntoIterator<Item = C>) -> Self {
        let mut walk = Self { declared: Vec::new(), raised: Vec::new(), unknown: Vec::new() };
        walk.declare(declared);
        walk
    }

    /// Adds declared codes, such as those of another registry.
    pub fn declare<C: RegistryCode>(&mut self, codes: impl IntoIterator<Item = C>) {
        codes.into_iter().for_each(|code| add(&mut self.declared, code.record()));
    }

    /// Records the outcome of a call. A success is ignored, and so is an outcome that [cannot be read](Found::Unreadable).
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
            let text = format!("{}:{} (not known here)", error.system_name(), error.bare_code());
            if !self.unknown.contains(&text) {
                self.unknown.push(text);
            }
        }
        if !error.failures().is_empty() {
            error.failures().iter().for_each(|failure| self.saw_error(failure));
        } else if let Some(Value::Array(failures)) = error.detail("errors") {
            let received = failures.iter().filter_map(|failure| Decoder::new().decode_value(failure.clone()).ok());
            received.for_each(|failure| self.saw_error(&failure));
        }
    }

    /// Checks that every declared code was returned, and no others.
    ///
    /// # Errors
    /// Returns a string that lists every declared code that was not returned, in the order of the declaration, and every
    /// returned code that was not declared, in the order in which they were seen.
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

    /// Asserts that [`check`](Self::check) succeeds.
    ///
    /// # Panics
    /// Panics with the text of [`check`](Self::check) if that fails.
    #[track_caller]
    pub fn finish(self) {
        if let Err(text) = self.check() {
            panic!("{text}");
        }
    }

    /// Triggers the condition of each code in turn, and asserts that exactly this code is returned.
    ///
    /// # Panics
    /// Panics if any of the conditions returns another error or a success. The text shows all of them.
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
    pub fn each<C: RegistryCode, O: Outcome>(declared: impl IntoIterator<Item = C>, mut cause: impl FnMut(C) -> O) {
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
