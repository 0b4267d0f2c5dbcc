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
pub struct Setup(Choices);

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
        self.0.add(registries);
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
        self.0.preferred.insert(kind, code.record());
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
        self.0.redactor = Some(redactor);
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
        self.0.docs_base = Some(address.into());
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
        in_effect::set(self.0)
    }

    /// Puts the settings into effect for the closure, on this thread, instead of those of the process.
    ///
    /// A test can have settings of its own this way. Threads that the closure starts have the settings of the process. The
    /// settings are kept in memory until the process ends, because records of them may be.
    ///
    /// # Errors
    /// Returns [`SetupError`] if a code or a number belongs to two registries, or if two registries extend the same code. The
    /// closure is not called then.
    ///
    /// ```
    /// use mcp_error_codes::{registries, setup};
    ///
    /// let count = setup().registries([]).run(|| registries().count())?;
    /// assert_eq!(count, 1);
    /// # Ok::<(), mcp_error_codes::SetupError>(())
    /// ```
    #[cfg(feature = "testing")]
    pub fn run<T>(self, work: impl FnOnce() -> T) -> Result<T, SetupError> {
        Ok(scope::run(Settings::new(self.0)?, work))
    }
}
