use std::borrow::Cow;

use crate::redact::Redactor;
use crate::setup::choices::Choices;
#[cfg(feature = "testing")]
use crate::setup::settings::Settings;
use crate::{Kind, Registry, RegistryCode};

mod choices;
mod clash;
mod error;
pub(crate) mod forgotten;
pub(crate) mod in_effect;
#[cfg(feature = "testing")]
mod scope;
mod settings;

pub use error::{Clash, SetupError};

/// Returns new settings for a program; see [`Setup`].
#[inline]
pub fn setup() -> Setup {
    Setup::default()
}

/// The settings of a program, which apply to the whole process and are set once. [`setup`] creates them, and
/// [`apply`](Self::apply) puts them into effect.
///
/// Without them, the crate has no global state. With the feature `testing`, `run` puts them into effect for one closure
/// only.
///
/// ```
/// use mcp_error_codes::redact::Redactor;
/// use mcp_error_codes::setup;
///
/// assert!(setup().redactor(Redactor::new().with_limit(4_000)).apply().is_ok());
/// // Repeating all or some of the settings is allowed; contradicting them is not.
/// assert!(setup().redactor(Redactor::new().with_limit(4_000)).apply().is_ok());
/// assert!(setup().apply().is_ok());
/// let error = setup().redactor(Redactor::new()).apply().unwrap_err();
/// assert_eq!(error.clashes().len(), 1);
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "it has no effect until `apply` is called"]
pub struct Setup(Choices);

impl Setup {
    /// Adds your own registries to `find`, `by_number`, `match_message` and `decode`, and to their suggestions.
    ///
    /// Their additions to this crate's codes with [`[[extends]]`](crate::Extension) apply from then on: those functions
    /// return the extended record, and every new error of the code has it, so peers receive the team's hint in every
    /// form. The code stays the same: `is`, `code` and `from_record` accept either record.
    /// [`Code::record`](crate::Code::record), which is constant, and earlier errors keep this crate's own record.
    ///
    /// A program whose registry extends codes must call this before its first error. If it does not, a debug build
    /// prints a warning to standard error at the first error with a code of that registry. The compiler warns that
    /// `REGISTRY` is never used if the registry defines no codes. In a test,
    /// [`testing::expect_set_up`](crate::testing::expect_set_up) checks it.
    ///
    /// The registries can be passed in any order: they are searched in the order of their names. A registry that is
    /// given twice counts once, even if the library and the binary of a package both include it. A name or alias that
    /// belongs to two registries means the code of the first one; `find_all` returns both.
    #[inline]
    pub fn registries(mut self, registries: impl IntoIterator<Item = &'static Registry>) -> Self {
        self.0.add(registries);
        self
    }

    /// Sets the code, of any registry, that this program uses for a kind.
    ///
    /// Conversions (`?` on I/O errors, JSON and timeouts, upstream statuses), invalid arguments in `parse`, the guard
    /// and [`McpError::of_kind`](crate::McpError::of_kind) then use it. If a kind has none, they use the code from the
    /// `[preferred]` table of the first of the [`registries`](Self::registries) that names one. Otherwise they use the
    /// documented code that is more specific than the kind, or the code of the system [`common`](crate::common).
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
    #[inline]
    pub fn preferred(mut self, kind: Kind, code: impl RegistryCode) -> Self {
        self.0.preferred.insert(kind, code.__brief());
        self
    }

    /// Redacts the strings and values of errors with your own redactor, which can add shapes and names, remove names, and
    /// set the maximum length of a string.
    ///
    /// It applies to strings and values that are set afterwards. The functions of [`redact`](crate::redact) keep the
    /// known shapes and names.
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
    #[inline]
    pub fn redactor(mut self, redactor: Redactor) -> Self {
        self.0.redactor = Some(redactor);
        self
    }

    /// Sets where the catalogue of the codes is served, for the codes of every registry. It takes precedence over the
    /// `docs_base` of a registry's system.
    ///
    /// The `ref` of an error, and the `type` of problem details, are then `{docs_base}#fs-001`. Without it, an error
    /// has no `ref`, and the `type` is `about:blank`.
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
    #[inline]
    pub fn docs_base(mut self, address: impl Into<Cow<'static, str>>) -> Self {
        self.0.docs_base = Some(address.into());
        self
    }

    /// Puts the settings into effect for the rest of the process. Each setting is set once: a later call may repeat any
    /// of them and add missing ones, such as another registry, so the order of calls makes no difference, for example
    /// in tests.
    ///
    /// # Errors
    /// Returns [`SetupError`], which lists all reasons, and changes nothing:
    ///
    /// - A setting already has another value.
    /// - A code, or a number that is valid in the same protocol version, belongs to two registries, and neither
    ///   declares that they share it, nor do both share it with the same third code. A plain word, such as `NOT_FOUND`,
    ///   may be a code of several registries, and so may a number that only documents what was sent before 2026-07-28.
    /// - Two registries have a system with the same name, or extend the same code.
    /// - A preferred code is one that servers never [send](crate::Record::is_sent), such as those of the system `sdk`.
    #[inline]
    pub fn apply(self) -> Result<(), SetupError> {
        in_effect::set(self.0)
    }

    /// Returns a warning if a registry extends codes of this crate but was not added. Otherwise returns `None`.
    ///
    /// ```
    /// use mcp_error_codes::{REGISTRY, Setup};
    ///
    /// assert_eq!(Setup::forgotten(&REGISTRY), None);
    /// ```
    #[must_use]
    #[inline]
    pub fn forgotten(registry: &'static Registry) -> Option<String> {
        forgotten::text(registry)
    }

    /// Puts the settings into effect for the closure, on this thread, instead of those of the process.
    ///
    /// This lets a test use its own settings. Threads that the closure starts use the settings of the process. The
    /// settings stay in memory until the process ends, because references to their records may outlive the closure.
    ///
    /// # Errors
    /// Returns [`SetupError`], without calling the closure, for the reasons of [`apply`](Self::apply), except that the
    /// settings need not agree with those of the process.
    ///
    /// ```
    /// use mcp_error_codes::{registries, setup};
    ///
    /// let count = setup().registries([]).run(|| registries().count())?;
    /// assert_eq!(count, 1);
    /// # Ok::<(), mcp_error_codes::SetupError>(())
    /// ```
    #[cfg(feature = "testing")]
    #[inline]
    pub fn run<T>(self, work: impl FnOnce() -> T) -> Result<T, SetupError> {
        Ok(scope::run(Settings::new(self.0)?, work))
    }
}
