//! Words of closed vocabularies in the arguments and answers of the tools. Their schemas list the words.

use std::borrow::Cow;
use std::fmt;

use mcp_error_codes::{Category, Certainty, Kind, RetryClass, Severity, Surface};
use rmcp::schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, Unexpected};
use serde::ser::{Serialize, Serializer};

use crate::catalogue;

/// A closed vocabulary.
pub(crate) trait Vocabulary: Copy + 'static {
    /// The name of the vocabulary.
    const NAME: &str;

    fn all() -> Vec<Self>;

    fn word(self) -> &'static str;
}

/// One word of a vocabulary. Case is ignored when it is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word<V>(pub(crate) V);

/// The name of a system.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemName(pub(crate) &'static str);

/// The name of a family. Two systems may have a family of the same name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FamilyName(pub(crate) &'static str);

/// Implements `Vocabulary` for enums of the library.
macro_rules! vocabularies {
    ($($type:ident)+) => {$(
        impl Vocabulary for $type {
            const NAME: &str = stringify!($type);

            fn all() -> Vec<Self> {
                Self::ALL.to_vec()
            }

            fn word(self) -> &'static str {
                self.as_str()
            }
        }
    )+};
}

vocabularies!(Category Kind RetryClass Severity Surface);

impl Vocabulary for Certainty {
    const NAME: &str = "Certainty";

    fn all() -> Vec<Self> {
        [Self::Certain, Self::Likely, Self::Possible].into()
    }

    fn word(self) -> &'static str {
        self.as_str()
    }
}

impl Vocabulary for SystemName {
    const NAME: &str = "SystemName";

    fn all() -> Vec<Self> {
        catalogue::systems().map(|system| Self(system.name)).collect()
    }

    fn word(self) -> &'static str {
        self.0
    }
}

impl Vocabulary for FamilyName {
    const NAME: &str = "FamilyName";

    fn all() -> Vec<Self> {
        let families = catalogue::systems().flat_map(|system| system.families);
        let mut names: Vec<_> = families.map(|family| family.name).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().map(Self).collect()
    }

    fn word(self) -> &'static str {
        self.0
    }
}

fn words<V: Vocabulary>() -> Vec<&'static str> {
    V::all().into_iter().map(V::word).collect()
}

impl<V: Vocabulary> JsonSchema for Word<V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        V::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": words::<V>() })
    }
}

impl<V: Vocabulary> Serialize for Word<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.word())
    }
}

impl<'de, V: Vocabulary> Deserialize<'de> for Word<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let found = V::all().into_iter().find(|value| value.word().eq_ignore_ascii_case(&text));
        let expected = Expected(words::<V>());
        found.map(Self).ok_or_else(|| D::Error::invalid_value(Unexpected::Str(&text), &expected))
    }
}

/// Lists the words in an error message.
struct Expected(Vec<&'static str>);

impl serde::de::Expected for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {}", self.0.join(", "))
    }
}
