use std::fmt;

use crate::Kind;

/// The reasons why settings were not put into effect.
///
/// `Display` prints every reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupError {
    pub(super) clashes: Vec<Clash>,
}

/// One reason why settings were not put into effect.
///
/// `Display` prints it as a sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Clash {
    /// A setting has another value.
    Setting {
        /// The name of the setting, which is the name of the [`Setup`](crate::Setup) method.
        setting: &'static str,
        /// The value that is in effect.
        set: String,
        /// The requested value.
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
    /// A code that servers never [send](crate::Record::is_sent) is preferred for a kind.
    NotSent {
        /// The kind.
        kind: Kind,
        /// The full name of the code.
        code: String,
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
    /// Returns the reasons, at least one. Their order does not depend on the order of the registries.
    #[must_use]
    #[inline]
    pub fn clashes(&self) -> &[Clash] {
        &self.clashes
    }
}

impl fmt::Display for SetupError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, clash) in self.clashes.iter().enumerate() {
            write!(f, "{}{clash}", if at == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for SetupError {}

impl fmt::Display for Clash {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting { setting, set, wanted } => {
                write!(f, "{setting} is already set to {set} and cannot be changed to {wanted}")
            }
            Self::Code { code, first, second } => write!(f, "code {code:?} belongs to {first} and to {second}"),
            Self::Number { number, first, second } => write!(f, "number {number} belongs to {first} and to {second}"),
            Self::NotSent { kind, code } => {
                write!(f, "code {code:?} is preferred for {kind}, but servers never send it")
            }
            Self::System { system, first, second } => {
                write!(f, "system {system:?} is defined by {first:?} and by {second:?}")
            }
            Self::Extension { code, first, second } => {
                write!(f, "code {code:?} is extended by {first:?} and by {second:?}")
            }
        }
    }
}
