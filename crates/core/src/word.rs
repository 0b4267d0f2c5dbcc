use alloc::string::String;
use core::fmt;

/// Declares a closed vocabulary: an enum in which each value has exactly one word. The text after the name is what messages call a
/// word.
macro_rules! vocabulary {
    (
        $(#[doc = $doc:literal])+
        $name:ident $what:literal { $($(#[doc = $variant_doc:literal])+ $variant:ident = $word:literal,)+ }
    ) => {
        $(#[doc = $doc])+
        ///
        /// `Display` prints the word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[doc = $variant_doc])+
                #[doc = concat!("Written `", $word, "`.")]
                $variant,
            )+
        }

        impl $name {
            /// Every value, in the order of the enum.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// What the words describe, in one sentence, for the vocabularies of a record.
            #[allow(dead_code)]
            pub(crate) const ABOUT: &'static str = [$($doc),+][0];

            /// The words and their meanings.
            pub(crate) const WORDS: &'static [(&'static str, &'static str)] =
                &[$(($word, [$($variant_doc),+][0])),+];

            /// Returns the word for the value, as it is written in data and on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl $name {
            /// Returns what the value means, in one sentence.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($variant_doc),+).trim_ascii(),)+
                }
            }
        }

        /// Finds the value with exactly this word; case counts.
        impl core::str::FromStr for $name {
            type Err = crate::UnknownWord;

            fn from_str(word: &str) -> Result<Self, crate::UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(crate::UnknownWord::new($what, word, Self::WORDS)),
                }
            }
        }

        impl TryFrom<&str> for $name {
            type Error = crate::UnknownWord;

            fn try_from(word: &str) -> Result<Self, crate::UnknownWord> {
                word.parse()
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl crate::schema::Value for $name {
            const TYPE: crate::schema::Type = crate::schema::Type::Word(stringify!($name));
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(crate::word::Word($what, core::marker::PhantomData))
            }
        }
    };
}

pub(crate) use vocabulary;

/// A text that is not a word of a closed vocabulary.
///
/// `Display` prints the text and the words that are expected:
///
/// ```
/// use mcp_error_codes_core::Severity;
///
/// let unknown = "fatal".parse::<Severity>().unwrap_err();
/// assert_eq!(unknown.word(), "fatal");
/// assert_eq!(unknown.to_string(), "severity \"fatal\" is not one of: INFO, WARN, ERROR, FATAL");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    what: &'static str,
    word: String,
    expected: &'static [(&'static str, &'static str)],
}

impl UnknownWord {
    pub(crate) fn new(what: &'static str, word: &str, expected: &'static [(&'static str, &'static str)]) -> Self {
        Self { what, word: word.into(), expected }
    }

    /// Returns the text.
    #[must_use]
    pub fn word(&self) -> &str {
        &self.word
    }

    /// Returns the words of the vocabulary.
    pub fn expected(&self) -> impl ExactSizeIterator<Item = &'static str> + Clone + use<> {
        self.expected.iter().map(|(word, _)| *word)
    }
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?} is not one of: ", self.what, self.word)?;
        self.expected().enumerate().try_for_each(|(at, word)| {
            f.write_str(if at == 0 { "" } else { ", " })?;
            f.write_str(word)
        })
    }
}

impl core::error::Error for UnknownWord {}

/// Deserializes a word of a vocabulary. The text is what messages call a word.
#[cfg(feature = "serde")]
pub(crate) struct Word<T>(pub(crate) &'static str, pub(crate) core::marker::PhantomData<T>);

#[cfg(feature = "serde")]
impl<T: core::str::FromStr<Err = UnknownWord>> serde::de::Visitor<'_> for Word<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {}", self.0)
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<T, E> {
        word.parse().map_err(E::custom)
    }
}
