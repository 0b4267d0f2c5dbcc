use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use crate::codes::code::is_same_code;
use crate::redact::Redactor;
use crate::setup::settings::Settings;
use crate::{Kind, Record, Registry, RegistryCode};

mod clash;
pub(crate) mod forgotten;
pub(crate) mod in_effect;
#[cfg(feature = "testing")]
mod scope;
mod settings;

/// Starts the settings of a program: see [`Setup`].
pub fn setup() -> Setup {
    Setup::default()
}

/// What a program sets once, for the whole process. [`setup`] creates it, and [`apply`](Self::apply) puts it into effect.
///
/// Without it, the crate has no global state. With the feature `testing`, `run` puts it into effect for one closure only.
///
/// ```
/// use mcp_error_codes::redact::Redactor;
/// use mcp_error_codes::setup;
///
/// assert!(setup().redactor(Redactor::new().with_limit(4_000)).apply().is_ok());
/// // The same settings again are accepted, and so is a part of them. Contradictory ones are not.
/// assert!(setup().redactor(Redactor::new().with_limit(4_000)).apply().is_ok());
/// assert!(setup().apply().is_ok());
/// let error = setup().redactor(Redactor::new()).apply().unwrap_err();
/// assert_eq!(error.clashes().len(), 1);
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "it has no effect until `apply` is called"]
pub struct Setup {
    registries: Vec<&'static Registry>,
    /// Each kind occurs once.
    preferred: BTreeMap<Kind, &'static Record>,
    redactor: Option<Redactor>,
    docs_base: Option<Cow<'static, str>>,
}

impl Setup {
    /// Adds registries of your own, which are then known to `find`, `by_number`, `match_message` and `decode`, and to their suggestions.
    ///
    /// What they add to this crate's codes with [`[[extends]]`](crate::Extension) applies from then on: those functions
    /// return the extended record, and every error that is made from the code has it, so peers receive the team's hint in every form.
    /// The code stays the same: `is`, `code` and `from_record` accept either record. [`Code::record`](crate::Code::record),
    /// which is constant, and errors made before keep this crate's own record.
    ///
    /// A program whose registry extends codes must call this before its first error. If it does not, a debug build prints so to
    /// standard error when it makes the first error of a code of that registry. The compiler warns that `REGISTRY` is never used if
    /// the registry has no codes of its own. In a test, [`testing::expect_set_up`](crate::testing::expect_set_up) checks it.
    ///
    /// Their order makes no difference: they are searched in the order of their names. A registry that is given twice counts
    /// once, also if the library and the binary of a package both include it. A name or an alias that two registries have means
    /// the code of the first one; `find_all` returns both.
    pub fn registries(mut self, registries: impl IntoIterator<Item = &'static Registry>) -> Self {
        for registry in registries {
            if !self.registries.iter().any(|known| is_same(known, registry)) {
                self.registries.push(registry);
            }
        }
        self.registries.sort_by_key(|registry| registry.name());
        self
    }

    /// Sets the code of a kind with which this program speaks, of any registry.
    ///
    /// Conversions (`?` on I/O errors, JSON and timeouts, upstream statuses), the arguments that `parse` refuses, the guard and
    /// [`McpError::of_kind`](crate::McpError::of_kind) then use it. A kind without one has the code that a registry of
    /// [`registries`](Self::registries) prefers in its `[preferred]` table, the first one if two do. A kind without that too
    /// has the documented code that says more about the failure, else the one of the system [`common`](crate::common).
    ///
    /// ```
    /// # #[cfg(feature = "testing")] {
    /// use mcp_error_codes::{Kind, McpError, common, setup};
    ///
    /// fn read() -> Result<String, McpError> {
    ///     Ok(std::fs::read_to_string("no such file")?)
    /// }
    ///
    /// assert!(read().is_err_and(|error| error.record().code == "FS-001"));
    /// let error = setup().preferred(Kind::NotFound, common::NOT_FOUND).run(read);
    /// assert!(error.is_ok_and(|result| result.is_err_and(|error| error.is(common::NOT_FOUND))));
    /// # }
    /// ```
    pub fn preferred(mut self, kind: Kind, code: impl RegistryCode) -> Self {
        self.preferred.insert(kind, code.__brief());
        self
    }

