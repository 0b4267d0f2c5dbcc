use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use crate::codes::code::is_same_code;
use crate::redact::Redactor;
use crate::setup::settings::Settings;
use crate::{Kind, Record, Registry, RegistryCode};

mod clash;
pub(crate) mod forgotten;
#[cfg(feature = "testing")]
mod scope;
pub(crate) mod settings;

/// Starts the settings of a program: see [`Setup`].
pub fn setup() -> Setup {
    Setup::default()
}

/// What a program sets once, for the whole process. [`setup`] creates it, and [`apply`](Self::apply) puts it into effect.
///
/// Without it, the crate has no global state. With the feature `testing`, `run` puts it into effect for one closure only.
///
/// ```
/// use mcp_error_codes::{REGISTRY, setup};
///
/// assert!(setup().apply().is_ok());
/// // The same settings again are accepted, and others are not.
/// assert!(setup().apply().is_ok());
/// let error = setup().registries([&REGISTRY]).apply().unwrap_err();
/// assert_eq!(error.clashes().len(), 1);
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "it has no effect until `apply` is called"]
pub struct Setup {
    registries: Vec<&'static Registry>,
    /// Each kind occurs once.
    preferred: BTreeMap<Kind, &'static Record>,
    redactor: Redactor,
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
    /// A registry that is given twice counts once. A name or an alias that two registries have means the code of the earlier
    /// one; `find_all` returns both.
    pub fn registries(mut self, registries: impl IntoIterator<Item = &'static Registry>) -> Self {
        for registry in registries {
            if !self.registries.iter().any(|known| std::ptr::eq(*known, registry)) {
                self.registries.push(registry);
            }
        }
        self
    }

    /// Sets the code of a kind with which this program speaks, of any registry.
    ///
    /// Conversions (`?` on I/O errors, JSON and timeouts, upstream statuses), the arguments that `parse` refuses, the guard and
    /// [`McpError::of_kind`](crate::McpError::of_kind) then use it. A kind without one has the code that a registry of
    /// [`registries`](Self::registries) prefers in its `[preferred]` table, the earlier one if two do. A kind without that too
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
        self.preferred.insert(kind, code.record());
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
        self.redactor = redactor;
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

    /// Puts the settings into effect for the rest of the process. If the same settings are in effect, it does nothing.
    ///
    /// # Errors
    /// Returns [`SetupError`], which lists every reason at once, if other settings are in effect, if a code, or a number that
    /// is valid in the same protocol version, belongs to two registries that do not declare that they share it, with each
    /// other or with the same third code, or if two registries extend the same code. Nothing changes then.
    pub fn apply(self) -> Result<(), SetupError> {
        settings::set(self)
    }

    /// Lists the differences between other settings and these.
    fn differences(&self, wanted: &Self) -> Vec<Clash> {
        let (set, other) = (&self.registries, &wanted.registries);
        let is_same = set.len() == other.len() && set.iter().zip(other).all(|(a, b)| std::ptr::eq(*a, *b));
        let names = |registries: &[&'static Registry]| {
            format!("{:?}", registries.iter().map(|registry| registry.name()).collect::<Vec<_>>())
        };
        let registries =
            (!is_same).then(|| Clash::Setting { setting: "registries", set: names(set), wanted: names(other) });
        let (set, other) = (&self.preferred, &wanted.preferred);
        let is_same = set.len() == other.len()
            && set.iter().zip(other).all(|((kind, code), (other, wanted))| kind == other && is_same_code(code, wanted));
        let codes = |preferred: &BTreeMap<Kind, &'static Record>| {
            let codes = preferred.iter().map(|(kind, record)| format!("{kind} = {}", record.full_name()));
            format!("{:?}", codes.collect::<Vec<_>>())
        };
        let preferred =
            (!is_same).then(|| Clash::Setting { setting: "preferred", set: codes(set), wanted: codes(other) });
        let redactor = (self.redactor != wanted.redactor).then(|| Clash::Setting {
            setting: "redactor",
            set: format!("{:?}", self.redactor),
            wanted: format!("{:?}", wanted.redactor),
        });
        let (set, other) = (&self.docs_base, &wanted.docs_base);
        let shown = |base: &Option<Cow<'static, str>>| {
            base.as_ref().map_or_else(|| "nothing".into(), |base| format!("{base:?}"))
        };
        let docs_base =
            (set != other).then(|| Clash::Setting { setting: "docs_base", set: shown(set), wanted: shown(other) });
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
        number: i32,
        /// The record that claims it in one registry, and the name of that registry.
        first: String,
        /// The record that claims it in the other registry, and the name of that registry.
        second: String,
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
            Self::Extension { code, first, second } => {
                write!(f, "code {code:?} is extended by {first:?} and by {second:?}")
            }
        }
    }
}
