use std::borrow::Cow;
use std::fmt;

use crate::Registry;
use crate::setup::settings::Settings;

mod clash;
#[cfg(feature = "testing")]
mod scope;
pub(crate) mod settings;

/// Starts the settings of a program: see [`Setup`].
#[must_use]
pub fn setup() -> Setup {
    Setup::default()
}

/// What a program sets once, for the whole process. [`setup`] makes it, and [`apply`](Self::apply) puts it into effect.
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
    docs_base: Option<Cow<'static, str>>,
}

impl Setup {
    /// Makes registries of your own known to `find`, `by_number`, `match_message` and `decode`, and to their suggestions.
    ///
    /// What they add to this crate's codes with [`[[extends]]`](crate::Extension) applies from then on: those functions
    /// return the extended record, and every error that is made from the code has it, so peers receive the team's hint in every form.
    /// The code stays the same: `is`, `code` and `from_record` accept either record. [`Code::record`](crate::Code::record),
    /// which is constant, and errors made before keep this crate's own record.
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

    /// Lists how other settings differ from these.
    fn differences(&self, wanted: &Self) -> Vec<Clash> {
        let mut clashes = Vec::new();
        let is_same = |a: &&'static Registry, b: &&'static Registry| std::ptr::eq(*a, *b);
        let (set, other) = (&self.registries, &wanted.registries);
        if set.len() != other.len() || !set.iter().zip(other).all(|(a, b)| is_same(a, b)) {
            let names = |registries: &[&'static Registry]| {
                format!("{:?}", registries.iter().map(|registry| registry.name()).collect::<Vec<_>>())
            };
            clashes.push(Clash::Setting { setting: "registries", set: names(set), wanted: names(other) });
        }
        if self.docs_base != wanted.docs_base {
            let shown = |base: &Option<Cow<'static, str>>| {
                base.as_ref().map_or_else(|| "nothing".to_owned(), |base| format!("{base:?}"))
            };
            let (set, wanted) = (shown(&self.docs_base), shown(&wanted.docs_base));
            clashes.push(Clash::Setting { setting: "docs_base", set, wanted });
        }
        clashes
    }

    /// Checks the settings, and makes what they are looked up in.
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