    /// Redacts the texts and values of errors with a redactor of your own: it adds shapes and names, turns names off, and sets
    /// the limit of characters.
    ///
    /// It applies to what is set from then on. The functions of [`redact`](crate::redact) keep the known shapes and names.
    ///
    /// ```
    /// use mcp_error_codes::redact::Redactor;
    /// use mcp_error_codes::{McpError, filesystem, setup};
    ///
    /// setup().redactor(Redactor::new().with_name("door_code").with_limit(4_000)).apply()?;
    /// let error = McpError::new(filesystem::DISK_FULL).with_message("door_code=1234");
    /// assert_eq!(error.message(), "door_code=[redacted]");
    /// # Ok::<(), mcp_error_codes::SetupError>(())
    /// ```
    pub fn redactor(mut self, redactor: Redactor) -> Self {
        self.redactor = Some(redactor);
        self
    }

    /// Sets where the catalogue of the codes is served, for the codes of every registry. It wins over the `docs_base` of a
    /// registry's system.
    ///
    /// The `ref` of an error is then `{docs_base}#fs-001`, and so is the `type` of problem details. Without it, an error has no
    /// `ref`, and the `type` is `about:blank`.
    ///
    /// ```
    /// # #[cfg(feature = "testing")] {
    /// use mcp_error_codes::{McpError, filesystem, setup};
    ///
    /// let text = setup().docs_base("https://example.com/errors").run(|| {
    ///     McpError::new(filesystem::DISK_FULL).json_rpc_error().to_string()
    /// })?;
    /// assert!(text.contains(r#""ref":"https://example.com/errors#fs-006""#));
    /// # }
    /// # Ok::<(), mcp_error_codes::SetupError>(())
    /// ```
    pub fn docs_base(mut self, address: impl Into<Cow<'static, str>>) -> Self {
        self.docs_base = Some(address.into());
        self
    }

    /// Puts the settings into effect for the rest of the process. Each setting is set once: a later call may repeat all or some
    /// of them and set what is not set yet, such as another registry, so the order of calls, for example in tests, makes no
    /// difference.
    ///
    /// # Errors
    /// Returns [`SetupError`], which lists every reason at once: if a setting has another value, if a code, or a number that
    /// is valid in the same protocol version, belongs to two registries that do not declare that they share it, with each
    /// other or with the same third code, if two registries have a system of the same name, or if they extend the same code.
    /// Nothing changes then. A plain word, such as `NOT_FOUND`, may be a code of several registries, and so may a number that
    /// only documents what was sent before 2026-07-28.
    pub fn apply(self) -> Result<(), SetupError> {
        in_effect::set(self)
    }

    /// Adds other settings to these. Returns the settings that contradict each other.
    fn merged(&self, wanted: &Self) -> (Self, Vec<Clash>) {
        let mut merged = self.clone().registries(wanted.registries.iter().copied());
        let mut clashes = Vec::new();
        for (kind, record) in &wanted.preferred {
            match self.preferred.get(kind) {
                Some(set) if !is_same_code(set, record) => {
                    let code = |record: &Record| format!("{kind} = {}", record.full_name());
                    clashes.push(Clash::Setting { setting: "preferred", set: code(set), wanted: code(record) });
                }
                Some(_) => {}
                None => {
                    merged.preferred.insert(*kind, record);
                }
            }
        }
        match (&self.redactor, &wanted.redactor) {
            (Some(set), Some(wanted)) if set != wanted => clashes.push(Clash::Setting {
                setting: "redactor",
                set: format!("{set:?}"),
                wanted: format!("{wanted:?}"),
            }),
            (None, Some(wanted)) => merged.redactor = Some(wanted.clone()),
            _ => {}
        }
        match (&self.docs_base, &wanted.docs_base) {
            (Some(set), Some(wanted)) if set != wanted => clashes.push(Clash::Setting {
                setting: "docs_base",
                set: format!("{set:?}"),
                wanted: format!("{wanted:?}"),
            }),
            (None, Some(wanted)) => merged.docs_base = Some(wanted.clone()),
            _ => {}
        }
        (merged, clashes)
    }

    /// Returns whether other settings add nothing to these.
    fn has(&self, merged: &Self) -> bool {
        self.registries.len() == merged.registries.len()
            && self.preferred.len() == merged.preferred.len()
            && self.redactor.is_some() == merged.redactor.is_some()
            && self.docs_base.is_some() == merged.docs_base.is_some()
    }

    /// Lists the settings of others that these lack.
    fn lacks(&self, merged: &Self) -> Vec<Clash> {
        let names = |registries: &[&'static Registry]| {
            format!("{:?}", registries.iter().map(|registry| registry.name()).collect::<Vec<_>>())
        };
        let codes = |preferred: &BTreeMap<Kind, &'static Record>| {
            let codes = preferred.iter().map(|(kind, record)| format!("{kind} = {}", record.full_name()));
            format!("{:?}", codes.collect::<Vec<_>>())
        };
        let registries = (self.registries.len() < merged.registries.len()).then(|| Clash::Setting {
            setting: "registries",
            set: names(&self.registries),
            wanted: names(&merged.registries),
        });
        let preferred = (self.preferred.len() < merged.preferred.len()).then(|| Clash::Setting {
            setting: "preferred",
            set: codes(&self.preferred),
            wanted: codes(&merged.preferred),
        });
        let redactor = (self.redactor.is_none() && merged.redactor.is_some()).then(|| Clash::Setting {
            setting: "redactor",
            set: format!("{:?}", self.redactor),
            wanted: format!("{:?}", merged.redactor),
        });
        let docs_base = (self.docs_base.is_none() && merged.docs_base.is_some()).then(|| Clash::Setting {
            setting: "docs_base",
            set: format!("{:?}", self.docs_base),
            wanted: format!("{:?}", merged.docs_base),
        });
        registries.into_iter().chain(preferred).chain(redactor).chain(docs_base).collect()
    }

    /// Checks the settings, and creates the tables for lookups.
    fn settings(self) -> Result<Settings, SetupError> {
        match clash::clashes(&self.registries) {
            clashes if clashes.is_empty() => Ok(Settings::new(self)),
            clashes => Err(SetupError { clashes }),
        }
    }
}

/// Returns whether two are the same registry, which a program may contain at two addresses.
fn is_same(one: &Registry, other: &Registry) -> bool {
    let full_names = |registry: &Registry| registry.records().iter().map(Record::full_name);
    let has_records = !one.records().is_empty();
    std::ptr::eq(one, other) || has_records && one.name() == other.name() && full_names(one).eq(full_names(other))
}

/// Why settings were not put into effect.
///
/// `Display` prints every reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupError {
    clashes: Vec<Clash>,
}

/// One reason why settings were not put into effect.
///
/// `Display` prints it as a sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Clash {
    /// A setting has another value.
    Setting {
        /// The name of the setting: that of the method of [`Setup`].
        setting: &'static str,
        /// The value that is in effect.
        set: String,
        /// The value that was wanted.
        wanted: String,
    },
    /// A code belongs to two registries.
    Code {
        /// The text of the code.
        code: &'static str,
        /// The record of the code in one registry, and the name of that registry.
        first: String,
        /// The record of the code in the other registry, and the name of that registry.
        second: String,
    },
    /// A JSON-RPC number belongs to two registries.
    Number {
        /// The number.
        number: i64,
        /// The record that claims it in one registry, and the name of that registry.
        first: String,
        /// The record that claims it in the other registry, and the name of that registry.
        second: String,
    },
    /// Two registries have a system of the same name.
    System {
        /// The name of the system.
        system: &'static str,
        /// The name of one registry.
        first: &'static str,
        /// The name of the other registry.
        second: &'static str,
    },
    /// Two registries extend the same code.
    Extension {
        /// The full name of the code.
        code: String,
        /// The name of one registry.
        first: &'static str,
        /// The name of the other registry.
        second: &'static str,
    },
}

impl SetupError {
    /// Returns the reasons, of which there is at least one. Their order does not depend on that of the registries.
    #[must_use]
    pub fn clashes(&self) -> &[Clash] {
        &self.clashes
    }
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, clash) in self.clashes.iter().enumerate() {
            write!(f, "{}{clash}", if at == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for SetupError {}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting { setting, set, wanted } => {
                write!(f, "{setting} is already set to {set} and cannot be changed to {wanted}")
            }
            Self::Code { code, first, second } => write!(f, "code {code:?} belongs to {first} and to {second}"),
            Self::Number { number, first, second } => write!(f, "number {number} belongs to {first} and to {second}"),
            Self::System { system, first, second } => {
                write!(f, "system {system:?} is defined by {first:?} and by {second:?}")
            }
            Self::Extension { code, first, second } => {
                write!(f, "code {code:?} is extended by {first:?} and by {second:?}")
            }
        }
    }
}
